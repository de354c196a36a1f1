"""What the state holds of files, and how articles and findings stand in its rows: as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple
from itertools import islice, starmap
from typing import NamedTuple

from sitegen.digest import canonical_texts, digest
from sitegen.errors import Problem
from sitegen.index.store import Damaged, seal, unseal
from sitegen.model import Article, Document, Note, Term, Told

_TERMS = Article._fields.index("terms")
"""The first of the fields that hold several values."""
_TOGETHER = 64
"""Articles that are decoded at a time."""
_SEAL = 8
"""Bytes of a digest before each stored article."""
_WITHIN = "\x1f"
"""Separates the parts of a stored term: no name can hold a control character."""


class Source(NamedTuple):
    """What was known of a file when it was last read."""

    stat: str
    settled: bool
    digest: bytes
    reading: bytes
    """Digest of what reading it depended on beside its bytes: settings and engine."""


Stored = tuple[bytes, bytes]
"""A fact's digest, and its value as it is `packed`."""


class Row(NamedTuple):
    """One file's reading, ready to be stored."""

    source: str
    known: Source
    article: Article | None
    document: Document | None
    facts: Mapping[str, Stored]
    told: Told


class Known(NamedTuple):
    """What is known of one file."""

    digest: bytes
    told: Told
    article: Article | None
    document: Document | None


_NOTHING = Told()
UNKNOWN = Known(b"", _NOTHING, None, None)


def sealed_document(document: Document) -> str:
    return seal(json.dumps(document))


def document_in(text: str) -> Document:
    """Raises Damaged."""
    return Document(*json.loads(unseal(text)))


def sealed_findings(told: Told) -> str:
    """What reading a file had to say; empty, as most are, where it is nothing."""
    errors = [astuple(problem) for problem in told.errors]
    return seal(json.dumps([errors, *told[1:]])) if any(told) else ""


def told_in(findings: str) -> Told:
    """Raises Damaged."""
    if not findings:
        return _NOTHING
    errors, notes, anchors, silence = json.loads(unseal(findings))
    return Told(
        tuple(starmap(Problem, errors)),
        tuple(map(Note._make, notes)),
        tuple((target, fragment) for target, fragment in anchors),
        tuple(silence),
    )


def encoded(article: Article) -> bytes:
    """An article as canonical JSON, behind its digest."""
    terms = [_WITHIN.join(term) for term in article.terms]
    data = canonical_texts((*article[:_TERMS], terms, *article[_TERMS + 1 :]))
    return digest(data)[:_SEAL] + data


class Terms(dict[str, Term]):
    """Stored terms → values: an archive has few, and each stands in many articles."""

    def __missing__(self, text: str) -> Term:
        term = self[text] = Term(*text.split(_WITHIN))
        return term


def decoded(rows: Iterable[object], terms: Terms) -> Iterator[Article]:
    """The articles in some rows. Raises Damaged where one is not as it was written.

    Many are decoded together, which takes half the time.
    """
    term = terms.__getitem__
    left = iter(rows)
    while some := [_unsealed(row) for row in islice(left, _TOGETHER)]:
        for row in json.loads(b"[%b]" % b",".join(some)):
            row[_TERMS:] = [tuple(map(term, row[_TERMS])), *map(tuple, row[_TERMS + 1 :])]
            yield Article._make(row)


def _unsealed(row: object) -> bytes:
    if not isinstance(row, bytes) or digest(row[_SEAL:])[:_SEAL] != row[:_SEAL]:
        raise Damaged("an article is not as it was written")
    return row[_SEAL:]
