"""Nothing but the planned outputs is ever answered, and to nobody but who asks for this machine."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serve.conftest import Serve
from tests.serve.server import Server
from tests.site_test import SETTINGS, SiteTest

SECRET = b"SECRET-OF-THIS-MACHINE"
DRAFT = "WORDS-OF-A-DRAFT"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("refusals")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    site = SiteTest(folder / "site", f'{SETTINGS}[host]\ntarget = "nginx"\n')
    site.write("a.md", title="An article").write("draft.md", status="draft", body=DRAFT)
    site.file("static/seen.txt", "seen").file("static/.hidden.txt", SECRET)
    site.file("data/notes.toml", f'text = "{SECRET.decode()}"\n').file("notes.txt", SECRET)
    (folder / "secret.txt").write_bytes(SECRET)
    server = Server(site.folder)
    yield server.whole()
    server.kill()


def ask(server: Server, path: str | bytes, host: str = "localhost") -> bytes:
    path = path.encode() if isinstance(path, str) else path
    return server.raw(
        b"GET " + path + b" HTTP/1.1\r\nHost: " + host.encode() + b"\r\nConnection: close\r\n\r\n"
    )


def test_no_spelling_of_an_address_leads_out_of_the_site(server: Server, folder: Path) -> None:
    up = ("..", "%2e%2e", ".%2e", "%252e%252e", "..%00", "....//..", "%c0%ae%c0%ae", "..;")
    slashes = ("/", "%2f", "//", "\\", "%5c", "%252f")
    files = ("secret.txt", "site/notes.txt", "notes.txt", "data/notes.toml", "sitegen.toml")
    starts = ("", "/assets", "/2026/11", "/static", "/content", "/_sitegen/files", "/_pictures/ab")
    asked = {
        f"{start}{slash}{slash.join([dots] * deep)}{slash}{file}"
        for start in starts
        for dots in up
        for slash in slashes
        for deep in (1, 2)
        for file in files[:2]
    }
    asked |= {f"{start}/{file}" for start in starts for file in files}
    asked |= {f"{folder}/secret.txt", f"/{folder}/secret.txt", f"file://{folder}/secret.txt"}
    answers = {path: ask(server, path if path.startswith("/") else f"/{path}") for path in asked}
    assert [path for path, answer in answers.items() if SECRET in answer] == []
    found = {answer.split(b" ", 2)[1] for answer in answers.values()}
    assert found <= {b"301", b"307", b"400", b"404"}, found
    assert ask(server, "/seen.txt").endswith(b"seen")


def test_what_no_reader_gets_from_a_host_is_not_there(server: Server) -> None:
    paths: tuple[str, ...] = (
        "/_host/nginx.conf",
        "/.hidden.txt",
        "/.sitegen/state.db",
        "/content/a.md",
        "/a.md",
    )
    paths += ("/static/seen.txt", "/themes/", "/draft.md", "/2026/11/draft/", "/public/", "/.git/")
    for path in paths:
        answer = ask(server, path)
        assert answer.startswith(b"HTTP/1.1 404"), path
        assert DRAFT.encode() not in answer and SECRET not in answer


def test_odd_requests_are_answered_and_do_no_harm(server: Server) -> None:
    paths: tuple[bytes, ...] = (
        b"/\xff\xfe",
        b"/%ff%fe",
        b"/%00",
        b"/a%00b/",
        b"/%0d%0aX:%20y",
        b"/" + b"a" * 60_000,
    )
    paths += (b"/%", b"/%zz", b"/?" + b"x" * 20_000, b"*", b"http://evil.example/", b"/" * 5000)
    paths += (b"/%F0%9F%98%80", b"/%ED%A0%80/", b"/index.html/index.html", b"/a/./b", b"/sitemaps/")
    paths += (b"/_pictures/", b"/_pictures/../x", b"/x.gz", b"/_sitegen/pages/%2e%2e", b"/feeds/")
    for path in paths:
        status = ask(server, path)[:12]
        assert status[:9] == b"HTTP/1.1 " and status[9:10] in b"234", (path[:40], status)
    for junk in (b"\r\n\r\n", b"\x16\x03\x01\x02\x00", b"GET / HTTP/9\r\n\r\n", b"X" * 100_000):
        assert b"HTTP/1.1 200" not in server.raw(junk + b"\r\n\r\n")
    assert server.get("/2026/11/a/").status == 200
    assert not [line for line in server.lines if "Traceback" in line]


@pytest.mark.parametrize("path", ["/", "/2026/11/a/", "/no/", "/_sitegen/", "/_sitegen/events"])
def test_names_of_other_machines_are_refused(server: Server, path: str) -> None:
    """A page elsewhere could give its name this machine's address, and read what it answers."""
    names: tuple[str, ...] = (
        "evil.example",
        "localhost.evil.example",
        "evil.example:80",
        "127.0.0.1.evil.example",
    )
    names += ("127.0.0.2", "[::2]", "0.0.0.0", "a@localhost", "localhost@evil.example", "", "..")
    for name in names:
        answer = ask(server, path, name)
        assert answer.startswith(b"HTTP/1.1 400"), name
        assert b"article" not in answer
    without = server.raw(f"GET {path} HTTP/1.0\r\n\r\n".encode())
    assert without.startswith(b"HTTP/1.1 400")


def test_names_of_this_machine_are_answered(server: Server) -> None:
    for name in ("localhost", "LOCALHOST", "127.0.0.1", "[::1]"):
        for port in ("", f":{server.port}"):
            assert ask(server, "/", name + port).startswith(b"HTTP/1.1 200"), name + port


def test_another_name_is_answered_where_it_was_allowed(site: SiteTest, serve: Serve) -> None:
    server = serve(site.folder, "--allow-host", "desk.example").whole()
    assert ask(server, "/", "desk.example:80").startswith(b"HTTP/1.1 200")
    assert ask(server, "/", "other.example").startswith(b"HTTP/1.1 400")


def test_it_can_listen_at_an_ipv6_address(site: SiteTest, serve: Serve) -> None:
    server = serve(site.folder, "--host", "::1")
    assert server.address == f"http://[::1]:{server.port}/"
    with socket.create_connection(("::1", server.port)) as connection:
        connection.sendall(
            f"GET /robots.txt HTTP/1.0\r\nHost: [::1]:{server.port}\r\n\r\n".encode()
        )
        assert connection.makefile("rb").read().startswith(b"HTTP/1.1 ")
    with pytest.raises(ConnectionRefusedError):
        server.get("/")


def test_links_out_of_the_site_are_not_followed(tmp_path: Path, serve: Serve) -> None:
    (tmp_path / "secret.txt").write_bytes(SECRET)
    (tmp_path / "out").mkdir()
    (tmp_path / "out/b.md").write_text(f"---\ntitle: B\ndate: 2026-11-01\n---\n{SECRET.decode()}")
    (tmp_path / "out/c.txt").write_bytes(SECRET)
    site = SiteTest(tmp_path / "site").write("a.md").file("static/now.txt", "now")
    site.file("static/kept.txt", "kept")
    static = site.folder / "static"
    (static / "link.txt").symlink_to(tmp_path / "secret.txt")
    (static / "out").symlink_to(tmp_path / "out", target_is_directory=True)
    (site.folder / "content/out").symlink_to(tmp_path / "out", target_is_directory=True)
    server = serve(site.folder).whole()

    def nothing_is_told() -> None:
        paths = ("/link.txt", "/out/c.txt", "/2026/11/b/", "/now.txt", "/out/b/", "/out/c.txt")
        assert [path for path in paths if SECRET in server.get(path).body] == []

    nothing_is_told()
    assert server.get("/now.txt").body == b"now"
    # While it serves: a file becomes a link, and a new link comes.
    (static / "now.txt").unlink()
    (static / "now.txt").symlink_to(tmp_path / "secret.txt")
    nothing_is_told()
    (static / "more.txt").symlink_to(tmp_path / "secret.txt")
    (static / "last.txt").write_text("last")
    server.until(lambda told: server.get("/last.txt").status == 200, "/last.txt")
    nothing_is_told()
    assert SECRET not in server.get("/more.txt").body
    assert server.get("/kept.txt").body == b"kept"
