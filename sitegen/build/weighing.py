"""How much an output will hold, told before any of it is in place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sitegen.errors import SitegenError
from sitegen.index.notes import heard
from sitegen.index.traces import Trace
from sitegen.options import Options
from sitegen.plan.budgets import in_bytes
from sitegen.report import Report
from sitegen.site import Site
from sitegen.write import Staged


def weigh(
    site: Site,
    traces: Mapping[str, Trace],
    staged: Iterable[Staged],
    report: Report,
    options: Options,
) -> None:
    """Fill in the report's number of bytes, and warn where the host takes no more.

    Raises SitegenError with --strict, where there is something to warn of.
    """
    paths = [output.path for output in site.outputs]
    sizes = {path: traces[path].size for path in paths if path in traces}
    sizes |= {one.path: one.size for one in staged}
    report.bytes = sum(sizes.values())
    if options.preview:
        return
    config = site.archive.config
    found = in_bytes(sizes.items(), config)
    report.warnings += [problem for problem in found if heard(problem, site.told, config)]
    if options.strict and report.warnings:
        raise SitegenError(*report.warnings)
