"""Days of articles, and what is written where nobody knows one: builds refuse an article without.

Such an article is a draft, and the report says of each where its date is from. A day that is no
guess is best for what nobody knows at all: it cannot be taken for the truth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

_OTHERWISE = "nothing is known", date(1970, 1, 1)


def is_later(change: date, first: date) -> bool:
    """Whether a change is of a later day: else readers need not hear of it."""
    return change.isoformat()[:10] > first.isoformat()[:10]


def stand_in(
    said: str, known: Iterable[tuple[str, date | None]], lose: Callable[[str, str], None]
) -> date:
    """The first date of `known`, each with what it is the date of; told as a loss.

    `said` is what the source has in place of a date.
    """
    found = ((what, day) for what, day in known if day is not None)
    words, moment = next(found, _OTHERWISE)
    instead = f" instead of “{said}”" if said else ""
    lose("undated", f"{moment.isoformat()[:10]}{instead}: {words}")
    return moment
