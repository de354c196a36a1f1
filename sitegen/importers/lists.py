"""Lists of HTML made ready for Markdown: one within another, right behind another, and counted."""

from __future__ import annotations

import re

from bs4 import Tag
from bs4.element import NavigableString

from sitegen.importers.tree import elements, fresh

_AGAIN = "data-again"
"""Set for every second one of lists that stand right behind each other."""
_NAMES = ("ul", "ol")


def settle_lists(soup: Tag) -> None:
    """Change `soup` so that each list lies in an entry, and each entry knows its number."""
    for el in elements(soup, _NAMES):
        if el.parent is not None and el.parent.name in _NAMES:
            _put_into_an_entry(el)
    for el in elements(soup, ("dl",)):
        if el.find_parent("li") is not None:
            _write_out(el)
    for el in elements(soup, _NAMES):
        if (before := _right_before(el)) is not None and not before.get(_AGAIN):
            el[_AGAIN] = "yes"
    for el in elements(soup, ("ol",)):
        number = _whole(el.get("start"), 1)
        for entry in el.find_all("li", recursive=False):
            number = _whole(entry.get("value"), number)
            entry["value"] = str(number)
            number += 1


def sign_of(entry: Tag) -> str:
    """What an entry begins with: another sign in a list behind a list, or both would be one."""
    around = entry.parent
    again = around is not None and around.get(_AGAIN) is not None
    if around is not None and around.name == "ol":
        return f"{entry.get('value')}{')' if again else '.'} "
    return "* " if again else "- "


def _put_into_an_entry(inner: Tag) -> None:
    """Of a list right within a list, as old editors write them: into the entry before it."""
    entry = inner.find_previous_sibling("li")
    if entry is None:
        entry = fresh("li")
        inner.insert_before(entry)
    entry.append(inner.extract())


def _write_out(definitions: Tag) -> None:
    """Of definitions in an entry of a list: lines. Behind other definitions the entry's own sign
    would become a part of the term.
    """
    for el in (definitions, *definitions.find_all(["dt", "dd"])):
        el.name = "div"


def _right_before(el: Tag) -> Tag | None:
    """The list of the same kind that ends where this one begins."""
    before = el.previous_sibling
    while isinstance(before, NavigableString) and not before.strip():
        before = before.previous_sibling
    return before if isinstance(before, Tag) and before.name == el.name else None


def _whole(text: object, otherwise: int) -> int:
    """A number that Markdown can count from (CommonMark 0.31, 5.2: nine digits, no sign)."""
    return int(str(text)) if re.fullmatch(r"[0-9]{1,9}", str(text)) else otherwise
