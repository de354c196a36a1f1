"""Ctrl-C, killed workers and builds that meet: they end soon, say why, and leave all mendable."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from filelock import FileLock

from sitegen import locks
from tests.site_test import NOW, SiteTest

ARTICLES = 300
DEADLINE = 20.0

AT_THE_FIRST_WORKER = """\
import os, signal, sys
from multiprocessing.process import BaseProcess

start = BaseProcess.start


def start_and_interrupt(self):
    start(self)
    os.kill(os.getpid(), signal.SIGINT)


BaseProcess.start = start_and_interrupt
from sitegen.cli import main

main(sys.argv[1:])
"""
"""The command, with Ctrl-C pressed at the worst of moments: while its workers are being started."""


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    site = SiteTest(tmp_path / "site")
    for n in range(ARTICLES):
        date = f"20{20 + n % 7}-{n % 12 + 1:02}-{n % 28 + 1:02}"
        site.write(f"story-{n}.md", title=f"Title {n}", date=date, tags=[f"tag{n % 5}"])
    return site


class Running:
    """A build in a process group of its own, as a shell starts one."""

    def __init__(self, site: SiteTest, program: list[str], *args: str) -> None:
        command = [sys.executable, *program, "build", "-s", str(site.folder), "--now", NOW, *args]
        self._errors = site.folder / "errors"
        with self._errors.open("wb") as errors:
            self.process = subprocess.Popen(command, stderr=errors, start_new_session=True)

    def until(self, condition: Callable[[], object]) -> bool:
        """Wait for `condition`; False when the process ended first."""
        for _ in _patiently():
            if condition():
                break
            # A millisecond, or less if it ends: to ask without a pause takes a core from the build.
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(0.001)
                return bool(condition())
        return True

    def interrupt(self) -> None:
        """Ctrl-C: every process of the group is told."""
        os.killpg(self.process.pid, signal.SIGINT)

    def workers(self) -> list[int]:
        task = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(child) for child in task.read_text().split()]

    def end(self) -> tuple[int, str]:
        """(exit code, standard error), when neither the build nor its workers are left."""
        code = self.process.wait(timeout=DEADLINE)
        for _ in _patiently():
            if not self.is_left():
                break
        return code, self._errors.read_text()

    def is_left(self) -> bool:
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return False
        return True


def _patiently() -> Iterator[None]:
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        yield
    raise AssertionError("nothing happened in time")


@contextmanager
def running(site: SiteTest, program: list[str], *args: str) -> Iterator[Running]:
    """A build that is not left behind, however a test ends."""
    build = Running(site, program, *args)
    try:
        yield build
    finally:
        if build.is_left():
            os.killpg(build.process.pid, signal.SIGKILL)
        build.process.wait()


def holds_whole(site: SiteTest) -> None:
    """The next build gives a clean build's bytes."""
    site.build().ok()
    assert site.bytes == site.clean_bytes()


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_ctrl_c_while_workers_are_started_ends_the_build(method: str, site: SiteTest) -> None:
    program = ["-c", AT_THE_FIRST_WORKER]
    with running(site, program, "--jobs", "2", "--start-method", method) as build:
        code, errors = build.end()
    assert (code, errors) == (130, "stopped; the next build goes on from here\n")
    holds_whole(site)


MOMENTS: dict[str, Callable[[SiteTest], object]] = {
    "reading": lambda site: (site.folder / ".sitegen/state.db-wal").exists(),
    "rendering": lambda site: (site.folder / ".sitegen/staging").exists(),
    "moving": lambda site: site.public.exists() and any(site.public.iterdir()),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_ctrl_c_reaches_every_process_and_the_build_ends(moment: str, site: SiteTest) -> None:
    with running(site, ["-m", "sitegen"], "--jobs", "2") as build:
        assert build.until(lambda: MOMENTS[moment](site))
        build.interrupt()
        code, errors = build.end()
    assert (code, errors) == (130, "stopped; the next build goes on from here\n")
    holds_whole(site)


def test_a_killed_worker_is_told_without_a_traceback(site: SiteTest) -> None:
    """What Linux does when memory runs out."""
    with running(site, ["-m", "sitegen"], "--jobs", "2") as build:
        assert build.until(build.workers)
        os.kill(build.workers()[0], signal.SIGKILL)
        code, errors = build.end()
    assert code == 1
    assert "Traceback" not in errors
    assert "--jobs" in errors
    assert not site.public.exists()
    holds_whole(site)


def test_a_second_build_waits_for_the_first(site: SiteTest) -> None:
    _, output = locks.lock_files(site.folder / ".sitegen", site.public.resolve())
    lock = FileLock(output)
    with running(site, ["-m", "sitegen"], "--jobs", "2") as build, lock:
        assert build.until((site.folder / ".sitegen/lock").exists)
        assert build.process.poll() is None
        assert not (site.folder / ".sitegen/state.db").exists()
        lock.release()
        assert build.end()[0] == 0
    assert site.bytes == site.clean_bytes()
