"""What lies in the output folder, beside what was recorded of it; nothing is changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Protocol

from sitegen.digest import digest_of
from sitegen.outputs import Look
from sitegen.write.staging import STAGING


class Recorded(Protocol):
    """What the output needs to know of a recorded file."""

    @property
    def path(self) -> str: ...

    @property
    def digest(self) -> bytes: ...

    @property
    def size(self) -> int: ...

    @property
    def mtime(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Survey:
    """What lies in the output folder, beside what was recorded of it."""

    looks: Mapping[str, Look]
    """Of the recorded files that are not as they were written."""
    moved: tuple[tuple[str, int, int], ...]
    """(path, size, mtime) of files with our bytes under a new stat."""
    foreign: tuple[str, ...]
    """Files that nobody recorded: never changed, only reported."""


def survey(root: Path, recorded: Iterable[Recorded]) -> Survey:
    """Look at every file below `root`; bytes are read only where size or time differ.

    What is `recorded` must come in the order of its paths.
    """
    beside = _Beside(_files(str(root), ""))
    looks, moved = _compared(root, recorded, beside.stat)
    return Survey(looks, moved, tuple(beside.others()))


class _Beside:
    """Files, and which of them are none of those that are asked for; both in their order."""

    def __init__(self, files: Iterator[tuple[str, os.stat_result]]) -> None:
        self._files = files
        self._next = next(files, None)
        self._others: list[str] = []

    def stat(self, path: str) -> os.stat_result | None:
        while self._next is not None and self._next[0] < path:
            self._others.append(self._next[0])
            self._next = next(self._files, None)
        if self._next is None or self._next[0] != path:
            return None
        found = self._next[1]
        self._next = next(self._files, None)
        return found

    def others(self) -> list[str]:
        """All that was not asked for."""
        if self._next is not None:
            self._others += [self._next[0], *(path for path, _ in self._files)]
        return self._others


def glance(root: Path, recorded: Iterable[Recorded], foreign: Iterable[str]) -> Survey:
    """Look at the recorded files alone, in a sixth of the time; what is `foreign` is only repeated.

    To list all folders takes six system calls for a page that has one of its own.
    """
    folder = f"{root}/"
    looks, moved = _compared(root, recorded, lambda path: _stat(folder + path))
    return Survey(looks, moved, tuple(foreign))


def bytes_as_recorded(root: Path, recorded: Iterable[Recorded]) -> int | None:
    """The bytes of all files, if each is there with the size and the time that it had.

    None as soon as one is not.
    """
    total, folder = 0, f"{root}/"
    for file in recorded:
        info = _stat(folder + file.path)
        if info is None or info.st_size != file.size or info.st_mtime_ns != file.mtime:
            return None
        total += file.size
    return total


def _stat(file: str) -> os.stat_result | None:
    try:
        return os.lstat(file)
    except (FileNotFoundError, NotADirectoryError):
        return None


def _compared(
    root: Path,
    recorded: Iterable[Recorded],
    stat_of: Callable[[str], os.stat_result | None],
) -> tuple[dict[str, Look], tuple[tuple[str, int, int], ...]]:
    """How recorded files look that are not ours, and those of ours that have a new stat."""
    looks: dict[str, Look] = {}
    moved: list[tuple[str, int, int]] = []
    for file in recorded:
        info = stat_of(file.path)
        if info is None:
            looks[file.path] = Look.MISSING
        elif info.st_size == file.size and info.st_mtime_ns == file.mtime:
            continue
        elif info.st_size == file.size and digest_of(f"{root}/{file.path}") == file.digest:
            moved.append((file.path, info.st_size, info.st_mtime_ns))
        else:
            looks[file.path] = Look.FOREIGN
    return looks, tuple(moved)


def _files(folder: str, prefix: str) -> Iterator[tuple[str, os.stat_result]]:
    """(path, stat) of every file below a folder, by path; symbolic links are not followed."""
    try:
        with os.scandir(folder) as entries:
            found = [(_path_of(prefix, entry), entry) for entry in entries]
    except FileNotFoundError:
        return
    for path, entry in sorted(found, key=itemgetter(0)):
        if not path.endswith("/"):
            yield path, entry.stat(follow_symlinks=False)
        elif entry.name != STAGING:
            yield from _files(entry.path, path)


def _path_of(prefix: str, entry: os.DirEntry[str]) -> str:
    """With a slash behind a folder, so that all paths are sorted as what is in it is."""
    return f"{prefix}{entry.name}{'/' if entry.is_dir(follow_symlinks=False) else ''}"
