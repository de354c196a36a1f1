"""Builds with little to do: what they notice, what they say, and what they do not even load."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from sitegen.build import edits
from sitegen.cli import INTERNAL
from sitegen.read import scan
from tests.histories import SAID
from tests.picture_files import photo
from tests.site_test import NOW, SETTINGS, SiteTest

SETTLED = "from sitegen.read import scan; scan.RACY = 0; from sitegen.cli import run; run()"
"""A program that trusts the stats of young files, as if the test had waited."""


@pytest.fixture
def built(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> SiteTest:
    """A site with a bit of everything, built; stats of young files are trusted."""
    monkeypatch.setattr(scan, "RACY", 0)
    site.write("a.md", title="Harbour", body="Old words.", tags=["tide"])
    site.write("b.md", title="Bridge", body="See [the harbour](a.md).", tags=["tide"])
    site.write("soon.md", title="Soon", date="2026-12-24 10:00")
    site.write("politics/_index.md", "---\ntitle: Politics\n---\n")
    site.file("static/map.txt", "here\n").file("data/rates.toml", "ferry = 4\n")
    return site.build().ok()


def said(site: SiteTest) -> dict[str, object]:
    """What the last report says of the site."""
    return {name: site.report[name] for name in SAID}


@contextmanager
def unplanned(*more: str) -> Iterator[None]:
    """Within, the whole site cannot be planned; nor can `more` be called."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("sitegen.build.pipeline.site_at", *more):
            patch.setattr(name, None)
        yield


def test_where_nothing_changed_the_report_says_what_it_said(built: SiteTest) -> None:
    before, files = said(built), built.bytes
    assert before["warnings"] and before["held_back"] and before["next_due"]
    for args in ((), ("--dry-run",)):
        with unplanned():
            built.build(*args).ok()
        assert (said(built), built.rendered, built.bytes) == (before, set(), files)
        assert built.report["unchanged"] == built.report["pages"]


def test_where_nothing_changed_nothing_that_builds_is_loaded(built: SiteTest) -> None:
    command = [sys.executable, "-X", "importtime", "-c", SETTLED, "build"]
    where = ["-s", str(built.folder), "--now", NOW]
    result = subprocess.run([*command, *where], capture_output=True, text=True, check=True)
    loaded = {line.rpartition("|")[2].strip() for line in result.stderr.splitlines()}
    assert "sitegen.build.unchanged" in loaded
    big = {"pydantic", "rich", "jinja2", "markdown_it", "yaml", "babel", "nh3", "PIL"}
    assert loaded & {*big, "importlib.metadata", "multiprocessing", "sitegen.config"} == set()


def test_the_version_loads_no_command() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "sitegen", "--version"]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = {line.rpartition("|")[2].strip() for line in result.stderr.splitlines()}
    ours = {name for name in loaded if name.startswith("sitegen")}
    assert ours == {"sitegen", "sitegen.cli", "sitegen.cli.console", "sitegen.errors"} | (
        {"sitegen.model"} & ours
    )


@pytest.mark.parametrize(
    "path, text, changed",
    [
        ("content/a.md", None, "a.md"),
        ("static/map.txt", "there\n", "map.txt"),
        ("static/new.txt", "new\n", "new.txt"),
        ("sitegen.toml", None, "sitegen.toml"),
        ("data/rates.toml", "ferry = 5\n", ""),
        ("data/more.toml", "tram = 2\n", ""),
        ("content/c.md", "---\ntitle: New\ndate: 2026-11-02\n---\nWords.\n", "c.md"),
    ],
)
def test_what_changed_is_noticed(
    built: SiteTest, path: str, text: str | None, changed: str
) -> None:
    file = built.folder / path
    more = '\n[publisher]\nname = "Another"\n' if path.endswith(".toml") else "\nNew words.\n"
    built.file(path, text if text is not None else file.read_text(encoding="utf-8") + more)
    built.build().ok()
    assert built.bytes == built.clean_bytes()
    assert bool(built.rendered) is bool(changed)


def test_an_edited_text_is_rendered_where_it_is_shown_and_nothing_is_planned(
    built: SiteTest,
) -> None:
    before = said(built)
    fields: dict[str, Any] = {"tags": ["tide"], "summary": "Of the harbour."}
    built.write("a.md", title="Harbour", body="Old words.", **fields).build().ok()
    with unplanned():
        built.write("a.md", title="Harbour", body="New words, and more.", **fields).build().ok()
    assert "2026/11/a/index.html" in built.rendered
    assert not {"2026/11/b/index.html", "index.html"} & built.rendered
    assert built.bytes == built.clean_bytes()
    assert {**said(built), "bytes": 0} == {**before, "bytes": 0}
    assert built.report["bytes"] == built.clean_report["bytes"]
    with unplanned():
        built.write("a.md", title="Harbour wall", body="New words, and more.", **fields).build()
    assert {"2026/11/a/index.html", "index.html", "sitemaps/2026-11.xml"} <= built.ok().rendered
    assert built.bytes == built.clean_bytes()


def test_a_lost_file_of_the_output_is_made_and_a_strange_one_told(built: SiteTest) -> None:
    (built.public / "index.html").unlink()
    (built.public / "2026/11/a/index.html").write_text("Somebody else's.", encoding="utf-8")
    with unplanned():
        assert built.build().ok().rendered == {"index.html", "2026/11/a/index.html"}
    (built.public / "stray.txt").write_text("Somebody else's.", encoding="utf-8")
    built.file("static/robots.txt", "new\n").build().ok()  # which is planned with all
    with unplanned():
        assert built.build().ok().report["not_owned"] == ["stray.txt"]
    assert built.build("--prune").ok().removed == {"stray.txt"}


def test_sources_with_new_times_are_read_and_nothing_is_planned(built: SiteTest) -> None:
    for file in (built.folder / "content").rglob("*.md"):
        os.utime(file, (10**9, 10**9))
    with unplanned("sitegen.site.part.output_at"):
        assert built.build().ok().rendered == set()
    assert built.bytes == built.clean_bytes()


def test_what_another_command_read_meanwhile_is_no_news_to_it_and_is_to_a_build(
    built: SiteTest,
) -> None:
    built.write("a.md", title="Harbour", body="New words.", tags=["tide"])
    built.run("check", "-s", str(built.folder), "--now", NOW)
    built.build("--dry-run").ok()
    assert built.build().ok().rendered
    assert "New words." in built.page("2026/11/a/index.html")


def test_two_outputs_of_one_state_are_both_brought_up_to_date(built: SiteTest) -> None:
    built.build("-o", "other").ok()
    built.write("a.md", title="Harbour", body="New words.", tags=["tide"]).build().ok()
    built.build("-o", "other").ok()
    assert "New words." in (built.folder / "other/2026/11/a/index.html").read_text("utf-8")


def test_a_site_restored_in_another_folder_is_as_it_was(
    built: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    built.file("themes/own/theme.toml", 'extends = "broadsheet"\n')
    built.settings(SETTINGS.replace("[site]", '[site]\ntheme = "own"')).build().ok()
    elsewhere = built.folder.rename(built.folder.parent / "elsewhere")
    monkeypatch.setattr(built, "folder", elsewhere)
    with unplanned():
        assert built.build().ok().rendered == set()
        built.write("a.md", title="Harbour", body="New words.", tags=["tide"])
        assert "2026/11/a/index.html" in built.build().ok().rendered
    assert built.bytes == built.clean_bytes()


def test_one_state_for_two_sites_keeps_their_outputs_apart(site: SiteTest, tmp_path: Path) -> None:
    other, state = SiteTest(tmp_path / "other"), str(tmp_path / "state")
    site.write("a.md", title="Harbour").build("--state", state).ok()
    other.write("b.md", title="Bridge").file("public/2026/11/a/index.html", "the reader's own")
    other.build("--state", state).ok()
    assert other.page("2026/11/a/index.html") == "the reader's own"
    assert site.build("--state", state).ok().bytes == site.clean_bytes()
    where = ("--preview", "--state", state, "-o", str(site.public))
    assert other.build(*where).errors[0]["code"] == "output-folder"


def test_what_comes_due_is_noticed_and_so_is_what_is_taken_back(built: SiteTest) -> None:
    assert "2026/12/soon/index.html" in built.build(now="2026-12-24T12:00:00Z").ok().rendered
    assert built.build(now="2026-12-25T12:00:00Z").ok().rendered == set()
    built.build("--max-removed", "0").ok()
    assert "2026/12/soon/index.html" in built.removed
    assert [w["code"] for w in built.warnings].count("now-earlier") == 1
    built.build().ok()
    assert "now-earlier" not in {w["code"] for w in built.warnings}


def test_strict_heeds_the_warnings_of_the_last_build(built: SiteTest) -> None:
    assert built.build("--strict").exit_code == 1
    assert built.build().ok().exit_code == 0


def test_a_copied_file_that_changed_is_copied_anew(built: SiteTest) -> None:
    built.file("content/media/note.txt", "One.\n")
    built.write("a.md", title="Harbour", body="[A note](/media/note.txt).", tags=["tide"])
    built.build().ok()
    built.file("content/media/note.txt", "Two.\n").build().ok()
    assert built.page("media/note.txt") == "Two.\n"
    assert built.bytes == built.clean_bytes()


def test_many_lost_files_are_planned_with_all_others(
    built: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One by one they took hours: each picture asked for all pages that may show it."""
    monkeypatch.setattr(edits, "MOST", 1)
    for path in ("index.html", "2026/11/a/index.html"):
        (built.public / path).unlink()
    with unplanned():
        assert built.build().exit_code == INTERNAL
    assert built.build().ok().rendered == {"index.html", "2026/11/a/index.html"}
    assert built.bytes == built.clean_bytes()


def test_a_lost_picture_is_planned_with_all_others(built: SiteTest) -> None:
    built.file("content/pier.jpg", photo(800, 600))
    built.write("a.md", title="Harbour", image="pier.jpg", tags=["tide"]).build().ok()
    lost = sorted(built.forms("pier"))[0]
    (built.public / lost).unlink()
    with unplanned():
        assert built.build().exit_code == INTERNAL
    assert built.build().ok().rendered == {lost}


def test_an_edited_text_and_its_twin_are_made_without_the_others(built: SiteTest) -> None:
    built.settings(SETTINGS + '[build]\nprecompress = ["gz"]\n').build().ok()
    with unplanned():
        built.write("b.md", title="Bridge", body="Of [the harbour](a.md).", tags=["tide"]).build()
    assert {"2026/11/b/index.html", "2026/11/b/index.html.gz"} <= built.ok().rendered
    assert built.bytes == built.clean_bytes()


def test_what_is_said_of_a_choice_for_home_ends_with_it(built: SiteTest) -> None:
    """Although home is the same: the choice that ends is of what is not there."""
    built.write("front.toml", 'top = ["nobody.md"]\nuntil = 2026-11-25 12:00:00Z\n').build().ok()
    assert "pick-skipped" in {warning["code"] for warning in built.warnings}
    built.build(now="2026-11-24T12:00:00Z").ok()
    assert "pick-skipped" in {warning["code"] for warning in built.warnings}
    built.build(now="2026-11-26T12:00:00Z").ok()
    assert "pick-skipped" not in {warning["code"] for warning in built.warnings}
