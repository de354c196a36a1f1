"""The addresses that Hugo gives to pages (gohugo.io/content-management/urls)."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

_TOKEN = re.compile(
    r":(?P<name>[a-z]+)(?:\[(?P<from>\d*):(?P<to>\d*|last)\]|\[(?P<at>\d+|last)\])?"
)
_OF_DAYS = re.compile(r":(?:year|month|weekday|day)")
_ALLOWED = frozenset("./\\_#+~-@")


@dataclass(frozen=True, slots=True)
class Page:
    """What an address is made of."""

    folder: str
    """Below the content folder, without slashes at its ends."""
    name: str
    """Of the file, or of a bundle's folder; without suffix and language."""
    title: str
    slug: str
    date: date | None
    prefix: str
    """Of its language."""
    permalinks: Mapping[str, Any]
    ugly: bool
    lower: bool
    accents: bool
    """Whether they stay."""


def address_of(page: Page, url: str) -> str:
    """Where a page was; `url` is what its front matter asks for, if anything.

    Empty where a day is a part of it, and not known.
    """
    if url:
        asked = _filled(url, page) if ":" in url else url
        if _OF_DAYS.search(asked):
            return ""
        path = asked if asked.startswith("/") else f"{page.prefix}/{asked}"
        return path if posixpath.splitext(path)[1] or path.endswith("/") else f"{path}/"
    pattern = _pattern(page)
    if pattern and page.date is None and _OF_DAYS.search(pattern):
        return ""
    if pattern:
        path = f"{page.prefix}/{_filled(pattern, page).strip('/')}/"
        return _ugly(path) if page.ugly else path
    last = page.slug or page.name
    path = _clean("/".join(filter(None, [page.folder, last])), page)
    return _ugly(f"{page.prefix}/{path}/") if page.ugly else f"{page.prefix}/{path}/"


def _ugly(path: str) -> str:
    return f"{path.rstrip('/')}.html"


def _pattern(page: Page) -> str:
    """Of the page's section; older sites have no `page` between."""
    section = page.folder.partition("/")[0]
    kinds = page.permalinks.get("page")
    patterns = {**page.permalinks, **(kinds if isinstance(kinds, dict) else {})}
    found = patterns.get(section or "/", patterns.get("/") if not section else None)
    return found if isinstance(found, str) else ""


def _filled(pattern: str, page: Page) -> str:
    parts = page.folder.split("/") if page.folder else []
    day = page.date
    values = {
        "title": page.title,
        "slug": page.slug or page.title,
        "slugorfilename": page.slug or page.name,
        "slugorcontentbasename": page.slug or page.name,
        "filename": page.name,
        "contentbasename": page.name,
        "section": parts[0] if parts else "",
    }
    if day is not None:
        values |= {
            "year": f"{day.year:04}",
            "month": f"{day.month:02}",
            "day": f"{day.day:02}",
            "monthname": _MONTHS[day.month - 1],
            "weekday": f"{day.isoweekday() % 7}",
            "weekdayname": _DAYS[day.weekday()],
            "yearday": f"{day.timetuple().tm_yday}",
        }

    def fill(found: re.Match[str]) -> str:
        name = found["name"]
        if name == "sections":
            return "/".join(_clean(part, page) for part in _cut(parts, found))
        return _clean(values[name].replace("/", "-"), page) if name in values else found.group()

    return re.sub("/{2,}", "/", _TOKEN.sub(fill, pattern))


def _cut(parts: list[str], found: re.Match[str]) -> list[str]:
    """`:sections[1:]`, `:sections[last]`."""
    if at := found["at"]:
        return parts[-1:] if at == "last" else parts[int(at) : int(at) + 1]
    end = found["to"]
    stop = len(parts) - 1 if end == "last" else int(end) if end else len(parts)
    return parts[int(found["from"] or 0) : stop]


_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _clean(path: str, page: Page) -> str:
    cleaned = clean_path(path, accents=page.accents)
    return cleaned.lower() if page.lower else cleaned


def clean_path(path: str, *, accents: bool = True) -> str:
    """Blanks as single hyphens; of other signs only those that Hugo lets stand in an address."""
    if not accents:
        path = "".join(
            c for c in unicodedata.normalize("NFD", path) if unicodedata.category(c) != "Mn"
        )
    found: list[str] = []
    gap = False
    for c in unicodedata.normalize("NFC", path.strip()):
        if c in _ALLOWED or unicodedata.category(c)[0] in "LNM":
            if gap and c != "-" and found[-1] != "-":
                found.append("-")
            found.append(c)
            gap = False
        elif c.isspace() and found:
            gap = True
    return "".join(found)
