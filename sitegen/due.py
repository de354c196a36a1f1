"""Whether a build is due: what the last one left for a timer to know, and what it was made with.

A timer asks every few minutes, so that the answer costs the start of a program and no more:
content/, static/ and data/ are not looked at.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from sitegen.digest import canonical, digest, engine_digest
from sitegen.errors import Problem
from sitegen.folders import SETTINGS, SHIPPED, root_of
from sitegen.index.store import Damaged, Store, damage_raises
from sitegen.instants import shown
from sitegen.model import Json
from sitegen.options import Options
from sitegen.report import HeldBack, Report

_OF_ONE_BUILD = frozenset({"now-earlier"})
"""Warnings of a build itself, and not of the site as it leaves it."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A build that went well, as the state of its output remembers it."""

    made_with: str
    """See `made_with`."""
    now: int
    next_due: int | None
    """Seconds since 1970, as `now`."""
    timezone: str
    articles: int
    pages: int
    held_back: Sequence[Sequence[Json]]
    left_out: Sequence[str]
    base_url: str = ""
    """The address that the output was made for."""
    fingerprint: bool = False
    """Whether the names of assets change with their bytes."""
    preview: bool = False
    warnings: Sequence[Mapping[str, Json]] = ()
    passed_over: Sequence[str] = ()
    """Files of content/ that are neither read nor copied."""
    data: str = ""
    """See `data_of`."""
    not_owned: Sequence[str] = ()
    """Files in the output that were nobody's."""
    words_due: int | None = None
    """See `Report.words_due`."""
    errors: Sequence[Mapping[str, Json]] = ()
    """Of the sources that were left out."""
    edition: str = ""
    """What was known of the content then; see `Store.edition`."""

    def repeat(self, report: Report) -> None:
        """Say in `report` once more what this build said, when the site is as it left it."""
        report.articles = self.articles
        report.pages = report.unchanged = self.pages
        report.held_back = [HeldBack(*held) for held in self.held_back]
        report.left_out = list(self.left_out)
        report.not_owned = list(self.not_owned)
        report.warnings = [Problem(**problem) for problem in self.warnings]
        report.errors = [Problem(**problem) for problem in self.errors]
        report.next_due = self.next_due
        report.words_due = self.words_due
        report.timezone = self.timezone


def finished(
    report: Report,
    options: Options,
    made_with: str,
    *,
    base_url: str,
    fingerprint: bool,
    passed_over: Sequence[str],
    data: str,
    edition: str,
) -> Finished:
    """What to remember of a build that went well."""
    warnings = [problem for problem in report.warnings if problem.code not in _OF_ONE_BUILD]
    return Finished(
        made_with=made_with,
        now=options.now,
        next_due=report.next_due,
        timezone=report.timezone,
        articles=report.articles,
        pages=report.pages,
        held_back=[[held.source, held.until, held.why] for held in report.held_back],
        left_out=report.left_out,
        base_url=base_url,
        fingerprint=fingerprint,
        preview=options.preview,
        warnings=[asdict(problem) for problem in warnings],
        passed_over=passed_over,
        data=data,
        not_owned=report.not_owned,
        words_due=report.words_due,
        errors=[asdict(problem) for problem in report.errors],
        edition=edition,
    )


def made_with(options: Options) -> str:
    """A digest of what a build is made with beside the content: settings, themes, engine, options.

    It is taken before anything of it is read: what changes during a build is then noticed. All
    themes count, not only the one in use: to find that one would be to read the settings. Where
    the folders lie does not.
    """
    parts = [engine_digest(), canonical(options.asked())]
    with suppress(OSError):  # a build will say what is wrong with it
        parts.append(digest((options.site / SETTINGS).read_bytes()))
    for number, themes in enumerate((options.site / "themes", *SHIPPED)):
        parts += [b"%d" % number, *_told(themes)]
    return digest(b"\0".join(parts)).hex()


def data_of(options: Options) -> str:
    """A digest of what is in the site's data/, of all of it: which of it pages use is not asked."""
    return digest(b"\0".join(_told(options.site / "data"))).hex()


def _told(folder: Path) -> Iterator[bytes]:
    """The names of a folder's files within it, and digests of their bytes."""
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        with suppress(OSError):  # a build will say what is wrong with it
            told = digest(file.read_bytes())
            yield from (os.fsencode(file.relative_to(folder)), told)


def remember(store: Store, root: str, build: Finished | None) -> None:
    """Remember the last build of the output that the state calls `root`; None: none is finished."""
    store.remember(f"finished:{root}", json.dumps(asdict(build)) if build else "")


def look(options: Options) -> Report:
    """The whole report when nothing is due (`due` is False), else one that a build fills in.

    `options` must be resolved.
    """
    began = time.perf_counter()
    last = last_build(options.state, options.output)
    if reason := _why(last, options):
        return Report(remarks=[f"a build is due: {reason}"])
    assert last is not None, "without a last build there is a reason to build"
    report = Report(due=False)
    last.repeat(report)
    report.errors = []  # whether they are mended was not looked at
    report.dry_run = options.dry_run
    report.seconds = time.perf_counter() - began
    return report


def last_build(state: Path, output: Path) -> Finished | None:
    """The last build of an output; None when none is known, or it was not finished."""
    try:
        with damage_raises(state), Store(state, reading=True) as store:
            return recalled(store, root_of(output, state))
    except (Damaged, OSError):  # a build will mend it, or say what is wrong
        return None


def recalled(store: Store, root: str) -> Finished | None:
    """The last build of the output that the state calls `root`, if it was finished."""
    text = store.meta(f"finished:{root}")
    return Finished(**json.loads(text)) if text else None


def _why(last: Finished | None, options: Options) -> str:
    """Why a build is due, in words; empty: it is not."""
    if last is None:
        return "no finished build of this output is known"
    if last.made_with != made_with(options):
        return "the settings, a theme, the options or sitegen changed since the last build"
    if not (options.output / "index.html").is_file():
        return "the output folder was emptied"
    if options.now < last.now:
        return f"the last build was as of {shown(last.now, last.timezone)}, which is later"
    if last.next_due is not None and last.next_due <= options.now:
        return f"something was to change at {shown(last.next_due, last.timezone)}"
    return ""
