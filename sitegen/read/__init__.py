"""read: files of content/ into articles and documents. A pure function of each file's bytes."""

from __future__ import annotations

from sitegen.config import Config
from sitegen.read.article import read_article
from sitegen.read.documents import read_front, read_page, read_term
from sitegen.read.file import ReadFile
from sitegen.read.place import Place, place_of

_READERS = {
    "article": read_article,
    "page": read_page,
    "term": read_term,
    "front": read_front,
}


def read_file(place: Place, data: bytes, config: Config) -> ReadFile:
    """Read one file of content/ whose place says that it has something to read."""
    return _READERS[place.kind](place, data, config)


__all__ = ["ReadFile", "place_of", "read_file"]
