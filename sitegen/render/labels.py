"""Labels that the theme writes, and authors again: “Why this matters: …” is said once."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup, escape

_TAGS = "a|b|em|i|mark|q|span|strong|u"
_BLOCK = re.compile(r"\s*(?:(<(p|h[1-6])\b[^>]*>)\s*)?")
_OPENING = re.compile(rf"<({_TAGS})\b[^>]*>\s*")
_CLOSING = re.compile(rf"\s*</({_TAGS})>")
_QUOTE = re.compile(r"""\s*(?:["'“”„‟‘’‚«»‹›「」『』]|&quot;|&\#39;)\s*""")
_MARK = re.compile(r"\s*(?:[:\uff1a–—]|<br ?/?>)\s*|\s+-\s+")
"""A colon, that of Chinese and Japanese too, a dash, a new line."""
_WORD = re.compile(r"\w+")


def unlabelled(html: str, *labels: str) -> Markup:
    """HTML without one of `labels` at its start, however an author has written it.

    As the beginning of a sentence, with a colon or a dash behind it; as a paragraph or a heading of
    its own; stressed, quoted or linked; twice.
    """
    return _unlabelled(str(html), labels)  # a `Markup` would escape what is put before it


@lru_cache(maxsize=256)
def _unlabelled(html: str, labels: tuple[str, ...]) -> Markup:
    """Kept, because a page and its feeds show the same."""
    label = _pattern(labels)
    shorter: str | None = html
    while shorter is not None:
        html, shorter = shorter, _without(shorter, label)
    return Markup(html)


@lru_cache(maxsize=64)
def _pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the labels, whatever its spaces, apostrophes and capitals; the longest first."""
    written = (str(escape(label.replace("'", "’"))).split() for label in labels if label.strip())
    texts = (r"\s+".join(map(re.escape, words)).replace("’", "['’]") for words in written)
    return re.compile("|".join(sorted(texts, key=len, reverse=True)) or r"(?!)", re.IGNORECASE)


def _without(html: str, label: re.Pattern[str]) -> str | None:
    """`html` without the label that it begins with; None: it begins with none."""
    start = _BLOCK.match(html)
    assert start, "the pattern matches nothing, too"
    block, at = start[2], start.end()
    opened: list[re.Match[str]] = []
    while tag := _OPENING.match(html, at):
        opened.append(tag)
        at = tag.end()
    quote = _QUOTE.match(html, at)
    at = quote.end() if quote else at
    found = label.match(html, at)
    if found is None:
        return None
    at, marked = _behind(html, found.end(), opened, quoted=quote is not None)
    rest = html[at:].lstrip()
    if block and rest.startswith(f"</{block}>"):  # the label stands alone
        return None if opened else rest.removeprefix(f"</{block}>").lstrip()
    if not marked and (block or rest):
        return None
    return (start[1] or "") + "".join(tag[0] for tag in opened) + _beginning(rest)


def _behind(html: str, at: int, opened: list[re.Match[str]], *, quoted: bool) -> tuple[int, bool]:
    """Where the label ends with all that belongs to it, and whether a mark parts it from the rest.

    Tags that it closes are taken from those that were `opened` before it.
    """
    marked = False
    while True:
        if mark := _MARK.match(html, at):
            at, marked = mark.end(), True
        elif (tag := _CLOSING.match(html, at)) and opened and opened[-1][1] == tag[1]:
            opened.pop()
            at = tag.end()
        elif quoted and (quote := _QUOTE.match(html, at)):
            at, quoted = quote.end(), False
        else:
            return at, marked


def _beginning(rest: str) -> str:
    """The rest of a sentence as one of its own; a word like “iPhone” is as it is."""
    word = _WORD.match(rest)
    return rest[:1].title() + rest[1:] if word and word[0].islower() else rest
