"""Which part of a page is the article. Owns trafilatura, which says what its words are.

trafilatura makes a document of its own, without captions, players and boxes. So only the words are
taken from it: the article is the smallest element of the page that holds them.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import trafilatura
from bs4 import Tag

from sitegen.importers.addresses import joined
from sitegen.importers.tree import first, words

_ENOUGH = 0.9
"""The share of the article's blocks that an element must hold."""
_SHORT = 20
"""Characters of a text that may well stand elsewhere too."""
_LINE = 80
"""Characters of a paragraph that is no heading, entry or caption."""
_AROUND = re.compile(
    r"(^|[-_ ])(shar(e|ing|edaddy)|sd-\w+|jp-\w+|addtoany\w*|social|related"
    r"|recommend\w*|newsletter|subscri\w*|promo\w*|advert\w*"
    r"|ads?|breadcrumbs?|comments?|tags|byline|dateline|dates|author-box|toolbar|outbrain|taboola"
    r"|cookie\w*|paywall|permalink|read-?more|more-stories|popular|sidebar|widget|skip|print|meta"
    r"|kicker)($|[-_ ])"
)
_OTHER = ("nav", "form", "footer", "script", "style", "noscript", "template", "button")


class Extracted(NamedTuple):
    """What trafilatura says of a page."""

    texts: frozenset[str]
    length: int
    """Characters of all texts."""
    prose: int
    """Those of paragraphs that are more than a line."""
    title: str
    author: str
    date: str


def extract(html: str, address: str) -> Extracted | None:
    """None: there is no article in it."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it leaves out, we tell
    found: Any = trafilatura.bare_extraction(
        html, url=address or None, include_comments=False, with_metadata=True
    )
    if found is None or found.body is None:
        return None
    texts = [_plain(" ".join(el.itertext())) for el in found.body.iter("p", "head", "item", "cell")]
    paragraphs = (len(" ".join(el.itertext())) for el in found.body.iter("p"))
    return Extracted(
        frozenset(text for text in texts if len(text) > _SHORT),
        sum(map(len, texts)),
        sum(length for length in paragraphs if length >= _LINE),
        found.title or "",
        found.author or "",
        found.date or "",
    )


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def root_of(soup: Tag, texts: frozenset[str]) -> Tag:
    """The element that holds the article with its headline and boxes."""
    story = story_in(soup, texts)
    around = story if story.name == "article" else story.find_parent("article")
    if isinstance(around, Tag):
        return around
    main = story.find_parent("main")
    return main if isinstance(main, Tag) else story


def story_in(root: Tag, texts: frozenset[str]) -> Tag:
    """The smallest element of `root` that holds the words."""
    held: Counter[int] = Counter()
    elements: dict[int, Tag] = {}
    number = 0
    for block in _blocks(root, texts):
        number += 1
        for above in block.parents:
            held[id(above)] += 1
            elements[id(above)] = above
            if above is root:
                break
    # Of those that hold enough the one that holds the fewest others: the deepest.
    enough = [elements[key] for key, count in held.items() if count >= _ENOUGH * number]
    return min(enough, key=lambda el: len(el.find_all(True)), default=root) if number else root


def _blocks(root: Tag, texts: frozenset[str]) -> Iterator[Tag]:
    for el in root.find_all(["p", "li", "td", "blockquote", "h2", "h3", "h4"]):
        if _plain(el.get_text(" ")) in texts:
            yield el


def prune(story: Tag, texts: frozenset[str]) -> None:
    """Take out of an article what is around every article."""
    for el in story.find_all([*_OTHER, "h1", "article"]):
        if not el.decomposed and not _holds(el, texts):
            el.decompose()
    for el in story.find_all(class_=_AROUND):
        if not el.decomposed and not _holds(el, texts):
            el.decompose()
    for el in story.find_all(["ul", "ol", "aside", "section", "header", "div"]):
        if not el.decomposed and not _holds(el, texts) and _leads_away(el):
            _drop_heading(el, texts)
            el.decompose()


def _drop_heading(el: Tag, texts: frozenset[str]) -> None:
    """The one above a list that goes, if nothing else stands below it."""
    above = el.find_previous_sibling()
    if not isinstance(above, Tag) or el.find_next_sibling() is not None:
        return
    if re.fullmatch("h[2-6]", above.name) and _plain(above.get_text(" ")) not in texts:
        above.decompose()


def _holds(el: Tag, texts: frozenset[str]) -> bool:
    """Whether much of what stands in an element belongs to the article."""
    own = sum(len(_plain(block.get_text(" "))) for block in _blocks(el, texts))
    return own > len(_plain(el.get_text(" "))) / 2 > 0


def _leads_away(el: Tag) -> bool:
    """Whether it is mostly links, and shows nothing."""
    linked = sum(len(words(anchor)) for anchor in el.find_all("a"))
    shown = el.find(["img", "iframe", "video", "audio", "table", "blockquote"])
    return shown is None and linked > len(words(el)) / 2


def is_list(soup: Tag, address: str) -> bool:
    """Whether a page is mostly links, or headlines that lead to articles with what these begin."""
    box = first(soup, "main") or first(soup, "body") or soup
    whole = len(words(box))
    linked = sum(len(words(anchor)) for anchor in box.find_all("a"))
    cards = {id(card): card for card in _cards(box, address)}.values()
    inner = sum(len(words(card)) for card in cards)
    return max(linked, inner) > whole / 2


def _cards(box: Tag, address: str) -> Iterator[Tag]:
    for heading in box.find_all(["h2", "h3", "h4"]):
        anchor = first(heading, "a") or heading.find_parent("a")
        if anchor is None or joined(address, str(anchor.get("href") or "")) == address:
            continue
        card = heading.find_parent(["article", "li"]) or heading.parent
        if card is not None and card is not box:
            yield card
