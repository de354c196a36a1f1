"""What is to be done to the output folder, as what is planned differs from what is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sitegen.index.traces import Trace
from sitegen.numbers import Numbers
from sitegen.outputs import Kinds, weight
from sitegen.plan.outdated import Compared, Stale
from sitegen.spool import Gradual, Spool
from sitegen.write import Survey

NOTABLE = 250_000
"""Bytes of a file, of which less is nothing to speak of."""


@dataclass(slots=True)
class Work:
    """What is to be done to the output folder."""

    stale: Spool[Stale]
    survey: Survey
    kinds: Kinds = field(default_factory=Kinds)
    """Of the outputs that are to be made."""
    planned: Numbers = field(default_factory=Numbers)
    """Of the paths of all outputs that are compared; none where nothing was recorded."""
    orphans: Sequence[Trace] = ()
    renamed: list[tuple[str, str]] = field(default_factory=list)
    """(path, source) where only the source's name is new."""
    bytes: int = 0
    """Of all files that stay as they are."""
    notable: dict[str, int] = field(default_factory=dict)
    """The bytes of large ones of them, by path."""


def work_of(found: Iterable[Compared], looked: Survey, scratch: Path) -> Work:
    """The work that follows from outputs beside what is there; orphans are not among these."""
    work = Work(Spool(folder=scratch, weigh=_weight), looked)
    for output, known, stale in found:
        work.planned.add(output.path)
        if stale is not None:
            work.stale.add(stale)
            work.kinds.see(output)
        elif known is not None:
            work.bytes += known.size
            if known.size > NOTABLE:
                work.notable[output.path] = known.size
        if known is not None and known.source != output.source:
            work.renamed.append((output.path, output.source))
    return work


def work_of_all(
    found: Iterable[Compared], number: int, kinds: Kinds, looked: Survey, scratch: Path
) -> Work:
    """The work where nothing was recorded: to make so many outputs, which are of some kinds.

    Their inputs are digested as they are looked at: for most, while others are rendered.
    """
    every = (each.stale for each in found if each.stale is not None)  # as all of them are
    return Work(Gradual(every, number, scratch, _weight), looked, kinds)


def _weight(item: Stale) -> int:
    return weight(item.output)
