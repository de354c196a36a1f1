"""The page of one item while its texts are converted: where its links lead, what is lost."""

from __future__ import annotations

import re

from sitegen.importers.addresses import split
from sitegen.importers.page import OldPage, OldSite
from sitegen.importers.things import Value
from sitegen.importers.wordpress.addresses import without_photon
from sitegen.importers.wordpress.known import Known
from sitegen.importers.wordpress.records import Item

_OF_THE_THEME = re.compile(r"#(more(-\d+)?$|comment|respond).*")
"""Places that WordPress and its themes put into a page."""


class ItemPage(OldPage):
    """A page that knows the whole export."""

    def __init__(self, item: Item, identity: str, site: OldSite, known: Known) -> None:
        super().__init__(site, identity, item.where, item.link)
        self.item = item
        self.known = known
        self.notes: list[str] = []
        """HTML of footnotes."""
        self.faq: list[Value] = []
        """Questions and answers that stood in the text."""

    def footnote(self, html: str) -> str:
        """A footnote: its sign, as HTML."""
        self.notes.append(html)
        return f'<sup><a href="#fn-{len(self.notes)}">{len(self.notes)}</a></sup>'

    def featured(self) -> dict[str, Value]:
        """The featured picture, with what is written with it in the library."""
        id = self.item.meta.get("_thumbnail_id", "")
        if not id or id in ("0", "-1"):
            return {}
        file = self.known.attachment(id)
        if file is None:
            self.lose("media", f"its featured picture ({id}) is not in the export")
            return {}
        src = self.picture(file.address)
        if not src:
            return {}
        return {"src": src, "alt": file.alt, "caption": file.caption, "credit": file.credit}

    def link(self, href: str) -> str:
        whole = self._site.home.whole(href, self.item.link)
        own = self._site.home.path(whole) is not None and not href.startswith("#")
        return super().link(_OF_THE_THEME.sub("", href) if own else href)

    def picture(self, src: str) -> str:
        return super().picture(without_photon(src))

    def _within(self, address: str) -> str | None:
        """Files may lie at other hosts of the old site's."""
        parts = split(self._site.home.whole(address, self.item.link))
        if parts is not None and parts.hostname in self.known.media_hosts:
            return parts.path
        return super()._within(address)
