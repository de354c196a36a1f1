"""Files of the site that an import writes: each is there whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

_BESIDE = ".sitegen-import"
"""A file's new bytes, until they take its place; builds pass over hidden files."""


def write_whole(path: Path, lines: Iterable[str]) -> None:
    """Put texts into the place of a file, or where none is yet. Raises OSError."""
    with _beside(path) as beside, beside.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(lines)


def write_bytes(path: Path, data: bytes) -> None:
    """Likewise."""
    with _beside(path) as beside:
        beside.write_bytes(data)


def copy_whole(source: Path, path: Path) -> None:
    """Copy a file to where none is yet. Raises OSError."""
    with _beside(path) as beside:
        shutil.copyfile(source, beside)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(_BESIDE)
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
