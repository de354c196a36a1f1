"""Prose finished from plain HTML, without tokens: quotation marks, links, headings, words."""

from __future__ import annotations

import re
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore, smartquotes
from markdown_it.token import Token

from sitegen import urls
from sitegen.model import REF
from sitegen.read.headings import Heading, Names, lowered
from sitegen.read.links import Linker
from sitegen.read.words import Rendered, count, shorten

# A wide table scrolls in itself; with a keyboard too (WCAG 2.1.1).
TABLE, TABLE_END = '<div class="table" tabindex="0"><table>\n', "</table></div>\n"
SIDES = {"left": "align-start", "center": "align-center", "right": "align-end"}
"""The classes of cells, by where their text stands."""
_SIDE = re.compile(r'<(t[dh]) style="text-align:(left|center|right)">')
_TAG = re.compile(r"<[^>]*>")
_PIECE = re.compile(r"(<[^>]*>|\n)")
_WITHIN = re.compile(r"</?(?:em|strong|a)\b")
_LINK = re.compile(r'<a href="([^"]*)"([^>]*)>')
_OURS = f'<a href="{REF}'
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_BLOCK = r"</?(?:p|[uo]l|li|blockquote|h[1-6r]|div)\b"
_ENDED = r"<li>|</(?:h[1-6]|[uo]l|blockquote)>\n|<hr>\n"
_PARAGRAPH = re.compile(
    rf"<p>(.*?)</p>|(?:{_ENDED})(?!\n|{_BLOCK})(.*?)(?=</li>|\n{_BLOCK})", re.DOTALL
)
"""With tags around it, or bare in the item of a tight list."""
_APOSTROPHE = re.compile(r"'(?<=[^\W_]')(?=[^\W_])")
"""Within a word: it is no quotation mark, whatever stands around it."""
_IN_TAG = re.compile(r"<[^>']*'")


def prose(html: str, parser: MarkdownIt, linker: Linker, top: int) -> Rendered:
    """What becomes of a text whose HTML is `html`: paragraphs, headings, quotations, lists, tables.

    The HTML is as CommonMark has it, without code and pictures. `parser` knows the
    language's quotation marks; `top` is the level of the first heading.
    """
    headings: list[Heading] = []
    html = _linked(_headed(_typeset(html, parser), top, headings), linker)
    if "<table>" in html:
        html = _framed(html)
    return Rendered(html, count(_TAG.sub("", html)), _excerpt(html), headings)


def prose_line(html: str, parser: MarkdownIt, linker: Linker) -> str:
    """The same of a text that is a single paragraph, without the paragraph."""
    return _linked(_typeset(html, parser), linker)[len("<p>") : -len("</p>\n")]


def _typeset(html: str, parser: MarkdownIt) -> str:
    """With the quotation marks of the language: where there are more than apostrophes, the
    reference sets them, which is shown the texts of each paragraph and how deep they stand.
    """
    if _IN_TAG.search(html):
        parts = _PIECE.split(html)
        html = "".join(each if each[:1] == "<" else _APOSTROPHE.sub("’", each) for each in parts)
    else:
        html = _APOSTROPHE.sub("’", html)
    if "'" not in html and "&quot;" not in html:
        return html
    pieces = _PIECE.split(html)
    texts: dict[int, Token] = {}
    blocks: list[Token] = []
    children: list[Token] = []
    level = 0
    for index, piece in enumerate(pieces):
        if not piece.startswith(("<", "\n")):
            texts[index] = Token("text", "", 0, level=level, content=unescape(piece))
            children.append(texts[index])
        elif piece == "\n" or piece == "<br>":
            children.append(Token("softbreak", "br", 0, level=level))
        elif _WITHIN.match(piece):
            level += -1 if piece[1] == "/" else 1
        else:
            content = "".join([child.content for child in children])
            blocks.append(Token("inline", "", 0, content=content, children=children))
            children = []
    smartquotes(StateCore("", parser, {}, blocks))
    for index, token in texts.items():
        pieces[index] = escapeHtml(token.content)
    return "".join(pieces)


def _linked(html: str, linker: Linker) -> str:
    def link(found: re.Match[str]) -> str:
        href = linker.link(unescape(found[1]))
        rel = linker.rel(href)
        shown = f' rel="{rel}"' if rel else ""
        return f'<a href="{escapeHtml(href)}"{found[2]}{shown}>'

    return _LINK.sub(link, html) if "<a " in html else html


def _headed(html: str, top: int, headings: list[Heading]) -> str:
    """With its headings below those of the page, as `lower_headings`; each gets an id."""
    names, highest = Names(()), 6

    def head(found: re.Match[str]) -> str:
        nonlocal highest
        highest = min(highest, int(found[1]))
        level = lowered(int(found[1]), highest, top)
        text = " ".join(unescape(_TAG.sub("", found[2])).split())
        name = names.name(text)
        headings.append({"level": level, "id": name, "text": text})
        return f'<h{level} id="{name}">{found[2]}</h{level}>'

    return _HEADING.sub(head, html)


def _framed(html: str) -> str:
    html = html.replace("<table>\n", TABLE).replace("</table>\n", TABLE_END)
    return _SIDE.sub(lambda found: f'<{found[1]} class="{SIDES[found[2]]}">', html)


def _excerpt(html: str) -> str:
    """How the first paragraph begins that has words which readers may know.

    Labels that are addresses of this site are left out: whether there is such a page is not known
    before it is shown.
    """
    for found in _PARAGRAPH.finditer(html):
        ours, kept = False, []
        for piece in _PIECE.split(found[1] or found[2] or ""):
            if piece.startswith("<a "):
                ours = piece.startswith(_OURS)
            elif piece == "</a>":
                ours = False
            elif not piece.startswith("<") and not (ours and urls.is_address(unescape(piece))):
                kept.append(piece)
        if text := " ".join(unescape("".join(kept)).split()):
            return shorten(text)
    return ""
