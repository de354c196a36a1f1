"""One fixture: `site`, an empty site to write, build and look at."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests.site_test import SiteTest

# A machine that does other things too is no mistake of ours.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    return SiteTest(tmp_path / "site")
