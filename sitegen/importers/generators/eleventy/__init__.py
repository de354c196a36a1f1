"""Eleventy: the Markdown and HTML of its input folder, with the data of directories."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sitegen.importers.generators.authors import authors_of
from sitegen.importers.generators.data import texts
from sitegen.importers.generators.eleventy.permalinks import address_of, file_slug
from sitegen.importers.generators.eleventy.settings import PROGRAMS, json_of, settings_of, words_of
from sitegen.importers.generators.entries import Entry, Left, Sight
from sitegen.importers.generators.files import as_matter, data_files, walk
from sitegen.importers.generators.liquid import Liquid, names_of
from sitegen.importers.generators.lists import OldLists
from sitegen.importers.generators.paths import page_path, story_path
from sitegen.importers.generators.rules import nothing_at
from sitegen.importers.things import About, Event, Kind, Loss, Wishes
from sitegen.read.matter import Matter, Plain
from sitegen.settings import Preset

_MARKDOWN = (".md", ".markdown")
_HTML = (".html", ".htm")
_TEMPLATES = (".njk", ".liquid", ".hbs", ".mustache", ".ejs", ".haml", ".pug", ".webc")
_DATED = re.compile(r"(?:^|/)(\d{4}-\d{2}-\d{2})[-_/]")
_STORIES = frozenset({"post", "posts", "article", "articles", "blog", "news", "story", "stories"})
_NO_TAGS = _STORIES | {"all", "nav", "page", "pages"}
"""Names that Eleventy's tags give to collections, and that were no topics for readers."""
_LOOPS = frozenset({"for", "macro", "extends", "block", "paginate", "import"})
_PROGRAM = ("layout", "pagination", "eleventycomputed", "eleventynavigation")
_NO_DATES = ("last modified", "created", "git created", "git last modified")
_NEVER = ("README", "LICENSE", "CHANGELOG", "CONTRIBUTING", "CODE_OF_CONDUCT")


class Eleventy:
    """Fulfils `entries.System`."""

    name = "eleventy"
    preset: Preset = ""
    names: Mapping[str, str] = {
        "excerpt": "summary",
        "redirect_from": "aliases",
        "redirects": "aliases",
        "lastmod": "updated",
        "modified": "updated",
        "canonical": "canonical_url",
        "category": "section",
    }
    taxonomies: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    zone = "UTC"
    """That of dates in YAML for JavaScript."""

    def __init__(self, source: Path, wishes: Wishes) -> None:
        self.root = source.resolve()
        self._settings = settings_of(self.root)
        self._input = self.root / self._settings.input
        self._zone = wishes.timezone
        site = self._settings.site
        base = {"url": site.get("url") or site.get("baseUrl") or site.get("siteUrl")}
        names = {name: site for name in self._settings.names}
        self._liquid = Liquid({**site, **base}, self._settings.prefix, {}, names)
        self.file_roots: tuple[tuple[str, Path], ...] = tuple(self._roots())
        self.lists = OldLists(
            {"tag": "/tags/{slug}/"}, ("/feed/feed.xml", "/atom.xml", "/rss.xml"), {}, (), ()
        )

    def about(self) -> About:
        site = self._settings.site

        def first(*names: str) -> str:
            return next((found[0] for n in names if (found := texts(site.get(n)))), "")

        url = first("url", "baseUrl", "siteUrl").rstrip("/")
        prefix = self._settings.prefix if not url.endswith(self._settings.prefix) else ""
        language = first("language", "lang", "locale") or "en"
        return About(
            first("title", "name"),
            url + prefix,
            language.replace("_", "-"),
            first("description", "tagline"),
            self._zone,
        )

    # Files.

    def _roots(self) -> Iterator[tuple[str, Path]]:
        """Files that were copied, under their address; last whatever else lies there."""
        for source, to in self._settings.copies.items():
            inner = posixpath.relpath(source, self._settings.input or ".")
            address = to if to else inner if not inner.startswith("..") else source
            place = self.root / source
            if place.is_dir():
                yield f"{address}/" if address not in ("", ".") else "", place
        yield "", self._input

    def files(self) -> Iterator[Path]:
        kinds = (*_MARKDOWN, *_HTML, *_TEMPLATES)
        hidden = {self._settings.includes, self._settings.data, "_layouts"}
        output = self.root / self._settings.output
        copied = [self.root / source for source in self._settings.copies]
        for file in walk(self._input):
            inner = file.relative_to(self._input)
            if file.suffix.lower() not in kinds or file.stem.upper() in _NEVER:
                continue
            inside = any(inner.is_relative_to(name) for name in hidden if name)
            if not inside and not any(file.is_relative_to(f) for f in (output, *copied)):
                yield file

    def static(self) -> Iterator[tuple[str, Path]]:
        for prefix, folder in self.file_roots[:-1]:
            for file in walk(folder):
                yield prefix + file.relative_to(folder).as_posix(), file
        for source, to in self._settings.copies.items():
            file = self.root / source
            if file.is_file():
                inner = posixpath.relpath(source, self._settings.input or ".")
                yield to or (inner if not inner.startswith("..") else source), file

    def beside(self) -> Iterator[Path]:
        return iter(())  # they are among the static ones

    def matter(self, file: Path, data: bytes) -> Matter:
        if data.startswith(b"---json"):
            body = data.partition(b"\n")[2]
            values, fence, rest = body.partition(b"\n---")
            data = values + b"\n" + rest.partition(b"\n")[2] if fence else data
            return as_matter(data, file.name, json_too=True)
        return as_matter(data, file.name, optional=True)

    # Entries.

    def entry(self, file: str, matter: Matter) -> Entry | Left:
        inner = (self.root / file).relative_to(self._input).as_posix()
        stem, suffix = posixpath.splitext(inner)
        values = {**self._handed_down(inner), **matter.values}
        tags = self._tags(inner, matter.values)
        computed = values.get("eleventyComputed")
        if isinstance(computed, dict) and "permalink" in computed:
            values.setdefault("permalink", computed["permalink"])
        if found := _DATED.search(inner):
            values.setdefault("date", found[1])
        if str(values.get("date", "")).lower() in _NO_DATES:
            values.pop("date")
        story = bool(values.get("date")) or not _STORIES.isdisjoint(tag.lower() for tag in tags)
        made = not _LOOPS.isdisjoint(names_of(matter.body)) or "pagination" in values
        page = {**values, "date": str(values.get("date") or "")}
        url, sure = address_of(str(values.get("permalink") or ""), stem, page)
        if suffix.lower() in _TEMPLATES or (not story and (made or stem == "index")):
            return Left("template", url, nothing_at(url if sure else "", file))
        if not story and not values.get("title"):
            return Left("template", url, nothing_at(url if sure else "", file))
        values["tags"] = [tag for tag in tags if tag.lower() not in _NO_TAGS]
        excluded = str(values.get("eleventyExcludeFromCollections")).lower()
        dropped = [name for name in values if name.lower() in _PROGRAM]
        if not story and excluded == "true":  # a page is in no list anyway
            dropped.append("eleventyExcludeFromCollections")
        if str(values.get("permalink")).lower() != "false":
            dropped.append("permalink")
        values = {name: value for name, value in values.items() if name not in dropped}
        kind: Kind = "article" if story else "page"
        path = story_path(inner) if story else page_path(inner)
        return Entry(
            file, kind, path, url, values, matter.body_line, (inner, file_slug(stem)), sure=sure
        )

    def _data(self, inner: str) -> Iterator[dict[str, Any]]:
        """Data of the directories above a file, then of the file itself; the last one counts."""
        folder, stem = posixpath.split(posixpath.splitext(inner)[0])
        parts = folder.split("/") if folder else []
        for depth in range(1, len(parts) + 1):
            above = self._input.joinpath(*parts[:depth])
            yield from self._data_beside(above, parts[depth - 1])
        yield from self._data_beside(self._input / folder, stem)

    def _data_beside(self, folder: Path, stem: str) -> Iterator[dict[str, Any]]:
        for suffix in (".json", ".11tydata.json"):
            yield json_of(folder / f"{stem}{suffix}")
        for suffix in PROGRAMS:
            yield words_of(folder / f"{stem}{suffix}")

    def _handed_down(self, inner: str) -> dict[str, Any]:
        merged: dict[str, Any] = {}
        for values in self._data(inner):
            merged |= values
        return {name: _as_read(value) for name, value in merged.items()}

    def _tags(self, inner: str, own: Mapping[str, Any]) -> list[str]:
        """Those of all data: Eleventy joins them."""
        found = [tag for values in self._data(inner) for tag in texts(values.get("tags"))]
        return list(dict.fromkeys([*found, *texts(own.get("tags"))]))

    # Texts and settings.

    def expanded(self, entry: Entry, text: str, sight: Sight) -> str:
        page = {
            "url": entry.url,
            "fileSlug": file_slug(posixpath.splitext(entry.file)[0]),
            **entry.values,
        }
        return self._liquid.expanded(text, sight, page)

    def more(self) -> Iterator[Event]:
        folder = self._input / self._settings.data
        yield from authors_of(self.name, folder, self.about().base_url)
        yield from data_files(folder, ("authors", "author", *self._settings.names))
        for file in walk(self._input):
            if file.name.endswith(PROGRAMS):
                where = file.relative_to(self.root).as_posix()
                yield Loss("setting", where, "its tags and plain addresses were taken")


def _as_read(value: Any) -> Any:
    """JSON's values as those of front matter: scalars are texts."""
    if isinstance(value, dict):
        return {str(name): _as_read(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_as_read(item) for item in value]
    if isinstance(value, bool):
        return Plain(str(value).lower())
    return value if value is None or isinstance(value, str) else Plain(value)
