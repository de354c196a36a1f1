"""Templates compiled by one process are there for the next of the same user, and never harm it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site_test import SiteTest

COMPILES = "from jinja2 import Environment\n"
NOTHING = f"{COMPILES}Environment._compile = None\n"
"""To compile anything is a mistake, then."""


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


def build(site: SiteTest, temporary: Path, before: str = COMPILES) -> dict[str, bytes]:
    """Build all of a site in a process of its own; its output."""
    code = f"{before}from sitegen.cli import run\nrun()"
    options = ["build", "-s", str(site.folder), "--clean", "--jobs", "1"]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    done = subprocess.run(
        [sys.executable, "-c", code, *options],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return site.bytes


def kept(temporary: Path) -> list[Path]:
    return [file for file in temporary.rglob("*.cache") if file.name.startswith("sitegen-")]


def test_the_next_process_compiles_nothing(site: SiteTest, temporary: Path) -> None:
    site.write("a.md", title="A")
    first = build(site, temporary)
    assert kept(temporary)
    assert build(site, temporary, NOTHING) == first


def test_nobody_else_can_write_what_is_run(site: SiteTest, temporary: Path) -> None:
    build(site.write("a.md", title="A"), temporary)
    (folder,) = {file.parent for file in kept(temporary)}
    assert folder.stat().st_mode & 0o777 == 0o700 and folder.stat().st_uid == os.getuid()
    assert not [*site.folder.rglob("*.cache")]


def test_what_is_damaged_is_compiled_again(site: SiteTest, temporary: Path) -> None:
    first = build(site.write("a.md", title="A"), temporary)
    for number, file in enumerate(kept(temporary)):
        data = file.read_bytes()
        file.write_bytes((b"", data[: len(data) // 2], b"nonsense", data[:30])[number % 4])
    assert build(site, temporary) == first
    assert build(site, temporary, NOTHING) == first


def test_no_folder_for_it_is_no_hindrance(site: SiteTest, temporary: Path) -> None:
    first = build(site.write("a.md", title="A"), temporary)
    for file in kept(temporary):
        file.unlink()
    (folder,) = temporary.glob("_jinja2-cache-*")
    folder.rmdir()
    folder.write_text("")
    assert build(site, temporary) == first


def test_two_themes_that_name_a_template_alike_keep_their_own(
    site: SiteTest, temporary: Path
) -> None:
    site.write("a.md", title="A")
    plain = build(site, temporary)
    site.file("themes/m/theme.toml", 'name = "m"\nextends = "broadsheet"\n')
    site.file("themes/m/templates/share.html", "<p>Tell others.</p>")
    settings = (site.folder / "sitegen.toml").read_text(encoding="utf-8")
    site.settings(settings.replace("[site]\n", '[site]\ntheme = "m"\n', 1))
    shared = build(site, temporary)
    page = next(path for path in shared if path.endswith("a/index.html"))
    assert b"Tell others." in shared[page]
    site.settings(settings)
    assert build(site, temporary) == plain
