"""What is to be done to the output folder, as what is planned differs from what is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sitegen.index.traces import Trace
from sitegen.outputs import Kinds, weight
from sitegen.plan.outdated import Compared, Stale
from sitegen.spool import Gradual, Spool
from sitegen.write.survey import Survey

NOTABLE = 250_000
"""Bytes of a file, of which less is nothing to speak of."""


@dataclass(slots=True)
class Work:
    """What is to be done to the output folder."""

    stale: Gradual[Stale]
    reasons: Spool[tuple[str, str]]
    """(path, why) of what was found stale until now."""
    survey: Survey
    uncompared: int
    """Outputs of which it is not known yet whether they are stale."""
    kinds: Kinds = field(default_factory=Kinds)
    """Of the outputs that are to be made, if not of more."""
    orphans: Sequence[Trace] = ()

    # What follows is whole once all outputs are compared.

    renamed: list[tuple[str, str]] = field(default_factory=list)
    """(path, source) where only the source's name is new."""
    bytes: int = 0
    """Of all files that stay as they are."""
    notable: dict[str, int] = field(default_factory=dict)
    """The bytes of large ones of them, by path."""

    @property
    def expected(self) -> int:
        """How many outputs are to be made, at most: so many, once all are compared."""
        return len(self.stale) + self.uncompared


def work_of(
    found: Iterable[Compared],
    number: int,
    looked: Survey,
    scratch: Path,
    *,
    ahead: int | None = None,
    every: Kinds | None = None,
) -> Work:
    """The work that follows from outputs beside what is there; orphans are not among these.

    It is known once `ahead` outputs are found stale, or all are compared; the others are while
    these are made, and are of some kinds among `every`.
    """

    def stale() -> Iterator[Stale]:
        for output, known, item in found:
            work.uncompared -= 1
            if item is not None:
                work.kinds.see(output)
                work.reasons.add((output.path, item.reason))
                yield item
            elif known is not None:
                work.bytes += known.size
                if known.size > NOTABLE:
                    work.notable[output.path] = known.size
            if known is not None and known.source != output.source:
                work.renamed.append((output.path, output.source))

    work = Work(Gradual(stale(), scratch, _weight), Spool(folder=scratch), looked, number)
    if not work.stale.ahead(ahead) and every is not None:
        work.kinds = every
    return work


def _weight(item: Stale) -> int:
    return weight(item.output)
