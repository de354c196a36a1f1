"""What a WXR file holds, as values. The format is what WordPress's own `export.php` writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape


@dataclass(frozen=True, slots=True)
class Channel:
    """What the export says of the old site."""

    title: str = ""
    link: str = ""
    description: str = ""
    language: str = ""
    version: str = ""
    site_url: str = ""
    blog_url: str = ""
    date: str = ""
    """When it was exported (RFC 822)."""


@dataclass(frozen=True, slots=True)
class Author:
    login: str
    name: str


@dataclass(frozen=True, slots=True)
class Term:
    """A category, tag, or term of a taxonomy of a plugin's."""

    id: str
    taxonomy: str
    """`category`, `post_tag`, or the plugin's word."""
    slug: str
    name: str
    parent: str = ""
    """The parent's slug."""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A term as an item names it."""

    taxonomy: str
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """Whatever WordPress keeps as a post: articles, pages, pictures, menus."""

    id: str
    type: str
    title: str = ""
    slug: str = ""
    link: str = ""
    guid: str = ""
    creator: str = ""
    """The author's login; in WXR 1.0 the name."""
    published: str = ""
    """RFC 822."""
    date: str = ""
    """Local time, `2019-03-04 10:00:00`; zeros where WordPress has none. Likewise below."""
    date_gmt: str = ""
    modified: str = ""
    modified_gmt: str = ""
    status: str = ""
    parent: str = ""
    order: str = ""
    password: str = ""
    sticky: bool = False
    content: str = ""
    excerpt: str = ""
    file: str = ""
    """Of an attachment: its address."""
    terms: Sequence[Named] = ()
    meta: Mapping[str, str] = field(default_factory=dict)
    old_slugs: Sequence[str] = ()
    old_dates: Sequence[str] = ()
    """Days on which it was published before, `2019-03-04`."""
    comments: int = 0
    line: int = 0
    """Of the export; 0 where it is not known."""
    damaged: bool = False
    """It held characters that no text may hold: they were taken out."""
    trouble: str = ""
    """What is wrong with the record itself, which is no XML: parts of it may be missing."""

    @property
    def where(self) -> str:
        """Its place in the export, for people."""
        name = " ".join(unescape(self.title).split())
        title = f" “{name[:60]}”" if name else ""
        line = f", line {self.line}" if self.line else ""
        return f"{self.type or 'record'} {self.id}{title}{line}".replace("  ", " ")


Record = Author | Term | Item
