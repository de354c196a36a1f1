"""Pictures with a caption, in sitegen's form or, where that cannot hold it, as HTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from bs4 import Tag
from bs4.element import PageElement

from sitegen.importers.markdown import escaped, escaped_start, picture
from sitegen.importers.players import frame, frame_of, host_of
from sitegen.importers.tidy import is_picture
from sitegen.importers.tree import elements, first, words

if TYPE_CHECKING:
    from sitegen.importers.html import Page


_OTHERS = ("figure", "table", "blockquote", "iframe", "pre", "ul", "ol", "p")
_KEPT = ("b", "strong", "em", "i", "sub", "sup", "code", "del", "s", "u", "mark")


def figure_text(el: Tag, page: Page) -> str | None:
    """A `figure` of pictures as text; None where it is of something else."""
    images = elements(el, ("img",))
    if not images or elements(el, _OTHERS):
        return None
    caption = first(el, "figcaption")
    inner = [image for image in images if caption is None or caption not in image.parents]
    if len(inner) != 1:
        return None
    src = page.picture(str(inner[0].get("src") or ""))
    alt = str(inner[0].get("alt") or "")
    if not src:  # its words stay
        below = words(caption) if caption is not None else ""
        return "\n\n".join(escaped_start(escaped(text)) for text in (alt, below) if text)
    to = _link_of(inner[0], page)
    credit = str(el.get("data-credit") or "")
    if to or (caption is not None and caption.find("a")):
        return _as_html(src, alt, to, caption, page)
    return picture(src, alt, words(caption) if caption else "", credit)


def _link_of(image: Tag, page: Page) -> str:
    """Where a click on a picture leads, unless to the picture itself in another size."""
    anchor = image.find_parent("a")
    href = str(anchor.get("href") or "") if anchor else ""
    return "" if not href or is_picture(href) else page.link(href)


def _as_html(src: str, alt: str, to: str, caption: Tag | None, page: Page) -> str:
    """Markdown's captions are text: one with a link is written out."""
    shown = f'<img src="{escape(src)}" alt="{escape(alt)}">'
    if to:
        shown = f'<a href="{escape(to)}">{shown}</a>'
    if caption is None:
        return f"<figure>{shown}</figure>"
    return f"<figure>{shown}<figcaption>{inline_html(caption, page)}</figcaption></figure>"


def inline_html(el: Tag, page: Page) -> str:
    """What stands in an element, as HTML on one line: words, links, emphasis, pictures, frames."""
    return " ".join("".join(_inline(child, page) for child in el.children).split())


def _inline(node: PageElement, page: Page) -> str:
    if not isinstance(node, Tag):
        return escape(str(node), quote=False)
    inner = "".join(_inline(child, page) for child in node.children)
    if node.name == "img":
        alt = escape(str(node.get("alt") or ""))
        src = page.picture(str(node.get("src") or ""))
        return f'<img src="{escape(src)}" alt="{alt}">' if src else alt
    if node.name == "iframe":
        return frame_text(node, page)
    if node.name == "a" and (to := page.link(str(node.get("href") or ""))):
        return f'<a href="{escape(to)}">{inner}</a>'
    if node.name == "br":
        return "<br>"
    return f"<{node.name}>{inner}</{node.name}>" if node.name in _KEPT else inner


def frame_text(el: Tag, page: Page) -> str:
    """A frame, in the form that its host has for players."""
    src = str(el.get("src") or "")
    src = frame_of(src) or src
    page.frame(host_of(src))
    return frame(src, str(el.get("title") or ""))
