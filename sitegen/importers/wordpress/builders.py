"""Page builders, whose shortcodes arrange a page: contents stay, and what these show themselves.

WPBakery, Divi, Avada, Enfold and others write `[vc_row][vc_column][vc_single_image image="12"]`.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from html import escape
from urllib.parse import unquote

from sitegen.importers.players import frame_of
from sitegen.importers.tidy import is_picture
from sitegen.importers.wordpress.page import ItemPage
from sitegen.importers.wordpress.shortcodes import Attributes, attributes_of, embedded, shown

_TAG = re.compile(
    r"\[(?P<end>/)?(?P<name>(?:vc|et_pb|fusion|av|cs|kc|mk|ult|x)_[\w-]*)"
    r"(?P<values>(?:\s(?:[^\]\"']|\"[^\"]*\"|'[^']*')*)?)/?\]"
)
_RAW = re.compile(r"\[vc_raw_html[^\]]*\]([A-Za-z0-9+/=\s]*)\[/vc_raw_html\]")
"""HTML as the builder hides it from the editor: percent-encoded, then base64."""
_HEADINGS = ("heading", "title", "h2")
_WORDS = ("text", "subhead", "author")
_NUMBERS = ("image", "images", "ids", "image_ids", "gallery_ids", "attachment")
_ADDRESSES = ("src", "image", "image_url", "link", "video", "url", "id")


def without_builder(text: str, page: ItemPage) -> str:
    """`text` without a builder's shortcodes, but with their headings, pictures and players."""
    if not _TAG.search(text):
        return text
    page.lose("shortcode", "rows and columns of a page builder: only their contents stay")
    text = _RAW.sub(_decoded, text)
    return _TAG.sub(lambda found: f"\n\n{_made(found, page)}\n\n", text)


def _decoded(raw: re.Match[str]) -> str:
    try:
        return unquote(b64decode(raw[1]).decode())
    except ValueError:  # it is no base64, or no text
        return raw[0]


def _made(found: re.Match[str], page: ItemPage) -> str:
    if found["end"] or not found["values"]:
        return ""
    return "".join(_parts(attributes_of(found["values"]), page))


def _parts(values: Attributes, page: ItemPage) -> Iterator[str]:
    """What a shortcode shows by its attributes."""
    yield from (f"<h3>{values[name]}</h3>\n\n" for name in _HEADINGS if _says(values.get(name)))
    yield from (f"<p>{values[name]}</p>\n\n" for name in _WORDS if _says(values.get(name)))
    if _says(label := values.get("button_text")):
        yield f'<p><a href="{escape(values.get("button_url", ""))}">{label}</a></p>\n\n'
    for name in _NUMBERS:
        if re.fullmatch(r"\d+(?:\s*,\s*\d+)*", values.get(name, "")):
            yield from (shown(id, page) for id in re.findall(r"\d+", values[name]))
            return
    for name in _ADDRESSES:
        address = values.get(name, "")
        if is_picture(address):
            yield f'<img src="{escape(address)}" alt="{escape(values.get("alt", ""))}">'
            return
        if frame_of(address):
            yield embedded(address, page)
            return


def _says(text: str | None) -> bool:
    return bool(text) and any(letter.isalpha() for letter in text or "")
