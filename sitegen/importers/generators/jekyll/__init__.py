"""Jekyll: its folder of posts, drafts, collections and pages."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sitegen import instants
from sitegen.importers.generators.authors import author_matter, authors_of
from sitegen.importers.generators.data import group, texts
from sitegen.importers.generators.entries import Entry, Left, Sight
from sitegen.importers.generators.files import as_matter, data_files, walk
from sitegen.importers.generators.jekyll import addresses
from sitegen.importers.generators.jekyll.settings import settings_of
from sitegen.importers.generators.liquid import Liquid, names_of
from sitegen.importers.generators.lists import OldLists
from sitegen.importers.generators.moments import moment_of
from sitegen.importers.generators.paths import our_pattern, page_path, story_path
from sitegen.importers.generators.rules import nothing_at
from sitegen.importers.generators.text import outside_code
from sitegen.importers.things import About, Event, Kind, Setting, Wishes
from sitegen.read.matter import Matter
from sitegen.settings import Preset
from sitegen.urls import slug_of

_MARKDOWN = (".md", ".markdown", ".mkdown", ".mkdn", ".mkd")
_MARKUP = (".textile", ".org", ".adoc", ".rst", ".haml", ".slim")
_HTML = (".html", ".htm")
_SOURCES = (".scss", ".sass", ".coffee")
_NAMED = re.compile(r"(?:.*/)?(\d{2,4})-(\d{1,2})-(\d{1,2})-(?P<name>[^/]+)")
_TEMPLATES = frozenset({"for", "assign", "paginate", "tablerow", "capture", "unless"})
_CONTENTS = re.compile(
    r"^[ \t]*(?:[*+-]|1\.)[ \t]+.*\n[ \t]*\{:[ \t]*toc\b[^}\n]*\}[ \t]*\n?", re.I | re.M
)
_LINE_OF_LOOKS = re.compile(r"^[ \t]*\{:(?![ \t]*toc)[^{}\n]*\}[ \t]*(?:\n|\Z)", re.M)
_LOOKS = re.compile(r"(?<=[\])*_`>])\{:[^{}\n]*\}")


class Jekyll:
    """Fulfils `entries.System`."""

    name = "jekyll"
    preset: Preset = "jekyll"
    names: Mapping[str, str] = {"canonical": "canonical_url"}
    taxonomies: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    zone = "UTC"
    """Jekyll reads dates without a zone as UTC (SafeYAML), and then shows local time."""

    def __init__(self, source: Path, wishes: Wishes) -> None:
        self.root = source.resolve()
        self._settings = settings_of(self.root)
        self._types = wishes.types
        self._zone = self._settings.zone or wishes.timezone
        self._style = self._settings.text("permalink") or "date"
        self.file_roots: tuple[tuple[str, Path], ...] = (("", self.root),)
        self._liquid = Liquid(self._settings.values, self._settings.base_path, {})
        self._pages_in_root = (self.root / "_config.yml").is_file() or not any(
            self.root.glob("????-??-??-*")
        )
        self.lists = OldLists(dict(self._archives()))

    def about(self) -> About:
        settings = self._settings
        title, tagline = (
            settings.text("title") or settings.text("name"),
            settings.text("description"),
        )
        language = settings.text("lang") or settings.text("locale") or "en"
        return About(
            title,
            settings.base_url,
            language.replace("_", "-"),
            " ".join(tagline.split()),
            self._zone,
        )

    def _archives(self) -> Iterator[tuple[str, str]]:
        """Lists that the plugin jekyll-archives made."""
        archives = group(self._settings.values, "jekyll-archives")
        links = group(archives, "permalinks")
        enabled = archives.get("enabled")
        for kind, many in (("tag", "tags"), ("category", "categories")):
            if archives and (enabled in ("all", True) or many in texts(enabled)):
                pattern = str(links.get(kind) or f"/{kind}/:name/")
                yield kind, pattern.replace(":name", "{slug}")

    # Files.

    def files(self) -> Iterator[Path]:
        for file in walk(self.root):
            path = file.relative_to(self.root).as_posix()
            if self._settings.is_excluded(path):
                continue
            kind = self._kind(path)
            if kind in ("posts", "drafts", *self._settings.collections):
                if file.suffix.lower() in (*_MARKDOWN, *_MARKUP, *_HTML):
                    yield file
            elif kind == "pages" and _has_matter(file):
                yield file

    def static(self) -> Iterator[tuple[str, Path]]:
        for file in walk(self.root, hidden=True):
            path = file.relative_to(self.root).as_posix()
            hidden = any(name.startswith(".") for name in path.split("/"))
            if hidden and not self._settings.is_included(path):
                continue
            published = self._kind(path) == "pages" and not self._settings.is_excluded(path)
            if published and file.suffix.lower() not in _SOURCES and not _has_matter(file):
                yield path, file

    def _kind(self, path: str) -> str:
        """`posts`, `drafts`, a collection's name, `pages`, or nothing."""
        folders = path.split("/")[:-1]
        if "_posts" in folders or "_drafts" in folders:
            return "posts" if "_posts" in folders else "drafts"
        if not self._pages_in_root and _NAMED.fullmatch(path):
            return "posts"
        own = self._settings.text("collections_dir").strip("/")
        if own and folders[:1] == [own]:
            folders = folders[1:]
        first = folders[0] if folders else ""
        if self._settings.is_included(path):
            return "pages"
        if first.startswith("_"):
            return first[1:] if first[1:] in self._settings.collections else ""
        if any(name.startswith(("_", "#")) for name in (*folders, path.rpartition("/")[2])):
            return ""
        return "pages"

    def beside(self) -> Iterator[Path]:
        return iter(())  # they are among the static ones

    def matter(self, file: Path, data: bytes) -> Matter:
        if file.suffix.lower() in _MARKUP:
            return Matter({}, "", 1)
        return as_matter(data, file.name)

    # Entries.

    def entry(self, file: str, matter: Matter) -> Entry | Left:
        stem, suffix = posixpath.splitext(file)
        kind = self._kind(file)
        if suffix.lower() in _MARKUP:
            return Left("markup", suffix)
        values = {**self._settings.defaults(file, kind), **matter.values}
        if kind in ("posts", "drafts"):
            return self._post(file, stem, values, matter, draft=kind == "drafts")
        if kind == "pages":
            return self._page(file, stem, suffix.lower(), values, matter)
        return self._document(file, stem, kind, values, matter)

    def _post(
        self, file: str, stem: str, values: dict[str, Any], matter: Matter, *, draft: bool
    ) -> Entry | Left:
        found = _NAMED.fullmatch(stem)
        if found is None and not draft:
            return Left(
                "broken", "its name does not begin with a date, so that Jekyll passed over it"
            )
        name = found["name"] if found else posixpath.basename(stem)
        if found and not values.get("date"):
            values["date"] = _day(*found.groups()[:3])
        if draft:
            values["status"] = "draft"
        above = re.split(r"(?:^|/)_(?:posts|drafts)(?:/|$)", posixpath.dirname(file))[0]
        categories = [*filter(None, above.split("/"))] if "_posts" in file else []
        # The singular wins, and is one name, blanks or not: https://jekyllrb.com/docs/posts/
        categories += texts(values.pop("category", None)) or _listed(values.get("categories"))
        values["categories"] = categories
        values["tags"] = texts(values.pop("tag", None)) or _listed(values.get("tags"))
        slug = str(values.get("slug") or "")
        own = str(values.pop("permalink", "") or "")
        pattern = own or self._style
        day = self._local_day(values)
        url = addresses.post_address(addresses.post_pattern(pattern), name, slug, categories, day)
        values["aliases"] = _old_addresses(values)
        if to := _listed_whole(values.get("redirect_to")):
            return Left("moved", to[0], (Setting(("redirects", url), to[0]),))
        path = posixpath.join(above, posixpath.basename(file))
        names = (posixpath.basename(stem), posixpath.join(above, posixpath.basename(stem)))
        sure = bool(own or self._settings.values)
        return Entry(
            file, "article", story_path(path), url, values, matter.body_line, names, sure=sure
        )

    def _local_day(self, values: Mapping[str, Any]) -> date | None:
        """The day that the address has: that of the site's clock."""
        try:
            moment = moment_of(str(values.get("date") or ""), self.zone)
        except ValueError:
            return None
        if isinstance(moment, datetime):
            return moment.astimezone(instants.zone(self._zone))
        return moment

    def _page(
        self, file: str, stem: str, suffix: str, values: dict[str, Any], matter: Matter
    ) -> Entry | Left:
        pattern = str(values.pop("permalink", "") or "")
        if suffix not in (*_MARKDOWN, *_HTML):
            address = pattern or f"/{file}"
            feed = suffix == ".xml" and re.search(r"<(rss|feed)\b", matter.body)
            events = (Setting(("redirects", address), "/feed.xml"),) if feed else ()
            events = events if address != "/feed.xml" else ()
            return Left("template", address, events or nothing_at(address, file))
        made = not _TEMPLATES.isdisjoint(names_of(matter.body)) or stem in ("404", "index")
        url = addresses.page_address(pattern, stem, addresses.ending(self._style))
        if to := _listed_whole(values.get("redirect_to")):
            return Left("moved", to[0], (Setting(("redirects", url), to[0]),))
        if made or not matter.body.strip():
            return Left("template", url, nothing_at(url, file))
        values["aliases"] = _old_addresses(values)
        return Entry(file, "page", page_path(file), url, values, matter.body_line, (stem,))

    def _document(
        self, file: str, stem: str, kind: str, values: dict[str, Any], matter: Matter
    ) -> Entry | Left:
        """A document of a collection: an author, an article if it has a date, else a page."""
        inner = stem.partition(f"_{kind}/")[2]
        slug = str(values.get("slug") or "")
        if kind in ("authors", "people", "staff"):
            name = str(values.get("short_name") or posixpath.basename(inner))
            said, bio = author_matter(name, values)
            if bio and matter.body.strip():
                said["extra"] = {"bio": bio, **said["extra"]}
            else:
                said["bio"] = bio
            path = f"authors/{slug_of(name) or 'unnamed'}.md"
            return Entry(file, "author", path, "", said, matter.body_line)
        said_of = self._settings.collections[kind]
        if said_of.get("output") is not True and kind not in self._types:
            return Left("type", kind)
        style = str(values.pop("permalink", "") or said_of.get("permalink") or "")
        style = style or f"/:collection/:path{addresses.ending(self._style)}"
        title = str(values.get("title") or "")
        url = addresses.document_address(style, kind, inner, slug, title)
        values["aliases"] = _old_addresses(values)
        dated = bool(values.get("date")) or kind in self._types
        what: Kind = "article" if dated else "page"
        path = f"{kind}/{inner}.md"
        placed = story_path(path) if dated else page_path(path)
        return Entry(file, what, placed, url, values, matter.body_line, (inner,), kind)

    # Texts and settings.

    def expanded(self, entry: Entry, text: str, sight: Sight) -> str:
        page = {**entry.values, "url": entry.url}
        return outside_code(self._liquid.expanded(text, sight, page), _without_looks)

    def more(self) -> Iterator[Event]:
        pattern = our_pattern(addresses.post_pattern(self._style).replace("/:categories", ""))
        if pattern:
            yield Setting(("urls", "permalink"), pattern)
        yield from authors_of(self.name, self.root / "_data", self.about().base_url)
        yield from data_files(self.root / "_data", ("authors", "author"))


def _has_matter(file: Path) -> bool:
    if not os.access(file, os.R_OK):  # a link to nowhere: told as a file that is missing
        return False
    with file.open("rb") as opened:
        return opened.read(8).lstrip(b"\xef\xbb\xbf").startswith((b"---\n", b"---\r", b"--- "))


def _day(year: str, month: str, day: str) -> str:
    whole = year if len(year) == 4 else f"20{year[-2:]}"
    return f"{whole}-{int(month):02}-{int(day):02}"


def _listed(value: Any) -> list[str]:
    """Jekyll divides a text at its blanks."""
    return value.split() if isinstance(value, str) else texts(value)


def _listed_whole(value: Any) -> list[str]:
    return [f"/{path.lstrip('/')}" if "://" not in path else path for path in texts(value)]


def _old_addresses(values: dict[str, Any]) -> list[str]:
    return [*texts(values.get("aliases")), *_listed_whole(values.pop("redirect_from", None))]


def _without_looks(text: str) -> str:
    """Without kramdown's lists of classes and contents."""
    return _LOOKS.sub("", _LINE_OF_LOOKS.sub("", _CONTENTS.sub("", text)))
