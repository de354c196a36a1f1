"""Languages: their direction, names, dates, numbers, plurals, pace of reading. Owns Babel."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Mapping
from copy import copy
from datetime import datetime, time
from functools import lru_cache
from typing import Literal, NamedTuple

from babel import Locale, UnknownLocaleError
from babel.core import get_global, parse_locale
from babel.dates import format_date, format_skeleton, format_time, get_day_names, get_month_names
from babel.lists import format_list
from babel.localedata import exists
from babel.numbers import format_decimal, get_currency_symbol

from sitegen.instants import zone

Digits = Literal["latn", "arab", "arabext", "beng", "deva"]
"""The systems of digits that numbers can be written in, by their names in CLDR."""

_ZEROS: Mapping[str, int] = {
    "arab": 0x0660,
    "arabext": 0x06F0,
    "beng": 0x09E6,
    "deva": 0x0966,
}
PLURALS = ("zero", "one", "two", "few", "many", "other")
"""The plural classes of CLDR; a language has some of them, and always `other`."""

_ENGLISH = Locale("en")
_RIGHT_TO_LEFT = frozenset(
    [
        "Adlm",
        "Arab",
        "Aran",
        "Armi",
        "Hebr",
        "Mand",
        "Mend",
        "Nkoo",
        "Rohg",
        "Samr",
        "Syrc",
        "Syre",
        "Syrj",
        "Syrn",
        "Thaa",
        "Yezi",
    ]
)
"""The scripts in use that are written from right to left (ISO 15924, Unicode 16)."""

_PACE: Mapping[str, int] = {"ar": 180, "en": 240, "he": 190, "ja": 480, "ko": 480, "zh": 480}
_USUAL_PACE = 220
"""Words a minute. Of Chinese, Japanese and Korean a character counts as a word."""


def is_language(code: str) -> bool:
    """Whether there is a language of this BCP 47 code."""
    try:
        language = parse_locale(code, sep="-")[0]
    except ValueError:
        return False
    # Whether there are data of it is cheaper to say than how it is called in English.
    return exists(language) or language in _ENGLISH.languages


@lru_cache(maxsize=64)
def locale_of(lang: str) -> Locale:
    """Babel's locale of a BCP 47 code; the English one where Babel knows the language by name only.

    Themes have English words for such a language too.
    """
    try:
        return Locale.parse(lang, sep="-")
    except UnknownLocaleError:
        return _ENGLISH


def direction(lang: str) -> str:
    """`ltr` or `rtl`: by the script that the code names, else by the language's usual one."""
    return "rtl" if _script(lang) in _RIGHT_TO_LEFT else "ltr"


def _script(lang: str) -> str:
    """The script of a language (ISO 15924)."""
    language, territory, script, *_ = parse_locale(lang, sep="-")
    if script is None:
        usual = get_global("likely_subtags")
        likely = usual.get(f"{language}_{territory}") or usual.get(language, "")
        script = next((part for part in likely.split("_") if len(part) == 4), "Latn")
    return script


def news_language(lang: str) -> str:
    """The code that Google's news sitemaps have for a language: ISO 639, and two for Chinese."""
    language = parse_locale(lang, sep="-")[0]
    if language != "zh":
        return language
    return "zh-tw" if _script(lang) == "Hant" else "zh-cn"


@lru_cache(maxsize=64)
def territory_locale(lang: str) -> str:
    """A BCP 47 code as `language_TERRITORY`, as Open Graph has it.

    The territory is the one that CLDR takes for the likeliest where the code names none.
    """
    language, territory, script, *_ = parse_locale(lang, sep="-")
    if territory is None:
        usual = get_global("likely_subtags")
        likely = usual.get(f"{language}_{script}") or usual.get(language, "")
        territory = likely.rpartition("_")[2]
    return f"{language}_{territory}" if territory else language


def language_name(lang: str) -> str:
    """A language's name in itself; in English where nobody has told it."""
    locale = locale_of(lang)
    known = locale is not _ENGLISH
    name = locale.get_language_name(lang.replace("-", "_")) if known else None
    name = name or _ENGLISH.languages.get(parse_locale(lang, sep="-")[0], lang)
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=16_384)
def long_date(day: str, lang: str) -> str:
    """`2026-11-22` as a reader of `lang` writes it in full.

    Forty years of days are kept: the listings of each term go through all of them again.
    """
    return format_date(datetime.fromisoformat(day), format="long", locale=locale_of(lang))


@lru_cache(maxsize=4096)
def month_name(period: str, lang: str) -> str:
    """`2026-11` as “November 2026”."""
    first = datetime.fromisoformat(f"{period}-01")
    return str(format_skeleton("yMMMM", first, locale=locale_of(lang)))


@lru_cache(maxsize=512)
def month_alone(period: str, lang: str) -> str:
    """`2026-11` as “November”."""
    names = get_month_names("wide", "stand-alone", locale_of(lang))
    return str(names[int(period[5:7])])


@lru_cache(maxsize=4096)
def day_and_month(day: str, lang: str) -> str:
    """`11-22` as “22 November”."""
    moment = datetime.fromisoformat(f"2000-{day}")
    return str(format_skeleton("MMMMd", moment, locale=locale_of(lang)))


def clock_time(instant: str, timezone: str, lang: str) -> str:
    """The time of an ISO instant in `timezone`, with the zone's short name."""
    local = datetime.fromisoformat(instant).astimezone(zone(timezone))
    minute = local.time().replace(second=0, microsecond=0)
    return f"{_short_time(minute, lang)} {local.tzname()}"


@lru_cache(maxsize=4096)
def _short_time(minute: time, lang: str) -> str:
    return format_time(minute, format="short", locale=locale_of(lang))


def joined(names: list[str], lang: str) -> str:
    """“A, B and C”, as the language does it."""
    return format_list(names, style="standard", locale=locale_of(lang))


@lru_cache(maxsize=64)
def _digits(system: str) -> dict[int, int]:
    return {ord("0") + value: _ZEROS[system] + value for value in range(10)}


def in_digits(text: str, system: str) -> str:
    """`text` with its Latin digits written in another system's. Babel knows Latin ones only."""
    return text if system == "latn" else text.translate(_digits(system))


@lru_cache(maxsize=4096)
def number(value: float, lang: str) -> str:
    """`1234` as “1,234”, as the language groups it."""
    return format_decimal(value, locale=locale_of(lang), numbering_system="latn")


def money(amount: int, currency: str, lang: str) -> str:
    """A whole amount in a currency (ISO 4217), as a reader of `lang` writes it."""
    pattern = copy(locale_of(lang).currency_formats["standard"])
    pattern.frac_prec = (0, 0)
    text: str = pattern.apply(
        amount,
        locale_of(lang),
        currency=currency,
        currency_digits=False,
        numbering_system="latn",
    )
    symbol = get_currency_symbol(currency, locale_of(lang))
    if direction(lang) == "rtl" and symbol[:1].isascii():  # “UK£”, whose sign would go before it
        text = text.replace(symbol, f"\u200e{symbol}\u200e")
    return text


def plural_class(count: float, lang: str) -> str:
    """The plural class (CLDR) that `lang` has for `count`: `one`, `few`, `other`, …"""
    return str(locale_of(lang).plural_form(count))


def plural_classes(lang: str) -> frozenset[str]:
    """The plural classes that a text of `lang` must have."""
    return frozenset(locale_of(lang).plural_form.tags) | {"other"}


def minutes(words: int, lang: str, pace: int = 0) -> int:
    """Minutes that reading takes, at least one; `pace` in words a minute, 0 for the usual one."""
    pace = pace or _PACE.get(lang.partition("-")[0], _USUAL_PACE)
    return max(1, (words + pace // 2) // pace)


class Month(NamedTuple):
    """A month as a sheet of a calendar."""

    weekdays: tuple[tuple[str, str], ...]
    """Short and long names, in the order of the language's week."""
    weeks: tuple[tuple[str, ...], ...]
    """Days as `2026-11-22`; empty for a day of another month."""


@lru_cache(maxsize=512)
def month_sheet(period: str, lang: str) -> Month:
    """The calendar of `2026-11`; the week begins where the language's country begins it."""
    locale = locale_of(lang)
    first = locale.first_week_day
    short = get_day_names("short", "stand-alone", locale)
    long = get_day_names("wide", "stand-alone", locale)
    order = [(first + offset) % 7 for offset in range(7)]
    year, month = map(int, period.split("-"))
    weeks = Calendar(first).monthdatescalendar(year, month)
    return Month(
        tuple((short[day], long[day]) for day in order),
        tuple(
            tuple(day.isoformat() if day.month == month else "" for day in week) for week in weeks
        ),
    )


@lru_cache(maxsize=64)
def month_initials(lang: str) -> tuple[str, ...]:
    """The shortest names of the twelve months."""
    names = get_month_names("narrow", "stand-alone", locale_of(lang))
    return tuple(names[month] for month in range(1, 13))
