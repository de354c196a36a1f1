"""Markdown parsed by the reference's Rust port, where both make the same of it. Owns the port.

markdown-it-py is the reference, and its tokens are what most of our own rules work on. The port,
which only `sitegen[fast]` brings, parses in a tenth of the time: texts of nothing but prose are
finished from its HTML, others from its tree, which becomes the same tokens. It follows the same
algorithm and differs in corners: so it gets no text that has such a corner, as `is_plain` says,
and what it made of an odd address or of too deep a nest is thrown away.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import unescape
from itertools import accumulate
from typing import TYPE_CHECKING, TypeVar

import markdown_it
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore, block, inline, normalize, smartquotes
from markdown_it.token import Token

from sitegen.read.tokens import ADDRESS, DEEPEST, tokens_of_tree

if TYPE_CHECKING:
    import markdown_it_pyrs

T = TypeVar("T")

TESTED = {("0.4.0", "4.3.0")}
"""Versions of port and reference that the tests compared. With others the reference parses."""

_MARKS = (
    *("`", "<", "^", "~"),  # code (the port can fail), HTML, footnotes, code and what is struck out
    *("]:", "[ ]", "[x]", "[X]"),  # addresses below the text, tasks
    *("***", "___"),  # emphasis in emphasis, closed at once
)
_GENERAL = "".join(map(chr, range(0x2000, 0x200B)))
"""The spaces of Unicode's block of general punctuation that have a width."""
_SPACES = f"\t\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680{_GENERAL}\u2028\u2029\u202f\u205f\u3000"
"""All but the line end and the usual one."""
_OF_ASCII = "".join(filter(str.isascii, _SPACES))
_SPACE = re.compile(rf"[{_SPACES}](?:(?<!(?:[^\W_]|«)[\u00a0\u202f])|(?![^\W_]|[»!?;:%–]))")
"""A tab or another odd space; those that do not break may stand between a word and its sign."""
_SIGN = r"[^\x00-\x7f\w«»“”‘’„‚–—…]"
_BESIDE = [
    (mark, re.compile(rf"[{mark}](?:(?={_SIGN})|(?<={_SIGN}[{mark}]))")) for mark in ("*", "_")
]
"""Emphasis beside £ and its like, which the port does not take for punctuation, by its sign."""
_LINE = re.compile(r"\n(?:[ >]*: |[-:> ]*:[-: ]*\n|>.*\n[^>\n]|\|.*\n[^|\n])")
"""A definition; dashes with a colon; a quotation or a table without an empty line after it."""
_TABLE = re.compile(
    r"\n(?:(?=[-:> ]*\|)(?!\|(?: *:?-+:? *\|){2,}\n)[-:|> ]+\n|.*\|.*\n[-> ]*-[-> ]*\n)"
)
"""Dashes between bars, but for `|---|---|`; bars above dashes."""
_BEYOND_PROSE = ("<pre>", "<blockquote>\n</blockquote>")
"""A block that only tokens tell enough of; and one that the port's HTML has otherwise."""
_ENTITY = re.compile(r"&[#\w]+;")
_HREF = re.compile(r'<a href="([^"]*)"')
_NEST = re.compile(r"<(/?)(?:[uo]l|li|blockquote|em|strong|a)\b")


def quick_plugin(parser: MarkdownIt) -> None:
    """Let the port parse for `parser` what both parse alike, if it is installed and tested."""
    parser.core.ruler.at("normalize", _normalize)
    parser.core.ruler.at("smartquotes", _quotes)
    if _port() is not None:
        parser.core.ruler.at("block", _parse)
        parser.disable("inline")


def _normalize(state: StateCore) -> None:
    """As the reference, which takes a twentieth of its time to replace each line end by itself."""
    if "\r" in state.src or "\0" in state.src:
        normalize(state)


def _quotes(state: StateCore) -> None:
    """As the reference, which looks for quotation marks in each paragraph by itself."""
    if '"' in state.src or "'" in state.src:
        smartquotes(state)


def _parse(state: StateCore) -> None:
    """In place of the reference's rules `block` and `inline`, which together parse."""
    tokens = None if state.inlineMode else tokens_of(state.src)
    if tokens is None:
        block(state)
        inline(state)
    else:
        state.tokens += tokens


@lru_cache(maxsize=1)
def _port() -> markdown_it_pyrs.MarkdownIt | None:
    try:
        from markdown_it_pyrs import markdown_it_pyrs as port
    except ImportError:
        return None
    if (port.__version__, markdown_it.__version__) not in TESTED:
        return None
    return port.MarkdownIt("commonmark").enable("table")


def is_plain(text: str) -> bool:
    """Whether `text` holds nothing that the port is known to parse in another way."""
    for mark in _MARKS:
        if mark in text:
            return False
    for sign, expression in _BESIDE:
        if sign in text and expression.search(text):
            return False
    # Most texts have none, and to look for each takes a quarter of what the expression takes.
    for space in _OF_ASCII if text.isascii() else _SPACES:
        if space in text:
            if _SPACE.search(text):
                return False
            break
    lines = f"\n{text}\n"
    if _LINE.search(lines) or text.count(">") != lines.count("\n>"):
        return False
    return "|" not in text or not _TABLE.search(lines)


def html_of(text: str) -> str:
    """The reference's HTML of `text`; empty where only itself can tell it, or where tokens are
    needed: for pictures and code, and for signs that are not what they look like.
    """
    if "![" in text or "\\" in text or _ENTITY.search(text):
        return ""
    html = _made(text, lambda port: port.render(text)) or ""
    if any(block in html for block in _BEYOND_PROSE) or _is_too_deep(html):
        return ""
    if not all(ADDRESS.fullmatch(unescape(address)) for address in _HREF.findall(html)):
        return ""
    return html.replace("<br />", "<br>").replace("<hr />", "<hr>")


def html_of_line(text: str) -> str:
    """The same of a single line, where as a whole text it is a paragraph, too."""
    html = "" if "\n" in text or text != text.strip() else html_of(text)
    return html if html.startswith("<p>") else ""


def _is_too_deep(html: str) -> bool:
    found = _NEST.findall(html)
    if len(found) <= DEEPEST:  # not even if all of them began something
        return False
    return max(accumulate([-1 if closing else 1 for closing in found])) > DEEPEST


def tokens_of(text: str) -> list[Token] | None:
    """The reference's tokens of `text`, or None where only itself can tell them."""
    tree = _made(text, lambda port: port.tree(text))
    return None if tree is None else tokens_of_tree(tree, text)


def _made(text: str, make: Callable[[markdown_it_pyrs.MarkdownIt], T]) -> T | None:
    """What the port makes of `text`, or None where the reference may see it otherwise."""
    port = _port()
    if port is None or not is_plain(text):
        return None
    try:
        return make(port)
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # Rust's; it has no other name, nor a base
            raise
        return None
