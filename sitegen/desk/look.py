"""The site as the desk looks at it: the index brought up to date, and no page written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sitegen.config import Config, load_config
from sitegen.index.articles import Articles
from sitegen.index.store import Damaged, Store, damage_raises, drop
from sitegen.locks import locked
from sitegen.model import Moment, Progress
from sitegen.pool import collect_rarely, default_jobs, pool, uncollected
from sitegen.render.theme import Theme, load_theme
from sitegen.site import Site, site_at
from sitegen.site.content import Content, update


@dataclass(frozen=True, slots=True)
class Look:
    """All that is known of a site without rendering it."""

    folder: Path
    config: Config
    theme: Theme
    content: Content
    site: Site
    store: Store


@contextmanager
def look_at(
    folder: Path,
    state: Path,
    now: int,
    show: Callable[[Progress], None],
    jobs: int | None = None,
    base_url: str | None = None,
) -> Iterator[Look]:
    """The site in `folder` at the instant `now`, seconds since 1970; `state` is relative to it.

    What is wrong with the content is in the site's `errors`. Raises SitegenError when the settings
    or the theme cannot be read.
    """
    collect_rarely()
    folder = folder.resolve()
    config = load_config(folder, base_url)
    theme = load_theme(config.site.theme, folder)
    state = (folder / state).resolve()
    with locked(state):
        try:
            look = _look(folder, config, theme, state, now, show, jobs)
        except Damaged:
            drop(state)
            look = _look(folder, config, theme, state, now, show, jobs)
        with look.store, damage_raises(state):
            yield look


def _look(
    folder: Path,
    config: Config,
    theme: Theme,
    state: Path,
    now: int,
    show: Callable[[Progress], None],
    jobs: int | None,
) -> Look:
    with damage_raises(state), ExitStack() as stack:
        store = stack.enter_context(Store(state))
        with pool(jobs or default_jobs()) as workers:
            content = update(folder, config, theme.settings.card_extra, store, workers, show)
        with uncollected():
            site = site_at(folder, config, theme, store, content, Moment(now))
        stack.pop_all()  # whoever asked for the look closes the store
        return Look(folder, config, theme, content, site, store)


def bodies_of(look: Look, sources: list[str]) -> dict[str, bytes]:
    """The stored texts of articles and pages, by source."""
    values = Articles(look.store).values(f"body:{source}" for source in sources)
    return {key.partition(":")[2]: value for key, value in values.items()}
