"""What was read of content/, as rows: sources, articles, documents, their facts and findings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, NamedTuple

from sitegen.digest import digest
from sitegen.errors import Problem
from sitegen.index.store import Store, damage_raises
from sitegen.model import Article, Document, Term

_COLUMNS = ", ".join(Article._fields)
_FIRST_JSON = Article._fields.index("terms")
_BETWEEN, _WITHIN = "\x1e", "\x1f"
"""Separators of stored terms: no name can hold a control character."""


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
        query = "SELECT source, stat, settled, digest, reading FROM sources"
        with damage_raises():
            return {
                row[0]: Source(row[1], bool(row[2]), *row[3:]) for row in self._db.execute(query)
            }

    def put(self, rows: Iterable[Row]) -> None:
        """Replace all that is known of these files. Call it within a transaction."""
        for row in rows:
            self._delete(row.source)
            findings = {
                "errors": [asdict(problem) for problem in row.errors],
                "warnings": [asdict(problem) for problem in row.warnings],
                "notes": row.notes,
            }
            text = json.dumps(findings) if any(findings.values()) else ""
            self._db.execute(
                "INSERT INTO sources VALUES(?, ?, ?, ?, ?, ?)", (row.source, *row.known, text)
            )
            if row.article:
                marks = ", ".join("?" * len(row.article))
                self._db.execute(f"INSERT INTO articles VALUES({marks})", _encode(row.article))
            if row.document:
                source, kind, lang, facts = row.document
                self._db.execute(
                    "INSERT INTO documents VALUES(?, ?, ?, ?)",
                    (source, kind, lang, json.dumps(facts)),
                )
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

    def articles(self) -> Iterator[Article]:
        """Every readable article, oldest first, by (date, URL)."""
        query = f"SELECT {_COLUMNS} FROM articles ORDER BY date, url, source"
        with damage_raises():
            term = _Terms().__getitem__
            for row in self._db.execute(query):
                yield _decode(row, term)

    def documents(self) -> list[Document]:
        """Every readable page, term's file and front, by source."""
        query = "SELECT source, kind, lang, facts FROM documents ORDER BY source"
        with damage_raises():
            return [
                Document(source, kind, lang, json.loads(facts))
                for source, kind, lang, facts in self._db.execute(query)
            ]

    def findings(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """(source, its stored errors, warnings and notes) where there are any."""
        query = "SELECT source, findings FROM sources WHERE findings != '' ORDER BY source"
        with damage_raises():
            for source, findings in self._db.execute(query):
                yield source, json.loads(findings)

    def digests(self) -> dict[str, bytes]:
        """Key → digest of every stored fact."""
        with damage_raises():
            return dict(self._db.execute("SELECT key, digest FROM facts").fetchall())

    def values(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Key → bytes of the stored facts among `keys`."""
        found: dict[str, bytes] = {}
        with damage_raises():
            for key in keys:
                row = self._db.execute("SELECT value FROM facts WHERE key=?", (key,)).fetchone()
                if row:
                    found[key] = row[0]
        return found


def _encode(article: Article) -> list[object]:
    terms = _BETWEEN.join(_WITHIN.join(term) for term in article.terms)
    rest = [json.dumps(value) if value else "" for value in article[_FIRST_JSON + 1 :]]
    return [*article[:_FIRST_JSON], terms, *rest]


class _Terms(dict[str, Term]):
    """Stored terms → values: an archive has few, and each stands in many articles."""

    def __missing__(self, text: str) -> Term:
        term = self[text] = Term(*text.split(_WITHIN))
        return term


def _decode(row: tuple[Any, ...], term: Callable[[str], Term]) -> Article:
    terms, related, refs, aliases = row[_FIRST_JSON:]
    return Article._make(
        (
            *row[:_FIRST_JSON],
            tuple(map(term, terms.split(_BETWEEN))) if terms else (),
            tuple(json.loads(related)) if related else (),
            tuple(json.loads(refs)) if refs else (),
            tuple(json.loads(aliases)) if aliases else (),
        )
    )
