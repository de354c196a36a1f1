"""Where the old site listed its articles, and how readers get from there to sitegen's lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sitegen import urls
from sitegen.importers.generators.data import texts
from sitegen.importers.placing import readable
from sitegen.importers.shelf import Shelf
from sitegen.importers.taxonomies import pattern_of
from sitegen.importers.things import Event, Matter, Setting, Unanswered, Wishes

if TYPE_CHECKING:
    from sitegen.importers.generators.entries import Entry

_OURS = {"section": "/{slug}/", "tag": "/tags/{slug}/", "author": "/authors/{slug}/"}
_KINDS = ("tag", "author", "category", "folder")
_FIELDS = {"section": "section", "tags": "tag", "authors": "author"}


@dataclass(frozen=True, slots=True)
class OldLists:
    """The addresses of lists in the old site; a pattern has `{slug}` in it."""

    patterns: Mapping[str, str] = field(default_factory=dict)
    """Of `tag`, `author`, `category`, `folder` for those of folders, and further taxonomies."""
    feeds: tuple[str, ...] = ()
    """Of the whole site."""
    feed: Mapping[str, str] = field(default_factory=dict)
    """Patterns of the feeds of lists of a kind, with `{list}` or `{slug}` in them."""
    moved: tuple[tuple[str, str], ...] = ()
    """Other old addresses, with where to."""
    lost: tuple[str, ...] = ("/page/2/",)
    """Examples of addresses that nobody can lead on."""

    def also(self, taxonomies: Mapping[str, str]) -> OldLists:
        """With those of further taxonomies: name there → name here."""
        patterns = {here: pattern_of(name) for name, here in taxonomies.items()}
        feeds = dict.fromkeys(patterns, self.feed["tag"])
        return replace(self, patterns={**self.patterns, **patterns}, feed={**self.feed, **feeds})


class Lists:
    """Notes which names are used; `shelf` remembers."""

    def __init__(self, old: OldLists, wishes: Wishes, shelf: Shelf) -> None:
        self._old = old
        self._new_site = wishes.new_site
        self._shelf = shelf
        more = [kind for kind in old.patterns if kind not in _KINDS]
        self._fields = {**_FIELDS, **{kind: kind for kind in more}}
        terms = {kind: wishes.taxonomies.get(kind) or pattern_of(kind) for kind in more}
        self._patterns = {**_OURS, **wishes.terms, **terms}
        if wishes.new_site:
            self._patterns |= self._kept()

    def _kept(self) -> dict[str, str]:
        """The old patterns that a new site can have as its own."""
        kept = {kind: self._old.patterns.get(kind, "") for kind in ("tag", "author")}
        if "folder" not in self._old.patterns:
            kept["section"] = self._old.patterns.get("category", "")
        return {k: p for k, p in kept.items() if p.endswith("/") and p.count("{") == 1}

    def declared(self, setting: Setting) -> None:
        """A section of the settings has a page, whatever is in it."""
        if setting.key[0] == "sections":
            slug = setting.key[1]
            self._shelf.put("term", f"section {slug}", ("section", slug))

    def seen(self, entry: Entry, matter: Matter) -> None:
        if entry.kind != "article":
            return
        for name, kind in self._fields.items():
            for term in texts(matter.get(name)):
                self._shelf.put("term", f"{kind} {urls.slug_of(term)}", (kind, term))
        for term in texts(entry.values.get("categories")):
            self._shelf.put("term", f"category {urls.slug_of(term)}", ("category", term))
        if entry.section:
            self._shelf.put("term", f"folder {entry.section}", ("folder", entry.section))

    def events(self) -> Iterator[Event]:
        """Settings and redirects, once all articles are known."""
        if self._new_site:
            for kind, pattern in sorted(self._kept().items()):
                if pattern != _OURS[kind]:
                    yield Setting(("urls", kind), pattern)
        for old in self._old.feeds:
            yield from _moved(old, "/feed.xml")
        for old, new in self._old.moved:
            yield from _moved(old, new)
        for kind, term in self._shelf.values("term"):
            yield from self._term(kind, term)
        for address in self._old.lost:
            yield Unanswered("archive", address, "further pages of all lists")

    def _term(self, kind: str, term: str) -> Iterator[Event]:
        pattern = self._old.patterns.get(kind)
        new = self._new(kind, term)
        if not pattern or not new:
            return
        slug = term if kind == "folder" else urls.slug_of(term)
        old = pattern.replace("{slug}", slug)
        yield from _moved(old, new)
        if pattern := self._old.feed.get(kind):
            feed = f"{new}feed.xml" if new != "/archive/" else "/feed.xml"
            was = pattern.replace("{list}", old.rstrip("/")).replace("{slug}", slug)
            yield from _moved(was, feed)

    def _new(self, kind: str, term: str) -> str:
        """The address of the list that has those articles now; empty where none has."""
        slug = urls.slug_of(term)
        if kind in ("category", "folder"):
            if self._shelf.get("term", f"section {slug}"):
                kind = "section"
            elif kind == "folder":
                return "/archive/"
            else:
                kind = "tag" if self._shelf.get("term", f"tag {slug}") else ""
        pattern = self._patterns.get(kind)
        if not pattern or not slug:
            return ""
        try:
            return urls.clean_url(urls.permalink(pattern, {"slug": slug}))
        except ValueError:
            return ""


def _moved(old: str, new: str) -> Iterator[Event]:
    try:
        if urls.clean_url(old) != new:
            yield Setting(("redirects", old), readable(new))
    except ValueError:
        yield Unanswered("unwritable", old)
