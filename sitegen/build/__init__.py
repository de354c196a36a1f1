"""The build: first whether anything changed at all, and only then what building takes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sitegen import due
from sitegen.build.unchanged import look
from sitegen.model import Progress, Show
from sitegen.options import Options
from sitegen.report import Report

if TYPE_CHECKING:
    from sitegen.build.clock import Clock


def build(options: Options, report: Report, show: Show) -> None:
    """Bring the output up to date with the content, filling in `report`.

    Raises SitegenError when content or site have mistakes; the output is then as it was.
    """
    clock = _clock(show) if options.profile else None
    began = time.perf_counter()
    try:
        _build(options.resolved(), report, clock.show if clock else show, clock)
    finally:
        if clock:
            report.profile = clock.timings(report)
    report.seconds = time.perf_counter() - began


def _clock(show: Show) -> Clock:
    from sitegen.build.clock import Clock

    return Clock(show)


def _build(options: Options, report: Report, show: Show, clock: Clock | None) -> None:
    show(Progress("settings and theme"))
    made_with = due.made_with(options)
    looked = look(options, made_with, report, show)
    if not looked.same:
        # To load the pipeline and what it needs takes longer than to look at 10,000 articles.
        show(Progress("loading"))
        from sitegen.build.pipeline import run

        run(options, made_with, looked, report, show, clock)
