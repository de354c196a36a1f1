"""Imports into a site that has articles of its own: what lies there stays, and is heeded."""

from __future__ import annotations

from cProfile import Profile
from pathlib import Path

import pytest

from tests.importing.old_site import OldSite

SETTINGS = '[site]\ntitle = "Mine"\nbase_url = "https://mine.example/"\n'


@pytest.fixture
def old(tmp_path: Path) -> OldSite:
    old = OldSite(tmp_path, "zola", "old").put("config.toml", 'base_url = "https://old.example"\n')
    old.site.settings(SETTINGS)
    return old


def story(title: str = "A storm", matter: str = "", body: str = "Text.") -> str:
    return f'+++\ntitle = "{title}"\ndate = 2019-03-04\n{matter}+++\n{body}\n'


def test_an_address_of_a_person_s_article_is_noticed_before_anything_is_written(
    old: OldSite,
) -> None:
    old.site.write("mine.md", title="Mine", url="/news/storm/")
    old.put("content/news/storm.md", story()).run("--dry-run")
    (loss,) = old.lost("address")
    assert (
        loss["detail"] == "/news/storm/ is also that of content/mine.md; it is /news/storm-2/ now"
    )
    assert [one["address"] for one in old.unanswered("taken")] == ["/news/storm/"]
    old.run().ok()
    assert "url: /news/storm-2/" in old.matter("news/storm.md")
    assert old.site.report["articles"] == 2


@pytest.mark.parametrize(
    ("path", "matter", "address"),
    [
        ("2019-03-04-storm.md", "", "/2019/03/storm/"),
        ("pages/about.md", "", "/about/"),
        ("2019-03-04-mine.md", "aliases: [/was/here/]", "/was/here/"),
        ("2019-03-04-mine.md", "section: Harbour", "/harbour/"),
    ],
)
def test_addresses_that_files_have_without_a_word_are_theirs_too(
    old: OldSite, path: str, matter: str, address: str
) -> None:
    file = old.folder / "content" / path
    file.parent.mkdir(parents=True)
    file.write_text(f"---\ntitle: Mine\n{matter}\n---\n")
    old.put("content/news/storm.md", story(matter=f'path = "{address}"\n')).run().ok()
    assert f"url: {address[:-1]}-2/" in old.matter("news/storm.md")


def test_files_that_are_published_as_they_are_keep_their_addresses(old: OldSite) -> None:
    file = old.folder / "static/mine.html"
    file.parent.mkdir()
    file.write_text("<p>Mine</p>")
    old.put("static/app/index.html", "<p>Old</p>").put("static/was/index.html", "<p>Was</p>")
    old.put("content/app.md", story(matter='aliases = ["was"]\n'))
    old.put("content/mine.md", story(matter='path = "mine.html"\n')).run().ok()
    assert "url: /app-2/" in old.matter("app.md") and "aliases" not in old.matter("app.md")
    assert [loss["detail"] for loss in old.lost("address")] == [
        "/app/ is also that of static/app/index.html; it is /app-2/ now",
        "/mine.html/ is also that of static/mine.html; it is /mine.html-2/ now",
    ]
    told = {one["address"] for one in old.unanswered("taken")}
    assert told == {"/app/", "/was/", "/mine.html/"}


def test_a_broken_file_of_a_person_is_left_to_builds(old: OldSite) -> None:
    content = old.folder / "content"
    content.mkdir()
    (content / "gone.md").symlink_to("nowhere")
    (content / "broken.md").write_bytes(b"---\ntitle: [\n---\n\xff")
    old.put("content/news/storm.md", story()).run()
    assert old.became() == {"created": 1}
    assert "url: /news/storm/" in old.matter("news/storm.md")


def test_a_draft_of_a_person_has_no_address_yet(old: OldSite) -> None:
    old.site.write("mine.md", title="Mine", url="/news/storm/", status="draft")
    old.put("content/news/storm.md", story()).run().ok()
    assert "url: /news/storm/" in old.matter("news/storm.md")


def test_what_another_source_brought_keeps_its_address(old: OldSite, tmp_path: Path) -> None:
    old.put("content/news/storm.md", story()).run()
    other = OldSite(tmp_path, "zola", "other").put("config.toml", 'base_url = "https://b.example"')
    other.folder = old.folder
    old.site.settings(SETTINGS)
    other.put("content/news/storm.md", story("Another storm")).run().ok()
    assert "url: /news/storm/" in other.matter("news/storm.md")
    assert "url: /news/storm-2/" in other.matter("news/storm-2.md")


def test_links_lead_to_where_a_person_has_put_an_article(old: OldSite) -> None:
    old.put("content/news/storm.md", story())
    old.put("content/news/gates.md", story("Gates", body="[s](@/news/storm.md)")).run()
    file = old.folder / "content/news/storm.md"
    file.write_text(file.read_text().replace("url: /news/storm/", "url: /storm/"))
    assert old.run().ok().became() == {"updated": 1, "edited": 1}
    assert old.body("news/gates.md") == "[s](/storm/)"
    assert old.run().became() == {"unchanged": 1, "edited": 1}
    assert "url: /storm/" in old.matter("news/storm.md")


def test_a_file_that_a_person_has_renamed_keeps_its_address(old: OldSite) -> None:
    old.put("content/news/storm.md", story()).put("content/news/gates.md", story("Gates")).run()
    (old.folder / "content/news/storm.md").rename(old.folder / "content/better.md")
    assert old.run().ok().became() == {"unchanged": 1, "deleted": 1}
    assert old.lost("address") == []
    assert old.unanswered("taken") == []


def test_an_author_s_file_of_a_person_stays_and_the_old_one_is_told(tmp_path: Path) -> None:
    old = OldSite(tmp_path, "jekyll", "old").put("_config.yml", "url: https://old.example\n")
    old.site.settings(SETTINGS)
    old.put("_data/authors.yml", "ann: {name: Ann Lee}\n")
    old.put("_posts/2019-03-04-s.md", "---\n---\n")
    author = old.folder / "content/authors/ann.md"
    author.parent.mkdir(parents=True)
    author.write_text("---\nname: Ann\n---\n")
    old.run().ok()
    assert author.read_text() == "---\nname: Ann\n---\n"
    assert [path.name for path in author.parent.iterdir()] == ["ann.md"]
    assert [loss["detail"] for loss in old.lost("term")] == ["authors/ann.md"]


@pytest.mark.parametrize(
    ("name", "address"), [("con", "con-1"), ("NUL", "NUL-1"), ("prn.old", "prn-1.old")]
)
def test_names_that_windows_refuses_are_not_used(old: OldSite, name: str, address: str) -> None:
    old.put(f"content/news/{name}.md", story(matter=f'path = "news/{name}"\n'))
    old.put(f"content/com1/{name}/index.md", story(matter='path = "com1.html"\n')).run().ok()
    assert old.became() == {"created": 2}
    told = {one["address"] for one in old.unanswered("unwritable")}
    assert {f"/news/{name}/", "/com1.html/"} <= told
    assert old.site.page(f"news/{address}/index.html")
    assert old.site.page("com1-1.html/index.html")


@pytest.mark.parametrize(
    ("format", "settings", "path"),
    [
        ("jekyll", "_config.yml", "_posts/2019-03-04-con.md"),
        ("hugo", "hugo.toml", "content/news/2019-03-04-con.md"),
        ("pelican", "pelicanconf.py", "content/con.md"),
        ("eleventy", ".eleventy.js", "posts/2019-03-04-con/index.md"),
    ],
)
def test_such_a_name_behind_a_date_is_not_used_either(
    tmp_path: Path, format: str, settings: str, path: str
) -> None:
    old = OldSite(tmp_path, format, "old").put(settings, "")
    old.put(path, "---\ntitle: Con\ndate: 2019-03-04\n---\nText.\n").run().ok()
    assert old.site.report["articles"] == 1


def test_many_articles_of_one_name_get_their_numbers_soon(old: OldSite) -> None:
    for number in range(200):
        old.put(f"content/{number}/a.md", story(matter='path = "same"\n'))
    with Profile() as profile:
        old.run()
    assert "url: /same-200/" in old.matter("99/a.md")
    asked = sum(e.callcount for e in profile.getstats() if "sqlite3.Connection" in str(e.code))
    assert asked < 20_000, "to try all numbers for each takes twice as many"


def test_nobody_gets_the_address_of_the_home_page(tmp_path: Path) -> None:
    old = OldSite(tmp_path, "jekyll", "old").put("_config.yml", "url: https://old.example\n")
    for name in "abc":
        old.put(f"{name}.md", "---\ntitle: A\npermalink: /\n---\nText.\n")
    old.run().ok()
    urls = {line for f in old.files for line in old.matter(f).splitlines() if "url" in line}
    assert urls == {"url: /page-2/", "url: /page-3/", "url: /page-4/"}


def test_addresses_that_builds_give_are_those_of_the_language_that_a_file_names(
    tmp_path: Path,
) -> None:
    old = OldSite(tmp_path, "jekyll", "old")
    settings = '[site]\ntitle = "Mine"\nbase_url = "https://old.example/"\n'
    old.site.settings(f'{settings}[languages.fr]\ntitle = "La mienne"\n')
    old.put("_posts/2019-03-04-orage.md", "---\ntitle: Orage\nlang: fr\n---\nUn.\n")
    taken = "---\ntitle: Taken\npermalink: /fr/2019/03/orage/\n---\nTwo.\n"
    old.put("_posts/2019-03-05-taken.md", taken).run().ok()
    assert len(old.lost("address")) == 1
    pages = {path for path in old.site.bytes if path.startswith("fr/2019/03/orage")}
    assert {path for path in pages if path.endswith(".html")} == {
        "fr/2019/03/orage/index.html",
        "fr/2019/03/orage-2/index.html",
    }
