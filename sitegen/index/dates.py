"""Dates that cannot be right at the moment that a site is built for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitegen.errors import Mistake, Problem
from sitegen.index.places import Places
from sitegen.instants import from_seconds, zone
from sitegen.model import Article, Document, Moment, State, state_of

HINT = "write when that was; readers must not see a date that is still to come"


def changes_to_come(
    articles: Iterable[Article],
    documents: Iterable[Document],
    moment: Moment,
    timezone: str,
    places: Places,
) -> Iterator[Mistake]:
    """Changes and corrections that readers would see before they have happened.

    An article that waits may name a change up to the instant at which it appears. `timezone` is
    the one in which instants are told.
    """

    def told(source: str, field: str, instant: int | None, latest: int) -> Iterator[Mistake]:
        if instant is not None and instant > latest:
            local, ends = (from_seconds(i).astimezone(zone(timezone)) for i in (instant, latest))
            message = f"{local:%Y-%m-%d %H:%M} is still to come at {ends:%Y-%m-%d %H:%M}"
            if latest > moment.now:
                message += ", when the article appears"
            at, _ = places.of(source, f"{local:%Y-%m-%d}" if field == "corrections" else field)
            at = at if at.line else places.of(source, field)[0]
            problem = Problem("updated-future", message, source, at.line, field, HINT, at.column)
            yield Mistake(source, problem)

    changed = (a for a in articles if a.updated is not None or a.corrected is not None)
    for article in changed:
        if state_of(article, moment.now) in (State.LIVE, State.SCHEDULED, State.EMBARGOED):
            latest = max(moment.now, article.visible)
            yield from told(article.source, "updated", article.updated, latest)
            yield from told(article.source, "corrections", article.corrected, latest)
    for document in documents:
        if document.kind == "page" and not document.facts["draft"]:
            yield from told(document.source, "updated", document.facts["updated"], moment.now)
