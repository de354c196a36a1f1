"""Values in their order, on disk once they are many: memory must not grow with the archive."""

from __future__ import annotations

import pickle
import weakref
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import IO, Generic, TypeVar

T = TypeVar("T")

_TOGETHER = 64
"""Values that are written and read at a time."""
_HEAVY = 4096
"""Weight of some values with which they are enough, however few they are: they are in memory."""
_AT_FIRST = 4_000
"""Weight of the first values, which stay in memory as they are: what is small is not written, and
whoever is forked meanwhile, and has them too, is not large.
"""


def _one(value: object) -> int:
    return 1


class _Batch(Generic[T]):
    """Values that are not yet enough."""

    def __init__(self, weigh: Callable[[T], int], most: int) -> None:
        self.values: list[T] = []
        self._weigh = weigh
        self._most = most
        self._weight = 0

    def add(self, value: T) -> list[T]:
        """All of them, once they are enough; nothing before."""
        self.values.append(value)
        self._weight += self._weigh(value)
        if len(self.values) < self._most and self._weight < _HEAVY:
            return []
        enough, self.values, self._weight = self.values, [], 0
        return enough


def batches(
    values: Iterable[T], weigh: Callable[[T], int] = _one, most: int | None = None
) -> Iterator[list[T]]:
    """So many values at a time, or fewer that weigh 4,096; by default as many as a `Spool` has."""
    batch = _Batch(weigh, most or _TOGETHER)
    for value in values:
        if enough := batch.add(value):
            yield enough
    if batch.values:
        yield batch.values


class Spool(Collection[T]):
    """Written once, from its beginning to its end, and then read as often as wanted.

    The file has no name: nobody else can open it, and it is gone with the process. That is why what
    lies in it may be pickles.
    """

    def __init__(
        self,
        values: Iterable[T] = (),
        folder: Path | None = None,
        weigh: Callable[[T], int] = _one,
    ) -> None:
        """Without a `folder` it lies in the system's for temporary files, which may be memory.

        Where values differ much in size, `weigh` says how many small ones each is like.
        """
        self._folder = folder
        self._weigh = weigh
        self._room = _AT_FIRST
        self._first: list[T] = []
        self._places = array("q")
        self._last = _Batch(weigh, _TOGETHER)
        self._length = 0
        for value in values:
            self.add(value)

    @cached_property
    def _file(self) -> IO[bytes]:
        # 5 ms to load, which a build that has little to do need not wait for.
        from tempfile import TemporaryFile

        file = TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed with the spool itself, below
        weakref.finalize(self, file.close)
        return file

    def add(self, value: T) -> None:
        """Put a value behind all others."""
        self._length += 1
        if self._room > 0:
            self._first.append(value)
            self._room -= self._weigh(value)
        elif some := self._last.add(value):
            self._places.append(self._file.seek(0, 2))
            pickle.dump(some, self._file, pickle.HIGHEST_PROTOCOL)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[T]:
        number = 0
        yield from self._first
        while number < len(self._places):
            yield from self._at(self._places[number])
            number += 1
        yield from self._last.values

    def __reversed__(self) -> Iterator[T]:
        yield from reversed(self._last.values)
        for place in reversed(self._places):
            yield from reversed(self._at(place))
        yield from reversed(self._first)

    def _at(self, place: int) -> list[T]:
        self._file.seek(place)
        values: list[T] = pickle.load(self._file)
        return values

    def __contains__(self, value: object) -> bool:
        return any(value == each for each in self)


class Gradual(Generic[T]):
    """Values that are made as they are read, by one reader and once, but for those made ahead.

    Its length is how many were made until now.
    """

    def __init__(
        self,
        values: Iterable[T],
        folder: Path | None = None,
        weigh: Callable[[T], int] = _one,
    ) -> None:
        """What is made ahead lies in a `Spool`, as `folder` and `weigh` say."""
        self._ahead: Spool[T] = Spool((), folder, weigh)
        self._others = iter(values)
        self._is_whole = False
        """Whether it is known that none are left."""
        self._begun = False
        self._later = 0

    def __len__(self) -> int:
        return len(self._ahead) + self._later

    def ahead(self, most: int | None) -> bool:
        """Make so many more of them, or all; whether it is known that none are left.

        Raises ValueError once others are read.
        """
        self._refuse_if_begun()
        before = len(self._ahead)
        for value in islice(self._others, most):
            self._ahead.add(value)
        self._is_whole = most is None or len(self._ahead) - before < most
        return self._is_whole

    def __iter__(self) -> Iterator[T]:
        """Raises ValueError where others than those made ahead would be read a second time."""
        yield from self._ahead
        if self._is_whole:
            return
        self._refuse_if_begun()
        self._begun = True
        for value in self._others:
            self._later += 1
            yield value

    def _refuse_if_begun(self) -> None:
        if self._begun:
            raise ValueError("what was not made ahead is read only once")
