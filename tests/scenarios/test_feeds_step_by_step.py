"""What happens to feeds, one step after another; and that those of past months are sealed."""

from __future__ import annotations

from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from sitegen.plan import sealed
from tests.feed_reader import BASE, archives, links, text, texts, xml
from tests.site_test import SETTINGS, SiteTest

HASHES = dict[str, str]


@pytest.fixture
def paper(tmp_path: Path) -> SiteTest:
    """Articles of four months, two of them in one, and more than the current feed holds."""
    more = '[feeds]\nitems = 2\n[languages.ar]\ntitle = "T"\n'
    site = SiteTest(tmp_path / "site", SETTINGS + more)
    site.write("first.md", title="First", date="2024-02-29", tags=["Sea"])
    site.write("second.md", title="Second", date="2026-09-30 23:30", tags=["Sea"], body="Q.")
    for name, day in (("third", "2026-11-02"), ("fourth", "2026-11-03"), ("fifth", "2026-10-05")):
        site.write(f"{name}.md", title=name.title(), date=day, section="Politics")
    site.write("ar/sixth.md", title="Sixth", date="2026-01-01")
    return site.build().ok()


def hashes(site: SiteTest) -> HASHES:
    """Path → hash of every feed that new articles may change."""
    found = {path: sha256(data).hexdigest() for path, data in site.bytes.items()}
    return {path: found[path] for path in found if "feed" in path and "corrections" not in path}


def changes(site: SiteTest, before: HASHES) -> set[str]:
    """The feeds that differ since, or came, or went; and that a clean build has the same."""
    site.build().ok()
    assert site.bytes == site.clean_bytes()
    after = hashes(site)
    assert {path for path in site.rendered if path in after} >= {
        path for path in after if before.get(path) != after[path]
    }
    return {path for path in before | after if before.get(path) != after.get(path)}


SITE = {"feed.xml", "feed.json"}
POLITICS = {"politics/feed.xml", "politics/feed.json"}


def test_walking_back_meets_every_published_article_once(paper: SiteTest) -> None:
    """FD-16"""
    paper.write("draft.md", status="draft").write("later.md", date="2026-12-01").build().ok()
    walked = list(archives(paper))
    months = ("2026-11", "2026-10", "2026-09", "2024-02")
    assert walked == [f"feeds/{month}.xml" for month in months]
    met = [link for path in walked for link in texts(xml(paper, path), "channel/item/link")]
    pages = [path for path in paper.bytes if path.count("/") == 3 and path[:2] == "20"]
    assert sorted(met) == sorted(f"{BASE}{path.removesuffix('index.html')}" for path in pages)
    assert len(set(met)) == len(met) == 5
    assert {*texts(xml(paper), "channel/item/link")} == {*met[:2]}
    assert list(archives(paper, "ar/feed.xml")) == ["ar/feeds/2026-01.xml"]


def test_each_archive_says_that_it_is_one_and_what_is_around_it(paper: SiteTest) -> None:
    """FD-16"""
    walked = list(archives(paper))
    for number, path in enumerate(walked):
        assert text(xml(paper, path), "channel/fh:archive") == ""
        expected = {"self": f"{BASE}{path}", "current": f"{BASE}feed.xml"}
        if number > 0:
            expected["next-archive"] = f"{BASE}{walked[number - 1]}"
        if number + 1 < len(walked):
            expected["prev-archive"] = f"{BASE}{walked[number + 1]}"
        assert links(paper, path) == expected
    assert texts(xml(paper), "channel/fh:archive") == []
    assert links(paper) == {"self": f"{BASE}feed.xml", "prev-archive": f"{BASE}{walked[0]}"}
    assert "prev-archive" not in links(paper, "tags/sea/feed.xml")


def test_a_new_article_changes_the_current_feeds_and_the_archive_of_its_month(
    paper: SiteTest,
) -> None:
    """FD-17"""
    before = hashes(paper)
    paper.write("new.md", title="New", date="2026-11-21", section="Politics")
    assert changes(paper, before) == SITE | POLITICS | {"feeds/2026-11.xml"}


def test_the_first_article_of_a_month_makes_an_archive_and_links_it_in_the_one_before(
    paper: SiteTest,
) -> None:
    """FD-17"""
    paper.now = "2027-01-10T12:00:00Z"
    before = hashes(paper.build().ok())
    paper.write("new.md", title="New", date="2027-01-09", tags=["Sea", "Rare"])
    tags = {"tags/sea/feed.xml", "tags/rare/feed.xml"}
    assert changes(paper, before) == SITE | tags | {"feeds/2026-11.xml", "feeds/2027-01.xml"}
    assert links(paper, "feeds/2026-11.xml")["next-archive"] == f"{BASE}feeds/2027-01.xml"


def test_a_backdated_article_touches_its_month_and_the_neighbours_of_a_new_one(
    paper: SiteTest,
) -> None:
    """FD-17"""
    before = hashes(paper)
    paper.write("old.md", title="Old", date="2024-02-01")
    assert changes(paper, before) == {"feeds/2024-02.xml"}
    before = hashes(paper)
    paper.write("older.md", title="Older", date="2025-05-05")
    born = {f"feeds/{month}.xml" for month in ("2024-02", "2025-05", "2026-09")}
    assert changes(paper, before) == born


def test_a_month_of_very_many_articles_has_several_archives(
    paper: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealed, "MOST", 4)
    for number in range(9):
        paper.write(f"oct-{number}.md", title=f"October {number}", date=f"2026-10-0{number + 1}")
    paper.build().ok()
    walked = list(archives(paper))
    october = [path for path in walked if path.startswith("feeds/2026-10")]
    assert october[-1] == "feeds/2026-10.xml" and 2 < len(october) < 6, "an address that stays"
    assert walked == ["feeds/2026-11.xml", *october, "feeds/2026-09.xml", "feeds/2024-02.xml"]
    for newer, older in pairwise(walked):
        assert links(paper, older)["next-archive"] == f"{BASE}{newer}"
    met = [text for path in october for text in texts(xml(paper, path), "channel/item/title")]
    assert sorted(met) == ["Fifth", *(f"October {number}" for number in range(9))]
    assert max(len(texts(xml(paper, path), "channel/item/title")) for path in october) <= 4

    before = hashes(paper)
    paper.write("oct-3.md", title="October 3", date="2026-10-04", body="Other.")
    assert len(changes(paper, before)) == 1, "one archive, and no other of its month"
    before = hashes(paper)
    for number in range(1, 9):
        paper.remove(f"oct-{number}.md")
    changed = changes(paper, before)
    assert {*october} <= changed and [*archives(paper)][1] == "feeds/2026-10.xml"
    assert not {*october[:-1]} & {*paper.bytes}, "what it does not need any more is gone"


def test_editing_an_old_body_changes_its_archive_and_no_feed_without_it(paper: SiteTest) -> None:
    """FD-17"""
    before = hashes(paper)
    paper.write(
        "second.md",
        title="Second",
        date="2026-09-30 23:30",
        tags=["Sea"],
        summary="Q.",
        body="Other.",
    )
    assert changes(paper, before) == {"feeds/2026-09.xml"}


def test_a_removed_article_takes_its_feeds_along(paper: SiteTest) -> None:
    before = hashes(paper)
    paper.remove("second.md")
    gone = {"feeds/2026-09.xml", "tags/sea/feed.xml"}
    assert changes(paper, before) == {*gone, "feeds/2024-02.xml", "feeds/2026-10.xml"}
    assert "tags/sea/feed.xml" in paper.bytes, "of its older article"
    assert [*archives(paper)] == [
        f"feeds/{month}.xml" for month in ("2026-11", "2026-10", "2024-02")
    ]


def test_a_change_of_anothers_tag_name_leaves_sealed_feeds_alone(paper: SiteTest) -> None:
    """FD-17"""
    before = hashes(paper)
    paper.write("new.md", title="New", date="2026-11-21", tags=["SEA"], authors=["Ann"])
    changed = changes(paper, before)
    sealed = {path for path in changed if path.startswith("feeds/")}
    assert sealed == {"feeds/2026-11.xml"}
