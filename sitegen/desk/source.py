"""A file of content/: found by whatever an editor calls it, and replaced as a whole."""

from __future__ import annotations

import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from sitegen.config import Config
from sitegen.errors import Misuse, Problem
from sitegen.read.place import Place, place_of

CONTENT = "content"
_BESIDE = ".sitegen-edit"
"""A file's new bytes, until they take its place; builds pass over hidden files."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file of content/."""

    path: Path
    """As the operating system finds it, symbolic links followed."""
    place: Place

    @property
    def name(self) -> str:
        """The path from the site's folder."""
        return f"{CONTENT}/{self.place.source}"


def find_source(site: Path, config: Config, name: str) -> Source:
    """The article, page or term's file that `name` means.

    It may be relative to the current folder, to the site or to content/; a bundle's folder stands
    for its `index.md`. Raises Misuse when there is none.
    """
    content = site / CONTENT
    for path in _candidates(site, name):
        if path.is_file() and (source := _within(path, content)):
            place = place_of(source, config)
            if place.kind in ("article", "page", "term"):
                return Source(path.resolve(), place)
            message = f"{CONTENT}/{source} is no article and no page"
            raise Misuse(Problem("file-unknown", message, hint="name a file that ends in .md"))
    message = f"there is no file {name} in {CONTENT}/"
    raise Misuse(Problem("file-unknown", message, hint=_near(content, name)))


def _candidates(site: Path, name: str) -> Iterator[Path]:
    for base in (Path(), site, site / CONTENT):
        path = base / name
        yield path
        yield path / "index.md"


def _within(path: Path, content: Path) -> str:
    """The path from content/, as sources are named; empty when it lies elsewhere."""
    as_named = (path.absolute(), content.absolute())
    for inner, outer in (as_named, (path.resolve(), content.resolve())):
        if inner.is_relative_to(outer) and ".." not in inner.parts:
            return unicodedata.normalize("NFC", inner.relative_to(outer).as_posix())
    return ""


def _near(content: Path, name: str) -> str:
    known = {path.name: path for path in content.rglob("*.md")}
    near = get_close_matches(Path(name).name, known, n=1, cutoff=0.6)
    if not near:
        return "write its path, such as content/harbour-storm.md"
    return f"did you mean {CONTENT}/{known[near[0]].relative_to(content).as_posix()}?"


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` in the place of a file's bytes at once; its permissions stay. Raises OSError."""
    with path.open("r+b"):
        pass  # a file that may not be written to is not to be replaced either
    beside = path.with_name(_BESIDE)
    try:
        beside.write_bytes(data)
        beside.chmod(stat.S_IMODE(path.stat().st_mode))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
