"""Languages: their direction, names and dates. Owns Babel."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list

from sitegen.instants import zone


@lru_cache(maxsize=64)
def locale_of(lang: str) -> Locale:
    """Babel's locale of a BCP 47 code."""
    return Locale.parse(lang, sep="-")


def direction(lang: str) -> str:
    """`ltr` or `rtl`."""
    return locale_of(lang).text_direction


def language_name(lang: str) -> str:
    """A language's name in itself."""
    name = locale_of(lang).get_language_name(lang.replace("-", "_")) or lang
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=4096)
def long_date(day: str, lang: str) -> str:
    """`2026-11-22` as a reader of `lang` writes it in full."""
    return format_date(datetime.fromisoformat(day), format="long", locale=locale_of(lang))


@lru_cache(maxsize=4096)
def month_name(period: str, lang: str) -> str:
    """`2026-11` as “November 2026”."""
    first = datetime.fromisoformat(f"{period}-01")
    return str(format_skeleton("yMMMM", first, locale=locale_of(lang)))


@lru_cache(maxsize=4096)
def clock_time(instant: str, timezone: str, lang: str) -> str:
    """The time of an ISO instant in `timezone`, with the zone's short name."""
    local = datetime.fromisoformat(instant).astimezone(zone(timezone))
    time = format_time(local, format="short", locale=locale_of(lang))
    return f"{time} {local.tzname()}"


def joined(names: list[str], lang: str) -> str:
    """“A, B and C”, as the language does it."""
    return format_list(names, style="standard", locale=locale_of(lang))
