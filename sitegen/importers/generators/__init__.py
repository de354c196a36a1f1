"""Folders of other static site generators: each file read once for its address, once for its text.

What differs from one generator to the other is a `System`; all of them are imported in one way.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Generator, Iterator
from dataclasses import replace
from itertools import count

from sitegen.importers.generators import entries
from sitegen.importers.generators.entries import Entry, System
from sitegen.importers.generators.fields import matter_of, may_be_section, rules_of
from sitegen.importers.generators.lists import Lists
from sitegen.importers.generators.page import EntryPage
from sitegen.importers.generators.paths import beside_path
from sitegen.importers.generators.places import Base, Files, Places
from sitegen.importers.generators.rules import FILE, redirects_of
from sitegen.importers.generators.text import from_html, outside_code, with_addresses
from sitegen.importers.media import MediaFolder, media_path
from sitegen.importers.shelf import Shelf
from sitegen.importers.sources import unreadable
from sitegen.importers.things import (
    About,
    Event,
    Found,
    Left,
    Loss,
    Media,
    Setting,
    Thing,
    Unanswered,
    Wishes,
)
from sitegen.model import Progress
from sitegen.read.matter import MatterError
from sitegen.read.place import SUFFIXES

_OURS = frozenset(
    {"index.html", "404.html", "robots.txt", "sitemap.xml", "feed.xml", "headlines.json"}
    | {"_redirects", "_headers", "cname", "manifest.webmanifest"}
)
"""Files that builds make: an old one must not take their place."""
_BLANKS = re.compile(r"[ \t]*\n(?:[ \t]*\n)+")
_HTML = (".html", ".htm")
_OFTEN = 200
"""Files between two steps of the progress bar."""


class Folder:
    """One site's folder. Fulfils `things.Importer`."""

    def __init__(self, system: System, wishes: Wishes) -> None:
        self._system = system
        self._shelf = Shelf()
        self.origin = f"{system.name} {system.about().base_url or system.root.name} "
        self._address = system.about().base_url or wishes.address
        self._base = Base(self._address)
        self._places = Places(self._shelf, self.origin)
        self._files = Files(system.file_roots)
        self._root = Files([("", system.root)])
        self._media = MediaFolder(wishes.media) if wishes.media else None
        self._rules = rules_of(system, wishes)
        self._lists = Lists(system.lists, wishes, self._shelf)

    def about(self) -> About:
        return replace(self._system.about(), base_url=self._address)

    def events(self) -> Generator[Event]:
        yield from self._survey()
        number = self._shelf.count("entry")
        if not self._shelf.count("known") and not number:
            hint = f"give the folder in which the site's own settings lie, for {self._system.name}"
            raise unreadable(self._system.root, "there are no articles in this folder", hint)
        for event in self._system.more():
            yield from self._settled(event)
        for done, entry in zip(count(1), self._shelf.values("entry"), strict=False):
            yield from self._told(entry)
            if done % _OFTEN == 0 or done == number:
                yield Progress("reading", done, number)
        yield from self._beside()
        yield from self._static()
        yield from self._lists.events()

    def _survey(self) -> Iterator[Event]:
        """Learn where everything is, and what becomes no file."""
        for file in self._system.files():
            name = file.relative_to(self._system.root).as_posix()
            yield Found("file")
            self._shelf.put("known", "any", True)
            try:
                entry = self._system.entry(name, self._system.matter(file, file.read_bytes()))
            except MatterError as error:
                problem = error.problems[0]
                where = f"{name}, line {problem.line}" if problem.line else name
                yield Left("broken", where, problem.message)
                continue
            except OSError as error:
                yield Left("broken", name, str(error.strerror))
                continue
            if isinstance(entry, entries.Left):
                yield Left(entry.kind, name, entry.detail)
                for event in entry.events:
                    yield from self._settled(event)
                continue
            self._shelf.add("entry", entry)
            self._places.add(entry)

    def _told(self, entry: Entry) -> Iterator[Event]:
        """One thing, with all that was found in it."""
        system, page = self._system, self._page(entry)
        file = system.root / entry.file
        text = system.matter(file, file.read_bytes()).body
        if posixpath.splitext(entry.file)[1].lower() in _HTML:
            text = from_html(text, page)
        body = with_addresses(_tidy(text, system.expanded(entry, text, page)), page)
        matter = matter_of(entry, self._rules, page)
        self._lists.seen(entry, matter)
        identity = self._places.identity(entry.file)
        yield self._once(Thing(identity, entry.kind, entry.path, matter, body, page.where))
        for event in page.events:  # behind it: a limit ends before a thing
            if isinstance(event, Media):
                self._shelf.put("media", event.path, True)
            yield event

    def _settled(self, event: Event) -> Iterator[Event]:
        """An event without what sitegen cannot have."""
        if isinstance(event, Setting) and event.key[0] == "sections":
            if not may_be_section(event.key[1], self._rules):
                return
            self._lists.declared(event)
        if isinstance(event, Thing) and event.matter.get("image"):
            page = self._page(Entry("", event.kind, event.path, "/", {"title": event.where}))
            image = page.picture(str(event.matter["image"]))
            event = replace(event, matter={**event.matter, "image": image})
            yield from page.events
        yield self._once(event) if isinstance(event, Thing) else event

    def _once(self, thing: Thing) -> Thing | Left:
        """An author or tag has one file, wherever the old site spoke of it."""
        if thing.kind not in ("author", "tag"):
            return thing
        owner = self._shelf.claim("term file", thing.path, thing.identity)
        return thing if owner == thing.identity else Left("again", thing.where)

    def _page(self, entry: Entry) -> EntryPage:
        return EntryPage(entry, self._places, self._files, self._base, self._root, self._media)

    def _beside(self) -> Iterator[Event]:
        """Files among the articles that no text shows: they stay beside them, and are told."""
        for file in self._system.beside():
            inner = file.relative_to(self._system.root).as_posix()
            path, address = self._places.beside(inner) or ("", "")
            within = inner.partition("/")[2]
            path = media_path(path or beside_path(within))
            if not path:
                yield Loss("made", inner)
            elif self._shelf.get("media", path) is None:
                yield Media(path, f"{self._base.whole}{address.lstrip('/')}", file)
                yield Unanswered("beside", address or f"/{within}", inner)

    def _static(self) -> Iterator[Event]:
        """Files that were published as they are, and that no article shows."""
        folders = (self._system.root, *(folder for _, folder in self._system.file_roots))
        for folder in dict.fromkeys(folders):
            if (folder / FILE).is_file():
                yield from redirects_of(folder / FILE)
        for path, file in self._system.static():
            name = media_path(path) or (path if "." not in posixpath.basename(path) else "")
            if not name or name.lower() in _OURS:
                if path.lower() != FILE:
                    yield Loss("made", path)
            elif self._shelf.get("media", name) is None or name.lower().endswith(SUFFIXES):
                yield Media(name, f"{self._base.whole}{name}", file, "static")


def _tidy(text: str, expanded: str) -> str:
    """The blank lines around what stands for tags, made one."""
    if expanded == text:
        return text
    return outside_code(expanded, lambda piece: _BLANKS.sub("\n\n", piece))
