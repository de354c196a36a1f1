"""Articles of which the source tells no date: drafts, and what is written says where it is from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.importing import ghost_export, test_feeds, test_html_pages, wxr
from tests.importing.old_site import OldSite

ZEROS = "0000-00-00 00:00:00"
EXPORTED = "<pubDate>Fri, 20 Nov 2026 09:00:00 +0000</pubDate>"
ADDRESS = "/2019/03/storm/"


def in_wordpress(more: str = "", status: str = "publish") -> str:
    item = wxr.item(1, date=ZEROS, link=f"{wxr.BASE}{ADDRESS}", status=status, more=more)
    return item.replace("Mon, 04 Mar 2019 10:00:00 +0000", "Wed, 30 Nov -0001 00:00:00 +0000")


def wordpress(folder: Path) -> OldSite:
    return OldSite(folder, "wordpress", "export.xml").write(wxr.export(in_wordpress()))


def ghost(folder: Path) -> OldSite:
    post = ghost_export.post("1", published_at=None, created_at=None, updated_at=None)
    return OldSite(folder, "ghost", "export.json").write(ghost_export.export(post))


def feed(folder: Path) -> OldSite:
    bare = f"<item><link>{test_feeds.STORM}</link><description>Only this.</description></item>"
    return OldSite(folder, "feed", "feed.xml").write(test_feeds.rss(bare))


def html(folder: Path) -> OldSite:
    head = '<meta property="og:type" content="article"><meta property="og:title" content="Storm">'
    page = test_html_pages.page(test_html_pages.STORY, head, "https://old.example/storm/")
    return OldSite(folder, "html", "saved").put("storm.html", page)


def jekyll(folder: Path) -> OldSite:
    old = OldSite(folder, "jekyll", "old").put("_config.yml", "url: https://old.example\n")
    return old.put("_drafts/storm.md", "---\ntitle: A storm\n---\nText.\n")


def hugo(folder: Path) -> OldSite:
    old = OldSite(folder, "hugo", "old").put("hugo.toml", 'baseURL = "https://old.example/"\n')
    return old.put("content/posts/storm.md", "---\ntitle: A storm\ndate: soon\n---\nText.\n")


@pytest.mark.parametrize("source", [wordpress, ghost, feed, html, jekyll, hugo])
def test_it_is_a_draft_of_a_day_that_nobody_takes_for_the_truth(
    tmp_path: Path, source: Callable[[Path], OldSite]
) -> None:
    old = source(tmp_path).run().ok()
    (loss,) = old.lost("undated")
    path = loss["file"].removeprefix("content/")
    assert "date: 1970-01-01\n" in old.matter(path)
    assert "status: draft\n" in old.matter(path)
    assert loss["detail"].startswith("1970-01-01")
    assert old.lost("date") == []
    shown = (old.folder / "import-report.md").read_text(encoding="utf-8")
    assert "the date in the file stands in for theirs" in shown


@pytest.mark.parametrize("source", [wordpress, feed, html, hugo])
def test_readers_are_told_of_the_address_of_one_that_was_published(
    tmp_path: Path, source: Callable[[Path], OldSite]
) -> None:
    old = source(tmp_path).run().ok()
    (one,) = old.unanswered("draft")
    assert "storm" in one["address"]
    assert not any(path.endswith("storm/index.html") for path in old.site.bytes)


def test_it_gets_its_date_when_it_is_published(tmp_path: Path) -> None:
    old = jekyll(tmp_path).run().ok()
    old.site.run("publish", "-s", str(old.folder), "content/storm.md", "--date", "2026-11-20 08:00")
    old.site.ok().build().ok()
    assert "date: 2026-11-20 08:00\n" in old.matter("storm.md")
    assert "status" not in old.matter("storm.md")


@pytest.mark.parametrize(
    ("more", "date", "why"),
    [
        (f"<wp:post_modified_gmt>{ZEROS}</wp:post_modified_gmt>", "2026-11-20", "the export"),
        (
            "<wp:post_modified_gmt>2019-05-06 07:08:09</wp:post_modified_gmt>",
            "2019-05-06",
            "its last change",
        ),
    ],
)
def test_the_last_change_stands_in_for_it_and_else_the_day_of_the_export(
    tmp_path: Path, more: str, date: str, why: str
) -> None:
    text = wxr.export(EXPORTED, in_wordpress(more, status="draft"))
    old = OldSite(tmp_path, "wordpress", "export.xml").write(text).run().ok()
    (loss,) = old.lost("undated")
    assert loss["detail"] == f"{date} instead of “{ZEROS}”: {why}"
    assert f"date: {date}" in old.matter(loss["file"].removeprefix("content/"))


def test_a_post_of_ghost_that_was_published_at_no_time_has_the_day_of_its_beginning(
    tmp_path: Path,
) -> None:
    text = ghost_export.export(ghost_export.post("1", published_at=None))
    old = OldSite(tmp_path, "ghost", "export.json").write(text).run().ok()
    (loss,) = old.lost("undated")
    assert loss["detail"] == "2021-03-01: its beginning"
    assert old.unanswered("draft") == []  # in Ghost, too, no such post has a page


def test_a_change_that_a_file_names_stands_in_for_its_date(tmp_path: Path) -> None:
    old = jekyll(tmp_path)
    old.put("_drafts/storm.md", "---\ntitle: A storm\nlast_modified_at: 2019-05-06\n---\nText.\n")
    old.run().ok()
    assert "date: 2019-05-06\n" in old.matter("storm.md")
    assert "updated" not in old.matter("storm.md")
    assert [loss["detail"] for loss in old.lost("undated")] == ["2019-05-06: its last change"]


def test_what_somebody_has_begun_in_a_section_is_an_article_and_no_page(tmp_path: Path) -> None:
    old = OldSite(tmp_path, "hugo", "old").put("hugo.toml", 'baseURL = "https://old.example/"\n')
    old.put("content/news/idea.md", "---\ntitle: Idea\ndraft: true\n---\nSoon.\n")
    old.put("content/docs/how.md", "---\ntitle: How\n---\nText.\n").run().ok()
    assert old.files == {"news/idea.md", "pages/docs/how.md"}
    assert old.unanswered("draft") == []
