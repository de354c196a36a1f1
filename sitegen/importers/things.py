"""What an importer finds in another system's export, as values: things to write, and losses."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal, Protocol

from sitegen.model import Progress

Kind = Literal["article", "page", "author", "tag", "front"]
Value = str | bool | int | datetime | date | Sequence["Value"] | Mapping[str, "Value"]
"""What a field may hold. An instant with a zone is written in the site's; one without, as it is."""
Matter = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Thing:
    """One file of content/ to be, from one record of the source."""

    identity: str
    """The source's own stable name of it, with the source's before it: see `Importer.origin`."""
    kind: Kind
    path: str
    """Below content/, as it would be best; another is chosen where that one is taken."""
    matter: Matter
    """Front matter under sitegen's names, in the order in which it is to be written.

    `url` and `aliases` are addresses within the site, percent-encoded or not. Whatever is empty
    is left out.
    """
    body: str = ""
    """Markdown (TOML for `front`); links to other things are `links.reference`s."""
    where: str = ""
    """Its place in the source, for people: `post 12 “Storm”, line 407`."""
    records: int = 1
    """How many of the source's records it accounts for."""


@dataclass(frozen=True, slots=True)
class Media:
    """A file that something imported shows or links to, or that the old site published as it is."""

    path: str
    """Below its folder of the site."""
    address: str
    """Whole, where it can be fetched from the old site."""
    file: Path | None = None
    """Where it lies on this machine, to be copied; None: nobody knows."""
    folder: Literal["content", "static", "data"] = "content"
    data: bytes = field(default=b"", repr=False)
    """What is to be written where there is no `file` to be copied."""


@dataclass(frozen=True, slots=True)
class Left:
    """Records of the source that become no file."""

    kind: str
    """One of `losses.LEFT`."""
    where: str
    detail: str = ""
    records: int = 1


@dataclass(frozen=True, slots=True)
class Loss:
    """Something within a thing that could not be carried over, or not wholly."""

    kind: str
    """One of `losses.LOSSES`."""
    where: str
    detail: str = ""
    identity: str = ""
    """Of the thing, so that its file can be named too."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An old address that will have no page and no redirect."""

    kind: str
    """One of `losses.ADDRESSES`."""
    address: str
    where: str = ""
    identity: str = ""
    """Of the thing that is meant, so that its new address can be told."""


@dataclass(frozen=True, slots=True)
class Found:
    """Records that the source holds, counted where they are read and nowhere else.

    In the end their sum is that of the `records` of all things and all that was left out.
    """

    kind: str
    """In the singular, for people: `post`, `author`."""
    number: int = 1


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting that the site needs, such as `("sections", "politics", "title")`.

    Lists of several settings with one name are joined.
    """

    key: tuple[str, ...]
    value: str | int | bool | Sequence[str]


Event = Thing | Media | Left | Loss | Unanswered | Found | Setting | Progress


@dataclass(frozen=True, slots=True)
class About:
    """What the source says of itself: the settings of a new site."""

    title: str
    base_url: str
    language: str = "en"
    tagline: str = ""
    timezone: str = ""
    """Empty where the source does not say: then the user's wish or UTC holds."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an importer must know of the site, and of what the user wants."""

    timezone: str = "UTC"
    """For dates without a zone."""
    language: str = "en"
    languages: tuple[str, ...] = ()
    """The further ones."""
    ascii_slugs: bool = False
    base_url: str = ""
    """The site's; empty for a new one, which gets the source's."""
    terms: Mapping[str, str] = field(default_factory=dict)
    """Patterns of the addresses of `section`, `tag` and `author`."""
    taxonomies: Mapping[str, str] = field(default_factory=dict)
    """Name → pattern of the addresses of its terms."""
    address: str = ""
    """Where the old site is or was, for sources that do not say."""
    media: Path | None = None
    """Where the source's media lie on this machine."""
    media_url: str = ""
    """Where pictures are shown from that are not in content/."""
    types: tuple[str, ...] = ()
    """Further kinds of records that are articles."""
    new_site: bool = False
    """There is no sitegen.toml yet."""
    settings_hold: bool = False
    """Nobody has edited sitegen.toml, so that a `Setting` is sure to hold."""


class Importer(Protocol):
    """Reads one source. It never writes, and keeps nothing that grows with the source in memory."""

    origin: str
    """What every identity of this source begins with: two sources may be imported into one site."""

    def about(self) -> About: ...

    def events(self) -> Generator[Event]:
        """Everything in the source, in its order. Raises SitegenError for what is no such source.

        A record that is broken is `Left`, and the next one is read.
        """
        ...
