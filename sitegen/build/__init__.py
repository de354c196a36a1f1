"""The build: first whether anything changed at all, and only then what building takes."""

from __future__ import annotations

import time
from collections.abc import Callable

from sitegen import due
from sitegen.build.unchanged import is_unchanged
from sitegen.model import Progress
from sitegen.options import Options
from sitegen.report import Report


def build(options: Options, report: Report, show: Callable[[Progress], None]) -> None:
    """Bring the output up to date with the content, filling in `report`.

    Raises SitegenError when content or site have mistakes; the output is then as it was.
    """
    began = time.perf_counter()
    options = options.resolved()
    made_with = due.made_with(options)
    if not is_unchanged(options, made_with, report):
        # To load the pipeline and what it needs takes longer than to look at 10,000 articles.
        from sitegen.build.pipeline import run

        run(options, made_with, report, show)
    report.seconds = time.perf_counter() - began
