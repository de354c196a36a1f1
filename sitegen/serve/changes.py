"""What it is that changed in a site, from the paths of what was saved, made or deleted."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from sitegen.folders import SETTINGS
from sitegen.read.scan import scan


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


def _names_at(name: str, site: Path, known: Callable[[], Iterable[str]]) -> set[str]:
    """A file of content/; of a folder, or of what was one, all files that are or were in it."""
    file = site / "content" / name
    if name and file.is_file():
        return {name}
    below = f"{name}/" if name else ""
    there = scan(file, site, time.time_ns()).files
    found = {each for each in known() if each.startswith(below)}
    return found | {below + each.source for each in there} | ({name} if name else set())
