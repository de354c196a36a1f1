"""Edits with files: pictures, recordings and documents that come, go or are replaced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.edits.editing import CREDITED, OPEN, PIER, SITE, counted, edited_alone
from tests.histories import spare_pictures
from tests.picture_files import photo, secretive
from tests.site_test import SiteTest, article


@pytest.fixture
def pictured(built: SiteTest) -> SiteTest:
    """The same with a story that has a picture of its own, and one that it shares."""
    built.settings(f"{SITE}\n[images]\nwidths = [20]\n")
    for number, name in enumerate(("own", "shared", "same")):
        built.write(f"{name}.jpg", photo(40, 30, number % 2))
    shared = {**CREDITED, "src": "/shared.jpg"}
    built.write("pier.md", **PIER, image=shared, body="![Pier](/own.jpg)")
    built.write("s1.md", title="Story 1", date="2026-11-01", image=shared)
    return built.build().ok()


def _hidden(site: SiteTest) -> None:
    site.write("pier.md", **PIER, status="draft", body="![Pier](/own.jpg)")


def _removed(site: SiteTest) -> None:
    site.remove("pier.md").remove("own.jpg")


def _shown_otherwise(site: SiteTest) -> None:
    site.write("new.jpg", photo(40, 30, 7))
    site.write("pier.md", **PIER, image={**CREDITED, "src": "/new.jpg"})


@pytest.mark.parametrize("edit", [_hidden, _removed, _shown_otherwise])
def test_what_an_article_alone_showed_goes_with_it(
    pictured: SiteTest, edit: Callable[[SiteTest], None]
) -> None:
    # Another file has the bytes of `own.jpg`, and nobody shows it.
    pictured.remove("same.jpg").build().ok()
    before = {path for path in pictured.bytes if path.startswith("_pictures/")}
    edit(pictured)
    rendered = edited_alone(pictured)
    assert {"index.html", "tags/tide/index.html", "2026/11/s8/index.html"} & rendered
    gone = {path for path in pictured.removed if path.startswith("_pictures/")}
    assert gone and gone < before and spare_pictures(pictured) == []


def test_a_warning_of_where_a_picture_was_taken_comes_and_goes_with_its_link(
    built: SiteTest,
) -> None:
    built.write("own.jpg", secretive())
    with counted() as ways:
        built.write("pier.md", **PIER, body="See [the pier](/own.jpg).").build().ok()
        assert [warning["code"] for warning in built.report["warnings"]] == ["picture-located"]
        _removed(built)
        built.build().ok()
    assert ways == ["whole", "whole"] and built.report["warnings"] == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"body": "See [it](/doc.csv)."}, {}),
        ({"body": "See [it](/doc.csv)."}, {"status": "draft", "body": "See [it](/doc.csv)."}),
        ({"audio": "/doc.csv"}, {}),
        (
            {"paywall": True, "body": OPEN.format(" [it](doc.csv)", "")},
            {"paywall": True, "body": OPEN.format("", " [it](doc.csv)")},
        ),
    ],
)
def test_a_file_goes_with_what_alone_led_readers_to_it(
    built: SiteTest, before: dict[str, Any], after: dict[str, Any]
) -> None:
    built.write("doc.csv", b"a,b\n").write("pier.md", **{**PIER, **before}).build().ok()
    built.write("pier.md", **{**PIER, **after})
    edited_alone(built)
    assert "doc.csv" in built.removed


@pytest.mark.parametrize("name", ["LICENCE", "plan/index.html", "Bild é.csv"])
def test_a_file_stays_that_another_article_leads_to_in_another_way(
    built: SiteTest, name: str
) -> None:
    built.write(name, b"Free for all.")
    built.write("s1.md", title="One", date="2026-11-01", body=f"[It](</{name}>).")
    built.write("pier.md", **PIER, body=f"[It](<{name}>).").build().ok()
    built.write("pier.md", **PIER, body="Nothing.")
    edited_alone(built)
    assert name in built.bytes


def test_a_file_of_static_is_planned_alone(built: SiteTest) -> None:
    built.settings(f'{SITE}\n[build]\nprecompress = ["gz"]\n').build().ok()
    built.write("new.md", title="New", date="2026-11-20", body="[The plan](/plan.csv).")
    built.file("static/plan.csv", "a,b\n" * 500)
    assert {"plan.csv", "plan.csv.gz", "2026/11/new/index.html"} <= edited_alone(built)
    built.file("static/plan.csv", "c,d\n" * 500)
    assert edited_alone(built) == {"plan.csv", "plan.csv.gz"}
    built.file("static/plan.csv", "c,d\n")
    assert edited_alone(built) == {"plan.csv"}
    assert built.removed == {"plan.csv.gz"}
    (built.folder / "static" / "plan.csv").unlink()
    assert edited_alone(built) == set()
    assert built.removed == {"plan.csv"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("favicon.ico", b"an icon"),
        ("robots.txt", b"User-agent: *\n"),
        ("Robots.txt", b"User-agent: *\n"),
        ("missing.jpg", photo(40, 30)),
        ("seen.jpg", secretive()),
        ("emblem.png", photo(600, 600, 3, "PNG")),
    ],
)
def test_a_file_of_static_that_decides_more_than_itself_is_planned_with_all(
    built: SiteTest, name: str, data: bytes
) -> None:
    icon = 'icon = "emblem.png"\n' if name == "emblem.png" else ""
    built.settings(SITE.replace("[site]\n", f"[site]\n{icon}"))
    built.file("static/emblem.png", photo(600, 600, 2, "PNG"))
    built.write("s2.md", title="Two", date="2026-11-02", body="![Pier](/missing.jpg)")
    built.build().ok()
    built.file(f"static/{name}", data)
    with counted() as ways:
        built.build()
    built.clean_bytes()
    said = [built.report[name] for name in ("errors", "warnings")]
    assert said == [built.clean_report[name] for name in ("errors", "warnings")]
    assert ways == ["whole"]
    assert built.exit_code or built.bytes == built.clean_bytes()


def test_a_picture_replaced_under_its_name_changes_on_all_pages_that_show_it(
    pictured: SiteTest,
) -> None:
    pictured.remove("same.jpg").build().ok()
    before = pictured.forms("own"), pictured.forms("shared")
    pictured.write("own.jpg", photo(40, 30, 7))
    rendered = edited_alone(pictured)
    assert "2026/11/pier/index.html" in rendered and "index.html" not in rendered
    assert pictured.removed == before[0]
    pictured.write("shared.jpg", photo(60, 30, 8))
    pictured.write("pier.md", **PIER, body="![Pier](/own.jpg)")
    pages = {"2026/11/pier/index.html", "2026/11/s1/index.html", "index.html"}
    assert pages <= edited_alone(pictured)
    assert pictured.removed == before[1]
    assert spare_pictures(pictured) == []


def test_a_file_of_content_replaced_under_its_name_is_copied_alone(built: SiteTest) -> None:
    built.settings(f'{SITE}\n[build]\nprecompress = ["gz"]\n')
    built.write("doc.csv", b"a,b\n" * 500).write("talk.mp3", b"Words.").write("spare.csv", b"a")
    built.write("pier.md", **PIER, body="See [it](/doc.csv).", audio="/talk.mp3").build().ok()
    built.write("doc.csv", b"c,d\n" * 500).write("spare.csv", b"b")
    assert edited_alone(built) == {"doc.csv", "doc.csv.gz"}
    built.write("doc.csv", b"c,d\n")
    assert edited_alone(built) == {"doc.csv"}
    assert built.removed == {"doc.csv.gz"}
    built.write("talk.mp3", b"More words.")
    rendered = edited_alone(built)  # feeds tell its length
    assert {"talk.mp3", "feed.xml"} <= rendered and "index.html" not in rendered


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"No picture.", ["image-unusable"]),
        (secretive(), ["picture-located"]),
        (photo(40, 30, 0, "GIF"), []),
    ],
)
def test_a_picture_that_becomes_another_kind_is_planned_with_all(
    pictured: SiteTest, data: bytes, said: list[str]
) -> None:
    """Or one that cannot be shown, or tells where it was taken, which a link makes public."""
    pictured.write("s2.md", title="Two", date="2026-11-02", body="See [it](/own.jpg).").build().ok()
    pictured.write("own.jpg", data)
    with counted() as ways:
        pictured.build()
    assert ways == ["whole"]
    assert {problem["code"] for problem in pictured.errors + pictured.warnings} == {*said}
    assert said or pictured.bytes == pictured.clean_bytes()


@pytest.mark.parametrize("number", [1, 4])
def test_icons_that_static_has_itself_are_kept_no_more(built: SiteTest, number: int) -> None:
    built.settings(SITE.replace("[site]\n", '[site]\nicon = "emblem.png"\n'))
    built.file("static/emblem.png", photo(600, 600, 2, "PNG")).build().ok()
    names = ("favicon.ico", "apple-touch-icon.png", "icon-192.png", "icon-512.png")
    for name in names[:number]:
        built.file(f"static/{name}", "an icon")
    built.build().ok()
    assert built.bytes == built.clean_bytes() and spare_pictures(built) == []


@pytest.mark.parametrize("name", ["Robots.txt", "Favicon.ico", "favicon.ico", "Icon-192.png"])
def test_what_a_file_of_static_stood_in_for_comes_back(built: SiteTest, name: str) -> None:
    built.settings(SITE.replace("[site]\n", '[site]\nicon = "emblem.png"\n'))
    built.file("static/emblem.png", photo(600, 600, 2, "PNG"))
    built.file(f"static/{name}", photo(192, 192, 0, "PNG")).build().ok()
    (built.folder / "static" / name).unlink()
    built.build().ok()
    assert built.bytes == built.clean_bytes() and spare_pictures(built) == []


def test_pictures_of_one_name_in_two_folders_may_change_places(built: SiteTest) -> None:
    """Their copies have one address then, which goes with neither alone."""
    built.settings(f"{SITE}\n[images]\nwidths = [20]\n")
    built.write("x/a.md", title="X", date="2026-11-09", body="![P](/x/pic.jpg)")
    built.write("y/b.md", title="Y", date="2026-11-10", body="![P](/y/pic.jpg)")
    for x, y in ((1, 2), (2, 1), (2, 5), (3, 2)):
        built.write("x/pic.jpg", photo(40, 30, x)).write("y/pic.jpg", photo(40, 30, y))
        built.build().ok()
        assert built.bytes == built.clean_bytes() and spare_pictures(built) == []


LINKING = article("New", "2026-11-11", body="[It](/doc.csv)")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"static/data.csv": "a,b\n" * 500, "static/data.csv.gz": "x"}),
        ({}, {"content/new.md": LINKING, "static/2026/11/new/index.html": "<p>"}),
        ({}, {"content/new.md": LINKING, "content/doc.csv": "a", "static/doc.csv": "b"}),
        ({"content/doc.csv": "a", "static/doc.csv": "b"}, {"content/new.md": LINKING}),
        (
            {"content/new.md": LINKING, "content/doc.csv": "a"},
            {"content/doc.csv": "b", "static/doc.csv": "c"},
        ),
        (
            {
                "content/new.md": article("New", body="[A](/doc.csv) [B](/doc.csv.gz)"),
                "content/doc.csv": "a",
                "content/doc.csv.gz": "b",
            },
            {"content/doc.csv": "a,b\n" * 500, "content/doc.csv.gz": "c"},
        ),
    ],
)
def test_two_files_that_come_to_one_place_are_a_mistake(
    built: SiteTest, before: dict[str, str], after: dict[str, str]
) -> None:
    built.settings(f'{SITE}\n[build]\nprecompress = ["gz"]\n')
    for path, text in before.items():
        built.file(path, text)
    built.build().ok()
    for path, text in after.items():
        built.file(path, text)
    built.build()
    assert [error["code"] for error in built.errors] == ["url-taken"]


def test_a_link_to_what_is_no_file_beside_it_is_told_as_long_as_static_has_none(
    built: SiteTest,
) -> None:
    built.write("s1.md", title="One", date="2026-11-01", body="[All](plan.pdf)")
    told = ["link-unknown"]
    assert [warning["code"] for warning in built.build().ok().warnings] == told
    built.file("static/plan.pdf", "x").build().ok()
    assert built.warnings == []
    (built.folder / "static" / "plan.pdf").unlink()
    assert [warning["code"] for warning in built.build().ok().warnings] == told


def test_files_called_like_those_that_go_stay(built: SiteTest) -> None:
    built.settings(f'{SITE}\n[build]\nprecompress = ["gz"]\n')
    built.file("static/doc.csv", "a,b\n").write("static/doc.csv", b"c,d\n")
    built.write("static/doc.csv.gz", b"no twin")
    built.write("s1.md", title="One", date="2026-11-01", body="[It](static/doc.csv.gz).")
    built.write("pier.md", **PIER, body="See [it](static/doc.csv).").build().ok()
    built.write("pier.md", **PIER, body="See nothing.")
    edited_alone(built)
    assert built.removed == {"static/doc.csv"}


def test_a_picture_that_comes_with_an_edit_is_missed_no_more(built: SiteTest) -> None:
    for day in (2, 3):
        body = f"![Pier](/missing{day}.jpg)"
        built.write(f"s{day}.md", title="Story", date=f"2026-11-0{day}", body=body)
    built.build().ok().write("missing3.jpg", photo(40, 30))
    built.write("s3.md", title="Else", date="2026-11-03", body="![Pier](/missing3.jpg)")
    built.build().ok()
    built.clean_bytes()
    assert built.warnings == built.clean_report["warnings"]


@pytest.mark.parametrize("edit", [_hidden, _removed, _shown_otherwise])
def test_a_picture_with_the_bytes_of_another_is_looked_at_with_the_whole_site(
    pictured: SiteTest, edit: Callable[[SiteTest], None]
) -> None:
    edit(pictured)
    with counted() as ways:
        pictured.build().ok()
    assert ways == ["whole"] and pictured.bytes == pictured.clean_bytes()


def test_a_file_that_is_new_is_found_by_who_named_it_before(built: SiteTest) -> None:
    built.settings(f'{SITE}\n[check]\nsilence = ["link-unknown"]\n')
    built.write("s1.md", title="Story 1", date="2026-11-01", body="[All of it](s1.csv).")
    built.build().ok()
    built.write("s1.csv", "a,b\n").build().ok()
    assert b's1.csv"' in built.bytes["2026/11/s1/index.html"]
    assert built.bytes == built.clean_bytes()


def test_a_new_article_brings_its_picture_along(built: SiteTest) -> None:
    built.write("pier.jpg", photo(400, 300))
    image = {"src": "pier.jpg", "alt": "A pier", "credit": "Nobody"}
    built.write("new.md", title="New", date="2026-11-20", image=image)
    assert any(path.startswith("_pictures/") for path in edited_alone(built))
