"""The preview answers as hosts do: headers, redirects, parts of files, what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.serve.conftest import Serve
from tests.serve.server import BROWSER, Server
from tests.servers.client import Answer
from tests.servers.hosted import ODD, WITHDRAWN, build_for
from tests.site_test import SETTINGS, SiteTest

ARABIC = '[languages.ar]\ntitle = "الاختبار"\n'
SOUND = bytes(range(256)) * 8


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    site = SiteTest(tmp_path_factory.mktemp("answers"))
    site.settings(SETTINGS + ARABIC).write("a.md", title="An article")
    site.write("ar/b.md", title="ب", slug="مرحبا-بكم")
    site.file("static/talk.mp3", SOUND).file("static/odd name+ü.txt", "odd")
    server = Server(site.folder)
    yield server.whole()
    server.kill()


def head(server: Server, path: str) -> bytes:
    """All that is answered to HEAD."""
    return server.raw(
        f"HEAD {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
    )


def test_answers_have_the_headers_of_hosts(server: Server) -> None:
    for path in ("/", "/2026/11/a/", "/feed.xml", "/talk.mp3", "/no/", "/assets/site.css"):
        headers = server.get(path).headers
        assert headers["content-security-policy"].endswith("; frame-ancestors 'self'"), path
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
        allowed = headers.get("access-control-allow-origin")
        assert allowed == ("*" if path == "/feed.xml" else None)


@pytest.mark.parametrize("path", ["/2026/11/a/", "/talk.mp3", "/feed.xml", "/assets/site.css"])
def test_what_a_browser_has_already_is_not_sent_again(server: Server, path: str) -> None:
    first = server.get(path)
    again = server.get(path, If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert server.get(path, If_None_Match='"other"').body == first.body
    for tags in (f'"other", {first.headers["etag"]}', f"W/{first.headers['etag']}", "*"):
        assert server.get(path, If_None_Match=tags).status == 304, tags


def test_a_part_of_a_recording_is_sent_alone(server: Server) -> None:
    part = server.get("/talk.mp3", Range="bytes=100-199")
    assert (part.status, part.body) == (206, SOUND[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(SOUND)}"
    assert part.headers["content-type"] == "audio/mpeg"
    assert server.get("/talk.mp3", Range="bytes=99999-").status == 416
    assert server.get("/talk.mp3").headers["accept-ranges"] == "bytes"


@pytest.mark.parametrize("path", ["/2026/11/a/", "/talk.mp3", "/no/"])
def test_head_has_the_headers_of_get_and_no_body(server: Server, path: str) -> None:
    top, _, body = head(server, path).partition(b"\r\n\r\n")
    whole = server.get(path)
    assert body == b"" and f" {whole.status} ".encode() in top
    assert f"content-length: {len(whole.body)}".encode() in top.lower()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_only_reading_is_allowed(server: Server, method: str) -> None:
    for path in ("/", "/_sitegen/", "/_sitegen/events"):
        request = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        assert server.raw(request.encode()).startswith(b"HTTP/1.1 405 "), path


def test_addresses_lead_where_hosts_lead(server: Server) -> None:
    def leads(path: str) -> tuple[int, str]:
        answer = server.get(path)
        return answer.status, answer.headers.get("location", "")

    arabic = "/ar/2026/11/" + quote("مرحبا-بكم")
    assert leads("/2026/11/a") == (301, "/2026/11/a/")
    assert leads("/ar/2026/11/مرحبا-بكم") == (301, f"{arabic}/")
    assert leads("/2026/11/a?from=mail&x=%20") == (301, "/2026/11/a/?from=mail&x=%20")
    assert leads("//2026/11/a")[0] == 404 and leads("//evil.example/..")[0] == 404
    assert leads("/2026//11/a/")[0] == 404


def test_one_page_has_several_spellings(server: Server) -> None:
    page = server.get("/2026/11/a/")
    assert page.status == 200 and b"An article" in page.body
    for other in ("/2026/11/a/?x=1", "/2026/11/%61/", "/2026/11/a/index.html"):
        assert server.get(other).body == page.body, other
    assert server.get("/ar/2026/11/مرحبا-بكم/").status == 200
    assert server.get("/odd name+ü.txt").body == b"odd"
    assert server.get("/odd%20name%2B%C3%BC.txt").body == b"odd"


def test_what_is_not_there_is_said_in_its_language(server: Server) -> None:
    english, arabic = server.get("/no/such/"), server.get("/ar/no/such/")
    assert english.status == arabic.status == 404
    assert b'lang="en"' in english.body and b'lang="ar"' in arabic.body
    assert server.get("/404.html").body == english.body
    assert server.get("/ar").headers["location"] == "/ar/"
    assert b'lang="en"' in server.get("/arx/").body


def test_browsers_get_a_script_and_programs_do_not(server: Server) -> None:
    plain = server.get("/2026/11/a/").body
    headers = {name.replace("-", "_"): value for name, value in BROWSER.items()}
    page = server.get("/2026/11/a/", **headers)
    assert b"/_sitegen/" in page.body and b"/_sitegen/" not in plain
    assert page.headers["cache-control"] == "no-store" and "etag" not in page.headers
    assert server.get("/2026/11/a/", Accept="text/html", Sec_Fetch_Dest="empty").body == plain
    assert server.get("/talk.mp3", **headers).body == SOUND


@pytest.mark.parametrize("target", ["nginx", "netlify"])
def test_old_addresses_lead_on_as_the_host_leads_them(
    target: str, tmp_path: Path, serve: Serve
) -> None:
    _, public = build_for(target, tmp_path, "/repo")
    site = ("--base-url", "https://gazette.example/repo/")
    server = serve(tmp_path / "site", *site).whole()

    def get(url: str) -> Answer:
        return server.get("/repo" + url)

    moved = "/repo/2026/11/now$1%20%C3%A9/"
    single = [get(old) for old in ("/old/", *ODD)]
    assert {answer.status for answer in single} == {301}
    assert {answer.headers["location"] for answer in single} == {moved}
    assert get("/old").headers["location"] == moved
    assert get("/blog/a b/").headers["location"] == "/repo/harbour/a%20b/"
    assert get("/قديم/x/").headers["location"] == "/repo/about/"
    assert get("/elsewhere/").headers["location"] == "https://other.example/a$b?c=d&e#f"
    assert get("/torn/").status == get("/leaflets/x").status == 410
    assert get(f"/{WITHDRAWN}").status == (410 if target == "nginx" else 200)
    assert get(f"/{WITHDRAWN}").body == (public / WITHDRAWN / "index.html").read_bytes()
    assert get("/no/").body == (public / "404.html").read_bytes()
