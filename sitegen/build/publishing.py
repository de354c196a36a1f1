"""Do what was decided: render, forget, delete, move, record; the order makes a kill harmless."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.build.comparing import Work
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
from sitegen.write import Output, Staged, Staging

if TYPE_CHECKING:
    from sitegen.build.clock import Clock

RECORDED = 1000
"""Outputs that are recorded in one transaction, once they are in place."""


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
    if work.renamed:
        traces.attribute(work.renamed)
    if not work.stale and not work.orphans and not gone:
        weigh(site, work, (), report, options)
        if work.survey.moved:
            traces.touch(work.survey.moved)
        return
    # Templates are compiled only where something is rendered: a third of a no-op's time.
    show(Progress("loading"))
    from sitegen.build.rendering import render_all

    with Staging(options.output, options.state) as staging:
        folders = (staging.folder, options.state / GALLERY)
        show(Progress("rendering"))
        staged = render_all(work, site.facts, theme, folders, workers, show, clock)
        workers.close()  # each holds a month of texts, and what is left needs memory, too
        show(Progress("moving and recording"))
        weigh(site, work, ((one.path, one.size) for one in staged), report, options)
        every = chain((item.output for item in work.stale), work.orphans)
        traces.forget((each.path, each.family, each.source) for each in every)
        output = Output(options.output)
        report.changed, report.written = Spool(folder=options.state), 0
        deleted = [orphan.path for orphan in work.orphans]
        report.removed = [path for path in (*deleted, *gone) if output.delete(path)]
        report.deleted = len(report.removed)
        traces.record((), deleted)
        pairs = zip(work.stale, staged, strict=True)
        moved = (_move(output, *pair, site, report) for pair in pairs)
        for some in batches(moved, most=RECORDED):
            traces.record(some, ())
        if work.survey.moved:
            made = {item.output.path for item in work.stale}
            traces.touch(stat for stat in work.survey.moved if stat[0] not in made)


def doomed(not_owned: Iterable[str], options: Options) -> list[str]:
    """`--prune`: the files that are nobody's, but never hidden ones."""
    foreign = not_owned if options.prune else ()
    return [path for path in foreign if not any(p.startswith(".") for p in Path(path).parts)]


def _move(
    output: Output, item: Stale, staged: Staged, site: Site, report: Report
) -> tuple[Trace, bytes, str]:
    """Move one staged output into place and say what is to be remembered of it."""
    mtime, changed = output.write(staged)
    if changed:
        report.written += 1
        report.changed.add(staged.path)
    else:
        report.unchanged += 1
    made = item.output
    # A file may have changed since it was looked at.
    inputs = site.inputs.of(_as_read(made, staged.read)) if staged.read else item.inputs
    trace = Trace(staged.path, made.family, made.source, inputs, staged.digest, staged.size, mtime)
    return trace, item.needs, item.reason


def _as_read(output: Outputs, read: bytes) -> Outputs:
    """What is made of a file, as if the file had been looked at when it was read."""
    if isinstance(output, Twin) and isinstance(output.of, Copy):
        return output._replace(of=output.of._replace(digest=read))
    return output._replace(digest=read) if isinstance(output, Copy) else output
