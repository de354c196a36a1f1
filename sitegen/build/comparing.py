"""What is to be done to the output folder, as what is planned differs from what is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sitegen.index.traces import Trace
from sitegen.numbers import Numbers
from sitegen.outputs import page_of, weight
from sitegen.plan.outdated import Compared, Stale
from sitegen.spool import Spool
from sitegen.write import Survey

NOTABLE = 250_000
"""Bytes of a file, of which less is nothing to speak of."""


@dataclass(slots=True)
class Work:
    """What is to be done to the output folder."""

    stale: Spool[Stale]
    survey: Survey
    families: set[str] = field(default_factory=set)
    """Of the outputs that are to be made; they may be so many that each look at them is felt."""
    templates: set[str] = field(default_factory=set)
    """Likewise of the pages."""
    planned: Numbers = field(default_factory=Numbers)
    """Of the paths of all outputs that are compared."""
    orphans: Sequence[Trace] = ()
    renamed: list[tuple[str, str]] = field(default_factory=list)
    """(path, source) where only the source's name is new."""
    bytes: int = 0
    """Of all files that stay as they are."""
    notable: dict[str, int] = field(default_factory=dict)
    """The bytes of large ones of them, by path."""


def work_of(found: Iterable[Compared], looked: Survey, scratch: Path) -> Work:
    """The work that follows from outputs beside what is there; orphans are not among these."""
    work = Work(Spool(folder=scratch, weigh=lambda item: weight(item.output)), looked)
    for output, known, stale in found:
        work.planned.add(output.path)
        if stale is not None:
            work.stale.add(stale)
            work.families.add(output.family)
            if page := page_of(output):
                work.templates.add(page.template)
        elif known is not None:
            work.bytes += known.size
            if known.size > NOTABLE:
                work.notable[output.path] = known.size
        if known is not None and known.source != output.source:
            work.renamed.append((output.path, output.source))
    return work
