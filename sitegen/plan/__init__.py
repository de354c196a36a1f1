"""plan: which outputs exist, and which of them are stale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from sitegen.config import Config
from sitegen.model import Archive, Article, Json, Key
from sitegen.outputs import Copy, File, Output, Page, Text
from sitegen.plan import (
    articles,
    copies,
    corrections,
    feeds,
    headlines,
    home,
    hosts,
    listings,
    redirects,
    sitemaps,
    standing,
    webmanifest,
    wellknown,
)
from sitegen.plan.declared import declared_needs
from sitegen.plan.twins import with_twins

FAMILIES = (
    home,
    articles,
    listings,
    corrections,
    standing,
    headlines,
    feeds,
    webmanifest,
    redirects,
)
"""Each makes the pages of one kind, from the archive and the settings alone."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a theme declares for one of its templates."""

    lists: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    data: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Files:
    """The files that may be copied, each with its digest."""

    static: Sequence[File]
    theme: Sequence[File]
    content: Mapping[str, File]


def plan_outputs(
    archive: Archive, config: Config, files: Files, wishes: Mapping[str, Wish], policy: str
) -> Iterator[Output]:
    """Every output of the site; `policy` is the content security policy of its pages."""
    outputs = list(_for_readers(archive, config, files, wishes))
    if archive.moment.preview:  # no server shows it
        yield from outputs
        return
    yield from with_twins(outputs, config)
    yield from hosts.files(archive, config, outputs, policy)


def _for_readers(
    archive: Archive, config: Config, files: Files, wishes: Mapping[str, Wish]
) -> Iterator[Page | Copy | Text]:
    marked = _marked(archive, config) if archive.marks else {}
    pages: list[Page] = []
    for page in _pages(archive, config):
        if wishes:
            page = _with_wish(page, archive, wishes.get(page.template))
        pages.append(_with_marks(page, archive, marked) if marked else page)
    yield from pages
    yield from wellknown.pages(archive, config, files.static)
    static = [*wellknown.published(archive, files.static)]
    yield from copies.copies(pages, config, static, files.theme, files.content)


def _pages(archive: Archive, config: Config) -> Iterator[Page]:
    """The pages of all families; sitemaps list those of the others."""
    listed: list[Page] = []
    for page in chain.from_iterable(family.pages(archive, config) for family in FAMILIES):
        if page.family in sitemaps.LISTED:
            listed.append(page)
        yield page
    yield from sitemaps.pages(archive, config, listed)


def _with_wish(page: Page, archive: Archive, wish: Wish | None) -> Page:
    if wish is None:
        return page
    own = {name for name, _ in page.needs}
    lists = {name: asked for name, asked in wish.lists.items() if f"lists.{name}" not in own}
    more = declared_needs(archive, page.lang, lists, wish.data)
    return page._replace(needs=(*page.needs, *more))


def _marked(archive: Archive, config: Config) -> dict[Key, Article]:
    """The cards of what only a preview shows."""
    every = (article for lang in config.all_languages for article in archive.live(lang))
    return {article.card: article for article in every if article.source in archive.marks}


def _with_marks(page: Page, archive: Archive, marked: Mapping[Key, Article]) -> Page:
    """The page, told which of its cards are not published, and why."""
    shown = [marked[key] for key in sorted(marked.keys() & {*page.keys()})]
    if not shown:
        return page
    marks = {article.url: archive.marks[article.source].value for article in shown}
    return page._replace(values={**page.values, "marks": marks})
