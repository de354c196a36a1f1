"""Messages on a terminal and in a pipe: colours only where they can be seen and are wanted."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest

from tests.site_test import SiteTest


def on_a_terminal(*args: str, **environment: str) -> str:
    """What a command prints on a terminal of 80 columns."""
    ours, theirs = pty.openpty()
    unset = {"NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "CI", "GITHUB_ACTIONS"}
    usual = {name: value for name, value in os.environ.items() if name not in unset}
    process = subprocess.Popen(
        [sys.executable, "-m", "sitegen", *args],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**usual, "TERM": "xterm-256color", "COLUMNS": "80", **environment},
    )
    os.close(theirs)
    printed = b""
    while True:
        try:
            some = os.read(ours, 65536)
        except OSError:  # Linux tells so that the other end was closed
            break
        if not some:
            break
        printed += some
    os.close(ours)
    process.wait()
    return printed.decode().replace("\r\n", "\n")


@pytest.fixture
def faulty(site: SiteTest) -> SiteTest:
    return site.write("a.md", '---\ntitle: "عاصفة"\ndate: tomorrow or so\n---\nText.\n')


def test_a_terminal_gets_colours_and_the_line_with_its_mark(faulty: SiteTest) -> None:
    printed = on_a_terminal("check", "-s", str(faulty.folder))
    assert "\x1b[1;31merror: " in printed
    plain = "".join(part.partition("m")[2] or part for part in printed.split("\x1b["))
    assert "3 | date: tomorrow or so\n" in plain
    assert "  |       ^\n" in plain


def test_no_color_is_obeyed(faulty: SiteTest) -> None:
    printed = on_a_terminal("check", "-s", str(faulty.folder), NO_COLOR="1")
    assert "date" in printed
    assert not {"31m", "33m", "36m"} & {code for code in printed.split("\x1b[")}
    assert "\x1b[1;31m" not in printed and "\x1b[31m" not in printed


def test_a_pipe_gets_plain_text(faulty: SiteTest) -> None:
    command = [sys.executable, "-m", "sitegen", "check", "-s", str(faulty.folder)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "\x1b" not in result.stderr and result.stdout == ""
    assert "    3 | date: tomorrow or so\n      |       ^\n" in result.stderr


def test_the_mark_stands_below_its_place_in_wide_and_long_lines(site: SiteTest) -> None:
    wide = "---\ntitle: 新聞\ndate: 2026-11-20\nsummary: S\n---\n見る [x](/nowhere/) " + "長" * 200
    site.write("a.md", wide)
    site.run("check", "-s", str(site.folder), "--now", site.now)
    lines = site.output.splitlines()
    place = next(n for n, line in enumerate(lines) if line.startswith("    6 | "))
    before, mark = lines[place].index("/nowhere/"), lines[place + 1].index("^")
    assert mark == before + 2  # two wide characters stand before it, and each takes two columns
    site.write("a.md", wide.replace("見る", "word " * 60))
    site.run("check", "-s", str(site.folder), "--now", site.now)
    lines = site.output.splitlines()
    place = next(n for n, line in enumerate(lines) if line.startswith("    6 | …"))
    assert lines[place + 1].index("^") == lines[place].index("/nowhere/")
