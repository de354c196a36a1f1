"""A history of edits, checked after each: what ran, what came out, that nothing is left."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.scenarios.sitemaps import Held, follow, held, is_sitemap
from tests.site_test import SiteTest

SETTINGS = """\
[site]
title = "The Test"
base_url = "https://test.example/"
language = "en"
timezone = "Europe/London"
theme = "own"

[sections.politics]
title = "Politics"

[listings]
front = 2

[feeds]
formats = []  # these follow other pages, and have steps of their own: test_feeds_step_by_step.py
"""

NEWEST = "/ /archive/ /headlines.json"
"""What shows the newest articles of the whole site."""


def paths(*urls: str) -> set[str]:
    """The output files that answer addresses; a text may hold several of them."""
    found = {url for text in urls for url in text.split()}
    return {(f"{url}index.html" if url.endswith("/") else url).lstrip("/") for url in found}


def without_sitemaps(found: Iterable[str]) -> set[str]:
    return {path for path in found if not is_sitemap(path)}


class Steps:
    """A site that is edited step by step. `then` builds, and holds everything that must hold."""

    def __init__(self, folder: Path, settings: str = SETTINGS) -> None:
        self.site = SiteTest(folder, settings)
        self.site.file("themes/own/theme.toml", 'extends = "broadsheet"\n')
        self._sitemaps: Held = {}

    def article(self, name: str, **fields: Any) -> None:
        """Write an article of which only `fields` are its own."""
        usual = {"title": name.title(), "summary": f"About {name}.", "section": "Politics"}
        self.site.write(f"{name}.md", **(usual | {"tags": ["Sea"], "authors": ["Ann"]} | fields))

    def begin(self) -> Steps:
        """The first build."""
        self.site.build().ok()
        self._sitemaps = held(self.site)
        return self

    def then(
        self,
        *rendered: str,
        removed: str = "",
        unchanged: str = "",
        because: tuple[str, str] | None = None,
        exit_code: int = 0,
        args: Iterable[str] = (),
    ) -> None:
        """Build, and check the literal set of what was made and deleted.

        `unchanged` are those of `rendered` whose bytes came out as they were; `because` is an
        address and the reason that it must have. Sitemaps follow from the pages.
        """
        site = self.site.build(*args)
        assert site.exit_code == exit_code, site.output
        assert without_sitemaps(site.rendered) == paths(*rendered)
        assert without_sitemaps(site.removed) == paths(removed)
        assert without_sitemaps(site.changed) == paths(*rendered) - paths(unchanged)
        self._sitemaps = follow(site, self._sitemaps)
        assert set(site.reasons) == site.rendered | site.removed
        assert all(reason and reason.isprintable() for reason in site.reasons.values())
        if because:
            address, reason = because
            assert site.reasons[next(iter(paths(address)))] == reason
        assert site.bytes == site.clean_bytes(*args)
        self.rest(exit_code, args)

    def rest(self, exit_code: int = 0, args: Iterable[str] = ()) -> None:
        """Another build does nothing, touches nothing, and says the same."""
        site, told = self.site, self.site.report
        before = self._times()
        site.build(*args)
        assert site.exit_code == exit_code
        assert (site.report["rendered"], site.report["written"], site.report["deleted"]) == (0,) * 3
        assert site.reasons == {} and site.changed == site.removed == set()
        assert self._times() == before
        same = ("articles", "pages", "held_back", "left_out", "not_owned", "next_due")
        for name in (*same, "errors", "warnings"):
            assert site.report[name] == told[name]

    def _times(self) -> dict[str, int]:
        return {path: (self.site.public / path).stat().st_mtime_ns for path in self.site.bytes}
