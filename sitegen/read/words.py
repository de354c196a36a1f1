"""A text as it was rendered, its words counted and its beginning cut for a summary."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from sitegen.read.headings import Heading

EXCERPT = 200
"""Characters of the first paragraph that stand in for a missing summary."""

_BELOW = bytes(range(0xE3))
"""The bytes of what comes before U+3000 in UTF-8; letters of texts without spaces come after it."""


class Pictured(NamedTuple):
    """What a picture in a text says to those who cannot see it."""

    alt: str
    title: str
    line: int
    """Of the text, from 0."""


@dataclass(slots=True)
class Rendered:
    """One Markdown text as HTML, its links still unresolved (see `links`)."""

    html: str
    words: int = 0
    excerpt: str = ""
    headings: list[Heading] = field(default_factory=list)
    pictures: list[Pictured] = field(default_factory=list)


def count(written: str) -> int:
    """The words of a text.

    Spaces part words; where there are none between words, as in Chinese, each character is one.
    """
    if written.isascii() or not written.encode().translate(None, _BELOW):
        return len(written.split())
    others, characters = _unspaced().subn(" ", written)
    return characters + len(others.split())


@lru_cache(maxsize=1)
def _unspaced() -> re.Pattern[str]:
    """Kana, Han, Hangul: 3 ms to compile, which most sites never do."""
    return re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003134f]")


def shorten(text: str) -> str:
    """The beginning of a paragraph, cut between words."""
    if len(text) <= EXCERPT:
        return text
    head = text[:EXCERPT]
    return f"{head[: head.rfind(' ')] if ' ' in head else head}…"
