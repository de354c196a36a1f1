"""Files by the batch: how many are read at a time, and the bytes of all of them from the disk."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from io import FileIO
from typing import TypeVar

from sitegen.read.scan import Found
from sitegen.spool import batches

BATCH = 64
"""Files that are read at a time, at most; long ones are fewer."""
HEAVY = 2_000_000
"""Bytes of such a batch that are enough: memory must not depend on how long articles are."""

FEW = 24
"""So few files are looked at where the build runs: starting workers would take longer."""
_AHEAD = BATCH if hasattr(os, "posix_fadvise") else 1
"""Files that are opened at a time. Where no disk can be asked ahead (macOS, Windows), one: nobody
could replace the others on Windows meanwhile."""

T = TypeVar("T")


def batches_of(files: Iterable[tuple[T, Found]]) -> Iterator[list[tuple[T, Found]]]:
    """Files, each behind what else is known of it, in their order."""
    batch: list[tuple[T, Found]] = []
    size = 0
    for item in files:
        batch.append(item)
        size += item[1].size
        if len(batch) == BATCH or size >= HEAVY:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def contents(files: Iterable[Found]) -> Iterator[bytes | OSError]:
    """The bytes of each file, in their order, or why it cannot be read.

    A disk is asked for a whole batch before the first is read: it fetches them at once.
    """
    for some in batches(files, most=_AHEAD):
        with ExitStack() as opened:
            for file in [_opened(each.file, opened) for each in some]:
                yield file if isinstance(file, OSError) else _bytes_of(file)


def _opened(name: str, opened: ExitStack) -> FileIO | OSError:
    try:
        file = opened.enter_context(FileIO(name))
    except OSError as error:
        return error
    if _AHEAD > 1:
        with suppress(OSError):  # some file systems have no such thing
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_WILLNEED)
    return file


def _bytes_of(file: FileIO) -> bytes | OSError:
    try:
        with file:
            return file.read()
    except OSError as error:
        return error
