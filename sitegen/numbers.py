"""Many names compared with each other in little memory: by a number each."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable

_PARTS = 64
"""In how many parts names are looked through: so few at a time need little memory."""


class Numbers:
    """A number for each of many names: names that are one have the same, others hardly ever.

    The numbers are this process's own.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._parts = [array("q") for _ in range(_PARTS)]
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        number = hash(name)
        self._parts[number % _PARTS].append(number)

    def doubled(self, others: Numbers) -> set[int]:
        """The numbers that are here twice, or are among `others` too; `hash` gives a name's."""
        found: set[int] = set()
        for mine, theirs in zip(self._parts, others._parts, strict=True):
            once = set(mine)
            if len(once) < len(mine):
                found.update(number for number, times in Counter(mine).items() if times > 1)
            found |= once.intersection(theirs)
        return found

    def without(self, others: Numbers) -> set[int]:
        """The numbers that are not among `others`."""
        found: set[int] = set()
        for mine, theirs in zip(self._parts, others._parts, strict=True):
            found |= set(mine).difference(theirs)
        return found
