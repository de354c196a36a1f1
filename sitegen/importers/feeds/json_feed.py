"""JSON Feed (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html import escape
from typing import Any

from sitegen.importers.feeds.entries import Enclosure, Entry, Feed, Picture, clock, id_of

_VERSION = "https://jsonfeed.org/version/"
_HALF = re.compile("[\ud800-\udfff]")
"""Half of an emoji: programs that count in UTF-16 cut texts there."""


def json_feed(data: bytes, name: str) -> Feed | None:
    """The feed in a file; None where there is none."""
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not str(found.get("version", "")).startswith(_VERSION):
        return None
    items = found.get("items")
    places = [(item, f"{name}, item {n}") for n, item in enumerate(_list(items), 1)]
    return Feed(
        escape(_said(found, "title"), quote=False),
        _said(found, "home_page_url"),
        _said(found, "language"),
        escape(_said(found, "description"), quote=False),
        _said(found, "feed_url"),
        tuple(filter(None, [_said(found, "next_url")])),
        "",
        tuple(_entry(item, _names(found), at) for item, at in places if isinstance(item, dict)),
        tuple(at for item, at in places if not isinstance(item, dict)),
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _said(values: Mapping[str, Any], *names: str) -> str:
    found = (values.get(name) for name in names)
    text = next((str(v) for v in found if isinstance(v, str | int) and v != ""), "")
    return _HALF.sub("", text)


def _names(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Authors: a list in version 1.1, one in version 1."""
    authors = values.get("authors") or [values.get("author")]
    people = [a for a in _list(authors) if isinstance(a, dict)]
    return tuple(name for person in people if (name := _said(person, "name")))


def _entry(entry: Mapping[str, Any], authors: tuple[str, ...], where: str) -> Entry:
    text = escape(_said(entry, "content_text"), quote=False)
    plain = "".join(f"<p>{part}</p>" for part in text.split("\n\n") if part.strip())
    title, url = _said(entry, "title"), _said(entry, "url")
    date, content = _said(entry, "date_published"), _said(entry, "content_html") or plain
    shown = _said(entry, "image", "banner_image")
    about = _said(entry, "external_url")
    return Entry(
        id_of(_said(entry, "id"), url, title, date, content),
        url,
        escape(title, quote=False),
        _instant(date),
        _instant(_said(entry, "date_modified")),
        _names(entry) or authors,
        tuple(_HALF.sub("", str(tag)) for tag in _list(entry.get("tags"))),
        escape(_said(entry, "summary"), quote=False),
        content,
        (Picture(shown),) if shown else (),
        tuple(_attachments(_list(entry.get("attachments")))),
        f"{where} “{title}”",
        date,
        about=(about,) if about and about != url else (),
    )


def _attachments(files: list[Any]) -> Iterator[Enclosure]:
    for file in files:
        if isinstance(file, dict) and _said(file, "url"):
            seconds = file.get("duration_in_seconds")
            duration = clock(seconds) if isinstance(seconds, int | float) else ""
            yield Enclosure(
                _said(file, "url"), _said(file, "mime_type"), _said(file, "title"), duration
            )


def _instant(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    if moment is None or not 1000 < moment.year < 9000:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
