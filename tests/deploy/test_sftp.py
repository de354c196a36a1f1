"""Deploys by SFTP alone: a real sshd on this machine, and the real asyncssh."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from sitegen.deploy import channel
from tests.deploy.sftp_server import Server, free_ports, make_key
from tests.deploy.test_s3 import turn
from tests.site_test import SiteTest, tree

RECORD = "_host/deployed.json"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("sftp"))
    yield server
    server.close()


@pytest.fixture
def server(running: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The server, with a home folder that knows it, and nothing of this machine's own."""
    running.know()
    monkeypatch.setenv("HOME", str(running.home))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    monkeypatch.delenv("SITEGEN_SFTP_PASSWORD", raising=False)
    monkeypatch.setattr(channel, "_PAUSES", (0.0, 0.0))
    return running


@pytest.fixture
def www(tmp_path: Path) -> Path:
    folder = tmp_path / "w w"
    folder.mkdir()
    return folder


def deploy(site: SiteTest, target: str, *args: str) -> SiteTest:
    return site.run("deploy", target, "-s", str(site.folder), "--format", "json", *args)


def there(folder: Path) -> dict[str, bytes]:
    found = tree(folder)
    found.pop(RECORD, None)
    return found


def refused(site: SiteTest, target: str, *args: str) -> tuple[str, str]:
    """The message and the hint of a deploy that fails."""
    deploy(site, target, *args)
    assert site.report, site.output
    (error,) = site.report["errors"]
    assert (site.exit_code, error["code"]) == (1, "deploy-failed")
    return error["message"], error["hint"]


def test_what_changed_is_sent_in_order_and_what_is_gone_is_deleted_last(
    paper: SiteTest, server: Server, www: Path
) -> None:
    """HO-09; and readers can read it, whatever the server's umask."""
    target = server.address(www)
    (www / "2026/11/tide-5").mkdir(parents=True)
    (www / "2026/11/tide-5/theirs.txt").write_text("theirs")
    deploy(paper, target, "--dry-run").ok()
    told = set(paper.report["sent"])
    assert told == paper.bytes.keys() and list(there(www)) == ["2026/11/tide-5/theirs.txt"]
    server.asked(www)
    deploy(paper, target).ok()
    first = server.asked(www)
    assert there(www) == {**paper.bytes, "2026/11/tide-5/theirs.txt": b"theirs"}
    modes = {stat.S_IMODE((www / path).stat().st_mode) for path in paper.bytes}
    folders = {stat.S_IMODE((www / path).stat().st_mode) for path in ("tags", "tags/sea", "_host")}
    assert (modes, folders) == ({0o644}, {0o755}) and not (www / "_host/sending").exists()
    deploy(paper, target).ok()
    assert server.asked(www) == [] == paper.report["sent"] and not paper.report["resumed"]
    paper.remove("tide-5.md").remove("tide-4.md").file("static/pictures/new é.png", b"new")
    paper.write("tide-6.md", title="Six", date="2026-11-06", tags=["sea"]).build().ok()
    changed, removed = paper.changed, paper.removed
    deploy(paper, target).ok()
    assert set(paper.report["sent"]) == changed and set(paper.report["deleted"]) == removed
    second = server.asked(www)
    for asked in (first, second):
        paths = [path for verb, path in asked if verb == "put"]
        assert paths[0] == paths[-1] == RECORD
        turns = [turn(path) for path in paths[1:-1] if not path.startswith("_host/")]
        assert turns == sorted(turns) and set(turns) == {1, 2, 3, 4}
    verbs = [verb for verb, _ in second]
    assert verbs == [*sorted(verbs[:-1]), "put"]
    assert there(www) == {**paper.bytes, "2026/11/tide-5/theirs.txt": b"theirs"}
    assert not (www / "2026/11/tide-4").exists()


def die_at(step: int) -> None:
    """From now on, die (SIGKILL) at the step numbered `step`: a write, a move, or a deletion."""
    left = [step]

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
            return function(*args, **kwargs)

        return call

    client = asyncssh.SFTPClient
    for owner, name in (
        (client, "posix_rename"),
        (client, "remove"),
        (client, "chmod"),
    ):
        setattr(owner, name, counted(getattr(owner, name)))


def killed_at(step: int, site: SiteTest, target: str) -> bool:
    """A deploy in a process of its own that is killed before the step numbered `step`, if any."""
    child = os.fork()
    if child == 0:
        try:
            die_at(step)
            deploy(site, target)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def test_a_deploy_that_is_killed_is_ended_by_the_next_one(
    paper: SiteTest, server: Server, www: Path
) -> None:
    """A real SIGKILL; every file is whole, the next run does the rest, and clears what was left."""
    target = server.address(www)
    deploy(paper, target).ok()
    before, kept = there(www), www.with_name("kept")
    shutil.copytree(www, kept)
    paper.file("static/pictures/tide.png", b"other").remove("tide-5.md").remove("tide-4.md")
    paper.write("tide-6.md", title="Six", date="2026-11-06", tags=["sea"]).build().ok()
    after, changed, removed = paper.bytes, paper.changed, paper.removed
    leftovers = set[str]()
    # The record is two steps, and so is each file, when no new folder has to be made.
    last = 2 * len(changed) + len(removed) + 2
    for step in (0, 3, last // 2, last + 2):
        shutil.rmtree(www)
        shutil.copytree(kept, www)
        assert killed_at(step, paper, target), step
        halfway = there(www)
        parts = {path for path in halfway if path.startswith("_host/sending/")}
        leftovers |= parts
        whole = {path: data for path, data in halfway.items() if path not in parts}
        for path, data in whole.items():
            assert data in (before.get(path), after.get(path)), f"{path} is half there"
        deploy(paper, target).ok()
        assert there(www) == after and not (www / "_host/sending").exists()
        assert set(paper.report["sent"]) == {p for p in changed if whole.get(p) != after[p]}
        assert set(paper.report["deleted"]) == {path for path in removed if path in whole}
    assert leftovers


def test_without_a_record_files_are_compared_and_nothing_of_others_is_deleted(
    paper: SiteTest, server: Server, www: Path
) -> None:
    target = server.address(www)
    deploy(paper, target).ok()
    (www / RECORD).unlink()
    page = www / "index.html"
    page.write_bytes(bytes(reversed(page.read_bytes())))
    paper.remove("tide-5.md").build().ok()
    changed = paper.changed
    deploy(paper, target).ok()
    assert set(paper.report["sent"]) == changed | {"index.html"}
    assert there(www).keys() - paper.bytes.keys() == {"2026/11/tide-5/index.html"}


def test_a_link_there_leads_nowhere(paper: SiteTest, server: Server, www: Path) -> None:
    target, elsewhere = server.address(www), www.with_name("elsewhere")
    elsewhere.mkdir()
    (www / "2026").symlink_to(elsewhere)
    assert "symbolic link" in refused(paper, target)[0] and tree(elsewhere) == {}
    (www / "2026").unlink()
    (elsewhere / "mine").write_text("mine")
    (www / "index.html").symlink_to(elsewhere / "mine")
    deploy(paper, target).ok()
    assert there(www) == paper.bytes and tree(elsewhere) == {"mine": b"mine"}
    (www / "2026/11").rename(elsewhere / "11")
    (www / "2026/11").symlink_to(elsewhere / "11")
    paper.remove("tide-5.md").build().ok()
    assert "symbolic link" in refused(paper, target)[0]
    assert (elsewhere / "11/tide-5/index.html").exists()


def test_a_server_that_cannot_replace_at_once_is_told_of(
    paper: SiteTest, server: Server, www: Path
) -> None:
    target = server.address(www, server.plain)
    for title in ("One", "Two"):
        paper.write("tide-1.md", title=title, date="2026-11-01").build().ok()
        paper.run("deploy", target, "-s", str(paper.folder)).ok()
        assert there(www) == paper.bytes and "missing there for a moment" in paper.output


def test_a_server_that_is_not_known_gets_nothing(
    paper: SiteTest, server: Server, www: Path
) -> None:
    known, target = server.home / ".ssh/known_hosts", server.address(www)
    right = known.read_text()
    known.unlink()
    message, hint = refused(paper, target)
    assert "not known" in message and f"ssh-keyscan -p {server.port} 127.0.0.1 >>" in hint
    other = server.home / "other"
    if not other.exists():
        make_key(other)
    kind, key, *_ = other.with_suffix(".pub").read_text().split()
    known.write_text(f"[127.0.0.1]:{server.port} {kind} {key}\n")
    message, hint = refused(paper, target)
    assert "another key" in message and f"ssh-keygen -R '[127.0.0.1]:{server.port}'" in hint
    config = server.home / ".ssh/config"
    config.write_text("Host *\n  UserKnownHostsFile none\n  StrictHostKeyChecking no\n")
    assert "unchecked" in refused(paper, target)[0]
    known.write_text(right)
    config.write_text("Host *\n  StrictHostKeyChecking no\n")
    deploy(paper, target).ok()
    assert tree(www)


def test_who_may_come_in_is_what_ssh_says(
    paper: SiteTest, server: Server, www: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong key, then the right one by the settings of ssh, then by its agent."""
    right, config = server.home / ".ssh/id_ed25519", server.home / ".ssh/config"
    home = tmp_path / "home"
    shutil.copytree(server.home / ".ssh", home / ".ssh")
    (home / ".ssh/id_ed25519").unlink()
    make_key(home / ".ssh/id_ed25519")
    monkeypatch.setenv("HOME", str(home))
    message, hint = refused(paper, server.address(www))
    assert "no key or password" in message and "SITEGEN_SFTP_PASSWORD" in hint
    config = home / ".ssh/config"
    names = f"HostName 127.0.0.1\n  Port {server.port}\n  IdentityFile {right}\n"
    config.write_text(f"Host paper\n  {names}")
    deploy(paper, f"sftp://paper{www}").ok()
    assert there(www) == paper.bytes
    config.write_text(f"Host paper\n  {names.replace(str(right), str(tmp_path / 'none'))}")
    assert "cannot be used" in refused(paper, f"sftp://paper{www}")[0]
    config.unlink()
    agent = tmp_path / "a"
    with subprocess.Popen(["ssh-agent", "-D", "-a", agent], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdout.readline()
        monkeypatch.setenv("SSH_AUTH_SOCK", str(agent))
        subprocess.run(["ssh-add", "-q", right], check=True, stdin=subprocess.DEVNULL)
        deploy(paper, server.address(www)).ok()
        process.terminate()


def test_what_the_server_refuses_is_told_with_its_remedy(
    paper: SiteTest, server: Server, www: Path
) -> None:
    message, hint = refused(paper, server.address(www, server.reading))
    assert "Permission denied" in message and "right to write" in hint and tree(www) == {}
    assert "No such file" in refused(paper, server.address(www / "none"))[0]
    (www / "file").write_text("file")
    assert "no folder" in refused(paper, server.address(www / "file"))[0]
    (port,) = free_ports(1)
    message, _ = refused(paper, server.address(www, port))
    assert "cannot be reached" in message and "Connect call failed" in message
    assert "cannot be reached" in refused(paper, f"sftp://none.invalid{www}")[0]


@pytest.mark.parametrize(
    "written",
    [
        "sftp://",
        "sftp://host",
        "sftp://host/",
        "sftp://host/a/../b",
        "sftp://host:99999/a",
        "sftp://host/a?b",
        "sftp://user:zzsecret@host/a",
    ],
)
def test_an_address_that_is_none_is_refused(written: str, paper: SiteTest) -> None:
    paper.run("deploy", written, "-s", str(paper.folder))
    assert paper.exit_code == 2 and "[deploy-target]" in paper.output
    assert "zzsecret" not in paper.output


def test_without_asyncssh_it_says_what_to_install(
    paper: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("channel", "login", "sftp"):
        monkeypatch.delitem(sys.modules, f"sitegen.deploy.{name}", raising=False)
    monkeypatch.setitem(sys.modules, "asyncssh", None)
    deploy(paper, "sftp://test.example/www")
    (error,) = paper.report["errors"]
    assert paper.exit_code == 1 and error["code"] == "deploy-tools"
    assert 'pip install "sitegen[sftp]"' in error["hint"]
