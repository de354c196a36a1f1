"""The site that an import goes into: what was imported before, and whose its sitegen.toml is.

An import writes the settings of a new site, and brings them up to date as long as nobody has
edited them: the ledger has their digest, as that of any file. Settings of a person stay.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from sitegen.config import FILE, Config, load_config
from sitegen.digest import digest
from sitegen.importers.files import write_whole
from sitegen.importers.ledger import ABSENT, Entry, Ledger
from sitegen.importers.settings import (
    Nested,
    config_of,
    joined,
    missing,
    settings_text,
    toml_text,
)
from sitegen.importers.shelf import Shelf
from sitegen.importers.things import About

_IDENTITY = "settings"
_PATH = f"../{FILE}"
"""As all paths of the ledger: below content/."""


class Target:
    """A site, for the time of one import."""

    def __init__(self, folder: Path, timezone: str = "") -> None:
        """`timezone`: the one that it is to have, where its settings are an import's.

        Raises SitegenError where its settings are wrong, Misuse where its ledger is damaged.
        """
        self.folder = folder
        self.shelf = Shelf()
        self.ledger = Ledger(folder, self.shelf)
        self._file = folder / FILE
        self._before = self._file.read_bytes() if self._file.is_file() else b""
        self.is_new = not self._file.is_file()
        self.config: Config | None = None if self.is_new else load_config(folder)
        known = self.ledger.get(_IDENTITY)
        marks = (known.digest, known.before) if known else ()
        self.is_ours = self.is_new or digest(self._before).hex() in marks
        """Nobody but imports has written its settings."""
        self._there: Nested = tomllib.loads(self._before.decode("utf-8-sig"))
        if self.config is not None and self.is_ours and timezone:
            self._there["site"]["timezone"] = timezone
            self.config = config_of(toml_text(self._there))

    def all_of(self, settings: Nested) -> Nested:
        """`settings`, with those that are there, where these are an import's."""
        return joined(self._there, settings) if self.is_ours else settings

    def understood(self, about: About, settings: Nested) -> Config:
        """The settings that the site will have, as builds understand them."""
        if self.config is None or self.is_ours:
            return config_of(self._text(about, settings))
        return self.config

    def _text(self, about: About, settings: Nested) -> str:
        return settings_text(about, settings) if self.is_new else toml_text(settings)

    def write(self, about: About, settings: Nested, *, dry: bool) -> str:
        """Write the settings, if they may be and `dry` is not asked for; what became of them."""
        if not self.is_ours:
            return "yours"
        new = self._text(about, settings).encode()
        if new == self._before:
            return "unchanged"
        if not dry:
            old = ABSENT if self.is_new else digest(self._before).hex()
            self.ledger.intend(Entry(_IDENTITY, _PATH, digest(new).hex(), old))
            write_whole(self._file, [new.decode()])
        return "created" if self.is_new else "updated"

    def wanting(self, settings: Nested) -> str:
        """What of `settings` a person's sitegen.toml does not have, as TOML; empty: nothing."""
        return "" if self.is_ours else toml_text(missing(settings, self._there))
