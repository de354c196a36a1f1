"""Do what was decided: render, forget, delete, move, record; the order makes a kill harmless."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.build.comparing import Work
from sitegen.build.telling import doomed, tell_of_number
from sitegen.build.weighing import weigh
from sitegen.index.traces import Trace, Traces
from sitegen.model import Progress, Show
from sitegen.options import Options
from sitegen.outputs import Copy, Twin
from sitegen.outputs import Output as Outputs
from sitegen.plan.outdated import Stale
from sitegen.pool import Pool
from sitegen.render.theme import Theme
from sitegen.report import Report
from sitegen.site import Site
from sitegen.site.gallery import FOLDER as GALLERY
from sitegen.spool import Spool, batches
from sitegen.write import Output, Placed, place
from sitegen.write.staging import Staged, Staging

if TYPE_CHECKING:
    from sitegen.build.clock import Clock

RECORDED = 1000
"""Outputs that are recorded in one transaction, once they are in place."""
MOVED = 250
"""Files that a worker moves at a time."""
FEW_MOVED = 4_000
"""So few files are moved here, in a fifth of a second: it would be a tenth."""


def publish(
    site: Site,
    theme: Theme,
    work: Work,
    traces: Traces,
    options: Options,
    report: Report,
    workers: Pool,
    show: Show,
    clock: Clock | None,
) -> None:
    """Do: render, forget, delete, move, record; the order is what makes a kill harmless."""
    gone = doomed(report.not_owned, options)
    if not work.expected and not work.orphans and not gone:
        if work.renamed:
            traces.attribute(work.renamed)
        weigh(site, work, (), report, options)
        if work.survey.moved:
            traces.touch(work.survey.moved)
        return
    # Templates are compiled only where something is rendered: a third of a no-op's time.
    show(Progress("loading"))
    from sitegen.build.rendering import render_all

    # Closed before what it moves is swept away.
    with Staging(options.output, options.state) as staging, closing(workers):
        folders = (staging.folder, options.state / GALLERY)
        show(Progress("rendering"))
        try:
            staged = render_all(work, site.facts, theme, folders, workers, show, clock)
        finally:
            tell_of_number(work, report)
        workers.close()  # each holds a month of texts, and what is left needs memory, too
        show(Progress("moving and recording"))
        weigh(site, work, ((one.path, one.size) for one in staged), report, options)
        if work.renamed:
            traces.attribute(work.renamed)
        touched = chain((item.output for item in work.stale), work.orphans)
        traces.forget((each.path, each.family, each.source) for each in touched)
        output = Output(options.output)
        report.changed, report.written = Spool(folder=options.state), 0
        deleted = [orphan.path for orphan in work.orphans]
        report.removed = [path for path in (*deleted, *gone) if output.delete(path)]
        report.deleted = len(report.removed)
        traces.record((), deleted)
        placed = _placed(staged, options.output, workers)
        every = zip(work.stale, staged, placed, strict=True)
        moved = (_trace(*each, site, report) for each in every)
        for some in batches(moved, most=RECORDED):
            traces.record(some, ())
        if work.survey.moved:
            made = {item.output.path for item in work.stale}
            traces.touch(stat for stat in work.survey.moved if stat[0] not in made)


def _placed(staged: Spool[Staged], root: Path, workers: Pool) -> Iterator[Placed]:
    """Staged files, each moved into place by when it comes out of this, or soon after.

    A worker that outlives a killed build moves nothing into the next one's pages: what it would
    move is swept away when that begins, with the same state. Another machine may see that late.
    """
    if len(staged) <= FEW_MOVED or workers.jobs == 1 or not workers.forks:
        return map(Output(root).write, staged)
    move = partial(place, root)
    return chain.from_iterable(workers.map(move, batches(staged, most=MOVED), alone=False))


def _trace(
    item: Stale, staged: Staged, placed: Placed, site: Site, report: Report
) -> tuple[Trace, bytes, str]:
    """What is to be remembered of an output that is in place."""
    if placed.is_new:
        report.written += 1
        report.changed.add(staged.path)
    else:
        report.unchanged += 1
    made = item.output
    # A file may have changed since it was looked at.
    inputs = site.inputs.of(_as_read(made, staged.read)) if staged.read else item.inputs
    of_file = (inputs, staged.digest, staged.size, placed.mtime)
    return Trace(staged.path, made.family, made.source, *of_file), item.needs, item.reason


def _as_read(output: Outputs, read: bytes) -> Outputs:
    """What is made of a file, as if the file had been looked at when it was read."""
    if isinstance(output, Twin) and isinstance(output.of, Copy):
        return output._replace(of=output.of._replace(digest=read))
    return output._replace(digest=read) if isinstance(output, Copy) else output
