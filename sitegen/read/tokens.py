"""The reference's tokens from the tree of its Rust port."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from markdown_it.token import Token

if TYPE_CHECKING:
    from markdown_it_pyrs import Node

Value = str | int | float
Attributes = Mapping[str, Value]

ADDRESS = re.compile(
    r"https?://[A-Za-z0-9.-]+(?:[/?#][A-Za-z0-9/._?=&#,;+!@:()*$'~-]*)?"
    r"|mailto:[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+"
    r"|(?!//)[A-Za-z0-9/._?=&#,;+!@()-]*"
)
"""An address in which nothing is to be encoded; how that is done differs."""
DEEPEST = 16
"""The reference stops at 20 levels, the port at 100."""


class _Different(Exception):
    """The port's tree holds what the reference may see otherwise."""


def tokens_of_tree(tree: Node, text: str) -> list[Token] | None:
    """The tokens of `text`, whose tree this is; None where the reference may see it otherwise.

    They lack what nobody reads: marks, and lines but for paragraphs when there are pictures.
    """
    tokens = _Tokens(text)
    try:
        tokens.blocks(tree.children, 0)
    except _Different:
        return None
    return tokens.found


class _Tokens:
    """Gathers tokens from the port's tree."""

    def __init__(self, text: str) -> None:
        self.found: list[Token] = []
        self._source = text.encode() if "![" in text else b""

    def blocks(self, nodes: Sequence[Node], level: int) -> None:
        """The blocks in a block."""
        if level > DEEPEST:
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
    if level > DEEPEST:
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
    if not ADDRESS.fullmatch(address):
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
