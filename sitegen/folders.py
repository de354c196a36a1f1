"""Folders: of a site, its output and its state, and of the themes that come with sitegen."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import NamedTuple

SETTINGS = "sitegen.toml"
"""The file that makes a folder a site."""

_HERE = Path(__file__).resolve().parent
SHIPPED = (_HERE / "themes", _HERE.parent / "themes")
"""Where the themes are that come with sitegen: in the wheel, and in a checkout."""


class Folders(NamedTuple):
    """Where a build reads, writes and remembers; absolute, symbolic links followed."""

    site: Path
    output: Path
    state: Path

    @property
    def root(self) -> str:
        """What the state calls the output; see `root_of`."""
        return root_of(self.output, self.state)


def root_of(output: Path, state: Path) -> str:
    """What a state calls an output: its place in the folder that the state is in, if it is there.

    So a site may be restored with both of them in another folder.
    """
    beside = state.parent
    inside = output.is_relative_to(beside)
    return output.relative_to(beside).as_posix() if inside else str(output)


def output_of(root: str, state: Path) -> Path:
    """The output that a state calls `root`."""
    return state.parent / root


def content_file(site: Path, written: str) -> str | None:
    """The file of content/ that somebody means, relative to content/; None: there is none.

    It may be `written` relative to the current folder, to the site's or to content/.
    """
    content = (site / "content").resolve()
    for folder in (Path.cwd(), site, content):
        path = (folder / written).resolve()
        if path.is_file() and path.is_relative_to(content):
            return unicodedata.normalize("NFC", path.relative_to(content).as_posix())
    return None


def folders_of(site: Path, output: Path, state: Path, *, preview: bool = False) -> Folders:
    """The folders that were named: `output` and `state` relative to the site.

    A preview has a state of its own within the site's.
    """
    site = site.resolve()
    kept = site / state / "preview" if preview else site / state
    return Folders(site, (site / output).resolve(), kept.resolve())
