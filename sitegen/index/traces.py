"""Traces: for each output what it was made of and what came out; the proof that we own the file.

The order is forget → write → record. To forget is to mark rows as in flight, their inputs NULL:
the row stays, so the file stays ours, and goes only when the file is deleted.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from sitegen.index.store import Damaged, Store
from sitegen.numbers import Numbers
from sitegen.spool import batches


class Trace(NamedTuple):
    """What is remembered of one output."""

    path: str
    family: str
    source: str
    inputs: bytes | None
    """Digest of all that the output depends on; None while it is in flight."""
    digest: bytes
    """Of the output's bytes; empty while it is in flight for the first time."""
    size: int
    mtime: int
    """Nanoseconds, of the file that we wrote."""


class Written(NamedTuple):
    """What is remembered of an output's file."""

    path: str
    size: int
    """Of one in flight -1, which no file has."""
    mtime: int
    """Nanoseconds."""
    digest: bytes


class Traces:
    """The output side of the state, for one output folder."""

    def __init__(self, store: Store, root: str) -> None:
        self._db = store.db
        self._store = store
        self._root = root

    def all(self) -> dict[str, Trace]:
        """Path → trace of every output that we own below the root."""
        query = "SELECT path, family, source, inputs, digest, size, mtime FROM traces WHERE root=?"
        found = {row[0]: Trace(*row) for row in self._db.execute(query, (self._root,))}
        if not all(isinstance(path, str) for path in found):
            raise Damaged("the path of an output is not as it was written")
        return found

    def files(self) -> Iterator[Written]:
        """What is remembered of every output's file, by path."""
        size = "iif(inputs IS NULL, -1, size)"
        query = f"SELECT path, {size}, mtime, digest FROM traces WHERE root=? ORDER BY path"
        for row in self._db.execute(query, (self._root,)):
            if not isinstance(row[0], str):
                raise Damaged("the path of an output is not as it was written")
            yield Written._make(row)

    def some(self, paths: Sequence[str]) -> dict[str, Trace]:
        """Path → trace of those of a few outputs that we own."""
        marks = ", ".join("?" * len(paths))
        query = (
            "SELECT path, family, source, inputs, digest, size, mtime "
            f"FROM traces WHERE root=? AND path IN ({marks})"
        )
        return {row[0]: Trace(*row) for row in self._db.execute(query, (self._root, *paths))}

    def but(self, planned: Numbers) -> list[Trace]:
        """The outputs that we own and that are none of the `planned` ones, by path."""
        others = Numbers(self.paths()).without(planned)
        found = [path for path in self.paths() if hash(path) in others] if others else []
        return [trace for some in batches(found) for trace in self.some(some).values()]

    def __contains__(self, path: object) -> bool:
        query = "SELECT 1 FROM traces WHERE root=? AND path=?"
        return self._db.execute(query, (self._root, path)).fetchone() is not None

    def are_none(self) -> bool:
        """Whether nothing was ever made here."""
        return next(self.paths(), None) is None

    def paths(self) -> Iterator[str]:
        """The paths of all outputs."""
        for (path,) in self._db.execute("SELECT path FROM traces WHERE root=?", (self._root,)):
            yield path

    def with_needs(self, needs: Iterable[bytes]) -> list[str]:
        """The outputs that were recorded with any of these needs; see `plan.outdated.need`."""
        return self._where("instr(needs, ?)", [(need,) for need in needs])

    def with_others(self, needs: Iterable[tuple[bytes, bytes]]) -> list[str]:
        """The outputs that were recorded with the mark of a need, and not with that need itself.

        `needs` are pairs of both.
        """
        return self._where("(instr(needs, ?) AND NOT instr(needs, ?))", list(needs))

    def _where(self, test: str, values: Sequence[tuple[bytes, ...]]) -> list[str]:
        if not values:
            return []
        tests = " OR ".join([test] * len(values))
        query = f"SELECT path FROM traces WHERE root=? AND ({tests})"
        rows = self._db.execute(query, (self._root, *chain.from_iterable(values)))
        return [path for (path,) in rows]

    def every_need(self) -> Iterator[tuple[str, bytes]]:
        """(path, needs) of every output; see `needs`."""
        query = "SELECT path, CAST(ifnull(needs, '') AS BLOB) FROM traces WHERE root=?"
        return ((path, needs) for path, needs in self._db.execute(query, (self._root,)))

    def of(self, families: Iterable[str]) -> list[str]:
        """The paths of some families' outputs."""
        return [path for (path,) in self._of("path", "family", families)]

    def copies_of(self, files: Iterable[str]) -> list[str]:
        """The paths of what was copied of some files of content/, in whatever form."""
        found = self._of("path, family, source", "source", files)
        # A copy of static/ has its folder's name in its source, and not in its path.
        return [path for path, family, source in found if family == "pictures" or path == source]

    def larger(self, family: str, size: int) -> list[str]:
        """The paths of a family's outputs of more bytes than `size`."""
        query = "SELECT path FROM traces WHERE root=? AND family=? AND size>?"
        return [path for (path,) in self._db.execute(query, (self._root, family, size))]

    def inputs_of(self, families: Iterable[str]) -> Iterator[bytes]:
        """The inputs' digests of some families' outputs."""
        for (inputs,) in self._of("inputs", "family", families):
            if inputs is not None:
                yield inputs

    def _of(self, columns: str, name: str, values: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        wanted = sorted(values)
        marks = ", ".join("?" * len(wanted))
        query = f"SELECT {columns} FROM traces WHERE root=? AND {name} IN ({marks})"
        return self._db.execute(query, (self._root, *wanted))

    def last(self, path: str) -> tuple[Trace, str] | None:
        """What is remembered of one output, and why it was made; None: we own no such file."""
        query = (
            "SELECT path, family, source, inputs, digest, size, mtime, reason "
            "FROM traces WHERE root=? AND path=?"
        )
        row = self._db.execute(query, (self._root, path)).fetchone()
        return (Trace(*row[:-1]), row[-1]) if row else None

    def needs(self, path: str) -> bytes:
        """The short digests of an output's needs when it was last recorded; see `plan.outdated`."""
        query = "SELECT CAST(ifnull(needs, '') AS BLOB) FROM traces WHERE root=? AND path=?"
        row = self._db.execute(query, (self._root, path)).fetchone()
        return row[0] if row else b""

    def forget(self, outputs: Iterable[tuple[str, str, str]]) -> None:
        """Mark (path, family, source) as in flight, in one commit, before any file changes."""
        with self._store.transaction():
            self._db.executemany(
                "INSERT INTO traces VALUES(?, ?, ?, ?, NULL, NULL, x'', 0, 0, '') "
                "ON CONFLICT(root, path) DO UPDATE SET inputs=NULL",
                ((self._root, *output) for output in outputs),
            )

    def record(self, traces: Iterable[tuple[Trace, bytes, str]], deleted: Iterable[str]) -> None:
        """Remember (trace, its needs, why it was made) and drop the rows of deleted files."""
        with self._store.transaction():
            self._db.executemany(
                "INSERT OR REPLACE INTO traces VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (self._root, t.path, t.family, t.source, t.inputs, needs, *t[4:], reason)
                    for t, needs, reason in traces
                ],
            )
            self._db.executemany(
                "DELETE FROM traces WHERE root=? AND path=?",
                [(self._root, path) for path in deleted],
            )

    def attribute(self, sources: Iterable[tuple[str, str]]) -> None:
        """(path, source) of files whose source has another name now, and nothing else new."""
        with self._store.transaction():
            self._db.executemany(
                "UPDATE traces SET source=? WHERE root=? AND path=?",
                ((source, self._root, path) for path, source in sources),
            )

    def touch(self, stats: Iterable[tuple[str, int, int]]) -> None:
        """(path, size, mtime) of files that have our bytes under a new stat."""
        with self._store.transaction():
            self._db.executemany(
                "UPDATE traces SET size=?, mtime=? WHERE root=? AND path=?",
                ((size, mtime, self._root, path) for path, size, mtime in stats),
            )
