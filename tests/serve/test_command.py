"""The command line of the preview: where it listens, what it says, how it begins and ends."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from pathlib import Path

import pytest

from sitegen.serve.sockets import listening
from tests.serve.conftest import Serve
from tests.serve.server import Server
from tests.site_test import SETTINGS, SiteTest, article


def shows(server: Server, path: str, words: str) -> None:
    """Wait until a page has these words."""
    server.until(lambda told: words in server.read(path), path)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_with_somebody_looking(site: SiteTest, serve: Serve, how: int) -> None:
    server = serve(site.write("a.md").folder).whole()
    streams = [server.events("/") for _ in range(3)]
    for stream in streams:
        next(stream)
    began = time.monotonic()
    assert server.stop(how) == 0
    assert time.monotonic() - began < 10  # at once; a busy machine is given some time
    assert [list(stream) for stream in streams] == [[], [], []]
    assert server.lines == [f"the site is at {server.address}; Ctrl-C stops it"]


def test_it_ends_while_it_reads_a_large_archive(site: SiteTest, serve: Serve) -> None:
    for number in range(2_000):
        site.write(f"{number}.md", title=f"Story {number}", slug=f"s{number}")
    server = serve(site.folder, "--jobs", "2")
    told = server.until(lambda told: told["progress"] and told["progress"]["done"] > 0)
    assert told["progress"]["total"] == 2_000
    os.killpg(server.process.pid, signal.SIGINT)  # what a terminal does: to all of them
    assert server.stop() == 0
    assert server.lines == [f"the site is at {server.address}; Ctrl-C stops it"]
    assert site.build().ok().report["articles"] == 2_000


def test_a_port_that_is_taken_is_said_and_the_next_is_used(site: SiteTest, serve: Serve) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        server = serve(site.folder, port=port)
        assert port < server.port < port + 20
        assert server.lines[0] == f"port {port} is taken"


def test_without_a_free_port_it_says_what_to_do(site: SiteTest, serve: Serve) -> None:
    with socket.create_server(("127.0.0.1", 65535)):
        server = serve(site.folder, port=65535)
        assert server.process.wait(60) == 2
        assert server.line("error: none of the ports 65535 to 65535 is free")
        assert server.line("name another with --port")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--host", "203.0.113.7"), "cannot listen at 203.0.113.7"),
        (("--host", "no such name"), "cannot listen at no such name"),
        (("--now", "yesterday"), "Invalid value for --now"),
        (("--base-url", "example"), "“example” is no address"),
        (("--allow-host", "a*b"), "Invalid value for '--allow-host'"),
    ],
)
def test_a_wrong_option_ends_it_with_what_is_wrong(
    site: SiteTest, args: tuple[str, ...], words: str
) -> None:
    now = () if "--now" in args else ("--now", site.now)
    site.run("serve", "-s", str(site.folder), "--port", "0", *now, *args)
    assert site.exit_code == 2 and words in site.output, site.output
    assert "Traceback" not in site.output


def test_a_folder_that_is_no_site_is_not_served(site: SiteTest, tmp_path: Path) -> None:
    site.run("serve", "-s", str(tmp_path / "site/.."), "--port", "0")
    assert site.exit_code == 1
    assert "there is no sitegen.toml in this folder" in site.output
    assert "sitegen init DIR" in site.output


def test_settings_that_are_missing_or_broken_are_shown_until_they_are_mended(
    site: SiteTest, serve: Serve
) -> None:
    site.write("a.md", title="An article")
    (site.folder / "sitegen.toml").unlink()
    server = serve(site.folder)
    server.line("error: sitegen.toml: there is no sitegen.toml in this folder")
    told = server.until(lambda told: told["problems"])
    assert "sitegen init DIR" in told["problems"][0]["hint"]
    assert server.get("/").status == 503
    site.settings(SETTINGS + "[listings]\nfrnt = 3\n")
    line = server.line("listings.frnt", after=len(server.lines) - 1)
    assert line.startswith("error: sitegen.toml:10: ")
    site.settings(SETTINGS)
    server.line("no mistakes any more")
    server.whole()
    assert "An article" in server.read("/")


def test_two_servers_of_one_site_live_together(site: SiteTest, serve: Serve) -> None:
    site.write("a.md", title="First")
    servers = [serve(site.folder), serve(site.folder, "--drafts")]
    for server in servers:
        assert "First" in server.whole().read("/2026/11/a/")
    site.write("a.md", title="Second").write("b.md", title="Another")
    for server in servers:
        shows(server, "/2026/11/a/", "Second")
        shows(server, "/", "Another")
    assert servers[0].stop() == 0
    assert "Second" in servers[1].read("/")


def test_it_opens_the_browser_where_it_is_asked_to(
    site: SiteTest, serve: Serve, tmp_path: Path
) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f'#!{sys.executable}\nimport sys\nprint("opened", sys.argv[1])\n')
    browser.chmod(0o755)
    server = serve(site.folder, "--open", environment={"BROWSER": str(browser)})
    assert server.line("opened ").endswith(server.address)


def test_quiet_says_mistakes_only(site: SiteTest, serve: Serve) -> None:
    site.write("a.md", article() + "[x](no.md)")
    server = serve(site.folder, "--quiet")
    assert server.line("error: content/a.md:") == server.lines[0]


def test_everybody_in_the_network_is_served_where_that_is_wanted(
    site: SiteTest, serve: Serve
) -> None:
    server = serve(site.folder, "--host", "0.0.0.0").whole()
    assert server.address.startswith("http://localhost:")
    assert server.get("/", Host=socket.gethostname()).status == 200
    assert server.get("/", Host="evil.example").status == 400


def test_no_answer_waits_for_an_acknowledgement() -> None:
    """asyncio turns Nagle's algorithm off for sockets of TCP by name: it cost 40 ms an answer."""
    with listening("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP
