"""Raw HTML in articles: what may stay, and a tally of what was taken out. Owns nh3."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from html import unescape
from html.parser import HTMLParser

import nh3

from sitegen.read.links import REF, Linker

_TAGS = nh3.ALLOWED_TAGS | {"input", "label", "section", "tfoot", "picture", "source"}
_ATTRIBUTES = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()}
_ATTRIBUTES["*"] = {"id", "class", "lang", "dir", "title"}
_ATTRIBUTES.setdefault("a", set()).update({"rel", "hreflang"})
_ATTRIBUTES["img"] = {"src", "alt", "width", "height", "loading"}
_ATTRIBUTES["input"] = {"type", "checked", "disabled"}
_ATTRIBUTES["div"] = _ATTRIBUTES["pre"] = {"tabindex"}
_ATTRIBUTES["details"] = {"open"}
_ATTRIBUTES["time"] = {"datetime"}
_ATTRIBUTES["data"] = {"value"}
_ATTRIBUTES["ol"] = {"start", "type", "reversed"}
for _tag in ("table", "thead", "tbody", "tfoot", "tr", "td", "th", "col", "colgroup", "hr"):
    _ATTRIBUTES[_tag] = _ATTRIBUTES.get(_tag, set()) & {"colspan", "rowspan", "headers", "scope"}
_ATTRIBUTES["th"].add("scope")
_SCHEMES = {"http", "https", "mailto", "tel", REF.rstrip(":")}


_SHORTCODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_EXTERNAL = re.compile(r'<a\b(?![^>]*\srel=)([^>]*)\shref="((?:https?:)?//[^"]*)"')


def sanitise(html: str, raw: Iterable[str], linker: Linker) -> str:
    """`html` without what could run, frame or restyle; `linker` counts what was removed."""

    def resolve(tag: str, name: str, value: str) -> str | None:
        if name == "href":
            return linker.link(value)
        if name == "src":
            return linker.picture(value)
        if name == "type" and tag == "input":
            return value if value == "checkbox" else None
        return value

    def with_rel(match: re.Match[str]) -> str:
        rel = linker.rel(unescape(match[2]))
        return f'{match[0]} rel="{rel}"' if rel else match[0]

    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=resolve,
        link_rel=None,
        url_schemes=_SCHEMES,
    )
    tally = _Tally(linker.removed)
    for part in raw:
        tally.feed(_SHORTCODE.sub("", part))  # those are reported by themselves
    return _EXTERNAL.sub(with_rel, clean)


def words_of(html: str) -> str:
    """The words of a piece of HTML, as text."""
    return unescape(nh3.clean(html, tags=set()))


class _Tally(HTMLParser):
    """Counts what the rules above take out. It decides nothing: nh3 does."""

    def __init__(self, removed: Counter[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.removed = removed

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self.removed[f"<{tag}>"] += 1
            return
        allowed = _ATTRIBUTES["*"] | _ATTRIBUTES.get(tag, set())
        for name, value in attrs:
            scheme = (value or "").split(":")[0].strip().lower() if ":" in (value or "") else ""
            if name not in allowed:
                self.removed[f'{name}=""'] += 1
            elif name in ("href", "src") and scheme in ("javascript", "data", "vbscript"):
                self.removed[f"{scheme}: address"] += 1
