"""`--preview --only FILE`: one article in a folder, to hand to a lawyer."""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path

import pytest

from tests.picture_files import png
from tests.site_test import SETTINGS, SiteTest, tree
from tests.test_bad_input import nothing_published_changes

BODY = """\
See [this part](#part), [itself](secret.md#part), [a published one](seen.md), [an unpublished
one](other.md), [its address](/2026/11/other/), [home](/), [a file](files/secret.pdf) and [an old
file](/old.pdf).

![inline](inline.png)

## Part
"""


@pytest.fixture
def desk(site: SiteTest) -> SiteTest:
    """A published site with three unpublished articles, one of them to be shown."""
    site.settings(SETTINGS + '[newsletter]\naction = "/subscribe"\n[languages.ar]\ntitle = "T"\n')
    site.file("static/old.pdf", b"old").file("static/hero.png", b"hero").file("static/x.txt", b"x")
    site.write("files/secret.pdf", b"pdf").write("inline.png", png((300, 200)))
    site.write("no.png", png((300, 200)))
    site.write("seen.md", title="SEEN", tags=["t"], body="![n](no.png)", date="2026-10-01")
    site.write(
        "other.md", title="OTHER", slug="other", status="draft", tags=["t"], date="2026-11-02"
    )
    site.write("later.md", title="LATER", date="2026-12-01", tags=["t"])
    site.write(
        "secret.md",
        title="SECRET",
        date="2026-12-02",
        tags=["t"],
        related=["other.md", "seen.md"],
        image={"src": "/hero.png", "alt": "h"},
        body=BODY,
    )
    site.write("pages/draft.md", "---\ntitle: DRAFTED\nstatus: draft\n---\n[a](../seen.md)\n")
    return site.build().ok()


def only(site: SiteTest, file: str, *args: str) -> SiteTest:
    return site.build("--preview", "--only", file, *args)


def preview(site: SiteTest) -> dict[str, bytes]:
    return tree(site.folder / "preview")


def page(site: SiteTest) -> str:
    return preview(site)["index.html"].decode()


def test_the_folder_holds_its_page_and_its_files_and_nothing_else(desk: SiteTest) -> None:
    with nothing_published_changes(desk):
        only(desk, "content/secret.md").ok()
    theme = {"assets/favicon.svg", "assets/site.css", "assets/site.js"}
    own = {"index.html", "hero.png", "old.pdf", "files/secret.pdf"}
    inline = desk.forms("inline", preview(desk))
    assert len(inline) == 2  # as PNG and WebP
    assert preview(desk).keys() == theme | own | inline
    assert (desk.report["articles"], desk.report["pages"]) == (1, 9)
    assert (desk.report["held_back"], desk.report["next_due"]) == ([], None)


def test_it_is_marked_and_not_for_search_engines(desk: SiteTest) -> None:
    shown = page(only(desk, "secret.md").ok())
    assert "Scheduled: not yet published." in shown and "<h1>SECRET</h1>" in shown
    assert '<meta name="robots" content="noindex">' in shown
    assert '<link rel="canonical" href="https://test.example/2026/12/secret/">' in shown
    assert "https://test.example/2026/12/secret/</p>" in shown, "where it will be"
    assert "share" not in shown, "a click must not tell a network of it"


def test_every_file_that_it_names_lies_beside_it_and_every_page_is_on_the_site(
    desk: SiteTest,
) -> None:
    shown = page(only(desk, "secret.md").ok())
    story = shown.partition('<div class="story">')[2].partition("</div>")[0]
    assert 'See <a href="#part">this part</a>, <a href="index.html#part">itself</a>' in story
    assert '<a href="https://test.example/2026/10/seen/">a published one</a>' in story
    assert '<a href="files/secret.pdf">a file</a>' in story and '<a href="old.pdf">' in story
    assert "an unpublished\none, its address" in story
    places = re.findall(r'(?:href|src|action)="([^"]*)"', shown)
    assert len(places) > 20
    choices = [
        c.split()[0] for found in re.findall(r'srcset="([^"]*)"', shown) for c in found.split(",")
    ]
    pictures = {place for place in (*places, *choices) if place.startswith("_pictures/")}
    assert pictures == desk.forms("inline", preview(desk))
    for place in places:
        path = place.partition("#")[0]
        assert place.startswith(("https://", "#")) or path in preview(desk), place


@pytest.mark.parametrize("base", ["https://test.example/news/", "https://test.example/"])
def test_what_else_is_not_published_is_not_told(desk: SiteTest, base: str) -> None:
    only(desk, "secret.md", "--base-url", base).ok()
    told = b"".join(preview(desk).values()).decode(errors="replace")
    assert "SEEN" in told
    assert not [word for word in ("OTHER", "LATER", "DRAFTED", "other/") if word in told]
    assert f'href="{base}2026/10/seen/"' in told


def test_of_an_earlier_preview_nothing_stays(desk: SiteTest) -> None:
    for number in range(25):  # more than a build may remove from the published site
        desk.write(f"many{number}.md", title="MANY", status="draft")
    desk.build("--preview").ok()
    assert len(preview(desk)) > 40
    only(desk, "secret.md").ok()
    assert len(preview(desk)) == 9 and desk.report["not_owned"] == []
    only(desk, "other.md").ok()
    assert "SECRET" not in b"".join(preview(desk).values()).decode()
    desk.build("--preview").ok()
    assert "2026/12/secret/index.html" in preview(desk)


def test_an_embargoed_one_must_be_asked_for(desk: SiteTest) -> None:
    desk.write("secret.md", title="SECRET", date="2026-11-01", embargo="2026-12-01 06:00")
    only(desk, "secret.md")
    assert desk.exit_code == 2 and not (desk.folder / "preview").exists()
    (error,) = desk.errors
    assert error["code"] == "only-embargoed" and "--embargoed" in error["hint"]
    assert "until 2026-12-01 06:00 GMT (Europe/London" in error["message"]
    shown = page(only(desk, "secret.md", "--embargoed").ok())
    assert "Under embargo" in shown and "SECRET" in shown
    assert "SECRET" not in page(only(desk, "other.md").ok())


def test_a_standing_page_and_a_published_article_can_be_handed_over_too(desk: SiteTest) -> None:
    shown = page(only(desk, "content/pages/draft.md").ok())
    assert "Draft: not published." in shown and 'href="https://test.example/2026/10/seen/"' in shown
    assert '<link rel="canonical" href="https://test.example/draft/">' in shown
    shown = page(only(desk, "seen.md").ok())
    assert "SEEN" in shown and 'class="held"' not in shown and desk.forms("no", preview(desk))


def test_the_file_may_be_named_from_here_from_the_site_or_from_content(
    desk: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk.folder / "content/pages")
    for written in ("../secret.md", "content/secret.md", "secret.md", "pages/draft.md"):
        assert only(desk, written).ok()
    assert only(desk, str(desk.folder / "content/secret.md")).ok()
    assert only(desk, "draft.md").ok() and "DRAFTED" in page(desk)


@pytest.mark.parametrize(
    "file, hint",
    [
        ("secrte.md", "did you mean “secret.md”?"),
        ("content/none", "name it as it lies in content/"),
        ("sitegen.toml", "name it as it lies in content/"),
        ("../../../etc/passwd", "name it as it lies in content/"),
        ("inline.png", "name an article's file"),
        ("authors/ann.md", "name an article's file"),
        ("front.toml", "name an article's file"),
    ],
)
def test_a_file_that_has_no_page_is_told_and_nothing_is_made(
    desk: SiteTest, file: str, hint: str
) -> None:
    desk.write("authors/ann.md", "---\nname: Ann\n---\n").write("front.toml", "")
    only(desk, file)
    assert desk.exit_code == 2 and not (desk.folder / "preview").exists()
    assert [(error["code"], error["hint"]) for error in desk.errors] == [("only-missing", hint)]


def test_mistakes_of_others_do_not_matter_and_its_own_do(desk: SiteTest) -> None:
    desk.write("bad.md", title="").write("worse.md", body="[x](none.md)", colour="red")
    only(desk, "secret.md").ok()
    assert (desk.errors, desk.report["left_out"]) == ([], [])
    assert {warning["source"] for warning in desk.warnings} == {"content/secret.md"}
    only(desk, "worse.md")
    assert desk.exit_code == 1
    assert [error["source"] for error in desk.errors] == ["content/worse.md"]


@pytest.mark.parametrize("args", [["--only", "a.md"], ["--preview", "--only", "a.md", "--if-due"]])
def test_it_is_for_previews_made_at_once(desk: SiteTest, args: list[str]) -> None:
    assert desk.build(*args).exit_code == 2
    assert "--only" in desk.output


def test_people_are_told_what_to_open(desk: SiteTest) -> None:
    command = ["build", "-s", str(desk.folder), "--now", desk.now, "--preview", "--only"]
    desk.run(*command, "secret.md").ok()
    assert desk.output.splitlines()[-1] == f"open {desk.folder / 'preview/index.html'}"


def test_the_folder_can_be_moved_and_packed(desk: SiteTest, tmp_path: Path) -> None:
    only(desk, "secret.md").ok()
    archive = tmp_path / "secret.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path, data in preview(desk).items():
            packed.writestr(path, data)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(tmp_path / "elsewhere")
    moved = tree(tmp_path / "elsewhere")
    sources = re.findall(r'(?:src|href)="((?!https:|#)[^"#]*)', moved["index.html"].decode())
    assert {os.path.normpath(source) for source in sources} <= moved.keys()
