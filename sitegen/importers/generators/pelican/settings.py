"""Pelican's settings: assignments of plain values in `pelicanconf.py`, which is never run."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sitegen.importers.sources import unreadable

_FILES = ("pelicanconf.py", "publishconf.py")
DEFAULTS: Mapping[str, Any] = {
    "ARTICLE_URL": "{slug}.html",
    "ARTICLE_LANG_URL": "{slug}-{lang}.html",
    "PAGE_URL": "pages/{slug}.html",
    "PAGE_LANG_URL": "pages/{slug}-{lang}.html",
    "CATEGORY_URL": "category/{slug}.html",
    "TAG_URL": "tag/{slug}.html",
    "AUTHOR_URL": "author/{slug}.html",
    "ARTICLE_PATHS": [""],
    "PAGE_PATHS": ["pages"],
    "STATIC_PATHS": ["images"],
    "DEFAULT_LANG": "en",
    "DEFAULT_CATEGORY": "misc",
    "USE_FOLDER_AS_CATEGORY": True,
    "FILENAME_METADATA": r"(?P<date>\d{4}-\d{2}-\d{2}).*",
    "PATH_METADATA": "",
    "SLUGIFY_SOURCE": "title",
    "FEED_ALL_ATOM": "feeds/all.atom.xml",
    "CATEGORY_FEED_ATOM": "feeds/{slug}.atom.xml",
}
"""Of docs.getpelican.com, “Settings”."""


@dataclass(frozen=True, slots=True)
class PelicanSettings:
    values: Mapping[str, Any]
    unread: tuple[tuple[str, int, str], ...]
    """File, line and name of settings that are worked out when Pelican runs."""
    found: bool
    """Whether there are settings at all."""

    def text(self, name: str) -> str:
        value = self.values.get(name, DEFAULTS.get(name, ""))
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        value = self.values.get(name, DEFAULTS.get(name, ()))
        return [item for item in value if isinstance(item, str)] if _is_list(value) else []

    def pattern(self, name: str) -> re.Pattern[str]:
        """A regular expression; one that matches nothing where it is none."""
        try:
            return re.compile(self.text(name) or r"(?!)")
        except re.error:
            return re.compile(r"(?!)")

    def is_sure(self, name: str) -> bool:
        """Whether it is known what Pelican took for `name`."""
        return self.found and name not in {unread for _, _, unread in self.unread}


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def settings_of(root: Path) -> PelicanSettings:
    """Raises SitegenError for a file that is no Python."""
    values: dict[str, Any] = {}
    unread: list[tuple[str, int, str]] = []
    files = [root / name for name in _FILES if (root / name).is_file()]
    for file in files:
        try:
            tree = ast.parse(file.read_bytes())
        except (SyntaxError, ValueError) as error:
            hint = "correct Pelican's settings, or import from a copy without them"
            line = getattr(error, "lineno", 0) or 0
            raise unreadable(root, f"{file.name} is not Python: {error}", hint, line) from None
        for name, node in _assigned(tree):
            try:
                values[name] = ast.literal_eval(node)
            except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
                unread.append((file.name, node.lineno, name))
    return PelicanSettings(values, tuple(unread), bool(files))


def _assigned(tree: ast.Module) -> list[tuple[str, ast.expr]]:
    """Names in capitals, with what they are set to at the top of the file."""
    found: list[tuple[str, ast.expr]] = []
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign):
            targets = [node.target]
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            value = node.value
            found += [(t.id, value) for t in targets if isinstance(t, ast.Name) and t.id.isupper()]
    return found
