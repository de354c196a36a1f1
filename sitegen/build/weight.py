"""How heavy the feeds came out, which is known only once they are rendered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sitegen.config import FEEDS, Config
from sitegen.errors import Problem, counted
from sitegen.model import Output, Page

MOST = 250_000
"""Bytes of a feed that programs ask for again and again (JSON Feed 1.1 advises some 100 KB)."""
_FILES = frozenset(FEEDS.values())


def heavy_feeds(
    outputs: Iterable[Output], sizes: Mapping[str, int], config: Config
) -> Iterator[Problem]:
    """One warning for all feeds that are too large, and which setting helps.

    `sizes` in bytes, by path. Archives of feeds are fetched once, and may be of any size.
    """
    heavy = [
        (sizes[page.path], page)
        for page in outputs
        if isinstance(page, Page) and page.family == "feeds" and page.template in _FILES
        if not page.values["current"] and sizes.get(page.path, 0) > MOST
    ]
    if not heavy:
        return
    size, page = max(heavy, key=lambda found: (found[0], found[1].path))
    more = f", and {counted(len(heavy) - 1, 'other feed')} too" if len(heavy) > 1 else ""
    message = (
        f"{page.path} is {size // 1000:,} KB{more}: programs fetch a feed again and again, "
        f"and it should have {MOST // 1000} KB at most"
    )
    fewer = max(1, len(dict(page.needs)["articles"]) * MOST // size)
    hint = f"set items = {fewer} in [feeds]"
    if page.values["full"]:
        own = page.values["kind"] in config.feeds.listings
        shorter = f"{page.values['kind']} = " if own else "text = "
        hint += f', or {shorter}"summary" in [feeds{".listings" if own else ""}]'
    yield Problem("feed-heavy", message, "sitegen.toml", 0, "feeds.items", hint)
