"""What stands in the heads of pages: read with a parser of HTML, as browsers do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib

Thing = dict[str, Any]
_JSON_LD = "application/ld+json"


class Head:
    """A page, by what is in it for machines."""

    def __init__(self, html: str) -> None:
        self.tree: Element = html5lib.parse(html, namespaceHTMLElements=False)

    @property
    def things(self) -> list[Thing]:
        """The values of all JSON-LD elements, in their order."""
        found = (e for e in self.tree.iter("script") if e.get("type") == _JSON_LD)
        return [json.loads(element.text or "") for element in found]

    def thing(self, kind: str) -> Thing:
        """The one value of a type."""
        (found,) = (thing for thing in self.things if thing["@type"] == kind)
        return found

    def kinds(self) -> list[str]:
        return [thing["@type"] for thing in self.things]

    def metas(self, name: str) -> list[str]:
        """The contents of the `meta` elements with this `property` or `name`."""
        found = (e for e in self.tree.iter("meta") if name in (e.get("property"), e.get("name")))
        return [element.get("content", "") for element in found]

    def meta(self, name: str) -> str:
        (found,) = self.metas(name)
        return found

    def links(self, rel: str) -> list[str]:
        found = (e for e in self.tree.iter("link") if e.get("rel") == rel)
        return [element.get("href", "") for element in found]

    def text(self, path: str) -> str:
        """The text of the first element at a path, as readers read it."""
        element = self.tree.find(path)
        assert element is not None, path
        return " ".join("".join(element.itertext()).split())

    def times(self) -> list[str]:
        return [element.get("datetime", "") for element in self.tree.iter("time")]


def parts(value: object) -> Iterator[Thing]:
    """Every object within a value, itself among them."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        yield from parts(inner)
