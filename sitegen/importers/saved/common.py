"""What all pages of a site say, and none of its articles: its title, its description."""

from __future__ import annotations

from dataclasses import replace

from sitegen.importers.saved.facts import MARKS, Facts, without_site
from sitegen.importers.shelf import Shelf

_FEW = 3
"""Pages that must have the same words in their titles."""


class Common:
    """Learns from all pages first."""

    def __init__(self) -> None:
        self._shelf = Shelf()
        self._titled = 0

    def learn(self, facts: Facts, address: str) -> None:
        """A page that was saved twice counts once."""
        if self._shelf.get("page", address) is not None:
            return
        self._shelf.put("page", address, True)
        self._titled += bool(facts.title)
        ends = {end for mark in MARKS if mark in facts.title for end in _ends(facts.title, mark)}
        for end in sorted(ends):
            self._shelf.put("end", end, (self._shelf.get("end", end) or 0) + 1)
        owner = self._shelf.claim("described", facts.description, address)
        if owner != address:
            self._shelf.put("common", facts.description, True)

    def site(self) -> str:
        """The site's title, where most titles begin or end with the same words; else empty."""
        ranked = sorted(self._shelf.each("end"), key=lambda pair: (-pair[1], pair[0]))
        for end, number in ranked[:1]:
            return end if number >= _FEW and number > self._titled / 2 else ""
        return ""

    def without(self, facts: Facts, site: str) -> Facts:
        """What the page says of itself alone."""
        common = self._shelf.get("common", facts.description)
        description = "" if common else facts.description
        title = without_site(facts.title, site)
        return replace(facts, title=title, description=description, site=facts.site or site)


def _ends(title: str, mark: str) -> tuple[str, str]:
    return title.partition(mark)[0], title.rpartition(mark)[2]
