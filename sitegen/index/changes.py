"""What reading files anew changes of what was known, as far as edits are planned alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sitegen.advice import WARNINGS
from sitegen.digest import canonical
from sitegen.index.articles import STORED, Articles
from sitegen.index.rows import UNKNOWN, Row
from sitegen.model import Article, Document, Json, Note, Told

_SPOKEN = frozenset({"name", "role", "html", "links", "extra"})
"""Fields of a term that nothing follows from but its facts."""


class Change(NamedTuple):
    """A file that was read anew, or that is gone, and what was known of it before."""

    source: str
    before: Article | None
    after: Article | None
    facts: Mapping[str, bytes]
    """The stored facts that are other than they were or gone, with the digests that they had."""
    noted: bool
    """Whether a build has other notes of the file to tell than before."""
    chosen: bool = False
    """Whether it is a file of choices for home, and makes others."""
    profile: tuple[str, str] | None = None
    """The kind and the slug of a term of which it says something else."""
    moved: bool = False
    """Whether that is a file that is new, or gone."""
    refs: Sequence[str] = ()
    """What a new file of a term refers to."""


def changes_by(articles: Articles, rows: Sequence[Row]) -> list[Change] | None:
    """What putting `rows` will change of articles and texts.

    None where more than that changes: mistakes in a file, what it silences, or a file that is no
    article, nor chooses stories for home, nor describes a term.
    """
    known = articles.known([row.source for row in rows])
    found = []
    for row in rows:
        before = known.get(row.source, UNKNOWN)
        # The state has lists where there were tuples.
        other = canonical(before.document) != canonical(row.document)
        fronts = _are_fronts(before.document, row.document)
        profile = _term_of(before.document, row.document) if other else None
        wrong = _mistakes_and_silence(before.told) != _mistakes_and_silence(row.told)
        if wrong or (other and not fronts and not profile):
            return None
        old = articles.digests_of(f"{kind}:{row.source}" for kind in STORED)
        new = {key: digest for key, (digest, _) in row.facts.items()}
        facts = {key: value for key, value in old.items() if value != new.get(key)}
        noted = _noted(before.told) != _noted(row.told)
        chosen = other and fronts
        came = profile is not None and before.document is None
        refs = row.document.facts["refs"] if came and row.document else ()
        told = facts, noted, chosen, profile, came, refs
        found.append(Change(row.source, before.article, row.article, *told))
    return found


def departures(articles: Articles, sources: Collection[str]) -> list[Change] | None:
    """What forgetting files will change; None where that is more than articles and texts."""
    known = articles.known(sources)
    found = []
    for source in sorted(sources):
        before = known.get(source, UNKNOWN)
        profile = _term_of(before.document, None)
        chosen = before.document is not None and _are_fronts(before.document)
        if before.told.errors or not (before.article or chosen or profile):
            return None
        facts = articles.digests_of(f"{kind}:{source}" for kind in STORED)
        noted = bool(_noted(before.told))
        gone = profile is not None
        found.append(Change(source, before.article, None, facts, noted, chosen, profile, gone))
    return found


def _mistakes_and_silence(told: Told) -> tuple[object, ...]:
    """What is wrong with a file, and what it does not want to be told."""
    return told.errors, told.silence


def _are_fronts(*documents: Document | None) -> bool:
    """Whether what there is of some documents only chooses stories for home."""
    return all(document is None or document.kind == "front" for document in documents)


def _term_of(before: Document | None, after: Document | None) -> tuple[str, str] | None:
    """The term of which a document says nothing else now but what only its facts follow from.

    It may be a new one, or gone; what one referred to that is gone may have to go, too.
    """
    every = [document for document in (before, after) if document]
    if not every or any(document.kind != "term" for document in every):
        return None
    first = every[0].facts
    if before and after:
        same = canonical(_decisive(before)) == canonical(_decisive(after))
    else:
        same = not first["merge"] and not (before and first["refs"])
    return (first["kind"], first["slug"]) if same else None


def _decisive(term: Document) -> Mapping[str, Json]:
    """What a term's file says of which more follows than its facts."""
    return {name: value for name, value in term.facts.items() if name not in _SPOKEN}


def _noted(told: Told) -> list[Note]:
    """What a build tells of a file; the other notes are only for `check` to tell."""
    return [note for note in told.notes if note.code in WARNINGS]
