"""Imports that run again: what may be changed is, and what a person did stays."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Collection, Mapping
from pathlib import Path

import pytest

from sitegen.cli.importing import NAMES
from sitegen.importers import losses, things
from sitegen.importers.formats import FORMATS
from tests.importing.old_site import OldSite
from tests.importing.test_html_pages import STORY, dated, page
from tests.importing.wxr import export, item
from tests.test_docs import named, tables


@pytest.fixture
def old(tmp_path: Path) -> OldSite:
    return OldSite(tmp_path, "wordpress", "export.xml").write(export(item(1), item(2)))


def path_of(old: OldSite, number: int) -> str:
    (path,) = (path for path in old.files if f"title-{number}" in path)
    return path


def test_an_import_makes_a_site_that_builds(old: OldSite) -> None:
    old.run().ok()
    assert old.became() == {"created": 2}
    assert {"import-report.md", "imported.jsonl"} <= {p.name for p in old.folder.iterdir()}
    assert old.report == old.written_report


def test_a_second_import_of_the_same_changes_nothing(old: OldSite) -> None:
    before = {path: old.text(path) for path in old.run().files}
    ledger = (old.folder / "imported.jsonl").read_bytes()
    assert old.run().became() == {"unchanged": 2}
    assert {path: old.text(path) for path in old.files} == before
    assert (old.folder / "imported.jsonl").read_bytes() == ledger


def test_what_changed_in_the_source_is_updated_and_what_was_edited_is_not(old: OldSite) -> None:
    old.run()
    edited = old.folder / "content" / path_of(old, 2)
    edited.write_text(edited.read_text() + "An editor's words.\n")
    old.write(export(item(1, content="New."), item(2, content="New."), item(3))).run()
    assert old.became() == {"created": 1, "updated": 1, "edited": 1}
    assert old.report["edited"] == [path_of(old, 2)]
    assert old.body(path_of(old, 1)) == "New."
    assert old.body(path_of(old, 2)) == "Text.\nAn editor's words."


def test_what_was_deleted_stays_deleted_and_what_vanished_is_listed(old: OldSite) -> None:
    old.run()
    gone = path_of(old, 2)
    (old.folder / "content" / gone).unlink()
    old.write(export(item(2), item(3))).run()
    assert old.became() == {"created": 1, "deleted": 1}
    assert old.report["deleted"] == [gone]
    assert [entry["path"] for entry in old.report["vanished"]] == [path_of(old, 1)]
    assert gone not in old.files


def test_a_file_of_a_person_is_never_overwritten(old: OldSite) -> None:
    taken = path_of(old.run("--dry-run").run(), 1)
    for path in old.files:
        (old.folder / "content" / path).unlink()
    (old.folder / "imported.jsonl").unlink()
    old.site.write(taken, title="Mine", slug="mine")
    old.run().ok()
    assert 'title: "Mine"' in old.text(taken)
    assert taken.replace(".md", "-2.md") in old.files


def test_a_dry_run_reports_and_writes_nothing(old: OldSite) -> None:
    assert old.run("--dry-run").became() == {"created": 2}
    assert not old.folder.exists() or list(old.folder.iterdir()) == []


def test_a_limit_imports_so_many_and_the_rest_follows_later(old: OldSite) -> None:
    assert old.run("--limit", "1").became() == {"created": 1}
    assert not old.report["complete"]
    assert old.report["vanished"] == []
    assert old.run().became() == {"created": 1, "unchanged": 1}


@pytest.mark.parametrize("steps", range(1, 5))
def test_a_killed_import_is_finished_by_the_next(old: OldSite, steps: int) -> None:
    child = os.fork()
    if child == 0:
        try:
            _kill_at(steps)
            old.run()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    old.run().ok()
    assert sum(old.became().values()) == old.became().get("created", 0) + old.became().get(
        "unchanged", 0
    )
    assert len([path for path in old.files if "title-" in path]) == 2
    assert old.run().became() == {"unchanged": 2}


def _kill_at(steps: int) -> None:
    """From now on, die at one of the moments before and after a file of content/ is written."""
    from sitegen.importers import files, writing

    write, left = files.write_whole, [steps]

    def step() -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(path: Path, lines: list[str]) -> None:
        step()
        write(path, lines)
        step()

    setattr(writing, "write_whole", counted)  # noqa: B010 - mypy holds it for a constant


def test_a_damaged_ledger_is_refused_with_its_line(old: OldSite) -> None:
    old.run()
    with (old.folder / "imported.jsonl").open("a") as ledger:
        ledger.write("{nonsense\n")
    old.site.run("import", "wordpress", str(old.source), "-s", str(old.folder))
    assert old.site.exit_code == 2
    assert "imported.jsonl:4" in old.site.output


def test_settings_that_lack_something_are_never_changed(old: OldSite) -> None:
    old.site.settings('[site]\ntitle = "Mine"\nbase_url = "https://mine.example/"\n')
    before = (old.folder / "sitegen.toml").read_bytes()
    old.run().ok()
    assert (old.folder / "sitegen.toml").read_bytes() == before
    assert old.report["settings_file"] == "yours"
    assert '"/feed/" = "/feed.xml"' in old.report["settings"]


@pytest.fixture
def saved(tmp_path: Path) -> OldSite:
    """Pages of which the first tells nothing of the languages and sections of the second."""
    old = OldSite(tmp_path, "html", "saved")
    for name, language, section in (("a", "en", "City"), ("b", "en", "Sea"), ("c", "fr", "Mer")):
        head = dated() + f'<meta property="article:section" content="{section}">'
        text = page(STORY, head, f"https://old.example/2019/03/{name}/")
        old.put(f"{name}.html", text.replace('lang="en"', f'lang="{language}"'))
    return old


def test_settings_of_an_import_with_a_limit_are_completed_by_the_whole_one(saved: OldSite) -> None:
    saved.run("--limit", "1").ok()
    assert saved.report["settings_file"] == "created"
    assert "languages.fr" not in saved.settings
    saved.run().ok()
    assert saved.report["settings_file"] == "updated"
    assert saved.report["settings"] == ""
    assert "[languages.fr]" in saved.settings
    assert "fr/2019/c.md" in saved.files
    before = saved.settings
    assert saved.run().report["settings_file"] == "unchanged"
    assert saved.settings == before


def test_settings_that_a_person_has_edited_since_are_told_what_they_lack(saved: OldSite) -> None:
    saved.run("--limit", "1").ok()
    edited = saved.settings + "\n# Ours.\n"
    saved.site.settings(edited)
    saved.run()
    assert saved.settings == edited
    assert saved.report["settings_file"] == "yours"
    assert "[languages.fr]" in saved.report["settings"]
    shown = (saved.folder / "import-report.md").read_text(encoding="utf-8")
    assert "1 setting to be added to your sitegen.toml" in shown


def test_a_dry_run_says_what_would_become_of_the_settings(saved: OldSite) -> None:
    saved.run("--limit", "1")
    before = saved.settings
    assert saved.run("--dry-run").report["settings_file"] == "updated"
    assert saved.settings == before


def test_the_time_zone_of_settings_that_nobody_has_edited_may_be_said_later(old: OldSite) -> None:
    old.write(export(item(1, date="2019-07-04 12:00:00", gmt="2019-07-04 11:00:00")))
    old.run().ok()
    assert old.lost("zone")
    assert old.run("--timezone", "Europe/London").ok().became() == {"updated": 1}
    assert "date: 2019-07-04 12:00\n" in old.matter("2019/title-1.md")
    assert old.lost("zone") == []
    old.site.settings(old.settings + "\n# Ours.\n")
    assert old.run("--timezone", "Europe/London").became() == {"unchanged": 1}
    assert old.run("--timezone", "Europe/Paris").site.exit_code == 2
    assert "your sitegen.toml says Europe/London" in old.site.output


def test_settings_of_one_source_are_kept_by_the_next(tmp_path: Path, saved: OldSite) -> None:
    saved.run().ok()
    before = set(saved.settings.splitlines())
    second = tmp_path / "export.xml"
    second.write_text(export(item(1)))
    saved.site.run("import", "wordpress", str(second), "-s", str(saved.folder)).ok()
    assert before <= set(saved.settings.splitlines())
    assert '"/feed/" = "/feed.xml"' in saved.settings


def test_the_command_knows_every_format() -> None:
    assert tuple(FORMATS) == NAMES


def test_every_name_of_the_report_is_documented(old: OldSite) -> None:
    rows = tables("moving.md", "Name")
    documented = {name for row in rows for name in named(row[0])}
    assert old.run().report.keys() == documented
    for name in ("records", "files", "media"):
        (row,) = (row for row in rows if named(row[0]) == [name])
        assert old.report[name].keys() == set(named(row[2]))
    (row,) = (row for row in rows if named(row[0]) == ["unanswered"])
    told = {key for one in old.report["unanswered"] for key in one}
    assert told == set(named(row[2]))


def test_every_kind_of_loss_that_is_told_is_explained() -> None:
    """Kinds are looked up when the report is written: one without an entry would end an import."""
    folder = Path(things.__file__).parent
    text = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    patterns: Mapping[str, Collection[str]] = {
        r'\b(?:lose|_lose|Loss)\("([a-z]+)"': losses.LOSSES,
        r'\bLeft\("([a-z]+)"': losses.LEFT,
        r'\b(?:Unanswered|_unanswered)\("([a-z]+)"': losses.ADDRESSES,
    }
    for pattern, explained in patterns.items():
        found = set(re.findall(pattern, text))
        assert len(found) > 3
        assert found - set(explained) == set()
