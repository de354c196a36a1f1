"""Feeds: RSS, Atom and JSON Feed in files, with the older parts that they name (RFC 5005)."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path

from sitegen.importers.addresses import Home, bare, key_of, split
from sitegen.importers.feeds.reading import Entry, Feed
from sitegen.importers.feeds.stories import Stories
from sitegen.importers.feeds.walking import Walk
from sitegen.importers.page import OldSite
from sitegen.importers.shelf import Shelf
from sitegen.importers.sources import unreadable
from sitegen.importers.text import line_of
from sitegen.importers.things import About, Event, Found, Left, Loss, Wishes
from sitegen.importers.tidy import is_picture

_FILES = (".pdf", ".mp3", ".m4a", ".ogg", ".opus", ".mp4", ".zip", ".csv", ".xlsx", ".docx")


class Feeds:
    """A feed's file, or a folder of such."""

    def __init__(self, source: Path, wishes: Wishes) -> None:
        """Raises SitegenError for what is no feed."""
        self._walk = Walk(source)
        self._source = source
        self._wishes = wishes
        self._shelf = Shelf()
        self._main: Feed | None = None
        """The feed that says what the site is called: the one of its uppermost page."""
        self._home = ""
        self.origin = "feed "

    def about(self) -> About:
        said = self._main
        assert said is not None, "asked for behind `events`"
        return About(
            line_of(said.title),
            self._home,
            said.language.replace("_", "-") or "en",
            line_of(said.about),
            self._wishes.timezone,
        )

    def events(self) -> Generator[Event]:
        """First all entries are gathered: many stand in several feeds."""
        for file, feed in self._walk.feeds():
            name = self._walk.name(file)
            if feed is None:
                yield Found("other file")
                yield Left("other", name)
                continue
            if feed.trouble:
                yield Loss("damaged", name, feed.trouble)
            self._choose(feed)
            for entry in feed.entries:
                yield Found("item")
                self._gather(entry)
        if self._main is None:
            hint = "RSS, Atom and JSON Feed are understood; save the feed's own file"
            raise unreadable(self._source, "this is no feed", hint)
        yield from self._articles(self._main)
        for address in dict.fromkeys(self._walk.missing):
            yield Loss("older", self._source.name, address)

    def _choose(self, feed: Feed) -> None:
        if self._main is None or len(feed.home) < len(self._main.home):
            self._main = feed

    def _gather(self, entry: Entry) -> None:
        """Of an entry that stands in several feeds keep the fullest, then the newest."""
        known = self._shelf.get("entry", entry.id)
        if known is None:
            self._shelf.add("order", entry.id)
            self._shelf.put("entry", entry.id, (entry, 1))
            return
        old, number = known
        self._shelf.put("entry", entry.id, (_better(old, entry), number + 1))

    def _articles(self, main: Feed) -> Iterator[Event]:
        self._home = self._wishes.address or self._root(main.home)
        self.origin = f"feed {bare(parts.hostname) if (parts := split(self._home)) else ''} "
        home = Home([self._home, main.home], self._wishes.base_url)
        old = OldSite(home, self._wishes, self._story_at, _file_at)
        for id in self._shelf.values("order"):
            entry, _ = self._shelf.get("entry", id)
            if (path := old.home.path(entry.url)) is not None and "?" not in path:
                self._shelf.put("story", key_of(path), f"{self.origin}{id}")
        stories = Stories(old, main.title, self.origin)
        for id in self._shelf.values("order"):
            entry, number = self._shelf.get("entry", id)
            yield from stories.events(entry, number)

    def _root(self, home: str) -> str:
        """The site's address: a feed of a section names that of the section."""
        parts = split(home)
        if parts is None:
            return ""
        entries = (entry for _, (entry, _) in self._shelf.each("entry"))
        if all(entry.url.startswith(home) for entry in entries):
            return home
        return f"{parts.scheme}://{parts.netloc}/"

    def _story_at(self, path: str) -> str | None:
        found: str | None = None if "?" in path else self._shelf.get("story", key_of(path))
        return found


def _better(one: Entry, other: Entry) -> Entry:
    sizes = (len(one.content or one.summary), len(other.content or other.summary))
    if max(sizes) > 2 * min(sizes):  # one has the whole text, the other its beginning
        return one if sizes[0] > sizes[1] else other
    first, second = one.updated or one.published, other.updated or other.published
    later = second is not None and (first is None or second > first)
    return other if later else one


def _file_at(path: str) -> str:
    plain = path.partition("?")[0].partition("#")[0]
    return plain if is_picture(plain) or plain.lower().endswith(_FILES) else ""
