"""A listing in the state: how long it is, and its articles as they are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from itertools import groupby, islice
from operator import itemgetter
from sys import intern
from typing import overload

from sitegen import instants
from sitegen.index.articles import in_order
from sitegen.index.listed import Listings
from sitegen.model import Article, Counted, Key

_TOGETHER = 64
"""Instants at most whose articles are fetched at a time; nobody knows how many are wanted."""
ALWAYS = "date >= ?", (-(1 << 60),)
_DAY = 86_400
Fetch = Callable[[Iterable[int]], Mapping[int, Article]]


class Run(Counted):
    """The visible articles of a listing, of all months or of some, oldest first."""

    def __init__(
        self,
        rows: Rows,
        months: Callable[[], Mapping[int, int]],
        size: int | None = None,
        where: tuple[str, Sequence[int]] = ALWAYS,
    ) -> None:
        """`months` tells how many there are in each (`202611`), `size` how many in all."""
        self._rows = rows
        self._tell = months
        self._size = size
        self._where = where

    @cached_property
    def _months(self) -> Mapping[int, int]:
        return self._tell()

    def __len__(self) -> int:
        if self._size is None:
            self._size = sum(self._months.values())
        return self._size

    def counts(self, length: int) -> Sequence[tuple[str, int]]:
        """How many there are in each year or month, by so many first letters of their days."""
        found: Counter[str] = Counter()
        for month, number in self._months.items():
            # Each listing has the same names: an archive's have 25,000 of 250.
            found[intern(f"{month // 100:04}-{month % 100:02}"[:length])] += number
        return sorted(found.items())

    def within(self, name: str) -> Run:
        """Those of a year (`2026`) or a month (`2026-11`)."""
        year, _, month = name.partition("-")
        first, last = (int(f"{year}{month or end}") for end in ("01", "12"))
        size = sum(n for each, n in self._months.items() if first <= each <= last)
        # The dates only save looking at the rest: two days more than any zone is away.
        begins = instants.to_seconds(datetime(first // 100, first % 100, 1, tzinfo=UTC))
        days = (last - first + 1) * 31
        where = "month BETWEEN ? AND ? AND date BETWEEN ? AND ?"
        dates = (begins - 2 * _DAY, begins + (days + 2) * _DAY)
        return Run(self._rows, self._tell, size, (where, (first, last, *dates)))

    def __iter__(self) -> Iterator[Article]:
        return self._rows.in_order(*self._where)

    def __reversed__(self) -> Iterator[Article]:
        return self._rows.in_order(*self._where, newest_first=True)

    def cards(self) -> Sequence[Key]:
        """The facts that the cards of all of its articles need, oldest first."""
        return list(self._rows.cards(*self._where))

    def before(self, article: Article, most: int) -> Sequence[Key]:
        """The cards of the articles before one, so many at most; the newest first."""
        same = self._rows.in_order("date = ?", [article.date], newest_first=True)
        found = [other.card for other in same if in_order(other) < in_order(article)][:most]
        earlier = self._rows.cards("date < ?", [article.date], newest_first=True)
        return [*found, *islice(earlier, most - len(found))]

    def after(self, article: Article, most: int) -> Sequence[Article]:
        """The articles behind one, which need not be among them; so many at most."""
        found = self._rows.in_order("date >= ?", [article.date])
        return list(islice((a for a in found if in_order(a) > in_order(article)), most))

    @overload
    def __getitem__(self, index: int) -> Article: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Article]: ...

    def __getitem__(self, index: int | slice) -> Article | Sequence[Article]:
        if isinstance(index, int):
            place = range(len(self))[index]
            return self._between(place, place + 1)[0]
        places = range(len(self))[index]
        if not places:
            return []
        first, last = min(places[0], places[-1]), max(places[0], places[-1])
        found = self._between(first, last + 1)
        return [found[place - first] for place in places]

    def _between(self, start: int, stop: int) -> Sequence[Article]:
        """From the end that is nearer."""
        size = len(self)
        if start <= size - stop:
            return list(islice(self, start, stop))
        return list(islice(reversed(self), size - stop, size - start))[::-1]


class Rows:
    """The rows of a listing, or of several that are merged, and the articles behind them."""

    def __init__(
        self,
        listings: Listings,
        terms: Sequence[int],
        hidden: Collection[int],
        fetch: Fetch,
        sources: Callable[[Iterable[int]], Mapping[int, str]],
    ) -> None:
        """`hidden` are the numbers of articles that nobody can see.

        `fetch` gives articles by their numbers, `sources` no more than their files.
        """
        self._listings = listings
        self._terms = terms
        self._hidden = hidden
        self._fetch = fetch
        self._sources = sources

    def months(self) -> Counter[int]:
        """How many there are in each month, the hidden ones too."""
        return self._listings.months(self._terms)

    def in_order(
        self, where: str, values: Sequence[int], *, newest_first: bool = False
    ) -> Iterator[Article]:
        """Articles by date; those of one instant by address, then by file."""
        for some in self._by_instant(where, values, newest_first=newest_first):
            articles = self._fetch(id for same in some for id in same)
            for same in some:
                found = [articles[id] for id in same]
                yield from sorted(found, key=in_order, reverse=newest_first)

    def cards(
        self, where: str, values: Sequence[int], *, newest_first: bool = False
    ) -> Iterator[Key]:
        """The cards of the same: only articles of one instant are looked at for that."""
        for some in self._by_instant(where, values, newest_first=newest_first):
            several = [same for same in some if len(same) > 1]
            articles = self._fetch(id for same in several for id in same) if several else {}
            sources = self._sources(same[0] for same in some if len(same) == 1)
            for same in some:
                if len(same) == 1:
                    yield f"summary:{sources[same[0]]}"
                else:
                    found = [articles[id] for id in same]
                    found.sort(key=in_order, reverse=newest_first)
                    yield from (article.card for article in found)

    def _by_instant(
        self, where: str, values: Sequence[int], *, newest_first: bool
    ) -> Iterator[list[list[int]]]:
        """Some numbers at a time, those of one instant together."""
        rows = self._listings.rows(self._terms, where, values, newest_first=newest_first)
        by_instant = (
            [article for _, article in same if article not in self._hidden]
            for _, same in groupby(rows, key=itemgetter(0))
        )
        number = 1
        while some := list(islice(filter(None, by_instant), number)):
            number = min(2 * number, _TOGETHER)
            yield some
