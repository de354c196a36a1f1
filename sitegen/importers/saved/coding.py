"""The bytes of a saved page as its characters, as browsers understood them."""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(
    rb"""(?i)<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)|^\s*<\?xml[^>]+encoding=["']([\w.:-]+)"""
)
_HEAD = 4096
_AS_BROWSERS = {
    **{"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874"},
    **{"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949"},
}
"""What pages say, and what they mean by it (https://encoding.spec.whatwg.org/#names-and-labels)."""
_OF_SEVEN_BITS = ("iso2022_jp", "hz")
_XML = re.compile(r"^\s*<\?xml[^>]*>\s*")
"""What XHTML begins with: parsers of HTML wonder at it."""
_STRAY = re.compile("[\udc80-\udcff]+")
_KEPT_BY_ARCHIVE = re.compile(
    r"(?:(?:https?:)?//web\.archive\.org)?/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?://)"
)
"""What stands before every address in a page that the Internet Archive has kept."""
_BAR_OF_ARCHIVE = re.compile(
    r"<!-- BEGIN WAYBACK TOOLBAR INSERT -->.*?<!-- END WAYBACK TOOLBAR INSERT -->", re.DOTALL
)


def text_of(data: bytes) -> str:
    """The page, with the addresses that it had before somebody kept it."""
    text = _XML.sub("", _decoded(data))
    if "web.archive.org" in text:
        text = _KEPT_BY_ARCHIVE.sub("", _BAR_OF_ARCHIVE.sub("", text))
    return text


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    name = _declared(data)
    if name in _OF_SEVEN_BITS:
        return data.decode(name, "replace")
    try:
        return data.decode("utf-8-sig")  # by chance nothing else is, whatever the page says
    except UnicodeDecodeError:
        pass
    if name and name != "utf-8":
        return data.decode(name, "replace")
    # It says that it is, and is not: wholly, or in some places that were pasted from Windows.
    text = data.decode("utf-8", "surrogateescape")
    strays, others = len(_STRAY.findall(text)), len(re.findall(r"[^\x00-\x7f\udc80-\udcff]+", text))
    return _STRAY.sub(_as_windows, text) if strays <= others else data.decode("cp1252", "replace")


def _declared(data: bytes) -> str:
    """What the page says; empty where it says nothing that anybody knows."""
    found = _DECLARED.search(data[:_HEAD])
    try:
        name = codecs.lookup((found[1] or found[2]).decode()).name if found else ""
        "".encode(name or "utf-8")
    except (LookupError, ValueError):  # unknown, or no coding of texts, such as base64
        return ""
    return _AS_BROWSERS.get(name, name)


def _as_windows(stray: re.Match[str]) -> str:
    return stray[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")
