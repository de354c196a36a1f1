"""Where each imported thing will lie and at which address it answers, without clashes.

All of them are known by then: what comes later in the source may have what comes first asks for.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from sitegen import urls
from sitegen.config import Config
from sitegen.importers.ledger import Ledger
from sitegen.importers.shelf import Shelf
from sitegen.importers.things import Loss, Thing, Unanswered, Value
from sitegen.instants import zone
from sitegen.model import ListingId
from sitegen.read.place import place_of

_OURS = "sitegen"
"""Who has the addresses of lists."""
_TERMS = {"section": "section", "tags": "tag", "authors": "author"}
_WITH_PAGES = ("article", "page")
_LONGEST = 120
"""Bytes of a file's name without its suffix: some systems allow 255 for a whole path."""


def file_stem(name: str, otherwise: str) -> str:
    """What a file may be called that is named after `name`, or else after `otherwise`."""
    for words in (name, otherwise):
        stem = urls.slug_of_stem(words).strip("-. ")
        while len(stem.encode()) > _LONGEST:
            stem = stem[:-1].rstrip("-. ")
        try:
            urls.check_segment(f"{stem}.md")
        except ValueError:
            continue
        if stem and stem not in ("index", "_index"):
            return stem
    return "unnamed"


class Placing:
    """Decides; `shelf` remembers."""

    def __init__(self, content: Path, shelf: Shelf, ledger: Ledger, config: Config) -> None:
        self._content = content
        self._shelf = shelf
        self._ledger = ledger
        self._config = config
        for url in ("/", "/archive/", "/tags/", "/authors/", config.urls.corrections or "/"):
            shelf.claim("address", urls.same_place(url), _OURS)

    def reserve(self, thing: Thing) -> None:
        """Keep the addresses of the lists that an article is in."""
        if thing.kind != "article":
            return
        lang, ascii_only = self._config.site.language, self._config.urls.slugs == "ascii"
        for field, kind in _TERMS.items():
            names = thing.matter.get(field, ())
            for name in [names] if isinstance(names, str) else list(_texts(names)):
                slug = urls.slug_of(name, ascii_only=ascii_only)
                with suppress(ValueError):  # a name that makes no address: builds say so
                    self._reserve(self._config.listing_base(ListingId(lang, kind, slug)))
        day = thing.matter.get("date")
        if isinstance(day, date):
            self._reserve(f"/{day:%Y}/")
            self._reserve(f"/{day:%Y/%m}/")

    def _reserve(self, url: str) -> None:
        self._shelf.claim("address", urls.same_place(url), _OURS)

    def path(self, thing: Thing) -> str:
        """Below content/: where it was before, else as wished for, else with a number.

        Empty: it may not be written.
        """
        known = self._ledger.get(thing.identity)
        path = known.path if known else self._free(thing)
        if thing.kind == "front" and path != thing.path:  # it can have no other name
            loss = Loss("front", thing.where, "", thing.identity)
            self._shelf.add("loss", loss)
            path = ""
        self._shelf.put("path", thing.identity, path)
        return path

    def _free(self, thing: Thing) -> str:
        stem, suffix = posixpath.splitext(thing.path)
        number, path = 1, thing.path
        while not self._is_free(path, thing.identity):
            number += 1
            path = f"{stem}-{number}{suffix}"
        return path

    def _is_free(self, path: str, identity: str) -> bool:
        if self._shelf.get("ledger path", path) is not None or (self._content / path).exists():
            return False
        return self._shelf.claim("taken path", urls.same_place(path), identity) == identity

    def address(self, thing: Thing) -> None:
        """Give it the `url` that it asks for, or one like it. What cannot be is told as a loss."""
        wanted = thing.matter.get("url")
        if thing.kind in _WITH_PAGES and wanted == "" and not _is_draft(thing.matter):
            self._give(thing, self._by_pattern(thing))
        if thing.kind not in _WITH_PAGES or not isinstance(wanted, str) or not wanted:
            return
        try:
            url = urls.clean_url(wanted)
        except ValueError as error:
            self._lose(thing, f"{wanted}: {error}")
            self._unanswered("unwritable", wanted, thing)
            if not _is_draft(thing.matter):
                self._give(thing, self._by_pattern(thing))
            return
        if not _is_draft(thing.matter):  # one has no page yet, and may have that of another
            taken, url = url, self._claimed(url, thing.identity)
            if taken != url:
                owner = self._shelf.get("address", urls.same_place(taken))
                whose = self._shelf.get("path", owner) or "a list of sitegen's"
                self._lose(thing, f"{taken} is also that of {whose}; it is {url} now")
                self._unanswered("taken", taken, thing)
        self._shelf.put("url", thing.identity, url)

    def _give(self, thing: Thing, url: str) -> None:
        """Keep the address that builds will give to a thing, or write another into its file."""
        claimed = self._claimed(url, thing.identity) if url else url
        if claimed != url:
            self._lose(thing, f"{url} is that of another file too; it is {claimed} now")
            self._shelf.put("url", thing.identity, claimed)

    def _by_pattern(self, thing: Thing) -> str:
        """The address of what names none itself; empty where builds refuse it."""
        config, path = self._config, self._shelf.get("path", thing.identity)
        day = thing.matter.get("date")
        if not path or (thing.kind == "article" and not isinstance(day, date)):
            return ""
        day = day if isinstance(day, date) else date(1970, 1, 1)  # pages have none in theirs
        if isinstance(day, datetime) and day.tzinfo:
            day = day.astimezone(zone(config.site.timezone))
        place, ascii_only = place_of(path, config), config.urls.slugs == "ascii"
        section = str(thing.matter.get("section") or "")
        parts = {
            "year": f"{day:%Y}",
            "month": f"{day:%m}",
            "day": f"{day:%d}",
            "section": urls.slug_of(section, ascii_only=ascii_only),
            "slug": str(thing.matter.get("slug") or "")
            or urls.slug_of_stem(place.stem, ascii_only=ascii_only),
        }
        with suppress(ValueError):
            of_articles = config.urls.permalink
            pattern = urls.permalink("/{slug}/" if thing.kind == "page" else of_articles, parts)
            return urls.clean_url(config.prefix(place.lang) + pattern)
        return ""

    def _claimed(self, url: str, identity: str) -> str:
        """`url`, or with a number behind its last part when another thing has it."""
        stem, suffix = posixpath.splitext(url.rstrip("/"))
        ends = "/" if url.endswith("/") else ""
        number, found = 1, url
        while self._shelf.claim("address", urls.same_place(found), identity) != identity:
            number += 1
            found = f"{stem or '/page'}-{number}{suffix}{ends}"
        return found

    def aliases(self, thing: Thing) -> list[str]:
        """The old addresses that can lead to it; to be asked once all have their own."""
        found: list[str] = []
        for old in _texts(thing.matter.get("aliases", ())):
            try:
                url = urls.clean_url(old)
            except ValueError:
                self._unanswered("query" if "?" in old else "unwritable", old, thing)
                continue
            if self._shelf.get("address", urls.same_place(url)) == thing.identity:
                continue
            if self._below_a_file(url):
                self._unanswered("unwritable", url, thing)
                continue
            if self._shelf.claim("address", urls.same_place(url), thing.identity) != thing.identity:
                self._unanswered("taken", url, thing)
            else:
                found.append(readable(url))
        return found

    def _below_a_file(self, url: str) -> bool:
        """Whether one of its folders is a page's file: `/storm.html/2/`."""
        parts = url.strip("/").split("/")[:-1]
        above = ("/" + "/".join(parts[:end]) for end in range(1, len(parts) + 1))
        return any(self._shelf.get("address", urls.same_place(path)) for path in above)

    def target(self, identity: str, source: str) -> str | None:
        """How the file `source` writes a link to another thing; None: there is none."""
        url: str | None = self._shelf.get("url", identity)
        if url is not None:
            return url
        path: str | None = self._shelf.get("path", identity)
        return path and posixpath.relpath(path, posixpath.dirname(source) or ".")

    def _lose(self, thing: Thing, detail: str) -> None:
        self._shelf.add("loss", Loss("address", thing.where, detail, thing.identity))

    def _unanswered(self, kind: str, address: str, thing: Thing) -> None:
        self._shelf.add("unanswered", Unanswered(kind, address, thing.where, thing.identity))


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, list | tuple):
        yield from (item for item in value if isinstance(item, str))


def readable(url: str) -> str:
    """A clean address as a person would write it: letters of all scripts as they are."""
    plain = unquote(url)
    try:
        return plain if plain.isprintable() and urls.clean_url(plain) == url else url
    except ValueError:
        return url


def _is_draft(matter: Mapping[str, Any]) -> bool:
    return str(matter.get("status") or "published") != "published"
