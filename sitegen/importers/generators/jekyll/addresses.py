"""The addresses that Jekyll gives to posts, pages and documents (jekyllrb.com/docs/permalinks)."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime

_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_OF_DAYS = re.compile(r":\w*(?:year|month|week|day|hour|minute|second)")
_TOKEN = re.compile(r":([a-z_]+)")


def post_pattern(style: str) -> str:
    return _STYLES.get(style, style)


def ending(style: str) -> str:
    """What the addresses of pages end in, by the permalinks of the whole site."""
    if style in _STYLES:
        return "/" if style == "pretty" else ".html"
    if style.endswith(("/", ":output_ext")):
        return "/" if style.endswith("/") else ".html"
    return ""


def post_address(
    pattern: str, name: str, slug: str, categories: Sequence[str], day: date | None
) -> str:
    """`name` is the file's, without date and suffix; empty where a day is wanted and not known."""
    if day is None and _OF_DAYS.search(pattern):
        return ""
    day = day or date(1970, 1, 1)
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)
    year, week, weekday = day.isocalendar()
    values = {
        "categories": "/".join(dict.fromkeys(c.lower() for c in categories)),
        "slugified_categories": "/".join(dict.fromkeys(map(slugified, categories))),
        "title": pretty(slug or name),
        "slug": slugified(slug or name),
        "year": f"{day.year:04}",
        "short_year": f"{day.year % 100:02}",
        "month": f"{day.month:02}",
        "i_month": f"{day.month}",
        "short_month": _MONTHS[day.month - 1][:3],
        "long_month": _MONTHS[day.month - 1],
        "day": f"{day.day:02}",
        "i_day": f"{day.day}",
        "y_day": f"{day.timetuple().tm_yday:03}",
        "w_year": f"{year}",
        "week": f"{week:02}",
        "w_day": f"{weekday}",
        "short_day": _DAYS[day.weekday()][:3],
        "long_day": _DAYS[day.weekday()],
        "hour": f"{moment.hour:02}",
        "minute": f"{moment.minute:02}",
        "second": f"{moment.second:02}",
        "output_ext": ".html",
    }
    return _filled(pattern, values)


def page_address(pattern: str, path: str, end: str) -> str:
    """Of a page at `path`, its suffix taken away; `pattern` is its own, if it has one."""
    folder, name = posixpath.split(path)
    values = {"path": folder, "basename": name, "output_ext": ".html"}
    if pattern:
        return _filled(pattern, values)
    if name == "index":
        return _filled("/:path/", values)
    return _filled(f"/:path/:basename{end}", values)


def document_address(pattern: str, collection: str, path: str, slug: str, title: str) -> str:
    """Of a document of a collection; `path` is within it, without suffix."""
    name = posixpath.basename(path)
    values = {
        "collection": collection,
        "path": path,
        "name": pretty(name).lower(),
        "title": pretty(slug or name),
        "slug": slugified(slug or name),
        "output_ext": ".html",
    }
    return _filled(pattern, values)


def _filled(pattern: str, values: dict[str, str]) -> str:
    def fill(found: re.Match[str]) -> str:
        name = found[1]
        while name and name not in values:  # `:title_x` is `:title` and what follows
            name = name.rpartition("_")[0] if "_" in name else name[:-1]
        return values[name] + found[1][len(name) :] if name else found.group()

    return re.sub("/{2,}", "/", "/" + _TOKEN.sub(fill, pattern))


def pretty(text: str) -> str:
    """Jekyll's `slugify` in its mode “pretty”, with capitals kept."""
    kept = (c if _is_word(c) or c in "._~!$&'()+,;=@" else "-" for c in _nfc(text))
    return re.sub("-{2,}", "-", "".join(kept)).strip("-")


def slugified(text: str) -> str:
    kept = (c if _is_word(c) else "-" for c in _nfc(text))
    return re.sub("-{2,}", "-", "".join(kept)).strip("-").lower()


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _is_word(character: str) -> bool:
    kind = unicodedata.category(character)
    return kind[0] in "LM" or kind == "Nd"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
