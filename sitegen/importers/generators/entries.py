"""What is known of a file of another generator's site before its text is converted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from sitegen.importers.generators.lists import OldLists
from sitegen.importers.html import Page
from sitegen.importers.things import About, Event, Kind
from sitegen.read.matter import Matter
from sitegen.settings import Preset


@dataclass(frozen=True, slots=True)
class Entry:
    """One file that becomes a thing."""

    file: str
    """Below the source's folder, with slashes: what it is known by."""
    kind: Kind
    path: str
    """Where it is to lie below content/."""
    url: str
    """Its old address; empty for what had none."""
    values: Mapping[str, Any]
    """Front matter under the system's names, with what its habits add to it."""
    line: int = 1
    """The line of the file on which its text begins."""
    names: tuple[str, ...] = ()
    """What else texts call it by, beside its file and its address."""
    section: str = ""
    """For what has none of its own: that of its folder."""
    sure: bool = True
    """Whether `url` is surely what it was: without settings nobody knows."""
    language: str = ""
    """Empty: the site's first one. Texts call their own language's article by its name."""

    @property
    def title(self) -> str:
        return str(self.values.get("title") or "")


@dataclass(frozen=True, slots=True)
class Left:
    """A file that becomes none; `kind` is one of `losses.LEFT`."""

    kind: str
    detail: str = ""
    events: tuple[Event, ...] = ()
    """What there is to say all the same."""


class Sight(Page, Protocol):
    """The rest of the old site, as one text sees it: what conversions of tags may ask and say."""

    entry: Entry

    def reference(self, name: str, fragment: str = "") -> str:
        """The address of what is called `name` (a file, an address, a name); empty: unknown."""
        ...


class System(Protocol):
    """One generator: where its files lie, at which addresses they were, what its tags mean."""

    name: str
    preset: Preset
    """Of `read.names`: what its fields are called."""
    names: Mapping[str, str]
    """Further names of fields, as in `[front_matter.names]`."""
    root: Path
    zone: str
    """Of dates without one; empty where the site does not say."""
    taxonomies: tuple[str, ...]
    """Further ones."""
    languages: tuple[str, ...]
    """Further ones."""
    lists: OldLists
    file_roots: tuple[tuple[str, Path], ...]
    """Folders of files that were published as they are, each with the beginning of its address."""

    def about(self) -> About: ...

    def files(self) -> Iterator[Path]:
        """Every file that may hold an article or page, in order."""
        ...

    def matter(self, file: Path, data: bytes) -> Matter:
        """Front matter and text. Raises MatterError."""
        ...

    def entry(self, file: str, matter: Matter) -> Entry | Left: ...

    def expanded(self, entry: Entry, text: str, sight: Sight) -> str:
        """The text of a file as Markdown, without the system's own signs."""
        ...

    def static(self) -> Iterator[tuple[str, Path]]:
        """Every file that was published as it is, with its path in the old site."""
        ...

    def beside(self) -> Iterator[Path]:
        """Every other file among the articles, which may have been published with one of them."""
        ...

    def more(self) -> Iterator[Event]:
        """Settings, authors and data that lie in files of their own."""
        ...
