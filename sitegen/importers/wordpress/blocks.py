"""Gutenberg's blocks: comments around HTML (`<!-- wp:image {"id":12} -->`), HTML of their own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape, unescape

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from sitegen.importers.text import line_of
from sitegen.importers.tree import classed, elements, first, fresh, texts, words
from sitegen.importers.wordpress.page import ItemPage
from sitegen.importers.wordpress.shortcodes import embedded, with_players

_MARK = "<!-- wp:"
_DELIMITER = re.compile(
    r"<!--\s+(?P<end>/)?wp:(?P<name>[a-z][a-z0-9_/-]*)\s+"
    r"(?P<values>\{(?:(?!-->).)*\}\s+)?(?P<alone>/)?-->",
    re.DOTALL,
)
"""Where a block begins, ends, or both. In its values WordPress writes `--` as `\\u002d\\u002d`."""
_SILENT = frozenset(
    {"more", "nextpage", "separator", "spacer", "footnotes", "post-title", "post-date", "paragraph"}
    | {"post-author", "post-featured-image", "post-content", "template-part", "pattern", "html"}
    | {"freeform", "shortcode", "group", "columns", "column", "list", "list-item", "heading"}
)
"""Blocks without HTML of their own that readers miss nothing of."""
_LISTS = frozenset({"query", "comments", "comments-query-loop"})
"""Blocks around a pattern that WordPress fills with other articles, or with comments."""
_BACKGROUND = re.compile(r"background(?:-image)?:\s*url\(([^)]*)\)")
_DEEPEST = 5
"""Blocks within shared blocks within shared blocks."""
FREE = "wp-block-freeform"
"""The class of what stands between blocks: a text of the classic editor."""


def is_blocks(content: str) -> bool:
    return _MARK in content


def filled(content: str, page: ItemPage, depth: int = 0) -> str:
    """`content` with the HTML of blocks that WordPress keeps elsewhere; others are told."""
    made: list[str] = []
    around: list[re.Match[str]] = []
    """Blocks that have begun and not ended."""
    at = 0
    for mark in _DELIMITER.finditer(content):
        made.append(_between(content[at : mark.start()], around, page))
        at = mark.end()
        if mark["alone"]:
            made.append(_alone(_name(mark), _values(mark["values"]), page, depth))
        elif not mark["end"]:
            around.append(mark)
            if _name(mark) in _LISTS:
                page.lose("block", _name(mark))
        elif around:
            begun = around.pop()
            if not content[begun.end() : mark.start()].strip():
                _tell(_name(begun), _values(begun["values"]), page)
    return "".join([*made, _between(content[at:], [], page)])


def _between(text: str, around: Sequence[re.Match[str]], page: ItemPage) -> str:
    """What stands between two marks; outside of blocks it is a text of the classic editor."""
    free = not around or _name(around[-1]) == "freeform"
    if not free or not text.strip():
        return text
    return f'<div class="{FREE}">{with_players(text, page)}</div>'


def _name(mark: re.Match[str]) -> str:
    return mark["name"].removeprefix("core/")


def _alone(name: str, values: Mapping[str, object], page: ItemPage, depth: int) -> str:
    """The HTML of a block that has none of its own."""
    if name == "block" and depth < _DEEPEST:
        inner = page.known.block(str(values.get("ref", "")))
        if not inner:
            page.lose("block", f"block {values.get('ref', '')}, which is not in the export")
        return filled(inner, page, depth + 1)
    if name in ("embed", "video", "audio") or name.startswith("core-embed/"):
        return embedded(str(values.get("url") or values.get("src") or ""), page)
    _tell(name, values, page)
    return ""


def _tell(name: str, values: Mapping[str, object], page: ItemPage) -> None:
    """A block shows nothing here. Its words, where it keeps some, are told with it."""
    if name not in _SILENT:
        said = " ".join(_words(values))
        page.lose("block", f"{name}: {said}" if said else name)


def _words(value: object) -> Iterator[str]:
    """Texts of several words: others are choices, such as `left`."""
    if isinstance(value, str):
        line = line_of(value)
        if " " in line:
            yield line
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _words(inner)


def _values(text: str | None) -> Mapping[str, object]:
    try:
        values = json.loads(text or "{}")
    except (ValueError, RecursionError):
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
    for el in classed(soup, "wp-block-cover"):
        _uncover(el)
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


def _uncover(el: Tag) -> None:
    """A picture behind words: as a picture before them, where it is only a background."""
    found = _BACKGROUND.search(str(el.get("style") or ""))
    if found is not None and first(el, "img") is None:
        image = fresh("img")
        image["src"] = unescape(found[1].strip("\"' "))
        el.insert(0, image)


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
