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
    site.write("pages/menu.md", "---\ntitle: Menu\nurl: /café/\n---\n")
    return site.build().ok()


@contextmanager
def _planned_whole(site: SiteTest) -> Iterator[None]:
    """A build at the end that plans the whole site, and leaves and says what a clean one would."""
    site.build("--keep-going")  # else the next would be planned whole for that alone
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
        assert site.warnings == site.clean_report["warnings"]


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


def test_the_dates_of_a_draft_decide_no_order_of_old_addresses(named: SiteTest) -> None:
    named.settings(f'{SITE}\n[host]\ntarget = "netlify"\n')
    draft: dict[str, Any] = {"title": "Draft", "status": "draft", "aliases": ["/old/"]}
    named.write("draft.md", **draft, date="2026-11-05").build().ok()
    named.write("draft.md", **draft, date="2026-11-07")
    assert edited_alone(named) == set()


def test_a_draft_moves_unseen(named: SiteTest) -> None:
    named.write("draft.md", title="Draft", status="draft").build().ok()
    named.write("draft.md", title="Draft", status="draft", slug="sketch")
    assert edited_alone(named) == set()


@pytest.mark.parametrize(
    ("other", "fields"),
    [
        ({"aliases": [NEW]}, {"slug": "three"}),
        ({"aliases": ["/old/"]}, {"aliases": ["/old/"]}),
        ({"related": [OLD]}, {"slug": "three"}),
        ({"related": [NEW]}, {"slug": "three"}),
        ({"url": "/old/", "status": "draft"}, {"aliases": ["/old/"]}),
        ({}, {"slug": "S3"}),
        ({}, {"slug": "s4"}),
        ({}, {"aliases": ["/2026/11/s4/"]}),
        ({}, {"aliases": ["/about/"]}),
        ({}, {"aliases": ["/2026/"]}),
        ({}, {"slug": "three", "related": [OLD]}),
        ({}, {"slug": "three", "expires": "2026-11-15"}),
        ({}, {"url": "/about/"}),
        ({}, {"aliases": ["/CAFÉ/"]}),
    ],
)
def test_what_somebody_may_miss_is_planned_with_all(
    named: SiteTest, other: dict[str, Any], fields: dict[str, Any]
) -> None:
    named.write("other.md", title="Other", date="2026-11-10", **other).build()
    with _planned_whole(named):
        named.write("s3.md", **{**STORY, **fields})


@pytest.mark.parametrize("ending", ["", "#end", "?a=b"])
@pytest.mark.parametrize("slash", ["/", ""])
@pytest.mark.parametrize("linking", ["2026-08-12-old.md", "authors/ann.md"])
def test_who_links_by_address_is_told(
    named: SiteTest, linking: str, slash: str, ending: str
) -> None:
    old, new = (f"{address.rstrip('/')}{slash}{ending}" for address in (OLD, NEW))
    named.write(linking, f"---\ntitle: Old\n---\nIt is [there]({old}).\n")
    named.write("new.md", title="New", date="2026-09-13", body=f"It is [there]({new}).")
    named.write("pages/more.md", f"---\ntitle: More\n---\nIt is [there]({new}).\n")
    named.write("ann.md", title="Ann", date="2026-09-14", authors=["Ann"]).build().ok()
    named.write("s3.md", **{**STORY, "body": f"I was [there]({old})."}, slug="three")
    edited_alone(named)
    named.write("s3.md", **STORY, slug="three", aliases=[OLD, "/old/"])
    edited_alone(named)


@pytest.mark.parametrize("linking", ["2026-11-10-other.md", "pages/other.md"])
def test_who_links_to_where_a_draft_is_is_told_when_it_moves(named: SiteTest, linking: str) -> None:
    draft: dict[str, Any] = {"title": "Draft", "status": "draft"}
    named.write("draft.md", **draft, url="/draft/")
    named.write(linking, "---\ntitle: Other\n---\n[Soon](/draft/).").build()
    assert [warning["code"] for warning in named.ok().warnings] == ["link-held-back"]
    with _planned_whole(named):
        named.write("draft.md", **draft, url="/sketch/")
    assert named.warnings == []
    with _planned_whole(named):
        named.write("draft.md", **draft, url="/draft/")
    assert [warning["code"] for warning in named.warnings] == ["link-held-back"]


def test_articles_of_several_languages_move_alone_but_not_translations(named: SiteTest) -> None:
    named.settings(f'{SITE}\n[languages.ar]\ntitle = "T"\n')
    named.write("ar/s5.md", title="Five", date="2026-11-05").build().ok()
    named.write("s3.md", **STORY, slug="three")
    edited_alone(named)
    with _planned_whole(named):
        named.write("s5.md", title="Story 5", date="2026-11-05", slug="five")


def test_who_links_to_what_a_draft_waits_for_is_told(named: SiteTest) -> None:
    named.write("draft.md", title="Draft", status="draft", aliases=[OLD])
    named.write("other.md", title="Other", date="2026-11-10", body=f"[There]({OLD}).").build().ok()
    with _planned_whole(named):
        named.write("s3.md", **STORY, slug="three")
    assert [warning["code"] for warning in named.warnings] == ["link-held-back"]


@pytest.mark.parametrize("field", ["date", "url"])
def test_the_first_of_two_drafts_that_want_an_address_is_told(named: SiteTest, field: str) -> None:
    draft: dict[str, Any] = {"title": "Draft", "status": "draft", "aliases": ["/old/"]}
    fields = {"date": ("2026-11-05", "2026-11-07"), "url": ("/a/", "/c/")}[field]
    named.write("a.md", **draft, **{"date": "2026-11-06", "url": "/x/", field: fields[0]})
    named.write("b.md", **draft, **{"date": "2026-11-06", "url": "/b/"})
    named.write("other.md", title="Other", date="2026-11-10", body="[There](/old/).").build().ok()
    assert "a.md" in named.warnings[0]["message"]
    with _planned_whole(named):
        named.write("a.md", **draft, **{"date": "2026-11-06", "url": "/x/", field: fields[1]})
    assert "b.md" in named.warnings[0]["message"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("s3.md", "2026/s3.md"), ("s3.md", "s3/index.md"), ("2026-11-03-s3.md", "s3.md")],
)
@pytest.mark.parametrize("fields", [{"body": "Other words."}, {"title": "Other"}, {"tags": ["x"]}])
def test_a_file_that_was_renamed_is_found_by_its_new_name(
    built: SiteTest, old: str, new: str, fields: dict[str, Any]
) -> None:
    if old != "s3.md":
        built.remove("s3.md")
    built.write(old, **STORY).build().ok()
    built.rename(old, new).build().ok()
    assert (built.changed, built.bytes) == (set(), built.clean_bytes())
    built.write(new, **{**STORY, **fields})
    assert "2026/11/s3/index.html" in edited_alone(built)
    assert built.changed


def test_a_page_that_was_renamed_is_found_by_its_new_name(built: SiteTest) -> None:
    text = "---\ntitle: About\nurl: /who/\n---\n{}\n"
    built.write("pages/about.md", text.format("Us.")).build().ok()
    built.rename("pages/about.md", "pages/who.md").build().ok()
    built.write("pages/who.md", text.format("Others."))
    assert edited_alone(built) == {"who/index.html"}


def test_who_names_the_address_of_its_original_is_told(named: SiteTest) -> None:
    named.settings(f'{SITE}\n[languages.ar]\ntitle = "T"\n')
    named.write("ar/three.md", title="Three", date="2026-11-05", translation_of=OLD).build().ok()
    with _planned_whole(named):
        named.write("s3.md", **STORY, slug="three")
    assert [error["code"] for error in named.errors] == ["reference-missing"]


def test_an_old_address_may_be_handed_over(named: SiteTest) -> None:
    named.write("s3.md", **STORY, aliases=["/old/"]).build().ok()
    named.write("s3.md", **STORY)
    named.write("s5.md", title="Story 5", date="2026-11-05", aliases=["/old/"])
    edited_alone(named)
    assert 'url=/2026/11/s5/"' in named.page("old/index.html")


def test_the_old_addresses_of_an_article_lead_to_where_it_is_now(named: SiteTest) -> None:
    named.write("s3.md", **STORY, aliases=["/old/", NEW]).build().ok()
    named.write("s3.md", **STORY, slug="third", aliases=["/old/", NEW])
    assert {"old/index.html", "2026/11/three/index.html"} <= edited_alone(named)
    named.write("s3.md", **STORY, slug="three", aliases=["/old/", NEW])
    assert "old/index.html" in edited_alone(named)
    assert "<h1" in named.page("2026/11/three/index.html")


FIRST: dict[str, Any] = {"title": "Other", "date": "2026-11-03", "aliases": ["/b.php"]}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"date": "2026-11-05"}, {"date": "2026-11-01"}),
        ({"slug": "z"}, {"slug": "a"}),
        ({}, {"url": "/b.php"}),
        ({"url": "/b.php"}, {}),
        ({"aliases": []}, {}),
    ],
)
def test_warnings_of_old_addresses_name_the_first(
    named: SiteTest, before: dict[str, Any], after: dict[str, Any]
) -> None:
    named.write("s3.md", **STORY, aliases=["/a.php"])
    named.write("other.md", **{**FIRST, **before}).build().ok()
    with _planned_whole(named):
        named.write("other.md", **{**FIRST, **after})
    assert [warning["code"] for warning in named.warnings] == ["redirect-file"]


@pytest.mark.parametrize("host", ["s3", "netlify"])
@pytest.mark.parametrize("aliases", [[], [OLD]])
def test_an_article_below_what_a_rule_leads_on_from_is_told(
    named: SiteTest, host: str, aliases: list[str]
) -> None:
    rules = '[redirects]\n"/files/*" = "/tags/*"\n'
    named.settings(f'{SITE}\n[host]\ntarget = "{host}"\n{rules}')
    named.write("s3.md", **STORY, aliases=["/files/x/"]).build().ok()
    with _planned_whole(named):
        named.write("s3.md", **STORY, url="/files/x/", aliases=aliases)


@pytest.mark.parametrize("host", ["plain", "netlify", "apache"])
@pytest.mark.parametrize(
    ("old", "url"),
    [("/old.html", "/old.html/y/"), ("/old.html/y/", "/old.html"), ("/olé/", "/OLÉ/")],
)
@pytest.mark.parametrize("source", ["s3.md", "new.md"])
def test_an_article_beside_an_old_address_of_another_is_told(
    named: SiteTest, source: str, old: str, url: str, host: str
) -> None:
    named.settings(f'{SITE}\n[host]\ntarget = "{host}"\n')
    expires = {"expires": "2026-11-10"} if source == "new.md" else {}
    named.write("s6.md", title="Story 6", date="2026-11-06", aliases=[old], **expires).build().ok()
    with _planned_whole(named):
        named.write(source, **STORY, url=url)
    assert named.errors[0]["code"] == "redirect-taken"


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
    named.write("s3.md", **{**STORY, "tags": ["tram"]}, aliases=["/old/"])
    edited_alone(named)
    with _planned_whole(named):  # it was the first of the two
        named.write("s3.md", **{**STORY, "date": "2026-11-06"}, aliases=["/old/"])
    with _planned_whole(named):
        named.write("s3.md", **{**STORY, "date": "2026-11-06"}, aliases=["/old/", "/oldest/"])
    with _planned_whole(named):
        named.write("s3.md", **{**STORY, "date": "2026-11-06"}, slug="three", aliases=["/old/"])
