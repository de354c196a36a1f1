"""Markdown parsed by the reference's Rust port, where both make the same of it. Owns the port.

markdown-it-py is the reference, and its tokens are what all of our own rules work on. The port,
which only `sitegen[fast]` brings, parses in a tenth of the time; its tree becomes the same tokens.
It follows the same algorithm and differs in corners: so it gets no text that has such a corner, as
`is_plain` says, and what it made of an odd address or of too deep a nest is thrown away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import markdown_it
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore, block, inline, normalize, smartquotes
from markdown_it.token import Token

if TYPE_CHECKING:
    import markdown_it_pyrs
    from markdown_it_pyrs import Node

Value = str | int | float
Attributes = Mapping[str, Value]

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
_SPACE = re.compile(rf"[{_SPACES}](?:(?<!(?:[^\W_]|«)[\u00a0\u202f])|(?![^\W_]|[»!?;:%–]))")
"""A tab or another odd space; those that do not break may stand between a word and its sign."""
_SIGN = r"[^\x00-\x7f\w«»“”‘’„‚–—…]"
_BESIDE = [re.compile(rf"{mark}(?:(?={_SIGN})|(?<={_SIGN}{mark}))") for mark in (r"\*", "_")]
"""Emphasis beside £ and its like, which the port does not take for punctuation."""
_LINE = re.compile(r"\n(?:[ >]*: |[-:> ]*:[-: ]*\n|>.*\n[^>\n]|\|.*\n[^|\n])")
"""A definition; dashes with a colon; a quotation or a table without an empty line after it."""
_TABLE = re.compile(
    r"\n(?:(?=[-:> ]*\|)(?!\|(?: *:?-+:? *\|){2,}\n)[-:|> ]+\n|.*\|.*\n[-> ]*-[-> ]*\n)"
)
"""Dashes between bars, but for `|---|---|`; bars above dashes."""
_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9.-]+(?:[/?#][A-Za-z0-9/._?=&#,;+!@:()*$'~-]*)?"
    r"|mailto:[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+"
    r"|(?!//)[A-Za-z0-9/._?=&#,;+!@()-]*"
)
"""An address in which nothing is to be encoded; how that is done differs."""
_DEEPEST = 16
"""The reference stops at 20 levels, the port at 100."""


class _Different(Exception):
    """The port's tree holds what the reference may see otherwise."""


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
    tokens = tokens_of_line(state.src) if state.inlineMode else tokens_of(state.src)
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
    if any(mark in text for mark in _MARKS) or any(each.search(text) for each in _BESIDE):
        return False
    # Most texts have none, and to look for each takes a quarter of what the expression takes.
    if any(space in text for space in _SPACES) and _SPACE.search(text):
        return False
    lines = f"\n{text}\n"
    if _LINE.search(lines) or text.count(">") != lines.count("\n>"):
        return False
    return "|" not in text or not _TABLE.search(lines)


def tokens_of(text: str) -> list[Token] | None:
    """The reference's tokens of `text`, or None where only itself can tell them.

    They lack what nobody reads: marks, and lines but for paragraphs when there are pictures.
    """
    port = _port()
    if port is None or not is_plain(text):
        return None
    tokens = _Tokens(text)
    try:
        tokens.blocks(port.tree(text).children, 0)
    except _Different:
        return None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # Rust's; it has no other name, nor a base
            raise
        return None
    return tokens.found


def tokens_of_line(text: str) -> list[Token] | None:
    """The same of a text that is known to be a single line of a paragraph."""
    if not text[:1].isalpha() or "\n" in text or text != text.strip():
        return None  # as a whole text it could be more than a paragraph
    tokens = tokens_of(text)
    return [Token("inline", "", 0, content=text, children=tokens[1].children)] if tokens else None


class _Tokens:
    """Gathers tokens from the port's tree."""

    def __init__(self, text: str) -> None:
        self.found: list[Token] = []
        self._source = text.encode() if "![" in text else b""

    def blocks(self, nodes: Sequence[Node], level: int) -> None:
        """The blocks in a block."""
        if level > _DEEPEST:
            raise _Different
        bare: list[Node] = []
        for node in nodes:
            make = _BLOCKS.get(node.name)
            if make is None:
                bare.append(node)  # in a tight list text has no paragraph around it
                continue
            if bare:
                self._text("paragraph", "p", bare, level, hidden=True)
                bare = []
            make(self, node, level)
        if bare:
            self._text("paragraph", "p", bare, level, hidden=True)

    def _text(
        self, kind: str, tag: str, nodes: Sequence[Node], level: int, hidden: bool = False
    ) -> None:
        """A paragraph or heading around `nodes`."""
        # Arguments without names: with them a token takes half as long again.
        add = self.found.append
        begin, end = f"{kind}_open", f"{kind}_close"
        add(Token(begin, tag, 1, {}, None, level, None, "", "", "", {}, True, hidden))
        self._inline(nodes, level + 1)
        add(Token(end, tag, -1, {}, None, level, None, "", "", "", {}, True, hidden))

    def _inline(self, nodes: Sequence[Node], level: int) -> None:
        children: list[Token] = []
        _inline(nodes, 0, children)
        # The reference has the source here, and looks there for quotation marks to replace.
        text = "".join([child.content for child in children])
        line = None
        if self._source and nodes and (place := nodes[0].srcmap):
            line = [self._source.count(b"\n", 0, place[0])] * 2
        made = Token("inline", "", 0, {}, line, level, children, text, "", "", {}, True, False)
        self.found.append(made)

    def paragraph(self, node: Node, level: int) -> None:
        self._text("paragraph", "p", node.children, level)

    def heading(self, node: Node, level: int) -> None:
        self._text("heading", f"h{node.meta['level']}", node.children, level)

    def quotation(self, node: Node, level: int) -> None:
        self._add("blockquote_open", "blockquote", 1, level)
        self.blocks(node.children, level + 1)
        self._add("blockquote_close", "blockquote", -1, level)

    def bullets(self, node: Node, level: int) -> None:
        self._list(node, level, "ul", {})

    def numbers(self, node: Node, level: int) -> None:
        start = node.meta["start"]
        self._list(node, level, "ol", {} if start == 1 else {"start": start})

    def _list(self, node: Node, level: int, tag: str, attrs: Attributes) -> None:
        self._add(f"{node.name}_open", tag, 1, level, attrs)
        for item in node.children:
            self._add("list_item_open", "li", 1, level + 1)
            self.blocks(item.children, level + 2)
            self._add("list_item_close", "li", -1, level + 1)
        self._add(f"{node.name}_close", tag, -1, level)

    def rule(self, node: Node, level: int) -> None:
        self._add("hr", "hr", 0, level)

    def code(self, node: Node, level: int) -> None:
        self._add("code_block", "code", 0, level, None, node.meta["content"])

    def table(self, node: Node, level: int) -> None:
        if self._source:
            raise _Different  # a picture in a cell: only the reference knows its line
        sides = node.meta["alignments"]
        self._add("table_open", "table", 1, level)
        for part in node.children:
            self._add(f"{part.name}_open", part.name, 1, level + 1)
            for row in part.children:
                self._row(row, "th" if part.name == "thead" else "td", sides, level + 2)
            self._add(f"{part.name}_close", part.name, -1, level + 1)
        self._add("table_close", "table", -1, level)

    def _row(self, row: Node, tag: str, sides: Sequence[str], level: int) -> None:
        self._add("tr_open", "tr", 1, level)
        for cell, side in zip(row.children, sides, strict=True):
            self._add(f"{tag}_open", tag, 1, level + 1, _STYLES[side])
            self._inline(cell.children, level + 2)
            self._add(f"{tag}_close", tag, -1, level + 1)
        self._add("tr_close", "tr", -1, level)

    def _add(
        self,
        kind: str,
        tag: str,
        nesting: Literal[-1, 0, 1],
        level: int,
        attrs: Attributes | None = None,
        content: str = "",
    ) -> None:
        given = {**attrs} if attrs else {}
        made = Token(kind, tag, nesting, given, None, level, None, content, "", "", {}, True, False)
        self.found.append(made)


_BLOCKS: Mapping[str, Callable[[_Tokens, Node, int], None]] = {
    "paragraph": _Tokens.paragraph,
    "heading": _Tokens.heading,
    "lheading": _Tokens.heading,
    "blockquote": _Tokens.quotation,
    "bullet_list": _Tokens.bullets,
    "ordered_list": _Tokens.numbers,
    "hr": _Tokens.rule,
    "code_block": _Tokens.code,
    "table": _Tokens.table,
}
_STYLES: Mapping[str, Attributes] = {
    "none": {},
    **{side: {"style": f"text-align:{side}"} for side in ("left", "center", "right")},
}
_BREAKS = ("softbreak", "hardbreak")
_WRAPS = {"em": "em", "strong": "strong", "link": "a"}


def _inline(nodes: Sequence[Node], level: int, found: list[Token]) -> None:
    """The tokens within a paragraph, added to `found`."""
    if level > _DEEPEST:
        raise _Different
    for node in nodes:
        name = node.name
        if name in ("text", "text_special"):
            found.append(Token(name, "", 0, {}, None, level, None, node.meta["content"]))
        elif tag := _WRAPS.get(name):
            attrs = _attributes(node, "href") if name == "link" else {}
            found.append(Token(f"{name}_open", tag, 1, attrs, None, level))
            _inline(node.children, level + 1, found)
            found.append(Token(f"{name}_close", tag, -1, {}, None, level))
        elif name in _BREAKS:
            found.append(Token(name, "br", 0, {}, None, level))
        elif name == "image":
            found.append(_picture(node, level))
        else:
            raise _Different


def _attributes(node: Node, name: str) -> dict[str, Value]:
    meta = node.meta
    address, title = meta["url"], meta.get("title")
    if not _ADDRESS.fullmatch(address):
        raise _Different
    return {name: address, "title": title} if title else {name: address}


def _picture(node: Node, level: int) -> Token:
    """A picture whose alternative text is as it was written."""
    children: list[Token] = []
    _inline(node.children, 0, children)
    if [child.type for child in children] not in ([], ["text"]):
        raise _Different
    text = children[0].content if children else ""
    attrs: dict[str, Value] = {"src": "", "alt": "", **_attributes(node, "src")}
    return Token("image", "img", 0, attrs, None, level, children or None, text)
