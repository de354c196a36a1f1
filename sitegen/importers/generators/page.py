"""One text of the old site while it is converted: where its links lead, what is lost."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from sitegen.importers.embedded import SCHEME, embedded
from sitegen.importers.generators.entries import Entry
from sitegen.importers.generators.places import Base, Files, Places
from sitegen.importers.homes import stem_of
from sitegen.importers.links import reference
from sitegen.importers.media import MediaFolder, media_path, trouble_of
from sitegen.importers.things import Event, Loss, Media, Setting, Unanswered
from sitegen.importers.tidy import is_picture
from sitegen.read.place import SUFFIXES

_THING = reference("", "").partition(":")[0] + ":"
_ONCE = ("elsewhere", "media", "link")
"""Kinds of losses that are told once for each address in a text."""
_ELSEWHERE = ("mailto:", "tel:", "#", "data:")
_LISTS = ("", "tags", "tag", "categories", "category", "authors", "author", "feed", "archive")
_TEMPLATES = ("\ue100", "{{", "{%", "{#", "%7B")


class EntryPage:
    """Fulfils `html.Page` and `Sight`."""

    def __init__(
        self,
        entry: Entry,
        places: Places,
        files: Files,
        base: Base,
        root: Files,
        media: MediaFolder | None,
    ) -> None:
        self.entry = entry
        self.events: list[Event] = []
        """What was found on the way."""
        self._places = places
        self._files = files
        self._base = base
        self._root = root
        self._media = media
        self._identity = places.identity(entry.file)
        self._seen: set[str] = set()

    @property
    def where(self) -> str:
        file, title = self.entry.file, self.entry.title
        return f"{file} “{title}”".strip() if title else file

    def lose(self, kind: str, detail: str) -> None:
        loss = Loss(kind, self.where, " ".join(detail.split())[:200], self._identity)
        if kind not in _ONCE or loss not in self.events:
            self.events.append(loss)

    def hold(self) -> None:
        """Its old address has no page as long as it is a draft."""
        if self.entry.sure:
            lost = Unanswered("draft", self.entry.url, self.where, self._identity)
            self.events.append(lost)

    def frame(self, host: str) -> None:
        if host:
            self.events.append(Setting(("embeds", "hosts"), (host,)))

    def reference(self, name: str, fragment: str = "") -> str:
        """The address of what a tag names; empty where there is none."""
        identity = self._named(name)
        return self._reference(identity, f"#{fragment}" if fragment else "") if identity else ""

    def story(self, name: str) -> str:
        """The address of an article that a field names; empty where there is none."""
        identity = self._named(name)
        is_story = identity is not None and self._places.is_article(identity)
        return self._reference(identity, "") if identity and is_story else ""

    def _reference(self, identity: str, tail: str) -> str:
        """A link to a thing; where it will not be there, to its old address."""
        return reference(identity, self._places.address(identity)) + tail

    def _named(self, name: str) -> str | None:
        near = posixpath.normpath(posixpath.join(posixpath.dirname(self.entry.file), name))
        bare, language = name.lstrip("/"), self.entry.language
        return (
            (self._places.called(bare, language) if language else None)
            or self._places.of_file(near)
            or self._places.called(bare)
            or self._places.of_file(name)
            or self._places.at(name if name.startswith("/") else f"/{name}")
        )

    def link(self, href: str) -> str:
        href = href.strip()
        if _THING in href:  # perhaps with the site's own address before it
            return href[href.index(_THING) :]
        if href.startswith(_ELSEWHERE) or href.startswith(_TEMPLATES) or not href:
            return href
        path = self._base.path(href, self.entry.url)
        if path is None:
            return href
        fragment = urlsplit(href).fragment
        tail = f"#{fragment}" if fragment else ""
        if identity := self._target(href, path):
            return self._reference(identity, tail)
        if file := self._file(href, path):
            return file
        if not self._is_list(path):
            self.lose("link", href)
        path, query = path.partition("#")[0], urlsplit(href).query
        if _is_text(path):  # builds take it for a file that must be there
            path = f"{posixpath.splitext(path)[0]}/"
        return path + (f"?{query}" if query else "") + tail

    def _is_list(self, path: str) -> bool:
        """Whether a path is likely that of a list, which redirects lead on."""
        first = path.strip("/").partition("/")[0].partition("#")[0]
        return first in _LISTS or first == self.entry.section or first.endswith(".xml")

    def _target(self, href: str, path: str) -> str | None:
        """What a link leads to: a file beside this one, or what has the address."""
        plain = unquote(href.partition("#")[0].partition("?")[0])
        if "//" not in plain and not plain.startswith("/") and _suffix(plain):
            near = posixpath.normpath(posixpath.join(posixpath.dirname(self.entry.file), plain))
            if found := self._places.of_file(near):
                return found
        return self._places.at(path) or self._places.of_file(unquote(path.partition("#")[0]))

    def picture(self, src: str) -> str:
        src = src.strip()
        if src.startswith(SCHEME):
            found = embedded(src, stem_of(self.entry.url or self.entry.file, "picture"), self.lose)
            self.events += [found] if found else []
            return f"/{found.path}" if found else ""
        if not src:
            return ""
        if src.startswith(_TEMPLATES) or src.startswith(_THING):
            return src
        path = self._base.path(src, self.entry.url)
        if path is None:
            self.lose("elsewhere", src)
            return src
        return self._file(src, path, shown=True)

    def recording(self, src: str) -> str:
        """The address of a recording; empty where it is not to be found."""
        path = self._base.path(src, self.entry.url)
        return src if path is None else self._file(src, path)

    def _file(self, href: str, path: str, *, shown: bool = False) -> str:
        """Where a file of the old site will be; empty where there is none, or none to be shown."""
        path = path.partition("#")[0].partition("?")[0]
        inner = self._within_bundle(href)
        if inner:
            name = posixpath.join(posixpath.dirname(self.entry.path), inner)
            file = self._root.at(posixpath.join(posixpath.dirname(self.entry.file), inner))
        else:
            name, file = media_path(path), self._look(href, path)
        if not media_path(name) or (file is None and not shown):
            if shown:
                self.lose("media", href)
            return ""
        if file is not None and shown and (trouble := trouble_of(file)):
            self.lose("media", f"{href}: {trouble}")
            return ""
        self._want(name, path, file, static=not shown and not inner)
        return inner or f"/{name}"

    def _within_bundle(self, href: str) -> str:
        """The path of a file beside this one, or below; empty where there is none."""
        plain = posixpath.normpath(unquote(href.partition("#")[0].partition("?")[0]))
        if "//" in href or plain.startswith(("/", "..")) or _is_text(plain):
            return ""
        file = self._root.at(posixpath.join(posixpath.dirname(self.entry.file), plain))
        return plain if file and media_path(plain) == plain else ""

    def _look(self, href: str, path: str) -> Path | None:
        """The file of an address on this machine."""
        if file := self._files.at(path):
            return file
        if "//" not in href and not href.startswith("/"):
            folder = posixpath.dirname(self.entry.file)
            if file := self._root.at(posixpath.join(folder, unquote(href.partition("?")[0]))):
                return file
        name = media_path(path)
        return self._media.find(name) if self._media and name else None

    def _want(self, name: str, path: str, file: Path | None, *, static: bool) -> None:
        if name in self._seen:
            return
        self._seen.add(name)
        folder: Literal["static", "content"] = (
            "static" if _is_text(name) or (static and not is_picture(name)) else "content"
        )
        self.events.append(Media(name, f"{self._base.whole}{path.lstrip('/')}", file, folder))


def _suffix(path: str) -> str:
    return posixpath.splitext(path.partition("#")[0].partition("?")[0])[1]


def _is_text(path: str) -> bool:
    """Whether content/ would take a file for an article."""
    return _suffix(path).lstrip(".").lower() in SUFFIXES
