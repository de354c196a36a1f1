"""The same bytes whatever the workers, start method, hash seed, zone, locale and place."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.picture_files import png, saved, smooth
from tests.site_test import NOW, SiteTest, tree

SETTINGS = """\
[site]
title = "The Test"
base_url = "https://test.example/"
timezone = "Europe/London"
[sections.politics]
[languages.ar]
"""
ARTICLES = 160
"""Enough that reading and rendering are really shared among workers."""

WAYS: dict[str, tuple[list[str], dict[str, str]]] = {
    "four workers": (["--jobs", "4"], {}),
    "spawned workers": (["--jobs", "2", "--start-method", "spawn"], {}),
    "another hash seed": (["--jobs", "2"], {"PYTHONHASHSEED": "1"}),
    "another time zone": (["--jobs", "1"], {"TZ": "Asia/Kolkata", "PYTHONTZPATH": ""}),
    "another locale": (["--jobs", "1"], {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}),
}

ONLY_POSIX = """\
import os, signal, sys
for name in (
    "fork", "getuid", "geteuid", "posix_fadvise", "pread", "sync", "register_at_fork", "killpg",
    "statvfs", "sched_getaffinity", "posix_spawn", "O_NOFOLLOW", "O_DIRECTORY", "fchmod", "chown",
):
    if hasattr(os, name):
        delattr(os, name)
for name in ("pthread_sigmask", "SIGKILL", "SIGHUP", "SIGCHLD", "SIGALRM", "SIGPIPE"):
    if hasattr(signal, name):
        delattr(signal, name)
sys.modules |= dict.fromkeys(("fcntl", "resource", "pwd", "grp", "termios", "tty"))
"""
"""A `sitecustomize` that takes away what Windows does not have."""


def site_of(folder: Path) -> SiteTest:
    site = SiteTest(folder, SETTINGS)
    site.write("media/map.png", png()).write("media/pier.jpg", saved(smooth((700, 500)), "JPEG"))
    image = {"src": "/media/pier.jpg", "alt": "The pier", "focus": "70% 40%"}
    site.write("pictured.md", title="A pier", section="politics", image=image)
    for n in range(ARTICLES):
        site.write(
            f"{'ar/' if n % 4 == 3 else ''}story-{n - n % 4}-{n % 2}.md",
            title=f"Title {n} “quoted”",
            date=f"20{20 + n % 7}-{n % 12 + 1:02}-{n % 28 + 1:02} 0{n % 10}:30",
            section="politics",
            tags=[f"tag {n % 7}", f"tag {n % 5}", "Ünïcode"],
            authors=[f"Author {n % 3}"],
            extra={"b": 1, "a": {"d": 2, "c": [3]}},
            body=f"Text {n}, with a ![map](/media/map.png) and a [link](/story-0-0.md).",
        )
    return site


def built(
    site: SiteTest, output: Path, arguments: list[str], environment: dict[str, str]
) -> dict[str, bytes]:
    command = [sys.executable, "-m", "sitegen", "build", "-s", str(site.folder), "--now", NOW]
    where = ["-o", str(output), "--state", str(output.with_suffix(".state"))]
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "TZ"))}
    subprocess.run(
        [*command, *where, *arguments],
        env={**clean, "PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C", **environment},
        check=True,
        capture_output=True,
    )
    return tree(output)


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> tuple[SiteTest, dict[str, bytes]]:
    folder = tmp_path_factory.mktemp("reference")
    site = site_of(folder / "site")
    return site, built(site, folder / "one", ["--jobs", "1"], {})


@pytest.mark.parametrize("way", WAYS)
def test_the_tree_is_the_same_with(
    way: str, reference: tuple[SiteTest, dict[str, bytes]], tmp_path: Path
) -> None:
    site, expected = reference
    assert len(expected) > ARTICLES
    assert built(site, tmp_path / "other", *WAYS[way]) == expected


def test_the_tree_is_the_same_where_nothing_is_but_what_all_systems_have(
    reference: tuple[SiteTest, dict[str, bytes]], tmp_path: Path
) -> None:
    site, expected = reference
    (tmp_path / "sitecustomize.py").write_text(ONLY_POSIX)
    environment = {"PYTHONPATH": str(tmp_path), "PYTHONWARNINGS": "ignore:only soft file lock"}
    spawned = ["--jobs", "2", "--start-method", "spawn"]
    assert built(site, tmp_path / "other", spawned, environment) == expected


def test_the_tree_is_the_same_from_another_folder(
    reference: tuple[SiteTest, dict[str, bytes]], tmp_path: Path
) -> None:
    site, expected = reference
    elsewhere = tmp_path / "a place with spaces" / "sité"
    shutil.copytree(site.folder, elsewhere)
    assert built(SiteTest(elsewhere, SETTINGS), tmp_path / "other", ["--jobs", "2"], {}) == expected
