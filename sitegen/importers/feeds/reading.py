"""Feeds in files: RSS, Atom and JSON Feed as the same values. Owns feedparser."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax import SAXParseException

import feedparser

from sitegen.importers.addresses import split
from sitegen.importers.cleaning import clean
from sitegen.importers.feeds.entries import Enclosure, Entry, Feed, Picture, What, clock, id_of
from sitegen.importers.feeds.json_feed import json_feed

_OLDER = ("prev-archive", "next")
"""Links to further parts of a feed (RFC 5005, sections 3 and 4)."""
_ABOUT = ("related", "via")
"""Links to what an entry speaks of, and where it was found (RFC 4287, 7.1)."""
_PORTRAIT = re.compile(r"//([\w-]+\.)*gravatar\.com/")
"""Pictures of authors, which WordPress.com names before those of articles."""
_KIND = "http://schemas.google.com/g/2005#kind"
"""The scheme of categories by which older exports of Blogger say what an entry is."""
_WHAT: Mapping[str, What] = {"post": "article", "page": "page", "comment": "comment"}


def feed_in(file: Path) -> Feed | None:
    """The feed in a file; None where there is none."""
    data = file.read_bytes()
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return json_feed(data, file.name)
    whole = BytesIO(b"".join(clean(BytesIO(data))))
    try:
        # Not the name: it would be asked for on the web, if it looked like an address.
        found = feedparser.parse(whole, sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, LookupError, AssertionError):  # its parser for what is no XML stumbles
        return None
    return _feed(found, file.name) if found.get("version") else None


def _feed(found: Any, name: str) -> Feed:
    about = found.feed
    links = about.get("links", ())
    damaged = isinstance(found.get("bozo_exception"), SAXParseException)
    home = about.get("link", "")
    entries = enumerate(found.entries, 1)
    return Feed(
        about.get("title", ""),
        home if split(home) else "",
        about.get("language", ""),
        about.get("subtitle", ""),
        next((link.href for link in links if link.get("rel") == "self"), ""),
        tuple(link.href for link in links if link.get("rel") in _OLDER),
        f"it is no well-formed XML: {found.bozo_exception}" if damaged else "",
        tuple(_entry(e, found.version, f"{name}, item {number}") for number, e in entries),
    )


def _entry(entry: Any, version: str, where: str) -> Entry:
    is_atom = version.startswith("atom")
    contents = _contents(entry, is_atom)
    content = max(contents, key=len, default="")
    summary = _text(entry.get("summary_detail"), is_atom)
    title, date = entry.get("title", ""), entry.get("published") or entry.get("updated", "")
    url, links = _url(entry), entry.get("links", ())
    pictures = tuple(_pictures(entry, is_atom))
    return Entry(
        id_of(entry.get("id", ""), url, title, date, content or summary),
        url,
        _text(entry.get("title_detail"), is_atom),
        _moment(entry.get("published_parsed")),
        _moment(entry.get("updated_parsed")) if "updated" in entry else None,
        tuple(dict.fromkeys(_authors(entry))),
        tuple(dict.fromkeys(_tags(entry))),
        "" if summary == content else summary,
        content,
        pictures,
        tuple(_enclosures(entry, {picture.url for picture in pictures})),
        f"{where} “{' '.join(title.split())}”",
        date,
        _base(entry),
        tuple(link["href"] for link in links if link.get("rel") in _ABOUT and link.get("href")),
        escape(entry.get("blogger_metadescription", ""), quote=False),
        _what(entry),
        _is_draft(entry),
    )


def _url(entry: Any) -> str:
    link = str(entry.get("feedburner_origlink") or entry.get("link", ""))
    if link == entry.get("id") and not split(link):  # where there is none, it takes the name
        link = ""
    return link or str(entry.get("blogger_filename", ""))


def _contents(entry: Any, is_atom: bool) -> list[str]:
    """The texts of an entry. Those of Media RSS, which speak of a picture, are taken for such."""
    return [_text(p, is_atom) for p in entry.get("content", ()) if is_atom or not _is_plain(p)]


def _is_plain(part: Any) -> bool:
    return bool(part.get("type") == "text/plain")


def _text(part: Any, is_atom: bool) -> str:
    """A text as HTML. In RSS all are; in Atom each says what it is (RFC 4287, 3.1.1)."""
    if not part:
        return ""
    value = str(part.get("value", ""))
    return escape(value, quote=False) if is_atom and _is_plain(part) else value


def _base(entry: Any) -> str:
    """What `xml:base` says for the text (RFC 4287, 2)."""
    parts = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    return next((str(part["base"]) for part in parts if split(part.get("base") or "")), "")


def _authors(entry: Any) -> Iterator[str]:
    """Names; where there is an e-mail address alone, that: it is not carried, and told."""
    for author in entry.get("authors", ()):
        if name := str(author.get("name") or author.get("email") or "").strip():
            yield name


def _tags(entry: Any) -> Iterator[str]:
    for tag in entry.get("tags", ()):
        name = str(tag.get("label") or tag.get("term") or "").strip()
        if name and tag.get("scheme") != _KIND:
            yield name


def _moment(parsed: Any) -> datetime | None:
    try:
        moment = datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None
    return moment if moment is not None and 1000 < moment.year < 9000 else None


# Blogger, whose export is a feed of everything.


def _what(entry: Any) -> What:
    if entry.get("blogger_status") == "SOFT_TRASHED":
        return "trash"
    kinds = (tag.get("term") or "" for tag in entry.get("tags", ()) if tag.get("scheme") == _KIND)
    kind = str(entry.get("blogger_type") or next(kinds, "post")).rpartition("#")[2].lower()
    return _WHAT.get(kind, "system")


def _is_draft(entry: Any) -> bool:
    """Held back, as the Atom Publishing Protocol has it (RFC 5023, 13.1.1), or Blogger."""
    status = entry.get("blogger_status", "LIVE")
    return str(entry.get("app_draft", "")).strip().lower() == "yes" or status != "LIVE"


# Pictures and other files.


def _pictures(entry: Any, is_atom: bool) -> Iterator[Picture]:
    """Those of Media RSS, of iTunes, and pictures that are enclosed."""
    said: Any = next(iter(entry.get("media_credit", ())), {})
    credit = str(said.get("content", "") if isinstance(said, Mapping) else "")
    texts = [str(p.get("value", "")) for p in entry.get("content", ()) if _is_plain(p)]
    alt = texts[0] if texts and not is_atom else ""
    shown = [p for p in entry.get("media_content", ()) if _is_picture(p)]
    thumbs = [p for p in entry.get("media_thumbnail", ()) if p.get("url")]
    for number, part in enumerate(_largest(shown) or thumbs[:1]):
        yield Picture(str(part["url"]), alt if number == 0 else "", credit if number == 0 else "")
    image = entry.get("image")
    if isinstance(image, Mapping) and image.get("href") and not shown and not thumbs:
        yield Picture(str(image["href"]))


def _is_picture(part: Any) -> bool:
    kind = part.get("medium") or part.get("type") or ""
    named = kind.startswith("image") or (not kind and part.get("width"))
    return bool(named and part.get("url")) and not _PORTRAIT.search(part["url"])


def _largest(parts: list[Any]) -> list[Any]:
    """Of one picture in several widths the widest; several pictures as they are."""
    widths = [str(part.get("width") or "") for part in parts]
    if len(set(widths)) == len(widths) > 1 and all(width.isdecimal() for width in widths):
        return [max(parts, key=lambda part: int(part["width"]))]
    return parts


def _enclosures(entry: Any, shown: set[str]) -> Iterator[Enclosure]:
    duration = str(entry.get("itunes_duration", "")).strip()
    length = clock(int(duration)) if duration.isdecimal() and len(duration) < 7 else duration
    told = set(shown)
    for part in (*entry.get("enclosures", ()), *entry.get("media_content", ())):
        url = str(part.get("href") or part.get("url") or "")
        if not url or url in told or _is_picture(part) or _PORTRAIT.search(url):
            continue
        told.add(url)
        medium = f"{part['medium']}/" if part.get("medium") else ""
        yield Enclosure(url, part.get("type") or medium, "", length)
