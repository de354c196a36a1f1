"""The pipeline: read changes → index facts → plan outputs → find stale and orphans → render into
staging → forget → delete orphans → move into place → record (the latter half is in publishing).

Where much is stale, the inputs of most are digested while others are rendered.
"""

from __future__ import annotations

import filecmp
import tempfile
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen import due
from sitegen.build.alone import keep_to, source_meant
from sitegen.build.comparing import Work, work_of
from sitegen.build.edits import Decided, most_removed, stands, work_for_edits
from sitegen.build.looking import looking
from sitegen.build.publishing import publish
from sitegen.build.spare import expect, forget_spare
from sitegen.build.telling import tell_of_content, tell_of_edits, tell_of_number, tell_of_work
from sitegen.build.unchanged import Looked, holds
from sitegen.build.weighing import weigh
from sitegen.cluster import workers_for
from sitegen.config import Config, load_config
from sitegen.errors import Misuse, Problem, SitegenError, counted
from sitegen.folders import output_of
from sitegen.index.store import Damaged, Store, damage_raises, drop
from sitegen.index.traces import Trace, Traces
from sitegen.instants import shown
from sitegen.kept import discard
from sitegen.locks import locked
from sitegen.model import Moment, Progress, Show
from sitegen.options import Options
from sitegen.plan.icons import icons
from sitegen.plan.outdated import compared
from sitegen.pool import Pool, collect_rarely
from sitegen.render.broken import PicturesBroken
from sitegen.render.theme import Theme, load_theme
from sitegen.report import Report
from sitegen.site import Site, site_at
from sitegen.site.content import READING, Content, update
from sitegen.site.gallery import FOLDER as GALLERY
from sitegen.site.gallery import superfluous
from sitegen.write import obstacles, refuse_dangerous
from sitegen.write.staging import sweep
from sitegen.write.survey import Survey

if TYPE_CHECKING:
    from sitegen.build.clock import Clock

_WORK = (READING, "sitegen.build.rendering")
"""Modules that workers need."""
AHEAD = 5_000
"""Outputs that are found stale before the first is made, which takes half a second. Where there are
more, the others are compared while these are made.
"""
_AGAIN = "save it once more with a picture editor, or fetch it anew"


@dataclass(frozen=True, slots=True)
class _Job:
    """A build to be done."""

    options: Options
    made_with: str
    """See `due.made_with`."""
    looked: Looked
    data: str
    """See `due.data_of`."""
    config: Config
    theme: Theme
    report: Report
    show: Show
    clock: Clock | None


def run(
    options: Options,
    made_with: str,
    looked: Looked,
    report: Report,
    show: Show,
    clock: Clock | None,
) -> None:
    """Bring the output up to date with the content, filling in `report`.

    `options` must be resolved, and `made_with` what they say; see `due.made_with`. Raises
    SitegenError when content or site have mistakes; the output is then as it was.
    """
    collect_rarely()
    show(Progress("settings and theme"))
    data = due.data_of(options)
    config = load_config(options.site, options.base_url)
    theme = load_theme(config.site.theme, options.site)
    job = _Job(options, made_with, looked, data, config, theme, report, show, clock)
    own = [options.site / name for name in ("content", "static", "themes", "data")]
    keep = [folder.resolve() for folder in (*own, *theme.folders)]
    refuse_dangerous(options.output, options.site, [*keep, options.state])
    if options.preview:
        _refuse_public(options)
    show(Progress("opening the state"))
    with locked(options.state, options.output):
        sweep(options.output, options.state)
        if options.clean and not options.dry_run:
            _forget_inputs(options)
        try:
            with damage_raises(options.state):
                content = _build_knowing(job)
        except Damaged as damage:
            report.remarks.append(f"the state could not be used and was made anew ({damage})")
            drop(options.state)
            report.warnings, report.errors = [], []
            with damage_raises(options.state):
                content = _build_knowing(job)
        if options.verify and not options.dry_run:
            _verify(job)
        show(Progress("finishing"))
        if not options.dry_run:
            with suppress(Damaged), damage_raises(options.state), Store(options.state) as store:
                _remember(job, content, store)


def _remember(job: _Job, content: Content, store: Store) -> None:
    """Remember what was done, for timers, deploys and the next build."""
    last = due.finished(
        job.report,
        job.options,
        job.made_with,
        base_url=job.config.site.base_url,
        fingerprint=job.config.assets.fingerprint,
        passed_over=content.passed_over,
        data=job.data,
        edition=store.edition(),
    )
    due.remember(store, job.options.root, last)


def _refuse_public(options: Options) -> None:
    """A preview holds what readers must not see: it never goes where the site is published from."""
    published = {options.site / "public"}
    state = options.state.parent
    with suppress(Damaged), damage_raises(state), Store(state, reading=True) as store:
        published |= {output_of(root, state) for root in store.roots()}
    if any(_overlap(options.output, folder) for folder in published):
        message = "a preview cannot be written to the folder that is published"
        hint = "leave --output out, or name another folder"
        raise Misuse(Problem("output-folder", message, hint=hint))


def _overlap(one: Path, other: Path) -> bool:
    return one == other or one.is_relative_to(other) or other.is_relative_to(one)


def _forget_inputs(options: Options) -> None:
    """`--clean`: nothing that was read or rendered is trusted; what is ours stays ours."""
    try:
        discard(superfluous(options.state / GALLERY, ()))
        with damage_raises(options.state), Store(options.state) as store:
            store.forget_everything()
    except Damaged:
        drop(options.state)


def _build_knowing(job: _Job) -> Content:
    """Build; once more where pictures turn out to be broken, which shows when they are decoded."""
    while True:
        try:
            return _build(job)
        except PicturesBroken as broken:
            with Store(job.options.state) as store:
                store.put_troubles(broken.pictures, _AGAIN)
            job.report.warnings, job.report.errors = [], []


def _build(job: _Job) -> Content:
    options, config, theme, report = job.options, job.config, job.theme, job.report
    told = job.clock.worked if job.clock else None
    with Store(options.state) as store, workers_for(options, told, _WORK) as workers:
        last = _last(job, store)
        if not options.dry_run:
            due.remember(store, options.root, None)
        cards = theme.settings.card_extra
        scanned = job.looked.scanned if job.looked.edition == store.edition() else None
        asked = (options.site, config, cards, store, workers, job.show, options.now)
        content = update(*asked, scanned)
        report.sources = len(content.sources)
        traces = Traces(store, options.root)
        decided = _decide_for_edits(job, last, store, content)
        site, work = decided[:2] if decided else _decide(job, store, content, traces, workers)
        if options.dry_run:
            job.show(Progress("comparing"))
            sizes = ((item.output.path, item.size) for item in work.stale)
            weigh(site, work, sizes, report, options)
        else:
            own = [icon.path for icon in icons(config, content.static)]
            expect(work.kinds.families, work.orphans, own, traces, store)
            clock = job.clock if options.profile else None
            publish(site, theme, work, traces, options, report, workers, job.show, clock)
            job.show(Progress("finishing"))
            forget_spare(traces, store, options.state)
            store.remember("now", str(options.now))
            store.tidy()
            if options.manifest:
                from sitegen.site.files import files_of
                from sitegen.site.manifest import manifest_of

                files = files_of(options.output, traces.all(), config.assets.fingerprint)
                report.manifest = manifest_of(site, files).model_dump_json(indent=1)
    return content


def _last(job: _Job, store: Store) -> due.Finished | None:
    """The last build, if what it said holds, as far as content/ and data/ did not change since."""
    last = due.recalled(store, job.options.root)
    if last is None:
        return None
    same = holds(last, job.options, job.made_with, store.edition())
    return last if same else None


def _decide_for_edits(
    job: _Job, last: due.Finished | None, store: Store, content: Content
) -> Decided | None:
    """What is to be done where only articles were edited; None where more may follow."""
    if last is None or not stands(last, content, job.options):
        return None
    other_data = last.data != job.data
    if other_data and job.config.images.base_url:
        return None  # a file of data/ may have the sizes of all pictures
    moment = Moment(job.options.now, job.options.preview, job.options.embargoed)
    known = (job.options, job.config, job.theme, store, content, moment, job.show)
    decided = work_for_edits(last, *known, other_data=other_data)
    if decided and decided.notes and job.options.strict:
        return None  # refused before anything is rendered
    if decided:
        tell_of_edits(last, decided, job.report, job.options)
    return decided


def _decide(
    job: _Job, store: Store, content: Content, traces: Traces, workers: Pool
) -> tuple[Site, Work]:
    """The whole site, and what is to be done. Raises SitegenError for mistakes in it."""
    options, report = job.options, job.report
    only = source_meant(options)
    moment = Moment(options.now, options.preview, options.embargoed, only)
    going = options.keep_going or bool(only)
    asked = (options.site, job.config, job.theme, store, content, moment)
    with looking(options, traces, len(content.sources), workers) as surveyed:
        site = site_at(*asked, job.show, keep_going=going)
        if only:
            keep_to(only, site)
        tell_of_content(site, report, options)
        if site.whole or (site.errors and not options.keep_going):
            raise SitegenError(*report.errors)
        job.show(Progress("looking at the output"))
        looked = surveyed()
    work = _work(site, traces, looked, options, job.show)
    tell_of_work(site, work, report, options)
    try:
        _refuse(site, work, report, job.config, store, options)
    except SitegenError:
        if not traces.are_none():
            work.stale.ahead(None)  # what it would have done is told of it
            tell_of_number(work, report)
        raise
    return site, work


def _work(site: Site, traces: Traces, looked: Survey, options: Options, show: Show) -> Work:
    """Decide: what is stale, and what is no longer wanted."""
    show(Progress("comparing"))
    every = compared(site.outputs, site.inputs, traces.some, looked.looks, traces.needs)
    some = 0 if traces.are_none() else AHEAD
    ahead = None if options.dry_run else some
    found = every, len(site.outputs), looked, options.state
    work = work_of(*found, ahead=ahead, every=site.kinds)
    work.orphans = traces.but(site.paths)
    return work


def _refuse(
    site: Site, work: Work, report: Report, config: Config, store: Store, options: Options
) -> None:
    """Raise SitegenError for what must stop a build of good content before it changes a byte."""
    removed = _removed(site, work)
    _warn_of_withdrawal(removed, report, store, options)
    if len(removed) > most_removed(options, config) and not options.preview:
        message = f"this would remove {counted(len(removed), 'published article')}"
        hint = (
            f"is content/ complete? if it is meant, use --max-removed {len(removed)}; "
            f"among them: {', '.join(removed[:3])}"
        )
        raise SitegenError(*report.errors, Problem("too-many-removed", message, hint=hint))
    if options.strict and report.warnings:
        raise SitegenError(*report.warnings)
    planned = (output.path for output in site.outputs)
    if found := obstacles(options.output, planned, work.survey.foreign):
        raise SitegenError(*found)


def _removed(site: Site, work: Work) -> list[str]:
    """Sources of published articles that would have no page any more."""
    gone = {o.source for o in work.orphans if o.family == "articles" and o.digest}
    if gone:
        gone.difference_update(o.source for o in site.outputs if o.family == "articles")
    return sorted(gone)


def _warn_of_withdrawal(
    removed: Collection[str], report: Report, store: Store, options: Options
) -> None:
    """An earlier `--now` than the last build's takes back what was published since."""
    last = store.meta("now")
    if last and options.now < int(last):
        held = {held.source for held in report.held_back}
        number = len(held.intersection(f"content/{source}" for source in removed))
        message = (
            f"--now is earlier than the last build's ({shown(int(last), report.timezone)}): "
            f"{counted(number, 'article')} published since would be withdrawn"
        )
        report.warnings.append(Problem("now-earlier", message))


def _verify(job: _Job) -> None:
    """Build from nothing in a temporary folder and compare every byte."""
    options = job.options
    job.show(Progress("verifying"))
    show = job.clock.aside if job.clock else job.show
    with tempfile.TemporaryDirectory(prefix="sitegen-verify-") as folder:
        fresh = replace(
            options,
            output=Path(folder) / "public",
            state=Path(folder) / "state",
            verify=False,
            clean=False,
            prune=False,
            profile=False,
            # No cluster sees this machine's temporary folder, and what it made is compared with
            # what this machine makes.
            scheduler="",
            jobs=None if options.scheduler else options.jobs,
        )
        fresh.state.mkdir()
        again = replace(job, options=fresh, looked=Looked(False), report=Report(), show=show)
        with damage_raises(fresh.state):
            _build_knowing(again)
        paths = set(_owned(fresh)) | set(_owned(options))
        different = sorted(p for p in paths if not _same(options.output / p, fresh.output / p))
    if different:
        shown = ", ".join(different[:5])
        message = f"{counted(len(different), 'file')} differ from a clean build: {shown}"
        hint = "this is a mistake of sitegen's: please report it; --clean mends the output"
        raise SitegenError(Problem("verify-failed", message, hint=hint))


def _owned(options: Options) -> Mapping[str, Trace]:
    with Store(options.state) as store:
        return Traces(store, options.root).all()


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)
