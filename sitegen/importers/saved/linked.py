"""What a page says of itself in JSON-LD, with the words of schema.org."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from bs4 import BeautifulSoup

Node = Mapping[str, Any]

_MARKS = re.compile(r"<!\[CDATA\[|\]\]>|^\s*<!--|-->\s*$|/\*\s*\*/|^\s*//|//\s*$")
"""What some programs write around it, so that others that know no JSON pass it over."""
_DEEPEST = 8


class Graph:
    """All things that it describes, however deep."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self.nodes = list(_described(soup))
        named = ((node.get("@id"), node) for node in reversed(self.nodes) if len(node) > 1)
        self._named: dict[str, Node] = {id: node for id, node in named if isinstance(id, str)}

    def of(self, *types: str) -> Node:
        """The first thing of one of these types."""
        return next((node for node in self.nodes if types_of(node) & {*types}), {})

    def whole(self, value: Any) -> Any:
        """A thing with what is said of it elsewhere: `{"@id": "#maria"}` names it alone."""
        if not isinstance(value, dict):
            return value
        id = value.get("@id")
        return {**self._named.get(id, {}), **value} if isinstance(id, str) else value

    def name(self, value: Any) -> str:
        value = self.whole(value)
        return said(value, "name") if isinstance(value, dict) else text(value)

    def url(self, value: Any) -> str:
        """The address of a picture, which may be a text, a thing or a list of these."""
        if isinstance(value, list):
            return next(filter(None, map(self.url, value)), "")
        value = self.whole(value)
        return said(value, "contentUrl", "url") if isinstance(value, dict) else text(value)


def types_of(node: Node) -> set[str]:
    found = node.get("@type", "")
    return {str(name) for name in (found if isinstance(found, list) else [found])}


def said(node: Node, *names: str) -> str:
    """The first of these that is a text."""
    found = (node.get(name) for name in names)
    return next((str(v) for v in found if isinstance(v, str | int | bool) and v != ""), "")


def text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _described(soup: BeautifulSoup) -> Iterator[Node]:
    for script in soup.find_all("script", type=re.compile(r"(?i)^\s*application/ld\+json")):
        try:
            yield from _nodes(json.loads(_without_marks(script.string or ""), strict=False), 0)
        except (ValueError, RecursionError):
            continue


def _without_marks(text: str) -> str:
    before = ""
    while text != before:  # one may stand within another
        before, text = text, _MARKS.sub("", text)
    return text


def _nodes(value: Any, depth: int) -> Iterator[Node]:
    if isinstance(value, list) and depth < _DEEPEST:
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict) and depth < _DEEPEST:
        yield value
        yield from _nodes(value.get("@graph", []), depth + 1)
        yield from _nodes(value.get("mainEntity", []), depth + 1)
