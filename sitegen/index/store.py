"""The state: one SQLite file. Owns sqlite3, the schema, and what damage to the file means."""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from sitegen.digest import canonical, digest
from sitegen.outputs import Image

VERSION = 13
"""Of the schema below. Another version's state is dropped: rendering again is always right."""

FILE = "state.db"

_SCHEMA = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE sources(
  source TEXT PRIMARY KEY, stat TEXT NOT NULL, settled INTEGER NOT NULL,
  digest BLOB NOT NULL, reading BLOB NOT NULL, findings TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE articles(id INTEGER PRIMARY KEY, source TEXT NOT NULL UNIQUE, article BLOB NOT NULL);
CREATE TABLE terms(
  id INTEGER PRIMARY KEY, lang TEXT NOT NULL, kind TEXT NOT NULL, slug TEXT NOT NULL,
  UNIQUE(lang, kind, slug)
);
CREATE TABLE listed(
  term INTEGER, date INTEGER, article INTEGER, month INTEGER, PRIMARY KEY(term, date, article)
) WITHOUT ROWID;
CREATE TABLE documents(source TEXT PRIMARY KEY, document TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE facts(key TEXT NOT NULL, digest BLOB NOT NULL, value BLOB NOT NULL);
CREATE UNIQUE INDEX digests ON facts(key, digest);
CREATE TABLE files(file TEXT PRIMARY KEY, known TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE traces(
  root TEXT, path TEXT, family TEXT, source TEXT, inputs BLOB, needs BLOB, digest BLOB,
  size INTEGER, mtime INTEGER, reason TEXT, PRIMARY KEY(root, path)
) WITHOUT ROWID;
"""

_OF_CONTENT = ("sources", "articles", "terms", "listed", "documents", "facts", "files")
"""The tables of what was read."""
_SEAL = 16
"""Characters: 64 bits of a digest, before each stored text."""
_PAGE = 16_384
"""Bytes of a page of the file: in SQLite's own 4,096 the texts of articles left a tenth empty."""


class KnownFile(NamedTuple):
    """What was known of a file that is copied, when it was last opened."""

    stat: str
    settled: bool
    """Whether the stat proves anything."""
    digest: bytes
    image: Image | None
    """Of a picture."""


def _text_of(known: KnownFile) -> str:
    image = canonical(known.image).decode() if known.image else ""
    return " ".join([known.stat, f"{known.settled:d}", known.digest.hex(), image])


def _image_of(text: str) -> Image:
    size, *rest = json.loads(text)
    return Image(tuple(size) if size else None, *rest)


class Damaged(Exception):
    """The state cannot be read; whoever opened it drops it and begins again."""


class Store:
    """A connection to the state of a site. Close it, or use it in a `with`."""

    def __init__(self, folder: Path, *, reading: bool = False) -> None:
        """Open the state in `folder`, or make one. Use it within `damage_raises`.

        Only for `reading`, one that is not there raises Damaged, and nothing is changed.
        """
        self.scratch = None if reading else folder
        """Where files may lie that nobody needs later."""
        self.reading = reading
        """Whether nothing can be changed."""
        self.is_new = False
        """Whether it was made just now, so that nobody else can have changed what lies in it."""
        if reading:
            self.db = _opened_to_read(folder / FILE)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            self.db = sqlite3.connect(folder / FILE, isolation_level=None, timeout=60)
        try:
            self._prepare(reading)
        except BaseException:
            self.db.close()
            raise

    def _prepare(self, reading: bool) -> None:
        (version,) = self.db.execute("PRAGMA user_version").fetchone()
        if reading:
            if version != VERSION:
                raise Damaged("it was made by another version of sitegen, or not yet")
            self.db.execute("PRAGMA query_only=ON")
            return
        # What was removed from the content must not stay readable in a freed page of the state.
        self.db.execute("PRAGMA secure_delete=ON")
        self.db.execute(f"PRAGMA page_size={_PAGE}")
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=NORMAL")
        self.db.execute("PRAGMA temp_store=MEMORY")
        (tables,) = self.db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if version == 0 and tables == 0:
            self.is_new = True
            with self.transaction():
                for statement in _SCHEMA.split(";"):
                    self.db.execute(statement)
                self.db.execute(f"PRAGMA user_version={VERSION}")
        elif version != VERSION:
            raise Damaged(f"it was made by another version of sitegen (schema {version})")

    @contextmanager
    def supposing(self) -> Iterator[None]:
        """What is done inside counts there, and is undone at the end."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            with suppress(sqlite3.Error):
                self.db.execute("ROLLBACK")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is done inside, or nothing of it; within `supposing`, a part of that."""
        if self.db.in_transaction:
            yield
            return
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with suppress(sqlite3.Error):
                self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def meta(self, name: str) -> str:
        """A remembered value; empty when there is none."""
        row = self.db.execute("SELECT value FROM meta WHERE name=?", (name,)).fetchone()
        return unseal(row[0]) if row else ""

    def remember(self, name: str, value: str) -> None:
        self.db.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", (name, seal(value)))

    def edition(self) -> str:
        """Names what is known of content/ and of files: it changes whenever anything of it does."""
        return self.meta("edition")

    def amended(self) -> None:
        """Something of that changed. Call it within the same transaction."""
        self.remember("edition", str(int(self.meta("edition") or 0) + 1))

    def forget_everything(self) -> None:
        """Trust nothing that was read or rendered. That an output is ours is still known."""
        with self.transaction():
            for table in (*_OF_CONTENT, "meta"):
                self.db.execute(f"DELETE FROM {table}")
            self.db.execute("UPDATE traces SET inputs=NULL, size=-1")

    def untidy(self) -> None:
        """Something was removed, whose traces the file must lose."""
        self.remember("removed", "1")

    def tidy(self, *, for_good: bool = True) -> None:
        """Leave no trace of what was removed: SQLite keeps parts of deleted rows in its pages.

        Not `for_good`: the next build does it once more.
        """
        if self.meta("removed"):
            # Where there is no room for it now, the next build tries again.
            with suppress(sqlite3.OperationalError):
                # The copy that it makes is as large as the state.
                self.db.execute("PRAGMA temp_store=FILE")
                self.db.execute("VACUUM")
                if for_good:
                    self.db.execute("DELETE FROM meta WHERE name='removed'")

    def is_untidy(self) -> bool:
        """Whether something was removed whose traces are still to be lost; see `tidy`."""
        return bool(self.meta("removed"))

    def roots(self) -> set[str]:
        """The output folders that were built with this state."""
        return {root for (root,) in self.db.execute("SELECT DISTINCT root FROM traces")}

    def known_files(self) -> dict[str, KnownFile]:
        """What is known of files that are copied, by the file's name."""
        found = {}
        for file, known in self.db.execute("SELECT file, known FROM files"):
            stat, settled, digest, image = unseal(known).split(" ", 3)
            read = _image_of(image) if image else None
            found[file] = KnownFile(stat, settled == "1", bytes.fromhex(digest), read)
        return found

    def stats(self) -> dict[str, str]:
        """The stat of every file that is copied, by its name; empty where it proves nothing."""
        found = {}
        for file, known in self.db.execute("SELECT file, known FROM files"):
            stat, settled, _ = unseal(known).split(" ", 2)
            found[file] = stat if settled == "1" else ""
        return found

    def put_files(self, rows: Iterable[tuple[str, KnownFile]], gone: Iterable[str]) -> None:
        """Remember what is known of files, and forget the files that are `gone`."""
        with self.transaction():
            self.db.executemany("DELETE FROM files WHERE file=?", [(file,) for file in gone])
            self.db.executemany(
                "INSERT OR REPLACE INTO files VALUES(?, ?)",
                [(file, seal(_text_of(known))) for file, known in rows],
            )
            self.amended()

    def put_troubles(self, broken: Mapping[bytes, str], remedy: str) -> None:
        """Remember why pictures cannot be shown, by the digests of their files."""
        rows = [
            (name, file._replace(image=file.image._replace(trouble=why, remedy=remedy)))
            for name, file in self.known_files().items()
            if file.image and (why := broken.get(file.digest))
        ]
        self.put_files(rows, ())

    def close(self) -> None:
        """Fold the write-ahead log into the file, so that no removed text lingers in it."""
        with suppress(sqlite3.Error):
            if not self.reading:
                self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.db.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _opened_to_read(file: Path) -> sqlite3.Connection:
    if not file.is_file():
        raise Damaged("it is not there")
    # Not `ro`: that cannot make the files beside it which readers of a write-ahead log share.
    return sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=60)


@contextmanager
def damage_raises(folder: Path) -> Iterator[None]:
    """Turn whatever SQLite finds wrong with the state in `folder`, at any time, into Damaged.

    Raises OSError for what making the state anew would not mend.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and _is_outside(str(error)):
            message = f"the state cannot be used: {error}"
            raise OSError(errno.EIO, message, str(folder / FILE)) from None
        raise Damaged(str(error)) from error


def _is_outside(message: str) -> bool:
    """Whether SQLite complains of the disk or of another program, not of the file's contents."""
    return any(word in message for word in ("disk", "locked", "readonly", "unable to open"))


def seal(text: str) -> str:
    """`text` with its digest before it: SQLite would not notice a changed byte in a value."""
    return digest(text.encode())[: _SEAL // 2].hex() + text


def unseal(sealed: object) -> str:
    """The text that was sealed. Raises Damaged when it is not as it was."""
    if not isinstance(sealed, str) or seal(sealed[_SEAL:]) != sealed:
        raise Damaged("a stored value is not as it was written")
    return sealed[_SEAL:]


def drop(folder: Path) -> None:
    """Delete the state in `folder`; the outputs of builds are then found again by their bytes."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        (folder / f"{FILE}{suffix}").unlink(missing_ok=True)
