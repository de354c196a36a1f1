"""Where each imported thing will lie and at which address it answers, without clashes.

All of them are known by then: what comes later in the source may have what comes first asks for.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from sitegen import urls
from sitegen.config import Config
from sitegen.importers.ledger import Ledger
from sitegen.importers.permalinks import built_address, language_of, local_day
from sitegen.importers.shelf import Shelf
from sitegen.importers.things import Loss, Thing, Unanswered, Value
from sitegen.model import ListingId
from sitegen.read.place import place_of

_OURS = "sitegen"
"""Who has the addresses of lists."""
_TERMS = {"section": "section", "tags": "tag", "authors": "author"}
_WITH_PAGES = ("article", "page")
_NAMED = ("author", "tag", "front")
"""Kinds of things whose file can have no other name."""
_LONGEST = 120
"""Bytes of a file's name without its suffix: some systems allow 255 for a whole path."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}[-_](?=.)")
"""What is no part of the address when a file's name begins with it."""


def file_stem(name: str, otherwise: str) -> str:
    """What a file may be called that is named after `name`, or else after `otherwise`."""
    for words in (name, otherwise):
        stem = urls.slug_of_stem(words).strip("-. ")
        while len(stem.encode()) > _LONGEST:
            stem = stem[:-1].rstrip("-. ")
        for safe in (stem, f"{stem}-1"):  # Windows refuses `con`, but not `con-1`
            if stem and _may_be_called(safe):
                return safe
    return "unnamed"


def _may_be_called(stem: str) -> bool:
    """Whether every system takes it for a file's name, and without its date for an address."""
    if stem in ("index", "_index"):
        return False
    try:
        urls.check_segment(f"{stem}.md")
        urls.check_segment(_DATE.sub("", stem))
    except ValueError:
        return False
    return True


class Placing:
    """Decides; `shelf` remembers."""

    def __init__(self, content: Path, shelf: Shelf, ledger: Ledger, config: Config) -> None:
        self._content = content
        self._shelf = shelf
        self._ledger = ledger
        self._config = config
        self._kinds = {**_TERMS, **{name: name for name in config.taxonomies}}
        """Field → kind of list."""
        for url in ("/", "/archive/", config.urls.corrections or "/"):
            self._reserve(url)
        for kind in ("tag", "author", *config.taxonomies):
            self._reserve(config.index_url(kind, config.site.language))
        for slug in config.sections:  # in the navigation, whether there are articles or not
            self._reserve(config.listing_base(ListingId(config.site.language, "section", slug)))

    def reserve(self, thing: Thing) -> None:
        """Keep the addresses of the lists that an article is in."""
        if thing.kind != "article":
            return
        ascii_only = self._config.urls.slugs == "ascii"
        lang = language_of(thing.path, thing.matter, self._config)
        for field, kind in self._kinds.items():
            names = thing.matter.get(field, ())
            for name in [names] if isinstance(names, str) else list(_texts(names)):
                slug = urls.slug_of(name, ascii_only=ascii_only)
                with suppress(ValueError):  # a name that makes no address: builds say so
                    self._reserve(self._config.listing_base(ListingId(lang, kind, slug)))
        if day := local_day(thing.matter.get("date"), self._config):
            self._reserve(f"{self._config.prefix(lang)}/{day:%Y}/")
            self._reserve(f"{self._config.prefix(lang)}/{day:%Y/%m}/")

    def _reserve(self, url: str) -> None:
        self._shelf.claim("address", urls.same_place(url), _OURS)

    def path(self, thing: Thing) -> str:
        """Below content/: where it was before, else as wished for, else with a number.

        Empty: it may not be written.
        """
        known = self._ledger.get(thing.identity)
        path = known.path if known else self._free(thing)
        self._shelf.put("path", thing.identity, path)
        return path

    def _free(self, thing: Thing) -> str:
        path = self._claimed("taken path", _fitting(thing, self._config), thing.identity)
        if thing.kind in _NAMED and path != thing.path:  # its name says what it is of
            kind = "front" if thing.kind == "front" else "term"
            self._shelf.add("loss", Loss(kind, thing.where, thing.path, thing.identity))
            return ""
        return path

    def address(self, thing: Thing) -> None:
        """Give it the `url` that it asks for, or one like it. What cannot be is told as a loss."""
        wanted = thing.matter.get("url")
        if thing.kind not in _WITH_PAGES or not isinstance(wanted, str):
            return
        published = not _is_draft(thing.matter) and not self._is_a_person_s(thing)
        try:
            url = urls.clean_url(wanted) if wanted else ""
        except ValueError as error:
            self._lose(thing, f"{wanted}: {error}")
            self._unanswered("unwritable", wanted, thing)
            url = _mended(wanted)
        if not url:
            if published:
                self._give(thing)
            return
        if published:  # what has no page may have the address of another
            taken, url = url, self._claimed("address", url, thing.identity)
            if taken != url:
                self._lose(thing, f"{taken} is also that of {self._owner(taken)}; it is {url} now")
                self._unanswered("taken", taken, thing)
        self._shelf.put("url", thing.identity, url)

    def _is_a_person_s(self, thing: Thing) -> bool:
        """Whether a person has edited its file, taken it away or given it another name."""
        if self._shelf.get("own address", thing.identity):
            return True
        known = self._ledger.get(thing.identity)
        if known is None or known.before:  # an import that was stopped may not have written it
            return False
        return not (self._content / known.path).exists()

    def _give(self, thing: Thing) -> None:
        """Keep the address that builds will give to a thing, or write another into its file."""
        path = self._shelf.get("path", thing.identity)
        url = built_address(path, thing.matter, self._config) if path else ""
        claimed = self._claimed("address", url, thing.identity) if url else url
        if claimed != url:
            self._lose(thing, f"{url} is that of {self._owner(url)} too; it is {claimed} now")
            self._shelf.put("url", thing.identity, claimed)

    def _owner(self, url: str) -> str:
        """Whose an address is, in words."""
        for way in (url, url.rstrip("/"), f"{url}/"):
            if owner := self._shelf.get("address", urls.same_place(way)):
                break
        if owner.startswith("static/"):
            return str(owner)
        path = self._shelf.get("path", owner)
        return f"content/{path}" if path else "a list of sitegen's"

    def _claimed(self, kind: str, wanted: str, identity: str) -> str:
        """`wanted`, or with a number behind its last part when another thing has it."""
        ends = "/" if wanted.endswith("/") else ""
        stem, suffix = (wanted.rstrip("/"), "") if ends else posixpath.splitext(wanted)
        number = self._shelf.get(f"{kind} number", wanted) or 1  # or a thousand ask a million times
        stem = stem or "/page"
        found = wanted if number == 1 else f"{stem}-{number}{suffix}{ends}"
        while not self._takes(kind, found, identity):
            number += 1
            found = f"{stem}-{number}{suffix}{ends}"
        if number > 1:
            self._shelf.put(f"{kind} number", wanted, number)
        return found

    def _takes(self, kind: str, name: str, identity: str) -> bool:
        """Make a path or address a thing's, unless it is another's; whether it is now."""
        twin = name[:-1] if name.endswith("/") else f"{name}/"  # a file cannot be a folder too
        owner = self._shelf.get(kind, urls.same_place(twin))
        if owner not in (None, identity):
            return False
        return self._shelf.claim(kind, urls.same_place(name), identity) == identity

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
            if not self._takes("address", url, thing.identity):
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
        for kind in ("own address", "url"):
            url: str | None = self._shelf.get(kind, identity)
            if url is not None:
                return url
        path: str | None = self._shelf.get("path", identity)
        return path and posixpath.relpath(path, posixpath.dirname(source) or ".")

    def _lose(self, thing: Thing, detail: str) -> None:
        self._shelf.add("loss", Loss("address", thing.where, detail, thing.identity))

    def _unanswered(self, kind: str, address: str, thing: Thing) -> None:
        self._shelf.add("unanswered", Unanswered(kind, address, thing.where, thing.identity))


def _mended(url: str) -> str:
    """The address most like `url` that all systems can have; empty: there is none."""
    with suppress(ValueError):
        return urls.clean_url("/".join(map(_mended_part, url.split("/"))))
    return ""


def _mended_part(part: str) -> str:
    try:
        urls.check_segment(part or "-")
    except ValueError:
        stem, suffix = posixpath.splitext(part)
        return f"{stem}-1{suffix}"
    return part


def _fitting(thing: Thing, config: Config) -> str:
    """Its path, but in a folder that makes an article of it: the wished one may mean terms."""
    if thing.kind == "article" and place_of(thing.path, config).kind != "article":
        return f"articles/{thing.path}"
    return thing.path


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
