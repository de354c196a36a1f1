"""Markdown to HTML, and what is learnt on the way: headings, links, words, the first paragraph.

CommonMark 0.31 by markdown-it-py, with tables, strikethrough, footnotes, definition lists, task
lists, heading ids and the quotation marks of the language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from sitegen import urls
from sitegen.model import REF
from sitegen.read.links import Linker
from sitegen.read.sanitise import sanitise, trusted

Html = Literal["sanitize", "escape", "trust"]

EXCERPT = 200
"""Characters of the first paragraph that stand in for a missing summary."""

_QUOTES = {
    "de": "„“‚‘",
    "fr": ["«\xa0", "\xa0»", "‹\xa0", "\xa0›"],
    "es": "«»“”",
    "it": "«»“”",
    "pt": "«»“”",
    "ru": "«»„“",
    "uk": "«»„“",
    "pl": "„”‚’",
    "cs": "„“‚‘",
    "sv": "””’’",
    "fi": "””’’",
    "da": "»«›‹",
    "ar": "«»‹›",
    "fa": "«»‹›",
    "el": "«»“”",
}
_UNSPACED = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003134f]"
)
"""Kana, Han, Hangul."""
_CHECKBOX = '<input class="task-list-item-checkbox"'
_IDS_OF_THEMES = ("main", "corrections", "email")
"""Ids that others link to, or the page itself; the theme's others begin with `block-`."""

_SPECIAL = re.compile(r"""[\\`*_~\[\]<>&"'!^\n\t]""")


class Pictured(NamedTuple):
    """What a picture in a text says to those who cannot see it."""

    alt: str
    title: str
    line: int
    """Of the text, from 0."""


@dataclass(slots=True)
class Rendered:
    """One Markdown text as HTML, its links still unresolved (see `links`)."""

    html: str
    words: int = 0
    excerpt: str = ""
    headings: list[dict[str, str | int]] = field(default_factory=list)
    pictures: list[Pictured] = field(default_factory=list)


@lru_cache(maxsize=32)
def _parser(lang: str, raw_html: bool, whole: bool) -> MarkdownIt:
    base = lang.partition("-")[0].lower()
    quotes = _QUOTES.get(base, "“”‘’")
    options = {"html": raw_html, "typographer": True, "quotes": quotes, "xhtmlOut": False}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough", "smartquotes"])
    for name, html in _FRAMES.items():
        parser.add_render_rule(name, _frame(html))
    for name in ("fence", "code_block"):
        parser.add_render_rule(name, _code(name))
    deflist_plugin(parser)
    if whole:
        footnote_plugin(parser)
        for name, html in _FOOTNOTES.items():
            parser.add_render_rule(name, _frame(html))
        tasklists_plugin(parser, label=True)
    return parser


# A wide table or a long line of code scrolls in itself; with a keyboard too (WCAG 2.1.1).
_FRAMES = {
    "table_open": '<div class="table" tabindex="0"><table>\n',
    "table_close": "</table></div>\n",
}
_FOOTNOTES = {
    "footnote_block_open": '<hr>\n<div class="footnotes">\n<ol class="footnotes-list">\n',
    "footnote_block_close": "</ol>\n</div>\n",
}


Rule = Callable[[RendererHTML, Sequence[Token], int, OptionsDict, EnvType], str]


def _frame(html: str) -> Rule:
    def rule(
        self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        return html

    return rule


def _code(name: str) -> Rule:
    """The renderer's own rule called `name`, its box in reach of the keyboard."""
    usual = getattr(RendererHTML, name)

    def rule(
        self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        html = str(usual(self, tokens, idx, options, env))
        return html.replace("<pre", '<pre tabindex="0"', 1)

    return rule


def render_text(text: str, lang: str, linker: Linker, mode: Html) -> Rendered:
    """The body of an article or page."""
    return _render(text, lang, linker, mode, whole=True)


def render_blocks(text: str, lang: str, linker: Linker, mode: Html) -> str:
    """A field that may hold several paragraphs, such as an answer; it has no footnotes."""
    line = text.rstrip()
    if line[:1].isalpha() and "\n" not in line and "<" not in line:  # nothing but a paragraph
        return f"<p>{render_inline(line, lang, linker, mode)}</p>\n"
    return _render(text, lang, linker, mode, whole=False).html


def render_inline(text: str, lang: str, linker: Linker, mode: Html) -> str:
    """A field of one line, such as a key point."""
    if _is_plain(text):
        return text
    parser = _parser(lang, mode != "escape", whole=False)
    tokens = parser.parseInline(text)
    raw = _settle(tokens, linker, mode)
    html = parser.renderer.render(tokens, parser.options, {})
    return sanitise(html, raw, linker) if raw and mode == "sanitize" else html


def _is_plain(text: str) -> bool:
    """No character that Markdown or HTML gives a meaning: most fields are, and need no parser.

    A tenth of all reading is saved; a test compares with the parser over random texts.
    """
    return not _SPECIAL.search(text) and text == text.strip()


def _render(text: str, lang: str, linker: Linker, mode: Html, *, whole: bool) -> Rendered:
    parser = _parser(lang, mode != "escape", whole)
    env: dict[str, object] = {}
    tokens = parser.parse(text, env)
    raw = _settle(tokens, linker, mode)
    result = Rendered("")
    if whole:
        result.words, result.excerpt = _count(tokens)
        result.headings = _name_headings(tokens)
        result.pictures = list(_pictures(tokens))
    result.html = parser.renderer.render(tokens, parser.options, env)
    if raw and mode == "sanitize":
        result.html = sanitise(result.html, raw, linker)
    return result


def _settle(tokens: Sequence[Token], linker: Linker, mode: Html) -> list[str]:
    """Hand links and pictures to `linker`, align cells by class; return the raw HTML there is."""
    raw: list[str] = []
    for token in tokens:
        if token.children:
            for child in token.children:
                if child.type != "text":
                    _settle_one(child, linker, mode, raw)
        else:
            _settle_one(token, linker, mode, raw)
    return raw


def _settle_one(token: Token, linker: Linker, mode: Html, raw: list[str]) -> None:
    kind = token.type
    if kind == "link_open":
        href = linker.link(str(token.attrs.get("href", "")))
        token.attrs["href"] = href
        if rel := linker.rel(href):
            token.attrs["rel"] = rel
    elif kind == "image":
        token.attrs["src"] = linker.picture(str(token.attrs.get("src", "")))
        token.attrs["loading"] = "lazy"
    elif kind in ("html_block", "html_inline"):
        if not token.content.startswith((_CHECKBOX, "<label>", "</label>")):
            raw.append(token.content)
            if mode == "trust":
                token.content = trusted(token.content, linker)
    elif kind in ("th_open", "td_open") and "style" in token.attrs:
        side = str(token.attrs.pop("style")).removeprefix("text-align:")
        token.attrs["class"] = f"align-{ {'left': 'start', 'right': 'end'}.get(side, side) }"


def _text_of(token: Token) -> str:
    parts = []
    for child in token.children or ():
        if child.type in ("text", "code_inline", "text_special"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "image":
            parts.append(child.content)
    return "".join(parts)


def _count(tokens: Sequence[Token]) -> tuple[int, str]:
    """Words, and the beginning of the first paragraph.

    Spaces part words; where there are none between words, as in Chinese, each character is one.
    """
    words, excerpt = 0, ""
    for index, token in enumerate(tokens):
        if token.type != "inline":
            continue
        written = _text_of(token)
        text = written.split()
        words += len(text)
        if not written.isascii() and (characters := len(_UNSPACED.findall(written))):
            words += characters + len(_UNSPACED.sub(" ", written).split()) - len(text)
        if not excerpt and text and tokens[index - 1].type == "paragraph_open":
            excerpt = _shorten(" ".join(_without_addresses(token).split()))
    return words, excerpt


def _without_addresses(token: Token) -> str:
    """The words of a paragraph but for labels that are addresses of this site: whether readers
    may know of such a page is not known before it is rendered."""
    ours = False
    kept = []
    for child in token.children or ():
        if child.type == "link_open":
            ours = str(child.attrs["href"]).startswith(REF)
        elif child.type == "link_close":
            ours = False
        if not (ours and urls.is_address(child.content)):
            kept.append(child)
    return _text_of(replace(token, children=kept))


def _pictures(tokens: Sequence[Token]) -> Iterator[Pictured]:
    line = 0
    for token in tokens:
        line = token.map[0] if token.map else line
        for child in token.children or ():
            if child.type == "image":
                yield Pictured(child.content, str(child.attrs.get("title", "")), line)


def _shorten(text: str) -> str:
    if len(text) <= EXCERPT:
        return text
    head = text[:EXCERPT]
    return f"{head[: head.rfind(' ')] if ' ' in head else head}…"


def _name_headings(tokens: Sequence[Token]) -> list[dict[str, str | int]]:
    """Give every heading an id that its text decides, and list them."""
    headings: list[dict[str, str | int]] = []
    taken = dict.fromkeys(_IDS_OF_THEMES, 1)
    below_title = any(token.tag == "h1" for token in tokens)
    for index, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        text = " ".join(_text_of(tokens[index + 1]).split())
        name = urls.slug_of(text) or "part"
        taken[name] = taken.get(name, 0) + 1
        if taken[name] > 1:
            name = f"{name}-{taken[name]}"
        if below_title:  # the page's one h1 is its headline
            tokens[index + 2].tag = token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"
        token.attrs["id"] = name
        headings.append({"level": int(token.tag[1]), "id": name, "text": text})
    return headings
