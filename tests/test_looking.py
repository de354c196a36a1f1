"""The output of a large site is looked at in a process of its own, while the site is planned."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import pytest

from sitegen.build import looking
from sitegen.pool import Turn, aside
from tests.site_test import SETTINGS, SiteTest


@pytest.fixture
def meddled(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> SiteTest:
    """A site that is planned whole, and into whose output somebody wrote, as a large one."""
    site.write("kept.md", title="Kept").write("torn.md", title="Torn").write("lost.md")
    site.build().ok()
    (site.public / "2026/11/torn/index.html").write_text("Not ours.")
    (site.public / "2026/11/lost/index.html").unlink()
    (site.public / "theirs.txt").write_text("Not ours either.")
    site.settings(SETTINGS + "\n# As before.\n")
    monkeypatch.setattr(looking, "LARGE", 1)
    return site


def build(site: SiteTest) -> None:
    site.build("--jobs", "2")


def is_mended(site: SiteTest) -> None:
    assert site.ok().report["not_owned"] == ["theirs.txt"]
    assert site.reasons["2026/11/torn/index.html"] == "its file was changed by somebody else"
    assert site.reasons["2026/11/lost/index.html"] == "its file is missing"
    assert "2026/11/kept/index.html" not in site.reasons
    assert site.bytes.pop("theirs.txt") == b"Not ours either."
    assert {k: v for k, v in site.bytes.items() if k != "theirs.txt"} == site.clean_bytes()


def test_it_sees_what_the_build_itself_would(
    meddled: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(looking, "survey", None)  # the other process has one of its own
        meddled.build("--jobs", "2", "--profile")
    is_mended(meddled)
    assert [worker["tasks"] for worker in meddled.report["profile"]["workers"]] == [1]


def test_what_it_saw_may_be_more_than_a_pipe_holds(meddled: SiteTest) -> None:
    names = {f"theirs/{'long' * 40} {number:04}.txt" for number in range(900)}
    (meddled.public / "theirs").mkdir()
    for name in names:
        (meddled.public / name).touch()
    build(meddled)
    assert set(meddled.ok().report["not_owned"]) == {*names, "theirs.txt"}


def killed(where: object, say: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def unable(where: object, say: object) -> tuple[None, Turn]:
    """As where the state is damaged."""
    return None, Turn(1, 0.0, 0.0)


def torn(where: object, say: object) -> None:
    """Killed while it speaks."""
    (ours,) = (out for out in gc.get_objects() if isinstance(out, Connection) and out.writable)
    os.write(ours.fileno(), (1_000_000).to_bytes(4, "big") + b"the beginning")
    killed(where, say)


@pytest.mark.parametrize("look", [killed, torn, unable])
def test_the_build_looks_itself_where_it_cannot(
    look: Callable[..., object], meddled: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "_timed", look)
    build(meddled)
    is_mended(meddled)


def endless(where: object, say: object) -> None:
    signal.pause()


def test_it_ends_with_a_build_that_is_refused(
    meddled: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "_timed", endless)
    meddled.write("bad.md", date="")
    build(meddled)
    assert meddled.exit_code == 1, meddled.output
    assert multiprocessing.active_children() == []
    assert meddled.page("2026/11/torn/index.html") == "Not ours."


def test_it_ends_with_a_build_that_is_interrupted_while_it_starts(
    meddled: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, begun = BaseProcess.start, []

    def interrupted(process: BaseProcess) -> None:
        start(process)
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)  # a test's process has others
        begun.append(process)  # Ctrl-C waits until it is known

    monkeypatch.setattr(looking, "_timed", endless)
    monkeypatch.setattr(BaseProcess, "start", interrupted)
    build(meddled)
    assert meddled.exit_code == 130
    assert begun and multiprocessing.active_children() == []


def test_nothing_is_started_in_vain(meddled: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "Aside", None)
    meddled.build("--jobs", "1")
    is_mended(meddled)
    nothing_there = ["-o", str(meddled.folder / "other"), "--jobs", "2"]
    meddled.build(*nothing_there).ok()
