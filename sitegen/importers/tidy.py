"""HTML made ready: without what is no text, and without the ways in which editors misuse it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from bs4 import Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from sitegen.importers.addresses import path_of
from sitegen.importers.lists import settle_lists
from sitegen.importers.shown import settle_shown
from sitegen.importers.tree import BLOCKS, elements, first, fresh, texts, within, words
from sitegen.urls import slug_of

if TYPE_CHECKING:
    from sitegen.importers.html import Page

_CODE = (
    "script",
    "style",
    "form",
    "input",
    "button",
    "select",
    "textarea",
    "template",
    "link",
    "meta",
)
_SCRIPTED = {"script", "form", "input", "button", "select", "textarea"}
_LOOKS = ("font", "small", "big", "span", "tt", "basefont", "nobr", "o:p")
"""Elements that say only what something looks like."""
_SAME = (("b", "strong"), ("em", "i"), ("del", "s", "strike"))
"""Names of the same emphasis: one within another, or behind it, says nothing more."""
_NO_PLACE = ("table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "li", "dl", "pre", "img", "hr")
_PICTURE = re.compile(r"(?i)\.(jpe?g|png|gif|webp|avif|svg|bmp|tiff?)$")
_LONGEST_FORM = 300
"""Characters of a form above which it is around an article, not within one."""


def is_picture(address: str | None) -> bool:
    """Whether an address is that of a picture's file."""
    return bool(address and _PICTURE.search(path_of(address)))


def tidy(soup: Tag, page: Page) -> None:
    """Change `soup` into what can be written as Markdown."""
    for remark in texts(soup):
        if isinstance(remark, PreformattedString):
            remark.extract()
    _take_code(soup, page)
    settle_shown(soup, page)
    settle_lists(soup)
    for el in elements(soup, ("a",)):
        _move_into(el)
    for el in elements(soup, ("a",)):
        if el.get("href") and any(a.get("href") for a in el.find_parents("a")):
            el.unwrap()
        elif is_picture(str(el.get("href") or "")) and first(el, "img") and not words(el):
            el.unwrap()  # a larger one of the same: readers get the right size anyway
    for el in elements(soup, _LOOKS):
        el.unwrap()
    for el in elements(soup, ("center",)):
        el.name = "div"
    for el in elements(soup, [name for group in _SAME for name in group]):
        _unnest(el)
    _keep_anchors(soup)
    for el in elements(soup, ("h1", "h2", "h3", "h4", "h5", "h6")):
        if not words(el) and first(el, "img"):
            el.name = "p"
    for el in reversed(elements(soup, ("br",))):
        _move_out(el)
        if not _goes_on(el):
            el.extract()
    for el in elements(soup, ("br",)):
        if _begins(el):
            el.extract()
    for el in elements(soup, ("a",)):
        if not el.contents and not el.get("id"):
            el.extract()  # or what stands behind it would not be known to begin a line
    soup.smooth()
    _drop_blanks(soup)


def _drop_blanks(soup: Tag) -> None:
    """Spaces between blocks are nobody's words."""
    for text in texts(soup):
        if text.strip(" \t\r\n"):
            continue
        near = (text.previous_sibling, text.next_sibling)
        blocks = any(isinstance(el, Tag) and el.name in BLOCKS for el in near)
        if blocks and not within(text, ("pre",)):
            text.extract()


def _take_code(soup: Tag, page: Page) -> None:
    for el in elements(soup, _CODE):
        if el.decomposed:
            continue
        if el.name == "form" and len(words(el)) > _LONGEST_FORM:
            el.name = "div"
            continue
        if el.name in _SCRIPTED:
            address = el.get("src") or el.get("action") or ""
            page.lose("code", f"<{el.name}> {address}".strip())
        el.decompose()


def _move_into(link: Tag) -> None:
    """A link around blocks, which Markdown has none of, goes into the first that says something."""
    blocks = elements(link, BLOCKS)
    if not blocks or not link.get("href"):
        return
    figure = first(link, "figure")
    image = first(figure, "img") if figure is not None else None
    leaves = [el for el in blocks if el.name not in ("iframe", "hr") and not elements(el, BLOCKS)]
    said = [el for el in leaves if words(el)] or [el for el in leaves if first(el, "img")]
    inner = [image] if image is not None else list(said[0].contents) if said else []
    if inner:
        made = fresh("a")
        made["href"] = str(link["href"])
        inner[0].insert_before(made)
        for node in inner:
            made.append(node.extract())
    link.unwrap()


def _unnest(el: Tag) -> None:
    """Emphasis around blocks, within the same, empty, or broken in two."""
    if el.decomposed or el.parent is None:
        return
    same = next(group for group in _SAME if el.name in group)
    if el.find_parent(same) or elements(el, BLOCKS) or not el.contents:
        el.unwrap()
        return
    after = el.next_sibling
    while isinstance(after, Tag) and after.name in same:
        following = after.next_sibling
        for child in list(after.contents):
            el.append(child.extract())
        after.extract()
        after = following


def _keep_anchors(soup: Tag) -> None:
    """Places that a link within the text leads to keep their name; all other names go."""
    links = (str(a.get("href") or "") for a in elements(soup, ("a",)))
    places = {href[1:] for href in links if href.startswith("#")}
    wanted = places | set(map(unquote, places))
    for el in elements(soup):
        name = str(el.get("id") or (el.get("name") if el.name == "a" else "") or "")
        if name and name not in wanted:
            el.attrs.pop("id", None)
            el.attrs.pop("name", None)
        elif name and el.name == "a":
            el["id"] = name
        elif name and slug_of(words(el)) != name and el.name not in _NO_PLACE:
            place = fresh("a")
            place["id"] = name
            el.insert(0, place)


def _move_out(br: Tag) -> None:
    """A break at an end of a link or emphasis is no part of it."""
    while (around := br.parent) is not None and around.name not in BLOCKS:
        if not any(_says(node) for node in br.previous_siblings):
            around.insert_before(br.extract())
        elif not any(_says(node) for node in br.next_siblings):
            around.insert_after(br.extract())
        else:
            return


def _says(node: PageElement) -> bool:
    """Whether readers see anything of it."""
    if isinstance(node, Tag):
        return node.name in ("br", "img", "iframe") or any(map(_says, node.contents))
    return bool(str(node).strip())


def _goes_on(br: Tag) -> bool:
    """Whether something stands behind a line break in its block."""
    node: Tag | NavigableString = br
    while True:
        for after in node.next_siblings:
            if isinstance(after, Tag) and not _says(after):
                continue
            if isinstance(after, Tag):
                return after.name not in BLOCKS if after.name != "br" else _goes_on(after)
            if str(after).strip():
                return True
        if node.parent is None or node.parent.name in BLOCKS:
            return False
        node = node.parent


def _begins(br: Tag) -> bool:
    """Whether nothing stands before a line break in its block."""
    node: Tag | NavigableString = br
    while True:
        for before in node.previous_siblings:
            if isinstance(before, Tag) and _says(before):
                return before.name in BLOCKS
            if not isinstance(before, Tag) and str(before).strip():
                return False
        if node.parent is None or node.parent.name in BLOCKS:
            return True
        node = node.parent
