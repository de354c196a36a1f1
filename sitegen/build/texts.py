"""Builds before which only texts changed: the plan stands, and is not worked out anew."""

from __future__ import annotations

from sitegen.build.publishing import Show, Work
from sitegen.config import Config
from sitegen.due import Finished
from sitegen.index.store import Store
from sitegen.index.traces import Traces
from sitegen.model import Moment, Progress
from sitegen.options import Options
from sitegen.outputs import Look
from sitegen.plan.outdated import find_stale, need
from sitegen.render.theme import Theme
from sitegen.report import Report
from sitegen.site import Site
from sitegen.site.content import Content
from sitegen.site.part import part_at
from sitegen.write import glance

MOST = 500
"""Outputs that are planned one by one; more are planned faster with all others."""
_OF_SIZES = frozenset({"feed-heavy", "host-limit"})
"""Warnings that say how large something is: it may be larger now, or no longer too large."""


def stands(last: Finished, content: Content, options: Options) -> bool:
    """Whether all that the last build planned and said holds, but for texts that changed.

    Whether its settings, themes and options do is for `still_holds` to say.
    """
    if content.texts is None or options.manifest or options.only or options.prune:
        return False
    changed = {f"content/{key.partition(':')[2]}" for key in content.texts}
    return not any(
        warning["source"] in changed or warning["code"] in _OF_SIZES for warning in last.warnings
    )


def work_for_texts(
    last: Finished,
    options: Options,
    config: Config,
    theme: Theme,
    store: Store,
    content: Content,
    moment: Moment,
    show: Show,
) -> tuple[Site, Work] | None:
    """What is to be done where the last build `stands`; None where that is not easily said.

    The site has the outputs that need a text which changed, and those whose files are not as they
    were written; no others.
    """
    show(Progress("looking at the output"))
    traces = Traces(store, str(options.output))
    files = traces.files()
    looked = glance(options.output, files, last.not_owned)
    needs = [need(key, before) for key, before in (content.texts or {}).items()]
    known = {trace.path: trace for trace in traces.with_needs(needs)}
    others = [path for path, look in looked.looks.items() if look is not Look.OURS]
    known |= {path: found[0] for path in others if (found := traces.last(path))}
    if len(known) > MOST:
        return None
    show(Progress("planning"))
    site = part_at(options.site, config, theme, store, content, moment, sorted(known))
    if site is None or site.whole or [output.path for output in site.outputs] != sorted(known):
        return None
    show(Progress("comparing"))
    stale = list(find_stale(site.outputs, site.inputs, known, looked.looks, traces.needs))
    sizes = {path: file.size for path, file in files.items()}
    return site, Work(stale, (), (), known, looked, sizes)


def tell_of_texts(last: Finished, work: Work, report: Report, options: Options) -> None:
    """What the report can say before anything is done: what it said of the last build, mostly."""
    last.repeat(report)
    report.rendered = len(work.stale)
    report.unchanged = last.pages - len(work.stale)
    report.reasons = {stale.output.path: stale.reason for stale in work.stale}
    report.dry_run = options.dry_run
