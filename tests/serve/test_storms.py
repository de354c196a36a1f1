"""Many files at once, many saves one after the other, builds and surveys at the same time."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from sitegen.serving import for_hosts
from tests.histories import History
from tests.serve.conftest import Serve
from tests.serve.looking import Look
from tests.serve.server import PATIENCE, Server
from tests.site_test import NOW, SiteTest, article, tree

STORM = "/2026/11/storm/"
FILES = 500
"""Of a branch: as many others take their place, so that 1,000 change."""


def address_of(path: str) -> str:
    """Where a browser finds an output file."""
    return "/" + path.removesuffix("index.html")


def differences(server: Server, planned: dict[str, bytes], paths: list[str]) -> list[str]:
    """Those of some planned paths at which something else is served."""
    return [path for path in paths if server.get(address_of(path)).body != planned[path]]


def test_of_200_rapid_saves_the_last_is_shown(site: SiteTest, serve: Serve) -> None:
    site.write("storm.md", title="The storm").build().ok()
    server = serve(site.folder).whole()
    storm = Look(server, STORM)
    for number in range(200):
        text = article(title=f"Save {number:03}", body=f"It is the {number}th.")
        if number % 2:
            site.write("storm.md", text)
        else:
            beside = site.folder / "content/.storm.md.tmp"
            beside.write_text(text)
            beside.replace(site.folder / "content/storm.md")
    page = storm.shows("Save 199", "It is the 199th.")
    assert "Save 198" not in page
    Look(server).shows("Save 199", but="Save 198")


def test_files_of_static_that_come_and_go_do_not_end_the_server(
    site: SiteTest, serve: Serve
) -> None:
    site.write("storm.md", title="The storm").file("static/a.txt", "0").build().ok()
    server = serve(site.folder).whole()
    for number in range(300):
        beside = site.folder / f"static/a-{number}.tmp"
        beside.write_text(str(number))
        beside.replace(site.folder / "static/a.txt")
    site.write("storm.md", title="Over")
    Look(server, STORM).shows("<h1>Over</h1>")
    assert server.get("/a.txt").body == b"299"


def _git(folder: Path, *args: str) -> None:
    who = ("-c", "user.name=Test", "-c", "user.email=test@test.example")
    still = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", *who, "-c", "commit.gpgsign=false", *args]
    subprocess.run(command, cwd=folder, env=still, check=True, capture_output=True)


@pytest.fixture
def branches(site: SiteTest) -> SiteTest:
    """A site in a repository: on the branch `main`, and on `other` with others."""
    site.write("storm.md", title="On main")
    for number in range(FILES):
        site.write(f"a{number % 10}/n{number}.md", title=f"Main {number}", date="2026-10-02")
    _git(site.folder, "init", "-q", "-b", "main")
    site.file(".gitignore", ".sitegen\npublic\n")
    _git(site.folder, "add", "-A")
    _git(site.folder, "commit", "-q", "-m", "main")
    _git(site.folder, "checkout", "-q", "-b", "other")
    site.write("storm.md", title="On other")
    for number in range(FILES):
        site.remove(f"a{number % 10}/n{number}.md")
        site.write(f"b{number % 10}/n{number}.md", title=f"Other {number}", date="2026-10-02")
    _git(site.folder, "add", "-A")
    _git(site.folder, "commit", "-q", "-m", "other")
    _git(site.folder, "checkout", "-q", "main")
    return site


def test_another_branch_is_one_reload(branches: SiteTest, serve: Serve, browser: Browser) -> None:
    server = serve(branches.folder).whole()
    home, storm = Look(server), Look(server, STORM)
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(server.address + STORM.lstrip("/"))
        loads: list[object] = []
        page.on("load", lambda page: loads.append(page))
        _git(branches.folder, "checkout", "-q", "other")
        page.wait_for_function("() => document.body.innerText.includes('On other')")
        home.shows("Other 99", but="Main 99")
        # The next edit is the next reload: nothing came between.
        branches.write("storm.md", title="By hand")
        page.wait_for_function("() => document.body.innerText.includes('By hand')")
        assert len(loads) == 2
    assert len(storm.seen) == 3
    assert len(home.seen) <= 3
    planned = branches.clean_bytes()
    paths = [p for p in planned if p.endswith(".html") or p.startswith("sitemap")]
    assert differences(server, planned, paths[:: len(paths) // 40]) == []


def test_a_build_at_the_moment_of_a_checkout_hides_nothing(
    branches: SiteTest, serve: Serve
) -> None:
    """It stores what it read before the preview's own survey looks for what is new."""
    server = serve(branches.folder).whole()
    storm = Look(server, STORM)
    for branch, title in (("other", "On other"), ("main", "On main")):
        _git(branches.folder, "checkout", "-q", branch)
        command = ("build", "-q", "-s", str(branches.folder), "--now", NOW, "--max-removed", "0")
        done = subprocess.run(
            [sys.executable, "-m", "sitegen", *command], capture_output=True, timeout=PATIENCE
        )
        assert done.returncode == 0, done.stderr
        storm.shows(f"<h1>{title}</h1>")
        Look(server).shows(f"{title.removeprefix('On ').title()} 99")
    # Nothing of what the other does is lost to either.
    built, planned = branches.build("--max-removed", "0").ok().bytes, branches.clean_bytes()
    assert built == planned
    paths = [path for path in planned if path.endswith(".html")]
    assert differences(server, planned, paths[:: len(paths) // 20]) == []


def test_saves_while_the_whole_is_looked_through_are_shown(
    branches: SiteTest, serve: Serve
) -> None:
    server = serve(branches.folder).whole()
    storm = Look(server, STORM)
    for number, branch in enumerate(("other", "main", "other")):
        _git(branches.folder, "checkout", "-q", "-f", branch)
        for time in range(5):
            branches.write("storm.md", title=f"Saved {number}.{time}")
            storm.shows(f"<h1>Saved {number}.{time}</h1>")
    Look(server).shows("Other 99", "Saved 2.4", but="Main 99")


def test_a_state_that_is_lost_or_damaged_meanwhile_ends_nothing(
    site: SiteTest, serve: Serve
) -> None:
    site.write("storm.md", title="The storm").write("calm.md", title="The calm").build().ok()
    server = serve(site.folder).whole()
    storm, calm = Look(server, STORM), Look(server, "/2026/11/calm/")
    state = site.folder / ".sitegen/state.db"
    for number in range(3):
        if number % 2:
            state.write_bytes(b"damaged" * 1000)
        else:
            for file in site.folder.glob(".sitegen/state.db*"):
                file.unlink()
        site.write("storm.md", title=f"Saved {number}")
        storm.shows(f"<h1>Saved {number}</h1>")
        site.write("calm.md", title=f"Calm {number}")
        calm.shows(f"<h1>Calm {number}</h1>")
    assert server.process.poll() is None


class _Served(History):
    """A history without builds: what a server has to see."""

    @property
    def steps(self) -> list[str]:
        """Edits of every kind but those of builds' outputs and of the state."""
        none = ("output", "state", "gallery", "read_only", "clock", "undo")
        edits = (edit.__name__ for edit in self._edits)
        return [name for name in edits if not any(word in name for word in none)]

    def step(self) -> None:
        name = self.random.choice(self.steps)
        self.log.append(name)
        getattr(self, name)()

    def mended(self) -> dict[str, bytes]:
        """What a clean build gives, once all files are deleted that it finds mistakes in.

        A build leaves such articles out; the preview shows them for their author to mend.
        """
        elsewhere = self.site.folder.parent / f"clean-{len(self.log)}"
        where = ["-o", str(elsewhere / "public"), "--state", str(elsewhere / "state")]
        while self.site.build("--max-removed", "0", *where).exit_code:
            for source in {error["source"] for error in self.site.errors}:
                self.log.append(f"delete {source}")
                (self.site.folder / source).unlink()
        return tree(elsewhere / "public")


@pytest.mark.parametrize("seed", range(3))
def test_after_any_edits_what_is_served_is_what_a_clean_build_writes(
    seed: int, tmp_path: Path, serve: Serve
) -> None:
    history = _Served(tmp_path, seed)
    history.mended()
    server = serve(history.site.folder).whole()
    home = Look(server)
    differing: list[str] = []
    for _ in range(6):
        for _ in range(history.random.randint(1, 2)):
            history.step()
        planned = history.mended()
        readable = sorted(path for path in planned if not for_hosts(path))
        paths = history.random.sample(readable, min(25, len(readable)))

        def is_same(planned: dict[str, bytes] = planned, paths: list[str] = paths) -> bool:
            differing[:] = differences(server, planned, paths)
            return not differing

        with suppress(AssertionError):
            home.until_so(is_same)
        assert differing == [], (seed, history.log, server.lines)
