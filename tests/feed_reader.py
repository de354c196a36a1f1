"""Feeds as programs read them: parsed from the output of a site, whatever made it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree

from tests.site_test import SiteTest

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "fh": "http://purl.org/syndication/history/1.0",
    "media": "http://search.yahoo.com/mrss/",
}
BASE = "https://test.example/"
Element = etree._Element  # lxml gives its class no public name


def xml(site: SiteTest, path: str = "feed.xml") -> Element:
    """The root of a feed in XML."""
    return etree.fromstring((site.public / path).read_bytes())


def elements(element: Element, path: str) -> list[Element]:
    """The elements at an XPath."""
    found = element.xpath(path, namespaces=NAMESPACES)
    assert isinstance(found, list)
    return [part for part in found if isinstance(part, Element)]


def texts(element: Element, path: str) -> list[str]:
    """The texts of the elements at an XPath, or its attributes."""
    found = element.xpath(path, namespaces=NAMESPACES)
    assert isinstance(found, list)
    return [part if isinstance(part, str) else getattr(part, "text", "") or "" for part in found]


def text(element: Element, path: str) -> str:
    """That of the only one."""
    (found,) = texts(element, path)
    return found


def items(site: SiteTest, path: str = "feed.xml") -> list[Element]:
    return elements(xml(site, path), "channel/item")


def titles(site: SiteTest, path: str = "feed.xml") -> list[str]:
    return texts(xml(site, path), "channel/item/title")


def links(site: SiteTest, path: str = "feed.xml") -> dict[str, str]:
    """`rel` → address of the links of a feed in RSS."""
    found = elements(xml(site, path), "channel/atom:link")
    return {str(link.get("rel")): str(link.get("href")) for link in found}


def as_json(site: SiteTest, path: str = "feed.json") -> dict[str, Any]:
    feed: dict[str, Any] = json.loads(site.page(path))
    return feed


def archives(site: SiteTest, path: str = "feed.xml") -> Iterator[str]:
    """The paths of the archives behind a feed, as a program meets them, the newest first."""
    seen: set[str] = set()
    while older := links(site, path).get("prev-archive"):
        path = unquote(older.removeprefix(BASE))
        assert path not in seen, "a loop"
        seen.add(path)
        yield path


def in_xml(public: Path) -> list[str]:
    """The paths of all feeds in RSS and Atom."""
    paths = (path.relative_to(public).as_posix() for path in sorted(public.rglob("*.xml")))
    return [path for path in paths if path.endswith(("feed.xml", "atom.xml")) or "feeds/" in path]
