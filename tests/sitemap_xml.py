"""Sitemaps of a built site, read and held against their schemas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from tests.site_test import SiteTest

SCHEMA = Path(__file__).parent / "schemas/urlset.xsd"
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


@dataclass
class Entry:
    """One `url` of a sitemap, or one `sitemap` of an index."""

    loc: str
    lastmod: str
    alternates: dict[str, str]
    images: list[str]
    news: dict[str, str]


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(SCHEMA)))


def faults(data: bytes) -> list[str]:
    """What the schema has against a sitemap."""
    try:
        schema().assertValid(etree.fromstring(data))
    except etree.DocumentInvalid as error:
        return str(error).splitlines()
    return []


def entries(data: bytes) -> list[Entry]:
    """What a sitemap or an index lists, in its order."""
    return [_entry(node) for node in etree.fromstring(data).iterfind("s:*", NAMES)]


def _entry(node: etree._Element) -> Entry:
    def text(path: str) -> str:
        return (node.findtext(path, "", NAMES) or "").strip()

    links = node.findall("xhtml:link", NAMES)
    parts = ("publication/news:name", "publication/news:language", "publication_date", "title")
    return Entry(
        text("s:loc"),
        text("s:lastmod"),
        {str(link.get("hreflang")): str(link.get("href")) for link in links},
        [str(image.text) for image in node.findall("image:image/image:loc", NAMES)],
        {part.rpartition(":")[2]: text(f"news:news/news:{part}") for part in parts}
        if node.find("news:news", NAMES) is not None
        else {},
    )


def sitemaps(site: SiteTest) -> dict[str, list[Entry]]:
    """Path → entries of every sitemap that the index names."""
    return {path: entries(site.bytes[path]) for path, _ in index(site)}


def index(site: SiteTest) -> Iterator[tuple[str, str]]:
    """(path, lastmod) of what the index names."""
    base = "https://test.example/"
    for entry in entries(site.bytes["sitemap.xml"]):
        assert entry.loc.startswith(base)
        yield unquote(entry.loc.removeprefix(base)), entry.lastmod


def listed(site: SiteTest) -> dict[str, Entry]:
    """Address → entry of every page in a sitemap; none is in two."""
    found: dict[str, Entry] = {}
    for some in sitemaps(site).values():
        for entry in some:
            assert entry.loc not in found, entry.loc
            found[entry.loc] = entry
    return found
