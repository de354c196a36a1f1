"""In which order files go, so that no reader ever meets a page before what it needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from enum import IntEnum
from itertools import groupby
from operator import attrgetter

from sitegen.deploy.file import File
from sitegen.serving import for_hosts

_TWINS = (".gz", ".br")
"""Of a file in another coding, which goes with it."""
_ENTRIES = frozenset({"headlines.json", "feed.json", "robots.txt"})


class Turn(IntEnum):
    """When a file goes. Within a turn the order does not matter, and files go at the same time."""

    NEEDED = 1
    """Styles, scripts, pictures, data: pages show them."""
    ARTICLES = 2
    """Lists link to them."""
    PAGES = 3
    ENTRIES = 4
    """Home, feeds, sitemaps and headlines: they send readers and machines to what is new."""


def turn_of(path: str, family: str, media_type: str) -> Turn:
    """The turn of an output, by its family and by how it is served."""
    own, coding = _apart(path)
    name = own.rpartition("/")[2]
    if family == "home" or for_hosts(path) or name in _ENTRIES or name.endswith(".xml"):
        return Turn.ENTRIES
    if not media_type.startswith("text/html") and not (coding and name.endswith(".html")):
        return Turn.NEEDED
    return Turn.ARTICLES if family == "articles" else Turn.PAGES


def _apart(path: str) -> tuple[str, str]:
    """(a file's path, "") of a file; of its twin in another coding, (the file's path, suffix)."""
    twin = next((suffix for suffix in _TWINS if path.endswith(suffix)), "")
    return path.removesuffix(twin), twin


def in_turns(files: Iterable[File]) -> Iterator[list[File]]:
    """The files of each turn, the first turn first."""
    turn = attrgetter("turn", "path")
    for _, some in groupby(sorted(files, key=turn), attrgetter("turn")):
        yield list(some)


def in_the_way(gone: Iterable[str], sent: Collection[str]) -> list[str]:
    """Of the paths to delete those that are a folder of a path to send, or lie below one.

    They must go before: where a file was, there will be a folder, or the other way round.
    """
    wanted = set(sent)
    folders = {folder for path in sent for folder in folders_above(path)}
    return [
        path
        for path in gone
        if path in folders or any(folder in wanted for folder in folders_above(path))
    ]


def last_of_all(gone: Iterable[str]) -> list[str]:
    """The paths to delete in their order: pages before what pages need."""
    return sorted(gone, key=lambda path: (not _apart(path)[0].endswith(".html"), path))


def folders_above(path: str) -> Iterator[str]:
    """The folders that a path lies in, the nearest first."""
    while path := path.rpartition("/")[0]:
        yield path
