"""`sitegen init`: a site that builds at once, with what its keepers need."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from sitegen import __version__
from sitegen.desk import start
from sitegen.desk.start import requirement
from tests.desk.terminal import on_a_terminal
from tests.site_test import SiteTest, tree


def init(site: SiteTest, *options: str) -> SiteTest:
    return site.run("init", str(site.folder), *options)


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    """A folder that is not there yet."""
    found = SiteTest(tmp_path / "site")
    (found.folder / "sitegen.toml").unlink()
    found.folder.rmdir()
    return found


def test_a_new_site_builds_without_a_warning(site: SiteTest) -> None:
    init(site).ok()
    site.build("--strict").ok()
    assert site.warnings == []
    assert site.report["articles"] == 2
    assert [held["source"] for held in site.report["held_back"]] == ["content/flood-gates.md"]
    ferry = site.page("2026/11/night-ferry/index.html")
    for block in ("Key points", "Why this matters", "What this means for you", "bicycle"):
        assert block in ferry
    assert "1911, not in 1921" in site.page("corrections/index.html")
    assert "about/index.html" in site.bytes
    for name in ("night-ferry", "market-hall"):
        assert "Northquay" in (site.folder / f"content/{name}.md").read_text()
    assert "invented" in ferry


def test_the_sample_draft_can_be_published(site: SiteTest) -> None:
    init(site).ok()
    site.run("publish", "-s", str(site.folder), "flood-gates.md").ok()
    assert site.build("--strict").ok().report["articles"] == 3


def test_what_options_say_is_in_the_settings(site: SiteTest) -> None:
    title = 'The "Harbour" #1 \\ Courier'
    options = ["--title", title, "--language", "ar", "--timezone", "Asia/Riyadh"]
    init(site, *options, "--theme", "nightdesk", "--base-url", "https://a.example/b").ok()
    settings = tomllib.loads((site.folder / "sitegen.toml").read_text())["site"]
    assert settings == {
        "title": title,
        "language": "ar",
        "timezone": "Asia/Riyadh",
        "theme": "nightdesk",
        "base_url": "https://a.example/b/",
    }
    assert 'dir="rtl"' in site.build().ok().page("index.html")


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--language", "English", "no language code"),
        ("--timezone", "London", "did you mean Europe/London?"),
        ("--theme", "broadshet", "did you mean “broadsheet”?"),
        ("--theme", "my theme", "letters, digits"),
        ("--base-url", "example.org", "whole address"),
        ("--title", " ", "must not be empty"),
    ],
)
def test_an_answer_that_is_none_is_told_and_nothing_is_made(
    site: SiteTest, option: str, value: str, words: str
) -> None:
    assert init(site, option, value).exit_code == 2
    assert words in site.output
    assert not site.folder.exists()


def test_a_folder_with_something_in_it_is_left_alone(site: SiteTest) -> None:
    site.file("letter.txt", "Dear reader")
    assert init(site).exit_code == 2
    assert "is not empty [folder-not-empty]" in site.output
    assert tree(site.folder) == {"letter.txt": b"Dear reader"}
    assert site.run("init", str(site.folder / "letter.txt")).exit_code == 2


def test_a_new_repository_of_git_counts_as_empty(site: SiteTest) -> None:
    site.file(".git/HEAD", "ref: refs/heads/main\n")
    init(site).ok()
    assert (site.folder / "sitegen.toml").is_file()


def test_on_a_terminal_it_asks_and_asks_again_where_an_answer_is_none(site: SiteTest) -> None:
    answers = ["The Courier", "german", "de", "Berlin", "Europe/Berlin", "nightdesk"]
    code, screen = on_a_terminal(["init", str(site.folder)], answers)
    assert code == 0, screen
    assert "did you mean Europe/Berlin?" in screen
    settings = tomllib.loads((site.folder / "sitegen.toml").read_text())["site"]
    assert [settings[name] for name in ("title", "language", "timezone", "theme")] == [
        "The Courier",
        "de",
        "Europe/Berlin",
        "nightdesk",
    ]
    site.build().ok()


def test_with_yes_or_without_a_terminal_nothing_is_asked(site: SiteTest) -> None:
    code, screen = on_a_terminal(["init", "--yes", str(site.folder), "--language", "cy"], [])
    assert code == 0, screen
    settings = tomllib.loads((site.folder / "sitegen.toml").read_text())["site"]
    assert (settings["title"], settings["language"], settings["timezone"]) == ("Site", "cy", "UTC")


def test_the_files_for_github_and_for_editors_are_what_they_read(site: SiteTest) -> None:
    init(site).ok()
    workflow = yaml.safe_load((site.folder / ".github/workflows/site.yml").read_text())
    commands = {
        name: [step["run"] for step in job["steps"] if "run" in step]
        for name, job in workflow["jobs"].items()
    }
    assert all(run[0] == "pip install -r requirements.txt" for run in commands.values())
    assert commands["check"][-1] == "sitegen check --format github"
    assert commands["publish"][-1] == "sitegen build"
    cached = next(
        s["with"]["path"] for s in workflow["jobs"]["publish"]["steps"] if "cache" in str(s)
    )
    assert cached.split() == [".sitegen", "public"]
    assert (
        json.loads((site.folder / ".vscode/settings.json").read_text())["files.encoding"] == "utf8"
    )
    ignored = (site.folder / ".gitignore").read_text().splitlines()
    assert {"/public/", "/preview/", "/.sitegen/"} <= set(ignored)


def test_the_site_asks_for_the_sitegen_that_made_it(site: SiteTest) -> None:
    init(site).ok()
    required = (site.folder / "requirements.txt").read_text().splitlines()[-1]
    assert required == f"./sitegen-{__version__}-py3-none-any.whl"  # tests run from a checkout
    assert requirement(None) == f"sitegen == {__version__}"
    repository = {"url": "https://a.example/b.git", "vcs_info": {"vcs": "git", "commit_id": "1f"}}
    assert requirement(json.dumps(repository)) == "sitegen @ git+https://a.example/b.git@1f"
    file = "https://a.example/sitegen-1.whl"
    assert requirement(json.dumps({"url": file, "archive_info": {}})) == f"sitegen @ {file}"
    here = {"url": "file:///home/ann/sitegen", "dir_info": {"editable": True}}
    assert requirement(json.dumps(here)) == required


def test_the_file_that_sitegen_was_installed_from_comes_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = tmp_path / "down loads" / "sitegen-7.0-py3-none-any.whl"
    wheel.parent.mkdir()
    wheel.write_bytes(b"a wheel")
    origin = json.dumps({"url": wheel.as_uri(), "archive_info": {}})
    monkeypatch.setattr(start, "_origin", lambda: origin)
    answers = start.Answers("The Courier")
    made = start.new_site(tmp_path / "one", answers, datetime(2026, 11, 20, tzinfo=UTC))
    copy = tmp_path / "one" / wheel.name
    assert copy in made
    assert copy.read_bytes() == b"a wheel"
    required = (tmp_path / "one" / "requirements.txt").read_text().splitlines()[-1]
    assert required == f"./{wheel.name}"
    wheel.unlink()
    gone = start.new_site(tmp_path / "two", answers, datetime(2026, 11, 20, tzinfo=UTC))
    assert not [file for file in gone if file.suffix == ".whl"]
