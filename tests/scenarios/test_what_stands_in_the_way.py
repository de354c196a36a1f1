"""Missing rights, folders in the place of files, closed streams: told, and nothing is broken."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site_test import NOW, SiteTest

_DROP, _RIGHTS_OF_ROOT = 24, (1, 2, 3)
"""prctl's PR_CAPBSET_DROP; CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER (Linux)."""


def humbly() -> None:
    """In the child: let the rights of files hold for root too, as containers run tests as root."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for right in _RIGHTS_OF_ROOT:
            assert libc.prctl(_DROP, right, 0, 0, 0) == 0


def build(site: SiteTest, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sitegen", "build", "-s", str(site.folder), "--now", NOW]
    return subprocess.run(
        [*command, "--jobs", "1", *args], capture_output=True, text=True, preexec_fn=humbly
    )


WITHOUT_RIGHTS: dict[str, tuple[str, int]] = {
    "an output folder that cannot be written": ("public", 0o500),
    "a state that cannot be written": (".sitegen/state.db", 0o400),
    "a state's folder that cannot be written": (".sitegen", 0o500),
    "an article that cannot be read": ("content/b.md", 0o000),
    "a folder that cannot be read": ("content", 0o000),
    "settings that cannot be read": ("sitegen.toml", 0o000),
}


@pytest.mark.parametrize("case", WITHOUT_RIGHTS)
def test_missing_rights_are_told_and_the_old_site_stays_whole(case: str, site: SiteTest) -> None:
    site.write("a.md").build().ok()
    before = site.bytes
    site.write("b.md")
    path, mode = WITHOUT_RIGHTS[case]
    place = site.folder / path
    usual = place.stat().st_mode
    place.chmod(mode)
    try:
        result = build(site, "--format", "json")
    finally:
        place.chmod(usual)
    assert (result.returncode, result.stderr) == (1, "")
    report = json.loads(result.stdout)
    assert report["ok"] is False
    assert all(error["message"] for error in report["errors"])
    assert site.bytes == before
    site.build().ok()
    assert site.bytes == site.clean_bytes()


def folder_for_state(site: SiteTest) -> None:
    (site.folder / ".sitegen/state.db").unlink()
    (site.folder / ".sitegen/state.db/inside").mkdir(parents=True)


def folder_for_log(site: SiteTest) -> None:
    (site.folder / ".sitegen/state.db-wal").mkdir()


@pytest.mark.parametrize("damage", [folder_for_state, folder_for_log])
def test_a_folder_in_the_place_of_the_state_is_named_and_deleting_it_mends_all(
    damage: Callable[[SiteTest], None], site: SiteTest
) -> None:
    before = site.write("a.md").build().ok().bytes
    damage(site)
    site.write("b.md").build()
    assert site.exit_code == 1
    assert ".sitegen" in site.errors[0]["source"]
    assert site.bytes == before
    shutil.rmtree(site.folder / ".sitegen")
    site.build().ok()
    assert site.bytes == site.clean_bytes()


def test_a_file_in_the_place_of_the_states_folder_is_named(site: SiteTest) -> None:
    site.write("a.md").file(".sitegen", "a file").build()
    assert site.exit_code == 1
    assert site.errors[0]["source"].endswith(".sitegen")
    assert not site.public.exists()


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_closed_stream_stops_no_build(stream: str, site: SiteTest) -> None:
    site.write("a.md")
    number = {"stdout": 1, "stderr": 2}[stream]
    command = [sys.executable, "-m", "sitegen", "build", "-s", str(site.folder), "--now", NOW]
    result = subprocess.run(command, preexec_fn=lambda: os.close(number))
    assert result.returncode == 0
    assert site.bytes == site.clean_bytes()


def test_a_link_in_the_place_of_a_page_is_replaced_and_its_target_left_alone(
    site: SiteTest,
) -> None:
    target = site.folder.parent / "elsewhere.html"
    target.write_text("mine")
    site.public.mkdir()
    (site.public / "index.html").symlink_to(target)
    site.write("a.md").build().ok()
    assert target.read_text() == "mine"
    assert not (site.public / "index.html").is_symlink()


def test_empty_folders_in_the_place_of_a_page_are_no_obstacle(site: SiteTest) -> None:
    (site.public / "404.html" / "empty" / "deep").mkdir(parents=True)
    site.write("a.md").build().ok()
    assert site.bytes == site.clean_bytes()


def test_a_public_folder_that_is_a_file_is_named(site: SiteTest) -> None:
    site.public.write_text("a file")
    site.write("a.md").build()
    assert site.exit_code == 1
    assert site.errors[0]["source"] == str(Path(site.public).resolve())
    assert site.public.read_text() == "a file"
