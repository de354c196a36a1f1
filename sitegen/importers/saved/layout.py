"""Tables that only say where things stand, as pages of the years around 2000 are made of them."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from sitegen.importers.tree import elements, words

_PARTS = ("table", "thead", "tbody", "tfoot", "tr", "td", "caption")
_ROOMY = 600
"""Characters of a cell that holds more than a value."""
_PARAGRAPHS = 200
"""As many are enough where there are several paragraphs."""


def parsed(text: str) -> BeautifulSoup:
    """A page, in which such tables are mere boxes."""
    soup = BeautifulSoup(text, "lxml")
    # The outer ones first: within a box the inner ones are looked at by themselves.
    for table in soup.find_all("table"):
        if _is_layout(table):
            for part in [table, *(el for el in elements(table, _PARTS) if _is_of(el, table))]:
                part.name = "div"
                part.attrs = {n: v for n, v in part.attrs.items() if n in ("id", "class")}
    return soup


def _is_layout(table: Tag) -> bool:
    if any(_is_of(el, table) for el in elements(table, ("th",))):
        return False
    cells = [el for el in elements(table, ("td",)) if _is_of(el, table)]
    return bool(elements(table, ("table",))) or any(map(_is_roomy, cells))


def _is_of(el: Tag, table: Tag) -> bool:
    """Whether a part is the table's own, and not that of one within it."""
    return el.find_parent("table") is table


def _is_roomy(cell: Tag) -> bool:
    several = len(elements(cell, ("p",))) > 1
    return len(words(cell)) > (_PARAGRAPHS if several else _ROOMY)
