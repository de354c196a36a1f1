"""What tags of most generators stand for, as Markdown: pictures, videos, posts, code."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from sitegen.importers.generators.entries import Sight
from sitegen.importers.generators.tags import Tag
from sitegen.importers.markdown import address, escaped, picture
from sitegen.importers.players import frame, frame_of, host_of
from sitegen.read.sanitise import words_of

_TAG = re.compile(r"<[a-zA-Z/][^>]*>")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_SIGNS = re.compile(r"(\*\*|__|(?<!\w)[*_]|[*_](?!\w)|`)")

Convert = Callable[[Tag, str, Sight], str | None]


def plain(text: str) -> str:
    """Words of a piece of Markdown or HTML that may stand in a caption."""
    if _TAG.search(text):
        text = words_of(text)
    return " ".join(_SIGNS.sub("", _LINK.sub(r"\1", text)).split())


def figure(tag: Tag, inner: str, sight: Sight) -> str | None:
    """A picture with what is said of it; Hugo's names, and those that others give the same."""
    src = tag.get("src", "url", "path", "image", "image_path", "file", 0)
    if not src or src.startswith("{{"):
        return None
    caption = plain(tag.get("caption", "title", "cap") or inner)
    if link := tag.get("link", "href"):
        sight.lose("caption", f"{src}: {link}")
    credit = plain(tag.get("attr", "credit", "attribution", "source"))
    alt = plain(tag.get("alt", "alttext", 1) or (caption if not tag.named else ""))
    shown = picture(src, alt, "" if caption == alt and not tag.named else caption, credit)
    return f"\n\n{shown}\n\n" if caption or credit or tag.name != "img" else shown


def player(page: str, title: str, sight: Sight) -> str | None:
    """A video by the address of its page."""
    src = frame_of(page)
    if not src:
        return None
    sight.frame(host_of(src))
    return f"\n\n{frame(src, title)}\n\n"


def youtube(tag: Tag, inner: str, sight: Sight) -> str | None:
    name = tag.get("id", "videoid", "video", 0)
    if not name:
        return None
    page = name if "/" in name else f"https://www.youtube.com/watch?v={name}"
    if start := tag.get("start"):
        page = f"{page}&t={start}"
    return player(page, tag.get("title", 1), sight)


def vimeo(tag: Tag, inner: str, sight: Sight) -> str | None:
    name = tag.get("id", 0)
    page = name if "/" in name else f"https://vimeo.com/{name}"
    return player(page, tag.get("title"), sight) if name else None


def shown_elsewhere(page: str, words: str, sight: Sight) -> str:
    """A link in the place of what another site showed."""
    sight.lose("embed", page)
    return f"[{escaped(words)}]({address(page)})"


def gist(tag: Tag, inner: str, sight: Sight) -> str | None:
    parts = [part for part in (tag.get("user", 0), tag.get("id", 1)) if part]
    path = "/".join(parts).removeprefix("https://gist.github.com/")
    return (
        shown_elsewhere(f"https://gist.github.com/{path}", f"Code: {path}", sight) if path else None
    )


def tweet(tag: Tag, inner: str, sight: Sight) -> str | None:
    name, user = tag.get("id", "url", "tweet", "tweet_id"), tag.get("user")
    name = name or tag.get(1) or tag.get(0)
    if not name:
        return None
    user = user or (tag.get(0) if tag.get(1) else "i")
    page = name if "/" in name else f"https://x.com/{user}/status/{name}"
    return shown_elsewhere(page, "A post on X", sight)


def instagram(tag: Tag, inner: str, sight: Sight) -> str | None:
    name = tag.get("id", 0)
    page = name if "/" in name else f"https://www.instagram.com/p/{name}/"
    return shown_elsewhere(page, "A post on Instagram", sight) if name else None


def code(language: str, text: str) -> str:
    """A box of code."""
    text = text.strip("\n")
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"\n\n{fence}{language}\n{text}\n{fence}\n\n"


def quoted(text: str, by: str = "") -> str:
    """A quotation, with whose it is."""
    lines = [*text.strip().split("\n"), *(["", f"— {by}"] if by else [])]
    return "\n\n" + "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"


def quotation(tag: Tag, inner: str, sight: Sight) -> str | None:
    text = inner if inner.strip() else tag.get("text", "quote")
    by = ", ".join(filter(None, (tag.get("author", "cite", "by"), tag.get("source", "title"))))
    return quoted(text, by) if text.strip() else None


def button(tag: Tag, inner: str, sight: Sight) -> str | None:
    href = tag.get("href", "url", "link")
    words = plain(inner) or tag.get("text", "label", "title")
    return f"[{escaped(words)}]({address(href)})" if href and words else None


def details(tag: Tag, inner: str, sight: Sight) -> str | None:
    title = plain(tag.get("summary", "title", 0)) or "Details"
    if not inner.strip():
        return None
    return (
        f"\n\n<details>\n<summary>{escaped(title)}</summary>\n\n{inner.strip()}\n\n</details>\n\n"
    )


def nothing(tag: Tag, inner: str, sight: Sight) -> str:
    return ""


COMMON: Mapping[str, Convert] = {
    "figure": figure,
    "img": figure,
    "image": figure,
    "picture": figure,
    "youtube": youtube,
    "vimeo": vimeo,
    "gist": gist,
    "tweet": tweet,
    "twitter": tweet,
    "x": tweet,
    "instagram": instagram,
    "quote": quotation,
    "blockquote": quotation,
    "pullquote": quotation,
    "button": button,
    "details": details,
    "toc": nothing,
}
"""Tags that mean the same wherever they are met."""
