"""How heavy an output will be, and its feeds, told before any of it is in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sitegen.build.comparing import NOTABLE, Work
from sitegen.config import FEEDS, Config
from sitegen.errors import Problem, SitegenError, counted
from sitegen.index.notes import heard
from sitegen.options import Options
from sitegen.outputs import Output, Page
from sitegen.plan.budgets import in_bytes
from sitegen.report import Report
from sitegen.site import Site

MOST = NOTABLE
"""Bytes of a feed that programs ask for again and again (JSON Feed 1.1 advises some 100 KB)."""
_FILES = frozenset(FEEDS.values())


def weigh(
    site: Site,
    work: Work,
    sizes: Iterable[tuple[str, int]],
    report: Report,
    options: Options,
) -> None:
    """Fill in the report's number of bytes, and warn of what is too much for the host or for feeds.

    `sizes` are (path, bytes) of the files that do not stay. Raises SitegenError with --strict,
    where there is something to warn of.
    """
    config = site.archive.config
    report.bytes = work.bytes
    large = dict(work.notable)

    def looked_at() -> Iterator[tuple[str, int]]:
        yield from work.notable.items()
        for path, size in sizes:
            report.bytes += size
            if size > MOST:
                large[path] = size
            yield path, size

    others = work.bytes - sum(work.notable.values())
    found = list(in_bytes(looked_at(), config, others))
    if options.preview:
        return
    found += _heavy_feeds(site.outputs, large, config)
    report.warnings += [problem for problem in found if heard(problem, site.told, config)]
    if options.strict and report.warnings:
        raise SitegenError(*report.warnings)


def _heavy_feeds(
    outputs: Iterable[Output], large: Mapping[str, int], config: Config
) -> Iterator[Problem]:
    """One warning for all feeds that are too large, and which setting helps.

    `large` are the bytes of files above what a feed should have. Archives of feeds are fetched
    once, and may be of any size.
    """
    # Each is called as its template: else there is no need to look at all outputs.
    large = {path: size for path, size in large.items() if path.rpartition("/")[2] in _FILES}
    heavy = [
        (large[page.path], page)
        for page in (outputs if large else ())
        if isinstance(page, Page) and page.family == "feeds" and page.template in _FILES
        if not page.values["current"] and page.path in large
    ]
    if not heavy:
        return
    size, page = max(heavy, key=lambda found: (found[0], found[1].path))
    more = f", and {counted(len(heavy) - 1, 'other feed')} too" if len(heavy) > 1 else ""
    message = (
        f"{page.path} is {size // 1000:,} KB{more}: programs fetch a feed again and again, "
        f"and it should have {MOST // 1000} KB at most"
    )
    fewer = max(1, len(dict(page.needs)["articles"]) * MOST // size)
    hint = f"set items = {fewer} in [feeds]"
    if page.values["full"]:
        own = page.values["kind"] in config.feeds.listings
        shorter = f"{page.values['kind']} = " if own else "text = "
        hint += f', or {shorter}"summary" in [feeds{".listings" if own else ""}]'
    yield Problem("feed-heavy", message, "sitegen.toml", 0, "feeds.items", hint)
