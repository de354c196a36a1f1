"""Feeds: RSS, Atom and JSON Feed in files, with the older parts that they name (RFC 5005)."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sitegen.importers.addresses import Home, bare, joined, key_of, split
from sitegen.importers.feeds.entries import Entry, Feed, untracked
from sitegen.importers.feeds.stories import Stories
from sitegen.importers.feeds.walking import Walk
from sitegen.importers.homes import usual_home
from sitegen.importers.page import OldSite
from sitegen.importers.shelf import Shelf
from sitegen.importers.sources import unreadable
from sitegen.importers.text import line_of
from sitegen.importers.things import About, Event, Found, Left, Loss, Wishes
from sitegen.importers.tidy import is_picture

_FILES = (".pdf", ".mp3", ".m4a", ".ogg", ".opus", ".mp4", ".zip", ".csv", ".xlsx", ".docx")
_COMMENT = re.compile(r"#(comment|c)-?\d+$")
"""How addresses of comments end, of which some sites have feeds."""


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
            for place in feed.broken:
                yield Found("item")
                yield Left("broken", place)
            for entry in feed.entries:
                yield Found("item")
                yield from self._sort(entry, feed)
        if self._main is None:
            hint = "RSS, Atom and JSON Feed are understood; save the feed's own file"
            raise unreadable(self._source, "this is no feed", hint)
        yield from self._articles(self._main)
        for address in self._walk.missing():
            yield Loss("older", self._source.name, address)

    def _choose(self, feed: Feed) -> None:
        known = self._main
        if known is None or (feed.home and len(feed.home) < len(known.home or feed.home + "/")):
            self._main = feed

    def _sort(self, entry: Entry, feed: Feed) -> Iterator[Event]:
        if entry.what in ("comment", "trash", "system"):
            yield Left(entry.what, entry.where)
        elif _COMMENT.search(entry.url):
            yield Left("comment", entry.where)
        else:
            url = untracked(joined(feed.home, entry.url)) if entry.url else ""
            self._gather(replace(entry, url=url))

    def _gather(self, entry: Entry) -> None:
        """Of an entry that stands in several feeds keep the fullest, then the newest."""
        key = self._key(entry)
        known = self._shelf.get("entry", key)
        if known is None:
            self._shelf.add("order", key)
            self._shelf.put("entry", key, (entry, 1))
            self._shelf.claim("link", _link(entry), key)
            return
        old, number = known
        better = _better(old, entry)
        urls = dict.fromkeys([*old.others, old.url, entry.url])
        others = tuple(url for url in urls if url and url != better.url)
        self._shelf.put("entry", key, (replace(better, others=others), number + 1))

    def _key(self, entry: Entry) -> str:
        """By what an entry is known: its name, unless another one has that too; else its link."""
        known = self._shelf.get("entry", entry.id)
        if known is not None and not _is_same(known[0], entry):
            return f"{entry.id} {_link(entry)}"
        if known is None and entry.url:
            key: str | None = self._shelf.get("link", _link(entry))
            if key is not None and _is_same(self._shelf.get("entry", key)[0], entry, by_link=True):
                return key
        return entry.id

    def _articles(self, main: Feed) -> Iterator[Event]:
        self._home = self._wishes.address or self._root(main.home)
        self.origin = f"feed {bare(parts.hostname) if (parts := split(self._home)) else ''} "
        home = Home([self._home, main.home], self._wishes.base_url)
        old = OldSite(home, self._wishes, self._story_at, _file_at)
        for id in self._shelf.values("order"):
            entry, _ = self._shelf.get("entry", id)
            for url in (entry.url, *entry.others):
                if (path := old.home.path(url)) is not None and "?" not in path:
                    self._shelf.claim("story", key_of(path), f"{self.origin}{id}")
        stories = Stories(old, main.title, self.origin)
        for id in self._shelf.values("order"):
            entry, number = self._shelf.get("entry", id)
            yield from stories.events(replace(entry, id=id), number)

    def _root(self, home: str) -> str:
        """The site's address: a feed of a section names that of the section, or none at all."""
        entries = [split(entry.url) for _, (entry, _) in self._shelf.each("entry")]
        parts = split(home)
        hosts = {bare(one.hostname) for one in entries if one}
        if parts is None or (hosts and bare(parts.hostname) not in hosts):
            return usual_home(one.geturl() for one in entries if one)
        if all(one is not None and one.geturl().startswith(home) for one in entries):
            return home
        return f"{parts.scheme}://{parts.netloc}/"

    def _story_at(self, path: str) -> str | None:
        found: str | None = None if "?" in path else self._shelf.get("story", key_of(path))
        return found


def _link(entry: Entry) -> str:
    """An address, whatever its scheme and its end."""
    parts = split(entry.url)
    if parts is None:
        return entry.url
    return f"{bare(parts.hostname)}{parts.path.rstrip('/')}?{parts.query}"


def _is_same(one: Entry, other: Entry, *, by_link: bool = False) -> bool:
    """Whether two entries with one name, or one link, are the same article.

    There are feeds that give all their entries one name, and podcasts that give them one link.
    """
    same_title = one.title == other.title
    if by_link:
        first, second = one.published, other.published
        near = not first or not second or abs(first - second) <= timedelta(days=1)
        return same_title and near
    return same_title or _link(one) == _link(other) or one.published == other.published


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
