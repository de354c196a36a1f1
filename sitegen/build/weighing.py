"""How heavy an output will be, and its feeds, told before any of it is in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from sitegen.config import FEEDS, Config
from sitegen.errors import Problem, SitegenError, counted
from sitegen.index.notes import heard
from sitegen.options import Options
from sitegen.outputs import Output, Page
from sitegen.plan.budgets import in_bytes
from sitegen.report import Report
from sitegen.site import Site
from sitegen.write import Staged

MOST = 250_000
"""Bytes of a feed that programs ask for again and again (JSON Feed 1.1 advises some 100 KB)."""
_FILES = frozenset(FEEDS.values())


class Sized(Protocol):
    """A file of the output, and its bytes."""

    @property
    def path(self) -> str: ...

    @property
    def size(self) -> int: ...


class Weighed(Protocol):
    """What is known of the output before anything is done."""

    @property
    def traces(self) -> Mapping[str, Sized]: ...

    @property
    def orphans(self) -> Sequence[Sized]: ...

    @property
    def others(self) -> int: ...


def weigh(
    site: Site,
    work: Weighed,
    staged: Iterable[Staged],
    report: Report,
    options: Options,
) -> None:
    """Fill in the report's number of bytes, and warn of what is too much for the host or for feeds.

    Raises SitegenError with --strict, where there is something to warn of.
    """
    config = site.archive.config
    report.bytes = work.others
    large: dict[str, int] = {}

    def looked_at() -> Iterator[tuple[str, int]]:
        for path, size in _sizes(work, staged):
            report.bytes += size
            if size > MOST:
                large[path] = size
            yield path, size

    found = list(in_bytes(looked_at(), config, work.others))
    if options.preview:
        return
    found += _heavy_feeds(site.outputs, large, config)
    report.warnings += [problem for problem in found if heard(problem, site.told, config)]
    if options.strict and report.warnings:
        raise SitegenError(*report.warnings)


def _sizes(work: Weighed, staged: Iterable[Staged]) -> Iterator[tuple[str, int]]:
    """(path, bytes) of every file of the site, as it will be."""
    if work.traces:
        others = {file.path for files in (staged, work.orphans) for file in files}
        yield from ((path, t.size) for path, t in work.traces.items() if path not in others)
    yield from ((file.path, file.size) for file in staged)


def _heavy_feeds(
    outputs: Iterable[Output], large: Mapping[str, int], config: Config
) -> Iterator[Problem]:
    """One warning for all feeds that are too large, and which setting helps.

    `large` are the bytes of files above what a feed should have. Archives of feeds are fetched
    once, and may be of any size.
    """
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
