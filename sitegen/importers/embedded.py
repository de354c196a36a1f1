"""Pictures that are written into a page itself (`data:` addresses, RFC 2397): they become files."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Sequence
from io import BytesIO
from urllib.parse import unquote_to_bytes

from sitegen.digest import digest
from sitegen.importers.things import Media
from sitegen.pictures.opened import Unreadable, kind_of, opened, quiet

SCHEME = "data:"
_ASIDE = "data:aside,"
_LONG = re.compile(r"""data:image/[^"'<>\s()]{8000,}""")
"""The picture itself, as SingleFile saves it, and not one that only keeps its place until a script
fetches it."""
_MOST = 30_000_000
"""Bytes of one: more than any camera's JPEG has."""
_SUFFIXES = {"JPEG": "jpg"}
"""Where an ending is not what Pillow calls the format."""
_DRAWING = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!doctype[^>]*>\s*)?<svg\b", re.S | re.I
)
_EMPTY = re.compile(rb"<svg\b[^>]*(/>|>\s*</svg>)", re.I)
_SPACER = 2
"""Pixels each way of what only keeps a place, or counts readers."""


def set_aside(html: str) -> tuple[str, list[str]]:
    """HTML with names in place of long pictures, and these.

    libxml2 reads no attribute of 10 MB, and every other step would read all of them again.
    """
    found: list[str] = []

    def named(long: re.Match[str]) -> str:
        found.append(long.group())
        return f"{_ASIDE}{len(found) - 1}"

    return _LONG.sub(named, html), found


def aside(src: str, found: Sequence[str]) -> str:
    """What was set aside under a name; `src`, if that is none."""
    number = src.removeprefix(_ASIDE)
    known = number != src and number.isdecimal() and int(number) < len(found)
    return found[int(number)] if known else src


def is_whole(src: str) -> bool:
    """Whether an address is a picture itself, whatever else a script would fetch."""
    return src.startswith(_ASIDE) or bool(_LONG.match(src))


def embedded(src: str, stem: str, lose: Callable[[str, str], None]) -> Media | None:
    """The file of a picture, named by the article's `stem`; None, and a loss, where none can be."""
    try:
        data = _data(src)
        suffix = _suffix(data)
    except Unreadable as error:
        lose("media", f"a picture that is written into the page itself: {error.trouble}")
        return None
    if not suffix:
        return None
    return Media(f"media/{stem}/{digest(data).hex()[:12]}.{suffix}", "", data=data)


def _data(src: str) -> bytes:
    head, comma, text = src.removeprefix(SCHEME).partition(",")
    if not comma or not text.strip():
        raise Unreadable("it is empty")
    data = unquote_to_bytes(text)
    if head.replace(" ", "").lower().endswith(";base64"):
        try:
            data = base64.b64decode(data)
        except binascii.Error:
            raise Unreadable("it is damaged or cut off") from None
    if len(data) > _MOST:
        raise Unreadable(f"it has more than {_MOST // 1_000_000} MB")
    return data


def _suffix(data: bytes) -> str:
    """What its name is to end with, by its content; empty: readers see nothing of it."""
    if _DRAWING.match(data):
        if _EMPTY.search(data):
            raise Unreadable("it is an empty drawing, in whose place a script or style shows one")
        return "svg"
    kind = kind_of(data[:512])
    with opened(BytesIO(data)) as image, quiet():
        if max(image.size) <= _SPACER:
            return ""
        image.load()
    return _SUFFIXES.get(kind, kind.lower())
