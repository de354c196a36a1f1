"""Pictures as files: how large they are. Owns Pillow, and expat for drawings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePath
from xml.parsers.expat import ExpatError, ParserCreate

from sitegen.outputs import Size

_KINDS = frozenset({".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"})
_ORIENTATION = 0x0112
"""The EXIF tag that says how a camera was held; from 5 on, width and height change places."""

_BEGINNING = 65_536
"""Bytes of a drawing that are read: its first element says how large it is."""
_WIDE = 1200
"""Pixels of a drawing that says only how wide it is for its height: it fills what there is."""
_LARGEST = 100_000
_LENGTH = re.compile(r"\s*(\d+\.?\d*|\.\d+)(px|in|cm|mm|q|pt|pc)?\s*", re.IGNORECASE)
_PIXELS = {"": 1, "px": 1, "in": 96, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "q": 2.4 / 2.54}
_PIXELS |= {"pt": 96 / 72, "pc": 16}
"""CSS pixels of the units of SVG (CSS Values 4, 6.2); a length in others depends on the page."""


def size_of(path: str) -> Size | None:
    """Width and height of a picture, in pixels as it is shown; None where nobody can tell.

    Only the file's beginning is read.
    """
    suffix = PurePath(path).suffix.lower()
    if suffix == ".svg":
        return _size_of_drawing(path)
    if suffix not in _KINDS:
        return None
    from PIL import Image  # 40 ms to import, and only new pictures need it

    try:
        # A picture is measured, not decoded, so that its number of pixels is no danger here.
        Image.MAX_IMAGE_PIXELS = None
        with Image.open(path) as image:
            # Of a PNG without it Pillow would decode all pixels to look behind them.
            told = image.format != "PNG" or "exif" in image.info
            turned = told and image.getexif().get(_ORIENTATION, 1) >= 5
            width, height = image.size
    except (OSError, SyntaxError, ValueError):  # Pillow raises all three for damaged files
        return None
    return (height, width) if turned else (width, height)


class _Found(Exception):
    """Ends parsing: the first element, or an entity, which nobody shall expand."""


def _size_of_drawing(path: str) -> Size | None:
    """By `width`, `height` and `viewBox` of the first element (SVG 2, 8.2)."""
    first: dict[str, str] = {}

    def element(name: str, attributes: Mapping[str, str]) -> None:
        if name.rpartition(":")[2] == "svg":
            first.update(attributes)
        raise _Found

    def entity(*_: object) -> None:
        raise _Found

    parser = ParserCreate()
    parser.StartElementHandler = element
    parser.EntityDeclHandler = entity
    try:
        with Path(path).open("rb") as file:
            parser.Parse(file.read(_BEGINNING), False)
    except (_Found, ExpatError, OSError, ValueError):  # ValueError: an encoding that nobody knows
        pass
    return _drawn(_pixels(first.get("width")), _pixels(first.get("height")), _box(first))


def _drawn(width: float, height: float, box: tuple[float, float] | None) -> Size | None:
    """Pixels, from lengths that may be missing (0) and the box of the drawing."""
    if box and not (width and height):
        wide, high = box
        width = width or (height * wide / high if height else _WIDE)
        height = width * high / wide
    size = (round(width), round(height))
    return size if min(size) >= 1 and max(size) <= _LARGEST else None


def _box(attributes: Mapping[str, str]) -> tuple[float, float] | None:
    parts = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
    if len(parts) != 4:
        return None
    width, height = map(_pixels, parts[2:])
    return (width, height) if width and height else None


def _pixels(length: str | None) -> float:
    """A length in pixels; 0 where it is none, or depends on the page."""
    found = _LENGTH.fullmatch(length or "")
    return float(found[1]) * _PIXELS[(found[2] or "").lower()] if found else 0.0
