"""The files of a site, watched: what was saved, made or deleted, a moment after it was."""

from __future__ import annotations

import asyncio
import os
import platform
from collections.abc import (
    AsyncIterator,
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass
from pathlib import Path

from watchfiles import Change, awatch

from sitegen.folders import SETTINGS
from sitegen.serve.checkout import Checkout

Changes = Collection[tuple[Change, Path]]

FOLDERS = ("content", "static", "themes", "data")
"""Of a site, that its pages are made of."""
STEP = 5
"""Milliseconds of quiet after which what was saved is told. Editors write and rename within one."""
GATHERED = 1_000
"""Milliseconds for which changes are gathered at most while there is no quiet."""
SEVERAL = 5
"""Files saved at once that an editor's hand does not save: more are still to come."""
SETTLED = 0.2
"""Seconds without a change after which all of those have come."""
LONGEST = 10.0
"""Seconds after which they are told even if there is no end of them."""
AGAIN = 1.1
"""Seconds after which a file that is polled is looked at again: of two saves within one second the
poller sees the first."""
MISSING = 1.0
"""Seconds between two looks whether a link leads to a folder again."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What one watcher says."""

    paths: frozenset[Path] = frozenset()
    anew: bool = False
    """Whether a folder was made or removed, so that others are to be watched from now on."""


class Watch:
    """Watches the folders of a site, those of its theme, and its settings."""

    def __init__(self, site: Path, themes: Iterable[Path]) -> None:
        """`themes` are folders of the theme's chain, wherever they are."""
        self._site = site
        self._themes = [folder for folder in themes if not folder.is_relative_to(site)]
        self._checkout = Checkout(site)
        self._polls = _polls()
        self._told: asyncio.Queue[_Told] = asyncio.Queue()
        self._ended = False

    def stop(self) -> None:
        """End the watching."""
        self._ended = True
        self._told.put_nowait(_Told())

    async def changes(self) -> AsyncIterator[set[Path]]:
        """What changed, as paths within the site; a folder where all below it may have changed.

        Nothing where something did that only a look at the whole finds. Folders that are made or
        removed are watched, or not any more, from then on.
        """
        top = _Watcher({str(self._site): self._site}, self._hear_top, self._lose, self._polls)
        below = self._watch_below()
        try:
            while True:
                told = await self._next()
                if self._ended:
                    return
                if told.anew:
                    before, below = below, self._watch_below()
                    await asyncio.sleep(0)  # within this turn it begins
                    before.stop()
                    # What the one has heard and not told yet, nobody tells; and what was saved in
                    # a new folder before the other began, nobody heard.
                    told = _Told(told.paths | {*self._folders()})
                yield set(told.paths)
        finally:
            top.stop()
            below.stop()

    async def _next(self) -> _Told:
        """What is told next; where many files change, all of them."""
        told = await self._first()
        clock = asyncio.get_running_loop().time
        end = clock() + LONGEST
        while self._more_to_come(told) and clock() < end:
            try:
                more = await asyncio.wait_for(self._told.get(), SETTLED)
            except TimeoutError:
                if not self._checkout.is_under_way():
                    break
            else:
                told = _Told(told.paths | more.paths, told.anew or more.anew)
        return told

    async def _first(self) -> _Told:
        while lost := self._lost():
            try:
                return await asyncio.wait_for(self._told.get(), MISSING)
            except TimeoutError:
                if found := {folder for folder in lost if folder.is_dir()}:
                    return _Told(frozenset(found), anew=True)
        return await self._told.get()

    def _more_to_come(self, told: _Told) -> bool:
        return not self._ended and (len(told.paths) > SEVERAL or self._checkout.is_under_way())

    # What is watched.

    def _folders(self) -> Sequence[Path]:
        return [*(self._site / name for name in FOLDERS), *self._themes]

    def _lost(self) -> Sequence[Path]:
        """Links to folders that are not there: nobody tells when they are there again."""
        return [folder for folder in self._folders() if folder.is_symlink() and not folder.is_dir()]

    def _watch_below(self) -> _Watcher:
        there = [folder for folder in self._folders() if folder.is_dir()]
        roots = {os.path.realpath(folder): folder for folder in there}
        return _Watcher(roots, self._hear_below, self._lose, self._polls, recursive=True)

    def _lose(self) -> None:
        """A folder was removed at the moment at which it was to be watched."""
        loop = asyncio.get_running_loop()
        loop.call_later(SETTLED, self._told.put_nowait, _Told(anew=True))

    # What is heard.

    def _hear_top(self, changes: Changes) -> None:
        made = (Change.added, Change.deleted)
        mine = [(change, path) for change, path in changes if path.parent == self._site]
        folders = {path for change, path in mine if path.name in FOLDERS and change in made}
        settings = {path for _, path in mine if path.name == SETTINGS}
        if folders or settings:
            self._tell(_Told(frozenset(folders | settings), anew=bool(folders)))

    def _hear_below(self, changes: Changes) -> None:
        roots = frozenset(self._folders())
        # Where folders are said to be modified, so are the files in them; but a poller sees
        # nothing of a file in whose place an older one was put.
        paths = {path for change, path in changes if change != Change.modified or not path.is_dir()}
        anew = any(path in roots and change == Change.deleted for change, path in changes)
        self._tell(_Told(frozenset(paths), anew))

    def _tell(self, told: _Told) -> None:
        self._told.put_nowait(told)
        if self._polls and told.paths:
            loop = asyncio.get_running_loop()
            loop.call_later(AGAIN, self._told.put_nowait, _Told(told.paths))


class _Watcher:
    """Watches folders until it is stopped; polls them where the system does not watch so many."""

    def __init__(
        self,
        roots: Mapping[str, Path],
        hear: Callable[[Changes], None],
        lose: Callable[[], None],
        polls: bool,
        *,
        recursive: bool = False,
    ) -> None:
        """`roots`: folders as the system calls them → as `hear` is told of what is in them.

        `lose` is called when one of them is not there.
        """
        self._roots = roots
        self._hear = hear
        self._recursive = recursive
        self._stop = asyncio.Event()
        self._task = asyncio.create_task(self._run(lose, polls))

    def stop(self) -> None:
        self._stop.set()

    async def _run(self, lose: Callable[[], None], polls: bool) -> None:
        try:
            await self._watch(polls)
        except FileNotFoundError:
            lose()
        except OSError:
            await self._watch(polls=True)

    async def _watch(self, polls: bool) -> None:
        # One stop event for each: it is set, too, when whoever waits is cancelled.
        watched = awatch(
            *self._roots,
            watch_filter=None,
            debounce=GATHERED,
            step=STEP,
            stop_event=self._stop,
            force_polling=polls,
            recursive=self._recursive,
            ignore_permission_denied=True,
        )
        async for changes in watched:
            self._hear({(change, path) for change, file in changes for path in self._named(file)})

    def _named(self, file: str) -> Iterator[Path]:
        """What a file is called within the site: several names, where links lead into folders."""
        for root, path in self._roots.items():
            if Path(file).is_relative_to(root):
                yield path / os.path.relpath(file, root)


def _polls() -> bool:
    """Whether files are polled: as watchfiles decides it, of which no word is said there."""
    wish = os.environ.get("WATCHFILES_FORCE_POLLING", "").lower()
    if wish:
        return wish not in ("false", "disable", "disabled")
    return "microsoft-standard" in platform.uname().release.lower()
