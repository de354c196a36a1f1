"""Feeds in files: RSS, Atom and JSON Feed as the same values. Owns feedparser."""

from __future__ import annotations

import calendar
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax import SAXParseException

import feedparser

from sitegen.importers.cleaning import clean

_OLDER = ("prev-archive", "next")
"""Links to further parts of a feed (RFC 5005, sections 3 and 4)."""
_JSON_FEED = "https://jsonfeed.org/version/"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that belongs to an entry: a recording, mostly."""

    url: str
    type: str = ""
    title: str = ""
    duration: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as a feed tells it. Texts are HTML but for the title and names."""

    id: str
    url: str
    title: str
    published: datetime | None
    updated: datetime | None
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    summary: str
    content: str
    image: str
    enclosures: tuple[Enclosure, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Feed:
    """What one file holds."""

    title: str
    home: str
    language: str
    about: str
    older: tuple[str, ...]
    """Addresses of further parts."""
    trouble: str
    """Why a part of it may be missing."""
    entries: tuple[Entry, ...]


def feed_in(file: Path) -> Feed | None:
    """The feed in a file; None where there is none."""
    data = file.read_bytes()
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(data, file.name)
    whole = BytesIO(b"".join(clean(BytesIO(data))))
    try:
        # Not the name: it would be asked for on the web, if it looked like an address.
        found = feedparser.parse(whole, sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, LookupError, AssertionError):  # its parser for what is no XML stumbles
        return None
    return _xml_feed(found, file.name) if found.get("version") else None


# RSS and Atom.


def _xml_feed(found: Any, name: str) -> Feed:
    about = found.feed
    damaged = isinstance(found.get("bozo_exception"), SAXParseException)
    entries = (_xml_entry(e, found.version, f"{name}, item {n}") for n, e in _numbered(found))
    return Feed(
        about.get("title", ""),
        about.get("link", ""),
        about.get("language", ""),
        about.get("subtitle", ""),
        tuple(link.href for link in about.get("links", ()) if link.get("rel") in _OLDER),
        f"it is no well-formed XML: {found.bozo_exception}" if damaged else "",
        tuple(entries),
    )


def _numbered(found: Any) -> Iterator[tuple[int, Any]]:
    return enumerate(found.entries, 1)


def _xml_entry(entry: Any, version: str, where: str) -> Entry:
    is_atom = version.startswith("atom")
    link = entry.get("feedburner_origlink") or entry.get("link", "")
    summary = _text(entry.get("summary_detail"), is_atom)
    contents = [_text(part, is_atom) for part in entry.get("content", ())]
    content = max(contents, key=len, default="")
    authors = (author.get("name", "") for author in entry.get("authors", ()))
    enclosures = tuple(_enclosures(entry))
    return Entry(
        entry.get("id") or link or entry.get("title", ""),
        link,
        entry.get("title", ""),
        _moment(entry.get("published_parsed")),
        _moment(entry.get("updated_parsed")) if "updated" in entry else None,
        tuple(dict.fromkeys(name.strip() for name in authors if name and name.strip())),
        tuple(dict.fromkeys(filter(None, map(_label, entry.get("tags", ()))))),
        "" if summary == content else summary,
        content,
        _picture(entry),
        enclosures,
        f"{where} “{' '.join(entry.get('title', '').split())}”",
    )


def _label(tag: Any) -> str:
    return str(tag.get("label") or tag.get("term") or "").strip()


def _text(part: Any, is_atom: bool) -> str:
    """A text as HTML. In RSS all are; in Atom each says what it is (RFC 4287, 3.1.1)."""
    if not part:
        return ""
    value = str(part.get("value", ""))
    return escape(value, quote=False) if is_atom and part.get("type") == "text/plain" else value


def _moment(parsed: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _picture(entry: Any) -> str:
    """The picture that stands for an entry (Media RSS), if one does."""
    for part in entry.get("media_content", ()):
        kind = part.get("medium") or part.get("type", "")
        if kind.startswith("image") and part.get("url"):
            return str(part["url"])
    for part in entry.get("media_thumbnail", ()):
        if part.get("url"):
            return str(part["url"])
    image = entry.get("image")
    return str(image.get("href", "")) if isinstance(image, Mapping) else ""


def _enclosures(entry: Any) -> Iterator[Enclosure]:
    for part in entry.get("enclosures", ()):
        if part.get("href"):
            duration = str(entry.get("itunes_duration", ""))
            yield Enclosure(part["href"], part.get("type", ""), "", duration)


# JSON Feed (https://www.jsonfeed.org/version/1.1/).


def _json_feed(data: bytes, name: str) -> Feed | None:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except ValueError:
        return None
    if not str(found.get("version", "")).startswith(_JSON_FEED):
        return None
    items = found.get("items")
    entries = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    older = found.get("next_url")
    return Feed(
        _said(found, "title"),
        _said(found, "home_page_url"),
        _said(found, "language"),
        _said(found, "description"),
        (older,) if isinstance(older, str) and older else (),
        "",
        tuple(
            _json_entry(entry, _names(found), f"{name}, item {number}")
            for number, entry in enumerate(entries, 1)
        ),
    )


def _said(values: Mapping[str, Any], *names: str) -> str:
    found = (values.get(name) for name in names)
    return next((str(v) for v in found if isinstance(v, str | int) and v != ""), "")


def _names(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Authors: a list in version 1.1, one in version 1."""
    authors = values.get("authors") or [values.get("author")]
    people = [a for a in authors if isinstance(a, dict)] if isinstance(authors, list) else []
    return tuple(name for person in people if (name := _said(person, "name")))


def _json_entry(entry: Mapping[str, Any], authors: tuple[str, ...], where: str) -> Entry:
    tags = entry.get("tags")
    files = entry.get("attachments")
    text = escape(_said(entry, "content_text"), quote=False)
    plain = "".join(f"<p>{part}</p>" for part in text.split("\n\n") if part.strip())
    title = _said(entry, "title")
    return Entry(
        _said(entry, "id", "url"),
        _said(entry, "url"),
        escape(title, quote=False),
        _instant(_said(entry, "date_published")),
        _instant(_said(entry, "date_modified")),
        _names(entry) or authors,
        tuple(str(tag) for tag in tags) if isinstance(tags, list) else (),
        escape(_said(entry, "summary"), quote=False),
        _said(entry, "content_html") or plain,
        _said(entry, "image", "banner_image"),
        tuple(_attachments(files if isinstance(files, list) else [])),
        f"{where} “{title}”",
    )


def _attachments(files: list[Any]) -> Iterator[Enclosure]:
    for file in files:
        if isinstance(file, dict) and _said(file, "url"):
            seconds = file.get("duration_in_seconds")
            duration = _clock(int(seconds)) if isinstance(seconds, int | float) else ""
            yield Enclosure(
                _said(file, "url"), _said(file, "mime_type"), _said(file, "title"), duration
            )


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _instant(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return moment and (moment if moment.tzinfo else moment.replace(tzinfo=UTC))
