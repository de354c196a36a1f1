"""The files that a feed is in: all of a folder, or one and the older parts that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from sitegen.importers.addresses import path_of
from sitegen.importers.feeds.entries import Feed
from sitegen.importers.feeds.reading import feed_in
from sitegen.importers.media import MediaFolder
from sitegen.importers.sources import unreadable

_SUFFIXES = (".xml", ".rss", ".atom", ".rdf", ".json")
_COPIED = re.compile(r"[^.]*|.*[?@].*|.*\.(html?|php)")
"""Names that programs which copy a site give to what had an address such as `/feed/?page=2`."""
_FEED = re.compile(rb"<(rss|feed|rdf:RDF)[\s>]")
_HEAD = 1024
_LONGEST = 200
"""Characters of a part of an address that a file can be called by."""
_ENDS = ("", ".xml", ".rss", ".atom", ".json", "/index.xml", "/index.html")


class Walk:
    """Goes through the feeds that lie on this machine; nothing is fetched."""

    def __init__(self, source: Path) -> None:
        self._source = source = source.resolve()  # as parts are found
        self._folder = source if source.is_dir() else source.parent
        self._near = MediaFolder(self._folder)
        self._sought: list[str] = []
        self._own: set[str] = set()

    def feeds(self) -> Iterator[tuple[Path, Feed | None]]:
        """Each file once; None: it holds no feed."""
        waiting = self._first()
        seen = {path.resolve() for path in waiting}
        while waiting:
            file = waiting.pop(0)
            feed = feed_in(file)
            if feed is not None:
                self._own.add(feed.own)
            yield file, feed
            for address in feed.older if feed else ():
                found = self._find(address)
                if found is None or found.resolve() == file.resolve():
                    self._sought.append(address)
                elif found.resolve() not in seen:
                    seen.add(found.resolve())
                    waiting.append(found)

    def missing(self) -> Iterator[str]:
        """Addresses of parts that are not here; to be asked at the end."""
        for address in dict.fromkeys(self._sought):
            if address not in self._own:
                yield address

    def _find(self, address: str) -> Path | None:
        """The file of a part, as it is called at the site or by what has copied it."""
        try:
            query = urlsplit(address).query
        except ValueError:
            return None
        path = path_of(address).strip("/")
        names = [f"{path}?{query}", f"{path}@{query}"] if query else [path]
        if not path or "\0" in address or max(map(len, address.split("/"))) > _LONGEST:
            return None
        found = (self._near.find(f"{name}{end}") for name in names for end in _ENDS)
        return next(filter(None, found), None)

    def _first(self) -> list[Path]:
        if self._source.is_file():
            return [self._source]
        found = sorted(p for p in self._source.rglob("*") if p.is_file() and _may_be_one(p))
        if not found:
            hint = "save the feeds of the old site here, as .xml or .json"
            raise unreadable(self._source, "there is no feed in this folder", hint)
        return found

    def name(self, file: Path) -> str:
        return file.relative_to(self._folder).as_posix()


def _may_be_one(file: Path) -> bool:
    if file.suffix.lower() in _SUFFIXES:
        return True
    if not _COPIED.fullmatch(file.name):
        return False
    with file.open("rb") as start:
        return bool(_FEED.search(start.read(_HEAD)))
