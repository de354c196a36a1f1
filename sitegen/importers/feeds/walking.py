"""The files that a feed is in: all of a folder, or one and the older parts that it names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sitegen.importers.feeds.reading import Feed, feed_in
from sitegen.importers.media import MediaFolder, media_path
from sitegen.importers.sources import unreadable

_SUFFIXES = (".xml", ".rss", ".atom", ".rdf", ".json")


class Walk:
    """Goes through the feeds that lie on this machine; nothing is fetched."""

    def __init__(self, source: Path) -> None:
        self._source = source
        self._folder = source if source.is_dir() else source.parent
        self._near = MediaFolder(self._folder)
        self.missing: list[str] = []
        """Addresses of parts that are not here; known at the end."""

    def feeds(self) -> Iterator[tuple[Path, Feed | None]]:
        """Each file once; None: it holds no feed."""
        waiting = self._first()
        seen = {path.resolve() for path in waiting}
        while waiting:
            file = waiting.pop(0)
            feed = feed_in(file)
            yield file, feed
            for address in feed.older if feed else ():
                found = self._near.find(media_path(address) or "-")
                if found is None or (found.resolve() == file.resolve()):
                    self.missing.append(address)
                elif found.resolve() not in seen:
                    seen.add(found.resolve())
                    waiting.append(found)

    def _first(self) -> list[Path]:
        if self._source.is_file():
            return [self._source]
        found = sorted(p for p in self._source.rglob("*") if p.suffix.lower() in _SUFFIXES)
        if not found:
            hint = "save the feeds of the old site here, as .xml or .json"
            raise unreadable(self._source, "there is no feed in this folder", hint)
        return found

    def name(self, file: Path) -> str:
        return file.relative_to(self._folder).as_posix()
