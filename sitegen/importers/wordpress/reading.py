"""The records of a WXR file, one at a time, however large it is. Owns lxml and WXR's names."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from sitegen.importers.cleaning import DAMAGED, clean
from sitegen.importers.sources import unreadable
from sitegen.importers.wordpress.records import Author, Channel, Item, Named, Record, Term
from sitegen.model import Progress

_RECORDS = ("item", "{*}author", "{*}category", "{*}tag", "{*}term")
_LONGEST_META = 100_000
"""Characters of a plugin's value above which it is not kept: page builders store whole pages."""
_AGAIN = "export it anew in WordPress: Tools, Export, All content"
_FIELDS = {
    "wp:post_id": "id",
    "wp:post_type": "type",
    "title": "title",
    "wp:post_name": "slug",
    "link": "link",
    "guid": "guid",
    "dc:creator": "creator",
    "pubDate": "published",
    "wp:post_date": "date",
    "wp:post_date_gmt": "date_gmt",
    "wp:post_modified": "modified",
    "wp:post_modified_gmt": "modified_gmt",
    "wp:status": "status",
    "wp:post_parent": "parent",
    "wp:menu_order": "order",
    "wp:post_password": "password",
    "content:encoded": "content",
    "excerpt:encoded": "excerpt",
    "wp:attachment_url": "file",
}
"""Elements of an item → fields of `Item`."""
_TAXONOMIES = {"tag": "post_tag"}
"""Words of WXR 1.0 for those of later versions."""


def files_of(source: Path) -> list[Path]:
    """An export's files: WordPress and its tools write large ones in parts, into a folder."""
    found = sorted(source.glob("*.xml")) if source.is_dir() else [source]
    if not found:
        raise unreadable(source, "there is no .xml file in this folder", _AGAIN)
    return found


def channel_of(source: Path) -> Channel:
    """What the export says of its site. Raises SitegenError for what is no export."""
    with source.open("rb") as file:
        parser = _parser()
        for piece in clean(file):
            _feed(parser, piece, source)
            first = next(iter(parser.read_events()), None)
            if first is not None and (channel := _channel(first[1])) is not None:
                return channel
        root = _closed(parser)
    channel = None if root is None else root.find("channel")
    if channel is None:
        raise unreadable(source, "this is no export of WordPress", _AGAIN)
    return _told(channel)


def records(source: Path) -> Generator[Record | Progress | str]:
    """Every record in the order of the file, how far it is, and as a text what ends too early."""
    total = source.stat().st_size
    last = b""
    with source.open("rb") as file:
        parser = _parser()
        for piece in clean(file):
            _feed(parser, piece, source)
            yield from _taken(parser)
            yield Progress("reading", file.tell(), total)
            last = (last + piece)[-200:]
    if b"</rss>" not in last:
        yield "the file ends before the export does"


def _parser() -> Any:
    """lxml's types do not know that a pull parser takes tags in namespaces."""
    return etree.XMLPullParser(
        events=("end",),
        tag=_RECORDS,
        recover=True,
        huge_tree=True,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
    )


def _feed(parser: Any, piece: bytes, source: Path) -> None:
    try:
        parser.feed(piece)
    except etree.XMLSyntaxError as error:
        raise unreadable(source, f"this is no XML: {error.msg}", _AGAIN) from None


def _closed(parser: Any) -> Any:
    try:
        return parser.close()
    except etree.XMLSyntaxError:  # there was nothing at all
        return None


def _taken(parser: Any) -> Iterator[Record]:
    for _, element in parser.read_events():
        parent = element.getparent()
        if parent is None or _name(parent.tag) != "channel":
            continue
        if (record := _record(element)) is not None:
            yield record
        element.clear()
        while (before := element.getprevious()) is not None:
            parent.remove(before)


def _channel(element: Any) -> Channel | None:
    found = next((e for e in element.iterancestors() if _name(e.tag) == "channel"), None)
    return None if found is None else _told(found)


def _told(channel: Any) -> Channel:
    values = {_name(child.tag): _text(child) for child in channel if isinstance(child.tag, str)}
    return Channel(
        values.get("title", ""),
        values.get("link", ""),
        values.get("description", ""),
        values.get("language", ""),
        values.get("wp:wxr_version", ""),
        values.get("wp:base_site_url", ""),
        values.get("wp:base_blog_url", ""),
        values.get("pubDate", ""),
    )


@lru_cache(maxsize=1000)
def _name(tag: str) -> str:
    """`wp:post_id`, whatever version the namespace is of and however it was written."""
    space, _, local = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
    if "wordpress.org/export" in space:
        return f"excerpt:{local}" if space.rstrip("/").endswith("excerpt") else f"wp:{local}"
    if "purl.org/rss/1.0/modules/content" in space:
        return f"content:{local}"
    return f"dc:{local}" if "purl.org/dc" in space else local


def _text(element: Any) -> str:
    text = "".join(element.itertext()) if len(element) else element.text or ""
    return str(text).replace(DAMAGED, "").strip()


def _record(element: Any) -> Record | None:
    name = _name(element.tag)
    if name == "item":
        return _item(element)
    values = {_name(child.tag).removeprefix("wp:"): _text(child) for child in element}
    if name == "wp:author":
        names = (values.get(part, "") for part in ("author_first_name", "author_last_name"))
        whole = values.get("author_display_name") or " ".join(filter(None, names))
        login = values.get("author_login", "")
        return Author(login, whole or login)
    if name == "wp:category":
        return Term(
            values.get("term_id", ""),
            "category",
            values.get("category_nicename", ""),
            values.get("cat_name", ""),
            values.get("category_parent", ""),
            values.get("category_description", ""),
        )
    if name == "wp:tag":
        description = values.get("tag_description", "")
        slug, title = values.get("tag_slug", ""), values.get("tag_name", "")
        return Term(values.get("term_id", ""), "post_tag", slug, title, "", description)
    if name == "wp:term":
        return Term(
            values.get("term_id", ""),
            values.get("term_taxonomy", ""),
            values.get("term_slug", ""),
            values.get("term_name", ""),
            values.get("term_parent", ""),
            values.get("term_description", ""),
        )
    return None


def _item(element: Any) -> Item:
    values: dict[str, str] = {}
    terms: list[Named] = []
    meta: dict[str, str] = {}
    old: dict[str, list[str]] = {"_wp_old_slug": [], "_wp_old_date": []}
    comments, damaged = 0, False
    for child in element:
        name = _name(child.tag)
        if name == "category":
            terms += _named(child)
        elif name == "wp:comment":
            comments += 1
        elif name == "wp:postmeta":
            key, value = _meta(child)
            if key in old:
                old[key].append(value)
            elif key and len(value) <= _LONGEST_META:
                meta.setdefault(key, value)
        elif name in _FIELDS:
            damaged = damaged or DAMAGED in (child.text or "")
            values.setdefault(_FIELDS[name], _text(child))
    return Item(
        **{"id": "", "type": "", **values},
        sticky=element.findtext("{*}is_sticky") == "1",
        terms=terms,
        meta=meta,
        old_slugs=old["_wp_old_slug"],
        old_dates=old["_wp_old_date"],
        comments=comments,
        line=element.sourceline or 0,
        damaged=damaged,
    )


def _named(element: Any) -> Iterator[Named]:
    """A term; in WXR 1.0 each stands twice, once without a word on what it is."""
    taxonomy = element.get("domain") or ""
    if taxonomy and (name := _text(element)):
        yield Named(_TAXONOMIES.get(taxonomy, taxonomy), element.get("nicename") or "", name)


def _meta(element: Any) -> tuple[str, str]:
    """A value that a plugin keeps, and its name."""
    key, value = (_text(part) for part in list(element)[:2]) if len(element) > 1 else ("", "")
    return key, value
