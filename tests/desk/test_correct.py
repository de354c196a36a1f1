"""`sitegen correct`: a correction with its date, and no other byte of the file changes."""

from __future__ import annotations

import pytest

from tests.site_test import SETTINGS, SiteTest

STORM = """\
---
title: Storm  # the headline
date: 2026-11-01
---
The gates closed at 6.
"""

TEXT = 'The gates closed at 5: "not" at 6, as [told](https://example.org/) # before.'


def correct(site: SiteTest, file: str, text: str, *options: str) -> SiteTest:
    return site.run("correct", "-s", str(site.folder), file, text, *options)


def content(site: SiteTest, path: str) -> str:
    return (site.folder / "content" / path).read_bytes().decode()


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_correction_is_added_and_readers_see_it(site: SiteTest, ends: str) -> None:
    site.write("storm.md", STORM.replace("\n", ends))
    correct(site, "storm.md", TEXT).ok()
    added = f"corrections:\n  - date: 2026-11-22 12:00\n    text: '{TEXT}'\n"
    expected = STORM.replace("date: 2026-11-01\n", f"date: 2026-11-01\n{added}")
    assert content(site, "storm.md") == expected.replace("\n", ends)
    assert (
        "The correction stands at the foot of the article, and its date at the top" in site.output
    )
    assert "in the log of corrections: https://test.example/corrections/" in site.output
    site.build().ok()
    for page in ("2026/11/storm/index.html", "corrections/index.html"):
        assert "The gates closed at 5: " in site.page(page), page


def test_a_second_one_stands_below_the_first_in_its_form(site: SiteTest) -> None:
    site.write("storm.md", STORM)
    correct(site, "storm.md", "One.", "--date", "2026-11-03 08:00").ok()
    correct(site, "storm.md", "Two.", "--minor").ok()
    assert (
        "corrections:\n  - date: 2026-11-03 08:00\n    text: One.\n"
        "  - date: 2026-11-22 12:00\n    text: Two.\n    minor: true\n---\n"
    ) in content(site, "storm.md")
    assert "and its date at the top" not in site.output
    site.build().ok()
    assert '<time datetime="2026-11-03T08:00:00+00:00">' in site.page("2026/11/storm/index.html")
    iso = STORM.replace(
        "---\nThe", "corrections: [{date: 2026-11-02T08:00:00Z, text: a}]\n---\nThe"
    )
    correct(site.write("iso.md", iso), "iso.md", "Two.").ok()
    assert "text: a}, {date: 2026-11-22T12:00:00Z, text: Two.}]" in content(site, "iso.md")


def test_what_readers_do_not_see_yet_is_said(site: SiteTest) -> None:
    correct(site.write("a.md", status="draft"), "a.md", "T").ok()
    assert "readers do not see it" in site.output
    withdrawn = {"date": "2026-11-02", "reason": "R"}
    assert "it is withdrawn" in correct(site.write("b.md", withdrawn=withdrawn), "b.md", "T").output
    site.settings(SETTINGS + '[urls]\ncorrections = ""\n')
    assert "the log" not in correct(site.write("c.md"), "c.md", "T").ok().output


def test_a_name_of_the_sites_own_for_corrections_is_kept(site: SiteTest) -> None:
    site.settings(f'{SETTINGS}[front_matter.names]\nerrata = "corrections"\n')
    site.write("a.md", "---\ntitle: A\ndate: 2026-11-01\nerrata:\n---\n")
    correct(site, "a.md", "T").ok()
    assert "errata:\n  - date: 2026-11-22 12:00\n    text: T\n---" in content(site, "a.md")


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        ("a.md", " ", "text-missing"),
        ("pages/about.md", "T", "not-an-article"),
        ("authors/ann.md", "T", "not-an-article"),
        ("none.md", "T", "file-unknown"),
        ("front.toml", "T", "file-unknown"),
    ],
)
def test_what_cannot_be_corrected_is_refused(
    site: SiteTest, file: str, text: str, code: str
) -> None:
    site.write("a.md").write("pages/about.md", "---\ntitle: A\n---\n").write("front.toml", "")
    site.write("authors/ann.md", "---\nname: Ann\n---\n")
    assert correct(site, file, text).exit_code == 2
    assert f"[{code}]" in site.output


def test_an_article_with_a_mistake_is_left_as_it_is(site: SiteTest) -> None:
    site.write("a.md", "---\ntitle: A\ndate: 3/4/2026\n---\n")
    before = content(site, "a.md")
    assert correct(site, "a.md", "T").exit_code == 1
    assert "content/a.md:3:7: date:" in site.output
    assert content(site, "a.md") == before


def test_words_that_are_no_text_are_refused(site: SiteTest) -> None:
    site.write("a.md")
    before = content(site, "a.md")
    for command in (
        ["correct", "a.md", "\udcff"],
        ["remove", "a.md", "--withdraw", "\udcff"],
        ["publish", "\udcff"],
        ["new", "\udcff"],
        ["new", "A", "--tag", "\udcff"],
    ):
        assert site.run(*command, "-s", str(site.folder)).exit_code == 2
        assert "it is not UTF-8" in site.output
    assert content(site, "a.md") == before
