"""What lies in content/ before an import: files of people, and addresses that are taken."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sitegen import urls
from sitegen.config import Config
from sitegen.digest import digest
from sitegen.importers.ledger import Ledger
from sitegen.importers.shelf import Shelf
from sitegen.model import ListingId
from sitegen.read import read_file
from sitegen.read.file import ReadFile
from sitegen.read.place import SUFFIXES, place_of

SOMEBODY = "content/"
"""What the owner of a path or address begins with that no imported thing has; its file follows."""


class Present:
    """Tells the shelf. An imported file that nobody has edited has nothing to tell."""

    def __init__(self, site: Path, shelf: Shelf, ledger: Ledger, config: Config) -> None:
        self._content = site / "content"
        self._static = site / "static"
        self._shelf = shelf
        self._ledger = ledger
        self._config = config

    def look(self) -> None:
        """Keep the paths and addresses of all files; `now` are identities of this import."""
        for entry in self._ledger.entries():
            self._shelf.claim("taken path", urls.same_place(entry.path), entry.identity)
        for path, _ in _files(self._static):
            self._publish(path)
        for media in self._shelf.values("media"):
            if media.folder == "static":
                self._publish(media.path)
        for source, file in _files(self._content):
            identity = self._shelf.get("ledger path", source)
            owner = identity or f"{SOMEBODY}{source}"
            self._shelf.claim("taken path", urls.same_place(source), owner)
            if source.lower().endswith(SUFFIXES) and not self._is_ours(identity, file):
                self._read(source, file, owner)

    def _publish(self, path: str) -> None:
        """Keep the address of a file of static/."""
        self._shelf.claim("address", urls.same_place(urls.url_of(path)), f"static/{path}")

    def _is_ours(self, identity: str | None, file: Path) -> bool:
        """Whether this import will say what the file holds."""
        if identity is None or not self._shelf.get("now", identity):
            return False
        entry = self._ledger.get(identity)
        return entry is not None and digest(file.read_bytes()).hex() in (entry.digest, entry.before)

    def _read(self, source: str, file: Path, owner: str) -> None:
        place = place_of(source, self._config)
        if place.kind not in ("article", "page"):
            return
        read = read_file(place, file.read_bytes(), self._config)
        url, aliases, draft = _addresses(read)
        if not url:
            return
        self._shelf.put("path", owner, source)
        self._shelf.put("own address", owner, url)
        if draft:  # it has no page yet, and may have the address of another
            return
        for address in (url, *aliases):
            self._shelf.claim("address", urls.same_place(address), owner)
        for term in read.article.terms if read.article else ():
            base = self._config.listing_base(ListingId(place.lang, term.kind, term.slug))
            self._shelf.claim("address", urls.same_place(base), "sitegen")


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file below a folder, with its path there."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(parent, name)
            if file.is_file():  # a link to nowhere is no mistake of this command's
                yield unicodedata.normalize("NFC", file.relative_to(folder).as_posix()), file


def _addresses(read: ReadFile) -> tuple[str, tuple[str, ...], bool]:
    """Where a file's page is, from where readers are led to it, and whether it is a draft.

    Nowhere where builds refuse the file: they say so.
    """
    if read.article is not None:
        return read.article.url, read.article.aliases, read.article.draft
    facts: Any = read.document.facts if read.document else {}
    return str(facts.get("url", "")), tuple(facts.get("aliases", ())), bool(facts.get("draft"))
