"""Values in their order, on disk once they are many: memory must not grow with the archive."""

from __future__ import annotations

import pickle
import weakref
from array import array
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import IO, TypeVar

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
        self._folder = folder
        self._places = array("q")
        self._last: list[T] = []
        self._length = 0
        for value in values:
            self.add(value)

    @cached_property
    def _file(self) -> IO[bytes]:
        # 5 ms to load, which a build that has nothing to do need not wait for.
        from tempfile import SpooledTemporaryFile

        folder = str(self._folder) if self._folder else None
        # Closed with the spool itself, which whoever holds it would have to do otherwise.
        file = SpooledTemporaryFile(_IN_MEMORY, dir=folder)  # noqa: SIM115
        weakref.finalize(self, file.close)
        return file

    def add(self, value: T) -> None:
        """Put a value behind all others."""
        self._last.append(value)
        self._length += 1
        if len(self._last) == _TOGETHER:
            self._places.append(self._file.seek(0, 2))
            pickle.dump(self._last, self._file, pickle.HIGHEST_PROTOCOL)
            self._last = []

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[T]:
        for place in tuple(self._places):
            yield from self._at(place)
        yield from self._last

    def __reversed__(self) -> Iterator[T]:
        yield from reversed(self._last)
        for place in reversed(self._places):
            yield from reversed(self._at(place))

    def _at(self, place: int) -> list[T]:
        self._file.seek(place)
        values: list[T] = pickle.load(self._file)
        return values

    def __contains__(self, value: object) -> bool:
        return any(value == each for each in self)
