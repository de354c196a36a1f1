"""Looking around in a tree of HTML. BeautifulSoup's own search weighs many kinds of questions, and
takes ten times as long for these few."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt"}
    | {"figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html"}
    | {"iframe", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody"}
    | {"td", "tfoot", "th", "thead", "tr", "ul", "[document]"}
)


@cache
def _maker() -> BeautifulSoup:
    return BeautifulSoup("", "lxml")


def fresh(name: str) -> Tag:
    """A new element, to be put anywhere."""
    return _maker().new_tag(name)


def elements(soup: Tag, names: Collection[str] = ()) -> list[Tag]:
    """The elements below `soup` with one of these names, or all; they may be changed meanwhile."""
    return [
        el for el in soup.descendants if isinstance(el, Tag) and (not names or el.name in names)
    ]


def texts(soup: Tag) -> list[NavigableString]:
    return [text for text in soup.descendants if isinstance(text, NavigableString)]


def classed(soup: Tag, name: str) -> list[Tag]:
    """The elements of a class."""
    return [el for el in elements(soup) if name in el.get_attribute_list("class")]


def within(node: Tag | NavigableString, names: Collection[str]) -> bool:
    """Whether one of the elements around it has one of these names."""
    return any(el.name in names for el in node.parents)


def first(el: Tag, name: str) -> Tag | None:
    """The first element of that name within another."""
    return next(iter(elements(el, (name,))), None)


def words(el: Tag) -> str:
    """The text of an element on one line."""
    return " ".join(el.get_text(" " if elements(el, ("br", "p")) else "").split())
