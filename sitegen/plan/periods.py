"""Periods: a listing divided by year or month, each a pure function of its articles' dates.

The same division serves listings now and, later, feeds, sitemaps and search shards. Nothing is
counted off in pages: a new, backdated or deleted article touches its own period, its parents and
the front, and when a period is born or dies its neighbours.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from sitegen.model import Article, Counted
from sitegen.settings import Grain


@dataclass(frozen=True, slots=True)
class Period:
    """A year or a month that has a page."""

    name: str
    """`2026`, or `2026-11`."""
    number: int = 0
    """Articles in it, where it lists articles."""
    within: Callable[[str], Sequence[Article]] = lambda name: ()
    """What of the listing is in a period called so."""
    months: Sequence[Period] = ()

    @property
    def articles(self) -> Sequence[Article]:
        """Oldest first; those of a year that is divided into months are on its months' pages."""
        return self.within(self.name)

    @property
    def address(self) -> str:
        """What follows the listing's address: `2026/` or `2026/11/`."""
        return self.name.replace("-", "/") + "/"


@dataclass(frozen=True, slots=True)
class Division:
    """A listing's front and its periods."""

    articles: Sequence[Article]
    """All of the listing, oldest first."""
    shown: int
    """How many of them its front shows."""
    years: Sequence[Period]
    """Oldest first."""
    leaves: Sequence[Period]
    """The periods that list articles, oldest first: the years, or all their months."""
    older: Period | None
    """Where the front's “Older” leads: the newest leaf with an article that it does not show."""

    @property
    def front(self) -> Sequence[Article]:
        """Newest first."""
        return self.articles[: -self.shown - 1 : -1]


def in_time(name: str) -> str:
    """What periods, months and years, are sorted by: a year comes behind its months."""
    return name and f"{name}~"


def divide(articles: Sequence[Article], grain: Grain, front: int, *, all_periods: bool) -> Division:
    """Divide a listing (oldest first) with `front` articles on its front.

    With `all_periods` every period has a page; otherwise only those that hold an article which
    the front does not show, so that one more article gives birth to one leaf at most.
    """
    hidden = max(len(articles) - front, 0)
    counted = articles if isinstance(articles, Counted) else _Days(articles)
    leaves: list[Period] = []
    older: Period | None = None
    start = 0
    for name, number in counted.counts(4 if grain == "year" else 7):
        if start >= hidden and not all_periods:
            break
        leaves.append(Period(name, number, counted.within))
        if start < hidden:
            older = leaves[-1]
        start += number
    return Division(articles, front, _years(leaves, grain), leaves, older)


class _Days:
    """Articles in memory, oldest first, by their days."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = articles
        self._found: dict[str, list[Article]] = {}

    def counts(self, length: int) -> Sequence[tuple[str, int]]:
        for article in self._articles:
            self._found.setdefault(article.day[:length], []).append(article)
        return [(name, len(self._found[name])) for name in sorted(self._found)]

    def within(self, name: str) -> Sequence[Article]:
        return self._found[name]


def around(periods: Sequence[Period], names: Collection[str]) -> list[int]:
    """Where periods with some names are among all, or would be, and those beside them.

    `periods` are oldest first. What is told of a period names its neighbours.
    """
    every = [period.name for period in periods]
    found: set[int] = set()
    for name in names:
        place = bisect_left(every, name)
        found |= {place - 1, place, place + 1}
    return sorted(place for place in found if 0 <= place < len(every))


def _years(leaves: Sequence[Period], grain: Grain) -> Sequence[Period]:
    if grain == "year":
        return leaves
    return [
        Period(year, months=tuple(months))
        for year, months in groupby(leaves, key=lambda leaf: leaf.name[:4])
    ]
