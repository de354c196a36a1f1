"""Bylines as names: programs put several people into one text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sitegen.importers.html import Page
from sitegen.importers.text import line_of, name_of
from sitegen.urls import slug_of

_AND = re.compile(r"\s+(?:and|und|et|y|a|&|with)\s+")
_COMMA = re.compile(r"\s*[,;]\s+")
_BY = re.compile(r"(?i)^(by|von|par|por|gan)\s*:?\s+")
_NAME = r"[^\W\d_a-zß-öø-ÿ][\w.’'-]*"
_SMALL = r"(?: (?:van|von|der|den|de|da|di|du|la|le|bin|ibn|al|el))*"
_PERSON = re.compile(rf"{_NAME}(?:{_SMALL} {_NAME}){{1,3}}")
"""Two to four words with capitals: “Health and Science Desk” is no two people."""
_MAIL = re.compile(r"\S+@\S+\.\w+")


def authors_in(bylines: Iterable[str], page: Page) -> list[str]:
    """The names in texts that name authors; each once. What is no name is told."""
    found = (name for byline in bylines for name in _people(_BY.sub("", line_of(byline))))
    return names_in(found, page)


def names_in(texts: Iterable[str], page: Page) -> list[str]:
    """Names of people or topics, each once as far as addresses tell. What is none is told."""
    found: dict[str, str] = {}
    for text in texts:
        name = name_of(text)
        if _MAIL.fullmatch(name):
            page.lose("field", "an e-mail address in place of a name")
        elif name:
            found.setdefault(slug_of(name), name)
        elif text.strip():
            page.lose("field", f"the name {line_of(text) or text.strip()}")
    return list(found.values())


def _people(byline: str) -> Iterator[str]:
    """`A. Moe, B. Lee and C. Roe` as three, where all of them look like people."""
    *first, last = _AND.split(byline)
    people = [*(name for part in first for name in _COMMA.split(part)), last]
    if len(people) > 1 and all(map(_PERSON.fullmatch, people)):
        yield from people
    else:
        yield byline
