"""Mistakes that a reviewer found by experiment, each held by the experiment."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

import pytest

from sitegen.site import indexed
from tests.picture_files import png
from tests.site_test import SETTINGS, SiteTest, article, tree

THEMED = SETTINGS.replace("[sections", 'theme = "own"\n[sections', 1)


def own_theme(site: SiteTest, template: str, text: str) -> SiteTest:
    site.settings(THEMED).file("themes/own/theme.toml", 'extends = "broadsheet"\n')
    return site.file(f"themes/own/templates/{template}", text)


def test_prune_never_reaches_articles_through_a_link(site: SiteTest) -> None:
    real = site.folder.parent / "real"
    real.mkdir()
    (real / "a.md").write_text(article())
    (site.folder / "content").symlink_to(real)
    site.build("-o", str(real), "--prune")
    assert site.exit_code == 2
    assert list(tree(real)) == ["a.md"]


@pytest.mark.parametrize("output", ["public", "public/preview", "."])
def test_a_preview_never_goes_near_what_is_published(output: str, site: SiteTest) -> None:
    site.write("a.md").write("b.md", title="SECRET", status="draft").build().ok()
    site.build("--preview", "-o", output)
    assert site.exit_code == 2
    assert not [path for path, data in site.bytes.items() if b"SECRET" in data]


def test_a_template_cannot_change_what_other_pages_see(site: SiteTest) -> None:
    own_theme(site, "head-end.html", "{% do site.nav.append(1) %}")
    site.write("a.md").build()
    assert site.exit_code == 1
    own_theme(site, "head-end.html", "{% do site['update']({'title': 'x'}) %}")
    site.build()
    assert site.exit_code == 1


def test_a_part_that_is_worked_out_belongs_to_the_closure(site: SiteTest) -> None:
    own_theme(site, "head-end.html", '{{ ["zz.html"]|map("part")|first }}')
    site.file("themes/own/templates/zz.html", "one").write("a.md").build().ok()
    site.file("themes/own/templates/zz.html", "two").build().ok()
    assert "two" in site.page("index.html")
    assert site.bytes == site.clean_bytes()


def test_what_a_killed_build_staged_does_not_outlive_its_removal(site: SiteTest) -> None:
    site.write("a.md").build().ok()
    site.write("b.md", body="SECRETTEXT")
    assert site.crash_after(2)
    site.remove("b.md").build().ok()
    left = [path for path, data in tree(site.folder / ".sitegen").items() if b"SECRETTEXT" in data]
    assert left == []


def test_removed_names_and_texts_are_not_in_the_state(site: SiteTest) -> None:
    for n in range(120):
        site.write(f"zsecname{n:04}.md", title=f"ZSECRET {n}", body=f"ZSECBODY {n}")
    site.build().ok()
    for n in range(0, 120, 3):
        site.remove(f"zsecname{n:04}.md")
    site.build("--max-removed", "0").ok()
    raw = b"".join(tree(site.folder / ".sitegen").values()).replace(b"\n", b" ")
    for n in range(0, 120, 3):
        assert f"zsecname{n:04}".encode() not in raw
        assert f"ZSECRET {n} ".encode() not in raw
        assert f'ZSECRET {n}"'.encode() not in raw


def test_a_draft_with_the_address_of_a_published_article_hides_no_link_to_it(
    site: SiteTest,
) -> None:
    site.write("a.md", url="/x/", date="2026-10-02")
    site.write("a2.md", url="/x/", date="2026-10-01", status="draft")
    site.write("l.md", body="[see](/x/)").build().ok()
    assert '<a href="/x/">see</a>' in site.page("2026/11/l/index.html")


@pytest.mark.parametrize("name", ["карта.png", "my map.png"])
def test_a_picture_of_any_name_is_published(name: str, site: SiteTest) -> None:
    site.write(f"media/{name}", png((40, 30)))
    site.write("a.md", body=f"![map](</media/{name}>)").build().ok()
    made = site.forms(name.removesuffix(".png").replace(" ", "-"))
    page = site.page("2026/11/a/index.html")
    assert made and all(f"/{quote(path)}" in page for path in made)
    assert site.warnings == []


def test_the_front_of_a_language_is_that_languages(site: SiteTest) -> None:
    site.settings(SETTINGS + "[languages.ar]\n")
    for n in (1, 2):
        site.write(f"a{n}.md", title=f"EN {n}", date=f"2026-11-0{n}")
        site.write(f"ar/a{n}.md", title=f"AR {n}", date=f"2026-11-0{n}")
    site.build().ok()
    site.write("ar/front.toml", 'lead = "ar/a1.md"\n').build().ok()
    assert "index.html" not in site.changed
    home = site.page("ar/index.html").partition("<main")[2]
    assert home.index("AR 1") < home.index("AR 2")


@pytest.mark.parametrize(
    "name, text", [("d.toml", "day = 2026-01-01\n"), ("d.json", '{"a": "\\ud800"}')]
)
def test_odd_data_is_shown_or_told(name: str, text: str, site: SiteTest) -> None:
    site.file(f"data/{name}", text)
    site.write("pages/p.md", "---\ntitle: P\ndata: [d]\n---\n").write("a.md").build()
    assert site.exit_code in (0, 1)
    assert [error["source"] for error in site.errors] == ["data/d.json"] * site.exit_code


def test_a_broken_link_in_a_file_of_a_mac_is_told_by_name(site: SiteTest) -> None:
    site.write("e\u0301.md", body="[x](nowhere.md)").build()
    assert site.exit_code == 1
    assert site.errors[0]["code"] == "link-missing"
    assert site.errors[0]["source"] == "content/\xe9.md"


def test_a_missing_row_of_the_state_is_damage(site: SiteTest) -> None:
    site.write("a.md").build().ok()
    with sqlite3.connect(site.folder / ".sitegen" / "state.db") as db:
        db.execute("DELETE FROM facts WHERE key='body:a.md'")
    site.settings(SETTINGS.replace("The Test", "Another")).build().ok()
    assert set(site.reasons.values()) == {"it is new"}, "the damage was not noticed"
    assert site.bytes == site.clean_bytes()


def test_an_address_that_was_listed_elsewhere_is_damage(site: SiteTest) -> None:
    site.write("a.md", related=["/2026/11/b/"]).write("b.md").build().ok()
    with sqlite3.connect(site.folder / ".sitegen" / "state.db") as db:
        where = "term=(SELECT id FROM terms WHERE kind=' place')"
        assert db.execute(f"UPDATE listed SET date=date+1 WHERE {where}").rowcount == 2
    site.settings(SETTINGS.replace("The Test", "Another")).build().ok()
    assert set(site.reasons.values()) == {"it is new"}, "the damage was not noticed"
    assert site.bytes == site.clean_bytes()


def test_a_link_to_a_mistake_is_no_damage_where_the_archive_is_large(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexed, "MANY", 0)
    site.write("a.md", body="[x](b.md)").write("b.md").build().ok()
    site.write("b.md", date="nonsense").build()
    assert site.exit_code == 1
    assert [error["code"] for error in site.errors] == ["field"]
    site.build("--keep-going", "--max-removed", "0")
    assert site.exit_code == 4
    site.write("b.md").build().ok()
    assert "404.html" not in site.rendered, "the state was made anew"
    assert site.bytes == site.clean_bytes()


def test_an_unusable_state_is_told_in_json_too(site: SiteTest) -> None:
    (site.folder / ".sitegen" / "state.db").mkdir(parents=True)
    site.write("a.md").build()
    assert site.exit_code == 1
    assert site.errors[0]["code"] == "file-system"


def test_a_dry_run_with_clean_forgets_nothing(site: SiteTest) -> None:
    site.write("a.md").build().ok()
    site.build("--dry-run", "--clean").ok()
    assert site.build().rendered == set()


def test_empty_folders_in_the_way_give_way(site: SiteTest) -> None:
    site.write("a.md", url="/p.html").build().ok()
    (site.public / "p.html").unlink()
    (site.public / "p.html" / "empty").mkdir(parents=True)
    site.build().ok()
    assert site.bytes == site.clean_bytes()


def test_a_merged_tag_lends_its_name_only_where_the_file_gives_none(site: SiteTest) -> None:
    site.write("tags/harbour.md", "---\nmerge: [tram]\n---\n")
    site.write("a.md", tags=["Tram"], date="2026-10-01")
    site.write("b.md", tags=["Harbour"], date="2026-10-02").build().ok()
    assert "<h1>Tram</h1>" in site.page("tags/harbour/index.html")
    site.write("tags/harbour.md", "---\ntitle: The harbour\nmerge: [tram]\n---\n").build().ok()
    assert "<h1>The harbour</h1>" in site.page("tags/harbour/index.html")


def test_an_authors_files_in_two_languages_are_one_author(site: SiteTest) -> None:
    site.settings(SETTINGS + "[languages.ar]\n")
    site.write("authors/ann.md", "---\nname: Ann\n---\n")
    site.write("authors/ann.ar.md", "---\nname: آن\n---\n")
    site.write("a.md", authors=["ann"]).write("ar/a.md", authors=["ann"]).build().ok()
    assert ">Ann</a>" in site.page("2026/11/a/index.html")
    assert ">آن</a>" in site.page("ar/2026/11/a/index.html")


def test_a_section_that_would_take_an_address_of_ours_is_told_at_its_article(
    site: SiteTest,
) -> None:
    site.write("a.md", section="Archive").write("b.md").build("--keep-going")
    assert site.exit_code == 4
    assert site.report["left_out"] == ["content/a.md"]


def test_the_pages_of_tools_are_not_of_the_site(tmp_path: Path) -> None:
    """A day without a time shows none; a body's headings never repeat the theme's ids."""
    site = SiteTest(tmp_path / "site")
    body = "# Big\n\n## Sources\n\n## Corrections\n\n| a |\n|---|\n| 1 |\n"
    site.write("a.md", date="2026-11-01", body=body, sources=["A book"]).build().ok()
    page = site.page("2026/11/a/index.html")
    assert "November 1, 2026</time>" in page
    assert page.count("<h1") == 1
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
    assert '<div class="table" tabindex="0"><table>' in page
