"""What a build prints, where, and with which exit code: the contract that CI scripts rely on."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from sitegen.cli import console, main
from sitegen.model import Progress
from tests.commands import BY_NAME
from tests.site_test import NOW, SiteTest


def text_build(site: SiteTest, *args: str) -> tuple[int, str, str]:
    """(exit code, standard output, standard error) of a build that reports as text."""
    base = ["build", "-s", str(site.folder), "--now", NOW, "--jobs", "1"]
    result = CliRunner().invoke(main, [*base, *args])
    return result.exit_code, result.stdout, result.stderr


def test_json_is_one_object_on_standard_output(site: SiteTest) -> None:
    site.write("a.md").write("b.md", status="draft")
    base = ["build", "-s", str(site.folder), "--now", NOW, "--jobs", "1", "--format", "json"]
    result = CliRunner().invoke(main, base)
    report = json.loads(result.stdout)
    assert result.stderr == ""
    assert report["ok"] is True
    assert (report["articles"], report["rendered"], report["written"]) == (1, 28, 28)
    assert report["held_back"] == [{"source": "content/b.md", "until": None, "why": "draft"}]
    assert "reasons" not in report


NUMBERS = {"articles", "pages", "bytes", "rendered", "written", "unchanged", "deleted"}
TEXTS = {"code", "source", "field", "message", "hint"}
"""Fields of a problem; its line is a number."""
FIELDS: dict[str, type | tuple[type, ...]] = {
    "ok": bool,
    "due": bool,
    "dry_run": bool,
    "seconds": float,
    "next_due": (str, type(None)),
    **dict.fromkeys(NUMBERS, int),
    **dict.fromkeys(("changed", "removed", "held_back", "left_out", "not_owned"), list),
    **dict.fromkeys(("errors", "warnings"), list),
}


@pytest.mark.parametrize("args", [[], ["--dry-run"], ["--strict"], ["--keep-going"]])
def test_the_json_report_has_the_documented_fields_and_no_others(
    args: list[str], site: SiteTest
) -> None:
    site.write("a.md", colour="red").write("soon.md", date="2027-01-02").write("b.md", title="")
    site.build(*args)
    assert site.exit_code == (4 if "--keep-going" in args else 1)
    reasons = site.report.pop("reasons")
    assert all(isinstance(reason, str) for pair in reasons.items() for reason in pair)
    assert set(site.report) == set(FIELDS)
    assert [n for n, kind in FIELDS.items() if not isinstance(site.report[n], kind)] == []
    for problem in (*site.errors, *site.warnings):
        assert set(problem) == {*TEXTS, "line", "column"}
        assert {type(problem[name]) for name in TEXTS} == {str}
        assert {type(problem[name]) for name in ("line", "column")} == {int}
    (error,) = (problem for problem in site.errors if problem["source"] == "content/b.md")
    assert error["code"] and error["message"] and error["line"]
    assert site.report["held_back"] == [
        {"source": "content/soon.md", "until": "2027-01-02T00:00:00Z", "why": "scheduled"}
    ]


def test_left_out_articles_are_listed_and_end_with_4(site: SiteTest) -> None:
    code, out, err = text_build(site.write("a.md").write("b.md", title=""), "--keep-going")
    assert (code, out) == (4, "")
    assert "left out: content/b.md" in err
    assert (site.public / "2026/11/a/index.html").is_file()


@pytest.mark.parametrize("name", BY_NAME)
def test_help_says_what_each_option_does(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    for option in BY_NAME[name].params:
        if isinstance(option, click.Option) and not option.hidden:
            assert option.help
            assert [spelling for spelling in option.opts if spelling not in result.output] == []


def test_explain_gives_one_reason_for_each_rendered_page(site: SiteTest) -> None:
    site.write("a.md").build().ok()
    site.write("a.md", title="New").build("--dry-run").ok()
    _, _, err = text_build(site, "--explain", "-q")
    assert err.splitlines() == [f"{path}: {why}" for path, why in sorted(site.reasons.items())]
    assert "2026/11/a/index.html: the text of a.md changed" in err


def test_text_goes_to_standard_error(site: SiteTest) -> None:
    code, out, err = text_build(site.write("a.md").write("b.md", status="draft"))
    assert (code, out) == (0, "")
    assert "1 article, 28 files: rendered 28, wrote 28" in err
    assert "held back: content/b.md (draft: until somebody publishes it)" in err
    assert "wrote: " not in err


def test_verbose_lists_files_and_explain_says_why(site: SiteTest) -> None:
    site.write("a.md")
    _, _, err = text_build(site, "-v", "--explain")
    assert "wrote: 2026/11/a/index.html" in err
    assert "2026/11/a/index.html: it is new" in err


def test_quiet_prints_errors_only(site: SiteTest) -> None:
    site.write("a.md", colour="red")
    assert text_build(site, "-q") == (0, "", "")
    site.write("b.md", title="")
    code, _, err = text_build(site, "-q")
    assert code == 1
    assert "content/b.md" in err
    assert "colour" not in err


def test_a_dry_run_does_nothing_and_says_what_it_would(site: SiteTest) -> None:
    site.write("a.md").build("--dry-run").ok()
    assert not site.public.exists()
    assert site.report["dry_run"] is True
    assert site.report["rendered"] == 28
    site.build().ok()
    site.remove("a.md").build("--dry-run").ok()
    assert "2026/11/a/index.html" in site.report["removed"]
    assert (site.public / "2026/11/a/index.html").is_file()


def test_strict_takes_a_warning_for_an_error(site: SiteTest) -> None:
    site.write("a.md", colour="red").build("--strict")
    assert site.exit_code == 1
    assert not site.public.exists()


def test_a_mistake_of_ours_is_told_as_one(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(now: str | None) -> int:
        raise RuntimeError("impossible")

    monkeypatch.setattr(sys.modules["sitegen.cli.build"], "instant", broken)
    code, _, err = text_build(site.write("a.md"))
    assert code == 3
    assert "mistake in sitegen" in err
    assert "RuntimeError: impossible" in err


@pytest.mark.parametrize("args", [["--nonsense"], ["--jobs", "0"], ["--now", "soon"], ["extra"]])
def test_wrong_use_ends_with_2(args: list[str], site: SiteTest) -> None:
    assert text_build(site.write("a.md"), *args)[0] == 2


def test_at_most_a_thousand_paths_are_listed(site: SiteTest) -> None:
    for n in range(1010):
        site.file(f"static/{n}.txt", "x")
    site.build().ok()
    assert site.report["written"] > 1010
    assert len(site.report["changed"]) == 1000


def test_the_state_is_dropped_with_one_line(site: SiteTest) -> None:
    site.write("a.md").build().ok()
    (site.folder / ".sitegen" / "state.db").write_bytes(b"nonsense" * 500)
    code, _, err = text_build(site)
    assert code == 0
    assert len([line for line in err.splitlines() if "made anew" in line]) == 1


def test_a_terminal_shows_a_bar_with_a_rate(tmp_path: Path) -> None:
    site = SiteTest(tmp_path / "site")
    for n in range(250):
        site.write(f"a{n}.md", title=f"T {n}")
    leader, follower = pty.openpty()
    build = [sys.executable, "-m", "sitegen", "build", "-s", str(site.folder), "--now", NOW]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(build, stderr=follower, env=environment) as process:
        os.close(follower)
        shown = b""
        while chunk := _read(leader):
            shown += chunk
        assert process.wait() == 0
    os.close(leader)
    assert b"reading" in shown
    assert b"rendering" in shown
    assert b"/s" in shown


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # what Linux says when the other end is closed
        return b""


def test_a_log_gets_a_plain_line_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter((0.0, 5.0, 11.0, 12.0, 30.0))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    lines = console._Lines()
    for done in (100, 200, 300, 400):
        lines.show(Progress("reading", done, 1000))
    assert capsys.readouterr().err.splitlines() == [
        "reading: 200 of 1,000",
        "reading: 400 of 1,000",
    ]


def test_a_dry_run_counts_the_bytes_that_there_are(site: SiteTest) -> None:
    assert site.write("a.md", title="A").build("--dry-run").report["bytes"] == 0
    size = sum(map(len, site.build().ok().bytes.values()))
    site.write("a.md", title="Another", body="More words.").build("--dry-run").ok()
    assert site.report["rendered"] and site.report["bytes"] == size
