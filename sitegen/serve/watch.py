"""The files of a site, watched: what was saved, made or deleted, a moment after it was."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterable, Mapping
from pathlib import Path

from watchfiles import Change, awatch

from sitegen.folders import SETTINGS

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


class Watch:
    """Watches the folders of a site, those of its theme, and its settings."""

    def __init__(self, site: Path, themes: Iterable[Path]) -> None:
        """`themes` are folders of the theme's chain, wherever they are."""
        self._site = site
        self._themes = [folder for folder in themes if not folder.is_relative_to(site)]
        self._stop = asyncio.Event()

    def stop(self) -> None:
        """End the watching."""
        self._stop.set()

    async def changes(self) -> AsyncIterator[set[Path]]:
        """What changed, as paths within the site; a folder where all below it may have changed.

        Folders that are made or removed are watched, or not any more, from then on.
        """
        found: asyncio.Queue[set[Path]] = asyncio.Queue()
        top = asyncio.create_task(self._watch_top(found))
        inner: dict[str, asyncio.Task[None]] = {}
        try:
            while not self._stop.is_set():
                there = self._there()
                inner = {root: task for root, task in inner.items() if not task.done()}
                if there.keys() != inner.keys():
                    for task in inner.values():
                        task.cancel()
                    inner = {
                        root: asyncio.create_task(self._watch_below(root, path, found))
                        for root, path in there.items()
                    }
                changed = await found.get()
                while len(changed) > SEVERAL:
                    try:
                        changed |= await asyncio.wait_for(found.get(), SETTLED)
                    except TimeoutError:
                        break
                if changed:
                    yield changed
        finally:
            for task in (top, *inner.values()):
                task.cancel()

    def _there(self) -> Mapping[str, Path]:
        """The folders to be watched, as the system calls them → as the site does."""
        folders = [self._site / name for name in FOLDERS]
        return {os.path.realpath(f): f for f in (*folders, *self._themes) if f.is_dir()}

    async def _watch_top(self, found: asyncio.Queue[set[Path]]) -> None:
        names = {SETTINGS, *FOLDERS}
        async for changes in self._watched(str(self._site), recursive=False):
            changed = {Path(path) for _, path in changes}
            if mine := {path for path in changed if path.name in names}:
                await found.put(mine)

    async def _watch_below(self, root: str, path: Path, found: asyncio.Queue[set[Path]]) -> None:
        async for changes in self._watched(root, recursive=True):
            await found.put({path / os.path.relpath(file, root) for _, file in changes})
        # Its folder was removed: whoever waits looks which are there.
        await found.put(set())

    def _watched(self, root: str, *, recursive: bool) -> AsyncIterator[set[tuple[Change, str]]]:
        return awatch(
            root,
            watch_filter=None,
            debounce=GATHERED,
            step=STEP,
            stop_event=self._stop,
            recursive=recursive,
            ignore_permission_denied=True,
        )
