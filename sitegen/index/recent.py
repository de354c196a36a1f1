"""What was asked for lately: memory for what is wanted again and again, within limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Values by key: the last `most` that were put or found, and perhaps as many before them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._new: dict[K, V] = {}
        self._old: dict[K, V] = {}

    def __contains__(self, key: K) -> bool:
        return key in self._new or key in self._old

    def __getitem__(self, key: K) -> V:
        """Raises KeyError where it is not known any more."""
        value = self._new.get(key)
        if value is None:
            value = self._old[key]
            self[key] = value
        return value

    def __setitem__(self, key: K, value: V) -> None:
        if len(self._new) >= self._most:
            self._old, self._new = self._new, {}
        self._new[key] = value

    def all(self, keys: Iterable[K], find: Callable[[list[K]], Mapping[K, V]]) -> Mapping[K, V]:
        """The values of some keys; those that are not known any more are found together."""
        found: dict[K, V] = {}
        missing: list[K] = []
        for key in keys:
            if key in self:
                found[key] = self[key]
            else:
                missing.append(key)
        for key, value in find(missing).items() if missing else ():
            self[key] = found[key] = value
        return found

    def get(self, key: K, make: Callable[[K], V]) -> V:
        """The value; made, if it is not known any more."""
        value = self._new.get(key)
        if value is None:
            value = self[key] = self._old[key] if key in self._old else make(key)
        return value
