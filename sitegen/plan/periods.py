"""Periods: a listing divided by year or month, each a pure function of its articles' dates.

The same division serves listings now and, later, feeds, sitemaps and search shards. Nothing is
counted off in pages: a new, backdated or deleted article touches its own period, its parents and
the front, and when a period is born or dies its neighbours.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sitegen.model import Article
from sitegen.settings import Grain


@dataclass(frozen=True, slots=True)
class Period:
    """A year or a month that has a page."""

    name: str
    """`2026`, or `2026-11`."""
    articles: Sequence[Article]
    """Oldest first; those of a year that is divided into months are on its months' pages."""
    months: Sequence[Period] = ()

    @property
    def address(self) -> str:
        """What follows the listing's address: `2026/` or `2026/11/`."""
        return self.name.replace("-", "/") + "/"


@dataclass(frozen=True, slots=True)
class Division:
    """A listing's front and its periods."""

    front: Sequence[Article]
    """Newest first."""
    years: Sequence[Period]
    """Oldest first."""
    leaves: Sequence[Period]
    """The periods that list articles, oldest first: the years, or all their months."""
    older: Period | None
    """Where the front's “Older” leads: the newest leaf with an article that it does not show."""


def divide(articles: Sequence[Article], grain: Grain, front: int, *, all_periods: bool) -> Division:
    """Divide a listing (oldest first) with `front` articles on its front.

    With `all_periods` every period has a page; otherwise only those that hold an article which
    the front does not show, so that one more article gives birth to one leaf at most.
    """
    hidden = max(len(articles) - front, 0)
    length = 4 if grain == "year" else 7
    leaves: list[Period] = []
    older: Period | None = None
    names = [article.day[:length] for article in articles]
    start = 0
    while start < len(names) if all_periods else start < hidden:
        end = bisect_right(names, names[start], start)
        leaves.append(Period(names[start], articles[start:end]))
        if start < hidden:
            older = leaves[-1]
        start = end
    return Division(articles[: -front - 1 : -1], _years(leaves, grain), leaves, older)


def _years(leaves: Sequence[Period], grain: Grain) -> Sequence[Period]:
    if grain == "year":
        return leaves
    return [
        Period(year, (), tuple(months))
        for year, months in groupby(leaves, key=lambda leaf: leaf.name[:4])
    ]
