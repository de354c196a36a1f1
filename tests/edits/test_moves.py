"""Articles that get another address, and the old addresses that lead on from there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.edits.editing import SITE, counted, edited_alone
from tests.site_test import SiteTest

STORY: dict[str, Any] = {"title": "Story 3", "date": "2026-11-03", "tags": ["tide"], "body": "Sea."}
OLD, NEW = "/2026/11/s3/", "/2026/11/three/"


@pytest.fixture
def named(built: SiteTest) -> SiteTest:
    """Stories of which one is named by two others, and by a page."""
    site = built.write("s3.md", **STORY)
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


def test_a_moved_article_is_linked_to_where_it_is(named: SiteTest) -> None:
    named.write("s3.md", **STORY, slug="three")
    rendered = edited_alone(named)
    leading = ("2026/11/links", "2026/11/strip", "2026/11/s4", "about", "tags/tide")
    pages = {f"{path}/index.html" for path in leading}
    assert {*pages, "2026/11/three/index.html", "sitemaps/2026-11.xml"} <= rendered
    assert "2026/11/s8/index.html" not in rendered
    assert "2026/11/s3/index.html" not in named.bytes
    assert not any(OLD.encode() in data for data in named.bytes.values())


@pytest.mark.parametrize("host", ["plain", "github-pages", "s3"])
def test_the_old_address_of_a_moved_article_leads_on(named: SiteTest, host: str) -> None:
    more = f'[host]\ntarget = "{host}"\n[build]\nprecompress = ["gz"]\n'
    named.settings(f"{SITE}\n{more}").build().ok()
    assert "2026/11/s3/index.html.gz" in named.bytes
    named.write("s3.md", **STORY, slug="three", aliases=[OLD])
    edited_alone(named)
    assert f'url={NEW}"' in named.page("2026/11/s3/index.html")
    assert "2026/11/s3/index.html.gz" not in named.bytes
    named.write("s3.md", **STORY, slug="third", aliases=[OLD, NEW])
    assert {"2026/11/s3/index.html", "2026/11/three/index.html"} <= edited_alone(named)
    assert 'url=/2026/11/third/"' in named.page("2026/11/three/index.html")
    named.write("s3.md", **STORY)
    edited_alone(named)
    assert "<h1" in named.page("2026/11/s3/index.html")
    assert {"2026/11/three/index.html", "2026/11/third/index.html"}.isdisjoint(named.bytes)


def test_old_addresses_come_and_go_alone(named: SiteTest) -> None:
    named.write("s3.md", **STORY, aliases=["/old/", "/older.html"])
    edited_alone(named)
    assert named.changed == {"old/index.html", "older.html"}
    named.write("s3.md", **STORY, aliases=["/old/"])
    assert "old/index.html" not in edited_alone(named)
    assert (named.changed, "older.html" in named.bytes) == (set(), False)


def test_a_draft_moves_unseen(named: SiteTest) -> None:
    named.write("draft.md", title="Draft", status="draft").build().ok()
    named.write("draft.md", title="Draft", status="draft", slug="sketch")
    assert edited_alone(named) == set()


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
    named: SiteTest, other: dict[str, Any], fields: dict[str, Any]
) -> None:
    named.write("other.md", title="Other", date="2026-11-10", **other).build()
    with _planned_whole(named):
        named.write("s3.md", **{**STORY, **fields})


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
    named: SiteTest, rules: dict[str, str], fields: dict[str, Any]
) -> None:
    lines = "".join(f'"{old}" = "{new}"\n' for old, new in rules.items())
    named.settings(f"{SITE}\n[redirects]\n{lines}").build().ok()
    with _planned_whole(named):
        named.write("s3.md", **STORY, **fields)


@pytest.mark.parametrize("host", ["netlify", "apache", "nginx"])
def test_hosts_are_told_of_old_addresses_in_their_order(named: SiteTest, host: str) -> None:
    named.settings(f'{SITE}\n[host]\ntarget = "{host}"\n')
    named.write("s3.md", **STORY, aliases=["/old/"])
    named.write("s5.md", title="Story 5", date="2026-11-05", aliases=["/older/"]).build().ok()
    with _planned_whole(named):  # it was the first of the two
        named.write("s3.md", **{**STORY, "date": "2026-11-06"}, aliases=["/old/"])
    with _planned_whole(named):
        named.write("s3.md", **{**STORY, "date": "2026-11-06"}, aliases=["/old/", "/oldest/"])
    with _planned_whole(named):
        named.write("s3.md", **{**STORY, "date": "2026-11-06"}, slug="three", aliases=["/old/"])
