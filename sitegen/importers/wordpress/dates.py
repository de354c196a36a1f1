"""WordPress's dates: two clocks and zeros."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from sitegen.importers.wordpress.records import Item

_RFC_822 = re.compile(r"[A-Za-z]{3}, \d{1,2} [A-Za-z]{3} [12]\d{3} ")
_WRITTEN = re.compile(r"(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)")


def published(item: Item) -> datetime | None:
    """When it was published: with a zone, where the export tells both clocks; None: it does not."""
    return next(_moments(item.date, item.date_gmt, item.published), None)


def modified(item: Item) -> datetime | None:
    return next(_moments(item.modified, item.modified_gmt, ""), None)


def _moments(local: str, gmt: str, rfc: str) -> Iterator[datetime]:
    """The moments that these texts name, the surest first. Drafts have zeros for `gmt`."""
    for text, zone in ((gmt, UTC), (local, None)):
        if (moment := _read(text)) is not None:
            yield moment.replace(tzinfo=zone)
    if (moment := of_rfc_822(rfc)) is not None:
        yield moment


def of_rfc_822(text: str) -> datetime | None:
    """`Mon, 04 Mar 2019 10:00:00 +0000`; the library takes the year -0001 of zeros for 2000."""
    try:
        moment = parsedate_to_datetime(text) if _RFC_822.match(text) else None
    except (ValueError, IndexError, TypeError):
        return None
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def _read(text: str) -> datetime | None:
    found = _WRITTEN.fullmatch(text)
    try:
        if found is None:
            return None
        year, month, day, hour, minute, second = map(int, found.groups())
        moment = datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None
    return moment if moment and moment.year > 1000 else None


def ahead(item: Item) -> int | None:
    """Minutes by which the site's clock was ahead of UTC; None: the item does not tell."""
    local, gmt = _read(item.date), _read(item.date_gmt)
    return round((local - gmt).total_seconds() / 60) if local and gmt else None


def clock(minutes: int) -> str:
    """`+01:00`."""
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
