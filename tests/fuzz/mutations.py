"""Random changes to the bytes of real files, decided by a seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

from tests.fuzz.tokens import BYTES, LENGTHS, TEXTS

MOST = 200_000
"""Bytes of an input: doubling what was doubled must end somewhere."""


class Mutator:
    """Makes inputs out of the bytes of `originals`."""

    def __init__(self, seed: int, originals: Mapping[str, bytes]) -> None:
        self._random = random.Random(seed)
        self._originals = originals
        self._names: Sequence[str] = sorted(originals)
        self._changes: Sequence[Callable[[bytearray], object]] = (
            *(self._flip, self._delete, self._truncate, self._end_lines, self._splice),
            *(self._double, self._swap_lines, self._wrap) * 2,
            *(self._insert,) * 9,
        )

    def next(self) -> tuple[str, bytes]:
        """An original's name, and its bytes changed once or a few times."""
        name = self._random.choice(self._names)
        data = bytearray(self._originals[name])
        for _ in range(self._random.choice((1, 1, 1, 2, 5))):
            self._random.choice(self._changes)(data)
        return name, bytes(data[:MOST])

    def _place(self, data: bytearray) -> int:
        """Anywhere; often in the first bytes, where the front matter is."""
        most = min(len(data), 600) if self._random.random() < 0.3 else len(data)
        return self._random.randint(0, most)

    def _range(self, data: bytearray) -> slice:
        start = self._place(data)
        return slice(start, start + self._random.choice((1, 2, 8, 60, 500)))

    def _flip(self, data: bytearray) -> None:
        for _ in range(self._random.choice((1, 1, 4)) if data else 0):
            place = self._place(data) % len(data)
            data[place] ^= 1 << self._random.randrange(8)

    def _delete(self, data: bytearray) -> None:
        del data[self._range(data)]

    def _double(self, data: bytearray) -> None:
        chosen = self._range(data)
        data[chosen.stop : chosen.stop] = data[chosen] * self._random.choice(LENGTHS)

    def _truncate(self, data: bytearray) -> None:
        del data[self._place(data) :]

    def _end_lines(self, data: bytearray) -> None:
        data[:] = data.replace(b"\n", self._random.choice((b"\r\n", b"\r", b"\n\n", b"\x0b\n")))

    def _splice(self, data: bytearray) -> None:
        other = bytearray(self._originals[self._random.choice(self._names)])
        data[self._place(data) :] = other[self._place(other) :]

    def _swap_lines(self, data: bytearray) -> None:
        lines = data.split(b"\n")
        one, other = (self._random.randrange(len(lines)) for _ in range(2))
        lines[one], lines[other] = lines[other], lines[one]
        data[:] = b"\n".join(lines)

    def _token(self) -> bytes:
        if self._random.random() < 0.03:
            return self._random.choice(BYTES)
        token = self._random.choice(TEXTS) * self._random.choice(LENGTHS)
        return token.encode("utf-8", "surrogatepass")

    def _insert(self, data: bytearray) -> None:
        place = self._place(data)
        if self._random.random() < 0.5:  # where something begins
            ends = (b"\n", b": ", b" ", b'"')
            place = max(0, data.find(self._random.choice(ends), place) + 1)
        data[place:place] = self._token()

    def _wrap(self, data: bytearray) -> None:
        chosen = self._range(data)
        data[chosen] = self._token() + data[chosen] + self._token()
