"""The bytes of an export as XML that a parser understands, whatever went wrong when it was written.

Exports hold what twenty years of pasting left in a database: control characters, bytes of other
codings, entities of HTML. One such character makes the whole file no XML.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html import escape
from html.entities import html5
from typing import IO

DAMAGED = "\ufffd"
"""What stands where a character was that no text may hold (XML 1.0, 2.2)."""

_PIECE = 256 * 1024
_HEAD = 64 * 1024
_ENCODING = re.compile(rb"""encoding=["']([\w.:-]+)["']""")
_DECLARATION = re.compile(r"""(<\?xml[^>]*?)\s+encoding=["'][\w.:-]+["']""")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_STRAY = re.compile("[\udc80-\udcff]+")
_ENTITY = re.compile(r"&(?:#x([0-9A-Fa-f]{1,6});|#([0-9]{1,7});|([A-Za-z][A-Za-z0-9]{1,31});)?")
_MARK = re.compile(r"<!\[CDATA\[|\]\]>")
_OPEN = re.compile(r"(?:&[#\w]{0,33}|<!?\[?[CDAT]{0,5}|\]{1,2})$")
"""What may go on in the next piece."""
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})


def clean(file: IO[bytes]) -> Iterator[bytes]:
    """The file's pieces in UTF-8, to be fed to a parser one after the other."""
    head = file.read(_HEAD)
    decoder = codecs.getincrementaldecoder(_coding(head))("surrogateescape")
    held = _DECLARATION.sub(r"\1", decoder.decode(head).lstrip("\ufeff \t\r\n"), count=1)
    inside = False
    while True:
        piece = file.read(_PIECE)
        text = held + decoder.decode(piece, final=not piece)
        cut = _OPEN.search(text) if piece else None
        held = text[cut.start() :] if cut else ""
        mended, inside = _mended(text[: cut.start()] if cut else text, inside)
        yield mended.encode()
        if not piece:
            return


def _coding(head: bytes) -> str:
    """The name of the file's character set: what it says, if anybody knows that."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    found = _ENCODING.search(head[:200])
    try:
        name = codecs.lookup(found[1].decode()).name if found else "utf-8"
    except LookupError:
        name = "utf-8"
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def _mended(text: str, inside: bool) -> tuple[str, bool]:
    """The text, and whether its end lies within CDATA, where “&” has no meaning for XML."""
    if _STRAY.search(text):
        text = _STRAY.sub(_as_windows, text)
    text = _FORBIDDEN.sub(DAMAGED, text)
    parts: list[str] = []
    start = 0
    for mark in _MARK.finditer(text):
        if inside == (mark[0] == "]]>"):
            part = text[start : mark.start()]
            parts += [part if inside else _ENTITY.sub(_permitted, part), mark[0]]
            start, inside = mark.end(), not inside
    rest = text[start:]
    return "".join([*parts, rest if inside else _ENTITY.sub(_permitted, rest)]), inside


def _as_windows(stray: re.Match[str]) -> str:
    """Bytes that are no UTF-8 were pasted from what Windows writes."""
    data = stray[0].encode("utf-8", "surrogateescape")
    return data.decode("cp1252", "replace")


def _permitted(entity: re.Match[str]) -> str:
    """An entity as XML knows it; those of HTML are characters, and an open “&” is one."""
    name = entity[3]
    if name:
        return entity[0] if name in _OF_XML else escape(html5.get(f"{name};", f"&{name};"))
    if entity[1] is None and entity[2] is None:
        return "&amp;"
    code = int(entity[1], 16) if entity[1] else int(entity[2])
    allowed = code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD
    return entity[0] if allowed or 0x10000 <= code <= 0x10FFFF else DAMAGED
