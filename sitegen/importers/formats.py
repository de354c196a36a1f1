"""The systems that sitegen imports from, each with the module that reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sitegen.errors import Misuse, Problem
from sitegen.importers.things import Importer, Wishes

Opener = Callable[[Path, Wishes], Importer]


def _wordpress(source: Path, wishes: Wishes) -> Importer:
    from sitegen.importers.wordpress import WordPress

    return WordPress(source, wishes)


def _ghost(source: Path, wishes: Wishes) -> Importer:
    from sitegen.importers.ghost import Ghost

    return Ghost(source, wishes)


def _feed(source: Path, wishes: Wishes) -> Importer:
    from sitegen.importers.feeds import Feeds

    return Feeds(source, wishes)


def _html(source: Path, wishes: Wishes) -> Importer:
    from sitegen.importers.saved import SavedPages

    return SavedPages(source, wishes)


def _hugo(source: Path, wishes: Wishes) -> Importer:
    from sitegen.importers.generators import Folder
    from sitegen.importers.generators.hugo import Hugo

    return Folder(Hugo(source, wishes), wishes)


def _jekyll(source: Path, wishes: Wishes) -> Importer:
    from sitegen.importers.generators import Folder
    from sitegen.importers.generators.jekyll import Jekyll

    return Folder(Jekyll(source, wishes), wishes)


def _pelican(source: Path, wishes: Wishes) -> Importer:
    from sitegen.importers.generators import Folder
    from sitegen.importers.generators.pelican import Pelican

    return Folder(Pelican(source, wishes), wishes)


def _zola(source: Path, wishes: Wishes) -> Importer:
    from sitegen.importers.generators import Folder
    from sitegen.importers.generators.zola import Zola

    return Folder(Zola(source, wishes), wishes)


def _eleventy(source: Path, wishes: Wishes) -> Importer:
    from sitegen.importers.generators import Folder
    from sitegen.importers.generators.eleventy import Eleventy

    return Folder(Eleventy(source, wishes), wishes)


FORMATS: Mapping[str, Opener] = {
    "wordpress": _wordpress,
    "ghost": _ghost,
    "hugo": _hugo,
    "jekyll": _jekyll,
    "pelican": _pelican,
    "zola": _zola,
    "eleventy": _eleventy,
    "feed": _feed,
    "html": _html,
}
"""Name → what opens a source. Libraries are loaded when one is opened."""

_TOOLS = frozenset(
    {
        *("bs4", "docutils", "feedparser", "ijson", "lxml", "lxml_html_clean", "markdownify"),
        "trafilatura",
    }
)


def open_source(format: str, source: Path, wishes: Wishes) -> Importer:
    """The importer of a source. Raises SitegenError for what is none of that format.

    Raises Misuse where the libraries for it are not installed.
    """
    try:
        return FORMATS[format](source, wishes)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _TOOLS:
            raise
        message = f"to import, sitegen needs further packages ({error.name})"
        hint = 'install them: pip install "sitegen[import]"'
        raise Misuse(Problem("import-tools", message, hint=hint)) from None
