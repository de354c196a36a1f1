"""What readers can rely on: dates that are true, changes that are told, times with their zone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.site_test import NOW, SETTINGS, SiteTest, article

LATER = "2026-11-23 09:00"
"""After the moment of every build here, unless it says otherwise."""


@pytest.mark.parametrize(
    "fields, field",
    [
        ({"updated": LATER}, "updated"),
        ({"corrections": [{"date": LATER, "text": "C"}]}, "corrections"),
        ({"corrections": [{"date": LATER, "text": "C", "minor": True}]}, "corrections"),
    ],
)
def test_a_change_that_is_still_to_come_is_a_mistake(
    site: SiteTest, fields: dict[str, Any], field: str
) -> None:
    site.write("a.md", article(**fields)).build()
    assert site.exit_code == 1
    (error,) = site.errors
    assert (error["code"], error["field"], error["line"]) == ("updated-future", field, 4)
    assert "2026-11-23 09:00" in error["message"]
    site.build(now="2026-11-23T09:00:00Z").ok()
    assert "November 23, 2026" in site.page("2026/11/a/index.html")


def test_an_article_that_waits_may_name_a_change_before_it_appears(site: SiteTest) -> None:
    waits: dict[str, Any] = {"date": "2026-11-20", "embargo": "2026-12-01 06:00"}
    site.write("a.md", article(**waits, updated="2026-11-30")).build().ok()
    site.build(now="2026-12-01T06:00:00Z").ok()
    site.write("a.md", article(**waits, updated="2026-12-01 07:00")).build()
    assert [error["code"] for error in site.errors] == ["updated-future"]
    assert "when the article appears" in site.errors[0]["message"]


def test_a_draft_and_a_withdrawn_article_may_say_what_they_like(site: SiteTest) -> None:
    site.write("a.md", status="draft", updated=LATER)
    site.write("b.md", withdrawn={"date": "2026-11-02"}, updated=LATER).build().ok()


def test_a_standing_pages_change_is_not_to_come_either(site: SiteTest) -> None:
    site.write("pages/p.md", f"---\ntitle: P\nupdated: {LATER}\n---\nText.\n").build()
    assert [(e["code"], e["source"]) for e in site.errors] == [
        ("updated-future", "content/pages/p.md")
    ]


def test_the_headlines_are_never_made_later_than_now(site: SiteTest) -> None:
    site.write("a.md", updated="2026-11-22 11:59").write("b.md", updated=LATER)
    site.build("--keep-going")
    assert json.loads(site.page("headlines.json"))["generated"] == "2026-11-22T11:59:00Z"


MODIFIED = """\
{% extends "broadsheet/article.html" %}
{% block title %}[{{ article.modified }}]{% endblock %}
"""


def test_a_minor_correction_leaves_the_date_of_the_last_change_alone(site: SiteTest) -> None:
    """TR-03: search engines and feeds are told of changes in substance only."""
    site.settings(SETTINGS.replace("[site]", '[site]\ntheme = "own"'))
    site.file("themes/own/theme.toml", 'extends = "broadsheet"\n')
    site.file("themes/own/templates/article.html", MODIFIED)
    minor = {"date": "2026-11-20 09:00", "text": "A comma.", "minor": True}
    grave = {"date": "2026-11-10 09:00", "text": "The sum."}
    path = "2026/11/a/index.html"
    for corrections, modified in (
        ([minor], ""),
        ([minor, grave], "2026-11-10T09:00:00+00:00"),
        ([{**minor, "minor": False}, grave], "2026-11-20T09:00:00+00:00"),
    ):
        site.write("a.md", corrections=corrections).build().ok()
        assert f"<title>[{modified}]</title>" in site.page(path)
        assert "A comma." in site.page(path)
        generated = modified or "2026-11-01T00:00:00+00:00"
        assert json.loads(site.page("headlines.json"))["generated"] == generated.replace(
            "+00:00", "Z"
        )


def test_times_are_the_sites_and_machines_are_told_them_in_utc(site: SiteTest) -> None:
    """TK-07: in Riyadh, where clocks are never set, and in London, where they are."""
    for zone, summer, winter, shown in (
        ("Asia/Riyadh", "2026-06-30T21:30:00Z", "2026-11-19T21:30:00Z", "+03"),
        ("Europe/London", "2026-06-30T23:30:00Z", "2026-11-20T00:30:00Z", "GMT"),
    ):
        site.settings(SETTINGS.replace("Europe/London", zone))
        site.write("a.md", date="2026-07-01 00:30").write("b.md", date="2026-11-20 00:30")
        site.build().ok()
        items = json.loads(site.page("headlines.json"))["items"]
        assert [item["published"] for item in items] == [winter, summer]
        page = site.page("2026/11/b/index.html")
        assert f"November 20, 2026, 12:30\u202fAM {shown}" in page


def test_a_change_without_a_time_of_day_shows_none(site: SiteTest) -> None:
    site.write("a.md", updated="2026-11-20").build().ok()
    assert ">November 20, 2026</time></span>" in site.page("2026/11/a/index.html")
    site.write("a.md", updated="2026-11-20 00:00").build().ok()
    assert ">November 20, 2026, 12:00" in site.page("2026/11/a/index.html")


def test_a_change_on_the_day_of_publication_is_not_before_it(site: SiteTest) -> None:
    """SD-03: a day alone is its first minute, and dateModified is never before datePublished."""
    site.write("a.md", date="2026-11-20 06:30", updated="2026-11-20")
    site.build().ok()
    assert json.loads(site.page("headlines.json"))["generated"] == "2026-11-20T06:30:00Z"
    site.run("check", "-s", str(site.folder), "--now", NOW, "--format", "json")
    assert "updated-early" not in site.output
