"""Texts as Ghost's editors keep them (Mobiledoc, Lexical), as HTML: for exports without any.

Ghost keeps the HTML of each post beside them, so this is for what other programs have made.
Mobiledoc 0.3: https://github.com/bustle/mobiledoc-kit/blob/master/MOBILEDOC.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any, Protocol

from markdown_it import MarkdownIt

_STRESS = ((1, "strong"), (2, "em"), (4, "s"), (8, "u"), (16, "code"), (32, "sub"), (64, "sup"))
"""Bits of a Lexical text's format."""
_TAG = re.compile(r"h[1-6]|[uo]l")
_MAIL_ONLY = ("email", "email-cta", "tk")
"""Cards that readers of the site never see."""
_HALF = re.compile("[\ud800-\udfff]")
"""Half of an emoji: programs that count in UTF-16 cut texts there."""
_DEEPEST = 100
"""Levels of a Lexical text: what goes deeper was written by nobody."""


class Page(Protocol):
    """Who is told what could not be carried."""

    def lose(self, kind: str, detail: str) -> None: ...


def html_of(lexical: str, mobiledoc: str, page: Page) -> str:
    """The text of whichever there is. Raises ValueError for what is neither."""
    try:
        if lexical:
            return _Lexical(page).html(_object(lexical).get("root"))
        return _Mobiledoc(_object(mobiledoc), page).html() if mobiledoc else ""
    except RecursionError:
        raise ValueError("it is too deep") from None


def _object(text: str) -> Mapping[str, Any]:
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError("it is no object")
    return found


# Cards, which both have.


def _card(name: str, values: Mapping[str, Any], page: Page) -> str:
    name = name.removeprefix("card-")
    make = _CARDS.get(name)
    if make is None and name and name not in _MAIL_ONLY:
        page.lose("card", name)
    made = make(values) if make else ""
    return (
        f"<!--kg-gated-block:begin x-->{made}<!--kg-gated-block:end-->" if _gated(values) else made
    )


def _gated(values: Mapping[str, Any]) -> bool:
    """Whether a card is for some of the members."""
    found: Any = values.get("visibility")
    for name in ("web", "nonMember"):
        found = found.get(name) if _is_map(found) else None
    return found is False


def _said(values: Mapping[str, Any], *names: str) -> str:
    """The first of these values that is a text."""
    found = next((v for n in names if isinstance(v := values.get(n), str) and v), "")
    return _HALF.sub("", found)


def _image(values: Mapping[str, Any]) -> str:
    caption = _said(values, "caption")
    shown = f'<img src="{escape(_said(values, "src"))}" alt="{escape(_said(values, "alt"))}">'
    if href := _said(values, "href"):
        shown = f'<a href="{escape(href)}">{shown}</a>'
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f"<figure>{shown}{below}</figure>"


def _gallery(values: Mapping[str, Any]) -> str:
    images = "".join(_image(image) for image in values.get("images") or () if _is_map(image))
    caption = _said(values, "caption")
    return images + (f"<p>{caption}</p>" if caption else "")


def _markdown(values: Mapping[str, Any]) -> str:
    parser = MarkdownIt("commonmark").enable("table")
    return str(parser.render(_said(values, "markdown")))


def _code(values: Mapping[str, Any]) -> str:
    language = escape(_said(values, "language"))
    caption = _said(values, "caption")
    code = f'<pre><code class="language-{language}">{escape(_said(values, "code"))}</code></pre>'
    return code + (f"<p>{caption}</p>" if caption else "")


def _embed(values: Mapping[str, Any]) -> str:
    caption = _said(values, "caption")
    return _said(values, "html") + (f"<p>{caption}</p>" if caption else "")


def _linked(values: Mapping[str, Any]) -> str:
    about = values.get("metadata")
    named = {**(about if isinstance(about, dict) else {}), **values}
    href = _said(named, "url", "src", "buttonUrl")
    label = _said(named, "title", "buttonText", "fileTitle", "fileName") or href
    more = _said(named, "caption")
    linked = f'<p><a href="{escape(href)}">{escape(label)}</a></p>' if href else ""
    return linked + (f"<p>{more}</p>" if linked and more else "")


def _toggled(values: Mapping[str, Any]) -> str:
    head, text = _said(values, "heading"), _said(values, "content")
    return f"<details><summary>{head}</summary>{text}</details>"


def _called(values: Mapping[str, Any]) -> str:
    return f"<blockquote>{_said(values, 'calloutText')}</blockquote>"


def _raw(values: Mapping[str, Any]) -> str:
    return _said(values, "html")


_CARDS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "image": _image,
    "gallery": _gallery,
    "html": _raw,
    "markdown": _markdown,
    "code": _code,
    "codeblock": _code,
    "embed": _embed,
    "hr": lambda values: "<hr>",
    "horizontalrule": lambda values: "<hr>",
    "callout": _called,
    "toggle": _toggled,
    "paywall": lambda values: "<!--members-only-->",
    **dict.fromkeys(("bookmark", "button", "file", "audio", "video"), _linked),
}


def _is_map(value: Any) -> bool:
    return isinstance(value, dict)


# Mobiledoc.


class _Mobiledoc:
    def __init__(self, values: Mapping[str, Any], page: Page) -> None:
        self._page = page
        self._markups = values.get("markups") or []
        self._cards = values.get("cards") or []
        self._atoms = values.get("atoms") or []
        self._sections = values.get("sections") or []

    def html(self) -> str:
        try:
            return "".join(map(self._section, self._sections))
        except (IndexError, TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"it is no Mobiledoc: {error}") from None

    def _section(self, section: Sequence[Any]) -> str:
        kind, first, *rest = section
        if kind == 1:
            name = "blockquote" if first == "aside" else first
            return f"<{name}>{self._line(rest[0])}</{name}>"
        if kind == 2:
            return _image({"src": first})
        if kind == 3:
            entries = "".join(f"<li>{self._line(line)}</li>" for line in rest[0])
            return f"<{first}>{entries}</{first}>"
        name, values = self._cards[first][:2]
        return _card(name, values, self._page)

    def _line(self, markers: Sequence[Sequence[Any]]) -> str:
        parts, opened = [], []
        for kind, starts, ends, value in markers:
            for number in starts:
                name, *more = self._markups[number]
                pairs = more[0] if more else []
                said = zip(pairs[::2], pairs[1::2], strict=False)
                parts.append(" ".join([f"<{name}", *(f'{k}="{escape(v)}"' for k, v in said)]) + ">")
                opened.append(name)
            parts.append(_text(value) if kind == 0 else self._atom(value))
            parts += [f"</{opened.pop()}>" for _ in range(min(ends, len(opened)))]
        return "".join(parts)

    def _atom(self, number: int) -> str:
        name, text = self._atoms[number][:2]
        return "<br>" if name == "soft-return" else _text(text)


def _text(value: str) -> str:
    return escape(_HALF.sub("", value), quote=False)


# Lexical.


class _Lexical:
    def __init__(self, page: Page) -> None:
        self._page = page

    def html(self, node: Any, depth: int = 0) -> str:
        if not _is_map(node) or depth > _DEEPEST:
            return ""
        kind = _said(node, "type").removeprefix("extended-")
        if kind == "text":
            return _stressed(node)
        if kind == "linebreak":
            return "<br>"
        if kind in _CARDS:
            return _card(kind, node, self._page)
        children = node.get("children")
        if not isinstance(children, list):
            return _card(kind, node, self._page)
        inner = "".join(self.html(child, depth + 1) for child in children)
        if kind in ("link", "autolink"):
            return f'<a href="{escape(_said(node, "url"))}">{inner}</a>'
        name = _ELEMENTS.get(kind, "")
        if kind in ("heading", "list") and _TAG.fullmatch(_said(node, "tag")):
            name = _said(node, "tag")
        return f"<{name}>{inner}</{name}>" if name else inner


_ELEMENTS: Mapping[str, str] = {
    "paragraph": "p",
    "listitem": "li",
    "quote": "blockquote",
    "aside": "blockquote",
    "heading": "h2",
    "list": "ul",
}


def _stressed(node: Mapping[str, Any]) -> str:
    text, bits = _text(_said(node, "text")), node.get("format")
    for bit, name in _STRESS:
        if isinstance(bits, int) and bits & bit:
            text = f"<{name}>{text}</{name}>"
    return text
