"""Drawings without anything in them that could run or be fetched. Owns svg-hush."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from py_svg_hush import filter_svg

from sitegen.render.broken import PictureBroken

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_DEEPEST = 256
"""Elements within each other. Browsers and libraries go down by calling themselves."""
_MOST = 200_000
"""Elements: each costs a browser time whenever the drawing is shown."""
_IMAGES = {"image": ["avif", "gif", "jpeg", "png", "webp"]}
"""What may be embedded as data. Not SVG, which would have to be looked through itself."""
_EDGE = "\ue000"
"""Stands, while svg-hush indents elements, wherever it would put spaces into what is written."""

_UNKNOWN = {"paint-order": re.compile(r"[a-z ]+"), _SPACE: re.compile("preserve|default")}
"""Attributes that svg-hush does not know, and values of them that can do no harm: halos of maps'
names, and spaces that count."""
_OWN = re.compile(r"#[^\s\"'()<>]+")
_ALONG = "data-sitegen-along"
_KEPT = {"data-sitegen-paint-order": "paint-order", "data-sitegen-space": _SPACE}
_STRING = r"""(?:"[^"]*"|'[^']*')"""
_IMPORT = re.compile(
    rf"/\*.*?\*/|@import\s+(?:url\(\s*(?:{_STRING}|[^)\"']*)\s*\)|{_STRING})[^;{{}}]*(?:;|$)",
    re.IGNORECASE | re.DOTALL,
)
"""Comments, and other style sheets: svg-hush would leave a part of their addresses standing."""
_ELSEWHERE = re.compile(r"url\(\s*(?!#|data:)[^)]*\)", re.I)
_DATA = re.compile(r"url\(\s*data:[^)]*\)", re.I)
_REACHES_OUT = re.compile(r"//|@import|\\|(?<![\w-])(?:-webkit-)?(?:image-set|image|src)\(", re.I)
"""CSS that names an address in a way that svg-hush lets through, or hides it with an escape."""


def without_scripts(data: bytes) -> bytes:
    """A drawing's shapes, texts and styles; the same bytes for the same ones, always.

    Scripts, handlers, foreign content, comments, metadata and addresses of others are gone.
    Raises PictureBroken.
    """
    try:
        root = ElementTree.fromstring(data, ElementTree.XMLParser(target=_Shallow()))
        if root.tag != f"{_SVG}svg":
            raise PictureBroken("its first element is not svg")
        _prepare(root)
        written = ElementTree.tostring(root)
        cleaned = ElementTree.fromstring(filter_svg(written, keep_data_url_mime_types=_IMAGES))
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise PictureBroken(f"it is no drawing that can be read ({error})") from None
    _finish(cleaned)
    return ElementTree.tostring(cleaned, encoding="unicode").encode() + b"\n"


class _Shallow(ElementTree.TreeBuilder):
    """Refuses what is deeper or has more elements than any drawing has."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._count = 0

    def start(self, tag: str, attrs: dict[str, str]) -> ElementTree.Element:
        self._depth, self._count = self._depth + 1, self._count + 1
        if self._depth > _DEEPEST:
            raise PictureBroken(f"its elements are more than {_DEEPEST} deep")
        if self._count > _MOST:
            raise PictureBroken(f"it has more than {_MOST} elements")
        return super().start(tag, attrs)

    def end(self, tag: str) -> ElementTree.Element:
        self._depth -= 1
        return super().end(tag)


def _prepare(root: ElementTree.Element) -> None:
    """Write it as svg-hush reads it: no prefixes, no programs' own elements, no place to indent."""
    for parent in list(root.iter()):
        for child in list(parent):
            if not child.tag.startswith(_SVG):
                _take_out(parent, child)
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
        element.attrib = dict(_attributes(element))
        text = (element.text or "").replace(_EDGE, "")
        element.text = (_IMPORT.sub("", text) if element.tag == "style" else text) or _EDGE
        element.tail = (element.tail or "").replace(_EDGE, "") or _EDGE
    root.tail = None
    root.set("xmlns", _SVG[1:-1])


def _take_out(parent: ElementTree.Element, child: ElementTree.Element) -> None:
    """Remove an element with what is in it, but not the text behind it."""
    at = list(parent).index(child)
    if child.tail:
        if at:
            parent[at - 1].tail = (parent[at - 1].tail or "") + child.tail
        else:
            parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def _attributes(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        if name == _HREF and "href" not in element.attrib:
            name = "href"
        if element.tag == "textPath" and name == "href" and _OWN.fullmatch(value):
            yield _ALONG, value
        elif name in _UNKNOWN and _UNKNOWN[name].fullmatch(value):
            yield next(key for key, kept in _KEPT.items() if kept == name), value
        elif not name.startswith(("{", "data-sitegen-")):
            yield name, value


def _finish(root: ElementTree.Element) -> None:
    """Put back what was hidden from svg-hush, and take out what it lets through."""
    for element in root.iter():
        name = element.tag.removeprefix(_SVG)
        element.text = (element.text or "").replace(_EDGE, "") or None
        element.tail = (element.tail or "").replace(_EDGE, "") or None
        for key in list(element.attrib):
            if key in _KEPT:
                element.set(_KEPT[key], element.attrib.pop(key))
            elif key == _ALONG:
                element.set("href", element.attrib.pop(key))
            elif key == "href":
                if not element.attrib[key].startswith(("#", "data:image/")):
                    del element.attrib[key]
            else:
                element.set(key, _within(element.attrib[key]))
        if name == "style":
            element.text = _within(element.text or "") or None
        element.tag, element.attrib = name, dict(sorted(element.attrib.items()))
    root.set("xmlns", _SVG[1:-1])


def _within(css: str) -> str:
    """A style sheet or a style that leads nowhere out of the drawing; empty where it is sly."""
    css = _ELSEWHERE.sub("url(#)", css)
    return "" if _REACHES_OUT.search(_DATA.sub("", css)) else css
