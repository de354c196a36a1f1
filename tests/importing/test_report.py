"""The report for people: Markdown that shows what was there, with files and new addresses."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.importing.old_site import OldSite
from tests.importing.wxr import BASE, export, item

TITLE = "<script>alert(1)</script> & *Storm* [a](b) `code` _x_"
CONTENT = "[odd_`tag] text"


@pytest.fixture
def old(tmp_path: Path) -> OldSite:
    text = export(
        item(1, TITLE, CONTENT, "thing", link=f"{BASE}/t/"), item(2, TITLE, "[odd x=`1`]")
    )
    return OldSite(tmp_path, "wordpress", "export `1` <b>.xml").write(text).run().ok()


def shown(old: OldSite) -> str:
    """The report as HTML."""
    text = (old.folder / "import-report.md").read_text(encoding="utf-8")
    return str(MarkdownIt("commonmark").render(text))


def test_titles_with_markup_are_shown_as_they_are(old: OldSite) -> None:
    html = shown(old)
    assert "<script" not in html
    assert "<em>" not in html
    assert "<a " not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; *Storm* [a](b) `code` _x_" in html
    assert "export `1` &lt;b&gt;.xml" in html


def test_what_was_lost_is_told_with_the_file_that_it_was_lost_in(old: OldSite) -> None:
    assert "<code>content/2019/title-2.md</code>: post 2 “" in shown(old)


def test_an_address_that_differs_behind_the_question_mark_is_told_with_the_new_one(
    old: OldSite,
) -> None:
    assert "<code>/?p=2</code> → <code>/2019/03/title-2/</code>: post 2" in shown(old)


def test_a_detail_that_looks_like_a_list_is_none(tmp_path: Path) -> None:
    old = OldSite(tmp_path, "jekyll", "old").put("_config.yml", "url: https://old.example\n")
    old.put("_drafts/1. - idea.md", "---\ntitle: '# Idea'\n---\nText.\n").run().ok()
    assert "1. - idea.md" in shown(old)
    assert "<ol>" not in shown(old)


def test_neither_a_file_nor_an_address_is_told_twice(tmp_path: Path) -> None:
    old = OldSite(tmp_path, "hugo", "old").put("hugo.toml", 'baseURL = "https://old.example/"\n')
    old.put("content/news/storm.md", "---\ntitle: A\n---\n").put(
        "content/news/b.md", "---\ntitle: B\ndate: soon\n---\n{{< odd >}}\n"
    )
    html = shown(old.run().ok())
    assert html.count("content/news/b.md") == 3
    assert "→" not in html
