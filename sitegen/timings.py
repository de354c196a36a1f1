"""Where a build's time went, as data: what `sitegen build --profile` tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from sitegen.model import Json

MICROSECONDS = 6
"""Digits behind the point of seconds, as they are told."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the build, whenever it was at work on it."""

    name: str
    seconds: float
    """By the clock on the wall."""
    cpu: float
    """Processor time of the build's own process, in seconds."""
    workers: float
    """Of its workers, likewise."""


@dataclass(frozen=True, slots=True)
class Made:
    """All files that one template made, or that are of one kind without a template."""

    name: str
    files: int
    seconds: float
    bytes: int

    @property
    def mean(self) -> float:
        """Seconds for each file."""
        return self.seconds / self.files


@dataclass(frozen=True, slots=True)
class Part:
    """A template that pages have as a part: made once for what it is given, then kept."""

    name: str
    shown: int
    made: int
    seconds: float
    """To make it, which is in the time of the pages that asked for it, too."""


@dataclass(frozen=True, slots=True)
class SlowPage:
    """One of the pages that took longest."""

    path: str
    template: str
    source: str
    """Its file, relative to the site, if it has one."""
    seconds: float
    bytes: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Work that was not done again, because what it gave was kept, and work that was done."""

    name: str
    kept: int
    made: int


@dataclass(frozen=True, slots=True)
class Worker:
    """A process that works for the build."""

    tasks: int
    seconds: float
    """By the clock on the wall, that it was at work."""
    cpu: float
    """Processor time in seconds, of all that it did."""


@dataclass(frozen=True, slots=True)
class Timings:
    """Where the time of one build went; times are in seconds."""

    stages: Sequence[Stage]
    """In the order in which they first began."""
    templates: Sequence[Made]
    """What took longest first; likewise the next two."""
    parts: Sequence[Part]
    slowest: Sequence[SlowPage]
    kept: Sequence[Kept]
    compiled: int
    """Templates that were made ready, in all processes together."""
    compiling: float
    workers: Sequence[Worker]

    def as_json(self) -> Mapping[str, Json]:
        """The value of `profile` in the report."""
        told = asdict(self)
        for made, row in zip(self.templates, told["templates"], strict=True):
            row["mean"] = made.mean
        return {name: _rounded(value) for name, value in told.items()}


def _rounded(value: Json) -> Json:
    if isinstance(value, float):
        return round(value, MICROSECONDS)
    if isinstance(value, dict):
        return {name: _rounded(inner) for name, inner in value.items()}
    return [_rounded(inner) for inner in value] if isinstance(value, list | tuple) else value
