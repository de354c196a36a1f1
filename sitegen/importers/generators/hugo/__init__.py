"""Hugo: its content folder, read as its settings say."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from sitegen.importers import taxonomies
from sitegen.importers.generators.authors import authors_of
from sitegen.importers.generators.data import group, texts
from sitegen.importers.generators.entries import Entry, Left, Sight
from sitegen.importers.generators.files import as_matter, data_files, walk
from sitegen.importers.generators.hugo.addresses import Page, address_of
from sitegen.importers.generators.hugo.cascades import Cascades
from sitegen.importers.generators.hugo.habits import aliases_of, holds_back, is_article
from sitegen.importers.generators.hugo.navigation import settings_for
from sitegen.importers.generators.hugo.settings import Language, settings_of
from sitegen.importers.generators.hugo.shortcodes import expanded
from sitegen.importers.generators.lists import OldLists
from sitegen.importers.generators.moments import moment_of
from sitegen.importers.generators.paths import page_path, story_path
from sitegen.importers.generators.rules import list_moved
from sitegen.importers.taxonomies import names_here, pattern_of
from sitegen.importers.things import About, Event, Kind, Wishes
from sitegen.read.matter import Matter
from sitegen.settings import Preset
from sitegen.urls import slug_of

_MARKDOWN = (".md", ".markdown", ".mdown")
_HTML = (".html", ".htm")
_MARKUP = (".org", ".adoc", ".asciidoc", ".pandoc", ".rst", ".ad")
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})[-_]?(.*)")
_LISTS = OldLists(
    {
        "tag": "/tags/{slug}/",
        "author": "/authors/{slug}/",
        "category": "/categories/{slug}/",
        "folder": "/{slug}/",
    },
    feeds=("/index.xml",),
    feed=dict.fromkeys(("tag", "author", "category", "folder"), "{list}/index.xml"),
)
_FOLDERS = 1000
"""Of which it is remembered whether they are bundles: none is listed anew for each file."""
_NAMES = frozenset(
    {"title", "date", "slug", "url", "aliases", "draft", "type", "layout", "publishdate", "lastmod"}
    | {"tags", "categories", "authors", "author", "description", "summary", "images", "build"}
    | {"headless", "params", "cascade", "keywords", "weight"}
)
"""Fields that are Hugo's own, however they are written."""
_TERMS = {"tags": "tags", "authors": "authors", "author": "authors"}
"""Folder of a taxonomy's lists there → that of its terms here."""


class Hugo:
    """Fulfils `entries.System`."""

    name = "hugo"
    preset: Preset = "hugo"

    def __init__(self, source: Path, wishes: Wishes) -> None:
        self.root = source.resolve()
        self._settings = settings_of(self.root)
        self._wishes = wishes
        self.zone = self._settings.zone if self._settings.values else ""
        codes = [language.code for language in self._settings.languages]
        self._own = names_here(self._settings.taxonomies, wishes, codes)
        self.taxonomies = tuple(self._own.values())
        self.names: Mapping[str, str] = {
            "canonical": "canonical_url",
            "canonicalurl": "canonical_url",
        }
        if "topics" not in self.taxonomies:
            self.names = {**self.names, "topics": "tags"}
        self.languages = tuple(language.code for language in self._settings.languages[1:])
        self.lists = _LISTS.also(self._own)
        self._cascades = Cascades(self._settings.values, self.matter)
        self._is_bundle = lru_cache(_FOLDERS)(_is_bundle)
        self.file_roots = tuple(
            [("", folder) for folder in self._static_folders()]
            + [
                (f"{language.prefix[1:]}/" * bool(language.prefix), language.content)
                for language in self._settings.languages
            ]
            + [("", self.root / "assets")] * (self.root / "assets").is_dir()
        )

    def about(self) -> About:
        settings = self._settings
        first = settings.languages[0]
        params = group(settings.values, "params")
        tagline = str(params.get("description") or params.get("subtitle") or "")
        title = first.title or settings.text("title")
        url = settings.text("baseurl")
        return About(
            title, url, first.code, tagline, settings.text("timezone") or self._wishes.timezone
        )

    # Files.

    def _static_folders(self) -> list[Path]:
        named = texts(self._settings.values.get("staticdir")) or ["static"]
        return [folder for name in named if (folder := self.root / name).is_dir()]

    def files(self) -> Iterator[Path]:
        seen: set[Path] = set()
        for language in self._settings.languages:
            if language.content in seen or not language.content.is_dir():
                continue
            seen.add(language.content)
            nested = [other.content for other in self._settings.languages]
            for file in walk(language.content):
                inner = any(
                    folder != language.content
                    and folder.is_relative_to(language.content)
                    and file.is_relative_to(folder)
                    for folder in nested
                )
                if file.suffix.lower() in (*_MARKDOWN, *_HTML, *_MARKUP) and not inner:
                    yield file

    def static(self) -> Iterator[tuple[str, Path]]:
        for folder in self._static_folders():
            for file in walk(folder, hidden=True):
                yield file.relative_to(folder).as_posix(), file

    def beside(self) -> Iterator[Path]:
        for content in dict.fromkeys(language.content for language in self._settings.languages):
            for file in walk(content) if content != self.root else ():
                if file.suffix.lower() not in (*_MARKDOWN, *_HTML, *_MARKUP):
                    yield file

    def matter(self, file: Path, data: bytes) -> Matter:
        if file.suffix.lower() in _MARKUP:
            return Matter({}, "", 1)
        return as_matter(data, file.name, json_too=True)

    # Entries.

    def entry(self, file: str, matter: Matter) -> Entry | Left:
        language, inner = self._place(file)
        folder, base = posixpath.split(inner)
        stem, suffix = posixpath.splitext(base)
        if suffix.lower() in _MARKUP:
            return Left("markup", suffix)
        stem, language = self._by_suffix(stem, language)
        values = self._values(file, matter.values, language.content)
        if stem == "_index":
            return self._list(file, folder, language, values, matter)
        if self._in_bundle(file, stem):
            return Left("part")
        if holds_back(values):
            return Left("system", "it had no page of its own")
        bundle = stem == "index"
        name = posixpath.basename(folder) if bundle else stem
        above = posixpath.dirname(folder) if bundle else folder
        section = above.partition("/")[0]
        values = self._dated(values, name)
        kind: Kind = (
            "article" if is_article(values, section, whole=bool(self._settings.values)) else "page"
        )
        url = address_of(self._page(values, above, name, language), str(values.get("url") or ""))
        sure = bool(self._settings.values or values.get("url"))
        values["aliases"] = aliases_of(values, url)
        others = self._settings.languages[1:]
        code = language.code if language in others else ""
        kept = story_path(inner, code) if kind == "article" else page_path(inner, code)
        plain = f"{stem}{suffix}"  # without its language
        called = {base, plain, f"{folder}/{plain}", f"{above}/{name}", inner, name}
        return Entry(
            file,
            kind,
            kept,
            url,
            values,
            matter.body_line,
            tuple(sorted(called - {"index.md"})),
            section if not section.isdecimal() else "",
            sure,
            code,
        )

    def _place(self, file: str) -> tuple[Language, str]:
        path = self.root / file
        found = [lang for lang in self._settings.languages if path.is_relative_to(lang.content)]
        language = max(found, key=lambda lang: len(lang.content.parts))
        first = next(lang for lang in found if lang.content == language.content)
        return first, path.relative_to(language.content).as_posix()

    def _by_suffix(self, stem: str, language: Language) -> tuple[str, Language]:
        """`storm.fr` is the French translation of `storm`."""
        base, _, key = stem.rpartition(".")
        named = (lang for lang in self._settings.languages if lang.key == key.lower())
        found = next(named, None) if base else None
        return (base, found) if found else (stem, language)

    def _in_bundle(self, file: str, stem: str) -> bool:
        """Whether a file is a part of the bundle in whose folder it lies."""
        folder = (self.root / file).parent
        if stem == "index":
            folder = folder.parent
        contents = {language.content for language in self._settings.languages}
        while folder not in contents and folder.is_relative_to(self.root):
            if self._is_bundle(folder):
                return True
            folder = folder.parent
        return False

    def _values(self, file: str, values: Mapping[str, Any], content: Path) -> dict[str, Any]:
        """Values, with those that the lists above hand down; names are as small as Hugo's."""
        own = {name.lower() if name.lower() in _NAMES else name: v for name, v in values.items()}
        handed = self._cascades.handed_down(content, self.root / file)
        return {**handed, **{name: v for name, v in own.items() if name != "cascade"}}

    def _dated(self, values: dict[str, Any], name: str) -> dict[str, Any]:
        """A date that the file's name tells; what ends a publication, where Hugo heeds it."""
        if found := _DATED.fullmatch(name):
            values.setdefault("date", found[1])
            if found[2] and self._settings.dates_by_name:
                values.setdefault("slug", found[2])
        if "params" in values and isinstance(values["params"], dict):
            values = {**values.pop("params"), **values}
        for key in [key for key in values if key.lower() == "expirydate"]:
            ends = values.pop(key)
            if self._settings.values and not self._settings.is_on("buildexpired"):
                values["expires"] = ends
            else:
                values["expirydate"] = ends
        if values.get("lastmod") and not (values.get("date") or values.get("publishdate")):
            values["date"] = values["lastmod"]
        return values

    def _page(self, values: Mapping[str, Any], folder: str, name: str, language: Language) -> Page:
        ugly = self._settings.values.get("uglyurls")
        section = folder.partition("/")[0]
        try:
            day = moment_of(
                str(values.get("date") or values.get("publishdate") or ""), self.zone or "UTC"
            )
            day = _as_said(str(values.get("date") or values.get("publishdate"))) or day
        except ValueError:
            day = None
        return Page(
            folder,
            name,
            str(values.get("title") or ""),
            str(values.get("slug") or ""),
            day,
            language.prefix,
            language.permalinks,
            ugly is True or (isinstance(ugly, dict) and ugly.get(section) is True),
            not self._settings.is_on("disablepathtolower"),
            not self._settings.is_on("removepathaccents"),
        )

    def _list(
        self, file: str, folder: str, language: Language, values: dict[str, Any], matter: Matter
    ) -> Entry | Left:
        """A list's own page: of a tag or author it becomes their file, else settings."""
        taxonomy, _, term = folder.partition("/")
        place = _TERMS.get(taxonomy) or self._own.get(taxonomy)
        if place and term:
            code = language.code if language in self._settings.languages[1:] else ""
            path = "/".join(filter(None, [code, place, f"{slug_of(term) or term}.md"]))
            return Entry(file, "author" if place == "authors" else "tag", path, "", values)
        words = f"{len(matter.body.split())} words" if matter.body.strip() else ""
        page = replace(self._page(values, folder, "", language), permalinks={}, ugly=False)
        address = address_of(page, str(values.get("url") or "")) if folder else "/"
        moved = list_moved(address, aliases_of(values, address), file, nested=bool(term))
        return Left("list", words, () if place else moved)

    # Texts and settings.

    def expanded(self, entry: Entry, text: str, sight: Sight) -> str:
        return expanded(text, sight)

    def more(self) -> Iterator[Event]:
        yield from settings_for(self._settings, self.about().title)
        old = {name: pattern_of(name) for name in self._settings.taxonomies}
        yield from taxonomies.settings_for(self._own, self._settings.taxonomies, old)
        yield from authors_of(self.name, self.root / "data", self.about().base_url)
        yield from data_files(self.root / "data", ("authors", "author"))


def _is_bundle(folder: Path) -> bool:
    """Whether a folder is an article with what belongs to it."""
    return any(folder.glob("index.*md")) or any(folder.glob("index.html"))


def _as_said(text: str) -> Any:
    """The day that a text itself names: Hugo's addresses have it, whatever the zone."""
    found = re.match(r"(\d{4})-(\d{2})-(\d{2})", text)
    return moment_of(found.group(), "UTC") if found else None
