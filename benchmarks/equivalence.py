"""What one tool's page of an article has and another's has not: they are to cost the same.

`python benchmarks/equivalence.py PAGE OTHER` prints it, a line each.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

HEADINGS = ("title", "h1", "h2", "h3")
DATA = "application/ld+json"


class _Blocks(HTMLParser):
    """Collects what a page is made of: its meta elements, links, headings, structured data."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        self._within = tag if tag in HEADINGS else DATA if has.get("type") == DATA else ""
        if name := has.get("property") or has.get("name"):
            self.found.add(f"meta {name}")
        if tag == "link":
            self.found.add(f"link {has.get('rel')} {has.get('type') or ''}".rstrip())

    def handle_endtag(self, tag: str) -> None:
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within == DATA:
            self.found.update(f"data {path}" for path in _paths(json.loads(data)))
        elif self._within and data.strip():
            self.found.add(f"{self._within} “{data.strip()}”")


def _paths(value: object, above: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _paths(item, f"{above}/{key}")
    elif isinstance(value, list):
        for item in value:
            yield from _paths(item, above)
    else:
        yield above


def lacking(page: Path, other: Path) -> list[str]:
    """Blocks of the HTML file `page` that the file `other` has not, in words, sorted."""
    return sorted(_blocks(page) - _blocks(other))


def _blocks(page: Path) -> set[str]:
    blocks = _Blocks()
    blocks.feed(page.read_text(encoding="utf-8"))
    return blocks.found


if __name__ == "__main__":
    print(*lacking(Path(sys.argv[1]), Path(sys.argv[2])), sep="\n")
