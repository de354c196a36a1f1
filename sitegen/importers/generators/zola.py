"""Zola: its content folder, read as `config.toml` says."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sitegen import i18n
from sitegen.importers.generators import embeds
from sitegen.importers.generators.data import group, read_if_there, texts
from sitegen.importers.generators.embeds import COMMON, Convert
from sitegen.importers.generators.entries import Entry, Left, Sight
from sitegen.importers.generators.files import as_matter, walk
from sitegen.importers.generators.lists import OldLists
from sitegen.importers.generators.paths import page_path, story_path
from sitegen.importers.generators.rules import list_moved
from sitegen.importers.generators.tags import Tag, found_by, replaced
from sitegen.importers.sources import unreadable
from sitegen.importers.taxonomies import names_here, pattern_of, settings_for
from sitegen.importers.things import About, Event, Kind, Setting, Wishes
from sitegen.read.matter import Matter, MatterError
from sitegen.settings import Preset
from sitegen.urls import slug_of

_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T[\d:.Z+-]*)?[_-](.+)")
_ARGUMENTS = r"\((?P<args>(?:\"[^\"]*\"|'[^']*'|`[^`]*`|[^()\"'`])*)\)"
_INLINE = re.compile(rf"\{{\{{\s*(?P<name>\w+)\s*{_ARGUMENTS}\s*(?P<alone>\}})\}}")
_BODY = re.compile(rf"\{{%\s*(?:(?P<name>\w+)\s*{_ARGUMENTS}|(?P<close>end)(?:\s+\w+)?)\s*%\}}")
_IGNORED = re.compile(r"\{([{%])/\*(.*?)\*/([%}])\}", re.DOTALL)
_FENCE = re.compile(r"^([ >]*(?:```+|~~~+)[\w+#-]+),[^\n`]*$", re.MULTILINE)
_OURS = ("tags", "categories", "authors", "author")
_PICTURES = ("image", "cover", "cover_image", "thumbnail", "featured_image", "banner")


class Zola:
    """Fulfils `entries.System`."""

    name = "zola"
    preset: Preset = "zola"
    names: Mapping[str, str] = {}

    def __init__(self, source: Path, wishes: Wishes) -> None:
        self.root = source.resolve()
        try:
            self._values = read_if_there(self.root, "config", "zola")
        except MatterError as error:
            problem = error.problems[0]
            hint = "correct Zola's settings, or import from a copy without them"
            raise unreadable(self.root, problem.message, hint, problem.line) from None
        content = self.root / "content"
        self._content = content if content.is_dir() else self.root
        self.zone = "UTC" if self._values else ""
        self._default = str(self._values.get("default_language") or "en")
        keys = group(self._values, "languages")
        self._keys = {key.lower(): key for key in keys if i18n.is_language(key)}
        self.languages = tuple(key for key in self._keys.values() if key != self._default)
        listed = self._values.get("taxonomies")
        items = listed if isinstance(listed, list) else []
        names = [str(item.get("name")) for item in items if isinstance(item, dict)]
        self._declared = [name for name in dict.fromkeys(names) if name not in _OURS]
        own = names_here(self._declared, wishes, (self._default, *self.languages))
        self.taxonomies = tuple(own.values())
        self.file_roots: tuple[tuple[str, Path], ...] = (
            ("", self.root / "static"),
            ("", self._content),
        )
        self._zone = wishes.timezone
        feeds = texts(self._values.get("feed_filenames")) or texts(
            self._values.get("feed_filename")
        )
        feeds = feeds or ["atom.xml", "rss.xml"]
        kinds = ("tag", "author", "category", "folder")
        self.lists = OldLists(
            {
                "tag": "/tags/{slug}/",
                "author": "/authors/{slug}/",
                "category": "/categories/{slug}/",
                "folder": "/{slug}/",
            },
            tuple(f"/{name}" for name in feeds),
            dict.fromkeys(kinds, "{list}/" + feeds[0]),
        ).also(own)
        self._own = own

    def about(self) -> About:
        title, tagline = (str(self._values.get(name) or "") for name in ("title", "description"))
        url = str(self._values.get("base_url") or "")
        return About(title, url, self._default, tagline, self._zone)

    # Files.

    def files(self) -> Iterator[Path]:
        return (file for file in walk(self._content) if file.suffix.lower() == ".md")

    def static(self) -> Iterator[tuple[str, Path]]:
        folder = self.root / "static"
        for file in walk(folder, hidden=True) if folder.is_dir() else ():
            yield file.relative_to(folder).as_posix(), file

    def beside(self) -> Iterator[Path]:
        files = walk(self._content) if self._content != self.root else ()
        return (file for file in files if file.suffix.lower() != ".md")

    def matter(self, file: Path, data: bytes) -> Matter:
        return as_matter(data, file.name)

    # Entries.

    def entry(self, file: str, matter: Matter) -> Entry | Left:
        inner = (self.root / file).relative_to(self._content).as_posix()
        folder, base = posixpath.split(inner)
        stem, language = self._language(posixpath.splitext(base)[0])
        if stem == "_index":
            return self._list(file, folder, language, matter)
        if str(matter.values.get("render")).lower() == "false":
            return Left("system", "it had no page of its own")
        values = _hoisted(matter.values)
        bundle = stem == "index"
        name = posixpath.basename(folder) if bundle else stem
        above = posixpath.dirname(folder) if bundle else folder
        if found := _DATED.fullmatch(name):
            values.setdefault("date", found[1])
            name = found[2]
        begun = bool(above) and str(values.get("draft")).lower() == "true"  # its date comes last
        kind: Kind = "article" if values.get("date") or begun else "page"
        slug = str(values.get("slug") or "")
        own = str(values.get("path") or "").strip("/")
        last = self._slugified(slug or name)
        path = own or posixpath.join(above, last)
        url = f"/{language}/{path}/" if language else f"/{path}/"
        values["aliases"] = [f"/{alias.strip('/')}" for alias in texts(values.get("aliases"))]
        kept = story_path(inner, language) if kind == "article" else page_path(inner, language)
        section = above.partition("/")[0]
        return Entry(
            file,
            kind,
            kept,
            url,
            values,
            matter.body_line,
            (f"@/{inner}",),
            section if not section.isdecimal() else "",
            sure=bool(self._values or own),
        )

    def _language(self, stem: str) -> tuple[str, str]:
        base, _, key = stem.rpartition(".")
        code = self._keys.get(key.lower(), "") if base else ""
        return (base, code if code != self._default else "") if code else (stem, "")

    def _slugified(self, name: str) -> str:
        strategy = group(self._values, "slugify").get("paths", "on")
        return slug_of(name, ascii_only=True) or name if strategy == "on" else name

    def _list(self, file: str, folder: str, language: str, matter: Matter) -> Left:
        """A section's own page: its title is a setting, and its old addresses lead to it."""
        words = f"{len(matter.body.split())} words" if matter.body.strip() else ""
        address = re.sub("/{2,}", "/", f"/{language}/{folder}/")
        events: list[Event] = []
        aliases = [f"/{alias.strip('/')}" for alias in texts(matter.values.get("aliases"))]
        if to := str(matter.values.get("redirect_to") or ""):
            events += [
                Setting(("redirects", old), f"/{to.strip('/')}/") for old in (address, *aliases)
            ]
        else:
            events += list_moved(address, aliases, file, nested="/" in folder)
        section = folder if folder and "/" not in folder and not language else ""
        for field in ("title", "description") if section else ():
            if said := str(matter.values.get(field) or ""):
                events.append(Setting(("sections", slug_of(section), field), said))
        return Left("list", words, tuple(events))

    # Texts and settings.

    def expanded(self, entry: Entry, text: str, sight: Sight) -> str:
        text = _FENCE.sub(r"\1", _linked(text, sight))
        if "{{" not in text and "{%" not in text:
            return text

        def replace(tag: Tag, inner: str | None) -> str | None:
            convert = _CONVERT.get(tag.name)
            found = convert(tag, inner or "", sight) if convert else None
            if found is None:
                sight.lose("shortcode", f"{{{{ {tag.name}() }}}}")
            return found

        tags = [*found_by(_INLINE, text), *found_by(_BODY, text)]
        done = replaced(text, sorted(tags, key=lambda tag: tag.start), replace)
        return _IGNORED.sub(lambda found: f"{{{found[1]}{found[2]}{found[3]}}}", done)

    def more(self) -> Iterator[Event]:
        title = self.about().title or "My newspaper"
        for language in self.languages:
            said = group(group(self._values, "languages"), language).get("title")
            yield Setting(("languages", language, "title"), str(said or title))
        old = {name: pattern_of(name) for name in self._declared}
        yield from settings_for(self._own, self._declared, old)


def _hoisted(values: Mapping[str, Any]) -> dict[str, Any]:
    """Names of taxonomies as fields, and the picture and author that themes look for in `extra`."""
    found = {**group(values, "taxonomies"), **values}
    found.pop("taxonomies", None)
    extra = dict(group(values, "extra"))
    for name in _PICTURES:
        if isinstance(extra.get(name), str) and "image" not in found:
            found["image"] = extra.pop(name)
    for name in ("author", "authors"):
        if name in extra and "authors" not in found:
            found["authors"] = extra.pop(name)
    return {**found, "extra": extra}


def _linked(text: str, sight: Sight) -> str:
    """Zola's own links: `@/posts/storm.md#waves`."""

    def link(found: re.Match[str]) -> str:
        path, fragment = found[1], found[2] or ""
        if to := sight.reference(f"@/{path}", fragment.lstrip("#")):
            return to
        sight.lose("link", f"@/{path}")
        return f"/{re.sub(r'(/?_?index)?[.]md$', '', path)}/{fragment}"

    return re.sub(r"@/([^\s)#>\"']+\.md)(#[\w.-]+)?", link, text)


def _gist(tag: Tag, inner: str, sight: Sight) -> str | None:
    url = tag.get("url", 0)
    return embeds.shown_elsewhere(url, f"Code: {url.rpartition('/')[2]}", sight) if url else None


_CONVERT: Mapping[str, Convert] = {**COMMON, "gist": _gist}
