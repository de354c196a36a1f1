"""Drawings (SVG) as files: how large they are, and whether browsers show them. Owns expat."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from xml.parsers.expat import ErrorString, ExpatError, ParserCreate

from sitegen.outputs import Image, Size

_NAMESPACE = "http://www.w3.org/2000/svg"
_LARGEST = 5_000_000
"""Bytes of a drawing, which browsers have to work through whenever it is shown."""
_WIDE = 1200
"""Pixels of a drawing that says only how wide it is for its height: it fills what there is."""
_LONGEST = 100_000
_LENGTH = re.compile(r"\s*(\d+\.?\d*|\.\d+)(px|in|cm|mm|q|pt|pc)?\s*", re.IGNORECASE)
_PIXELS = {"": 1, "px": 1, "in": 96, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "q": 2.4 / 2.54}
_PIXELS |= {"pt": 96 / 72, "pc": 16}
"""CSS pixels of the units of SVG (CSS Values 4, 6.2); a length in others depends on the page."""
_AGAIN = "export it as SVG once more"
_LFS = b"version https://git-lfs.github.com/"


def drawing_of(path: str) -> Image:
    """A drawing's size by `width`, `height` and `viewBox` (SVG 2, 8.2), and what ails it."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        return Image(trouble=f"it cannot be read ({error.strerror})", remedy="see who may read it")
    name, attributes, trouble = _first(data)
    size = _size(attributes) if name.rpartition(" ")[2] == "svg" else None
    if data.startswith(_LFS):
        remedy = "run git lfs pull; in CI let the checkout fetch LFS files"
        return Image(trouble="it is a pointer of Git LFS, not the drawing itself", remedy=remedy)
    if not data:
        return Image(trouble="it is empty: a file of no bytes", remedy="copy it here once more")
    if len(data) > _LARGEST:
        trouble = f"it is larger than {_LARGEST // 1_000_000} MB"
        return Image(size, "svg", trouble=trouble, remedy="save it as a PNG")
    if trouble:
        trouble = f"it is no XML that a browser could show: {trouble}"
    elif size is None and name.rpartition(" ")[2] != "svg":
        trouble = f"its first element is {name.rpartition(' ')[2]}, not svg"
    elif name != f"{_NAMESPACE} svg":
        remedy = f'write xmlns="{_NAMESPACE}" into its first element'
        return Image(size, "svg", trouble="browsers do not know it as a drawing", remedy=remedy)
    return Image(
        size,
        "svg",
        transparent=True,
        drawn=True,
        trouble=trouble,
        remedy=_AGAIN if trouble else "",
    )


def _first(data: bytes) -> tuple[str, Mapping[str, str], str]:
    """Namespace and name of the first element, its attributes, and what is wrong with the XML.

    Illustrator declares entities for its namespaces; of those that grow, expat ends the parsing
    after 8 MiB by itself (2.4 and later, which every supported Python has).
    """
    found: list[tuple[str, Mapping[str, str]]] = []

    def element(name: str, attributes: Mapping[str, str]) -> None:
        found.append((name, attributes))
        parser.StartElementHandler = None

    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = element
    trouble = ""
    try:
        parser.Parse(data, len(data) <= _LARGEST)
    except ExpatError as error:
        trouble = f"{ErrorString(error.code)} in line {error.lineno}"
    except (ValueError, LookupError):  # an encoding that nobody knows
        trouble = "unknown encoding"
    return (*(found[0] if found else ("", {})), trouble)


def _size(attributes: Mapping[str, str]) -> Size | None:
    """Pixels, from lengths that may be missing and the box of the drawing."""
    width, height = _pixels(attributes.get("width")), _pixels(attributes.get("height"))
    box = _box(attributes)
    if box and not (width and height):
        wide, high = box
        width = width or (height * wide / high if height else _WIDE)
        height = width * high / wide
    size = (round(width), round(height))
    return size if min(size) >= 1 and max(size) <= _LONGEST else None


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
