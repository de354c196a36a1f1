"""What is held back is in no output until its instant; what is unclear is an error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.picture_files import telling
from tests.site_test import SETTINGS, SiteTest, article
from tests.test_bad_input import good, only_error, refused

SECRET = "zzsecret"
"""Stands in every part of a held back article; nothing else in the site contains it."""

LATER = "2026-12-01T00:00:00Z"

PARTS: Mapping[str, Any] = {
    "title": f"Title {SECRET}",
    "slug": f"slug-{SECRET}",
    "section": f"Section {SECRET}",
    "tags": [f"Tag {SECRET}"],
    "authors": [f"Author {SECRET}"],
    "summary": f"Summary {SECRET}",
    "kicker": f"Kicker {SECRET}",
    "aliases": [f"/old/{SECRET}/"],
    "image": f"{SECRET}.png",
    "key_points": [f"Point {SECRET}"],
    "extra": {"note": SECRET},
}
BODY = f"Body {SECRET}, ![a picture]({SECRET}-inline.png) and [a file]({SECRET}.pdf).\n"

WAYS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "status: draft": ("held.md", {"status": "draft"}),
    "Status: Draft": ("held.md", {"Status": "Draft"}),
    "status: pending": ("held.md", {"status": "pending"}),
    "status: private": ("held.md", {"status": "private"}),
    "draft: true": ("held.md", {"draft": True}),
    "draft: yes": ("held.md", {"draft": "yes"}),
    "Draft: 1": ("held.md", {"Draft": 1}),
    "published: false": ("held.md", {"published": False}),
    "published: off": ("held.md", {"published": "off"}),
    "private": ("held.md", {"private": True}),
    "hidden": ("held.md", {"hidden": True}),
    "unlisted": ("held.md", {"unlisted": True}),
    "visibility": ("held.md", {"visibility": "private"}),
    "permalink: false": ("held.md", {"permalink": False}),
    "_drafts": ("_drafts/held.md", {}),
    "politics/_drafts": ("politics/_drafts/held.md", {}),
    "_drafts bundle": ("_drafts/held/index.md", {}),
}
"""Ways to hold back without an instant → the file, and its fields."""

INSTANTS: Mapping[str, Mapping[str, Any]] = {
    "date": {"date": LATER},
    "embargo": {"embargo": LATER},
    "publishDate": {"publishDate": LATER},
    "publish_date": {"publish_date": LATER},
    "date and an earlier embargo": {"date": LATER, "embargo": "2026-11-05"},
    "embargo beside an earlier publishDate": {"publishDate": "2026-11-05", "embargo": LATER},
    "embargo before an earlier publishDate": {"embargo": LATER, "publishDate": "2026-11-05"},
    "date beside an earlier published": {"date": LATER, "published": "2026-11-05"},
    "date beside a later published": {"date": "2026-11-05", "published": LATER},
    "embargo and draft: false": {"embargo": LATER, "draft": False},
}
"""Fields that hold back until `LATER`."""


def files(site: SiteTest, folder: str = "") -> SiteTest:
    """The pictures that the held back article shows; its author's and tag's files."""
    for name in (f"{SECRET}.png", f"{SECRET}-inline.png"):
        site.write(f"{folder}{name}", telling(SECRET))
    site.write(f"{folder}{SECRET}.pdf", f"A file {SECRET}")
    site.write(f"authors/author-{SECRET}.md", f"---\nname: {SECRET}\nrole: {SECRET}\n---\n")
    return site.write(f"tags/tag-{SECRET}.md", f"---\ntitle: T {SECRET}\n---\n")


def leaks(site: SiteTest) -> list[str]:
    """Where the secret stands in the output: paths, or files' bytes."""
    found = [path for path in site.bytes if SECRET in path]
    return found + [path for path, data in site.bytes.items() if SECRET.encode() in data]


def held(site: SiteTest, path: str, fields: Mapping[str, Any]) -> SiteTest:
    site.write("seen.md", title="Seen", tags=["seen"])
    site.write(path, article(body=BODY, **{**PARTS, **fields}))
    return files(site, path.rpartition("/")[0] + "/" if "/" in path else "")


@pytest.mark.parametrize("way", WAYS)
def test_a_draft_is_in_no_output_and_is_published_when_it_is_one_no_more(
    site: SiteTest, way: str
) -> None:
    path, fields = WAYS[way]
    held(site, path, fields).build().ok()
    assert leaks(site) == []
    (entry,) = site.report["held_back"]
    assert entry == {"source": f"content/{path}", "until": None, "why": "draft"}
    assert site.build(now="2030-01-01").ok() and leaks(site) == []
    folder = path.rpartition("/")[0].replace("_drafts", "released").strip("/")
    site.rename(path, f"{folder}/held.md" if folder else "held.md")
    files(site, f"{folder}/" if folder else "")
    site.write(f"{folder}/held.md", article(body=BODY, **PARTS)).build().ok()
    assert f"2026/11/slug-{SECRET}/index.html" in leaks(site) and "feed.xml" in leaks(site)
    made = site.forms(SECRET) | site.forms(f"{SECRET}-inline")
    assert site.forms(SECRET) and site.forms(f"{SECRET}-inline") and made <= set(leaks(site))
    assert not [path for path in made if SECRET.encode() in site.bytes[path]]


@pytest.mark.parametrize("way", INSTANTS)
def test_what_waits_for_an_instant_appears_at_that_instant_and_not_before(
    site: SiteTest, way: str
) -> None:
    held(site, "held.md", INSTANTS[way]).build(now="2026-11-30T23:59:59Z").ok()
    assert leaks(site) == []
    (entry,) = site.report["held_back"]
    assert entry["until"] == LATER and entry["why"] in ("scheduled", "embargoed")
    assert site.report["next_due"] == LATER
    site.build(now=LATER).ok()
    assert site.report["held_back"] == []
    assert {"feed.xml", "index.html", "headlines.json"} <= set(leaks(site))
    assert site.forms(SECRET) and site.forms(f"{SECRET}-inline")


def test_the_picture_of_an_author_with_held_back_articles_only_is_in_no_output(
    site: SiteTest,
) -> None:
    site.write("authors/sam.md", f"---\nname: Sam\nimage: {SECRET}.png\n---\n")
    site.write(f"authors/{SECRET}.png", telling(SECRET)).write(
        "a.md", authors=["sam"], embargo=LATER
    )
    site.build().ok()
    assert leaks(site) == []
    site.build(now=LATER).ok()
    made = site.forms(SECRET)
    assert made and not [path for path in made if SECRET.encode() in site.bytes[path]]


@pytest.mark.parametrize(
    "field",
    [
        "published: maybe",
        "draft: maybe",
        "draft: [true]",
        "draft: {a: b}",
        "private: 2",
        "password: x",
        "status: hidden",
        "status: trash",
        "status: [draft]",
        "visibility: members",
        "publishDate: soon",
        "headless: true",
        "build: {render: never}",
        "_build: {list: never}",
        "permalink: maybe-not",
        "eleventyExcludeFromCollections: true",
    ],
)
def test_a_field_that_may_hold_back_and_is_unclear_is_an_error(site: SiteTest, field: str) -> None:
    site.settings(SETTINGS + '[front_matter]\npreset = "jekyll"\nunknown = "ignore"\n')
    refused(good(site).write("a.md", f"---\ntitle: A\ndate: 2026-11-01\n{field}\n---\n"))
    error = only_error(site, "a.md")
    assert error["line"] == 4
    assert error["field"].lower().startswith(field.partition(":")[0].lower())


@pytest.mark.parametrize(
    "preset, field",
    [
        ("hugo", "pubdate: 2026-12-01"),
        ("hugo", "published: 2026-12-01"),
        ("wordpress", "post_status: draft"),
        ("wordpress", "post_password: x"),
        ("", "embargo_until: 2026-12-01"),
        ("", "embargoed: 2026-12-01"),
        ("", "is_draft: true"),
        ("", "isDraft: true"),
        ("", "drafts: true"),
        ("", "stauts: draft"),
    ],
)
def test_a_field_that_holds_back_elsewhere_is_understood_or_an_error(
    site: SiteTest, preset: str, field: str
) -> None:
    site.settings(SETTINGS + f'[front_matter]\npreset = "{preset}"\n')
    site.write("a.md", f"---\ntitle: {SECRET}\ndate: 2026-11-01\n{field}\n---\n").build()
    assert site.exit_code == 1 or len(site.report["held_back"]) == 1, site.output
    assert leaks(site) == [] if site.public.exists() else True


@pytest.mark.parametrize("path", ["pages/_drafts/p.md", "_drafts/pages/p.md"])
def test_a_standing_page_in_a_folder_of_drafts_is_held_back(site: SiteTest, path: str) -> None:
    site.write(path, f"---\ntitle: {SECRET}\n---\n{SECRET}\n").build()
    assert not site.public.exists() or leaks(site) == []


@pytest.mark.parametrize(
    "field", ["status: draft", "draft: true", "published: false", "private: 1"]
)
def test_a_standing_page_that_is_a_draft_is_in_no_output(site: SiteTest, field: str) -> None:
    text = f"---\ntitle: {SECRET}\n{field}\n---\n![x]({SECRET}.png)\n"
    site.write("pages/p.md", text).write(f"pages/{SECRET}.png", telling(SECRET)).build().ok()
    assert leaks(site) == []
    site.write("pages/p.md", text.replace(f"{field}\n", "")).build().ok()
    assert "p/index.html" in leaks(site) and site.forms(SECRET)


@pytest.mark.parametrize("field", ["date: 2026-12-01", "publishDate: 2026-12-01", "password: x"])
def test_a_standing_page_that_another_system_holds_back_is_understood_or_an_error(
    site: SiteTest, field: str
) -> None:
    site.write("pages/p.md", f"---\ntitle: {SECRET}\n{field}\n---\n").build()
    assert not site.public.exists() or leaks(site) == []


@pytest.mark.parametrize(
    "link",
    [
        "held.md",
        "/held.md",
        "/2026/11/held/",
        "/2026/11/held",
        "https://test.example/2026/11/held/",
    ],
)
def test_a_link_to_a_held_back_article_is_its_label_with_a_warning(
    site: SiteTest, link: str
) -> None:
    site.write("held.md", title="H", status="draft")
    site.write("a.md", title="A", body=f"See [the *label*]({link}#part).").build().ok()
    assert "<p>See the <em>label</em>.</p>" in site.page("2026/11/a/index.html")
    (warning,) = site.warnings
    assert warning["source"] == "content/a.md" and "held.md" in warning["message"]
    site.write("held.md", title="H").build().ok()
    assert '/2026/11/held/#part">the <em>label</em></a>' in site.page("2026/11/a/index.html")
    assert not site.warnings


def test_a_link_in_raw_html_to_a_held_back_article_is_its_label(site: SiteTest) -> None:
    site.write(f"{SECRET}.md", title="H", status="draft")
    body = f'See <a class="x" href="{SECRET}.md">the label</a>.'
    site.write("a.md", title="A", body=body).build().ok()
    assert leaks(site) == [] and "See the label." in site.page("2026/11/a/index.html")


def test_related_and_translations_and_picks_pass_over_what_is_held_back(site: SiteTest) -> None:
    site.settings(SETTINGS + '[languages.ar]\ntitle = "T"\n')
    site.write("held.md", title=SECRET, slug=SECRET, status="draft")
    site.write("held.ar.md", title=SECRET, slug=SECRET, embargo=LATER)
    site.write("a.md", title="A", related=["held.md"])
    site.write("b.ar.md", title="B", translation_of="held.md")
    site.write("front.toml", 'lead = "held.md"\ntop = ["a.md"]\n').build().ok()
    assert leaks(site) == []
    assert any("held.md" in warning["message"] for warning in site.warnings)


def test_what_was_removed_is_in_no_output_and_not_in_the_state(site: SiteTest) -> None:
    held(site, "held.md", {}).build().ok()
    assert leaks(site)
    for path in [*(site.folder / "content").rglob(f"*{SECRET}*"), site.folder / "content/held.md"]:
        path.unlink()
    site.build().ok()
    assert leaks(site) == []
    state = site.folder / ".sitegen"
    assert not [p for p in state.rglob("*") if p.is_file() and SECRET.encode() in p.read_bytes()]


@pytest.mark.parametrize(
    "fields, state",
    [
        ({"expires": "2026-11-20"}, "expired"),
        ({"withdrawn": {"date": "2026-11-20", "reason": "A court order."}}, "withdrawn"),
    ],
)
def test_expired_and_withdrawn_articles_leave_a_notice_and_are_listed_nowhere(
    site: SiteTest, fields: Mapping[str, Any], state: str
) -> None:
    site.write("b.md", title="B", body="[label](held.md)")
    held(site, "held.md", fields)
    site.build(now="2026-11-19T23:59:59Z").ok()
    assert site.report["next_due"] == "2026-11-20T00:00:00Z"
    page = f"2026/11/slug-{SECRET}/index.html"
    assert f"Body {SECRET}" in site.page(page) and "feed.xml" in leaks(site)
    site.build(now="2026-11-20T00:00:00Z").ok()
    feeds = {"feed.xml", "feed.json", "feeds/2026-11.xml"}  # the text of b links there
    old = f"old/{SECRET}/index.html"  # it leads to the notice
    assert set(leaks(site)) == {page, "2026/11/b/index.html", *feeds, old}
    notice = site.page(page)
    assert f"Body {SECRET}" not in notice and f"Title {SECRET}" not in notice
    assert 'content="noindex"' in notice and "November 20, 2026" in notice
    assert ("A court order." in notice) is (state == "withdrawn")
    assert site.report["held_back"] == []
    assert site.report["articles"] == 3


def test_an_article_that_is_both_withdrawn_and_under_embargo_stays_held_back(
    site: SiteTest,
) -> None:
    withdrawn = {"date": "2026-11-20", "reason": SECRET}
    held(site, "held.md", {"embargo": LATER, "withdrawn": withdrawn}).build().ok()
    assert leaks(site) == []


def test_many_expired_articles_are_remarked_on_first(site: SiteTest) -> None:
    for index in range(21):
        site.write(f"a{index}.md", title="A", expires="2026-11-02", date="2026-11-01")
    site.write("b.md", title="B").build().ok()
    assert "21 articles of 22 have expired" in site.warnings[0]["message"]
