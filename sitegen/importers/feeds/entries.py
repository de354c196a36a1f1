"""What a feed tells, whatever its form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from sitegen.digest import digest

_TRACKING = re.compile(r"(?i)utm_\w+|at_(medium|campaign)|fbclid|gclid|mc_[ce]id|cmp")
_FROM_FEED = re.compile(r"(?i)rss|atom|feed")

What = Literal["article", "page", "comment", "trash", "system"]
"""What an entry is: exports of Blogger are feeds of all that a blog has."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that stands for an entry, or belongs to it. Texts are HTML."""

    url: str
    alt: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that belongs to an entry: a recording, mostly."""

    url: str
    type: str = ""
    title: str = ""
    duration: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as a feed tells it. Texts are HTML but for names."""

    id: str
    url: str
    title: str
    published: datetime | None
    updated: datetime | None
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    summary: str
    content: str
    pictures: tuple[Picture, ...]
    """The one that stands for it first."""
    enclosures: tuple[Enclosure, ...]
    where: str
    date: str = ""
    """As the feed writes it."""
    base: str = ""
    """What addresses in its texts are relative to, where that is not its own address."""
    about: tuple[str, ...] = ()
    """Addresses of what it speaks of."""
    description: str = ""
    what: What = "article"
    draft: bool = False
    others: tuple[str, ...] = ()
    """Further addresses that it had."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What one file holds."""

    title: str
    home: str
    language: str
    about: str
    own: str
    """The feed's address."""
    older: tuple[str, ...]
    """Addresses of further parts."""
    trouble: str
    """Why a part of it may be missing."""
    entries: tuple[Entry, ...]
    broken: tuple[str, ...] = ()
    """Places of what should be an entry and is none."""


def id_of(id: str, url: str, title: str, date: str, text: str) -> str:
    """What an entry is called: many have no name of their own."""
    if id or url:
        return id or url
    return f"{title} {date}" if title and date else digest(f"{title} {text}".encode()).hex()[:16]


def untracked(url: str) -> str:
    """An address without what feeds put behind it to count readers."""
    try:
        parts = urlsplit(url.strip())
        said = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return url
    kept = [(name, value) for name, value in said if not _counts(name, value)]
    return url if len(kept) == len(said) else parts._replace(query=urlencode(kept)).geturl()


def _counts(name: str, value: str) -> bool:
    from_feed = name.lower() in ("ref", "source", "src", "from") and _FROM_FEED.search(value)
    return bool(_TRACKING.fullmatch(name) or from_feed)


def clock(seconds: float) -> str:
    """A length as people write it: `1:02:03`; empty for what is none."""
    if not 0 < seconds < 1e6:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
