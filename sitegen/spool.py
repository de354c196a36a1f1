"""Values in their order, on disk once they are many: memory must not grow with the archive."""

from __future__ import annotations

import pickle
import tempfile
import weakref
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_TOGETHER = 64
"""Values that are written and read at a time."""
_IN_MEMORY = 4_000_000
"""Bytes that stay in memory."""


class Spool(Collection[T]):
    """Written once, from its beginning to its end, and then read as often as wanted.

    The file has no name: nobody else can open it, and it is gone with the process. That is why what
    lies in it may be pickles.
    """

    def __init__(self, values: Iterable[T] = (), folder: Path | None = None) -> None:
        """Without a `folder` it lies in the system's for temporary files, which may be memory."""
        # It is closed with the spool itself, which whoever holds it would have to do otherwise.
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(folder) if folder else None)  # noqa: SIM115
        weakref.finalize(self, self._file.close)
        self._last: list[T] = []
        self._length = 0
        for value in values:
            self.add(value)

    def add(self, value: T) -> None:
        """Put a value behind all others."""
        self._last.append(value)
        self._length += 1
        if len(self._last) == _TOGETHER:
            self._file.seek(0, 2)
            pickle.dump(self._last, self._file, pickle.HIGHEST_PROTOCOL)
            self._last = []

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[T]:
        place = 0
        for _ in range(self._length // _TOGETHER):
            self._file.seek(place)
            values = pickle.load(self._file)
            place = self._file.tell()
            yield from values
        yield from self._last

    def __contains__(self, value: object) -> bool:
        return any(value == each for each in self)
