"""A site of a few stories that is built, whose files' times are trusted at once."""

from __future__ import annotations

import pytest

from sitegen.read import scan
from tests.edits.editing import with_stories
from tests.site_test import SiteTest


@pytest.fixture(autouse=True)
def stats_of_young_files_are_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "RACY", 0)


@pytest.fixture
def built(site: SiteTest) -> SiteTest:
    return with_stories(site)
