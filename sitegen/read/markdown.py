"""Markdown to HTML, and what is learnt on the way: headings, links, words, the first paragraph.

CommonMark 0.31 by markdown-it-py, with tables, strikethrough, footnotes, definition lists, task
lists, heading ids and the quotation marks of the language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from sitegen import urls
from sitegen.model import REF
from sitegen.read.headings import Heading, Names, ids_of, lower_headings, lower_raw_headings
from sitegen.read.links import Linker
from sitegen.read.prose import SIDES, TABLE, TABLE_END, prose, prose_line
from sitegen.read.quick import html_of, html_of_line, quick_plugin
from sitegen.read.sanitise import sanitise, trusted
from sitegen.read.tasks import tasks_plugin
from sitegen.read.words import Pictured, Rendered, count, shorten

Html = Literal["sanitize", "escape", "trust"]

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
_CAPTION = "picture_caption"
CREDIT = " | "
"""Parts a picture's title into caption and credit: `![…](a.jpg "The harbour | Photo: A. Moe")`."""
BELOW_HEADLINE, BELOW_FIELD = 2, 3
"""Levels of the first heading in a text, and in a field, which has one above it in the page."""

_PARAGRAPH = re.compile(r"(?!\d+[.)])[^\W_][^\n<]*")
_SPECIAL = re.compile(r"""[\\`*_~\[\]<>&"'!^\n\t]""")


@lru_cache(maxsize=32)
def _parser(lang: str, raw_html: bool, whole: bool) -> MarkdownIt:
    base = lang.partition("-")[0].lower()
    quotes = _QUOTES.get(base, "“”‘’")
    options = {"html": raw_html, "typographer": True, "quotes": quotes, "xhtmlOut": False}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough", "smartquotes"])
    for name, html in _FRAMES.items():
        parser.add_render_rule(name, _frame(html))
    parser.add_render_rule(_CAPTION, _figure)
    for name in ("fence", "code_block"):
        parser.add_render_rule(name, _code(name))
    deflist_plugin(parser)
    if whole:
        footnote_plugin(parser)
        for name, html in _FOOTNOTES.items():
            parser.add_render_rule(name, _frame(html))
        tasks_plugin(parser)
    quick_plugin(parser)
    return parser


def _figure(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """What stands below a picture: its caption, and who made it."""
    caption, credit = tokens[idx].content, tokens[idx].info
    made_by = f" <small>{escapeHtml(credit)}</small>" if credit else ""
    return f"<figcaption>{escapeHtml(caption)}{made_by}</figcaption>"


_FRAMES = {"table_open": TABLE, "table_close": TABLE_END}
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
    """The renderer's own rule called `name`: a long line scrolls in itself, like a table."""
    usual = getattr(RendererHTML, name)

    def rule(
        self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        html = str(usual(self, tokens, idx, options, env))
        return html.replace("<pre", '<pre tabindex="0"', 1)

    return rule


def render_text(text: str, lang: str, linker: Linker, mode: Html) -> Rendered:
    """The body of an article or page."""
    return _render(text, lang, linker, mode, whole=True, top=BELOW_HEADLINE)


def render_opening(text: str, lang: str, linker: Linker, mode: Html, paragraphs: int) -> Rendered:
    """How a text begins: its first paragraphs, at most so many and never its last part."""
    parser = _parser(lang, mode != "escape", whole=True)
    env: dict[str, object] = {}
    tokens = list(_opening(parser.parse(text, env), paragraphs))
    raw = _settle(tokens, linker, mode)
    _, excerpt = _count(tokens)
    _make_figures(tokens)
    html = parser.renderer.render(tokens, parser.options, env)
    if raw and mode == "sanitize":
        html = _sanitised(html, raw, linker, BELOW_HEADLINE)
    return Rendered(html, 0, excerpt)


def _opening(tokens: Sequence[Token], paragraphs: int) -> Iterator[Token]:
    last = max(
        (i for i, token in enumerate(tokens) if token.level == 0 and token.nesting >= 0), default=0
    )
    begins = [i for i, t in enumerate(tokens[:last]) if t.type == "paragraph_open" and t.level == 0]
    for index in begins[:paragraphs]:
        text = tokens[index + 1]
        text.children = [c for c in text.children or () if c.type != "footnote_ref"]
        yield from tokens[index : index + 3]


def render_blocks(text: str, lang: str, linker: Linker, mode: Html, top: int = BELOW_FIELD) -> str:
    """A field that may hold several paragraphs, such as an answer; it has no footnotes.

    `top` is the level of its first heading.
    """
    line = text.rstrip()
    if _PARAGRAPH.fullmatch(line):  # and nothing else
        return f"<p>{render_inline(line, lang, linker, mode)}</p>\n"
    return _render(text, lang, linker, mode, whole=False, top=top).html


def render_inline(text: str, lang: str, linker: Linker, mode: Html) -> str:
    """A field of one line, such as a key point."""
    if _is_plain(text):
        return text
    parser = _parser(lang, mode != "escape", whole=False)
    if html := html_of_line(text):
        return prose_line(html, parser, linker)
    tokens = parser.parseInline(text)
    raw = _settle(tokens, linker, mode)
    html = parser.renderer.render(tokens, parser.options, {})
    return _sanitised(html, raw, linker, BELOW_FIELD) if raw and mode == "sanitize" else html


def _is_plain(text: str) -> bool:
    """No character that Markdown or HTML gives a meaning: most fields are, and need no parser.

    A tenth of all reading is saved; a test compares with the parser over random texts.
    """
    return not _SPECIAL.search(text) and text == text.strip()


def _sanitised(html: str, raw: Sequence[str], linker: Linker, top: int) -> str:
    return lower_raw_headings(sanitise(html, raw, linker), top)


def _render(text: str, lang: str, linker: Linker, mode: Html, *, whole: bool, top: int) -> Rendered:
    parser = _parser(lang, mode != "escape", whole)
    if whole and (html := html_of(text)):
        return prose(html, parser, linker, top)
    env: dict[str, object] = {}
    tokens = parser.parse(text, env)
    raw = _settle(tokens, linker, mode)
    lower_headings(tokens, top)
    result = Rendered("")
    if whole:
        result.words, result.excerpt = _count(tokens)
        result.headings = _name_headings(tokens, raw)
        result.pictures = list(_pictures(tokens))
    _make_figures(tokens)
    result.html = parser.renderer.render(tokens, parser.options, env)
    if raw and mode == "sanitize":
        result.html = _sanitised(result.html, raw, linker, top)
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
        raw.append(token.content)
        if mode == "trust":
            token.content = trusted(token.content, linker)
    elif kind in ("th_open", "td_open") and "style" in token.attrs:
        side = str(token.attrs.pop("style")).removeprefix("text-align:")
        token.attrs["class"] = SIDES[side]


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
    """Words, and the beginning of the first paragraph."""
    words, excerpt = 0, ""
    for index, token in enumerate(tokens):
        if token.type != "inline":
            continue
        found = count(_text_of(token))
        words += found
        if not excerpt and found and tokens[index - 1].type == "paragraph_open":
            excerpt = shorten(" ".join(_without_addresses(token).split()))
    return words, excerpt


def _pictures(tokens: Sequence[Token]) -> Iterator[Pictured]:
    line = 0
    for token in tokens:
        line = token.map[0] if token.map else line
        for child in token.children or ():
            if child.type == "image":
                yield Pictured(child.content, str(child.attrs.get("title", "")), line)


def _make_figures(tokens: Sequence[Token]) -> None:
    """A picture that has a title, and a paragraph for itself, is a figure with a caption."""
    for index, token in enumerate(tokens):
        if token.type != "inline" or tokens[index - 1].type != "paragraph_open":
            continue
        children = token.children or []
        if len(children) != 1 or children[0].type != "image" or tokens[index - 1].hidden:
            continue
        if title := str(children[0].attrs.pop("title", "")).strip():
            before, mark, credit = title.rpartition(CREDIT)
            content = before if mark else title
            caption = Token(_CAPTION, "", 0, content=content, info=credit if mark else "")
            token.children = [*children, caption]
            tokens[index - 1].tag = tokens[index + 1].tag = "figure"


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


def _name_headings(tokens: Sequence[Token], raw: Iterable[str]) -> list[Heading]:
    """Give every heading an id, and list them."""
    headings: list[Heading] = []
    names = Names(id for html in raw for id in ids_of(html))
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            text = " ".join(_text_of(tokens[index + 1]).split())
            token.attrs["id"] = name = names.name(text)
            headings.append({"level": int(token.tag[1]), "id": name, "text": text})
    return headings
