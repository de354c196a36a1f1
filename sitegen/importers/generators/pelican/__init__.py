"""Pelican: its content folder, in Markdown and reStructuredText."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from sitegen import i18n, instants
from sitegen.importers.generators.data import texts
from sitegen.importers.generators.entries import Entry, Left, Sight
from sitegen.importers.generators.files import as_matter, walk
from sitegen.importers.generators.liquid import Liquid
from sitegen.importers.generators.lists import OldLists
from sitegen.importers.generators.moments import moment_of
from sitegen.importers.generators.paths import page_path, story_path
from sitegen.importers.generators.pelican.addresses import filled, slugified
from sitegen.importers.generators.pelican.rst import read_rst, rst_to_markdown
from sitegen.importers.generators.pelican.settings import settings_of
from sitegen.importers.things import About, Event, Kind, Loss, Setting, Wishes
from sitegen.read.file import decode
from sitegen.read.matter import Matter, Plain
from sitegen.settings import Preset

_MARKDOWN = (".md", ".markdown", ".mkd", ".mdown")
_HTML = (".html", ".htm")
_LINK = re.compile(
    r"(?:\{|\||%7B)(?P<what>filename|static|attach|tag|category|author|index)(?:\}|\||%7D)"
    r"(?P<to>[^\s\"'<>()\[\]]*)"
)
_CONTENTS = re.compile(r"^\[TOC\][ \t]*\n?", re.MULTILINE)
_OF_ADDRESSES = ("ARTICLE_URL", "ARTICLE_SAVE_AS", "PAGE_URL", "TAG_URL", "CATEGORY_URL", "SITEURL")


class Pelican:
    """Fulfils `entries.System`."""

    name = "pelican"
    preset: Preset = "pelican"
    names: Mapping[str, str] = {}
    taxonomies: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def __init__(self, source: Path, wishes: Wishes) -> None:
        self.root = source.resolve()
        self._settings = settings_of(self.root)
        self._content = self.root / (self._settings.text("PATH") or "content")
        if not self._content.is_dir():
            self._content = self.root
        self.zone = self._settings.text("TIMEZONE")
        if self.zone and not _is_zone(self.zone):
            self.zone = ""
        self._zone = self.zone or wishes.timezone
        self.file_roots: tuple[tuple[str, Path], ...] = (("", self._content),)
        self._liquid = Liquid({}, "", {})
        self._filename = self._settings.pattern("FILENAME_METADATA")
        self._path = self._settings.pattern("PATH_METADATA")
        self._found: set[str] = set()
        """Languages that articles are in."""
        patterns = {
            kind: "/" + self._settings.text(f"{kind.upper()}_URL").lstrip("/")
            for kind in ("tag", "author", "category")
        }
        feeds = ("FEED_ALL_ATOM", "FEED_ALL_RSS", "FEED_ATOM", "FEED_RSS")
        self.lists = OldLists(
            patterns,
            tuple(f"/{path}" for name in feeds if (path := self._settings.text(name))),
            {"category": "/" + self._settings.text("CATEGORY_FEED_ATOM")},
            (
                ("/archives.html", "/archive/"),
                ("/tags.html", "/tags/"),
                ("/authors.html", "/authors/"),
            ),
            ("/index2.html",),
        )

    def about(self) -> About:
        settings = self._settings
        url = settings.text("SITEURL")
        language = settings.text("DEFAULT_LANG")
        tagline = settings.text("SITESUBTITLE")
        return About(
            settings.text("SITENAME"), url, language.replace("_", "-"), tagline, self._zone
        )

    # Files.

    def files(self) -> Iterator[Path]:
        for file in walk(self._content):
            kinds = (*_MARKDOWN, *_HTML, ".rst")
            if file.suffix.lower() in kinds and self._kind(self._inner(file)):
                yield file

    def static(self) -> Iterator[tuple[str, Path]]:
        extra = self._settings.values.get("EXTRA_PATH_METADATA")
        for name in self._settings.texts("STATIC_PATHS"):
            place = self._content / name
            for file in walk(place) if place.is_dir() else [place] if place.is_file() else []:
                inner = self._inner(file)
                if file.suffix.lower() not in (*_MARKDOWN, ".rst"):
                    said = extra.get(inner) if isinstance(extra, dict) else None
                    moved = said.get("path") if isinstance(said, dict) else None
                    yield str(moved or inner), file

    def _inner(self, file: Path) -> str:
        return file.relative_to(self._content).as_posix()

    def _kind(self, inner: str) -> Kind | None:
        for kind, name in (("page", "PAGE"), ("article", "ARTICLE")):
            excluded = self._settings.texts(f"{name}_EXCLUDES")
            for path in self._settings.texts(f"{name}_PATHS"):
                within = not path or inner.startswith(f"{path.strip('/')}/")
                if within and not any(inner.startswith(f"{e.strip('/')}/") for e in excluded):
                    return "page" if kind == "page" else "article"
        return None

    def beside(self) -> Iterator[Path]:
        return iter(())  # they are among the static ones

    def matter(self, file: Path, data: bytes) -> Matter:
        if file.suffix.lower() == ".rst":
            text = decode(data, file.name)
            values = {name: Plain(value) for name, value in read_rst(text).items()}
            return Matter(dict(values), text, 1)
        if file.suffix.lower() in _HTML:
            return _from_html(decode(data, file.name))
        return as_matter(data, file.name, meta_lines=True)

    # Entries.

    def entry(self, file: str, matter: Matter) -> Entry | Left:
        inner = self._inner(self.root / file)
        kind = self._kind(inner) or "article"
        values = {**self._by_name(inner), **{k.lower(): v for k, v in matter.values.items()}}
        if not values.get("title"):
            return Left("broken", "it has no title, so that Pelican passed over it")
        defaults = self._settings.values.get("DEFAULT_METADATA")
        values = {**(defaults if isinstance(defaults, dict) else {}), **values}
        if kind == "article":
            values.setdefault("category", self._category(inner))
            if not values.get("author") and not values.get("authors"):
                values["author"] = self._settings.text("AUTHOR")
        if isinstance(values.get("summary"), str):
            values["summary"] = _LINK.sub("", values["summary"])
        slug = self._slug(values, inner)
        lang = str(values.pop("lang", "") or "")
        language = lang if lang and lang != self._settings.text("DEFAULT_LANG") else ""
        if language and i18n.is_language(language):
            self._found.add(language)
        else:
            language = ""
        url = self._address(kind, values, slug, language, inner)
        if language and kind == "article":
            values["translation_of"] = f"slug {slug}"
        sure = self._settings.is_sure(f"{kind.upper()}_URL") or bool(values.get("url"))
        saved = self._saved(kind, values, slug, language, inner) if sure else []
        values["aliases"] = [
            *texts(values.get("aliases")),
            *texts(values.pop("alias", "")),
            *filter(None, saved),
        ]
        path = story_path(inner, language) if kind == "article" else page_path(inner, language)
        names = () if language else (f"slug {slug}",)
        return Entry(file, kind, path, url, values, matter.body_line, names, sure=sure)

    def _by_name(self, inner: str) -> dict[str, str]:
        """What the file's name and path say."""
        stem = posixpath.splitext(posixpath.basename(inner))[0]
        found = self._filename.match(stem), self._path.match(inner)
        return {k.lower(): v for match in found if match for k, v in match.groupdict().items() if v}

    def _category(self, inner: str) -> str:
        folder = posixpath.basename(posixpath.dirname(inner))
        by_folder = self._settings.values.get("USE_FOLDER_AS_CATEGORY", True) and folder
        return folder if by_folder else self._settings.text("DEFAULT_CATEGORY")

    def _slug(self, values: Mapping[str, Any], inner: str) -> str:
        if values.get("slug"):
            return str(values["slug"])
        basename = posixpath.splitext(posixpath.basename(inner))[0]
        source = self._settings.text("SLUGIFY_SOURCE")
        return self._slugified(basename if source == "basename" else str(values["title"]))

    def _slugified(self, text: str) -> str:
        keep, unicode = (
            self._settings.values.get(name) is True
            for name in ("SLUGIFY_PRESERVE_CASE", "SLUGIFY_USE_UNICODE")
        )
        return slugified(text, unicode=unicode, keep_case=keep)

    def _address(
        self, kind: str, values: Mapping[str, Any], slug: str, language: str, inner: str
    ) -> str:
        own = str(values.get("url") or "")
        pattern = own or self._settings.text(f"{kind.upper()}{'_LANG' * bool(language)}_URL")
        return self._filled(pattern, values, slug, language, inner)

    def _saved(
        self, kind: str, values: Mapping[str, Any], slug: str, language: str, inner: str
    ) -> list[str]:
        """Where the file lay, which answered too."""
        name = f"{kind.upper()}{'_LANG' * bool(language)}_SAVE_AS"
        pattern = str(values.get("save_as") or self._settings.text(name))
        return [self._filled(pattern, values, slug, language, inner)] if pattern else []

    def _filled(
        self, pattern: str, values: Mapping[str, Any], slug: str, language: str, inner: str
    ) -> str:
        authors = re.split("[;,]", str(values.get("authors") or values.get("author") or ""))
        parts = {
            "slug": slug,
            "lang": language or self._settings.text("DEFAULT_LANG"),
            "category": self._slugified(str(values.get("category") or "")),
            "author": self._slugified(authors[0]),
            "path": inner,
            "path_no_ext": posixpath.splitext(inner)[0],
        }
        day = self._day(values)
        return "" if day is None and "{date" in pattern else filled(pattern, parts, day)

    def _day(self, values: Mapping[str, Any]) -> date | None:
        try:
            moment = moment_of(str(values.get("date") or ""), self._zone)
        except ValueError:
            return None
        if isinstance(moment, datetime):
            return moment.astimezone(instants.zone(self._zone))
        return moment

    # Texts and settings.

    def expanded(self, entry: Entry, text: str, sight: Sight) -> str:
        here = self._inner(self.root / entry.file)

        def led(found: re.Match[str]) -> str:
            return self._led(found["what"], unquote(found["to"]), here, sight)

        if entry.file.endswith(".rst"):
            return rst_to_markdown(_LINK.sub(led, text), sight)
        text = _CONTENTS.sub("", _LINK.sub(led, text))
        return self._liquid.expanded(text, sight, {}) if "{%" in text else text

    def _led(self, what: str, to: str, here: str, sight: Sight) -> str:
        """The address that one of Pelican's own links means."""
        path, _, fragment = to.partition("#")
        tail = f"#{fragment}" if fragment else ""
        if what == "index":
            return "/"
        if what in ("tag", "category", "author"):
            pattern = self._settings.text(f"{what.upper()}_URL")
            return filled(pattern, {"slug": self._slugified(path)}, None)
        inner = path.lstrip("/")
        if not path.startswith("/"):
            inner = posixpath.normpath(posixpath.join(posixpath.dirname(here), path))
        if what == "filename":
            file = (self._content / inner).relative_to(self.root).as_posix()
            if found := sight.reference(file):
                return f"{found}{tail}"
        return f"/{inner}{tail}"

    def more(self) -> Iterator[Event]:
        title = self._settings.text("SITENAME") or "My newspaper"
        for language in sorted(self._found):
            yield Setting(("languages", language, "title"), title)
        for file, line, name in self._settings.unread:
            if name in _OF_ADDRESSES:
                yield Loss("setting", f"{file}, line {line}", name)


def _is_zone(name: str) -> bool:
    try:
        instants.zone(name)
    except ValueError:
        return False
    return True


def _from_html(text: str) -> Matter:
    """Pelican's pages in HTML: `title`, and `meta` elements for the other fields."""
    head, _, rest = text.partition("</head>")
    values: dict[str, Any] = {}
    if title := re.search(r"<title[^>]*>(.*?)</title>", head, re.DOTALL | re.IGNORECASE):
        values["title"] = Plain(" ".join(title[1].split()))
    meta = r"""<meta\s+name=["'](.*?)["']\s+content=["'](.*?)["']"""
    for name, content in re.findall(meta, head, re.IGNORECASE | re.DOTALL):
        values.setdefault(name.lower(), Plain(content))
    return Matter(values, rest or text, text.count("\n", 0, len(head)) + 1)
