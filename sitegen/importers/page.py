"""The page of one thing while its texts are converted: where links lead, what is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import quote, urlsplit

from bs4 import Tag

from sitegen.importers.addresses import Home, split
from sitegen.importers.embedded import SCHEME, embedded
from sitegen.importers.homes import stem_of
from sitegen.importers.links import reference
from sitegen.importers.media import MediaFolder, media_path, originals, trouble_of
from sitegen.importers.things import Event, Loss, Media, Setting, Wishes
from sitegen.importers.tidy import is_picture

_SCHEMES = ("mailto:", "tel:", "#")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
LIST = re.compile(
    r"/($|[?#]|(tags?|topics?|category|sections?|authors?|archives?)/|\d{4}/(\d\d/)?($|[?#]))"
)
"""Addresses of lists, which sites have without anybody writing them."""
_OURS = "_pictures/"
"""Where sites of sitegen have what it makes of pictures: in content/ nothing can lie there."""

StoryAt = Callable[[str], str | None]
"""The identity of the article at an address within the site."""
FileAt = Callable[[str], str]
"""The path within the site at which a file's original lies; empty: it is no file."""
FetchedAt = Callable[[str], str]
"""The whole address of the file at a path, where it is another than the path says; else empty."""


class OldSite:
    """What all pages of an old site have in common."""

    def __init__(
        self,
        home: Home,
        wishes: Wishes,
        story_at: StoryAt,
        file_at: FileAt,
        fetched_at: FetchedAt = lambda name: "",
    ) -> None:
        self.home: Final = home
        self.fetched_at: Final = fetched_at
        self.story_at: Final = story_at
        self.file_at: Final = file_at
        self.media_url: Final = wishes.media_url
        self.folder: Final = MediaFolder(wishes.media) if wishes.media else None


class OldPage:
    """Fulfils `html.Page`."""

    def __init__(self, site: OldSite, identity: str, where: str, address: str = "") -> None:
        self.events: list[Event] = []
        """What was found on the way."""
        self._site = site
        self._identity = identity
        self._where = where
        self._address = address
        """Its own, whole, as far as it is known."""
        self._media: set[str] = set()

    def lose(self, kind: str, detail: str) -> None:
        self.events.append(Loss(kind, self._where, detail[:200], self._identity))

    def frame(self, host: str) -> None:
        if host:
            self.events.append(Setting(("embeds", "hosts"), (host,)))

    def shorten_own(self, soup: Tag) -> None:
        """Make links to places of the page itself mere places: feeds write them out."""
        for anchor in soup.find_all("a", href=re.compile("#.")):
            whole = self._site.home.whole(str(anchor["href"]), self._address)
            address, _, place = whole.partition("#")
            if self._address and address == self._address.partition("#")[0]:
                anchor["href"] = f"#{place}"

    def link(self, href: str) -> str:
        href = href.strip()
        if href.startswith(_SCHEMES):
            return href
        path = self._within(href)
        if path is None:
            address = self._site.home.whole(href, self._address)
            if split(address) is None:
                self.lose("link", href)
                return ""
            return address
        fragment = urlsplit(path).fragment
        tail = f"#{fragment}" if fragment else ""
        if story := self._site.story_at(path):
            return reference(story, path.partition("#")[0]) + tail
        if self._site.file_at(path):
            return self._file(path)
        if not LIST.match(path):
            self.lose("link", path)
        return path

    def picture(self, src: str) -> str:
        if src.startswith(SCHEME):
            found = embedded(src, stem_of(self._address or self._where, "picture"), self.lose)
            self.events += [found] if found else []
            return f"/{found.path}" if found else ""
        if not src.strip():
            return ""
        path = self._within(src)
        if path is not None:
            return self._file(path)
        address = self._site.home.whole(src, self._address)
        if split(address) is None:
            self.lose("media", src)
            return ""
        self.lose("elsewhere", address)
        return address

    def _within(self, address: str) -> str | None:
        """The path within the new site; None: it is an address of another one."""
        home = self._site.home
        whole = home.whole(address, self._address)
        if not home.base and not _SCHEME.match(whole):
            return f"/{whole.lstrip('/')}"  # nobody knows where the old site was
        return home.path(whole)

    def _file(self, path: str) -> str:
        """Where a picture or other file will be, and that it is wanted there."""
        site = self._site
        names = originals(media_path(site.file_at(path) or path))
        found = next(
            ((n, f) for n in names if n and site.folder and (f := site.folder.find(n))), None
        )
        name, file = found or (names[-1], None)
        if not name:
            self.lose("media", path)
            return path
        if file is not None and (trouble := trouble_of(file)):
            self.lose("media", f"{name}: {trouble}")
            return ""
        if file is None and site.media_url and not is_picture(name):
            return f"{site.media_url}{name}"  # only pictures are looked for there
        target = f"media/{name.removeprefix(_OURS)}" if name.startswith(_OURS) else name
        if target not in self._media:
            self._media.add(target)
            whole = site.fetched_at(f"/{name}") or site.home.at(quote(f"/{name}"))
            self.events.append(Media(target, whole, file))
        return f"/{target}"
