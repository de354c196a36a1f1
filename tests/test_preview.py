"""`--preview`: what is not published yet, marked, for a lawyer to read; public/ is left alone."""

from __future__ import annotations

import pytest

from tests.site_test import SiteTest, tree
from tests.test_bad_input import nothing_published_changes


@pytest.fixture
def previewed(site: SiteTest) -> SiteTest:
    site.write("seen.md", title="Seen")
    site.write("draft.md", title="DRAFTED", status="draft")
    site.write("later.md", title="SCHEDULED", date="2026-12-01")
    site.write("embargo.md", title="EMBARGOED", embargo="2026-12-01")
    site.write("gone.md", title="GONE", expires="2026-11-02")
    site.write("pages/about.md", "---\ntitle: ABOUT\nstatus: draft\n---\n")
    return site.build().ok()


def text(site: SiteTest, path: str) -> str:
    return (site.folder / "preview" / path).read_text(encoding="utf-8")


def test_drafts_and_scheduled_articles_are_shown_and_marked(previewed: SiteTest) -> None:
    previewed.build("--preview").ok()
    assert "Draft: not published." in text(previewed, "2026/11/draft/index.html")
    assert "Scheduled: not yet published." in text(previewed, "2026/12/later/index.html")
    assert "Draft: not published." in text(previewed, "about/index.html")
    home = text(previewed, "index.html")
    assert "DRAFTED" in home and "SCHEDULED" in home
    assert "Seen" in text(previewed, "2026/11/seen/index.html")
    assert 'class="held"' not in text(previewed, "2026/11/seen/index.html")


def test_embargoed_articles_need_to_be_asked_for(previewed: SiteTest) -> None:
    previewed.build("--preview").ok()
    assert not [p for p, d in tree(previewed.folder / "preview").items() if b"EMBARGOED" in d]
    assert [held["why"] for held in previewed.report["held_back"]] == ["embargoed"]
    previewed.build("--preview", "--embargoed").ok()
    assert "Under embargo" in text(previewed, "2026/11/embargo/index.html")
    previewed.build("--preview").ok()
    assert not [p for p, d in tree(previewed.folder / "preview").items() if b"EMBARGOED" in d]


def test_no_page_is_for_search_engines_and_there_are_no_feeds_or_sitemaps(
    previewed: SiteTest,
) -> None:
    previewed.build("--preview").ok()
    files = tree(previewed.folder / "preview")
    pages = {path: data for path, data in files.items() if path.endswith(".html")}
    assert pages and all(b'<meta name="robots" content="noindex">' in d for d in pages.values())
    assert not [path for path in files if "feed" in path or "sitemap" in path]
    assert not [path for path, data in pages.items() if b"feed.xml" in data]


def test_the_public_site_is_left_alone(previewed: SiteTest) -> None:
    with nothing_published_changes(previewed):
        previewed.build("--preview", "--embargoed").ok()
    assert not previewed.build().ok().rendered


def test_a_preview_has_a_state_of_its_own(previewed: SiteTest) -> None:
    previewed.build("--preview").ok()
    assert previewed.build("--preview").ok().rendered == set()
    assert previewed.build().ok().rendered == set()
    assert (previewed.folder / ".sitegen/preview").is_dir()


@pytest.mark.parametrize("output", ["public", "./public", "preview/../public"])
def test_a_preview_is_never_written_to_the_public_folder(previewed: SiteTest, output: str) -> None:
    with nothing_published_changes(previewed):
        assert previewed.build("--preview", "-o", output).exit_code == 2


def test_a_draft_that_is_published_loses_its_mark(previewed: SiteTest) -> None:
    previewed.build("--preview").ok()
    previewed.write("draft.md", title="DRAFTED").build("--preview").ok()
    assert 'class="held"' not in text(previewed, "2026/11/draft/index.html")
