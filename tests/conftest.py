"""`site`, an empty site to write, build and look at; the demo newspaper, built once; and where."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from tests.newspaper import Newspaper, built_once
from tests.site_test import SiteTest

# A machine that does other things too is no mistake of ours. What CI says must not depend on
# chance: HYPOTHESIS_PROFILE=curious looks for inputs that nobody has tried.
settings.register_profile("patient", deadline=None, derandomize=True)
settings.register_profile("curious", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "patient"))

MEMORY = Path("/dev/shm")
ROOM = 2 << 30
"""Bytes; all tests together leave less, and containers often have 64 MB only."""


def pytest_configure(config: pytest.Config) -> None:
    """Give the run a folder for temporary files that goes when it ends, and modules compiled once.

    Builds leave a lock for each output among temporary files: tens of thousands came together.
    Where an environment keeps nobody's compiled modules, each program that a test starts would
    compile all of sitegen, which is a third of what its start costs.

    What a shell runs in the background ignores Ctrl-C, and so would all that tests start.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(config, "workerinput"):
        return  # pytest's workers and the programs that tests run have these from who started them
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    own = tempfile.mkdtemp(prefix="sitegen-tests-", dir=_place())
    config.add_cleanup(lambda: shutil.rmtree(own, ignore_errors=True))
    # What failed is kept, as long as pytest keeps it.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(Path(own).parent))
    os.environ["TMPDIR"] = own
    tempfile.tempdir = None


def _place() -> Path:
    """Where sites of tests lie: in memory, where there is room and programs may run.

    Making and deleting their files on a disk took a quarter of the processors' time.
    """
    usual = Path(tempfile.gettempdir())
    if "TMPDIR" in os.environ or not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        return usual
    runs = os.access(MEMORY, os.W_OK) and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
    return MEMORY if runs else usual


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    return SiteTest(tmp_path / "site")


@pytest.fixture(scope="session")
def newspaper(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Newspaper:
    own = tmp_path_factory.getbasetemp()
    return built_once(own if worker_id == "master" else own.parent)
