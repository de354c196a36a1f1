"""What is too large for one sitemap or feed in several, so that growth moves as little as it can.

A part that is full gives half of what it has to a new one and keeps its own number; the digest of
a URL says which half it is in. So every URL's part follows from the URLs of the whole alone, one
more never moves those of another part, and no part's address is ever given up by growth. Numbering
parts by `digest % count` would move nearly all of them whenever the count changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from sitegen.digest import digest

MOST_URLS = 50_000
"""URLs that one sitemap may hold (sitemaps.org, protocol 0.9)."""
MOST_BYTES = 40 * 1024 * 1024
"""Of the 50 MB that one sitemap may have: what is weighed is an estimate."""

T = TypeVar("T")


def divided(
    items: Sequence[T],
    url: Callable[[T], str],
    weight: Callable[[T], int] | None = None,
    most: int = MOST_URLS,
) -> Iterator[tuple[int, Sequence[T]]]:
    """(number, items) of every part, counted from 1, in no order; numbers may be left out.

    No part has more than `most` items, or more than MOST_BYTES, of which an item takes about its
    `weight`. Items keep their order.
    """

    def fits(some: Sequence[T]) -> bool:
        if len(some) > most:
            return len({url(item) for item in some}) == 1  # a mistake, which is said elsewhere
        return weight is None or len(some) < 2 or sum(map(weight, some)) <= MOST_BYTES

    if weight or len(items) > most:
        items = list(items)  # those of a state are fetched each time that they are gone through
    if fits(items):
        yield 1, items
        return
    digests = {url(item): int.from_bytes(digest(url(item).encode())) for item in items}
    waiting = [(0, 0, items)]
    while waiting:
        number, depth, some = waiting.pop()
        if fits(some):
            if some:
                yield number + 1, some
            continue
        halves: tuple[list[T], list[T]] = ([], [])
        for item in some:
            halves[digests[url(item)] >> depth & 1].append(item)
        # The half with the new bit set takes a number that no other part can come to.
        waiting += [(number | 1 << depth, depth + 1, halves[1]), (number, depth + 1, halves[0])]
