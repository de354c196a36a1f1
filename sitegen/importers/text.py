"""Texts of other systems as texts: entities made characters, tags and odd characters taken out."""

from __future__ import annotations

import html
import re
import unicodedata

from sitegen.read.sanitise import words_of
from sitegen.urls import slug_of

_NAME = 80
"""Characters of a name: in any script fewer than the 255 bytes of a part of an address."""
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2060\ufeff\ufffd\ufffe\uffff]"
)


def line_of(text: str) -> str:
    """A text of HTML on one line."""
    if _TAG.search(text):
        text = words_of(text)
    return plain_line(html.unescape(text))


def plain_line(text: str) -> str:
    """A text on one line."""
    return unicodedata.normalize("NFC", " ".join(_INVISIBLE.sub("", text).split()))


def shortened(text: str, most: int) -> str:
    """The first words of a text."""
    if len(text) <= most:
        return text
    head = text[:most]
    return f"{head[: head.rfind(' ')] if ' ' in head else head}…"


def name_of(text: str) -> str:
    """A name of a person or a topic, from HTML: no longer than its address may be.

    Empty where there is no letter or digit to make an address of.
    """
    name = shortened(line_of(text), _NAME)
    return name if slug_of(name) else ""
