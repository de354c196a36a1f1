"""The site as it stands, and as it would be: for questions about more than one file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sitegen.config import Config
from sitegen.digest import digest
from sitegen.errors import SitegenError
from sitegen.folders import output_of
from sitegen.index.articles import Articles
from sitegen.index.rows import Source
from sitegen.index.store import FILE, Damaged, Store, damage_raises, drop
from sitegen.index.traces import Traces
from sitegen.instants import to_seconds
from sitegen.locks import locked
from sitegen.model import Moment, Show
from sitegen.outputs import Output, page_of
from sitegen.pool import collect_rarely, default_jobs, pool
from sitegen.read import read_file
from sitegen.read.place import Place
from sitegen.render.theme import Theme, load_theme
from sitegen.site import Site, site_at
from sitegen.site.content import READING, Content, row_of, update

T = TypeVar("T")

OUTPUT, PREVIEW = "public", "preview"
"""Folders: of the output, and of the preview's output and state."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A site with its state open: it can say how it is, and how it would be."""

    folder: Path
    config: Config
    theme: Theme
    store: Store
    content: Content
    now: int

    @property
    def articles(self) -> Articles:
        return Articles(self.store)

    def seen(self) -> Site:
        """The site as it is, with all that is wrong with it."""
        moment = Moment(self.now)
        return site_at(self.folder, self.config, self.theme, self.store, self.content, moment)

    def site(self) -> Site:
        """The site as it is. Raises SitegenError for what is wrong with it beyond single files."""
        site = self.seen()
        if site.whole:
            raise SitegenError(*site.whole)
        return site

    @contextmanager
    def without(self, source: str) -> Iterator[Site]:
        """The site as it would be without one of its sources."""
        with self.store.supposing():
            self.articles.remove([source])
            yield self.site()

    @contextmanager
    def with_other(self, place: Place, data: bytes) -> Iterator[Site]:
        """The site as it would be with other bytes in the file at `place`."""
        read = read_file(place, data, self.config, self.theme.settings.card_extra)
        known = Source("", False, digest(data), b"")
        with self.store.supposing():
            self.articles.put([row_of(read, known, self.now)])
            yield self.site()


def outputs_of(site: Site, theme: Theme) -> dict[str, bytes]:
    """Path → digest of the inputs of every output: where two differ, so may the output's bytes."""

    def is_made(output: Output) -> bool:
        page = page_of(output)
        return page is None or page.template in theme.templates

    made = filter(is_made, site.outputs)
    return {output.path: inputs for output, inputs in site.inputs.each(made)}


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Where a question is put to a site, and for which moment."""

    folder: Path
    config: Config
    state: Path
    now: datetime
    show: Show
    jobs: int | None = None

    def ask(self, question: Callable[[Whole], T]) -> T:
        """The site's answer, once its index is up to date with the files."""
        collect_rarely()
        with locked(self.state, self.folder / OUTPUT):
            try:
                with damage_raises(self.state):
                    return self._answer(question)
            except Damaged:
                drop(self.state)
                with damage_raises(self.state):
                    return self._answer(question)

    def _answer(self, question: Callable[[Whole], T]) -> T:
        theme = load_theme(self.config.site.theme, self.folder)
        now = to_seconds(self.now)
        with (
            Store(self.state) as store,
            pool(self.jobs or default_jobs(), modules=[READING]) as workers,
        ):
            extra = theme.settings.card_extra
            content = update(self.folder, self.config, extra, store, workers, self.show, now)
            return question(Whole(self.folder, self.config, theme, store, content, now))


def states_of(state: Path) -> list[Path]:
    """The state folder and that of previews, as far as they exist."""
    return [folder for folder in (state, state / PREVIEW) if (folder / FILE).is_file()]


def forget(folder: Path, states: Collection[Path], source: str) -> None:
    """Leave nothing in the states of what was read from a source; the next build tidies again."""
    for state in states:
        with locked(state, folder / OUTPUT):
            try:
                with damage_raises(state), Store(state) as store:
                    with store.transaction():
                        Articles(store).remove([source])
                        store.untidy()
                    store.tidy(for_good=False)
            except Damaged:
                drop(state)


def holders_of(states: Collection[Path], source: str) -> list[Path]:
    """The output folders, as far as the states know, that hold a page of a source."""
    found: set[Path] = set()
    for state in states:
        try:
            with damage_raises(state), Store(state) as store:
                for root in store.roots():
                    traces = Traces(store, root).all().values()
                    if any(trace.source == source for trace in traces):
                        found.add(output_of(root, state))
        except Damaged:
            continue  # whoever uses this state next makes it anew
    return sorted(folder for folder in found if folder.is_dir())
