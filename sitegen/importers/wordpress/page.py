"""The page of one item while its texts are converted: where its links lead, what is lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sitegen.importers.addresses import split
from sitegen.importers.links import reference
from sitegen.importers.media import MediaFolder, media_path, originals, trouble_of
from sitegen.importers.things import Event, Loss, Media, Setting, Wishes
from sitegen.importers.tidy import is_picture
from sitegen.importers.wordpress.addresses import without_photon
from sitegen.importers.wordpress.records import Item

if TYPE_CHECKING:
    from sitegen.importers.wordpress.known import Attachment, Known

_UPLOADS = "wp-content/"
_OF_THE_THEME = re.compile(r"more(-\d+)?$|comment|respond")
"""Places that WordPress and its themes put into a page."""
_SCHEMES = ("mailto:", "tel:", "#")


class ItemPage:
    """Fulfils `html.Page`."""

    def __init__(
        self, item: Item, identity: str, known: Known, wishes: Wishes, origin: str
    ) -> None:
        self.item = item
        self.known = known
        self.events: list[Event] = []
        """What was found on the way."""
        self.notes: list[str] = []
        """HTML of footnotes."""
        self._identity = identity
        self._origin = origin
        self._wishes = wishes
        self._folder = MediaFolder(wishes.media) if wishes.media else None
        self._media: set[str] = set()

    def lose(self, kind: str, detail: str) -> None:
        self.events.append(Loss(kind, self.item.where, detail[:200], self._identity))

    def frame(self, host: str) -> None:
        if host:
            self.events.append(Setting(("embeds", "hosts"), (host,)))

    def footnote(self, html: str) -> str:
        """A footnote: its sign, as HTML."""
        self.notes.append(html)
        return f'<sup><a href="#fn-{len(self.notes)}">{len(self.notes)}</a></sup>'

    def link(self, href: str) -> str:
        href = href.strip()
        if href.startswith(_SCHEMES):
            return href
        address = self.known.old.whole(href, self.item.link)
        path = self._within(address)
        if path is None:
            if split(address) is None:
                self.lose("link", href)
                return ""
            return address
        fragment = urlsplit(path).fragment
        tail = f"#{fragment}" if fragment and not _OF_THE_THEME.match(fragment) else ""
        if story := self.known.story_at(path):
            return reference(f"{self._origin}{story}", path.partition("#")[0]) + tail
        if self.known.attachment_at(path) or path.lstrip("/").startswith(_UPLOADS):
            return self._file(address, path)
        return path

    def picture(self, src: str) -> str:
        if src.startswith("data:") or not src.strip():
            if src.strip():
                self.lose("media", "a picture that is written into the text itself")
            return ""
        address = without_photon(self.known.old.whole(src, self.item.link))
        path = self._within(address)
        if path is not None:
            return self._file(address, path)
        if split(address) is None:
            self.lose("media", src)
            return ""
        self.lose("elsewhere", address)
        return address

    def _within(self, address: str) -> str | None:
        """The path within the new site, of pages and of files on the old site's other hosts."""
        path = self.known.old.path(address)
        parts = split(address)
        if path is None and parts is not None and parts.hostname in self.known.media_hosts:
            return parts.path
        return path

    def _file(self, address: str, path: str) -> str:
        """Where a picture or other file will be, and that it is wanted there."""
        names = originals(media_path(path))
        known = next((n for n in names if n and self.known.attachment_at(f"/{n}")), names[-1])
        found = next(
            ((n, f) for n in names if n and self._folder and (f := self._folder.find(n))), None
        )
        name, file = found or (known, None)
        if not name:
            self.lose("media", address)
            return address
        if file is not None and (trouble := trouble_of(file)):
            self.lose("media", f"{name}: {trouble}")
            return ""
        if file is None and self._wishes.media_url and not is_picture(name):
            return f"{self._wishes.media_url}{name}"  # only pictures are looked for there
        if name not in self._media:
            self._media.add(name)
            self.events.append(Media(name, self._whole(address, name), file))
        return f"/{name}"

    def _whole(self, address: str, name: str) -> str:
        """The address of the file that is wanted, which may be the original of what was shown."""
        known: Attachment | None = self.known.attachment_at(f"/{name}")
        return known.address if known else address.partition("?")[0].partition("#")[0]
