"""The records of a WXR file, one at a time, however large it is. Owns lxml and WXR's names."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from sitegen.importers.cleaning import DAMAGED, clean
from sitegen.importers.sources import unreadable
from sitegen.importers.wordpress.parting import Part, Parting
from sitegen.importers.wordpress.records import Author, Channel, Item, Named, Record, Term
from sitegen.model import Progress

_ROOT = re.compile(r"<rss\b[^>]*>")
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
        parting = Parting()
        for piece in clean(file):
            if next(parting.feed(piece.decode()), None) is not None:
                break
    root = _ROOT.search(parting.head)
    if root is not None:
        element, _ = _parsed(parting.head[root.start() :])
        if element is not None and (channel := element.find("channel")) is not None:
            return _told(channel)
    raise unreadable(source, "this is no export of WordPress", _AGAIN)


def records(source: Path) -> Generator[Record | Progress | str]:
    """Every record in the order of the file, how far it is, and as a text what ends too early."""
    total = source.stat().st_size
    last = b""
    parting = Parting()
    with source.open("rb") as file:
        for piece in clean(file):
            for part in parting.feed(piece.decode()):
                if (record := _record_of(part, parting.head)) is not None:
                    yield record
            yield Progress("reading", file.tell(), total)
            last = (last + piece)[-200:]
    if (unfinished := parting.end()) is not None:
        record = _record_of(unfinished, parting.head)
        where = f", within {record.where}" if isinstance(record, Item) else ""
        yield f"the file ends before the export does{where}"
    elif b"</rss>" not in last:
        yield "the file ends before the export does"


def _parsed(text: str) -> tuple[Any, str]:
    """The element that a text is, as far as it is one, and what is wrong with it."""
    parser = etree.XMLParser(
        recover=True, huge_tree=True, resolve_entities=False, no_network=True, remove_comments=True
    )
    try:
        element = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:  # there was nothing at all
        return None, error.msg or ""
    fatal = parser.error_log.filter_from_fatals()
    return element, next((error.message for error in fatal), "")


def _record_of(part: Part, head: str) -> Record | None:
    """A record, read apart from all others, with the namespaces that the file's root declares."""
    root = _ROOT.search(head)
    opening = f"{root[0] if root else '<rss>'}<channel>"
    rss, trouble = _parsed(f"{opening}{part.text}</channel></rss>")
    element = None if rss is None else rss.find("channel/*")
    record = None if element is None else _record(element, part.line)
    if isinstance(record, Item) and (trouble or not part.whole):
        return replace(record, trouble=trouble if part.whole else "it has no end")
    return record


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


def _record(element: Any, line: int) -> Record | None:
    name = _name(element.tag)
    if name == "item":
        return _item(element, line)
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


def _item(element: Any, line: int) -> Item:
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
        line=line,
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
