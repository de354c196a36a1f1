"""Where a benchmark works: a folder in memory, one on a disk, or the one that it is told."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

MEMORY, DISK = "memory", "disk"
KINDS = {MEMORY: "in memory", DISK: "on disk"}
_IN_MEMORY = frozenset({"tmpfs", "ramfs"})
"""Types of file systems that are no more than memory."""


class NoRoom(Exception):
    """Nowhere is there room for what a benchmark writes."""


@contextmanager
def workplace(folder: Path | None, needed: int = 0) -> Iterator[Path]:
    """`folder`, which stays; or one in memory where the system offers that, which goes.

    Raises NoRoom where so many bytes find none.
    """
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        _refuse_full(folder, needed)
        yield folder.resolve()
        return
    place = _found(MEMORY, 2 * needed) or Path(tempfile.gettempdir())
    _refuse_full(place, needed)
    with tempfile.TemporaryDirectory(prefix="sitegen-bench-", dir=place) as made:
        yield Path(made)


@contextmanager
def workplaces(needed: Mapping[str, int]) -> Iterator[dict[str, Path]]:
    """By its kind, a folder where there is room for so many bytes; all go at the end.

    A kind that this machine does not have is left out. Raises NoRoom where it has none of them.
    """
    with ExitStack() as stack:
        made: dict[str, Path] = {}
        for kind, size in needed.items():
            if place := _found(kind, size):
                folder = tempfile.TemporaryDirectory(prefix="sitegen-bench-", dir=place)
                made[kind] = Path(stack.enter_context(folder)).resolve()
        if not made:
            wanted = " or ".join(f"{in_words(size)} {KINDS[kind]}" for kind, size in needed.items())
            raise NoRoom(f"no room: {wanted} would be needed")
        yield made


def _found(kind: str, needed: int) -> Path | None:
    """Where temporary files of this kind have so much room."""
    for folder in (Path("/dev/shm"), Path(tempfile.gettempdir()), Path("/var/tmp")):
        of_kind = is_memory(folder) == (kind == MEMORY) and os.access(folder, os.W_OK)
        if of_kind and needed < _free(folder):
            return folder
    return None


def is_memory(folder: Path) -> bool:
    """Whether files in a folder lie in memory, as far as the system tells."""
    return file_system(folder.resolve()) in _IN_MEMORY


def _free(folder: Path) -> int:
    """Bytes that may be written below a folder; what lies in memory takes memory as well."""
    free = shutil.disk_usage(folder).free
    return min(free, free_memory() or free) if is_memory(folder) else free


def free_memory() -> int | None:
    """Bytes that programs may still take; None where the system does not tell."""
    file = Path("/proc/meminfo")
    text = file.read_text(encoding="ascii") if file.exists() else ""
    found = re.search(r"MemAvailable: +(\d+) kB", text)
    return int(found[1]) * 1024 if found else None


def _refuse_full(folder: Path, needed: int) -> None:
    if _free(folder) < needed:
        raise NoRoom(f"{folder} has no room for {in_words(needed)}: name another with --dir")


def in_words(size: int) -> str:
    """So many bytes."""
    return f"{size / 1e9:.1f} GB"


def file_system(folder: Path) -> str:
    """The type of the file system that holds `folder`: the longest mount point above it."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return "unknown"
    fields = [line.split() for line in mounts.read_text(encoding="utf-8").splitlines()]
    above = [(len(f[1]), f[2]) for f in fields if folder.is_relative_to(f[1])]
    return max(above, default=(0, "unknown"))[1]
