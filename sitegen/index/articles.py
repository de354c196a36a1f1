"""What was read of content/, as rows: sources, articles, documents, their facts and findings."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

from sitegen.digest import digest
from sitegen.index.listed import Listings, place_of
from sitegen.index.packing import unpacked
from sitegen.index.rows import (
    Known,
    Row,
    Source,
    Terms,
    decoded,
    document_in,
    encoded,
    sealed_document,
    sealed_findings,
    told_in,
)
from sitegen.index.store import Damaged, Store
from sitegen.model import Article, Document, State, Told, state_of

T = TypeVar("T")

_AT_ONCE = 500
"""Values that one query asks for; older SQLite takes 999 parameters."""
STORED = ("summary", "body", "open", "corrections")
"""The kinds of facts that are stored as they were read; all others follow from the archive."""


class Sources(Collection[str]):
    """The files of content/ that were read, good or bad, as the state has them at any time."""

    def __init__(self, store: Store) -> None:
        self._db = store.db

    def __contains__(self, source: object) -> bool:
        query = "SELECT 1 FROM sources WHERE source=?"
        return self._db.execute(query, (source,)).fetchone() is not None

    def __iter__(self) -> Iterator[str]:
        """By name."""
        rows = self._db.execute("SELECT source FROM sources ORDER BY source")
        for (source,) in rows:
            yield source

    def __len__(self) -> int:
        (number,) = self._db.execute("SELECT count(*) FROM sources").fetchone()
        return int(number)


class Articles:
    """The content side of the state."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._db = store.db
        self._terms = Terms()
        self.listings = Listings(store)
        self.read = Sources(store)
        self._is_open = False

    def sources(self) -> dict[str, Source]:
        """Every file that was read, by its name."""
        rows = self._db.execute("SELECT source, stat, settled, digest, reading FROM sources")
        return {row[0]: Source(row[1], bool(row[2]), *row[3:]) for row in rows}

    def stats(self, reading: bytes) -> Iterator[tuple[str, str]]:
        """(source, stat) of every file that was read, by name.

        Without the stat where it proves nothing, as of a file that was not read as `reading` says.
        """
        query = "SELECT source, iif(settled AND reading=?, stat, '') FROM sources ORDER BY source"
        found = self._db.execute(query, (reading,))
        for row in found:  # noqa: UP028 - `yield from` closes a cursor, whose connection may be gone
            yield row

    def digests_read(self, sources: Iterable[str], reading: bytes) -> dict[str, bytes]:
        """Source → digest that some files had when they were last read, in this way."""
        found: dict[str, bytes] = {}
        for some in _some(sources):
            query = f"SELECT source, digest FROM sources WHERE source IN ({_marks(some)})"
            found |= dict(self._db.execute(f"{query} AND reading=?", (*some, reading)))
        return found

    @contextmanager
    def together(self) -> Iterator[None]:
        """All that is put and removed within this counts at its end, or nothing of it.

        Whoever goes on after an error within must not do so within another.
        """
        if self._is_open:
            yield
            return
        self._is_open = True
        try:
            with self._store.transaction(), self.listings.settled():
                yield
        finally:
            self._is_open = False

    def put(self, rows: Sequence[Row]) -> None:
        """Replace all that is known of these files."""
        with self.together():
            self._put(rows)

    def _put(self, rows: Sequence[Row]) -> None:
        self._store.amended()
        self.remove(self._read_before([row.source for row in rows]))
        many = self._db.executemany
        many(
            "INSERT INTO sources VALUES(?, ?, ?, ?, ?, ?)",
            [(row.source, *row.known, sealed_findings(row.told)) for row in rows],
        )
        (last,) = self._db.execute("SELECT ifnull(max(id), 0) FROM articles").fetchone()
        articles = list(enumerate((row.article for row in rows if row.article), last + 1))
        many(
            "INSERT INTO articles VALUES(?, ?, ?)",
            [(id, article.source, encoded(article)) for id, article in articles],
        )
        self.listings.add(articles)
        documents = [row.document for row in rows if row.document]
        many(
            "INSERT INTO documents VALUES(?, ?)",
            [(document.source, sealed_document(document)) for document in documents],
        )
        facts = [item for row in rows for item in row.facts.items()]
        many(
            "INSERT INTO facts VALUES(?, ?, ?)",
            [(key, *stored) for key, stored in facts],
        )

    def _read_before(self, sources: Sequence[str]) -> Iterator[str]:
        for some in _some(sources):
            query = f"SELECT source FROM sources WHERE source IN ({_marks(some)})"
            yield from (source for (source,) in self._db.execute(query, some).fetchall())

    def touch(self, stats: Iterable[tuple[str, str, bool]]) -> None:
        """(source, stat, settled) of files that have the same bytes under a new stat."""
        with self._store.transaction():
            self._db.executemany(
                "UPDATE sources SET stat=?, settled=? WHERE source=?",
                ((stat, settled, source) for source, stat, settled in stats),
            )

    def remove(self, sources: Iterable[str]) -> None:
        """Forget all that is known of files."""
        if gone := [(source,) for source in sources]:
            with self.together():
                self._remove(gone)

    def _remove(self, gone: Sequence[tuple[str]]) -> None:
        self._store.amended()
        self.listings.drop(self._numbered("source", [source for (source,) in gone]))
        for table in ("sources", "articles", "documents"):
            self._db.executemany(f"DELETE FROM {table} WHERE source=?", gone)
        self._remove_facts(source for (source,) in gone)

    def withhold(self, sources: Collection[str]) -> None:
        """Keep nothing of the texts of these articles, which are withdrawn."""
        withheld = sorted(sources)
        known = self._withheld()
        if not withheld and not known:
            return
        with self._store.transaction():
            if self._remove_facts(withheld) or withheld != known:
                self._store.amended()
                self._store.remember("withheld", json.dumps(withheld))
                self._store.untidy()

    def restore(self, now: int) -> None:
        """Forget the withheld articles that are not withdrawn at `now`: they are read again."""
        query = "SELECT article FROM articles WHERE source=?"
        rows = [self._db.execute(query, (source,)).fetchone() for source in self._withheld()]
        articles = decoded((row[0] for row in rows if row), self._terms)
        back = [a.source for a in articles if state_of(a, now) is not State.WITHDRAWN]
        if back:
            self.remove(back)

    def _withheld(self) -> list[str]:
        return list(json.loads(self._store.meta("withheld") or "[]"))

    def _remove_facts(self, sources: Iterable[str]) -> int:
        keys = [(f"{kind}:{source}",) for source in sources for kind in STORED]
        return self._db.executemany("DELETE FROM facts WHERE key=?", keys).rowcount if keys else 0

    def articles(self) -> list[Article]:
        """Every readable article, oldest first, by (date, URL)."""
        rows = self._db.execute("SELECT article FROM articles")
        found = decoded((sealed for (sealed,) in rows), self._terms)
        return sorted(found, key=in_order)

    def count(self) -> int:
        """How many readable articles there are."""
        (number,) = self._db.execute("SELECT count(*) FROM articles").fetchone()
        return int(number)

    def called(self, source: str) -> Article | None:
        """The article of a file; None when there is none."""
        return next(self.all_called([source]), None)

    def all_called(self, sources: Iterable[str]) -> Iterator[Article]:
        """The articles of some files, as far as there are any."""
        return (article for _, article in self._numbered("source", sources))

    def is_good(self, source: str) -> bool:
        """Whether a file was read, and has no mistakes."""
        query = "SELECT findings FROM sources WHERE source=?"
        row = self._db.execute(query, (source,)).fetchone()
        return row is not None and not told_in(row[0]).errors

    def sharing_places(self) -> list[Article]:
        """The articles whose address is that of another one, or nearly; oldest first."""
        return sorted(self.numbered(self.listings.doubled()).values(), key=in_order)

    def has_address(self, url: str) -> bool:
        """Whether any article has an address, whoever can see it."""
        found = self.numbered(self.listings.at(place_of(url)))
        return any(article.url == url for article in found.values())

    def numbered(self, ids: Iterable[int]) -> dict[int, Article]:
        """Some articles by their numbers. Raises Damaged where one is not there."""
        wanted = list(ids)
        found = dict(self._numbered("id", wanted))
        if len(found) != len(wanted):
            raise Damaged("an article that is listed is not there")
        return found

    def sources_of(self, ids: Iterable[int]) -> dict[int, str]:
        """The files of some articles by their numbers. Raises Damaged where one is not there."""
        wanted = list(ids)
        found: dict[int, str] = {}
        # The name has no digest of its own: it must be the one that the article begins with, too.
        same = """instr(article, CAST('["' || source || '",' AS BLOB)) = 9"""
        for some in _some(wanted):
            query = f"SELECT id, source, {same} FROM articles WHERE id IN ({_marks(some)})"
            rows = self._db.execute(query, some).fetchall()
            found |= {id: source for id, source, _ in rows}
            others = self.numbered(id for id, _, is_same in rows if not is_same)
            found |= {id: article.source for id, article in others.items()}
        if len(found) != len(wanted):
            raise Damaged("an article that is listed is not there")
        return found

    def _numbered(self, column: str, values: Iterable[str | int]) -> Iterator[tuple[int, Article]]:
        for some in _some(values):
            query = f"SELECT id, article FROM articles WHERE {column} IN ({_marks(some)})"
            rows = self._db.execute(query, some).fetchall()
            articles = decoded((row[1] for row in rows), self._terms)
            yield from zip([row[0] for row in rows], articles, strict=True)

    def known(self, sources: Collection[str]) -> dict[str, Known]:
        """What is known of some files, by source; of those that were never read, nothing."""
        found: dict[str, Known] = {}
        for some in _some(sorted(sources)):
            found |= self._known(f"WHERE source IN ({_marks(some)})", some)
        return found

    def of(self, sources: Collection[str]) -> set[str]:
        """Those of some files of which there is an article or a document."""
        known = self.known(sources).items()
        return {source for source, each in known if each.article or each.document}

    def last_known(self, at_most: int) -> dict[str, Known]:
        """What is known of the files whose names come last, so many at most."""
        return self._known("ORDER BY source DESC LIMIT ?", [at_most])

    def _known(self, which: str, values: Sequence[object]) -> dict[str, Known]:
        query = (
            "SELECT source, digest, findings, article, document FROM sources "
            f"LEFT JOIN articles USING(source) LEFT JOIN documents USING(source) {which}"
        )
        rows = self._db.execute(query, values).fetchall()
        articles = decoded((row[3] for row in rows if row[3]), self._terms)
        return {
            source: Known(
                digest,
                told_in(findings),
                next(articles) if article else None,
                document_in(document) if document else None,
            )
            for source, digest, findings, article, document in rows
        }

    def documents(self) -> list[Document]:
        """Every readable page, term's file and front, by source."""
        rows = self._db.execute("SELECT document FROM documents ORDER BY source")
        return [document_in(text) for (text,) in rows]

    def told(self) -> Iterator[tuple[str, Told]]:
        """(source, what reading it had to say) where there is anything."""
        query = "SELECT source, findings FROM sources WHERE findings != '' ORDER BY source"
        for source, text in self._db.execute(query):
            yield source, told_in(text)

    def digests_of(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Key → digest of the stored facts called `keys`, as far as they are there."""
        found: dict[str, bytes] = {}
        for some in _some(keys):
            query = f"SELECT key, digest FROM facts WHERE key IN ({_marks(some)})"
            found |= dict(self._db.execute(query, some))
        return found

    def values(self, keys: Iterable[str], *, packed: bool = False) -> dict[str, bytes]:
        """Key → bytes of the stored facts called `keys`. Raises Damaged where one is not.

        They may still be `packed` where whoever asks says so: they are if this build has made the
        state. Of another they are unpacked, to be compared with their digests.
        """
        wanted = list(keys)
        found: dict[str, bytes] = {}
        for some in _some(wanted):
            query = f"SELECT key, digest, value FROM facts WHERE key IN ({_marks(some)})"
            for key, sealed, stored in self._db.execute(query, some):
                is_new = self._store.is_new
                value = stored if packed and is_new else unpacked(stored)
                if not is_new and digest(value) != sealed:
                    raise Damaged(f"the fact {key} is not as it was written")
                found[key] = value
        if len(found) != len(wanted):
            raise Damaged("a fact that articles name is not there")
        return found


def _some(values: Iterable[T]) -> Iterator[list[T]]:
    """As many at a time as one query may ask for."""
    left = iter(values)
    while some := list(islice(left, _AT_ONCE)):
        yield some


def _marks(values: Sequence[object]) -> str:
    """What stands for values in a query."""
    return ", ".join("?" * len(values))


def in_order(article: Article) -> tuple[int, str, str]:
    """By what articles are sorted, the oldest first."""
    return article.date, article.url, article.source
