"""What a report says of what is to be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sitegen.build.comparing import Work
from sitegen.build.edits import HEAVY, Decided
from sitegen.due import Finished
from sitegen.index.answers import Answers
from sitegen.index.notes import CODES as NOTED
from sitegen.options import Options
from sitegen.report import HeldBack, Report
from sitegen.site import Site
from sitegen.site.standards import words_due

_GONE = "nothing makes it any more"


def tell_of_content(site: Site, report: Report, options: Options) -> None:
    """What the report can say once the content is known."""
    visible = sum(len(site.archive.live(lang)) for lang in site.archive.config.all_languages)
    report.articles = 1 if options.only else visible + len(site.archive.notices())
    report.pages = len(site.outputs)
    report.held_back = [] if options.only else _held_back(site.archive)
    if options.keep_going and not options.only:
        report.left_out = [f"content/{source}" for source in site.left_out]
    report.next_due = None if options.only else site.archive.next_due
    archive = site.archive
    report.words_due = words_due(archive.config, archive.documents, archive.moment.now)
    report.timezone = site.archive.config.site.timezone
    report.warnings += site.warnings
    report.errors = [*site.errors, *site.whole]
    report.dry_run = options.dry_run


def tell_of_work(site: Site, work: Work, report: Report, options: Options) -> None:
    """What is to be done, before anything is."""
    tell_of_number(work, report)
    report.reasons = _Reasons(work)
    foreign = set(work.survey.foreign)
    if foreign:
        foreign.difference_update(output.path for output in site.outputs)
    report.not_owned = sorted(foreign)
    if options.dry_run:
        gone = doomed(report.not_owned, options)
        report.removed = [*(orphan.path for orphan in work.orphans), *gone]
        report.deleted = len(report.removed)


def tell_of_number(work: Work, report: Report) -> None:
    """How many outputs are made: at most, as long as not all are compared."""
    report.rendered = work.expected
    report.unchanged = report.pages - work.expected


def tell_of_edits(last: Finished, decided: Decided, report: Report, options: Options) -> None:
    """The same where only edits were planned: what the last build said, mostly."""
    last.repeat(report)
    anew = {HEAVY, *(NOTED if decided.notes is not None else ())}
    report.warnings = [warning for warning in report.warnings if warning.code not in anew]
    report.warnings += decided.notes or ()  # behind all that is said of the site, as there
    work = decided.work
    report.pages += decided.more
    tell_of_number(work, report)
    report.reasons = _Reasons(work)
    report.dry_run = options.dry_run
    if options.dry_run:
        report.removed = [orphan.path for orphan in work.orphans]
        report.deleted = len(report.removed)
    if archive := decided.archive:
        report.articles = archive.count()
        report.held_back = _held_back(archive)
        report.next_due = archive.next_due


def doomed(not_owned: Iterable[str], options: Options) -> list[str]:
    """`--prune`: the files that are nobody's, but never hidden ones."""
    foreign = not_owned if options.prune else ()
    return [path for path in foreign if not any(p.startswith(".") for p in Path(path).parts)]


class _Reasons(Iterable[tuple[str, str]]):
    """(path, why) of what is made or deleted, looked up when somebody asks."""

    def __init__(self, work: Work) -> None:
        self._made, self._orphans = work.reasons, work.orphans

    def __iter__(self) -> Iterator[tuple[str, str]]:
        # A build that is refused may not have looked at all; and the state is closed by now.
        yield from self._made
        yield from ((orphan.path, _GONE) for orphan in self._orphans)


def _held_back(archive: Answers) -> list[HeldBack]:
    return [
        HeldBack(f"content/{source}", until, state.value)
        for source, until, state in archive.held_back()
    ]
