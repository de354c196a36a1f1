"""`site`, an empty site to write, build and look at; and the demo newspaper, built once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests.newspaper import Newspaper, built_once
from tests.site_test import SiteTest

# A machine that does other things too is no mistake of ours.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    return SiteTest(tmp_path / "site")


@pytest.fixture(scope="session")
def newspaper(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Newspaper:
    own = tmp_path_factory.getbasetemp()
    return built_once(own if worker_id == "master" else own.parent)
