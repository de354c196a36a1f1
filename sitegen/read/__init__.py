"""read: files of content/ into articles and documents. A pure function of each file's bytes."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sitegen.config import Config
    from sitegen.read.file import ReadFile
    from sitegen.read.place import Place


def read_file(
    place: Place, data: bytes, config: Config, card_extra: Collection[str] = ()
) -> ReadFile:
    """Read one file of content/ whose place says that it has something to read."""
    # Markdown and the types of front matter are 100 ms to import: not for a build that reads none.
    if place.kind == "article":
        from sitegen.read.article import read_article

        return read_article(place, data, config, card_extra)
    from sitegen.read.documents import read_front, read_page, read_term

    readers = {"page": read_page, "term": read_term, "front": read_front}
    return readers[place.kind](place, data, config)
