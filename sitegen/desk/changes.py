"""What can be changed in a front matter, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

Path = tuple[str | int, ...]
"""Names, as they are written, and numbers of items: `("image", "alt")`, `("corrections", 0)`."""

Value = str | Mapping[str, str]
"""A text, a `Plain` one where a date or truth value is meant, or a group of them."""


@dataclass(frozen=True, slots=True)
class Put:
    """Give a field this value, whether it is there already or not."""

    path: Path
    value: Value


@dataclass(frozen=True, slots=True)
class Drop:
    """Take a field, or an item of a list, away; a group or list that it leaves empty goes too."""

    path: Path


@dataclass(frozen=True, slots=True)
class Add:
    """Put an item at the end of a list, which need not be there yet."""

    path: Path
    value: Value


Change = Put | Drop | Add


class Splice(NamedTuple):
    """Other characters in the place of those from `start` to `end` of a front matter's text."""

    start: int
    end: int
    text: str


class Unchangeable(Exception):
    """The front matter is written in a form that a change cannot be made in."""
