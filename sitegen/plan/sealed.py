"""The archives behind a language's feed: one for each month, or several where it has many articles.

Each is sealed: it names those before and behind it (RFC 5005, section 4), and one article more or
less changes one of its own month, unless that makes the month have others than before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from sitegen.model import Archive, Article, Edit
from sitegen.plan.parts import divided
from sitegen.plan.periods import Period, around, divide

MOST = 250
"""Articles that one archive may hold: whole texts of as many are 1 to 3 MB."""
_MONTH = len("2026-11")


class Sealed(NamedTuple):
    """One archive; its name, and those of its neighbours, are what their addresses end in."""

    name: str
    """`2026-11`, or `2026-11-2`."""
    month: str
    articles: Sequence[Article]
    """Oldest first."""
    older: str
    """Empty: there is none; likewise the next."""
    newer: str


class Wanted(NamedTuple):
    """Some archives: all of some months, and others by their names."""

    months: Collection[str]
    names: Collection[str] = ()

    def has(self, month: str, name: str) -> bool:
        """Whether it has the archive called `name`."""
        return month in self.months or name in self.names


def months_of(archive: Archive, lang: str) -> Sequence[Period]:
    """All months of a language, oldest first, whatever the listings' periods are."""
    return divide(archive.live(lang), "month", 0, all_periods=True).leaves


def archives(months: Sequence[Period], wanted: Wanted | None = None) -> Iterator[Sealed]:
    """All archives, oldest first; or those that are `wanted`."""
    within = None if wanted is None else {*wanted.months, *map(month_in, wanted.names)}
    # To look at all articles of a month is dear: two are kept, the one before and this one, which
    # gives way to the next.
    divided_at = lru_cache(maxsize=2)(lambda index: _divided(months[index]))

    def names_at(index: int) -> Sequence[str]:
        """Those of a month's archives: of one that is small, without looking at its articles."""
        if not 0 <= index < len(months):
            return [""]
        month = months[index]
        return [month.name] if month.number <= MOST else [name for name, _ in divided_at(index)]

    for index, month in enumerate(months):
        if within is not None and month.name not in within:
            continue
        before = names_at(index - 1)[-1]
        parts = divided_at(index)
        names = [name for name, _ in parts]
        around_each = zip([before, *names], [*names[1:], names_at(index + 1)[0]], strict=False)
        for (name, articles), (older, newer) in zip(parts, around_each, strict=True):
            if wanted is None or wanted.has(month.name, name):
                yield Sealed(name, month.name, articles, older, newer)


def last(month: Period) -> str:
    """The name of the last archive of a month."""
    return month.name if month.number <= MOST else _divided(month)[-1][0]


def _divided(month: Period) -> Sequence[tuple[str, Sequence[Article]]]:
    """A month's archives by name, in their order: the first nearly always has the month's own."""
    parts = sorted(divided(month.articles, attrgetter("url"), most=MOST))
    return [(_name(month.name, number), articles) for number, articles in parts]


def month_in(name: str) -> str:
    """The month of an archive called so, if there is one."""
    return name[:_MONTH]


def touched(months: Sequence[Period], edits: Iterable[Edit]) -> tuple[Collection[str], Wanted]:
    """What edits of one language's articles do: the names that nothing has any more, and what
    archives may be others now, or name others.
    """
    edits = list(edits)
    here = {month.name: month for month in months}
    gone: set[str] = set()
    other: set[str] = set()
    names: set[str] = set()
    for month in sorted({month_in(article.day) for edit in edits for article in edit.both}):
        before = _in_month(month, (edit.before for edit in edits))
        after = _in_month(month, (edit.after for edit in edits))
        now = _addresses(here[month].articles) if month in here else set()
        were, are = (_named(month, some) for some in ((now - after) | before, now))
        gone |= {*were.values()} - {*are.values()}
        names |= {were[url] for url in before} | {are[url] for url in after}
        if {*were.values()} != {*are.values()}:
            other.add(month)
    near = {months[index].name for index in around(months, other)}
    return gone, Wanted(near, names - gone)


def _in_month(month: str, articles: Iterable[Article | None]) -> set[str]:
    return _addresses(a for a in articles if a is not None and month_in(a.day) == month)


def _addresses(articles: Iterable[Article]) -> set[str]:
    return {article.url for article in articles}


def _named(month: str, addresses: Collection[str]) -> Mapping[str, str]:
    """The archive of each address in a month."""
    return {url: _name(month, number) for number, some in _numbers(addresses) for url in some}


def _numbers(addresses: Collection[str]) -> Iterable[tuple[int, Sequence[str]]]:
    return divided(sorted(addresses), str, most=MOST)


def _name(month: str, number: int) -> str:
    return month if number == 1 else f"{month}-{number}"
