"""A saved page while its text is converted: what lies beside it on this machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sitegen.importers.embedded import SCHEME, aside
from sitegen.importers.homes import stem_of
from sitegen.importers.links import reference
from sitegen.importers.media import media_path, trouble_of
from sitegen.importers.page import OldPage, OldSite
from sitegen.importers.saved.facts import Facts
from sitegen.importers.saved.files import BESIDE, mirrored, near
from sitegen.importers.shelf import Shelf
from sitegen.importers.things import Media
from sitegen.importers.tidy import is_picture


@dataclass(frozen=True, slots=True)
class Saved:
    """A page as it was read."""

    file: Path
    name: str
    """Below the source."""
    facts: Facts
    address: str
    """Whole, as far as anybody knows."""
    is_list: bool
    identity: str = ""
    lang: str = ""
    """Its language, where it is not that of most pages."""
    is_own: bool = False
    """It lies where its address says, in a copy of the site."""


class SavedPage(OldPage):
    """A page whose pictures and neighbours may lie beside it."""

    def __init__(
        self,
        site: OldSite,
        saved: Saved,
        source: Path,
        at: Callable[[Path], str | None],
        taken: Shelf,
        address: str,
        aside: Sequence[str],
    ) -> None:
        """`address`: where the site was, if the user has said so; `aside`: see `embedded`."""
        super().__init__(site, saved.identity, saved.name, saved.address)
        self._saved = saved
        self._source = source
        self._at = at
        self._taken = taken
        self._copied_from = address
        self._aside = aside

    def link(self, href: str) -> str:
        found = near(self._source, self._saved.file, href)
        story = self._at(found) if found else None
        if story is None:
            return super().link(href)
        fragment = href.partition("#")[2]
        return reference(story, href.partition("#")[0]) + (f"#{fragment}" if fragment else "")

    def picture(self, src: str) -> str:
        src = aside(src, self._aside)
        found = None if src.startswith(SCHEME) else near(self._source, self._saved.file, src)
        if found is None or not is_picture(found.name):
            return super().picture(src)
        if trouble := trouble_of(found):
            self.lose("media", f"{src}: {trouble}")
            return ""
        path = self._place(found)
        if not path:
            self.lose("media", f"{src}: nothing can be called so here")
            return ""
        self.events.append(Media(path, src, found))
        return f"/{path}"

    def _place(self, found: Path) -> str:
        """Below content/: in a copy of the site where it was; else named after the page, or, where
        another has that name, as it lay."""
        folder = (self._source if self._source.is_dir() else self._source.parent).resolve()
        inner = found.relative_to(folder)
        was = mirrored(folder, found, self._copied_from)
        old = self._site.home.path(quote(was, safe=":/")) if was else None
        if old and not any(part.endswith(BESIDE) for part in inner.parts[:-1]):
            return media_path(old)
        stem = stem_of(self._saved.address, self._saved.file.stem)
        path = media_path(quote(f"media/{stem}/{found.name}"))
        if path and self._taken.claim("media", path, str(found)) == str(found):
            return path
        return media_path(quote(f"media/{inner.as_posix()}"))
