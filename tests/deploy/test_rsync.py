"""Deploys by the real program rsync: to a daemon of its own, and as over ssh."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.deploy import rsync as module
from sitegen.deploy.target import Access, target_at
from sitegen.folders import Folders
from tests.programs import find
from tests.site_test import SiteTest, tree

RECORD = "_host/deployed.json"
RSYNC = find("rsync")


def script(file: Path, text: str) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    return file


@pytest.fixture
def www(tmp_path: Path) -> Path:
    folder = tmp_path / "w w w"
    folder.mkdir()
    return folder


@pytest.fixture
def daemon(www: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A daemon that rsync talks to over a pipe: the protocol of rsync://, without a port."""
    settings = tmp_path / "rsyncd.conf"
    who = f"uid = {os.getuid()}\ngid = {os.getgid()}"
    settings.write_text(f"use chroot = no\n{who}\n[news]\npath = {www}\nread only = no\n")
    program = f"{RSYNC} --config={settings} --daemon"
    monkeypatch.setenv("RSYNC_CONNECT_PROG", program)
    return "rsync://test.example/news"


@pytest.fixture
def ssh(www: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What stands in for ssh: it runs the command here, as a login would run it there."""
    here = f'while [ "$1" != rsync ]; do shift; done; shift; exec {RSYNC} "$@"'
    remote = script(tmp_path / "bin/remote", here)
    monkeypatch.setenv("RSYNC_RSH", str(remote))
    return f"courier@test.example:{www}"


@pytest.fixture(params=["daemon", "ssh"])
def target(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


def deploy(site: SiteTest, target: str, *args: str) -> SiteTest:
    return site.run("deploy", target, "-s", str(site.folder), "--format", "json", *args)


def there(folder: Path) -> dict[str, bytes]:
    found = tree(folder)
    found.pop(RECORD, None)
    return found


def test_rsync_is_here() -> None:
    """`make test` installs it; without it these tests would prove nothing."""
    assert RSYNC, "python -m tests.programs installs it"


def test_what_changed_is_sent_and_what_is_gone_is_deleted(
    paper: SiteTest, www: Path, target: str
) -> None:
    """HO-09"""
    (www / "2026/11/tide-5").mkdir(parents=True)
    (www / "2026/11/tide-5/theirs.txt").write_text("theirs")
    deploy(paper, target).ok()
    assert len(paper.report["sent"]) == len(paper.bytes)
    paper.remove("tide-5.md").remove("tide-4.md").file("static/pictures/new é.png", b"new")
    paper.write("tide-é.md", title="Six", date="2026-11-06", tags=["sea"]).build().ok()
    changed, removed = paper.changed, paper.removed
    before = {path: (www / path).stat().st_mtime_ns for path in tree(www)}
    deploy(paper, target).ok()
    after = {path: (www / path).stat().st_mtime_ns for path in tree(www)}
    assert set(paper.report["sent"]) == changed and set(paper.report["deleted"]) == removed
    touched = {path for path, time in after.items() if before.get(path) != time}
    assert touched == changed | {RECORD}
    found = there(www)
    assert found.pop("2026/11/tide-5/theirs.txt") == b"theirs"
    assert found == paper.bytes and not (www / "2026/11/tide-4").exists()
    deploy(paper, target).ok()
    assert paper.report["sent"] == []


def test_the_order_is_that_of_the_turns(
    paper: SiteTest, www: Path, ssh: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HO-09: each turn is a run of rsync; its list says what it sends."""
    lists = tmp_path / "lists"
    copy = f'tr "\\0" "\\n" < "${{a#*=}}" >> {lists}'
    spy = f'for a; do case "$a" in --files-from=*) {copy};; esac; done'
    script(tmp_path / "path/rsync", f'{spy}\nexec {RSYNC} "$@"')
    monkeypatch.setenv("PATH", f"{tmp_path / 'path'}:{os.environ['PATH']}")
    deploy(paper, ssh).ok()
    paper.remove("tide-5.md").build().ok()
    lists.unlink()
    paper.write("tide-6.md", title="Six", date="2026-11-06").file("static/n.png", b"n").build().ok()
    deploy(paper, ssh).ok()
    told = lists.read_text().splitlines()
    assert told[0] == told[-1] == RECORD
    place = told.index
    article, gone = "2026/11/tide-6/index.html", "2026/11/tide-5/index.html"
    assert place("n.png") < place(article) < place("archive/index.html") < place("index.html")
    assert place("index.html") < place(gone) and place("feed.xml") < place(gone)


@pytest.mark.parametrize("run", range(2, 8))
def test_a_deploy_that_is_killed_is_ended_by_the_next_one(
    run: int,
    paper: SiteTest,
    www: Path,
    ssh: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A real SIGKILL, just before the given run of rsync."""
    deploy(paper, ssh).ok()
    before = there(www)
    paper.file("static/pictures/tide.png", b"other").remove("tide-5.md")
    paper.write("tide-6.md", title="Six", date="2026-11-06", tags=["sea"]).build().ok()
    after, changed = paper.bytes, paper.changed
    count = tmp_path / "count"
    killer = f'echo >> {count}\n[ "$(wc -l < {count})" -eq {run} ] && kill -9 $PPID && exit'
    script(tmp_path / "path/rsync", f'{killer}\nexec {RSYNC} "$@"')
    path = f"{tmp_path / 'path'}:{os.environ['PATH']}"
    command = [sys.executable, "-m", "sitegen", "deploy", ssh, "-q", "-s", str(paper.folder)]
    child = subprocess.run(command, env={**os.environ, "PATH": path}, check=False)
    assert child.returncode == -9
    done = {path for path in changed if there(www).get(path) == after[path]}
    for path, data in there(www).items():
        assert data in (before.get(path), after.get(path)), f"{path} is half there"
    deploy(paper, ssh).ok()
    assert there(www) == after
    assert set(paper.report["sent"]) == changed - done


def test_a_connection_that_fails_is_tried_again(
    paper: SiteTest, www: Path, ssh: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PAUSES", (0.0, 0.0))
    count, remote = tmp_path / "count", os.environ["RSYNC_RSH"]
    flaky = f'echo >> {count}\n[ "$(wc -l < {count})" -lt 3 ] && exit 255\nexec {remote} "$@"'
    monkeypatch.setenv("RSYNC_RSH", str(script(tmp_path / "bin/flaky", flaky)))
    deploy(paper, ssh).ok()
    assert there(www) == paper.bytes
    dead = script(tmp_path / "bin/dead", f"echo >> {count}; echo no route to host >&2; exit 255")
    monkeypatch.setenv("RSYNC_RSH", str(dead))
    count.write_text("")
    deploy(paper, ssh)
    (error,) = paper.report["errors"]
    assert paper.exit_code == 1 and error["code"] == "deploy-failed"
    assert "no route to host" in error["message"] and count.read_text() == "\n" * 3


@pytest.mark.parametrize(
    "written, other",
    [
        ("user@host:/srv/www", True),
        ("u@h:www", True),
        ("host:www", True),
        ("rsync://host/module", True),
        ("C:\\www", False),
        ("www/a:b", False),
        ("./host:www", False),
    ],
)
def test_what_names_another_machine_is_told_from_a_folder(
    written: str, other: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folders = Folders(tmp_path / "s", tmp_path / "s/public", tmp_path / "s/.sitegen")
    assert isinstance(target_at(written, Access(), folders, print), module.Rsync) is other


def test_a_target_that_is_not_there_is_told(paper: SiteTest, ssh: str) -> None:
    deploy(paper, f"{ssh}/none")
    (error,) = paper.report["errors"]
    assert paper.exit_code == 1 and error["code"] == "deploy-failed"
    assert "No such file" in error["message"]


def test_without_rsync_it_says_what_to_install(
    paper: SiteTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    deploy(paper, "courier@test.example:/srv/www")
    assert paper.report["errors"][0]["code"] == "deploy-tools" and paper.exit_code == 1
