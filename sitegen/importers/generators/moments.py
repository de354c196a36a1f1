"""Dates of other generators: days, and instants with a zone."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sitegen import instants
from sitegen.instants import is_day, parse_instant


def moment_of(text: str, zone: str) -> datetime | date:
    """The day, or instant with a zone, that a text names. Raises ValueError."""
    text = text.strip()
    if is_day(text):
        return parse_instant(text, instants.zone("UTC")).date()
    moment = instants.as_written(text)
    if moment.tzinfo is None:  # by way of UTC, where clocks were set forward over it
        moment = moment.replace(tzinfo=instants.zone(zone)).astimezone(UTC)
    return moment


def is_to_come(moment: datetime | date | None) -> bool:
    """Whether a day or instant lies in the future: the only question that the clock decides."""
    now = datetime.now(UTC)
    if isinstance(moment, datetime):
        return moment > now
    return moment is not None and moment > now.date()
