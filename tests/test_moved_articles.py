"""Articles that get another address, and the old addresses that lead on from there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from sitegen.read import scan
from tests.edits import SITE, counted, edited_alone, with_stories
from tests.site_test import SiteTest

STORY: dict[str, Any] = {"title": "Story 3", "date": "2026-11-03", "tags": ["tide"], "body": "Sea."}
OLD, NEW = "/2026/11/s3/", "/2026/11/three/"


@pytest.fixture(autouse=True)
def stats_of_young_files_are_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "RACY", 0)


@pytest.fixture
def built(site: SiteTest) -> SiteTest:
    """Stories of which one is named by two others, and by a page."""
    with_stories(site).write("s3.md", **STORY)
    site.write("links.md", title="Links", date="2026-11-10", body="See [it](/s3.md).")
    site.write("strip.md", title="Strip", date="2026-11-11", related=["/s3.md"])
    site.write("pages/about.md", "---\ntitle: About\n---\nOur [third](/s3.md).\n")
    return site.build().ok()


@contextmanager
def _planned_whole(site: SiteTest) -> Iterator[None]:
    """A build at the end that plans the whole site, and leaves and says what a clean one would."""
    with counted() as ways:
        yield
        before = site.bytes
        site.build("--keep-going")
    assert ways == ["whole"]
    if site.exit_code == 1:
        assert site.errors and site.bytes == before
    else:
        assert site.bytes == site.clean_bytes("--keep-going")
        assert site.errors == site.clean_report["errors"]


def test_a_moved_article_is_linked_to_where_it_is(built: SiteTest) -> None:
    built.write("s3.md", **STORY, slug="three")
    rendered = edited_alone(built)
    linking = ("2026/11/links", "2026/11/strip", "2026/11/s4", "about", "tags/tide")
    named = {f"{path}/index.html" for path in linking}
    assert {*named, "2026/11/three/index.html", "sitemaps/2026-11.xml"} <= rendered
    assert "2026/11/s8/index.html" not in rendered
    assert "2026/11/s3/index.html" not in built.bytes
    assert not any(OLD.encode() in data for data in built.bytes.values())


@pytest.mark.parametrize("host", ["plain", "github-pages", "s3"])
def test_the_old_address_of_a_moved_article_leads_on(built: SiteTest, host: str) -> None:
    more = f'[host]\ntarget = "{host}"\n[build]\nprecompress = ["gz"]\n'
    built.settings(f"{SITE}\n{more}").build().ok()
    assert "2026/11/s3/index.html.gz" in built.bytes
    built.write("s3.md", **STORY, slug="three", aliases=[OLD])
    edited_alone(built)
    assert f'url={NEW}"' in built.page("2026/11/s3/index.html")
    assert "2026/11/s3/index.html.gz" not in built.bytes
    built.write("s3.md", **STORY, slug="third", aliases=[OLD, NEW])
    assert {"2026/11/s3/index.html", "2026/11/three/index.html"} <= edited_alone(built)
    assert 'url=/2026/11/third/"' in built.page("2026/11/three/index.html")
    built.write("s3.md", **STORY)
    edited_alone(built)
    assert "<h1" in built.page("2026/11/s3/index.html")
    assert {"2026/11/three/index.html", "2026/11/third/index.html"}.isdisjoint(built.bytes)


def test_old_addresses_come_and_go_alone(built: SiteTest) -> None:
    built.write("s3.md", **STORY, aliases=["/old/", "/older.html"])
    edited_alone(built)
    assert built.changed == {"old/index.html", "older.html"}
    built.write("s3.md", **STORY, aliases=["/old/"])
    assert "old/index.html" not in edited_alone(built)
    assert (built.changed, "older.html" in built.bytes) == (set(), False)


def test_a_draft_moves_unseen(built: SiteTest) -> None:
    built.write("draft.md", title="Draft", status="draft").build().ok()
    built.write("draft.md", title="Draft", status="draft", slug="sketch")
    assert edited_alone(built) == set()


@pytest.mark.parametrize(
    ("other", "fields"),
    [
        ({"body": f"It is [there]({OLD})."}, {"slug": "three"}),
        ({"body": f"It is [there]({NEW})."}, {"slug": "three"}),
        ({"aliases": [NEW]}, {"slug": "three"}),
        ({"aliases": ["/old/"]}, {"aliases": ["/old/"]}),
        ({"body": "It is [there](/old/)."}, {"aliases": ["/old/"]}),
        ({"related": [OLD]}, {"slug": "three"}),
        ({}, {"slug": "S3"}),
        ({}, {"slug": "s4"}),
        ({}, {"aliases": ["/2026/11/s4/"]}),
        ({}, {"aliases": ["/about/"]}),
        ({}, {"aliases": ["/2026/"]}),
        ({}, {"slug": "three", "body": f"I was [there]({OLD})."}),
        ({}, {"slug": "three", "expires": "2026-11-15"}),
        ({}, {"url": "/about/"}),
    ],
)
def test_what_somebody_may_miss_is_planned_with_all(
    built: SiteTest, other: dict[str, Any], fields: dict[str, Any]
) -> None:
    built.write("other.md", title="Other", date="2026-11-10", **other).build()
    with _planned_whole(built):
        built.write("s3.md", **{**STORY, **fields})


@pytest.mark.parametrize(
    ("rules", "fields"),
    [
        ({"/was/": OLD}, {"slug": "three"}),
        ({"/was/": OLD}, {"slug": "three", "aliases": [OLD]}),
        ({"/was/": "/old/"}, {"aliases": ["/old/"]}),
        ({"/old/": "/about/"}, {"aliases": ["/old/"]}),
    ],
)
def test_what_a_rule_leads_to_or_from_is_planned_with_all(
    built: SiteTest, rules: dict[str, str], fields: dict[str, Any]
) -> None:
    lines = "".join(f'"{old}" = "{new}"\n' for old, new in rules.items())
    built.settings(f"{SITE}\n[redirects]\n{lines}").build().ok()
    with _planned_whole(built):
        built.write("s3.md", **STORY, **fields)


@pytest.mark.parametrize("host", ["netlify", "apache", "nginx"])
def test_hosts_are_told_of_old_addresses_in_their_order(built: SiteTest, host: str) -> None:
    built.settings(f'{SITE}\n[host]\ntarget = "{host}"\n')
    built.write("s3.md", **STORY, aliases=["/old/"])
    built.write("s5.md", title="Story 5", date="2026-11-05", aliases=["/older/"]).build().ok()
    with _planned_whole(built):  # it was the first of the two
        built.write("s3.md", **{**STORY, "date": "2026-11-06"}, aliases=["/old/"])
    with _planned_whole(built):
        built.write("s3.md", **{**STORY, "date": "2026-11-06"}, aliases=["/old/", "/oldest/"])
    with _planned_whole(built):
        built.write("s3.md", **{**STORY, "date": "2026-11-06"}, slug="three", aliases=["/old/"])
