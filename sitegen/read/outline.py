"""Where each value of YAML front matter stands, for those who change one and keep the rest."""

from __future__ import annotations

import re
import sys
from typing import Any, Literal, NamedTuple

import yaml

from sitegen.read.matter import Loader, Matter


class Entry(NamedTuple):
    """A name with its value in a group, or an item of a list."""

    name: str
    """Empty in a list."""
    start: int
    """Where the name or the item begins, behind the dash of a list."""
    value: Node


class Node(NamedTuple):
    """A value of YAML and its place, in characters of `Matter.text`."""

    kind: Literal["text", "list", "group", "alias"]
    start: int
    end: int
    """Behind its last character: no comment or empty line below it is part of it."""
    style: str
    """The first sign of how it is written: a quotation mark, `|`, `>`, `[`, `{`, or nothing."""
    entries: tuple[Entry, ...] = ()


_BREAK = re.compile(r"[\n\r\x85\u2028\u2029]")
_ALIAS = re.compile(r"(?>[\s:,?\[{-]|[&!]\S*|#.*)*+(\*[^\s,\[\]{}]+)")


def outline(matter: Matter) -> Node:
    """The places of all values of YAML front matter, which must have been read before."""
    tree = yaml.compose(matter.text, Loader=Loader)
    assert tree is not None, "it has been read"
    return _outlined(tree, matter.text, 0)


def _outlined(node: yaml.Node, text: str, position: int) -> Node:
    """`node`, of which nothing stands before `position`; if it does, it is only named here."""
    start, end = node.start_mark.index, node.end_mark.index
    if start < position:
        alias = _ALIAS.match(text, position)
        return Node("alias", *(alias.span(1) if alias else (position, position)), "*")
    if isinstance(node, yaml.ScalarNode):
        if node.style in ("|", ">") and "+" not in text[start : text.find("\n", start)]:
            end = start + len(text[start:end].rstrip("\n"))
        return Node("text", start, end, node.style or "")
    entries: list[Entry] = []
    position = start
    for item in node.value:
        key, value = item if isinstance(node, yaml.MappingNode) else (None, item)
        if key is not None:
            position = key.end_mark.index
        outlined = _outlined(value, text, position)
        name = str(key.value) if key is not None else ""
        entries.append(Entry(name, key.start_mark.index if key else outlined.start, outlined))
        position = outlined.end
    kind: Literal["list", "group"] = "group" if isinstance(node, yaml.MappingNode) else "list"
    if isinstance(node, yaml.CollectionNode) and node.flow_style:
        return Node(kind, start, end, text[end - 1 : end].translate(_OPENING), tuple(entries))
    return Node(kind, start, position, "", tuple(entries))


_OPENING = str.maketrans("]}", "[{")


def yaml_text(text: str, style: str = "") -> str:
    """`text` as YAML on one line: quoted where it must be, and with the mark `style` if given."""
    quote = '"' if style == '"' or _BREAK.search(text) else style or None
    options: dict[str, Any] = {"allow_unicode": True, "width": sys.maxsize}
    written: str = yaml.safe_dump(
        [str(text)], default_flow_style=True, default_style=quote, **options
    )
    written = written.strip()[1:-1]
    if not style and "''" in written and '"' not in text and max(text, default="") <= "\uffff":
        return yaml_text(text, '"')  # only programmers know what a doubled apostrophe means
    return written
