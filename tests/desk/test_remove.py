"""`sitegen remove`: an article is gone or withdrawn, and nothing of it stays within reach."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.desk.terminal import on_a_terminal
from tests.picture_files import png, telling
from tests.site_test import SETTINGS, SiteTest, article, tree

SECRET = "zzsecret"
"""Stands in every part of the article; nothing else in the site contains it."""

LANGUAGES = SETTINGS + '[languages.ar]\ntitle = "T"\n'

FIELDS: dict[str, Any] = {
    "title": f"Title {SECRET}",
    "slug": f"slug-{SECRET}",
    "section": f"Section {SECRET}",
    "tags": [f"Tag {SECRET}"],
    "authors": [f"Author {SECRET}"],
    "summary": f"Summary {SECRET}",
    "kicker": f"Kicker {SECRET}",
    "aliases": [f"/old/{SECRET}/"],
    "image": {"src": f"{SECRET}.png", "alt": SECRET, "credit": "Somebody"},
    "key_points": [f"Point {SECRET}"],
    "faq": [{"question": f"{SECRET}?", "answer": SECRET}],
    "corrections": [{"date": "2026-11-03", "text": SECRET}],
    "extra": {"note": SECRET},
    f"unknown_{SECRET}": 1,
}
BODY = f"Body {SECRET}, ![picture]({SECRET}-2.png), [file]({SECRET}.pdf), {{{{< {SECRET} >}}}}\n"


def remove(site: SiteTest, file: str, *options: str) -> SiteTest:
    return site.run("remove", "-s", str(site.folder), file, *options)


def addresses(site: SiteTest) -> list[str]:
    """What the last command printed for caches."""
    base = "https://test.example"
    return [line.removeprefix(base) for line in site.output.splitlines() if line.startswith(base)]


def published(site: SiteTest) -> SiteTest:
    """A site with the article, built and previewed."""
    site.write("other.md", title="Other", date="2026-10-01", tags=["kept"])
    site.write("newer.md", title="Newer", date="2026-11-02", tags=["kept"])
    folder = f"{SECRET}-folder"
    site.write(f"{folder}/index.md", article(body=BODY, **FIELDS))
    for name in (f"{SECRET}.png", f"{SECRET}-2.png"):
        site.write(f"{folder}/{name}", telling(SECRET))
    site.write(f"{folder}/{SECRET}.pdf", f"bytes of {SECRET}")
    site.build().ok().build("--preview").ok().build().ok()
    assert site.forms(SECRET) and site.forms(f"{SECRET}-2") and gallery(site)
    return site


def gallery(site: SiteTest) -> list[str]:
    """Files of the state that hold pictures: their names tell nothing of whose they are."""
    return [path for path in tree(site.folder / ".sitegen") if "pictures/" in path]


def holders(folder: Path, word: str = SECRET) -> list[str]:
    """Files below a folder with the word in their name or bytes."""
    files = tree(folder).items()
    return [path for path, data in files if word in path or word.encode() in data]


def test_what_was_removed_is_in_no_byte_of_the_output_or_the_state(site: SiteTest) -> None:
    published(site)
    assert holders(site.public) and holders(site.folder / ".sitegen" / "preview")
    remove(site, f"{SECRET}-folder", "--yes", "--with-files").ok()
    assert not holders(site.folder / "content")
    site.build().ok()
    site.build("--preview").ok()
    for folder in ("public", "preview", ".sitegen"):
        assert not holders(site.folder / folder), folder
    assert gallery(site) == []


def test_its_text_leaves_the_state_at_once_and_not_with_the_next_build(site: SiteTest) -> None:
    published(site)
    remove(site, f"{SECRET}-folder", "--yes").ok()
    for path, data in tree(site.folder / ".sitegen").items():
        for part in (f"Body {SECRET}", f"Title {SECRET}", f"Point {SECRET}", f"Tag {SECRET}"):
            assert part.encode() not in data, path


def test_what_was_withdrawn_leaves_its_notice_alone(site: SiteTest) -> None:
    published(site)
    source = site.folder / "content" / f"{SECRET}-folder" / "index.md"
    before = source.read_text()
    remove(site, str(source), "--withdraw", "The figures were wrong.").ok()
    added = "withdrawn:\n  date: 2026-11-22 12:00\n  reason: The figures were wrong.\n"
    assert source.read_text().replace(added, "") == before
    assert "Its text still stands in content/" in site.output
    site.build().ok()
    site.build("--preview").ok()
    assert gallery(site) == []
    notice = f"2026/11/slug-{SECRET}/index.html"
    assert "The figures were wrong." in site.page(notice)
    assert holders(site.public) == [notice, f"old/{SECRET}/index.html"]  # which leads to it
    for path, data in tree(site.folder).items():
        if not path.startswith("content/"):
            for part in ("Body", "Title", "Summary", "Kicker", "Point"):
                assert f"{part} {SECRET}".encode() not in data, path


def test_an_article_that_is_withdrawn_by_an_edit_keeps_no_text_in_the_state_either(
    site: SiteTest,
) -> None:
    withdrawn = {"date": "2026-11-20", "reason": "R"}
    published(site).write(f"{SECRET}-folder/index.md", article(body=BODY, withdrawn=withdrawn))
    site.build().ok()
    state = site.folder / ".sitegen" / "state.db"
    assert f"Body {SECRET}".encode() not in state.read_bytes()
    assert site.build().ok().rendered == set()
    # With an earlier moment its text is needed, and read again.
    site.build(now="2026-11-19T12:00:00Z").ok()
    page = f"2026/11/{SECRET}-folder/index.html"
    assert f"Body {SECRET}" in site.page(page)
    assert f"Body {SECRET}".encode() in state.read_bytes()
    site.build().ok()
    assert f"Body {SECRET}".encode() not in state.read_bytes()
    assert site.bytes == site.clean_bytes()


def test_a_withdrawal_in_the_future_leaves_the_state_when_its_time_has_come(
    site: SiteTest,
) -> None:
    withdrawn = {"date": "2026-11-23", "reason": "R"}
    site.write("a.md", body=f"Body {SECRET}", withdrawn=withdrawn).build().ok()
    state = site.folder / ".sitegen" / "state.db"
    assert f"Body {SECRET}".encode() in state.read_bytes()
    assert "index.html" in site.build(now="2026-11-24T12:00:00Z").ok().rendered
    assert f"Body {SECRET}".encode() not in state.read_bytes()


def changes_of(site: SiteTest, *options: str) -> tuple[set[str], set[str]]:
    """Paths that the command's addresses stand for, and those that the next build changes."""
    before = site.bytes
    remove(site, "a.md", *options).ok()
    told = {a if "." in a.rpartition("/")[2] else f"{a}index.html" for a in addresses(site)}
    after = site.build().ok().bytes
    changed = {p for p in before.keys() | after.keys() if before.get(p) != after.get(p)}
    return {path.lstrip("/") for path in told}, {path for path in changed if path in before}


@pytest.mark.parametrize("options", [("--yes",), ("--withdraw", "R")])
def test_every_address_that_changes_is_listed_and_no_other(
    site: SiteTest, options: tuple[str, ...]
) -> None:
    site.settings(LANGUAGES + "[listings]\nfront = 2\n")
    for n in range(4):
        site.write(f"old{n}.md", date=f"2025-1{n % 3}-01", tags=["flood"], section="Politics")
    site.write("a.md", tags=["flood"], section="Politics", image="/a.png", body="![b](/b.png)")
    site.write("a.ar.md", title="Arabic", tags=["flood"])
    site.write("b.png", png((40, 30))).write("a.png", png((320, 240)))
    site.write("newer.md", date="2026-11-09", tags=["flood"], body="[see](a.md)")
    site.write("pages/lists.md", "---\ntitle: L\nlists: {n: {tag: flood}}\n---\n").build().ok()
    if options == ("--yes",):
        site.write("newer.md", date="2026-11-09", tags=["flood"]).build().ok()
    pictures = site.forms("a") | site.forms("b")
    told, changed = changes_of(site, *options)
    assert told == changed
    assert len(pictures) > 6 and pictures <= told
    assert {"ar/2026/11/a/index.html", "feed.xml", "headlines.json"} <= told
    assert {"politics/index.html", "tags/flood/index.html", "lists/index.html"} <= told
    assert "2026/11/newer/index.html" in told and "2025/index.html" not in told


def test_the_articles_own_addresses_come_first_old_ones_too(site: SiteTest) -> None:
    site.settings(SETTINGS.replace("test.example/", "test.example/news/"))
    site.write("a.md", aliases=["/old/a/", "/older.html"]).build().ok()
    assert (
        "https://b.example/c/2026/11/a/"
        in remove(site, "a.md", "--base-url", "https://b.example/c", "--withdraw", "R").ok().output
    )
    site.write("a.md", aliases=["/old/a/", "/older.html"]).build().ok()
    remove(site, "a.md", "--yes").ok()
    first = ["/news/2026/11/a/", "/news/old/a/", "/news/older.html", "/news/"]
    assert addresses(site)[:4] == first
    assert (
        "git" in site.output
        and "search engines" in site.output
        and "caches of your CI" in site.output
    )


def test_a_draft_has_nothing_to_purge(site: SiteTest) -> None:
    site.write("a.md", status="draft", aliases=["/old/"]).build().ok()
    remove(site, "a.md", "--yes").ok()
    assert addresses(site) == [] and "nothing to purge" in site.output
    assert not (site.folder / "content" / "a.md").exists()


def test_files_that_only_it_uses_are_told_and_deleted_when_asked(site: SiteTest) -> None:
    site.write("b/index.md", image="own.png", body="![s](../shared.png) ![t](/media/t.png)")
    site.write("c.md", body="![s](shared.png) [x](b/draft.pdf)", status="draft", slug="c")
    site.write("d.md", body="![m](/media/both.png)", slug="d")
    for name in ("b/own.png", "shared.png"):
        site.write(name, png((40, 30)))
    site.write("b/raw.psd", "x").write("b/draft.pdf", "x")
    site.file("static/media/t.png", "x").file("static/media/both.png", "x").build().ok()
    own = {f"/{path}" for path in site.forms("own")}
    assert remove(site, "b").exit_code == 2
    for name in ("b/own.png", "b/raw.psd"):
        assert f"content/{name}: only this article uses it; it stays" in site.output
    assert "static/media/t.png: only this article shows it; it stays published" in site.output
    assert not any(word in site.output for word in ("shared.png", "draft.pdf", "both.png"))
    remove(site, "b", "--yes", "--with-files").ok()
    assert own and own <= set(addresses(site)) and "/media/t.png" not in addresses(site)
    left = set(tree(site.folder / "content"))
    assert left == {"b/draft.pdf", "shared.png", "c.md", "d.md"}
    assert set(tree(site.folder / "static")) == {"media/t.png", "media/both.png"}


def test_a_bundle_that_is_left_empty_goes_whole(site: SiteTest) -> None:
    site.write("b/index.md", image="own.png").write("b/own.png", png((40, 30))).write("a.md")
    remove(site, "b/index.md", "--yes", "--with-files").ok()
    assert [path.name for path in (site.folder / "content").iterdir()] == ["a.md"]


def test_what_the_next_build_will_stop_at_is_said_before(site: SiteTest) -> None:
    site.settings(LANGUAGES).write("a.md").write("a.ar.md", title="Arabic")
    site.write("b.md", body="[a](a.md)", slug="b").write("c.md", slug="c", related=["a.md"])
    site.build().ok()
    remove(site, "a.md", "--yes").ok()
    assert "content/a.ar.md is the same article in another language, and stays" in site.output
    assert "content/b.md:6:5: it links to a.md, which does not exist [link-missing]" in site.output
    assert "[reference-missing]" in site.output
    told = site.output
    codes = {error["code"] for error in site.build().errors}
    assert site.exit_code == 1 and all(f"[{code}]" in told for code in codes)


def test_without_a_terminal_nothing_is_deleted_until_it_is_confirmed(site: SiteTest) -> None:
    site.write("a.md").build().ok()
    before = tree(site.folder)
    assert remove(site, "a.md").exit_code == 2
    assert "[not-confirmed]" in site.output and "--yes" in site.output
    assert tree(site.folder / "content") == {"a.md": before["content/a.md"]}
    assert site.build().ok().rendered == set()


def test_on_a_terminal_it_asks_before_it_deletes(site: SiteTest) -> None:
    site.write("a.md").build().ok()
    command = ["remove", "-s", str(site.folder), "a.md"]
    for answer in ("n", ""):
        code, screen = on_a_terminal(command, [answer])
        assert (code, "Delete content/a.md?" in screen) == (1, True)
        assert tree(site.folder / "content")
    code, screen = on_a_terminal(command, ["y"])
    assert (code, "https://test.example/2026/11/a/" in screen) == (0, True)
    assert not tree(site.folder / "content")


def test_an_article_with_a_mistake_can_be_removed_but_not_withdrawn(site: SiteTest) -> None:
    site.write("a.md", "---\ntitle: A\n---\n").write("b.md", "---\ntitle: [\n---\n")
    assert remove(site, "a.md", "--withdraw", "R").exit_code == 1
    for name in ("a.md", "b.md"):
        remove(site, name, "--yes").ok()
        assert "has mistakes, so that sitegen does not know its address" in site.output
    assert not tree(site.folder / "content")


def test_a_withdrawal_can_begin_later(site: SiteTest) -> None:
    site.write("a.md", breaking="2026-11-24").build().ok()
    remove(site, "a.md", "--withdraw", "R", "--date", "2026-12-01 08:00").ok()
    assert "a notice takes its place from 2026-12-01 08:00 on" in site.output
    assert addresses(site)[0] == "/2026/11/a/"
    assert site.build().ok().report["next_due"] == "2026-11-24T00:00:00Z"
    assert "R" not in site.page("2026/11/a/index.html").split()
    site.build(now="2026-12-01T08:00:00Z").ok()
    assert "This article has been withdrawn" in site.page("2026/11/a/index.html")


@pytest.mark.parametrize(
    ("file", "options", "code"),
    [
        ("a.md", ("--withdraw", " "), "text-missing"),
        ("draft.md", ("--withdraw", "R"), "not-to-withdraw"),
        ("later.md", ("--withdraw", "R"), "not-to-withdraw"),
        ("gone.md", ("--withdraw", "R"), "not-to-withdraw"),
        ("pages/about.md", ("--withdraw", "R"), "not-to-withdraw"),
        ("none.md", ("--yes",), "file-unknown"),
        ("a.md", ("--date", "2026-11-01"), "--date is only for --withdraw"),
        ("a.md", ("--withdraw", "R", "--with-files"), "--with-files"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    site: SiteTest, file: str, options: tuple[str, ...], code: str
) -> None:
    site.write("a.md").write("draft.md", status="draft").write("later.md", date="2026-12-01")
    site.write("gone.md", withdrawn={"date": "2026-11-02"}, slug="gone")
    site.write("pages/about.md", "---\ntitle: A\n---\n")
    before = tree(site.folder / "content")
    assert remove(site, file, *options).exit_code == 2
    assert code in site.output
    assert tree(site.folder / "content") == before


def test_a_page_and_an_authors_file_can_be_removed(site: SiteTest) -> None:
    site.write("pages/about.md", "---\ntitle: About\n---\n").write("a.md", authors=["Ann"])
    site.write("authors/ann.md", "---\nname: Ann Ray\n---\n").build().ok()
    remove(site, "pages/about.md", "--yes").ok()
    assert addresses(site) == ["/about/", "/sitemaps/pages.xml"]
    remove(site, "authors/ann.md", "--yes").ok()
    assert {"/authors/ann/", "/2026/11/a/"} <= set(addresses(site))


def test_other_outputs_that_hold_it_are_named(site: SiteTest) -> None:
    site.write("a.md").build().ok().build("--preview").ok()
    remove(site, "a.md", "--yes").ok()
    assert f"{site.folder / 'preview'} holds a page of it" in site.output


def test_a_damaged_state_is_no_obstacle(site: SiteTest) -> None:
    site.write("a.md").write("b.md", slug="b").build().ok().build("--preview").ok()
    for state in (".sitegen", ".sitegen/preview"):
        (site.folder / state / "state.db").write_bytes(b"no database" * 1000)
    remove(site, "a.md", "--yes").ok()
    assert "/2026/11/a/" in addresses(site)
    assert "2026/11/a/index.html" not in site.build().ok().bytes or site.report["not_owned"]


def test_other_articles_are_no_translations_in_a_site_of_one_language(site: SiteTest) -> None:
    site.write("a.md").write("b.md", slug="b").build().ok()
    remove(site, "a.md", "--yes").ok()
    assert "another language" not in site.output
