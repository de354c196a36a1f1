"""One fixture: `site`, an empty site to write, build and look at."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site_test import SiteTest


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    return SiteTest(tmp_path / "site")
