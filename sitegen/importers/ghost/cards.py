"""Cards of Ghost's editor, as its HTML shows them, as usual HTML.

Their classes are those that Ghost's themes must know (https://docs.ghost.org/themes/content).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bs4 import Tag

from sitegen.importers.page import OldPage
from sitegen.importers.tree import first, fresh, words

Card = Callable[[Tag, OldPage], None]


def settle_cards(soup: Tag, page: OldPage) -> None:
    """Change what only Ghost writes in its way."""
    for name, settle in _CARDS.items():
        for el in soup.find_all(class_=name):
            if not el.decomposed and el.parent is not None:
                settle(el, page)


def _paragraph(*nodes: Tag | str) -> Tag:
    made = fresh("p")
    made.extend(nodes)
    return made


def _link(href: str, label: str) -> Tag:
    made = fresh("a")
    made["href"] = href
    made.string = label or href
    return made


def _said(el: Tag, name: str) -> str:
    """The words of the part of a card that has this class."""
    found = el.find(class_=name)
    return words(found) if isinstance(found, Tag) else ""


def _address(el: Tag, name: str, attribute: str) -> str:
    found = first(el, name)
    return str(found.get(attribute) or "") if found else ""


def _as_link(title: str, element: str, attribute: str, about: str = "") -> Card:
    """A card that becomes a link with its title, followed by what is said of it and its caption."""

    def settle(el: Tag, page: OldPage) -> None:
        href = _address(el, element, attribute)
        caption = first(el, "figcaption")
        if not href:
            el.decompose()
            return
        label = (_said(el, title) if title else "") or href.rsplit("/", 1)[-1]
        made = _paragraph(_link(href, label))
        if more := _said(el, about) if about else "":
            made.append(f": {more}")
        el.insert_before(made)
        if caption is not None and words(caption):
            caption.name = "p"
            el.insert_before(caption.extract())
        el.decompose()

    return settle


def _callout(el: Tag, page: OldPage) -> None:
    """A box with an emoji; the emoji is no word of it."""
    for emoji in el.find_all(class_="kg-callout-emoji"):
        emoji.decompose()
    el.name = "blockquote"
    for text in el.find_all(class_="kg-callout-text"):
        text.name = "p"


def _toggle(el: Tag, page: OldPage) -> None:
    title = _said(el, "kg-toggle-heading-text")
    content = el.find(class_="kg-toggle-content")
    details, summary = fresh("details"), fresh("summary")
    summary.string = title
    details.append(summary)
    if isinstance(content, Tag):
        content.name = "div"
        details.append(content.extract())
    el.replace_with(details)


def _form(el: Tag, page: OldPage) -> None:
    page.lose("code", "a form for new members")
    el.decompose()


def _without(el: Tag, page: OldPage) -> None:
    el.decompose()


_CARDS: Mapping[str, Card] = {
    "kg-bookmark-card": _as_link("kg-bookmark-title", "a", "href", "kg-bookmark-description"),
    "kg-callout-card": _callout,
    "kg-toggle-card": _toggle,
    "kg-button-card": _as_link("kg-btn", "a", "href"),
    "kg-file-card": _as_link("kg-file-card-title", "a", "href", "kg-file-card-caption"),
    "kg-audio-card": _as_link("kg-audio-title", "audio", "src"),
    "kg-video-card": _as_link("", "video", "src"),
    "kg-product-card-rating": _without,
    "kg-signup-card": _form,
}
