"""Two outputs that would be one file: one mistake, which names both."""

from __future__ import annotations

import re

import pytest

from sitegen.plan import sealed
from tests.site_test import SiteTest
from tests.test_bad_input import good, refused


def test_two_articles_with_one_address_are_one_mistake_that_names_both(site: SiteTest) -> None:
    refused(good(site).write("a.md", title="A").write("b.md", title="B", slug="a"))
    (error,) = site.errors
    assert error["source"] == "content/b.md" and "a.md" in error["message"]
    assert "/2026/11/a/" in error["message"] and "slug" in error["hint"]
    assert error["line"] == 4 and error["field"] == "slug"


def test_more_articles_with_one_address_than_a_feed_may_hold_are_mistakes(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealed, "MOST", 2)
    good(site).write("a.md", title="A").write("b.md", slug="a").write("c.md", slug="a")
    refused(site)
    assert {error["source"] for error in site.errors} == {"content/b.md", "content/c.md"}


@pytest.mark.parametrize("url", ["/2026/11/A/", "/2026/11/a/index.html"])
def test_two_addresses_that_are_one_file_are_one_mistake(site: SiteTest, url: str) -> None:
    refused(good(site).write("a.md", title="A").write("b.md", title="B", url=url))
    (error,) = site.errors
    assert {"a.md", "b.md"} <= set(
        re.findall(r"\b[ab]\.md", f"{error['source']} {error['message']}")
    )


def test_an_article_and_a_page_with_one_address_are_one_mistake(site: SiteTest) -> None:
    good(site).write("a.md", title="A", url="/about/")
    refused(site.write("pages/about.md", "---\ntitle: About\n---\n"))
    (error,) = site.errors
    assert error["source"].startswith("content/")
    assert "about.md" in error["source"] + error["message"]
