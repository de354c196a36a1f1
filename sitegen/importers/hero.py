"""The picture at the top of an article: taken from its HTML, with what is written below it."""

from __future__ import annotations

import posixpath
import re

from bs4 import Tag

from sitegen.importers.addresses import path_of
from sitegen.importers.blocks import copy_of
from sitegen.importers.html import Page, soup_to_markdown
from sitegen.importers.shown import source_of
from sitegen.importers.things import Value
from sitegen.importers.tree import elements, first, words

_CREDIT = re.compile(r"credit|copyright|photographer|source|author", re.IGNORECASE)
_SIZE = re.compile(r"([-_]?\d{2,5}x\d{2,5}([-_][0-9a-f]+)?|[-_](scaled|\d{3,4}w?))+(?=\.\w+$|$)")


def take_hero(soup: Tag, page: Page, src: str = "") -> dict[str, Value]:
    """The field `image`, of the picture that stands before the text, which is left without it.

    `src`: the address of the picture that is said to be it; another one is then left alone.
    """
    image = _image_at_top(soup, src)
    if image is None:
        shown = page.picture(src) if src else ""
        return {"src": shown} if shown else {}
    address = source_of(image)
    whole = src if src and same_picture(src, address) else address
    shown = page.picture(whole)
    alt = str(image.get("alt") or "")
    figure = image.find_parent("figure")
    if figure is None or len(elements(figure, ("img",))) > 1 or not shown:
        _take_out(image)  # what stands beside it in a figure is not below it alone
        return {"src": shown, "alt": alt} if shown else {}
    caption, credit = _caption(figure, page)
    _take_out(figure)
    return {"src": shown, "alt": alt, "caption": caption, "credit": credit}


def _image_at_top(soup: Tag, src: str) -> Tag | None:
    """The first picture, if it is the one that is meant, or no text stands before it."""
    image = first(soup, "img")
    if image is None:
        return None
    if src:
        found = (
            picture
            for picture in soup.find_all("img")
            if same_picture(src, source_of(picture)) or same_picture(src, str(picture.get("src")))
        )
        return next(found, None)
    before = "".join(str(t) for t in image.find_all_previous(string=True) if soup in t.parents)
    return None if before.strip() else image


def is_shown(soup: Tag, src: str) -> bool:
    """Whether a page shows the picture that it names to machines."""
    return bool(src) and _image_at_top(soup, src) is not None


def same_picture(one: str, other: str) -> bool:
    """Whether two addresses are those of one picture, whatever its size."""
    return bool(other) and _bare(one) == _bare(other)


def _bare(address: str) -> str:
    name = posixpath.basename(path_of(address))
    return _SIZE.sub("", posixpath.splitext(name)[0]).casefold()


def _caption(figure: Tag, page: Page) -> tuple[str, str]:
    """The words below a picture, and whose it is, where the page tells these apart."""
    below = first(figure, "figcaption")
    if below is None:
        return "", str(figure.get("data-credit") or "")
    credit = below.find(class_=_CREDIT) or first(below, "small") or below.find(itemprop=_CREDIT)
    said = ""
    if isinstance(credit, Tag):
        said = words(credit)
        credit.extract()
    text = " ".join(soup_to_markdown(copy_of(below.contents), page).split())
    return text, said or str(figure.get("data-credit") or "")


def _take_out(el: Tag) -> None:
    parent = el.parent
    el.extract()
    while parent is not None and parent.parent is not None and parent.name in ("p", "div", "a"):
        if words(parent) or parent.find(True):
            break
        above = parent.parent
        parent.extract()
        parent = above
