"""Raw HTML in articles: what may stay, and a tally of what was taken out. Owns nh3."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

import nh3

from sitegen.model import REF
from sitegen.read.links import Linker

_TAGS = nh3.ALLOWED_TAGS | {
    "iframe",
    "input",
    "label",
    "section",
    "tfoot",
    "picture",
    "source",
}
_ATTRIBUTES = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()}
_ATTRIBUTES["*"] = {"id", "class", "lang", "dir", "title"}
_ATTRIBUTES.setdefault("a", set()).update({"rel", "hreflang"})
_ATTRIBUTES["img"] = {"src", "alt", "width", "height", "loading"}
_ATTRIBUTES["iframe"] = {"src"}
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


_SHORTCODE = re.compile(r"\{\{[^{}]*\}\}|\{%[^%]*%\}")
_FRAME = re.compile(r'<iframe((?:\s[\w-]+="[^"]*")*)>.*?</iframe>', re.DOTALL)
_VALUE = re.compile(r'\s(src|title)="([^"]*)"')
_TRUSTED_ANCHOR = re.compile(r"""(?i)<a\b([^>]*?)\shref\s*=\s*("[^"]*"|'[^']*')""")
_BETWEEN_WORDS = re.compile(
    r"(?i)<(?=/?(?:address|article|blockquote|br|d[dlt]|div|figcaption|figure|h[1-6r]|li|ol|p|pre"
    r"|section|table|t[dhr]|ul)\b)"
)
"""Where a tag begins that also ends the word before it."""
_CLOSED = re.compile(r"(?i)</a\s*>")
_EXTERNAL = re.compile(r'<a\b(?![^>]*\srel=)([^>]*)\shref="((?:https?:)?//[^"]*)"')


def sanitise(html: str, raw: Iterable[str], linker: Linker) -> str:
    """`html` without what could run, frame or restyle; `linker` counts what was removed."""

    def resolve(tag: str, name: str, value: str) -> str | None:
        if name == "href":
            return linker.link(value)
        if name == "src" and tag == "iframe":
            return value if linker.frames(value) else None
        if name == "src":
            return linker.picture(value) if tag in ("img", "source") else None
        if name == "cite":  # an address that nobody sees, and that may be one of ours
            return value if linker.rel(value) else None
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
    tally = _Tally(linker)
    for part in raw:
        tally.feed(_SHORTCODE.sub("", part))  # those are reported by themselves
    return _EXTERNAL.sub(with_rel, _FRAME.sub(_embed, clean))


def trusted(html: str, linker: Linker) -> str:
    """Raw HTML that is trusted, untouched but for links within the site.

    They too must lead nowhere as long as what they lead to is held back.
    """

    def anchor(match: re.Match[str]) -> str:
        href = linker.link(unescape(match[2][1:-1]))
        before = f" {match[1].strip()}" if match[1].strip() else ""
        return f'<a{before} href="{href}"' if href.startswith(REF) else match[0]

    return _CLOSED.sub("</a>", _TRUSTED_ANCHOR.sub(anchor, html))


def _embed(frame: re.Match[str]) -> str:
    """A frame as a link to what it shows: a theme's script opens it in place when asked to.

    So nothing is fetched from another host, and readers without scripts can follow the link.
    """
    values = dict(_VALUE.findall(frame[1]))
    if "src" not in values:
        return ""
    address = values["src"] if values["src"].startswith("https:") else f"https:{values['src']}"
    host = escape(urlsplit(unescape(address)).hostname or "")
    title = escape(unescape(values.get("title", "")).strip()) or host
    link = f'<a class="embed" href="{address}" rel="external noopener">{title}</a>'
    return link if title == host else f"{link} <small>{host}</small>"


def words_of(html: str) -> str:
    """The words of a piece of HTML, as text: those of two paragraphs do not run together."""
    return unescape(nh3.clean(_BETWEEN_WORDS.sub(" <", html), tags=set()))


class _Tally(HTMLParser):
    """Counts what the rules above take out. It decides nothing: nh3 does."""

    def __init__(self, linker: Linker) -> None:
        super().__init__(convert_charrefs=True)
        self._linker = linker
        self.removed = linker.removed

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        framed = tag == "iframe" and not self._linker.frames(dict(attrs).get("src") or "")
        if tag not in _TAGS or framed:
            self.removed[f"<{tag}>"] += 1
            return
        if tag == "iframe":
            return  # its sizes and permissions are the theme's
        allowed = _ATTRIBUTES["*"] | _ATTRIBUTES.get(tag, set())
        for name, value in attrs:
            scheme = (value or "").split(":")[0].strip().lower() if ":" in (value or "") else ""
            if name not in allowed:
                self.removed[f'{name}=""'] += 1
            elif name in ("href", "src") and scheme in ("javascript", "data", "vbscript"):
                self.removed[f"{scheme}: address"] += 1
