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
_LESS = re.compile(r"<(?![A-Za-z_/!?])")
"""What begins no tag."""
_NO_END = "]]]]><![CDATA[>"
"""`]]>` as a text within CDATA."""
_AHEAD = 64 * 1024
"""How far behind `]]>` another one is looked for."""
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
        end = cut.start() if cut else len(text)
        mended, done, inside = _mended(text[:end], inside, last=not piece)
        held = text[done:]
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


def _mended(text: str, inside: bool, *, last: bool) -> tuple[str, int, bool]:
    """The text as far as it is sure what it means, how far that is, and whether CDATA goes on."""
    parts: list[str] = []
    start = 0
    marks = list(_MARK.finditer(text))
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        if inside != (mark[0] == "]]>"):
            continue
        if inside and following is None and not last and len(text) - mark.end() < _AHEAD:
            parts.append(_mended_piece(text[start : mark.start()], inside))
            return "".join(parts), mark.start(), inside
        parts.append(_mended_piece(text[start : mark.start()], inside))
        start = mark.end()
        if inside and following is not None and following[0] == "]]>":
            parts.append(_NO_END)  # a second end without a beginning: the first one was a text
        else:
            parts.append(mark[0])
            inside = not inside
    return "".join([*parts, _mended_piece(text[start:], inside)]), len(text), inside


def _mended_piece(text: str, inside: bool) -> str:
    """A text without marks; within CDATA “&” and “<” mean nothing to XML."""
    if _STRAY.search(text):
        text = _STRAY.sub(_as_windows, text)
    text = _FORBIDDEN.sub(DAMAGED, text)
    if inside:
        return text
    return _ENTITY.sub(_permitted, _LESS.sub("&lt;", text).replace("]]>", "]]&gt;"))


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
