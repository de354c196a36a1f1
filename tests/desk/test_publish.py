"""`sitegen publish`: a draft becomes an article, and not one other byte of its file changes."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest

from tests.site_test import SETTINGS, SiteTest

DRAFT = """\
---
title: "Storm: the harbour"  # the headline
# the desk's remark
status: draft   # remove this line
date: 2026-11-01
tags: [a]
---
Text.\r
"""


def publish(site: SiteTest, file: str, *options: str) -> SiteTest:
    return site.run("publish", "-s", str(site.folder), file, *options)


def content(site: SiteTest, path: str) -> bytes:
    return (site.folder / "content" / path).read_bytes()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_publishing_a_draft_keeps_every_other_byte(
    site: SiteTest, mark: bytes, ends: bytes
) -> None:
    before = mark + DRAFT.encode().replace(b"\n", ends)
    publish(site.write("storm.md", before), "storm.md").ok()
    assert content(site, "storm.md") == before.replace(
        b"status: draft   # remove this line" + ends, b""
    ).replace(b"date: 2026-11-01", b"date: 2026-11-22 12:00")
    assert "removed “status: draft”" in site.output
    assert "the date is 2026-11-22 12:00 now (it was 2026-11-01)" in site.output
    assert "readers see it at https://test.example/2026/11/storm/" in site.output
    assert "2026/11/storm/index.html" in site.build().ok().bytes


def test_a_date_that_is_this_minute_already_was_no_other(site: SiteTest) -> None:
    draft = DRAFT.replace("2026-11-01", "2026-11-22 12:00")
    publish(site.write("storm.md", draft), "storm.md").ok()
    assert "the date is 2026-11-22 12:00 now\n" in site.output


def test_a_file_may_be_named_from_the_folder_one_is_in_the_site_or_its_content(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {"storm.md": ".", "content/storm.md": "content", "../content/storm.md": "static"}
    site.file("static/x.txt", "x")
    for name, folder in names.items():
        site.write("storm.md", DRAFT)
        monkeypatch.chdir(site.folder / folder)
        publish(site, name).ok()
        assert b"status" not in content(site, "storm.md")
    site.write("storm.md", DRAFT)
    publish(site, str(site.folder / "content" / "storm.md")).ok()
    site.write("flood/index.md", DRAFT)
    publish(site, "flood").ok()
    assert "content/flood/index.md" in site.output


def test_a_file_that_is_not_there_is_told_with_the_one_that_was_probably_meant(
    site: SiteTest,
) -> None:
    site.write("politics/storm.md", DRAFT).write("map.txt", "x").file("notes.md", DRAFT)
    publish(site, "strom.md")
    assert site.exit_code == 2
    assert "did you mean content/politics/storm.md?" in site.output
    assert "[file-unknown]" in publish(site, "map.txt").output
    assert "[file-unknown]" in publish(site, "../notes.md").output
    assert "[file-unknown]" in publish(site, str(site.folder / "notes.md")).output


def test_the_date_can_be_chosen_or_kept(site: SiteTest) -> None:
    site.write("storm.md", DRAFT)
    publish(site, "storm.md", "--date", "2026-12-01 06:30").ok()
    assert b"date: 2026-12-01 06:30\n" in content(site, "storm.md")
    assert "readers see it from 2026-12-01 06:30 (Europe/London), at https://" in site.output
    assert site.build().ok().report["held_back"][0]["why"] == "scheduled"
    publish(site.write("storm.md", DRAFT), "storm.md", "--keep-date").ok()
    assert b"date: 2026-11-01\n" in content(site, "storm.md")
    assert publish(site.write("storm.md", DRAFT), "storm.md", "--date", "3/4/2026").exit_code == 2
    assert publish(site, "storm.md", "--date", "2026-12-01", "--keep-date").exit_code == 2
    assert content(site, "storm.md") == DRAFT.encode()


def test_a_date_is_written_as_the_one_before_it_was(site: SiteTest) -> None:
    for before, after in {
        "date: '2026-11-01'": "date: '2026-11-22 12:00'",
        "date: 2026-11-01T06:30:00+01:00": "date: 2026-11-22T12:00:00+00:00",
        "Date: 2026-11-01T06:30:00Z": "Date: 2026-11-22T12:00:00Z",
    }.items():
        site.write("a.md", f"---\ntitle: A\n{before}\ndraft: true\n---\n")
        publish(site, "a.md").ok()
        assert content(site, "a.md").decode() == f"---\ntitle: A\n{after}\n---\n"


def test_a_file_with_its_date_in_its_name_gets_one_of_its_own(site: SiteTest) -> None:
    site.write("2026-01-02-a.md", "---\ntitle: A\ntags: [x]\nstatus: draft\n---\n")
    publish(site, "2026-01-02-a.md").ok()
    expected = "---\ntitle: A\ndate: 2026-11-22 12:00\ntags: [x]\n---\n"
    assert content(site, "2026-01-02-a.md").decode() == expected


def test_an_embargo_stays_and_it_is_said_when_readers_see_the_article(site: SiteTest) -> None:
    site.write("a.md", status="draft", embargo="2026-12-24 00:01")
    publish(site, "a.md").ok()
    assert "it is under embargo; readers see it from 2026-12-24 00:01" in site.output
    site.write("b.md", status="draft", expires="2026-11-10")
    assert "it expired on 2026-11-10 00:00" in publish(site, "b.md").ok().output


HELD = {
    "": ["status: draft", "Status: Draft", "draft: true", "draft: yes", "published: false"],
    "hugo": ["draft: true", "isDraft: 1"],
    "jekyll": ["published: false", "permalink: false", "hidden: true"],
    "wordpress": ["post_status: auto-draft", "visibility: private", "private: true"],
    "zola": ["draft: true\nstatus: pending", "unlisted: true\npublished: no\ndraft: on"],
}


@pytest.mark.parametrize(
    ("preset", "held"), [(preset, held) for preset, ways in HELD.items() for held in ways]
)
def test_what_holds_back_in_another_system_is_taken_away(
    site: SiteTest, preset: str, held: str
) -> None:
    site.settings(f'{SETTINGS}[front_matter]\npreset = "{preset}"\n')
    site.write("a.md", f"---\ntitle: A\n{held}\ndate: 2026-11-01\n---\nText.\n")
    publish(site, "a.md").ok()
    expected = "---\ntitle: A\ndate: 2026-11-22 12:00\n---\nText.\n"
    assert content(site, "a.md").decode() == expected
    assert all(f"removed “{line}”" in site.output for line in held.split("\n"))
    assert not site.build().ok().report["held_back"]


def test_toml_and_lines_without_a_fence_can_be_published(site: SiteTest) -> None:
    site.write("a.md", '+++\ntitle = "A" # a\ndraft = true\ndate = 2026-11-01\n+++\nText.\n')
    publish(site, "a.md").ok()
    assert content(site, "a.md").decode() == (
        '+++\ntitle = "A" # a\ndate = 2026-11-22T12:00:00\n+++\nText.\n'
    )
    site.settings(f'{SETTINGS}[front_matter]\npreset = "pelican"\n')
    site.write("b.md", "Title: B\nStatus: draft\nDate: 2026-11-01\n\nText.\n")
    publish(site, "b.md").ok()
    assert content(site, "b.md").decode() == "Title: B\nDate: 2026-11-22 12:00\n\nText.\n"
    assert not site.build().ok().report["held_back"]


def test_a_name_of_the_sites_own_for_the_date_is_kept(site: SiteTest) -> None:
    site.settings(f'{SETTINGS}[front_matter.names]\nappeared = "date"\nstate = "status"\n')
    site.write("a.md", "---\ntitle: A\nappeared: 2026-11-01\nstate: draft\n---\n")
    publish(site, "a.md").ok()
    assert content(site, "a.md").decode() == "---\ntitle: A\nappeared: 2026-11-22 12:00\n---\n"
    site.write("b.md", "---\ntitle: B\npublishDate: 2026-11-01\ndraft: true\n---\n")
    publish(site, "b.md").ok()
    assert content(site, "b.md").decode() == "---\ntitle: B\npublishDate: 2026-11-22 12:00\n---\n"


def test_what_lies_among_the_drafts_is_made_ready_and_it_is_said_where_to_move_it(
    site: SiteTest,
) -> None:
    site.write("_drafts/a.md", "---\ntitle: A\nstatus: draft\n---\n")
    publish(site, "_drafts/a.md").ok()
    assert content(site, "_drafts/a.md").decode() == "---\ntitle: A\ndate: 2026-11-22 12:00\n---\n"
    assert "not published until you move it: to content/a.md" in site.output
    assert "https://test.example/2026/11/a/" in site.output
    site.rename("_drafts/a.md", "a.md").build().ok()
    assert "2026/11/a/index.html" in site.bytes
    site.write("news/_drafts/b/index.md", "---\ntitle: B\n---\n")
    assert "to content/news/b/\n" in publish(site, "news/_drafts/b").ok().output
    site.write("_posts/2026-01-01-c.md").write("_drafts/d.md", "---\ntitle: D\n---\n")
    assert "to content/_posts/2026-11-22-d.md\n" in publish(site, "_drafts/d.md").ok().output


def test_a_standing_page_is_published_without_a_date(site: SiteTest) -> None:
    site.write("pages/about.md", "---\ntitle: About\nstatus: draft\n---\n")
    assert (
        "readers see it at https://test.example/about/"
        in publish(site, "pages/about.md").ok().output
    )
    assert content(site, "pages/about.md").decode() == "---\ntitle: About\n---\n"


@pytest.mark.parametrize(
    ("file", "fields", "words"),
    [
        ("a.md", {}, "it is no draft: readers see it at https://test.example/2026/11/a/"),
        ("a.md", {"date": "2026-12-01"}, "it is no draft: readers see it from 2026-12-01 00:00"),
        ("a.md", {"withdrawn": {"date": "2026-11-02"}}, "it is no draft: it is withdrawn"),
        ("authors/ann.md", {"date": ""}, "it is published when an article names it"),
        ("pages/about.md", {"date": ""}, "it is no draft: readers see it at https"),
    ],
)
def test_what_is_no_draft_is_refused_in_kind_words(
    site: SiteTest, file: str, fields: dict[str, Any], words: str
) -> None:
    site.write(file, **fields)
    before = content(site, file)
    assert publish(site, file).exit_code == 2
    assert words in site.output and "[not-a-draft]" in site.output
    assert content(site, file) == before


def test_a_draft_with_a_mistake_is_not_published(site: SiteTest) -> None:
    site.settings(SETTINGS + 'required = ["summary"]\n')
    site.write("a.md", section="Politics", status="draft", image="/x.png")
    assert site.build().ok().report["held_back"], "a draft may lack what its section requires"
    before = content(site, "a.md")
    assert publish(site, "a.md").exit_code == 1
    assert "content/a.md:1: summary: the section “Politics” requires" in site.output
    site.write("b.md", "---\ntitle: B\nstatus: draft\n---\n")
    assert "[date-missing]" in publish(site, "b.md", "--keep-date").output
    site.write("c.md", "---\ntitle: [\nstatus: draft\n---\n")
    assert "content/c.md:" in publish(site, "c.md").output and site.exit_code == 1
    assert content(site, "a.md") == before


def test_a_file_keeps_its_permissions_and_leaves_nothing_beside_it(site: SiteTest) -> None:
    site.write("a.md", status="draft")
    path = site.folder / "content" / "a.md"
    path.chmod(0o640)
    publish(site, "a.md").ok()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [file.name for file in path.parent.iterdir()] == ["a.md"]


def test_a_link_to_a_file_stays_a_link(site: SiteTest, tmp_path: Path) -> None:
    """An archive may lie elsewhere: content/ itself may be a link."""
    (tmp_path / "archive").mkdir()
    (site.folder / "content").symlink_to(tmp_path / "archive")
    site.write("a.md", status="draft")
    publish(site, "a.md").ok()
    publish(site.write("a.md", status="draft"), str(tmp_path / "archive" / "a.md")).ok()
    assert (site.folder / "content").is_symlink()
    assert b"status" not in (tmp_path / "archive" / "a.md").read_bytes()
