"""plan: which outputs exist, and which of them are stale."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import chain
from types import ModuleType

from sitegen.config import Config
from sitegen.model import Archive, Article, Json, Key
from sitegen.outputs import Copy, File, Output, Page, Text, Twin
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
from sitegen.plan.periods import in_time
from sitegen.plan.twins import with_twins
from sitegen.serving import PICTURES, for_hosts

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

_IN_TIME = (articles, listings, feeds)
"""Those that have pages of months and years, which they make in the order of these."""

_LIKELIEST = (
    *(articles, home, listings, standing, corrections, redirects),
    *(feeds, headlines, webmanifest),
)
"""In which order they are asked for what is at a path: that of a page; of another file, the last
first.
"""


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
    outputs = _for_readers(archive, config, files, wishes)
    if archive.moment.preview:  # no server shows it
        yield from outputs
        return
    told = config.host_settings.target != "plain"
    paths = []
    for output in with_twins(outputs, config):
        if told and not isinstance(output, Twin):
            paths.append(output.path)
        yield output
    yield from hosts.files(archive, config, paths, policy)


def output_at(
    path: str,
    archive: Archive,
    config: Config,
    files: Files,
    wishes: Mapping[str, Wish],
    policy: str,
) -> Output | None:
    """What `plan_outputs` has at a path, found without the others where that is possible.

    Where it `depends_on_others`, all outputs are planned.
    """
    asked = (archive, config, files, wishes, policy)
    if twin := _twin_at(path, config, lambda other: output_at(other, *asked)):
        return twin
    if path.startswith(sitemaps.FOLDER) and (page := sitemaps.page_at(archive, config, path)):
        return next(finished([page], archive, config, wishes))
    if depends_on_others(path, files):
        every = plan_outputs(*asked)
        return next((output for output in every if output.path == path), None)
    # Before pages: each page asks for a dozen of them.
    files_of_all = of_all_pages(archive, config, files)
    if found := next((output for output in files_of_all if output.path == path), None):
        return found
    page = _page_at(path, archive, config)
    return next(finished([page], archive, config, wishes)) if page else None


def of_all_pages(archive: Archive, config: Config, files: Files) -> Iterator[Page | Copy | Text]:
    """What is there whatever pages there are: static files, icons, the theme's, robots.txt …"""
    yield from wellknown.pages(archive, config, files.static)
    static = [*wellknown.published(archive, files.static)]
    yield from copies.of_the_site(config, static, files.theme)


def depends_on_others(path: str, files: Files) -> bool:
    """Whether what is at a path follows from what other pages there are.

    So it is with sitemaps that list pages, with what is copied because a page shows it, and with
    what hosts are told.
    """
    if path.startswith(sitemaps.FOLDER):
        return not sitemaps.stands_alone(path)
    return (
        path.startswith(f"{PICTURES}/")
        or path == sitemaps.INDEX.lstrip("/")
        or path in files.content
        or for_hosts(path)
    )


def _twin_at(path: str, config: Config, at: Callable[[str], Output | None]) -> Output | None:
    """The twin at a path, of what is `at` the path without its coding."""
    other, _, coding = path.rpartition(".")
    of = at(other) if coding in config.build.precompress else None
    if of is None or isinstance(of, Twin):
        return None
    return next((twin for twin in with_twins([of], config) if twin.path == path), None)


def _page_at(path: str, archive: Archive, config: Config) -> Page | None:
    for family in _LIKELIEST if path.endswith(".html") else _LIKELIEST[::-1]:
        if page := _page_of(family, path, archive, config):
            return page
    return None


def _page_of(family: ModuleType, path: str, archive: Archive, config: Config) -> Page | None:
    """What a family has at a path."""
    if family is articles:
        return articles.page_at(archive, path)
    if family in (home, listings, feeds):
        found: Page | None = family.page_at(archive, config, path)
        return found
    return next((page for page in family.pages(archive, config) if page.path == path), None)


def _for_readers(
    archive: Archive, config: Config, files: Files, wishes: Mapping[str, Wish]
) -> Iterator[Page | Copy | Text]:
    used: set[Key] = set()
    for page in finished(_pages(archive, config), archive, config, wishes):
        used |= copies.used([page], files.content)
        yield page
    yield from of_all_pages(archive, config, files)
    yield from copies.of_content(used, config, files.content)


def finished(
    pages: Iterable[Page], archive: Archive, config: Config, wishes: Mapping[str, Wish]
) -> Iterator[Page]:
    """The pages, with what the theme declares for them and the marks of a preview."""
    marked = _marked(archive, config) if archive.marks else {}
    for page in pages:
        if wishes:
            page = _with_wish(page, archive, wishes.get(page.template))
        yield _with_marks(page, archive, marked) if marked else page


def _pages(archive: Archive, config: Config) -> Iterator[Page]:
    """The pages of all families; sitemaps list those of the others.

    What shows the articles of one month comes together: it is made of the same facts and parts.
    """
    listed: list[Page] = []
    every = {family: family.pages(archive, config) for family in FAMILIES}
    dated = [every.pop(family) for family in _IN_TIME]
    first = every.pop(home)
    in_order = merge(*dated, key=lambda page: in_time(page.time))
    for page in chain(first, in_order, *every.values()):
        if sitemaps.is_listed(page):
            listed.append(sitemaps.as_listed(page))
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
