"""Whether a field holds all the words of the HTML that it was made of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bs4 import Tag
from bs4.element import PageElement, PreformattedString

from sitegen.importers.things import Value
from sitegen.importers.tree import texts

_LABEL = re.compile(r"\b(Q|A|Question|Answer)\s*\d*\s*[:.]\s", re.IGNORECASE)
_ADDRESS = re.compile(r"\]\([^)]*\)")
"""Of a link in Markdown: readers do not see it."""


def says_all(value: Value, nodes: Iterable[PageElement]) -> bool:
    """Whether a field holds the words of a block: else the block stays in the text, and whole."""
    shown: Counter[str] = Counter()
    for node in nodes:
        said = texts(node) if isinstance(node, Tag) else [node]
        line = " ".join(str(text) for text in said if _is_read(text))
        shown += _letters(_LABEL.sub("", line))
    return not shown - _letters(_ADDRESS.sub("", " ".join(_strings(value))))


def _letters(text: str) -> Counter[str]:
    """How often there is each letter and digit: what stands between words may be another."""
    return Counter(letter for letter in text.casefold() if letter.isalnum())


def _strings(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _strings(inner)


def _is_read(text: PageElement) -> bool:
    """Whether it is a word of the text: no remark, and no date, which fields have as one."""
    return not isinstance(text, Tag | PreformattedString) and text.find_parent("time") is None
