"""Imported things as files of content/: new ones, and those that nobody has edited since."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sitegen.config import Config
from sitegen.digest import digest
from sitegen.errors import Misuse, Problem
from sitegen.importers.files import copy_whole, write_bytes, write_whole
from sitegen.importers.ledger import ABSENT, Entry, Ledger
from sitegen.importers.links import settle, settle_all
from sitegen.importers.matter import matter_text
from sitegen.importers.placing import Placing, readable
from sitegen.importers.report import Report
from sitegen.importers.things import Loss, Media, Thing
from sitegen.instants import zone
from sitegen.model import Progress

_CONTENT = "content"


class Writer:
    """Writes what lies on the shelf, each thing with its place."""

    def __init__(self, report: Report, config: Config, ledger: Ledger, placing: Placing) -> None:
        """`report` is told of each file, and knows the rest."""
        self._report = report
        self._site = report.task.site
        self._dry = report.task.dry
        self._shelf = report.shelf
        self._elsewhere = bool(config.images.base_url)
        self._zone = zone(config.site.timezone)
        self._ledger = ledger
        self._placing = placing

    def write_all(self) -> Iterator[Progress]:
        """Write files and copy media."""
        total = self._shelf.count("thing")
        for done, (key, thing) in enumerate(self._shelf.each("thing"), 1):
            path = self._shelf.get("path", thing.identity)
            self._report.tell(self._write(key, thing, path), path)
            yield Progress("writing", done, total)
        total = self._shelf.count("media")
        for done, media in enumerate(self._shelf.values("media"), 1):
            what = self._copy(media)
            self._report.tell(what, media.address if what == "missing" else media.path)
            yield Progress("media", done, total)

    def _write(self, key: str, thing: Thing, path: str) -> str:
        """Write one thing's file, if it may be; what became of it."""
        if not path:
            return "kept"
        self._shelf.put("seen", thing.identity, True)
        target = self._safe(path)
        text = self._text(thing, path, self._shelf.get("aliases", key))
        new = _digest(text.encode())
        old = _digest(target.read_bytes()) if target.is_file() else ABSENT
        known = self._ledger.get(thing.identity)
        what = _verdict(known, old, new)
        if what in ("created", "updated") and not self._dry:
            self._ledger.intend(Entry(thing.identity, path, new, old))
            write_whole(target, [text])
        elif what == "unchanged" and known is not None and known.digest != new and not self._dry:
            self._ledger.intend(Entry(thing.identity, path, new))
        return what

    def _safe(self, path: str, folder: str = _CONTENT) -> Path:
        """The file; Misuse where a link would lead out of the site."""
        target = self._site / folder / path
        if not target.resolve().is_relative_to((self._site / folder).resolve()):
            message = f"a symbolic link leads out of {folder}/"
            hint = "import into a site without such links"
            raise Misuse(Problem("import-link", message, f"{folder}/{path}", hint=hint))
        return target

    def _text(self, thing: Thing, path: str, aliases: list[str]) -> str:
        """The whole file, with its addresses, and with links that lead where things lie."""

        def field(identity: str, otherwise: str) -> str:
            found = self._placing.target(identity, path)
            if found is None:
                kind = "link" if self._report.gathered.whole else "later"
                self._shelf.add("loss", Loss(kind, thing.where, otherwise, thing.identity))
            return found or ""

        def address(identity: str, otherwise: str) -> str:
            return field(identity, otherwise) or otherwise

        body = settle(thing.body, address).strip("\n")
        if thing.kind == "front":
            return f"{body}\n"
        matter: dict[str, Any] = settle_all(thing.matter, address, field)
        if "url" in matter:
            matter["url"] = readable(self._shelf.get("url", thing.identity) or "")
        if "aliases" in matter:
            matter["aliases"] = aliases
        head = f"---\n{matter_text(matter, self._zone)}---\n"
        return f"{head}\n{body}\n" if body else head

    def _copy(self, media: Media) -> str:
        """Copy a media file; one that is there is never touched."""
        target = self._safe(media.path, media.folder)
        if (data := self._shelf.get("data", f"{media.folder}/{media.path}")) is not None:
            return self._write_data(target, data)
        file = media.file if media.file and os.access(media.file, os.R_OK) else None
        if target.exists():
            same = file is None or _size(target) == _size(file)
            return "there" if same else "differs"
        if (self._site / "static" / media.path).is_file():
            return "there"
        if file is None:
            return "elsewhere" if self._elsewhere else "missing"
        if not self._dry:
            copy_whole(file, target)
        return "copied"

    def _write_data(self, target: Path, data: bytes) -> str:
        if target.exists():
            return "there" if target.read_bytes() == data else "differs"
        if not self._dry:
            write_bytes(target, data)
        return "copied"


def _verdict(known: Entry | None, old: str, new: str) -> str:
    """What is to become of a file: `old` and `new` are digests of its bytes now and then."""
    if old == new:
        return "unchanged"
    if known is None:
        return "created"  # nothing lies there: see `Placing`
    if old == known.before:
        return "created" if old == ABSENT else "updated"
    if old == ABSENT:
        return "deleted"
    return "updated" if old == known.digest else "edited"


def _size(path: Path) -> int:
    return path.stat().st_size


def _digest(data: bytes) -> str:
    return digest(data).hex()
