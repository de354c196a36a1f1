"""Edits of articles: only what they touch is planned, and all is as in a clean build."""

from __future__ import annotations

import json
import re
import shutil
from typing import Any

import pytest

from sitegen.build import edits
from sitegen.folders import SHIPPED
from sitegen.plan import sealed
from sitegen.site import content, indexed
from tests.edits.editing import (
    OPEN,
    PIER,
    SITE,
    asks_for_lists,
    counted,
    edited_alone,
)
from tests.picture_files import photo, secretive
from tests.site_test import SiteTest, article


@pytest.mark.parametrize(
    ("code", "settings", "held"),
    [
        ("link-held-back", "", {"status": "draft"}),
        ("redirect-nowhere", '[redirects]\n"/old/" = "/2026/11/s9/"\n', {}),
        ("promise-missing", '[publisher.policies]\nethics = "/2026/11/s9/"\n', {}),
    ],
)
def test_a_warning_stands_until_what_it_waits_for_comes(
    built: SiteTest, code: str, settings: str, held: dict[str, str]
) -> None:
    built.settings(f"{SITE}\n{settings}")
    if held:
        built.write("s9.md", title="Nine", date="2026-11-09", **held)
        built.write("pages/about.md", "---\ntitle: About\n---\nSee [it](/s9.md).\n")
    built.build().ok()
    built.write("s1.md", title="Another title", date="2026-11-01", tags=["tide"])
    edited_alone(built)
    assert [warning["code"] for warning in built.report["warnings"]] == [code]
    built.write("s9.md", title="Nine", date="2026-11-09")
    with counted() as ways:
        built.build().ok()
    assert ways == ["whole"] and built.report["warnings"] == []


def test_feeds_that_are_too_large_are_told_after_each_edit(built: SiteTest) -> None:
    built.settings(f'{SITE}\n[build]\nprecompress = ["gz"]\n')

    def write(size: int) -> None:
        body = f"{'Words of a long story. ' * 10}\n\n" * (size // 230)
        built.write("long.md", title="Long", date="2026-11-08", tags=["tide", "port"], body=body)

    def told() -> list[str]:
        return [w["message"].partition(":")[0] for w in built.report["warnings"]]

    write(300_000)
    built.write("short.md", title="Short", date="2026-11-07", tags=["port"]).build().ok()
    (first,) = told()
    assert first.startswith("feed.json is 311 KB, and 1 other feed too")
    built.write("s1.md", title="Another title", date="2026-11-01", tags=["tide"])
    edited_alone(built)
    assert told() == [first]
    built.write("s7.md", title="Story 7", date="2026-11-07", tags=["tide"], body="More words.")
    edited_alone(built)
    write(330_000)
    edited_alone(built)
    assert told()[0].startswith("feed.json is 34")
    write(300)
    edited_alone(built)
    assert told() == []


def test_an_article_that_is_for_subscribers_now_is_planned_alone(built: SiteTest) -> None:
    story = {**PIER, "body": OPEN.format("", " [it](/doc.csv) ![Pier](/pier.jpg)")}
    built.write("doc.csv", b"a,b\n").write("pier.jpg", photo(400, 300))
    built.write("pier.md", **story).build().ok()
    paid = {"doc.csv", *built.forms("pier")}
    built.write("pier.md", **story, paywall=True)
    pages = {"2026/11/pier/index.html", "feed.xml", "sitemaps/2026-11.xml"}
    assert pages <= edited_alone(built)
    assert built.removed == paid
    built.write("pier.md", **story)
    assert pages | paid <= edited_alone(built)


@pytest.mark.parametrize(
    ("settings", "code"),
    [("", "picture-located"), ("[paywall]\ntext_in_page = true\n", "paywall-open")],
)
def test_a_warning_comes_and_goes_with_what_subscribers_alone_read(
    built: SiteTest, settings: str, code: str
) -> None:
    built.settings(f"{SITE}\n{settings}").write("own.jpg", secretive())
    paid = OPEN.format("", " [it](/own.jpg)" if code == "picture-located" else "")
    for paywall in (code == "picture-located", code != "picture-located"):
        built.write("pier.md", **PIER, body=paid, paywall=paywall).build().ok()
        assert built.bytes == built.clean_bytes()
        assert built.warnings == built.clean_report["warnings"]
    assert [warning["code"] for warning in built.warnings] == [code]
    built.write("pier.md", **PIER, body=paid, paywall=not paywall).build().ok()
    assert built.warnings == []


@pytest.mark.parametrize(
    ("settings", "fields"),
    [
        ("", {"body": "![Pier](/missing.jpg)"}),
        ("", {"audio": "/missing.mp3"}),
        ("[paywall]\ntext_in_page = true\n", {"paywall": True}),
    ],
)
def test_a_warning_that_counts_articles_counts_those_that_are_left(
    built: SiteTest, settings: str, fields: dict[str, Any]
) -> None:
    built.settings(f"{SITE}\n{settings}")
    for day in (2, 3, 4):
        built.write(f"s{day}.md", title="Story", date=f"2026-11-0{day}", **fields)
    built.build().ok().remove("s3.md").build().ok()
    built.clean_bytes()
    assert built.report["warnings"] and built.report["warnings"] == built.clean_report["warnings"]
    # The first of them is named.
    built.write("s4.md", title="Story", date="2026-11-01T01:00:00", **fields).build().ok()
    built.clean_bytes()
    assert built.report["warnings"] == built.clean_report["warnings"]
    assert built.warnings[0]["source"] == "content/s4.md"


def test_what_no_warning_counts_is_edited_alone_beside_what_one_does(built: SiteTest) -> None:
    built.write("pier.jpg", photo(40, 30))
    built.write("s2.md", title="Story 2", date="2026-11-02", body="![Pier](/missing.jpg)")
    built.build().ok()
    assert [warning["code"] for warning in built.warnings] == ["picture-elsewhere"]
    built.write("s3.md", title="Story 3", date="2026-11-03", body="See [that](/s4.md).")
    edited_alone(built)
    built.write("new.md", title="New", date="2026-11-20", body="![Pier](/pier.jpg)")
    edited_alone(built)
    built.write("new.md", title="New", date="2026-11-21", body="See [that](/s4.md).")
    edited_alone(built)
    built.remove("new.md")
    edited_alone(built)
    assert [warning["source"] for warning in built.warnings] == ["content/s2.md"]


@pytest.mark.parametrize("after", [None, {"date": "2026-11-09"}, {"body": "None."}])
def test_what_the_first_silences_is_told_where_another_is_the_first(
    built: SiteTest, after: dict[str, Any] | None
) -> None:
    fields = {"title": "Story", "body": "![Pier](/missing.jpg)"}
    first: dict[str, Any] = {**fields, "date": "2026-11-02", "silence": ["picture-elsewhere"]}
    built.write("s2.md", **first).write("s3.md", date="2026-11-03", **fields).build().ok()
    assert built.warnings == []
    if after is None:
        built.remove("s2.md")
    else:
        built.write("s2.md", **{**first, **after})
    built.build().ok()
    assert [warning["source"] for warning in built.warnings] == ["content/s3.md"]


def test_a_strict_build_refuses_a_new_note_before_anything_is_made(built: SiteTest) -> None:
    built.build("--strict").ok()
    built.write("s1.md", title="Story 1", date="2026-11-01", body="<blink>Words</blink>")
    built.build("--strict")
    assert [error["code"] for error in built.errors] == ["html-removed"]
    assert built.report["bytes"] == 0


def test_a_large_archive_is_asked_where_files_that_cannot_be_read_are_left_out(
    built: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    built.write("bad.md", "---\ndate: 2026-11-01\n---\n")
    monkeypatch.setattr(indexed, "MANY", 0)
    with monkeypatch.context() as patch:
        patch.setattr(indexed, "ArchiveAt", None)
        built.build("--keep-going")
    assert built.exit_code == 4
    assert built.bytes == built.clean_bytes("--keep-going")
    built.write("twin.md", title="Twin", url="/2026/11/s1/").build("--keep-going")
    assert built.bytes == built.clean_bytes("--keep-going")


def test_fewer_articles_may_leave_many_expired(built: SiteTest) -> None:
    built.settings(f"{SITE}\n[build]\nmax_removed = 1\n")
    for number in range(20, 32):
        built.write(f"s{number}.md", title="Story", date="2026-11-01")
    for number in (40, 41):
        built.write(f"s{number}.md", title="Old", date="2026-11-01", expires="2026-11-10")
    assert built.build().ok().report["warnings"] == []
    for number in range(20, 25):
        built.remove(f"s{number}.md").build().ok()
    assert [warning["code"] for warning in built.report["warnings"]] == ["many-expired"]


def test_a_file_that_is_passed_over_is_told_of_as_long_as_it_is_there(built: SiteTest) -> None:
    built.write("sport/_index.md", "---\ntitle: Sport\n---\n").build().ok()
    assert [warning["code"] for warning in built.report["warnings"]] == ["passed-over"]
    built.remove("sport/_index.md").build().ok()
    assert built.report["warnings"] == []


@pytest.mark.parametrize(
    "naming",
    [
        {"pages/about.md": "---\ntitle: About\n---\nSee [it](/2026/11/s3/).\n"},
        {"s5.md": "---\ntitle: Five\ndate: 2026-11-05\n---\nSee [it](/2026/11/s3/).\n"},
        {"sitegen.toml": '[redirects]\n"/old/" = "/2026/11/s3/"\n'},
        {"sitegen.toml": '[publisher.policies]\nethics = "/2026/11/s3/"\n'},
        {"sitegen.toml": "[build]\nmax_removed = 1\n", "s2.md": ""},
    ],
)
def test_an_article_that_is_named_or_one_too_many_goes_with_the_whole_site(
    built: SiteTest, naming: dict[str, str]
) -> None:
    for path, text in naming.items():
        if path == "sitegen.toml":
            built.settings(f"{SITE}\n{text}")
        elif text:
            built.write(path, text)
    built.build().ok()
    built.remove("s3.md")
    for path, text in naming.items():
        if not text:
            built.remove(path)
    with counted() as ways:
        built.build()
    assert ways == ["whole"]


@pytest.mark.parametrize(("number", "ways"), [(40, "edited"), (41, "whole")])
def test_many_texts_of_one_commit_are_planned_alone(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch, number: int, ways: str
) -> None:
    monkeypatch.setattr(content, "FOLLOWED", 40)
    for index in range(50):
        site.write(f"s{index}.md", title=f"Story {index}", date="2026-11-01", body="Words.")
    site.build().ok()
    for index in range(number):
        site.write(f"s{index}.md", title=f"Story {index}", date="2026-11-01", body="Others.")
    with counted() as planned:
        site.build().ok()
    assert planned == [ways] and site.bytes == site.clean_bytes()


@pytest.mark.parametrize(("number", "ways"), [(4, "edited"), (5, "whole")])
def test_dates_that_touch_more_than_may_be_planned_alone_are_planned_with_the_whole_site(
    built: SiteTest, monkeypatch: pytest.MonkeyPatch, number: int, ways: str
) -> None:
    monkeypatch.setattr(edits, "MOST", 40)  # ten for each
    for index in range(number):
        built.write(f"s{index + 1}.md", title="Story", date="2026-11-10", tags=["tide"])
    with counted() as planned:
        built.build().ok()
    assert planned == [ways] and built.bytes == built.clean_bytes()


@pytest.mark.parametrize("sought", [0, 1000])
def test_what_shows_an_article_is_found_by_its_needs_however_many_these_are(
    built: SiteTest, monkeypatch: pytest.MonkeyPatch, sought: int
) -> None:
    monkeypatch.setattr(edits, "_SOUGHT", sought)
    built.write("s1.md", title="Another", date="2026-11-01", tags=["tide"], body="Other words.")
    rendered = edited_alone(built)
    assert {"2026/11/s1/index.html", "tags/tide/index.html", "2026/11/index.html"} <= rendered


def test_a_new_article_touches_what_shows_it_and_its_neighbours(built: SiteTest) -> None:
    built.write("new.md", title="New", date="2026-11-20", tags=["tide", "ferry"])
    rendered = edited_alone(built)
    assert {"2026/11/new/index.html", "index.html", "tags/ferry/index.html"} <= rendered
    assert {"feed.xml", "headlines.json", "sitemap.xml", "sitemaps/2026-11.xml"} <= rendered
    assert not {f"2026/11/s{day}/index.html" for day in range(1, 9)} & rendered


def test_a_backdated_article_touches_those_behind_it(built: SiteTest) -> None:
    built.write("old.md", title="Old", date="2026-11-03", tags=["tide"])
    pages = {f"2026/11/s{day}/index.html" for day in range(1, 9)}
    assert pages & edited_alone(built) == {f"2026/11/s{day}/index.html" for day in (3, 4, 5, 6)}


def test_a_month_of_fewer_articles_than_before_keeps_no_archive_too_many(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealed, "MOST", 4)
    site.settings(f'{SITE}\n[urls]\npermalink = "/{{slug}}/"\n')
    for day in range(1, 6):
        site.write(f"s{day}.md", title=f"Story {day}", date=f"2026-11-0{day}")
    several = {path for path in site.build().ok().bytes if path.startswith("feeds/2026-11-")}
    assert several
    site.write("s1.md", title="Story 1", date="2026-10-01")
    assert {"feeds/2026-10.xml", "feeds/2026-11.xml"} <= edited_alone(site)
    assert not several & {*site.bytes}


@pytest.mark.parametrize(
    ("more", "path", "text"),
    [
        ("", "content/pages/vote.md", "---\ntitle: Vote\nurl: /politics/2026/\n---\nHello.\n"),
        ("", "content/year.md", article("Year", "2025-01-01", url="/politics/2026/")),
        ("", "static/politics/2026/11/index.html", "<p>Hello.</p>"),
        ('formats = ["json"]\n', "static/feeds/2026-11.xml", "<rss/>"),
    ],
)
def test_what_is_where_a_listing_or_feed_has_nothing_stays_there(
    built: SiteTest, more: str, path: str, text: str
) -> None:
    built.settings(f"{SITE}{more}")
    built.file(path, text).write("p1.md", title="P1", date="2026-11-10", section="politics")
    built.build().ok()
    built.write("p2.md", title="P2", date="2026-11-11", section="politics").build().ok()
    assert built.bytes == built.clean_bytes()


def test_a_scheduled_article_appears_alone(built: SiteTest) -> None:
    built.write("soon.md", title="Soon", date="2026-11-23T10:00:00Z").build().ok()
    built.now = "2026-11-23T10:00:00Z"
    assert "2026/11/soon/index.html" in edited_alone(built)
    assert built.report["held_back"] == []


@pytest.mark.parametrize(
    ("host", "body"), [("plain", "![A boat](boat.jpg)"), ("netlify", "."), ("nginx", ".")]
)
def test_an_article_that_expires_becomes_a_notice_alone(
    built: SiteTest, host: str, body: str
) -> None:
    """With its picture, where no host has rules for the only one."""
    built.settings(f'{SITE}\n[host]\ntarget = "{host}"\n')
    fields: dict[str, Any] = {"title": "Wire", "date": "2026-11-12", "tags": ["tide"], "body": body}
    built.write("wire.md", **fields, expires="2026-11-23T10:00:00Z")
    built.write("links.md", title="Links", date="2026-11-12", body="See [it](wire.md).")
    built.write("strip.md", title="Strip", date="2026-11-13", related=["wire.md"])
    built.write("boat.jpg", photo(40, 30)).build().ok()
    shown = built.forms("boat")
    built.now = "2026-11-23T10:00:00Z"
    pages = {f"{path}/index.html" for path in ("2026/11/wire", "tags/tide", "2026/11/strip")}
    assert {"index.html", *pages} <= (rendered := edited_alone(built))
    assert "2026/11/links/index.html" not in rendered
    assert built.removed == shown and bool(shown) == ("boat" in body)
    built.write("wire.md", **fields)
    with counted() as ways:
        built.build().ok()
    assert ways == ["whole"]
    assert built.bytes == built.clean_bytes()
    built.write("wire.md", **fields, expires="2026-11-20")
    assert "2026/11/wire/index.html" in edited_alone(built)


@pytest.mark.parametrize(
    "more",
    [
        {"aliases": ["/old/"]},
        {"translation_of": "/s2.md"},
        {"body": "It leads [where nobody gets](/draft.md), which is told."},
    ],
)
def test_what_expires_and_is_known_elsewhere_is_planned_with_all(
    two_languages: SiteTest, more: dict[str, Any]
) -> None:
    expires = "2026-11-23T10:00:00Z"
    two_languages.write("draft.md", title="Draft", status="draft")
    two_languages.write("ar/wire.md", title="Wire", date="2026-11-12", expires=expires, **more)
    two_languages.build().ok()
    two_languages.now = expires
    with counted() as ways:
        two_languages.build().ok()
    assert ways == ["whole"]
    assert two_languages.bytes == two_languages.clean_bytes()
    assert two_languages.warnings == two_languages.clean_report["warnings"]


@pytest.fixture
def two_languages(built: SiteTest) -> SiteTest:
    """The same, with the first story in a second language, too, where there is another besides."""
    built.settings(f'{SITE}\n[languages.ar]\ntitle = "T"\n')
    built.write("ar/s1.md", title="One", date="2026-10-01", tags=["tide"])
    built.write("ar/s0.md", title="Nought", date="2026-10-02", tags=["tide"])
    return built.build().ok()


def test_a_translation_appears_on_the_page_of_its_original(two_languages: SiteTest) -> None:
    two_languages.write("ar/s2.md", title="Two", date="2026-10-01", tags=["tide"])
    rendered = edited_alone(two_languages)
    assert {"2026/11/s2/index.html", "sitemaps/2026-11.xml", "ar/index.html"} <= rendered
    assert not {"2026/11/s1/index.html", "ar/2026/10/s1/index.html"} & rendered


@pytest.mark.parametrize("original", ["/s2.md", "/2026/11/s2/"])
def test_a_translation_that_names_its_original_is_planned_alone(
    two_languages: SiteTest, original: str
) -> None:
    """Under a name of its own; and once more, in the same language, where the older one stays."""
    two_languages.write("ar/two.md", title="Two", date="2026-10-03", translation_of=original)
    rendered = edited_alone(two_languages)
    assert {"2026/11/s2/index.html", "sitemaps/2026-11.xml", "ar/index.html"} <= rendered
    assert not {"2026/11/s1/index.html", "ar/2026/10/s1/index.html"} & rendered
    assert "https://test.example/ar/2026/10/two/" in two_languages.page("2026/11/s2/index.html")
    two_languages.write("ar/zwei.md", title="Too", date="2026-10-04", translation_of=original)
    assert "2026/11/s2/index.html" not in edited_alone(two_languages)


def test_a_translation_of_what_is_held_back_is_planned_with_all(two_languages: SiteTest) -> None:
    two_languages.write("later.md", title="Later", date="2027-10-03").build().ok()
    two_languages.write("ar/two.md", title="Two", date="2026-10-03", translation_of="/later.md")
    with counted() as ways:
        two_languages.build().ok()
    assert ways == ["whole"]
    assert two_languages.bytes == two_languages.clean_bytes()


def test_a_translation_that_robots_are_kept_from_is_no_alternate(
    two_languages: SiteTest,
) -> None:
    two_languages.write("ar/s1.md", title="One", date="2026-10-01", tags=["tide"], noindex=True)
    assert {"2026/11/s1/index.html", "sitemaps/2026-11.xml"} <= edited_alone(two_languages)


def test_a_new_listing_of_one_language_is_planned_alone(two_languages: SiteTest) -> None:
    two_languages.write("ar/s2.md", title="Two", date="2026-10-01", authors=["Ann Moe"])
    assert {"ar/authors/ann-moe/index.html", "sitemaps/pages.xml"} <= edited_alone(two_languages)


def test_a_new_listing_is_listed_beside_all_that_is_in_all_languages(
    two_languages: SiteTest,
) -> None:
    """Home, the archive, sections, indexes and the log of corrections are named in both."""
    own = "[sections.world]\n[taxonomies.places]\n[urls]\ncorrections = '/corrections/'\n"
    two_languages.settings(f'{SITE}\n[languages.ar]\ntitle = "T"\n{own}').build().ok()
    two_languages.write("s9.md", title="Nine", date="2025-10-01")
    assert {"2025/10/index.html", "sitemaps/pages.xml"} <= edited_alone(two_languages)


@pytest.mark.parametrize("pattern", ["/ar/by/{slug}/", "/{slug}/writes/"])
def test_a_listing_whose_address_may_name_a_language_is_planned_with_all(
    two_languages: SiteTest, pattern: str
) -> None:
    """By its path it would be in a language that it is not in."""
    urls = f'[urls]\nauthor = "{pattern}"\n'
    two_languages.settings(f'{SITE}\n[languages.ar]\ntitle = "T"\n{urls}')
    two_languages.write("by.md", title="By", date="2026-10-03", authors=["Ar"]).build().ok()
    two_languages.write("new.md", title="New", date="2026-10-01", tags=["ferry"])
    with counted() as ways:
        two_languages.build().ok()
    assert ways == ["whole"] and two_languages.bytes == two_languages.clean_bytes()


def test_a_link_to_what_appears_leads_to_its_address(built: SiteTest) -> None:
    """Browsers would find it without its last slash, too, but by a detour."""
    built.write("s1.md", title="Story 1", date="2026-11-01", body="See [that](/2026/11/new).")
    built.build().ok()
    built.write("new.md", title="New", date="2026-11-20")
    assert "2026/11/s1/index.html" in edited_alone(built)
    assert b'"/2026/11/new/"' in built.bytes["2026/11/s1/index.html"]


def test_an_older_spelling_of_a_tag_renames_it_everywhere(built: SiteTest) -> None:
    built.write("old.md", title="Old", date="2026-10-01", tags=["Tide"])
    rendered = edited_alone(built)
    assert {f"2026/11/s{day}/index.html" for day in range(1, 9)} <= rendered


def test_redirects_are_no_hindrance_where_they_are_elsewhere(built: SiteTest) -> None:
    rules = '"/old/" = "/2026/"\n"/stuff/*" = "/2026/"\n'
    host = '[host]\ntarget = "netlify"\n'
    built.settings(f"{SITE}\n{host}\n[redirects]\n{rules}").build().ok()
    built.write("new.md", title="New", date="2026-11-20")
    assert "2026/11/new/index.html" in edited_alone(built)
    with counted() as ways:
        built.write("other.md", title="Other", date="2026-11-20", url="/stuff/other/").build()
    assert ways == ["whole"] and built.report["errors"][0]["code"] == "redirect-taken"


@pytest.mark.parametrize(
    "fields",
    [
        {"aliases": ["/old.php"]},
        {"slug": "s2"},
        {"withdrawn": {"date": "2026-11-10", "reason": "Wrong."}},
        {"related": ["missing.md"]},
        {"body": "See [that](/missing.md)."},
        {"body": "![Pier](/missing.jpg)"},
        {"updated": "2026-12-24"},
    ],
)
def test_what_may_change_a_word_is_planned_with_the_whole_site(
    built: SiteTest, fields: dict[str, Any]
) -> None:
    with counted() as ways:
        story = {"title": "Story 1", "date": "2026-11-01", "tags": ["tide"], **fields}
        built.write("s1.md", **story).build()
    assert ways == ["whole"]


def test_lists_of_home_and_of_standing_pages_have_what_wasedited_alone(built: SiteTest) -> None:
    asks_for_lists(built).build().ok()
    fields: dict[str, Any] = {"date": "2026-11-20", "section": "politics"}
    fields["tags"] = ["tram", "harbour"]
    built.write("new.md", title="Trams again", authors=["Ann Ray"], **fields)
    assert {"index.html", "port/index.html"} <= edited_alone(built)
    assert "<i>Trams again</i>" in built.page("index.html")
    built.write("new.md", title="Trams once more", authors=["Bo Lin"], **fields)
    assert {"index.html", "port/index.html"} <= edited_alone(built)
    built.remove("new.md")
    assert "index.html" in edited_alone(built)
    assert "<i>" not in built.page("index.html")
    built.write("view.md", title="A view", date="2026-11-21", type="opinion").build().ok()
    built.write("view.md", title="Another view", date="2026-11-21", type="opinion").build().ok()
    assert "<i>Another view</i>" in built.page("404.html")
    assert built.bytes == built.clean_bytes()


def test_a_list_on_pages_of_which_there_are_many_changes_with_the_whole_site(
    built: SiteTest,
) -> None:
    asks_for_lists(built).build().ok()
    for day, kind in enumerate(("news", "opinion", "opinion", "opinion"), 10):
        built.write(f"n{day}.md", title="New", date=f"2026-11-{day}", type=kind)
        with counted() as ways:
            built.build().ok()
        assert ways == (["edited"] if kind == "news" else ["whole"])
        assert built.bytes == built.clean_bytes()
    built.write("old.md", title="Old", date="2026-11-11T00:00:01", type="opinion")
    assert "2026/11/old/index.html" in edited_alone(built), "two newer ones are in that list"


def test_a_warning_of_lists_comes_with_the_first_page_that_has_one(site: SiteTest) -> None:
    rare = '[lists.rare]\ntag = "rare"\ntemplates = ["period.html"]\n'
    site.file("themes/own/theme.toml", f'extends = "broadsheet"\n{rare}')
    site.settings(SITE.replace("[site]", '[site]\ntheme = "own"')).build().ok()
    for day in range(1, 10):
        site.write(f"s{day}.md", title="New", date=f"2026-11-0{day}").build().ok()
        site.clean_bytes()
        assert site.warnings == site.clean_report["warnings"]
    assert [warning["code"] for warning in site.warnings] == ["list-everywhere"]


def test_home_alone_follows_from_what_is_chosen_for_it(built: SiteTest) -> None:
    built.write("front.toml", 'lead = "s2.md"\ntop = ["s3.md"]\n')
    assert edited_alone(built) == {"index.html"}
    built.write("front.toml", 'lead = "s4.md"\nuntil = 2026-11-23T12:00:00Z\n')
    assert edited_alone(built) == {"index.html"}
    assert built.report["next_due"] == "2026-11-23T12:00:00Z"
    built.remove("front.toml")
    assert edited_alone(built) == {"index.html"}


def test_the_text_of_a_standing_page_is_planned_alone(built: SiteTest) -> None:
    page = "---\ntitle: About\n---\nSee [one](/s1.md).{}\n"
    built.write("pages/about.md", page.format("")).build().ok()
    built.write("pages/about.md", page.format(" More."))
    assert edited_alone(built) == {"about/index.html"}


def test_what_is_said_of_an_author_touches_the_pages_that_say_it(built: SiteTest) -> None:
    built.write("ann.jpg", photo(400, 400, 1)).write("s1.md", title="Story 1", authors=["Ann Ray"])
    own, index = "authors/ann-ray/index.html", "authors/index.html"
    image = {"src": "/ann.jpg", "alt": "Ann"}
    said: dict[str, object] = {"role": "Editor", "bio": "Writes.", "image": image}

    def say(**more: object) -> None:
        said.update(more)
        lines = "".join(f"{name}: {json.dumps(value)}\n" for name, value in said.items())
        built.write("authors/ann-ray.md", f"---\n{lines}---\n")

    say()
    built.build().ok()
    for more, touched in (
        ({"bio": "Writes of ports."}, {own}),
        ({"role": "Reporter"}, {own, index}),
        ({"links": [{"label": "Site", "url": "https://ann.example/"}]}, {own}),
        ({"extra": {"desk": "Ports"}}, {own}),
    ):
        say(**more)
        assert edited_alone(built) == touched
    say(bio="![She](/ann.jpg) writes.")
    with counted() as ways:  # a form of the picture for a text is one more file
        built.build().ok()
    assert ways == ["whole"] and built.bytes == built.clean_bytes()


def test_a_new_file_of_an_author_brings_name_and_portrait_along(built: SiteTest) -> None:
    built.write("s1.md", title="Story 1", date="2026-11-01", authors=["Ann Ray"]).build().ok()
    own, index = "authors/ann-ray/index.html", "authors/index.html"
    built.write("ann.jpg", photo(400, 400, 1))
    said = "name: Ann B. Ray\nimage: {src: /ann.jpg, alt: Ann}\n"
    built.write("authors/ann-ray.md", f"---\n{said}---\nShe writes.\n")
    rendered = edited_alone(built)
    assert {own, index, "2026/11/s1/index.html", *built.forms("ann")} <= rendered
    assert "2026/11/s2/index.html" not in rendered and built.forms("ann")
    built.write("tags/tide.md", "---\nname: Tides\n---\n")
    assert {"tags/tide/index.html", "2026/11/s2/index.html"} <= edited_alone(built)
    built.remove("tags/tide.md")
    assert {"tags/tide/index.html", "2026/11/s2/index.html"} <= edited_alone(built)
    assert ">tide<" in built.page("tags/index.html")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("merge: [port]\n---\n", []),
        ("role: A tag\n---\nSee [it](/draft.md).\n", ["link-held-back"]),
        ("role: A tag\n---\nSee ![it](/missing.jpg).\n", ["picture-elsewhere"]),
        ("role: A tag\n---\nSee ![it](missing.jpg).\n", ["image-missing"]),
        ("image: {src: /ann.jpg, alt: Ann}\n---\n", []),
    ],
)
def test_a_file_of_a_term_of_which_more_follows_comes_and_goes_with_all(
    built: SiteTest, text: str, said: list[str]
) -> None:
    built.write("draft.md", title="Draft", status="draft").write("ann.jpg", photo(400, 400, 1))
    built.write("p.md", title="Port", date="2026-10-01", tags=["port"]).build().ok()
    held = text.startswith("image")
    for comes in (True, False):
        if comes:
            built.write("tags/tide.md", f"---\n{text}")
        else:
            built.remove("tags/tide.md")
        with counted() as ways:
            built.build()
        assert ways == ["edited" if held and comes else "whole"]
        found = {problem["code"] for problem in built.errors + built.warnings}
        assert found == ({*said} if comes else set())
        assert found or built.bytes == built.clean_bytes()


ANN = "authors/ann-ray.md"
TERM = "---\nrole: Editor\n{}---\nShe writes.\n"
PORTRAIT = "image: {{src: {}, alt: Ann}}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (  # what only an article showed, its page shows now
            {"s1.md": article("One", body="![P](/ann.jpg) [d](/doc.csv)")},
            {"s1.md": article("One"), ANN: TERM.format("") + "![P](/ann.jpg) [d](/doc.csv)"},
        ),
        (  # the portrait of the first file is no portrait any more
            {"authors/ann-ray.ar.md": TERM.format(PORTRAIT.format("/ann.jpg"))},
            {ANN: TERM.format(PORTRAIT.format("/b.jpg"))},
        ),
        *(
            ({ANN: TERM.format(""), name: text}, {ANN: ""})
            for name, text in {
                "s2.md": article("Two", body="[Ann](/authors/ann-ray.md)"),
                "s3.md": article("Three", related=["/authors/ann-ray.md"]),
                "pages/p.md": "---\ntitle: P\n---\n[Ann](/authors/ann-ray.md)\n",
                "front.toml": 'lead = "authors/ann-ray.md"\n',
            }.items()
        ),
        ({"front.toml": 'lead = "authors/ann-ray.md"\n'}, {ANN: TERM.format("")}),
    ],
)
def test_a_file_of_a_term_on_which_others_depend_is_planned_with_all(
    built: SiteTest, before: dict[str, str], after: dict[str, str]
) -> None:
    built.settings(f'{SITE}\n[languages.ar]\ntitle = "T"\n[images]\nwidths = [20]\n')
    built.write("ann.jpg", photo(400, 400, 1)).write("b.jpg", photo(400, 400, 2))
    built.write("doc.csv", b"a,b\n")
    built.write("by.md", title="By", date="2026-10-01", authors=["Ann Ray"])
    for path, text in before.items():
        built.write(path, text)
    built.build("--keep-going")
    for path, text in after.items():
        if text:
            built.write(path, text)
        else:
            built.remove(path)
    with counted() as ways:
        built.build("--keep-going")
    assert ways == ["whole"]
    assert built.bytes == built.clean_bytes("--keep-going")
    assert [built.errors, built.warnings] == [
        built.clean_report[name] for name in ("errors", "warnings")
    ]


def test_links_of_an_author_in_two_files_lead_where_each_says(two_languages: SiteTest) -> None:
    site = two_languages.write("s1.md", title="Story", date="2026-11-01", authors=["Ann Ray"])
    site.write(ANN, "---\nrole: Editor\n---\nSee [one](/s1.md).\n")
    links = "links: [{label: Second, url: /s2.md}]\n"
    site.write("authors/ann-ray.ar.md", f"---\n{links}---\nShe.\n").build().ok()
    page = site.page("authors/ann-ray/index.html")
    assert re.search(r'<a href="/2026/11/s2/"[^>]*>Second<', page)


@pytest.mark.parametrize("portrait_first", [True, False])
def test_a_picture_may_be_a_portrait_in_one_file_and_in_the_text_of_another(
    two_languages: SiteTest, portrait_first: bool
) -> None:
    site, names = two_languages, ["authors/ann-ray.md", "authors/ann-ray.ar.md"]
    text, portrait = names[::-1] if portrait_first else names
    site.write("ann.jpg", photo(400, 400, 1)).write("s1.md", title="Story", authors=["Ann Ray"])
    site.write(text, "---\nrole: Editor\n---\nShe ![She](/ann.jpg) writes.\n")
    site.write(portrait, "---\nimage: {src: /ann.jpg, alt: Ann}\n---\n").build().ok()
    page = site.page("authors/ann-ray/index.html")
    assert page.count("<img") == (1 if portrait_first else 2)  # the text is another language's


def test_a_data_file_that_changed_touches_the_pages_that_have_it(built: SiteTest) -> None:
    page = "---\ntitle: Tides\ndata: [tides]\n---\nToday.\n"
    built.write("pages/tides.md", page).file("data/tides.toml", "high = 4\n").build().ok()
    built.file("data/tides.toml", "high = 5\n")
    assert edited_alone(built) == {"tides/index.html"}
    built.write("s1.md", title="Another", date="2026-11-01", tags=["tide"])
    assert {"tides/index.html", "2026/11/s1/index.html"} <= edited_alone(
        built.file("data/tides.toml", "high = 6\n").file("data/spare.json", "{}")
    )
    built.file("data/tides.toml", "high =\n").build()
    assert [error["code"] for error in built.errors] == ["data-syntax"]
    (built.folder / "data" / "tides.toml").unlink()
    built.build()
    assert [error["code"] for error in built.errors] == ["data-missing"]


def test_choices_that_home_cannot_show_are_told(built: SiteTest) -> None:
    for text, code in (('lead = "gone.md"', "pick-skipped"), ('lead = "s1.md"', ""), ("led =", "")):
        with counted() as ways:
            built.write("front.toml", f"{text}\n").build()
        assert ways == ["whole"]
        assert [warning["code"] for warning in built.warnings] == ([code] if code else [])
    assert [error["code"] for error in built.errors] == ["front-syntax"]
    built.write("front.toml", 'lead = "s1.md"\n').build().ok()
    built.write("en/front.toml", 'lead = "s2.md"\n').build()
    assert {error["code"] for error in built.errors} == {"front"}


def test_what_was_left_out_is_told_by_builds_that_do_not_look_at_it(built: SiteTest) -> None:
    built.write("bad.md", "---\ndate: 2026-11-01\n---\n").build("--keep-going")
    errors = built.errors
    assert (built.exit_code, [error["code"] for error in errors]) == (4, ["title-missing"])
    with counted() as ways:
        built.build("--keep-going")
        assert (built.exit_code, built.errors, ways) == (4, errors, [])
        built.write("s1.md", title="Another", date="2026-11-01", tags=["tide"])
        built.build("--keep-going")
        assert (built.exit_code, built.errors, ways) == (4, errors, ["edited"])
        assert built.bytes == built.clean_bytes("--keep-going")
        built.write("bad.md", title="Good").build("--keep-going").ok()
        assert (built.errors, ways) == ([], ["edited", "whole", "whole"])  # one was the clean one
    built.build().ok()


def test_an_article_that_is_left_out_for_others_is_planned_with_all_of_them(
    built: SiteTest,
) -> None:
    built.write("twin.md", title="Twin", url="/2026/11/s1/").build("--keep-going")
    assert [error["code"] for error in built.errors] == ["url-taken"]
    built.write("s1.md", title="Moved", date="2026-11-01", url="/moved/").build("--keep-going").ok()
    assert built.bytes == built.clean_bytes()
    assert "Twin" in built.page("2026/11/s1/index.html")


def test_notes_of_files_are_counted_anew_where_edits_are_planned_alone(built: SiteTest) -> None:
    fields = {"title": "Story 1", "date": "2026-11-01"}
    built.write("s1.md", body="<blink>Words</blink>", **fields)
    assert "2026/11/s1/index.html" in edited_alone(built)
    assert [warning["code"] for warning in built.warnings] == ["html-removed"]
    built.write("s2.md", title="Story 2", date="2026-11-02", body="A.\n\n<blink>Words</blink>")
    edited_alone(built)
    assert "2 files" in built.warnings[0]["message"]
    built.write("s1.md", body="\n\n<blink>Words</blink>", title="Other", date="2026-11-01")
    edited_alone(built)
    built.remove("s1.md")
    edited_alone(built)
    assert built.warnings[0]["source"] == "content/s2.md"
    built.write("s2.md", title="Story 2", date="2026-11-02")
    edited_alone(built)
    assert built.warnings == []


def test_a_section_that_a_list_names_and_that_lost_its_articles_is_missed(built: SiteTest) -> None:
    built.write("far.md", title="Far", section="sport")
    built.write("pages/all.md", "---\ntitle: All\nlists:\n  a:\n    section: sport\n---\n")
    built.build().ok().write("far.md", title="Far", section="politics").build()
    assert built.exit_code == 1
    assert "there is no section called “sport”" in built.errors[0]["message"]


def test_a_template_that_a_new_page_lacks_is_told(site: SiteTest) -> None:
    theme = site.folder / "themes" / "own"
    shutil.copytree(SHIPPED[1] / "broadsheet", theme)
    (theme / "templates" / "article.html").unlink()
    site.settings(SITE.replace("[site]", '[site]\ntheme = "own"')).build().ok()
    site.write("a.md", title="First").build()
    assert [error["code"] for error in site.errors] == ["template-missing"]
