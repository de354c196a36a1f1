"""Paragraphs of WordPress's classic editor: an empty line divides two, a line's end is kept.

WordPress itself does so whenever a page is asked for; what is stored has no `p` at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from sitegen.importers.tree import BLOCKS, elements, fresh, texts, within

_EMPTY_LINE = re.compile(r"[ \t\r]*\n(?:[ \t\r\xa0]*\n)+[ \t]*")
_BOXES = ("body", "div", "section", "article", "aside", "blockquote", "main", "center")
"""In these every text is a paragraph."""
_TIGHT = ("td", "th", "li", "dd", "figcaption")
"""In these a text is one only where there are several."""
_AS_WRITTEN = ("pre", "code", "script", "style", "textarea", "svg", "math")


def make_paragraphs(soup: Tag) -> None:
    """Change `soup` into what a reader's browser would have been sent."""
    _join_breaks(soup)
    for el in elements(soup, _BOXES):
        _divide(el, always=True)
    if soup.name in _BOXES:
        _divide(soup, always=True)
    for el in elements(soup, _TIGHT):
        _divide(el, always=False)
    for el in elements(soup, ("p",)):
        _divide_paragraph(el)
    for text in texts(soup):
        if "\n" in text and within(text, ("p", *_TIGHT)) and not within(text, _AS_WRITTEN):
            _keep_line_ends(text)


def _join_breaks(soup: Tag) -> None:
    """Two `br` are an empty line; the end of a line behind one is nothing more."""
    for br in elements(soup, ("br",)):
        after = br.next_sibling
        if isinstance(after, NavigableString) and after.startswith(("\n", "\r\n")):
            rest = after.lstrip(" \r").removeprefix("\n")
            if not rest.strip() and isinstance(after.next_sibling, Tag):
                following = after.next_sibling
                after.extract()
                after = following
            else:
                after.replace_with(NavigableString(rest))
                continue
        if isinstance(after, Tag) and after.name == "br":
            after.extract()
            br.replace_with(NavigableString("\n\n"))
    soup.smooth()


def _divide(box: Tag, *, always: bool) -> None:
    """Put `p` around the paragraphs of a box that have none."""
    runs: list[list[PageElement]] = [[]]
    beside_blocks = False
    for child in list(box.contents):
        if isinstance(child, Tag) and child.name in BLOCKS:
            beside_blocks = beside_blocks or child.name in ("p", "blockquote", "div")
            runs.append([])
        elif isinstance(child, NavigableString) and _EMPTY_LINE.search(child):
            *first, last = _pieces(child)
            for piece in first:
                runs[-1] += piece
                runs.append([])
            runs[-1] += last
        else:
            runs[-1].append(child)
    said = [run for run in runs if _says_something(run)]
    if always or len(said) > 1 or (said and beside_blocks and box.name != "li"):
        for run in said:
            _wrap(run)


def _pieces(text: NavigableString) -> list[list[PageElement]]:
    """A text parted where empty lines are, each part in its place in the document."""
    parts = [NavigableString(part) for part in _EMPTY_LINE.split(text)]
    text.replace_with(*parts)
    return [[part] for part in parts]


def _says_something(run: Sequence[PageElement]) -> bool:
    return any(isinstance(node, Tag) or str(node).strip() for node in run)


def _wrap(run: Sequence[PageElement]) -> None:
    paragraph = fresh("p")
    run[0].insert_before(paragraph)
    for node in run:
        paragraph.append(node.extract())


def _divide_paragraph(paragraph: Tag) -> None:
    """Part a `p` that holds empty lines."""
    if not any(
        isinstance(c, NavigableString) and _EMPTY_LINE.search(c) for c in paragraph.contents
    ):
        return
    _divide(paragraph, always=True)
    paragraph.unwrap()


def _keep_line_ends(text: NavigableString) -> None:
    lines = str(text).split("\n")
    nodes: list[PageElement] = [NavigableString(lines[0])]
    for line in lines[1:]:
        nodes += [fresh("br"), NavigableString(line)]
    first = text.previous_sibling is None or _is_block(text.previous_sibling)
    if first and not lines[0].strip():
        nodes = nodes[2:]
    last = text.next_sibling is None or _is_block(text.next_sibling)
    if last and not lines[-1].strip() and len(nodes) > 1:
        nodes = nodes[:-2]
    text.replace_with(*nodes)


def _is_block(el: PageElement) -> bool:
    return isinstance(el, Tag) and (el.name in BLOCKS or el.name == "br")
