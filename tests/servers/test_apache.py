"""The golden site on a real Apache, which reads no more than `.htaccess`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from sitegen import serving, urls
from tests.servers.hosted import MOVED, ODD, WITHDRAWN, Hosted, build_for
from tests.servers.running import apache
from tests.site_test import tree


@pytest.fixture(scope="module", params=["", "/repo"], ids=["at the top", "in a folder"])
def hosted(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Hosted]:
    folder: Path = tmp_path_factory.mktemp("apache")
    root, public = build_for("apache", folder, request.param)
    with apache(root, folder / "run") as client:
        yield Hosted(client, public, request.param)


def test_every_file_is_served_with_its_type_and_cache_rule(hosted: Hosted) -> None:
    """HO-06, TK-10 and FD-19."""
    for path, data in tree(hosted.public).items():
        if path == ".htaccess" or path == f"{WITHDRAWN}index.html":
            continue
        answer = hosted.get(urls.url_of(path))
        assert answer.status == 200 and answer.body == data, path
        assert answer.type == serving.media_type(path).partition(";")[0], path
        assert answer.headers["cache-control"] == serving.cache_rule(path, fingerprint=False), path
        shared = serving.rule_of(path, fingerprint=False)
        allowed = "*" if shared and shared.shared else None
        assert answer.headers.get("access-control-allow-origin") == allowed, path


def test_every_answer_says_what_browsers_may_do(hosted: Hosted) -> None:
    """HO-06."""
    for url in ("/", "/nothing/", "/old/"):
        headers = hosted.get(url).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"].endswith("frame-ancestors 'self'")


@pytest.mark.parametrize("old", ["/old/", "/old", *ODD])
def test_old_addresses_lead_on_for_good(hosted: Hosted, old: str) -> None:
    """HO-05."""
    answer = hosted.get(old)
    assert answer.status == 301
    path = "/" + answer.headers["location"].partition("://")[2].partition("/")[2]
    assert unquote(path) == hosted.base + MOVED
    assert hosted.client.get(path).status == 200
    assert hosted.get(f"{old.rstrip('/')}/more/").status == 404


def test_rules_lead_on_with_what_is_below_them(hosted: Hosted) -> None:
    def to(old: str) -> str:
        answer = hosted.get(old)
        assert answer.status == 301
        return str(answer.headers["location"])

    assert to("/blog/2026/x%20y").endswith(f"{hosted.base}/harbour/2026/x%20y")
    assert to("/قديم/x/").endswith(f"{hosted.base}/about/")
    assert to("/elsewhere/") == "https://other.example/a$b?c=d&e#f"
    assert "set-cookie" not in hosted.get("/blog/%0d%0aSet-Cookie:%20a=b").headers


def test_what_is_not_there_and_what_is_gone_have_their_pages(hosted: Hosted) -> None:
    """HO-01; and 410 for what was withdrawn or removed."""
    for url, status, page in (
        ("/nothing/", 404, "404.html"),
        ("/ar/nothing/", 404, "ar/404.html"),
        ("/torn/", 410, "404.html"),
        ("/leaflets/a.pdf", 410, "404.html"),
        (f"/{WITHDRAWN}", 410, f"{WITHDRAWN}index.html"),
    ):
        answer = hosted.get(url)
        assert answer.status == status, url
        assert answer.body == (hosted.public / page).read_bytes(), url
    assert hosted.get("/.htaccess").status in (403, 404)
