"""Pictures, recordings and frames of HTML made plain: without scripts, plugins and tricks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bs4 import Tag
from bs4.element import NavigableString

from sitegen.importers.addresses import path_of
from sitegen.importers.embedded import SCHEME, is_whole
from sitegen.importers.players import frame_of
from sitegen.importers.tree import elements, first, fresh, words

if TYPE_CHECKING:
    from sitegen.importers.html import Page

_LATER = ("data-src", "data-lazy-src", "data-original", "data-litespeed-src")
"""Where scripts look that load pictures and frames only when readers come near."""
_WAITING = (*_LATER, "data-cmplz-src", "data-src-cmplz", "data-cookieblock-src", "data-rocket-src")
"""Where scripts look that load frames only once readers agree."""
_CANDIDATE = re.compile(r"(\S+?)(?:\s+([\d.]+)[wx])?\s*(?:,\s+|,?$)")
_FACES = {"emoji", "wp-smiley", "smiley"}
"""Classes of pictures that stand for a character, which is their `alt`."""
_POSTS = {"fb-post", "fb-video", "fb-comment-embed"}
"""Classes of boxes that a script of Facebook's fills; their address is in `data-href`."""


def source_of(image: Tag) -> str:
    """The address of a picture, wherever it stands; of several sizes the largest."""
    src = str(image.get("src") or "").strip()
    later = next((str(image[name]).strip() for name in _LATER if image.get(name)), "")
    if is_whole(src):
        return src
    if later or (src and not src.startswith(SCHEME)):
        return later or src
    sizes = str(image.get("srcset") or image.get("data-srcset") or "")
    return str(image.get("data-orig-file") or _largest(sizes) or src)


def _largest(sizes: str) -> str:
    found = [(float(size or 1), url) for url, size in _CANDIDATE.findall(sizes.strip()) if url]
    return max(found, key=lambda pair: pair[0])[1] if found else ""


def settle_shown(soup: Tag, page: Page) -> None:
    """Change `soup` so that pictures have a `src`, and players are frames, or links."""
    for el in elements(soup, ("picture",)):
        _unpack(el)
    for image in elements(soup, ("img",)):
        _settle_image(image)
    for el in elements(soup, ("noscript",)):
        if el.find_previous_sibling("img") and el.find("img"):
            el.decompose()
        else:
            el.unwrap()
    for el in elements(soup, ("svg",)):
        el.decompose()  # icons: a drawing that matters is a file
    for el in elements(soup, ("video", "audio", "object", "embed")):
        _settle_player(el)
    for el in elements(soup, ("iframe",)):
        _settle_frame(el, page)
    for el in elements(soup, ("div",)):
        if el.get("data-href") and _POSTS & set(el.get_attribute_list("class")) and not words(el):
            el.name = "p"
            el.append(_link(str(el["data-href"]), str(el["data-href"])))


def _unpack(picture: Tag) -> None:
    """The picture among its other forms; lxml takes `source` for the element around it."""
    image = first(picture, "img")
    other = first(picture, "source")
    if image is not None and other is not None and not source_of(image):
        image["src"] = _largest(str(other.get("srcset") or other.get("data-srcset") or ""))
    for source in elements(picture, ("source",)):
        source.unwrap()
    picture.unwrap()


def _settle_image(image: Tag) -> None:
    alt = str(image.get("alt") or "")
    if _FACES & set(image.get_attribute_list("class")) and alt.strip():
        image.replace_with(NavigableString(alt))
    elif {str(image.get("width")), str(image.get("height"))} <= {"0", "1"}:
        image.decompose()  # it counts readers
    elif src := source_of(image):
        image["src"] = src


def _settle_player(el: Tag) -> None:
    """A recording as a frame of its host's, or as a link: the reader's browser plays it."""
    if el.decomposed:
        return
    inner = first(el, "source") or first(el, "embed")
    named = (p for p in elements(el, ("param",)) if str(p.get("name")).lower() in ("movie", "src"))
    param = next(named, None)
    src = el.get("src") or el.get("data") or (inner.get("src") if inner else "")
    src = str(src or (param.get("value") if param else "") or "")
    if not src:
        el.unwrap()
        return
    player = frame_of(src)
    made = fresh("iframe") if player else _link(src, path_of(src).rpartition("/")[2] or src)
    if player:
        made["src"] = player
    el.replace_with(made)


def _link(address: str, label: str) -> Tag:
    link = fresh("a")
    link["href"] = address
    link.string = label
    return link


def _settle_frame(frame: Tag, page: Page) -> None:
    src = str(frame.get("src") or "").strip()
    if not src or src.startswith(("about:", "data:", "javascript:")):
        src = next((str(frame[name]).strip() for name in _WAITING if frame.get(name)), "")
    if src:
        frame["src"] = src
    else:
        page.lose("embed", "a frame that only a script fills")
        frame.decompose()
