"""Instants: texts of dates into moments with a zone, never guessed. Owns time zones.

Zones come from the `tzdata` package alone, so that every machine has the same rules.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_ZONE_NAME = re.compile(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*")
_DATE_ONLY = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}")
_WORD = r"[A-Za-z]{3,9}\.?"
_ORDINAL = r"(?:[sS][tT]|[nN][dD]|[rR][dD]|[tT][hH])?"
_TIME = (
    r"(?:[Tt,\s]|\s+[aA][tT]\s+)\s*"
    r"\d{1,2}(?::\d{2}){0,2}(?:[.,]\d{1,9})?\s*(?:[aApP]\.?[mM]\.?)?"
    r"\s*(?:[Zz]|(?:[uU][tT][cC]|[gG][mM][tT])?\s*[-+]\d{1,2}(?::?\d{2})?|[A-Za-z]{2,5})?"
)
SHAPE = (
    r"(?:\d{4}([-/.])\d{1,2}\1\d{1,2}"  # 2026-11-22
    rf"|(?:{_WORD},?\s+)?\d{{1,2}}{_ORDINAL}[\s-]+{_WORD},?[\s-]+\d{{4}}"  # 22 Nov 2026
    rf"|(?:{_WORD},?\s+)?{_WORD}\s+\d{{1,2}}{_ORDINAL},?\s+\d{{4}}"  # November 22nd, 2026
    rf")(?:{_TIME})?"
)
"""The dates that can be read in one way only; no year or day is ever guessed.

Without flags, so that it means the same in the regular expressions of a JSON Schema.
"""
_SHAPE = re.compile(SHAPE)
_ZONE_BEFORE_SIGN = re.compile(r"(?i)(?:UTC|GMT)\s*(?=[-+]\d)")
"""POSIX reads GMT+3 as three hours behind; people do not, so the letters go."""
_REMEDY = "write it like 2026-11-22 or 2026-11-22 06:30"


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """The IANA time zone called `name`; ValueError when there is none."""
    # Not for those who only tell times apart: together they take 15 ms to load.
    from importlib.resources import files
    from zoneinfo import ZoneInfo

    try:
        if not _ZONE_NAME.fullmatch(name):
            raise FileNotFoundError
        with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as data:
            return ZoneInfo.from_file(data, key=name)
    except (OSError, ValueError):
        raise ValueError(f"there is no time zone called “{name}”{_near_zone(name)}") from None


def _near_zone(name: str) -> str:
    """The zone of a place, where somebody wrote the place alone or another spelling."""
    from difflib import get_close_matches
    from importlib.resources import files

    known = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    places = {zone.rpartition("/")[2].lower(): zone for zone in reversed(known)}
    word = name.strip().replace(" ", "_").rpartition("/")[2].lower()
    near = get_close_matches(word, places, n=1, cutoff=0.8)
    return f"; did you mean {places[near[0]]}?" if near else ""


def parse_instant(text: str, tz: ZoneInfo) -> datetime:
    """The moment that `text` names, to the second, in the zone `tz`.

    A text without a zone is read in `tz`; where clocks are set back, as the first of the two.
    Raises ValueError with a message for people: no date, an ambiguous one such as 03/04/2026,
    an unknown zone's name, or a time that clocks skip when they are set forward.
    """
    moment = _read(text.strip())
    if moment.tzinfo is not None:
        return moment.astimezone(tz)
    local = moment.replace(tzinfo=tz)
    there_and_back = local.astimezone(UTC).astimezone(tz)
    if there_and_back.replace(tzinfo=None) == moment:
        return local
    if _DATE_ONLY.fullmatch(text.strip()):
        return there_and_back
    raise ValueError(
        f"{moment:%Y-%m-%d %H:%M} did not exist in {tz.key}: clocks were set forward over it; "
        f"write {there_and_back:%Y-%m-%d %H:%M}"
    )


def as_written(text: str) -> datetime:
    """The moment that `text` names, without a zone where it has none. Raises ValueError."""
    return _read(text.strip())


def _read(text: str) -> datetime:
    if not _SHAPE.fullmatch(text):
        raise ValueError(f"“{text[:60]}” is not a date that can be read safely; {_REMEDY}")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = _read_leniently(text)
    offset = moment.utcoffset()
    if not 1000 <= moment.year <= 9998 or (offset and abs(offset) >= timedelta(hours=24)):
        raise ValueError(f"“{text[:60]}” is out of range; {_REMEDY}")
    return moment.replace(microsecond=0)


def _read_leniently(text: str) -> datetime:
    from dateutil import parser  # 15 ms to import, and ISO dates do without

    try:
        return parser.parse(
            _ZONE_BEFORE_SIGN.sub("", text),
            default=datetime(1000, 1, 1),
            tzinfos=_unknown_zone,
            fuzzy=False,
        )
    except (ValueError, OverflowError) as error:
        reason = str(error).split(":")[0]
        raise ValueError(f"“{text[:60]}” is not a date ({reason}); {_REMEDY}") from None


def _unknown_zone(name: str | None, offset: int | None) -> int | None:
    if name is not None and offset is None:
        raise ValueError(f"the zone “{name}” is ambiguous, write an offset such as +01")
    return offset


_OFFSET = re.compile(r":\d{2}(?:\.\d+)?\s?(?:(Z)|[-+]\d{2}:?\d{2})$")
_SECONDS = re.compile(r"\d:\d{2}:\d{2}")


def write_instant(moment: datetime, tz: ZoneInfo, like: str = "") -> str:
    """`moment` as people write it, such as `2026-11-22 14:05`, for `parse_instant` in `tz` to read.

    The form is that of `like`, another instant, as far as it has one: with “T”, seconds, offset.
    Where clocks are set back, an offset says which of the two is meant.
    """
    local = moment.astimezone(tz).replace(microsecond=0)
    sep = "T" if re.search(r"\dT\d", like) else " "
    precision = "seconds" if local.second or _SECONDS.search(like) else "minutes"
    offset = _OFFSET.search(like)
    if offset and offset[1]:
        return local.astimezone(UTC).replace(tzinfo=None).isoformat(sep, precision) + "Z"
    plain = local.replace(tzinfo=None).isoformat(sep, precision)
    whole = local.isoformat(sep, precision)
    # Compared in UTC: within one zone Python calls both hours of a clock set back equal.
    read = parse_instant(plain, tz).astimezone(UTC)
    return whole if offset or read != local.astimezone(UTC) else plain


def is_day(text: str) -> bool:
    """Whether `text` names a day and no time of it."""
    return bool(_DATE_ONLY.fullmatch(text.strip()))


def utc(moment: datetime) -> str:
    """`moment` as RFC 3339 in UTC: `2026-11-22T06:30:00Z`."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat()}Z"


def shown(seconds: int, timezone: str) -> str:
    """An instant for people: the zone's clock with its name, and UTC where that is another.

    `2026-07-01 06:30 BST (Europe/London; 2026-07-01T05:30:00Z)`.
    """
    local = from_seconds(seconds).astimezone(zone(timezone))
    clock = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    text = f"{local:%Y-%m-%d} {clock} {local.tzname()}"
    return text if timezone == "UTC" else f"{text} ({timezone}; {utc(local)})"


def from_seconds(seconds: int) -> datetime:
    """The moment `seconds` after 1970 began, in UTC; negative before."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)


def to_seconds(moment: datetime) -> int:
    """Whole seconds from 1970 to `moment`."""
    return int((moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() // 1)
