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
from sitegen.pool import Pool
from sitegen.render.theme import Theme
from sitegen.report import Report
from sitegen.site import Site
from sitegen.site.gallery import FOLDER as GALLERY
from sitegen.spool import Spool, batches
from sitegen.write import Output, Placed, place
from sitegen.write.staging import Staging

if TYPE_CHECKING:
    from sitegen.build.clock import Clock
    from sitegen.build.rendering import Done

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
            asked = (work, site.facts, theme, folders, workers, show, clock)
            ready = render_all(*asked, site.inputs.of)
        finally:
            tell_of_number(work, report)
        workers.close()  # each holds a month of texts, and what is left needs memory, too
        show(Progress("moving and recording"))
        sizes = ((each.staged.path, each.staged.size) for each in ready)
        weigh(site, work, sizes, report, options)
        if work.renamed:
            traces.attribute(work.renamed)
        of_ready = ((each.staged.path, each.family, each.source) for each in ready)
        of_orphans = ((orphan.path, orphan.family, orphan.source) for orphan in work.orphans)
        traces.forget(chain(of_ready, of_orphans))
        output = Output(options.output)
        report.changed, report.written = Spool(folder=options.state), 0
        deleted = [orphan.path for orphan in work.orphans]
        report.removed = [path for path in (*deleted, *gone) if output.delete(path)]
        report.deleted = len(report.removed)
        traces.record((), deleted)
        placed = _placed(ready, options.output, workers)
        moved = (_trace(*each, report) for each in zip(ready, placed, strict=True))
        for some in batches(moved, most=RECORDED):
            traces.record(some, ())
        if work.survey.moved:
            made = {each.staged.path for each in ready}
            traces.touch(stat for stat in work.survey.moved if stat[0] not in made)


def _placed(ready: Spool[Done], root: Path, workers: Pool) -> Iterator[Placed]:
    """Staged files, each moved into place by when it comes out of this, or soon after.

    A worker that outlives a killed build moves nothing into the next one's pages: what it would
    move is swept away when that begins, with the same state. Another machine may see that late.
    """
    staged = (each.staged for each in ready)
    if len(ready) <= FEW_MOVED or workers.jobs == 1 or not workers.forks:
        return map(Output(root).write, staged)
    move = partial(place, root)
    return chain.from_iterable(workers.map(move, batches(staged, most=MOVED), alone=False))


def _trace(done: Done, placed: Placed, report: Report) -> tuple[Trace, bytes, str]:
    """What is to be remembered of an output that is in place."""
    staged = done.staged
    if placed.is_new:
        report.written += 1
        report.changed.add(staged.path)
    else:
        report.unchanged += 1
    of_file = (done.inputs, staged.digest, staged.size, placed.mtime)
    return Trace(staged.path, done.family, done.source, *of_file), done.needs, done.reason
