"""Where pictures may lie, and those that lie where no reader may find them."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.picture_files import photo, size
from tests.pictures.output import FEW, attribute, kept, known_by, made, tags
from tests.site_test import SETTINGS, SiteTest, tree

PAGE = "2026/11/a/index.html"
ELSEWHERE = SETTINGS + '[images]\nwidths = [40, 80]\nbase_url = "https://media.example/old/"\n'


@pytest.mark.parametrize(
    "folder, article, written",
    [
        ("", "a.md", "b.jpg"),
        ("", "a.md", "/b.jpg"),
        ("", "a.md", "./b.jpg"),
        ("", "a.md", "https://test.example/b.jpg"),
        ("media/", "a.md", "/media/b.jpg"),
        ("media/", "news/a.md", "../media/b.jpg"),
        ("news/a/", "news/a/index.md", "b.jpg"),
        ("news/a/", "news/a/index.md", "/news/a/b.jpg"),
        ("news/a/photos/", "news/a/index.md", "photos/b.jpg"),
    ],
)
def test_a_picture_of_the_content_is_found_and_made(
    site: SiteTest, folder: str, article: str, written: str
) -> None:
    site.write(f"{folder}b.jpg", photo(400, 300))
    hero = {"src": written, "alt": "x", "credit": "C"}
    site.write(article, slug="a", image=hero, body=f"![Boats]({written})").build().ok()
    assert len(made(site)) == 6 and site.warnings == []
    assert site.page(PAGE).count("<picture>") == 2
    assert f"{folder}b.jpg" not in site.bytes


def test_a_picture_of_static_is_shown_as_it_is_with_its_measures(site: SiteTest) -> None:
    """PF-03"""
    site.file("static/old/b.jpg", photo(120, 80))
    site.write("a.md", image="/old/b.jpg", body="![Boats](/old/b.jpg)").build().ok()
    assert made(site) == set() and site.bytes["old/b.jpg"] == photo(120, 80)
    for img in tags(site.page(PAGE)):
        assert attribute(img, "src") == "/old/b.jpg"
        assert (attribute(img, "width"), attribute(img, "height")) == ("120", "80")
    site.file("static/old/b.jpg", photo(120, 90)).build().ok()
    assert site.page(PAGE).count('height="90"') == 2 and site.bytes == site.clean_bytes()


# Pictures that are not in the site.


def test_pictures_of_a_base_url_are_shown_from_there_with_listed_measures(site: SiteTest) -> None:
    """PF-03: and nothing is wrong with them."""
    site.settings(ELSEWHERE)
    site.file("data/pictures.csv", "path,width,height\nmedia/far.jpg,1600,1067\n")
    hero = {"src": "/media/far.jpg", "alt": "Far", "credit": "C"}
    site.write("a.md", image=hero, body="![Far](/media/far.jpg)\n\n![x](/media/unlisted.jpg)")
    site.build().ok()
    assert site.warnings == [] and made(site) == set()
    html = site.page(PAGE)
    first, second, third = tags(html)
    for img in (first, second):
        assert attribute(img, "src") == "https://media.example/old/media/far.jpg"
        assert (attribute(img, "width"), attribute(img, "height")) == ("1600", "1067")
    assert attribute(third, "src") == "https://media.example/old/media/unlisted.jpg"
    assert attribute(third, "width") is None
    policy = re.search(r"img-src ([^;]*);", unescape(html))
    assert policy and "https://media.example" in policy[1]
    assert 'property="og:image" content="https://media.example/old/media/far.jpg"' in html
    assert "https://media.example/old/media/far.jpg" in site.page("feed.xml")
    assert "https://media.example/old/media/far.jpg" in site.page("sitemaps/2026-11.xml")
    assert site.bytes == site.clean_bytes()


def test_a_file_of_the_site_goes_before_a_base_url(site: SiteTest) -> None:
    site.settings(ELSEWHERE).write("media/near.jpg", photo()).file("static/s.jpg", photo(60, 40))
    site.write("a.md", body="![x](/media/near.jpg) ![x](/s.jpg)").build().ok()
    assert "media.example/old" not in site.page(PAGE).partition("</head>")[2]
    assert known_by(site) == {"near"} and "s.jpg" in site.bytes
    site.remove("media/near.jpg").build().ok()
    assert "https://media.example/old/media/near.jpg" in site.page(PAGE)
    assert made(site) == set() and kept(site) == {} and site.bytes == site.clean_bytes()


def test_a_listed_measure_that_changes_changes_its_pages_alone(site: SiteTest) -> None:
    site.settings(ELSEWHERE).file("data/pictures.csv", "path,width,height\n/far.jpg,16,9\n")
    site.write("a.md", body="![x](/far.jpg)").write("b.md", title="B").build().ok()
    site.file("data/pictures.csv", "path,width,height\n/far.jpg,16,10\n").build().ok()
    assert PAGE in site.changed and "2026/11/b/index.html" not in site.rendered
    assert 'height="10"' in site.page(PAGE) and site.bytes == site.clean_bytes()


@pytest.mark.parametrize("row", ["far.jpg,wide,9", "far.jpg,16", "far.jpg,,"])
def test_a_row_of_the_list_that_says_nothing_is_a_mistake(site: SiteTest, row: str) -> None:
    site.settings(ELSEWHERE).file("data/pictures.csv", f"path,width,height\nok.jpg,1,1\n{row}\n")
    site.write("a.md", body="![x](/far.jpg)").build()
    (error,) = site.errors
    assert (error["source"], error["line"]) == ("data/pictures.csv", 3)
    assert site.exit_code == 1 and "media/harbour.jpg,1600,1067" in error["hint"]


def test_a_picture_of_another_host_is_warned_of_unless_it_is_let_through(site: SiteTest) -> None:
    there = "https://else.example/b.jpg"
    hero = {"src": there, "alt": "x", "credit": "C"}
    site.write("a.md", image=hero, body=f"![x]({there})").build().ok()
    (warning,) = site.warnings
    assert "else.example" in warning["message"] and warning["source"] == "content/a.md"
    assert {attribute(img, "src") for img in tags(site.page(PAGE))} == {there}
    site.settings(f'{SETTINGS}{FEW}[csp]\nimg-src = ["https://else.example"]\n').build().ok()
    assert site.warnings == [] and made(site) == set()


# Missing.


@pytest.mark.parametrize(
    "fields, line",
    [
        ({"body": "Words.\n\n![Boats](harbor.jpg)"}, 7),
        ({"image": "harbor.jpg"}, 4),
        ({"image": {"src": "harbor.jpg", "alt": "x"}}, 4),
    ],
)
def test_a_missing_picture_is_a_mistake_with_the_near_names(
    site: SiteTest, fields: dict[str, Any], line: int
) -> None:
    site.write("harbour.jpg", photo()).write("a.md", **fields).build()
    (error,) = site.errors
    assert site.exit_code == 1 and site.bytes == {}
    assert (error["code"], error["source"]) == ("image-missing", "content/a.md")
    assert error["line"] == line and "harbour.jpg" in error["hint"]


def test_the_case_of_letters_counts_on_every_system(site: SiteTest) -> None:
    site.write("Harbour.JPG", photo()).write("a.md", body="![x](harbour.jpg)").build()
    assert site.exit_code == 1 and "Harbour.JPG" in site.errors[0]["hint"]


def test_a_picture_that_was_there_and_is_not_stops_the_build(site: SiteTest) -> None:
    site.write("b.jpg", photo()).write("a.md", body="![x](b.jpg)")
    before = site.build().ok().bytes
    site.remove("b.jpg").build()
    assert site.exit_code == 1 and site.bytes == before
    assert site.build("--keep-going").exit_code == 4 and made(site) == set() and kept(site) == {}
    site.write("b.jpg", photo()).build().ok()
    assert site.bytes == before


# Links to pictures.


def test_a_linked_picture_is_published_whole_beside_its_forms(site: SiteTest) -> None:
    site.write("b.jpg", photo(400, 300))
    hero = {"src": "b.jpg", "alt": "x"}
    site.write("a.md", image=hero, body="![x](b.jpg)\n\n[full size](b.jpg)").build().ok()
    assert site.bytes["b.jpg"] == photo(400, 300) and len(made(site)) == 6
    assert '<a href="/b.jpg">full size</a>' in site.page(PAGE)
    assert '<img src="/_pictures/' in site.page(PAGE)
    site.write("a.md", image=hero, body="![x](b.jpg)").build().ok()
    assert "b.jpg" not in site.bytes and len(made(site)) == 6
    assert site.bytes == site.clean_bytes()


def test_a_picture_that_is_only_linked_has_no_forms(site: SiteTest) -> None:
    site.write("b.jpg", photo()).write("a.md", body="[large](b.jpg)").build().ok()
    assert made(site) == set() and kept(site) == {} and "b.jpg" in site.bytes


# What readers may not see.

HELD: dict[str, dict[str, Any]] = {
    "draft": {"status": "draft"},
    "scheduled": {"date": "2027-01-01"},
    "embargoed": {"embargo": "2027-01-01"},
    "withdrawn": {"withdrawn": {"date": "2026-11-10", "reason": "Wrong."}},
    "expired": {"expires": "2026-11-15"},
}


def with_secrets(site: SiteTest, **fields: Any) -> SiteTest:
    site.write("secret-hero.jpg", photo(400, 300, 3)).write("secret-inner.jpg", photo(90, 60, 4))
    site.write("authors/secret-face.jpg", photo(200, 200, 5))
    site.write("authors/bo.md", "---\nname: Bo\nimage: secret-face.jpg\n---\n")
    hero = {"src": "secret-hero.jpg", "alt": "x"}
    body = "![x](secret-inner.jpg) [whole](secret-inner.jpg)"
    return site.write("s.md", title="S", image=hero, authors=["Bo"], body=body, **fields)


def secrets(folder: Path) -> list[str]:
    return [path for path in tree(folder) if "secret" in path]


@pytest.mark.parametrize("state", HELD)
def test_pictures_of_what_is_held_back_are_nowhere(site: SiteTest, state: str) -> None:
    """Invariant 9"""
    with_secrets(site.write("a.md", title="A"), **HELD[state]).build().ok()
    assert made(site) == set() and kept(site) == {} and secrets(site.folder / "public") == []


@pytest.mark.parametrize("state", [*HELD, "removed"])
def test_pictures_of_what_is_taken_back_are_deleted_everywhere(site: SiteTest, state: str) -> None:
    """Invariant 9"""
    with_secrets(site.write("a.md", title="A")).build().ok()
    assert len(known_by(site)) == 3 and len(kept(site)) == 11
    if state == "removed":
        site.remove("s.md")
    else:
        with_secrets(site, **HELD[state])
    site.build().ok()
    assert made(site) == set() and kept(site) == {} and secrets(site.folder / "public") == []
    assert site.bytes == site.clean_bytes()
    assert not (site.public / "_pictures").exists()


def test_pictures_come_out_at_their_instant(site: SiteTest) -> None:
    with_secrets(site, embargo="2026-11-25T12:00:00Z").build().ok()
    assert made(site) == set()
    site.now = "2026-11-25T12:00:00Z"
    site.build().ok()
    assert len(known_by(site)) == 3 and site.bytes == site.clean_bytes()


def test_only_the_pictures_of_the_open_part_are_shown_to_everybody(site: SiteTest) -> None:
    """TR-12"""
    site.write("hero.jpg", photo(400, 300)).write("open.jpg", photo(90, 60, 1))
    site.write("secret.jpg", photo(90, 60, 2))
    hero = {"src": "hero.jpg", "alt": "x"}
    corrections = [{"date": "2026-11-03", "text": "Wrong."}]
    body = "First ![x](open.jpg).\n\nThen ![x](secret.jpg) and [it](secret.jpg)."
    site.write("a.md", image=hero, paywall=True, corrections=corrections, body=body).build().ok()
    assert known_by(site) == {"hero", "open"} and "secret.jpg" not in site.bytes
    assert len(kept(site)) == len(made(site))
    settings = f"{SETTINGS}{FEW}[paywall]\ntext_in_page = true\n"
    site.settings(settings).build().ok()
    assert known_by(site) == {"hero", "open", "secret"}
    site.settings(SETTINGS + FEW).build().ok()
    assert known_by(site) == {"hero", "open"} and len(kept(site)) == len(made(site))


# Previews.


def preview(site: SiteTest, *args: str) -> dict[str, bytes]:
    site.build("--preview", *args).ok()
    return tree(site.folder / "preview")


def test_a_preview_has_the_pictures_of_drafts_and_no_crops(site: SiteTest) -> None:
    with_secrets(site.write("a.md", title="A"), status="draft").build().ok()
    found = preview(site)
    pictures = [path for path in found if path.startswith("_pictures/")]
    assert len([path for path in pictures if "hero" in path]) == 3
    assert len([path for path in pictures if "inner" in path]) == 3
    assert {size(found[path]) for path in pictures if "hero" in path} == {(40, 30), (80, 60)}
    assert made(site) == set() and kept(site) == {}
    site.write("s.md", title="S", status="draft")
    assert [path for path in preview(site) if "hero" in path] == []
    assert [n for n in kept(site, ".sitegen/preview") if n] == []


def test_a_page_alone_has_its_pictures_beside_it(site: SiteTest) -> None:
    with_secrets(site.write("a.md", title="A").write("x.jpg", photo()), status="draft")
    site.write("x.md", title="X", body="![x](x.jpg)").build().ok()
    found = preview(site, "--only", "content/s.md")
    html = found["index.html"].decode()
    addresses = re.findall(r"_pictures/[^\s\",]+", html)
    assert len(addresses) == 6 and "/_pictures/" not in html.replace("../", "")
    assert set(addresses) == {path for path in found if path.startswith("_pictures/")}
    assert found["secret-inner.jpg"] == photo(90, 60, 4)


def test_a_page_alone_has_pictures_that_another_page_shares(site: SiteTest) -> None:
    for name in ("a", "b"):
        site.write(f"{name}/x.jpg", photo())
        site.write(f"{name}/index.md", title=name, body="![x](x.jpg)")
    for name in ("a", "b"):
        found = preview(site, "--only", f"content/{name}/index.md")
        assert len([path for path in found if path.startswith("_pictures/")]) == 3, name


def test_commands_of_the_desk_understand_pictures(site: SiteTest) -> None:
    site.write("b.jpg", photo()).write("a.md", title="A", image="b.jpg", body="x ![x](b.jpg)")
    site.build().ok()
    path = next(path for path in made(site) if path.endswith(".jpg"))
    folder = str(site.folder)
    for what in (path, f"/{path}", f"https://test.example/{path}", "content/a.md"):
        site.run("why", "-s", folder, "--now", site.now, what)
        assert site.exit_code == 0, (what, site.output)
        assert "b.jpg" in site.output or "a.md" in site.output, (what, site.output)
    site.run("check", "-s", folder, "--now", site.now)
    assert site.exit_code == 0
    site.remove("b.jpg").run("check", "-s", folder, "--now", site.now)
    assert site.exit_code == 1 and "b.jpg" in site.output
