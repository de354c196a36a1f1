"""The pipeline: read changes → index facts → plan outputs → find stale and orphans → render into
staging → forget → delete orphans → move into place → record. With serve/ the only part that knows
all stages, and the only one that writes.
"""

from __future__ import annotations

import filecmp
import tempfile
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sitegen import due
from sitegen.build.alone import keep_to, source_meant
from sitegen.build.spare import expect, forget_spare
from sitegen.build.weighing import weigh
from sitegen.config import Config, load_config
from sitegen.errors import Misuse, Problem, SitegenError, counted
from sitegen.index.store import FILE as STATE_FILE
from sitegen.index.store import Damaged, Store, damage_raises, drop
from sitegen.index.traces import Trace, Traces
from sitegen.instants import shown
from sitegen.kept import discard
from sitegen.locks import locked
from sitegen.model import Moment, Progress
from sitegen.options import Options
from sitegen.outputs import Copy, Look, Twin
from sitegen.outputs import Output as Outputs
from sitegen.plan.outdated import Stale, find_stale
from sitegen.pool import Pool, collect_rarely, default_jobs, pool, uncollected
from sitegen.render.broken import PicturesBroken
from sitegen.render.theme import Theme, load_theme
from sitegen.report import HeldBack, Report
from sitegen.site import Site, site_at
from sitegen.site.content import batched, update
from sitegen.site.gallery import FOLDER as GALLERY
from sitegen.site.gallery import superfluous
from sitegen.write import (
    Output,
    Staged,
    Staging,
    Survey,
    obstacles,
    refuse_dangerous,
    survey,
    sweep,
)

Show = Callable[[Progress], None]

_AGAIN = "save it once more with a picture editor, or fetch it anew"
RECORDED = 1000
"""Outputs that are recorded in one transaction, once they are in place."""


@dataclass(frozen=True, slots=True)
class _Work:
    """What is to be done to the output folder."""

    stale: Sequence[Stale]
    orphans: Sequence[Trace]
    renamed: Sequence[tuple[str, str]]
    """(path, source) where only the source's name is new."""
    traces: Mapping[str, Trace]
    survey: Survey


def build(options: Options, report: Report, show: Show) -> None:
    """Bring the output up to date with the content, filling in `report`.

    Raises SitegenError when content or site have mistakes; the output is then as it was.
    """
    began = time.perf_counter()
    collect_rarely()
    options = options.resolved()
    made_with = due.made_with(options)
    config = load_config(options.site, options.base_url)
    theme = load_theme(config.site.theme, options.site)
    own = [options.site / name for name in ("content", "static", "themes", "data")]
    keep = [folder.resolve() for folder in (*own, *theme.folders)]
    refuse_dangerous(options.output, options.site, [*keep, options.state])
    if options.preview:
        _refuse_public(options)
    with locked(options.state, options.output):
        sweep(options.output, options.state)
        if options.clean and not options.dry_run:
            _forget_inputs(options)
        try:
            with damage_raises(options.state):
                _build_knowing(options, config, theme, report, show)
        except Damaged as damage:
            report.remarks.append(f"the state could not be used and was made anew ({damage})")
            drop(options.state)
            report.warnings, report.errors = [], []
            _build_knowing(options, config, theme, report, show)
        if options.verify and not options.dry_run:
            _verify(options, show)
        if not options.dry_run:
            last = due.finished(
                report,
                options,
                made_with,
                base_url=config.site.base_url,
                fingerprint=config.assets.fingerprint,
            )
            with suppress(Damaged), damage_raises(options.state), Store(options.state) as store:
                due.remember(store, options.output, last)
    report.seconds = time.perf_counter() - began


def _refuse_public(options: Options) -> None:
    """A preview holds what readers must not see: it never goes where the site is published from."""
    published = {str(options.site / "public")}
    state = options.state.parent
    with suppress(Damaged), damage_raises(state):
        if (state / STATE_FILE).exists():
            with Store(state) as store:
                published |= store.roots()
    if any(_overlap(options.output, Path(folder)) for folder in published):
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


def _build_knowing(
    options: Options, config: Config, theme: Theme, report: Report, show: Show
) -> None:
    """Build; once more where pictures turn out to be broken, which shows when they are decoded."""
    while True:
        try:
            return _build(options, config, theme, report, show)
        except PicturesBroken as broken:
            with Store(options.state) as store:
                store.put_troubles(broken.pictures, _AGAIN)
            report.warnings, report.errors = [], []


def _build(options: Options, config: Config, theme: Theme, report: Report, show: Show) -> None:
    jobs = options.jobs or default_jobs()
    only = source_meant(options)
    moment = Moment(options.now, options.preview, options.embargoed, only)
    with Store(options.state) as store, pool(jobs, options.start_method) as workers:
        if not options.dry_run:
            due.remember(store, options.output, None)
        cards = theme.settings.card_extra
        content = update(options.site, config, cards, store, workers, show, options.now)
        traces = Traces(store, str(options.output))
        with uncollected():
            going = options.keep_going or bool(only)
            site = site_at(options.site, config, theme, store, content, moment, keep_going=going)
            if only:
                keep_to(only, site)
            _tell_of_content(site, report, options)
            if site.whole or (site.errors and not options.keep_going):
                raise SitegenError(*report.errors)
            work = _work(site, traces, options)
        _tell_of_work(site, work, report, options)
        _refuse(site, work, report, config, store, options)
        if options.dry_run:
            weigh(site, work.traces, (), report, options)
        else:
            expect((item.output for item in work.stale), work.orphans, store)
            _publish(site, theme, work, traces, options, report, workers, show)
            forget_spare(site.outputs, site.inputs.of, store, options.state)
            store.remember("now", str(options.now))
            store.tidy()
            if options.manifest:
                from sitegen.site.files import files_of
                from sitegen.site.manifest import manifest_of

                files = files_of(options.output, traces.all(), config.assets.fingerprint)
                report.manifest = manifest_of(site, files).model_dump_json(indent=1)


def _work(site: Site, traces: Traces, options: Options) -> _Work:
    """Decide: what is stale, and what is no longer wanted."""
    known = traces.all()
    looked = survey(options.output, known)
    stale = list(find_stale(site.outputs, site.inputs, known, looked.looks, traces.needs))
    planned = {output.path for output in site.outputs}
    orphans = [trace for path, trace in known.items() if path not in planned]
    renamed = [
        (output.path, output.source)
        for output in site.outputs
        if (trace := known.get(output.path)) and trace.source != output.source
    ]
    return _Work(stale, orphans, renamed, known, looked)


def _tell_of_content(site: Site, report: Report, options: Options) -> None:
    """What the report can say once the content is known."""
    visible = sum(len(site.archive.live(lang)) for lang in site.archive.config.all_languages)
    report.articles = 1 if options.only else visible + len(site.archive.notices())
    report.pages = len(site.outputs)
    report.held_back = [
        HeldBack(f"content/{source}", until, state.value)
        for source, until, state in site.archive.held_back()
        if not options.only
    ]
    if options.keep_going and not options.only:
        report.left_out = [f"content/{source}" for source in site.left_out]
    report.next_due = None if options.only else site.archive.next_due
    report.timezone = site.archive.config.site.timezone
    report.warnings += site.warnings
    report.errors = [*site.errors, *site.whole]
    report.dry_run = options.dry_run


def _tell_of_work(site: Site, work: _Work, report: Report, options: Options) -> None:
    """What is to be done, before anything is."""
    planned = {output.path for output in site.outputs}
    report.rendered = len(work.stale)
    report.unchanged = len(site.outputs) - len(work.stale)
    report.reasons = {stale.output.path: stale.reason for stale in work.stale}
    report.reasons |= {orphan.path: "nothing makes it any more" for orphan in work.orphans}
    report.not_owned = [path for path in work.survey.foreign if path not in planned]
    if options.dry_run:
        report.removed = [*(orphan.path for orphan in work.orphans), *_doomed(work, options)]
        report.deleted = len(report.removed)


def _refuse(
    site: Site, work: _Work, report: Report, config: Config, store: Store, options: Options
) -> None:
    """Raise SitegenError for what must stop a build of good content before it changes a byte."""
    removed = _removed(site, work)
    _warn_of_withdrawal(removed, report, store, options)
    most = config.build.max_removed if options.max_removed is None else options.max_removed
    if most and len(removed) > most and not options.preview:
        message = f"this would remove {counted(len(removed), 'published article')}"
        hint = (
            f"is content/ complete? if it is meant, use --max-removed {len(removed)}; "
            f"among them: {', '.join(removed[:3])}"
        )
        raise SitegenError(*report.errors, Problem("too-many-removed", message, hint=hint))
    if options.strict and report.warnings:
        raise SitegenError(*report.warnings)
    planned = [output.path for output in site.outputs]
    if found := obstacles(options.output, planned, work.survey.foreign):
        raise SitegenError(*found)


def _removed(site: Site, work: _Work) -> list[str]:
    """Sources of published articles that would have no page any more."""
    pages = {output.source for output in site.outputs if output.family == "articles"}
    gone = {o.source for o in work.orphans if o.family == "articles" and o.digest}
    return sorted(gone - pages)


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


def _publish(
    site: Site,
    theme: Theme,
    work: _Work,
    traces: Traces,
    options: Options,
    report: Report,
    workers: Pool,
    show: Show,
) -> None:
    """Do: render, forget, delete, move, record; the order is what makes a kill harmless."""
    doomed = _doomed(work, options)
    if work.renamed:
        traces.attribute(work.renamed)
    if not work.stale and not work.orphans and not doomed:
        weigh(site, work.traces, (), report, options)
        if work.survey.moved:
            traces.touch(work.survey.moved)
        return
    # Templates are compiled only where something is rendered: a third of a no-op's time.
    from sitegen.build.rendering import render_all

    with Staging(options.output, options.state) as staging:

        def before(path: str) -> bytes:
            ours = work.survey.looks.get(path) is Look.OURS
            return work.traces[path].digest if ours else b""

        folders = (staging.folder, options.state / GALLERY)
        staged = render_all(work.stale, before, site.facts, theme, folders, workers, show)
        weigh(site, work.traces, staged, report, options)
        forgotten = [(s.output.path, s.output.family, s.output.source) for s in work.stale]
        forgotten += [(o.path, o.family, o.source) for o in work.orphans]
        traces.forget(forgotten)
        output = Output(options.output)
        deleted = [orphan.path for orphan in work.orphans]
        report.removed = [path for path in (*deleted, *doomed) if output.delete(path)]
        report.deleted = len(report.removed)
        traces.record((), deleted)
        for batch in batched(zip(work.stale, staged, strict=True), RECORDED):
            traces.record([_move(output, *pair, site, report) for pair in batch], ())
        if work.survey.moved:
            moved = [stat for stat in work.survey.moved if stat[0] not in report.reasons]
            traces.touch(moved)


def _doomed(work: _Work, options: Options) -> list[str]:
    """`--prune`: the files that are nobody's, but never hidden ones."""
    foreign = work.survey.foreign if options.prune else ()
    return [path for path in foreign if not any(p.startswith(".") for p in Path(path).parts)]


def _move(
    output: Output, item: Stale, staged: Staged, site: Site, report: Report
) -> tuple[Trace, bytes, str]:
    """Move one staged output into place and say what is to be remembered of it."""
    mtime, changed = output.write(staged)
    if changed:
        report.written += 1
        report.changed.append(staged.path)
    else:
        report.unchanged += 1
    made = item.output
    # A file may have changed since it was looked at.
    inputs = site.inputs.of(_as_read(made, staged.read)) if staged.read else item.inputs
    trace = Trace(staged.path, made.family, made.source, inputs, staged.digest, staged.size, mtime)
    return trace, site.inputs.needs(made), item.reason


def _as_read(output: Outputs, read: bytes) -> Outputs:
    """What is made of a file, as if the file had been looked at when it was read."""
    if isinstance(output, Twin) and isinstance(output.of, Copy):
        return output._replace(of=output.of._replace(digest=read))
    return output._replace(digest=read) if isinstance(output, Copy) else output


def _verify(options: Options, show: Show) -> None:
    """Build from nothing in a temporary folder and compare every byte."""
    with tempfile.TemporaryDirectory(prefix="sitegen-verify-") as folder:
        fresh = replace(
            options,
            output=Path(folder) / "public",
            state=Path(folder) / "state",
            verify=False,
            clean=False,
            prune=False,
        )
        again = Report()
        config = load_config(fresh.site, fresh.base_url)
        theme = load_theme(config.site.theme, fresh.site)
        fresh.state.mkdir()
        _build(fresh, config, theme, again, show)
        paths = set(_owned(fresh)) | set(_owned(options))
        different = sorted(p for p in paths if not _same(options.output / p, fresh.output / p))
    if different:
        shown = ", ".join(different[:5])
        message = f"{counted(len(different), 'file')} differ from a clean build: {shown}"
        hint = "this is a mistake of sitegen's: please report it; --clean mends the output"
        raise SitegenError(Problem("verify-failed", message, hint=hint))


def _owned(options: Options) -> Mapping[str, Trace]:
    with Store(options.state) as store:
        return Traces(store, str(options.output)).all()


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)
