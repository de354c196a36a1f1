"""What was read of content/, as rows: sources, articles, documents, their facts and findings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, NamedTuple

from sitegen.digest import digest
from sitegen.errors import Problem
from sitegen.index.store import Damaged, Store, seal, unseal
from sitegen.model import Article, Document, Term

_TERMS = Article._fields.index("terms")
"""The first of the fields that hold several values."""
_WITHIN = "\x1f"
"""Separates the parts of a stored term: no name can hold a control character."""


class Source(NamedTuple):
    """What was known of a file when it was last read."""

    stat: str
    settled: bool
    digest: bytes
    reading: bytes
    """Digest of what reading it depended on beside its bytes: settings and engine."""


class Row(NamedTuple):
    """One file's reading, ready to be stored."""

    source: str
    known: Source
    article: Article | None
    document: Document | None
    facts: Mapping[str, bytes]
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    notes: tuple[tuple[str, str, int, int, str], ...]


class Articles:
    """The content side of the state."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._db = store.db

    def sources(self) -> dict[str, Source]:
        """Every file that was read, by its name."""
        rows = self._db.execute("SELECT source, stat, settled, digest, reading FROM sources")
        return {row[0]: Source(row[1], bool(row[2]), *row[3:]) for row in rows}

    def put(self, rows: Iterable[Row]) -> None:
        """Replace all that is known of these files. Call it within a transaction."""
        for row in rows:
            self._delete(row.source)
            findings = {
                "errors": [asdict(problem) for problem in row.errors],
                "warnings": [asdict(problem) for problem in row.warnings],
                "notes": row.notes,
            }
            text = seal(json.dumps(findings)) if any(findings.values()) else ""
            self._insert("sources", row.source, *row.known, text)
            if row.article:
                self._insert("articles", row.source, seal(_encode(row.article)))
            if row.document:
                self._insert("documents", row.source, seal(json.dumps(row.document)))
            self._db.executemany(
                "INSERT INTO facts VALUES(?, ?, ?)",
                [(key, digest(value), value) for key, value in row.facts.items()],
            )

    def touch(self, source: str, stat: str, settled: bool) -> None:
        """The same bytes under a new stat."""
        self._db.execute(
            "UPDATE sources SET stat=?, settled=? WHERE source=?", (stat, settled, source)
        )

    def remove(self, sources: Iterable[str]) -> None:
        """Forget files that are gone. Call it within a transaction."""
        for source in sources:
            self._delete(source)

    def _delete(self, source: str) -> None:
        for table in ("sources", "articles", "documents"):
            self._db.execute(f"DELETE FROM {table} WHERE source=?", (source,))
        for kind in ("summary", "body"):
            self._db.execute("DELETE FROM facts WHERE key=?", (f"{kind}:{source}",))

    def _insert(self, table: str, *values: object) -> None:
        marks = ", ".join("?" * len(values))
        self._db.execute(f"INSERT INTO {table} VALUES({marks})", values)

    def articles(self) -> list[Article]:
        """Every readable article, oldest first, by (date, URL)."""
        term = _Terms().__getitem__
        rows = self._db.execute("SELECT article FROM articles")
        found = [_decode(unseal(text), term) for (text,) in rows]
        return sorted(found, key=lambda article: (article.date, article.url, article.source))

    def documents(self) -> list[Document]:
        """Every readable page, term's file and front, by source."""
        rows = self._db.execute("SELECT document FROM documents ORDER BY source")
        return [Document(*json.loads(unseal(text))) for (text,) in rows]

    def findings(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """(source, its stored errors, warnings and notes) where there are any."""
        query = "SELECT source, findings FROM sources WHERE findings != '' ORDER BY source"
        for source, text in self._db.execute(query):
            yield source, json.loads(unseal(text))

    def digests(self) -> dict[str, bytes]:
        """Key → digest of every stored fact."""
        return dict(self._db.execute("SELECT key, digest FROM facts").fetchall())

    def values(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Key → bytes of the stored facts called `keys`. Raises Damaged where one is not."""
        found: dict[str, bytes] = {}
        for key in keys:
            query = "SELECT digest, value FROM facts WHERE key=?"
            row = self._db.execute(query, (key,)).fetchone()
            if row is None or digest(row[1]) != row[0]:
                raise Damaged(f"the fact {key} is not as it was written")
            found[key] = row[1]
        return found


def _encode(article: Article) -> str:
    row: list[object] = list(article)
    row[_TERMS] = [_WITHIN.join(term) for term in article.terms]
    return json.dumps(row)


class _Terms(dict[str, Term]):
    """Stored terms → values: an archive has few, and each stands in many articles."""

    def __missing__(self, text: str) -> Term:
        term = self[text] = Term(*text.split(_WITHIN))
        return term


def _decode(text: str, term: Callable[[str], Term]) -> Article:
    row = json.loads(text)
    row[_TERMS:] = [tuple(map(term, row[_TERMS])), *map(tuple, row[_TERMS + 1 :])]
    return Article._make(row)
