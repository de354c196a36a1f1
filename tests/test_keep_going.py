"""`--keep-going`: the good articles are published, the bad ones left out by name."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.site_test import SiteTest
from tests.test_bad_input import good, nothing_published_changes, refused

BAD: Mapping[str, str | bytes] = {
    "no-date.md": "---\ntitle: A\n---\n",
    "no-title.md": "---\ndate: 2026-11-01\n---\n",
    "no-matter.md": "Just words.\n",
    "twice.md": "---\ntitle: A\ntitle: B\ndate: 2026-11-01\n---\n",
    "broken.md": "---\ntitle: A: B\n---\n",
    "link.md": "---\ntitle: A\ndate: 2026-11-01\n---\n[x](nope.md)\n",
    "related.md": "---\ntitle: A\ndate: 2026-11-01\nrelated: nope.md\n---\n",
    "hidden.md": "---\ntitle: A\ndate: 2026-11-01\nstatus: hidden\n---\n",
    "same.md": "---\ntitle: A\ndate: 2026-11-01\nslug: good\n---\n",
    "bytes.md": b"---\ntitle: \xff\n---\n",
}
"""Files with one mistake each."""


def some(site: SiteTest) -> SiteTest:
    """Good, held back and bad articles."""
    site.write("good.md", title="Good").write("fine.md", title="Fine")
    site.write("draft.md", title="Draft", status="draft")
    site.write("later.md", title="Later", date="2027-01-01")
    for path, text in BAD.items():
        site.write(path, text)
    return site


def test_all_mistakes_of_all_files_are_told_in_one_run(site: SiteTest) -> None:
    good(site)
    refused(some(site))
    assert {error["source"] for error in site.errors} == {f"content/{path}" for path in BAD}
    assert len(site.errors) == len(BAD), site.errors


def test_the_good_are_published_and_the_bad_are_named(site: SiteTest) -> None:
    some(site).build("--keep-going")
    assert site.exit_code == 4, site.output
    assert {"2026/11/good/index.html", "2026/11/fine/index.html"} <= set(site.bytes)
    assert set(site.report["left_out"]) == {f"content/{path}" for path in BAD}
    assert {error["source"] for error in site.errors} == set(site.report["left_out"])
    assert not site.report["ok"]


def test_articles_in_are_published_and_held_back_and_left_out(site: SiteTest) -> None:
    some(site).build("--keep-going")
    held = {held["source"] for held in site.report["held_back"]}
    left_out = set(site.report["left_out"])
    given = {f"content/{path.name}" for path in (site.folder / "content").iterdir()}
    assert held == {"content/draft.md", "content/later.md"}
    assert not held & left_out
    assert given - held - left_out == {"content/good.md", "content/fine.md"}
    assert len(given) == site.report["articles"] + len(held) + len(left_out)


def test_a_published_article_that_turned_bad_loses_its_page(site: SiteTest) -> None:
    site.write("good.md", title="Good").write(
        "bad.md", title="TURNED", tags=["turned"]
    ).build().ok()
    assert "2026/11/bad/index.html" in site.bytes
    site.write("bad.md", "---\ntitle: TURNED\n---\n").build("--keep-going")
    assert site.exit_code == 4
    assert {"2026/11/bad/index.html", "tags/turned/index.html"} <= site.removed
    assert not any(b"TURNED" in data for data in site.bytes.values())
    assert site.bytes == site.clean_bytes("--keep-going")


def test_a_second_build_that_reads_nothing_tells_the_same_and_exits_the_same(
    site: SiteTest,
) -> None:
    first = some(site).build("--keep-going").errors
    again = site.build("--keep-going")
    assert again.exit_code == 4 and again.errors == first
    assert not again.rendered and not again.changed


def test_a_link_to_an_article_that_was_left_out_is_its_label_with_a_warning(
    site: SiteTest,
) -> None:
    site.write("good.md", title="Good", body="See [the label](bad.md).")
    site.write("bad.md", "---\ntitle: A\n---\n").build("--keep-going")
    assert "<p>See the label.</p>" in site.page("2026/11/good/index.html")
    assert any("bad.md" in warning["message"] for warning in site.warnings)


@pytest.mark.parametrize("field", ["template: nope.html", "url: /feed.xml", "url: /politics/"])
def test_a_mistake_that_only_the_whole_site_shows_leaves_out_its_article(
    site: SiteTest, field: str
) -> None:
    site.write("good.md", title="Good")
    site.write("bad.md", f"---\ntitle: A\ndate: 2026-11-01\n{field}\n---\n").build("--keep-going")
    assert site.exit_code == 4, site.output
    assert site.report["left_out"] == ["content/bad.md"]
    assert "2026/11/good/index.html" in site.bytes


def test_a_mistake_of_the_site_itself_stops_even_keep_going(site: SiteTest) -> None:
    good(site).file("themes/own/templates/article.html", "{{ nothing }}")
    text = (site.folder / "sitegen.toml").read_text()
    site.settings(text.replace("[site]", '[site]\ntheme = "own"'))
    refused(site, "--keep-going")


def test_nothing_bad_exits_0_with_keep_going_too(site: SiteTest) -> None:
    good(site).build("--keep-going")
    assert site.exit_code == 0 and site.report["left_out"] == []


def many(site: SiteTest, number: int) -> SiteTest:
    for index in range(number):
        site.write(f"a{index}.md", title=f"A {index}")
    return site.build().ok()


def test_more_removed_articles_than_the_setting_allows_stop_the_build(site: SiteTest) -> None:
    site.settings((site.folder / "sitegen.toml").read_text() + "[build]\nmax_removed = 2\n")
    many(site, 4)
    for index in range(3):
        site.remove(f"a{index}.md")
    refused(site)
    (error,) = site.errors
    assert "would remove 3 published articles" in error["message"]
    assert "--max-removed 3" in error["hint"] and "a0.md" in error["hint"]
    site.build("--max-removed", "3").ok()
    assert "2026/11/a0/index.html" in site.removed


def test_the_option_is_stronger_than_the_setting_and_0_means_no_limit(site: SiteTest) -> None:
    many(site, 23)
    for index in range(22):
        site.remove(f"a{index}.md")
    assert "22 published articles" in refused(site).errors[0]["message"]
    refused(site, "--max-removed", "21")
    refused(site, "--dry-run")
    with nothing_published_changes(site):
        site.build("--max-removed", "0", "--dry-run").ok()
    site.build("--max-removed", "0").ok()
    assert site.report["articles"] == 1


def test_an_empty_content_folder_does_not_delete_an_archive(site: SiteTest) -> None:
    many(site, 21)
    (site.folder / "content").rename(site.folder / "elsewhere")
    refused(site)


def test_articles_that_turned_bad_count_as_removed(site: SiteTest) -> None:
    many(site, 3)
    for index in range(2):
        site.write(f"a{index}.md", "---\ntitle: A\n---\n")
    refused(site, "--keep-going", "--max-removed", "1")
    site.build("--keep-going", "--max-removed", "2")
    assert site.exit_code == 4


def test_an_expired_article_does_not_count_as_removed(site: SiteTest) -> None:
    many(site, 3)
    for index in range(3):
        site.write(f"a{index}.md", title="A", expires="2026-11-10")
    site.build("--max-removed", "1").ok()
