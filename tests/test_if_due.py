"""`build --if-due`: what a timer may run every few minutes, and what makes it build."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import pytest
from click.testing import CliRunner

import sitegen.due
from sitegen.cli import main
from tests.site_test import NOW, SETTINGS, SiteTest, tree

DUE = "2026-12-01T06:00:00Z"


@pytest.fixture
def waiting(site: SiteTest) -> SiteTest:
    site.write("a.md", title="A").write("soon.md", title="SOON", date=DUE)
    return site.build().ok()


def told(site: SiteTest, *args: str) -> str:
    """What `build --if-due` says, as text."""
    command = ["build", "-s", str(site.folder), "--now", site.now, "--jobs", "1", "--if-due"]
    result = CliRunner().invoke(main, [*command, *args], catch_exceptions=False)
    assert (result.exit_code, result.stdout) == (0, "")
    return result.stderr


def builds(site: SiteTest, *args: str, now: str | None = None) -> bool:
    site.build("--if-due", *args, now=now).ok()
    due: bool = site.report["due"]
    assert due or site.report["rendered"] == 0
    return due


def test_when_nothing_is_due_one_line_says_until_when(waiting: SiteTest) -> None:
    until = "2026-12-01 06:00 GMT (Europe/London; 2026-12-01T06:00:00Z)"
    assert told(waiting) == f"nothing is due until {until}\n"
    assert told(waiting, "-q") == ""
    waiting.remove("soon.md").build().ok()
    line = "nothing is due, and nothing will be until somebody edits something\n"
    assert told(waiting) == line


def test_at_the_instant_the_site_is_built_and_the_reason_told(waiting: SiteTest) -> None:
    assert not builds(waiting, now="2026-12-01T05:59:59Z")
    assert "SOON" not in waiting.page("index.html")
    assert builds(waiting, now=DUE) and "SOON" in waiting.page("index.html")
    assert not builds(waiting, now=DUE)
    waiting.build().ok()
    waiting.now = DUE
    reason = "something was to change at 2026-12-01 06:00 GMT (Europe/London; 2026-12-01T06:00:00Z)"
    assert f"note: a build is due: {reason}\n" in told(waiting)


def test_what_is_reported_is_what_the_last_build_found(waiting: SiteTest) -> None:
    waiting.write("draft.md", status="draft").write("bad.md", title="").build("--keep-going")
    assert waiting.exit_code == 4
    last = waiting.report
    waiting.build("--keep-going", "--if-due").ok()
    kept = ("articles", "pages", "held_back", "left_out", "next_due", "warnings")
    assert {name: waiting.report[name] for name in kept} == {name: last[name] for name in kept}
    numbers = ("rendered", "written", "deleted", "unchanged")
    assert [waiting.report[name] for name in numbers] == [0, 0, 0, last["pages"]]
    assert waiting.report.keys() == last.keys()
    assert (last["due"], waiting.report["due"]) == (True, False)
    assert last["errors"] and waiting.report["ok"] and waiting.errors == []


@pytest.mark.parametrize("path", ["content/a.md", "content/new.md", "static/x.txt", "data/x.toml"])
def test_edits_are_not_looked_for(waiting: SiteTest, path: str) -> None:
    waiting.file(path, "no front matter, no TOML")
    before = tree(waiting.folder / "public")
    assert not builds(waiting) and tree(waiting.folder / "public") == before


CHANGES: dict[str, Callable[[SiteTest], object]] = {
    "the settings": lambda site: site.settings(SETTINGS + "[feeds]\nitems = 5\n"),
    "a template": lambda site: site.file("themes/own/templates/404.html", "Gone."),
    "a stylesheet": lambda site: site.file("themes/own/static/own.css", "p {}"),
    "a text": lambda site: site.file("themes/own/i18n/en.toml", 'archive = "All"\n'),
    "no state": lambda site: (site.folder / ".sitegen/state.db").unlink(),
    "a damaged state": lambda site: site.file(".sitegen/state.db", b"nonsense" * 500),
    "a later build": lambda site: site.build(now="2026-11-25T00:00:00Z").ok(),
    "a build that failed": lambda site: site.write("bad.md", title="").build().remove("bad.md"),
    "a killed build": lambda site: site.write("b.md").crash_after(2),
    "other options": lambda site: site.build("--keep-going").ok(),
    "another address": lambda site: site.build("--base-url", "https://other.example/").ok(),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_makes_it_build(waiting: SiteTest, what: str) -> None:
    assert not builds(waiting)
    CHANGES[what](waiting)
    assert builds(waiting)
    assert not builds(waiting)


def test_a_theme_that_takes_the_place_of_the_one_in_use_makes_it_build(waiting: SiteTest) -> None:
    waiting.file("themes/broadsheet/theme.toml", 'name = "b"\n')
    waiting.build("--if-due")
    assert waiting.exit_code == 1, "this theme has no template at all"


def test_another_engine_makes_it_build(waiting: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitegen.due, "engine_digest", lambda: b"another")
    assert builds(waiting)


def test_an_output_that_was_emptied_makes_it_build(waiting: SiteTest) -> None:
    for path in waiting.bytes:
        (waiting.public / path).unlink()
    assert builds(waiting)
    assert "index.html" in waiting.bytes


def test_a_build_that_fails_fails_each_time(waiting: SiteTest) -> None:
    waiting.write("bad.md", title="").build()
    for _ in range(2):
        assert waiting.build("--if-due").exit_code == 1 and waiting.report["due"]


def test_a_dry_run_is_no_build(waiting: SiteTest) -> None:
    waiting.settings(SETTINGS + "[feeds]\nitems = 5\n").build("--dry-run").ok()
    assert builds(waiting)
    waiting.build("--dry-run").ok()
    assert not builds(waiting)


def test_every_output_has_a_last_build_of_its_own(waiting: SiteTest) -> None:
    assert builds(waiting, "-o", "elsewhere") and builds(waiting, "--preview")
    assert not builds(waiting) and not builds(waiting, "-o", "elsewhere")
    assert not builds(waiting, "--preview") and builds(waiting, "--preview", "--embargoed")


def test_when_nothing_is_due_nothing_heavy_is_loaded(waiting: SiteTest) -> None:
    heavy = ("pydantic", "jinja2", "markdown_it", "yaml", "babel", "rich", "PIL", "filelock")
    script = (
        "import sys; from click.testing import CliRunner; from sitegen.cli import main; "
        f"result = CliRunner().invoke(main, ['build', '-s', {str(waiting.folder)!r}, '--if-due', "
        f"'--now', {NOW!r}, '--format', 'json']); print(result.stdout); "
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    command = [sys.executable, "-c", script]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    report, loaded = result.stdout.split("\n")[0], result.stdout.strip().split("\n")[-1]
    assert json.loads(report)["due"] is False
    assert loaded == "[]"
