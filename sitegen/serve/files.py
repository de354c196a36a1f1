"""The files that may be copied: those of content/, of static/ and of the theme."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from sitegen.config import Config
from sitegen.digest import digest_of
from sitegen.errors import Problem
from sitegen.index.store import Store, damage_raises
from sitegen.outputs import File
from sitegen.plan import Files
from sitegen.read.pictures import image_of
from sitegen.read.scan import find, scan
from sitegen.render.theme import Theme
from sitegen.site import theme_files
from sitegen.site.digests import FileDigests
from sitegen.site.pictures import as_allowed


class SiteFiles:
    """What is known of them, as the state and newer files say."""

    def __init__(self, site: Path, state: Path) -> None:
        self._site = site
        self._state = state
        self._content: dict[str, File] = {}
        self.files = Files((), (), {})
        self.problems: list[Problem] = []

    def bring_up_to_date(self, config: Config, theme: Theme) -> bool:
        """Take over what the state has of content/, and look at the others; whether they changed.

        Raises Damaged where there is no state.
        """
        self.problems = []
        with damage_raises(self._state), Store(self._state, reading=True) as store:
            self._content = {
                name.removeprefix("content/"): File(
                    name.removeprefix("content/"),
                    str(self._site / name),
                    known.digest,
                    known.image,
                    int(known.stat.partition(",")[0]),
                )
                for name, known in store.known_files().items()
                if name.startswith("content/")
            }
            digests = FileDigests(store, stores=False)
            found = scan(self._site / "static", self._site, time.time_ns())
            static = tuple(digests.files("static", found.files))
            of_theme = tuple(theme_files(theme, self._site, digests, self.problems))
        self.problems += found.problems
        return self._put(Files(static, of_theme, as_allowed(dict(self._content), config)))

    def names(self) -> Iterable[str]:
        """The files of content/ that are known."""
        return self._content

    def read(self, name: str, config: Config) -> bool:
        """Look at a file of content/ that was saved or deleted; whether it changed."""
        found = find(self._site / "content", self._site, name, time.time_ns())
        if found is None:
            self._content.pop(name, None)
        else:
            try:
                known, image = digest_of(found.file), image_of(found.file)
            except OSError:
                self._content.pop(name, None)
            else:
                self._content[name] = File(name, found.file, known, image, found.size)
        content: Mapping[str, File] = as_allowed(dict(self._content), config)
        return self._put(Files(self.files.static, self.files.theme, content))

    def _put(self, files: Files) -> bool:
        before, self.files = self.files, files
        return before != files
