"""The golden site on a real nginx, with what sitegen wrote for it: at `/` and at `/repo/`."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest

from sitegen import serving, urls
from tests.servers.hosted import ODD, WITHDRAWN, Hosted, build_for
from tests.servers.running import nginx
from tests.site_test import tree


@pytest.fixture(scope="module", params=["", "/repo"], ids=["at the top", "in a folder"])
def hosted(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Hosted]:
    folder: Path = tmp_path_factory.mktemp("nginx")
    root, public = build_for("nginx", folder, request.param)
    with nginx(root, public, folder / "run") as client:
        yield Hosted(client, public, request.param)


class _Links(HTMLParser):
    """The addresses in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and name in ("href", "src", "data-src", "data-headlines"):
                self.found.append(value)


def in_json(value: object) -> Iterator[str]:
    """The addresses in what a script reads."""
    pairs = value.items() if isinstance(value, dict) else ()
    yield from (v for k, v in pairs if k in ("url", "src", "start_url") and isinstance(v, str))
    for inner in (v for _, v in pairs) if pairs else value if isinstance(value, list) else ():
        yield from in_json(inner)


def test_every_internal_link_is_answered_at_once(hosted: Hosted) -> None:
    """HO-02 and HO-03: nothing leads out of the site's folder, over a redirect, or nowhere."""
    origin, start = "https://gazette.example", f"{hosted.base}/"
    waiting, seen, broken = [start, f"{start}404.html", f"{start}headlines.json"], set[str](), []
    while waiting:
        url = waiting.pop()
        if url in seen:
            continue
        seen.add(url)
        answer = hosted.client.get(url)
        if answer.status != 200:
            broken.append((url, answer.status))
        links: list[str] = []
        if answer.type == "text/html":
            page = _Links()
            page.feed(answer.body.decode())
            links = page.found
        elif answer.type.endswith("json"):
            links = list(in_json(json.loads(answer.body)))
        for link in links:
            whole = urldefrag(urljoin(origin + url, link)).url
            if whole.startswith(f"{origin}/"):
                assert whole.startswith(f"{origin}{start}"), (url, link)
                waiting.append(whole.removeprefix(origin))
    assert broken == [] and len(seen) > 50


def test_every_file_is_served_with_its_type_and_its_bytes(hosted: Hosted) -> None:
    """FD-19 and HO-06, of every output."""
    for path, data in tree(hosted.public).items():
        if path.startswith("_host/"):
            continue
        answer = hosted.get(urls.url_of(path))
        assert answer.body == data, path
        kind, _, charset = serving.media_type(path).partition("; ")
        assert answer.type == kind, path
        assert charset in answer.headers["content-type"], path


def test_headers_and_caches_are_as_one_table_says(hosted: Hosted) -> None:
    """HO-06, TK-10 and FD-19."""
    for path in ("index.html", "headlines.json", "ar/headlines.json", "assets/site.css"):
        answer = hosted.get(urls.url_of(path))
        assert answer.headers["cache-control"] == serving.cache_rule(path, fingerprint=False)
    for path in ("feed.xml", "ar/feed.xml", "corrections/feed.xml"):
        answer = hosted.get(urls.url_of(path))
        assert answer.headers["cache-control"] == serving.FEED
        assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in hosted.get("/").headers
    for url in ("/", "/nothing/", "/feed.xml"):
        headers = hosted.get(url).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
        assert headers["content-security-policy"].endswith("frame-ancestors 'self'")


def test_what_is_not_there_is_answered_with_404_and_its_page(hosted: Hosted) -> None:
    """HO-01, in the language of the address; a folder without a page is not there either."""
    for url, page in (("/nothing/", "404.html"), ("/ar/nothing/", "ar/404.html")):
        answer = hosted.get(url)
        assert answer.status == 404 and answer.body == (hosted.public / page).read_bytes()
    assert hosted.get("/assets/").status == 404
    for file in ("nginx.conf", "nginx-http.conf", ""):
        assert hosted.get(f"/_host/{file}").status == 404


@pytest.mark.parametrize("old", ["/old/", "/old", *ODD])
def test_old_addresses_lead_on_for_good(hosted: Hosted, old: str) -> None:
    """HO-05."""
    answer = hosted.get(old)
    assert answer.status == 301
    assert answer.headers["location"] == f"{hosted.base}/2026/11/now%241%20%C3%A9/", old
    assert hosted.client.get(answer.headers["location"]).status == 200


def test_rules_lead_on_with_what_is_below_them(hosted: Hosted) -> None:
    def to(old: str) -> str:
        answer = hosted.get(old)
        assert answer.status == 301
        return str(answer.headers["location"])

    assert to("/blog/2026/x%20y?q=1") == f"{hosted.base}/harbour/2026/x%20y"
    assert to("/blog/") == f"{hosted.base}/harbour/"
    assert to("/blog/%0d%0aSet-Cookie:%20a=b") == f"{hosted.base}/harbour/%0d%0aSet-Cookie:%20a=b"
    assert to("/قديم/x/") == f"{hosted.base}/about/"
    assert to("/elsewhere/") == "https://other.example/a%24b?c=d&e#f"


def test_what_was_removed_is_gone(hosted: Hosted) -> None:
    """A withdrawn article's notice stands in its place, and machines are told 410."""
    answer = hosted.get(f"/{WITHDRAWN}")
    assert answer.status == 410 and answer.type == "text/html"
    assert answer.body == (hosted.public / WITHDRAWN / "index.html").read_bytes()
    for url in ("/torn/", "/torn", "/leaflets/a/b.pdf"):
        answer = hosted.get(url)
        assert answer.status == 410
        assert answer.body == (hosted.public / "404.html").read_bytes()


def test_twins_are_sent_to_browsers_that_understand_them(tmp_path: Path) -> None:
    """HO-10: gzip_static, with the bytes of the file."""
    root, public = build_for("nginx", tmp_path, "", twins='["gz", "br"]')
    with nginx(root, public, tmp_path / "run") as client:
        for path in ("index.html", "feed.xml", "headlines.json", "assets/site.css", "404.html"):
            url = urls.url_of(path)
            plain, coded = client.get(url), client.get(url, Accept_Encoding="gzip")
            assert "content-encoding" not in plain.headers
            assert plain.body == (public / path).read_bytes()
            assert coded.headers["content-encoding"] == "gzip" and coded.type == plain.type
            assert coded.body == (public / f"{path}.gz").read_bytes()
            assert gzip.decompress(coded.body) == plain.body
        missing = client.get("/nothing/", Accept_Encoding="gzip")
        assert missing.status == 404
        body = missing.body
        coding = missing.headers.get("content-encoding")
        body = gzip.decompress(body) if coding == "gzip" else body
        assert body == (public / "404.html").read_bytes()
