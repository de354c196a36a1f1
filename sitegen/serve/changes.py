"""What it is that changed in a site: since the state was written, or by what was just saved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from sitegen.folders import SETTINGS
from sitegen.index.articles import Articles
from sitegen.index.rows import Source
from sitegen.index.store import KnownFile, Store, damage_raises
from sitegen.read.scan import Found, scan


class Changes(NamedTuple):
    """What changed, by what follows from it."""

    settings: bool
    """Or the theme."""
    content: Sequence[str]
    """Files of content/, relative to it."""
    files: bool
    """Of static/ or of a theme."""
    data: bool


def changes_in(paths: Iterable[Path], site: Path, known: Callable[[], Iterable[str]]) -> Changes:
    """What is changed by `paths`; `known` gives the files of content/ that there were."""
    tops: set[str] = set()
    content: set[str] = set()
    for path in paths:
        # A theme that comes with sitegen lies elsewhere.
        parts = path.relative_to(site).parts if path.is_relative_to(site) else ("themes",)
        tops.update(parts[:1])
        if parts[:1] == ("content",):
            content |= _names_at("/".join(parts[1:]), site, known)
    return Changes(
        settings=bool(tops & {SETTINGS, "themes"}),
        content=sorted(content),
        files=bool(tops & {"static", "themes"}),
        data="data" in tops,
    )


def changed_since(site: Path, state: Path, reading: bytes, at_most: int) -> list[Path] | None:
    """The files of content/ that are not as the state has them.

    None where that is too much to say: of more files than `at_most`, or where the state read them
    in another way than `reading`. Raises Damaged or OSError for a state that cannot be read.
    """
    content = site / "content"
    with damage_raises(state), Store(state, reading=True) as store:
        if store.meta("reading") != reading.hex() or len(Articles(store).read) > at_most:
            return None
        known = Articles(store).sources()
        files = store.known_files()
    found = scan(content, site, time.time_ns()).files
    changed = [
        file.source
        for file in found
        if not _is_as_known(file, known.get(file.source), files.get(f"content/{file.source}"))
    ]
    named = {name.removeprefix("content/") for name in files if name.startswith("content/")}
    gone = (known.keys() | named) - {file.source for file in found}
    return [content / name for name in (*changed, *sorted(gone))]


def _is_as_known(file: Found, source: Source | None, copied: KnownFile | None) -> bool:
    known = source or copied
    return known is not None and known.settled and known.stat == file.stat


def _names_at(name: str, site: Path, known: Callable[[], Iterable[str]]) -> set[str]:
    """A file of content/; of a folder, or of what was one, all files that are or were in it."""
    file = site / "content" / name
    if name and file.is_file():
        return {name}
    below = f"{name}/" if name else ""
    there = scan(file, site, time.time_ns()).files
    found = {each for each in known() if each.startswith(below)}
    return found | {below + each.source for each in there} | ({name} if name else set())
