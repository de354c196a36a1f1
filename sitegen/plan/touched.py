"""What edits of articles touch: the pages that may have come, gone or changed by them, alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from sitegen import urls
from sitegen.config import Config
from sitegen.model import Edit, Edited
from sitegen.outputs import Page
from sitegen.plan import (
    articles,
    corrections,
    feeds,
    headlines,
    home,
    listings,
    redirects,
    sitemaps,
    standing,
    versions,
)

_FAMILIES = (home, articles, listings, corrections, headlines, feeds, redirects)
"""Those whose pages follow from which articles there are; sitemaps list them. The others' pages
change by the facts that they need, if at all.
"""


class Recorded(Protocol):
    """What is recorded of the outputs of the last build."""

    def __contains__(self, path: object) -> bool: ...

    def of(self, families: Iterable[str]) -> Iterable[str]:
        """The paths of some families' outputs."""
        ...


def touched(
    archive: Edited, config: Config, edits: Sequence[Edit], recorded: Recorded
) -> Mapping[str, Page | None] | None:
    """The paths that edits touch, and what belongs there now; None there: nothing does any more.

    Old addresses may be others only of an article that is seen before and after, where all are
    pages. None where two pages have one path, where the sitemap of a month has more parts than one,
    and where paths do not tell of which language their pages are.
    """
    found: dict[str, Page | None] = {}
    for family in _FAMILIES:
        for path, page in family.touched(archive, config, edits):
            if page and (found.get(path) or page) != page:
                return None
            found[path] = page or found.get(path)
    moved = _moved(found, recorded) or listings.turned(archive, config, edits)
    every = moved or sitemaps.second_part("pages") in recorded
    if every and not versions.are_told_by_paths(config):
        return None
    others = _others(archive, config, found, recorded, every=every)
    found |= dict(sitemaps.touched(archive, config, edits, others, moved=moved))
    several = (sitemaps.second_part(month) for month in archive.changes())
    if any(path in recorded or path in found for path in several):
        return None
    return found


def _moved(found: Mapping[str, Page | None], recorded: Recorded) -> bool:
    """Whether a page that sitemaps list beside articles came or went."""
    pages = [page for page in found.values() if page and page.family in sitemaps.LISTED]
    if any(page.path not in recorded for page in pages):
        return True
    gone = {path for path, page in found.items() if page is None and path in recorded}
    return bool(gone) and not gone.isdisjoint(recorded.of(sitemaps.LISTED))


def _others(
    archive: Edited,
    config: Config,
    found: Mapping[str, Page | None],
    recorded: Recorded,
    *,
    every: bool,
) -> list[Page]:
    """The pages that are listed beside articles, of most no more than where they are.

    Without `every` one, those of which its sitemap's date follows: standing pages, and home.
    """
    known = {page.path: page for page in standing.pages(archive, config)}
    paths = {urls.path_of(f"{config.prefix(config.site.language)}/"), *known}
    if every:
        paths.update(recorded.of(sitemaps.LISTED))
        paths.update(found)
        paths.difference_update(listings.thin_fronts(archive, config))
    return list(_listed(config, paths, {**found, **known}))


def _listed(
    config: Config, paths: Iterable[str], planned: Mapping[str, Page | None]
) -> Iterator[Page]:
    in_all = versions.by_path(config)
    for path in paths:
        lang = versions.language_at(config, path)
        page = planned.get(path, Page(path, "", "listings", lang, (), in_all.get(path, {})))
        if page is not None and sitemaps.is_listed(page):
            yield page
