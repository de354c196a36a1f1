"""Where new files wait, so that each is moved into place whole; swept after a kill."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import NamedTuple

from sitegen.digest import SIZE, digest
from sitegen.kept import UNFINISHED, discard

STAGING = ".sitegen-staging"
_PIECE = 1_000_000
"""Bytes of a file that are copied at a time."""


class Staged(NamedTuple):
    """An output's new bytes, in a file that only waits to be moved into place."""

    path: str
    file: str
    """Empty when the bytes are those that the output already has."""
    digest: bytes
    size: int
    read: bytes = b""
    """Of a copy: the digest of the file's bytes as they were when it was made."""


def sweep(root: Path, state: Path) -> None:
    """Remove what a killed build left in the staging folders: it may have been withdrawn since."""
    for left in (state / "staging", root / STAGING):
        shutil.rmtree(left, ignore_errors=True)
    discard(state.glob(f"*/{UNFINISHED}*"))


class Staging:
    """A folder on the output's file system in which new files wait, so that a move is atomic."""

    def __init__(self, root: Path, state: Path) -> None:
        """Within `state` where that is on the same file system as `root`, else within `root`."""
        root.mkdir(parents=True, exist_ok=True)
        same = os.stat(root).st_dev == os.stat(state).st_dev
        self._places = (state / "staging", root / STAGING)
        # A name of its own: a cluster's worker that has not heard that its build was stopped must
        # not write among the files of the next.
        self.folder = self._places[0 if same else 1] / os.urandom(8).hex()
        self.folder.mkdir(parents=True)

    def __enter__(self) -> Staging:
        return self

    def __exit__(self, *_: object) -> None:
        for place in self._places:
            shutil.rmtree(place, ignore_errors=True)


def stage(folder: str, name: str, path: str, data: bytes, before: bytes) -> Staged:
    """Put an output's bytes into the staging folder, unless they are those it had `before`."""
    found = digest(data)
    if found == before:
        return Staged(path, "", found, len(data))
    file = os.path.join(folder, name)
    with open(file, "wb", buffering=0) as out:  # a buffer costs two system calls
        left = memoryview(data)
        while left:  # a disk that becomes full takes a part, and refuses the next
            left = left[out.write(left) :]
    return Staged(path, file, found, len(data))


def stage_kept(folder: str, name: str, path: str, data: bytes, kept: str, before: bytes) -> Staged:
    """As `stage`, of bytes that the state keeps in a file: both are one file on the disk."""
    found = digest(data)
    if found == before or not kept:
        return stage(folder, name, path, data, before)
    file = os.path.join(folder, name)
    try:
        os.link(kept, file)
    except OSError:  # another file system, or one that has no links
        return stage(folder, name, path, data, before)
    return Staged(path, file, found, len(data))


def stage_copy(folder: str, name: str, path: str, source: str, before: bytes) -> Staged:
    """As `stage`, of a file's own bytes, however many. Raises OSError."""
    file = os.path.join(folder, name)
    hasher = hashlib.blake2b(digest_size=SIZE)
    length = 0
    # Never a link: whoever changes a published file in place would change what it is made of.
    with open(source, "rb") as data, open(file, "wb") as out:
        while piece := data.read(_PIECE):
            hasher.update(piece)
            out.write(piece)
            length += len(piece)
    found = hasher.digest()
    if found == before:
        os.unlink(file)
    return Staged(path, "" if found == before else file, found, length, read=found)
