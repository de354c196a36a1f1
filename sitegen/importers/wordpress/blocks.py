"""Gutenberg's blocks: comments around HTML (`<!-- wp:image {"id":12} -->`), HTML of their own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from sitegen.importers.tree import classed, elements, first, fresh, texts, words
from sitegen.importers.wordpress.page import ItemPage
from sitegen.importers.wordpress.shortcodes import embedded

_MARK = "<!-- wp:"
_ALONE = re.compile(r"<!--\s+wp:([a-z][a-z0-9_/-]*)\s+(\{.*?\}\s+)?/-->", re.DOTALL)
_SILENT = frozenset(
    {"more", "nextpage", "separator", "spacer", "footnotes", "post-title", "post-date", "paragraph"}
    | {"post-author", "post-featured-image", "post-content", "template-part", "pattern", "html"}
)
"""Blocks without HTML of their own that readers miss nothing of."""
_DEEPEST = 5
"""Blocks within shared blocks within shared blocks."""


def is_blocks(content: str) -> bool:
    return _MARK in content


def filled(content: str, page: ItemPage, depth: int = 0) -> str:
    """`content` with the HTML of blocks that WordPress keeps elsewhere; others are told."""

    def put(found: re.Match[str]) -> str:
        name = found[1].removeprefix("core/")
        values = _values(found[2])
        if name == "block" and depth < _DEEPEST:
            inner = page.known.block(str(values.get("ref", "")))
            return filled(inner, page, depth + 1)
        if name in ("embed", "video", "audio") or name.startswith("core-embed/"):
            return embedded(str(values.get("url") or values.get("src") or ""), page)
        if name not in _SILENT:
            page.lose("block", name)
        return ""

    return _ALONE.sub(put, content)


def _values(text: str | None) -> Mapping[str, object]:
    try:
        values = json.loads(text or "{}")
    except ValueError:
        return {}
    return values if isinstance(values, dict) else {}


def footnotes_of(meta: str) -> str:
    """Gutenberg's footnotes, which are no part of the text, as HTML has them."""
    try:
        notes = json.loads(meta or "[]")
    except ValueError:
        return ""
    found = [note for note in notes if isinstance(note, dict)] if isinstance(notes, list) else []
    entries = (
        f'<li id="{escape(str(note.get("id", "")))}">{note.get("content", "")}</li>'
        for note in found
    )
    return f'<ol class="footnotes">{"".join(entries)}</ol>' if found else ""


def settle_blocks(soup: Tag, page: ItemPage) -> None:
    """Change what only Gutenberg writes in its way into usual HTML."""
    for el in classed(soup, "wp-block-embed__wrapper"):
        _embed(el, page)
    for el in classed(soup, "wp-block-file__button"):
        el.decompose()
    for el in classed(soup, "wp-block-file__embed"):
        el.decompose()
    for el in classed(soup, "blocks-gallery-item"):
        if el.parent is not None and el.parent.name in ("ul", "ol"):
            el.parent.unwrap()
        el.unwrap()
    for el in classed(soup, "wp-block-verse"):
        _verse(el)
    for image in elements(soup, ("img",)):
        _describe(image, page)


def _embed(el: Tag, page: ItemPage) -> None:
    """An address that WordPress fills with what another site sends."""
    address = words(el)
    figure = el.find_parent("figure")
    if not address.startswith(("http://", "https://")):
        return
    made = BeautifulSoup(embedded(address, page), "lxml").body
    caption = first(figure, "figcaption") if figure else None
    box = figure or el
    for node in list(made.contents if made else ()):
        box.insert_before(node)
    if caption is not None:
        caption.name = "p"
        box.insert_before(caption.extract())
    box.decompose()


def _verse(el: Tag) -> None:
    for text in texts(el):
        lines = str(text).split("\n")
        nodes: list[Tag | NavigableString] = [NavigableString(lines[0])]
        for line in lines[1:]:
            nodes += [fresh("br"), NavigableString(line)]
        text.replace_with(*nodes)
    el.name = "p"


def _describe(image: Tag, page: ItemPage) -> None:
    """What is written with the picture in WordPress's library, where the text says nothing."""
    found = re.search(r"\bwp-image-(\d+)", " ".join(map(str, image.get_attribute_list("class"))))
    file = page.known.attachment(found[1]) if found else None
    if file is None:
        return
    if not image.get("alt") and file.alt:
        image["alt"] = file.alt
    figure = image.find_parent("figure")
    if figure is not None and file.credit and not figure.get("data-credit"):
        figure["data-credit"] = file.credit
