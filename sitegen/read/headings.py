"""The headings of a text: below the page's own, without a first step too deep, each with a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markdown_it.token import Token

from sitegen import urls

_OF_PAGES = re.compile(r"block-.*|fn(ref)?\d+")
"""Ids that themes and footnotes have; a heading called so is named otherwise."""
_OF_THEMES = ("main", "corrections", "email")
"""Ids that others link to, or the page itself."""
_ID = re.compile(r"""\sid=["']?([^"'\s>]+)""")
_RAW = re.compile(r"<(/?)h1(?=[\s>])", re.IGNORECASE)

Heading = dict[str, str | int]


def lower_headings(tokens: Sequence[Token], top: int) -> None:
    """Let the first heading be of level `top`, and each later one as far below the highest so far.

    Then nothing is skipped on the way down to the text, whatever level its author began with.
    """
    highest = 6
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            level = int(token.tag[1])
            highest = min(highest, level)
            tokens[index + 2].tag = token.tag = f"h{lowered(level, highest, top)}"


def lowered(level: int, highest: int, top: int) -> int:
    """The level of a heading that has `level` in a text whose highest so far is `highest`."""
    return min(level - highest + top, 6)


def lower_raw_headings(html: str, top: int) -> str:
    """HTML whose author wrote `<h1>`: the page's one h1 is its headline."""
    return _RAW.sub(rf"<\1h{top}", html)


def ids_of(html: str) -> set[str]:
    """The ids in HTML."""
    return set(_ID.findall(html))


class Names:
    """Ids for the headings of one text, each decided by its words and free."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {*_OF_THEMES, *taken}
        self._last: dict[str, int] = {}

    def name(self, text: str) -> str:
        """The id of the next heading."""
        base = urls.slug_of(text) or "part"
        if _OF_PAGES.fullmatch(base):
            base = f"part-{base}"
        name, number = base, self._last.get(base, 1)
        while name in self._taken:
            number += 1
            name = f"{base}-{number}"
        self._taken.add(name)
        self._last[base] = number
        return name
