"""One edit after another: exactly the pages that show what changed are rendered, and no others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen import due
from sitegen import site as sites
from sitegen.render import theme
from tests.scenarios.steps import without_sitemaps
from tests.site_test import SETTINGS, SiteTest

WITHOUT_FEEDS = SETTINGS + "[feeds]\nformats = []\n"
"""Feeds follow other pages, and have steps of their own: test_feeds_step_by_step.py."""
EVERYWHERE = {
    "index.html",
    "archive/index.html",
    "headlines.json",
}
"""What shows the newest articles."""


def page(name: str, month: str = "2026/10") -> str:
    return f"{month}/{name}/index.html"


@pytest.fixture
def paper(tmp_path: Path) -> SiteTest:
    """Four articles in two months: c follows b follows a; old stands alone in another year."""
    site = SiteTest(tmp_path / "site", WITHOUT_FEEDS)
    site.write("old.md", title="Old", date="2024-03-05", section="sport", authors=["Bo"])
    site.write("a.md", title="A", date="2026-10-01", section="politics", tags=["tram"])
    site.write("b.md", title="B", date="2026-10-02", section="politics", tags=["tram", "sea"])
    site.write("c.md", title="C", date="2026-10-03", authors=["Ann"], tags=["sea"])
    return site.build().ok()


def rebuilt(site: SiteTest, *args: str) -> set[str]:
    """Build; check that it equals a clean build and that a second build does nothing."""
    site.build(*args).ok()
    rendered = without_sitemaps(site.rendered)
    assert all(site.reasons.values())
    assert site.bytes == site.clean_bytes()
    before = {path: (site.public / path).stat().st_mtime_ns for path in site.bytes}
    warnings = site.warnings
    site.build(*args).ok()
    assert site.rendered == set()
    assert site.warnings == warnings
    assert {path: (site.public / path).stat().st_mtime_ns for path in site.bytes} == before
    return rendered


def test_editing_a_body_renders_its_own_page_only(paper: SiteTest) -> None:
    paper.write(
        "b.md", title="B", date="2026-10-02", section="politics", tags=["tram", "sea"], summary=""
    )
    paper.build().ok()
    text = (paper.folder / "content/b.md").read_text()
    paper.write("b.md", text + "\nA second paragraph.\n")
    paper.build().ok()
    assert paper.reasons == {page("b"): "the text of b.md changed"}
    assert paper.changed == {page("b")}
    assert paper.bytes == paper.clean_bytes()


def test_retitling_an_article_renders_its_neighbours_and_listings(paper: SiteTest) -> None:
    paper.write("b.md", title="Better", date="2026-10-02", section="politics", tags=["tram", "sea"])
    assert rebuilt(paper) == EVERYWHERE | {
        page("b"),
        page("c"),  # its previous article, and related through a tag
        "2026/10/index.html",
        "politics/index.html",
        "tags/tram/index.html",
        "tags/sea/index.html",
    }


def test_retagging_an_article_moves_it_between_listings(paper: SiteTest) -> None:
    paper.write("b.md", title="B", date="2026-10-02", section="politics", tags=["harbour"])
    assert rebuilt(paper) == {
        page("b"),
        page("c"),  # no longer related
        "tags/harbour/index.html",
        "tags/tram/index.html",
        "tags/sea/index.html",
        "tags/index.html",
    }


def test_moving_an_article_to_another_section(paper: SiteTest) -> None:
    paper.write("b.md", title="B", date="2026-10-02", section="sport", tags=["tram", "sea"])
    assert rebuilt(paper) == EVERYWHERE | {
        page("b"),
        page("c"),
        "2026/10/index.html",
        "politics/index.html",
        "sport/index.html",
        "tags/tram/index.html",
        "tags/sea/index.html",
    }


def test_redating_an_article_within_its_month_reorders_only_what_shows_it(paper: SiteTest) -> None:
    paper.write("a.md", title="A", date="2026-10-09", section="politics", tags=["tram"])
    rendered = rebuilt(paper)
    assert {page("a"), page("b"), "tags/tram/index.html", "2026/10/index.html"} <= rendered
    assert page("old", "2024/03") not in rendered
    assert "sport/index.html" not in rendered


def test_backdating_an_article_moves_its_page_and_leaves_no_old_one(paper: SiteTest) -> None:
    paper.write("c.md", title="C", date="2024-03-04", authors=["Ann"], tags=["sea"])
    paper.build().ok()
    assert paper.removed == {page("c")}
    assert page("old", "2024/03") in paper.rendered  # its previous article is new
    assert paper.bytes == paper.clean_bytes()


def test_a_draft_disappears_and_comes_back(paper: SiteTest) -> None:
    whole = paper.bytes
    paper.write("c.md", title="C", date="2026-10-03", authors=["Ann"], tags=["sea"], status="draft")
    paper.build().ok()
    assert paper.removed == {page("c"), "authors/ann/index.html"}
    assert paper.bytes == paper.clean_bytes()
    paper.write("c.md", title="C", date="2026-10-03", authors=["Ann"], tags=["sea"])
    paper.build().ok()
    assert paper.bytes == whole
    assert paper.reasons[page("c")] == "it is new"


def test_deleting_an_article_deletes_what_only_it_made(paper: SiteTest) -> None:
    paper.remove("old.md").build().ok()
    assert paper.removed == {
        page("old", "2024/03"),
        "2024/index.html",
        "2024/03/index.html",
        "sport/index.html",
        "authors/bo/index.html",
        "sitemaps/2024-03.xml",
    }
    assert page("a") in paper.rendered
    assert page("b") not in paper.rendered
    assert paper.bytes == paper.clean_bytes()


def test_renaming_a_file_with_its_address_kept_changes_no_byte(paper: SiteTest) -> None:
    paper.write("c.md", title="C", date="2026-10-03", authors=["Ann"], tags=["sea"], slug="c")
    paper.build().ok()
    before = paper.bytes
    paper.rename("c.md", "somewhere/else.md").build().ok()
    assert paper.bytes == before
    assert paper.changed == paper.removed == set()


def test_swapping_two_slugs_swaps_two_pages(paper: SiteTest) -> None:
    paper.write("a.md", title="A", date="2026-10-01", section="politics", tags=["tram"], slug="b")
    paper.write(
        "b.md", title="B", date="2026-10-02", section="politics", tags=["tram", "sea"], slug="a"
    )
    paper.build().ok()
    assert "<h1>A</h1>" in paper.page(page("b"))
    assert "<h1>B</h1>" in paper.page(page("a"))
    assert paper.removed == set()
    assert paper.bytes == paper.clean_bytes()


def own_theme(site: SiteTest) -> SiteTest:
    site.settings(SETTINGS.replace("[sections", 'theme = "own"\n[sections', 1))
    site.file("themes/own/theme.toml", 'extends = "broadsheet"\n')
    return site.build().ok()


def test_a_template_renders_the_pages_that_use_it(paper: SiteTest) -> None:
    own_theme(paper)
    paper.file("themes/own/templates/around.html", "<p>around</p>")
    assert rebuilt(paper) == {
        "2024/index.html",
        "2024/03/index.html",
        "2026/index.html",
        "2026/10/index.html",
    }
    (paper.folder / "themes/own/templates/around.html").unlink()
    assert "2026/10/index.html" in rebuilt(paper)


def test_a_stylesheet_edit_rewrites_one_file(paper: SiteTest) -> None:
    own_theme(paper)
    paper.file("themes/own/static/site.css", "body { color: red }")
    assert rebuilt(paper) == {"assets/site.css"}


def test_a_fingerprinted_stylesheet_renders_every_page(paper: SiteTest) -> None:
    own_theme(paper)
    settings = (paper.folder / "sitegen.toml").read_text()
    paper.settings(settings + "[assets]\nfingerprint = true\n").build().ok()
    paper.file("themes/own/static/site.css", "body { color: red }")
    assert page("old", "2024/03") in rebuilt(paper)


def test_one_text_of_the_theme_changes_the_pages_that_show_it(paper: SiteTest) -> None:
    own_theme(paper)
    paper.file("themes/own/i18n/en.toml", 'previous = "Before that:"\n')
    paper.build().ok()
    assert paper.changed == {page("a"), page("b"), page("c")}
    assert paper.reasons[page("a")] == "the theme's texts (en) changed"
    assert paper.bytes == paper.clean_bytes()


def test_a_new_language_is_a_site_of_its_own_and_leaves_again(paper: SiteTest) -> None:
    before = paper.bytes
    paper.settings(WITHOUT_FEEDS + '[languages.ar]\ntitle = "الاختبار"\n')
    paper.write("ar/a.md", title="ألف", date="2026-10-01")
    paper.build().ok()
    assert {"ar/index.html", "ar/2026/10/a/index.html"} <= paper.changed
    assert 'hreflang="ar"' in paper.page(page("a"))
    assert paper.bytes == paper.clean_bytes()
    paper.settings(WITHOUT_FEEDS).remove("ar/a.md").build().ok()
    assert paper.bytes == before


def test_an_authors_name_changes_their_articles_and_a_bio_only_their_front(paper: SiteTest) -> None:
    paper.write("authors/ann.md", "---\nname: Ann Ray\nbio: Writes.\n---\n")
    assert rebuilt(paper) == {page("c"), "authors/ann/index.html", "authors/index.html"}
    paper.write("authors/ann.md", "---\nname: Ann Ray\nbio: Writes well.\n---\n")
    assert rebuilt(paper) == {"authors/ann/index.html"}


def test_merging_two_tags_moves_the_articles_of_one_to_the_other(paper: SiteTest) -> None:
    paper.write("tags/sea.md", "---\ntitle: The sea\nmerge: [tram]\n---\n")
    paper.build().ok()
    assert "tags/tram/index.html" in paper.removed
    assert {page("a"), page("b"), page("c"), "tags/sea/index.html"} <= paper.rendered
    assert paper.bytes == paper.clean_bytes()


def test_time_alone_publishes_and_silences(paper: SiteTest) -> None:
    paper.write("soon.md", title="Soon", date="2026-11-23 06:00", expires="2026-11-25")
    paper.build().ok()
    assert paper.report["next_due"] == "2026-11-23T06:00:00Z"
    assert page("soon", "2026/11") not in paper.bytes
    paper.now = "2026-11-23T06:00:00Z"
    assert page("soon", "2026/11") in rebuilt(paper)
    paper.now = "2026-11-25T00:00:00Z"
    paper.build().ok()
    assert "no longer available" in paper.page(page("soon", "2026/11"))
    assert paper.bytes == paper.clean_bytes()


def test_an_upgrade_renders_everything_and_writes_what_differs(
    paper: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (sites, due):
        monkeypatch.setattr(module, "engine_digest", lambda: b"another engine..")
    paper.build().ok()
    assert paper.rendered >= {path for path in paper.bytes if path.endswith(".html")}
    assert paper.reasons[page("a")].startswith("sitegen itself changed")
    assert paper.changed == set()
    monkeypatch.setattr(theme, "_parsed", lambda source: pytest.fail("parsed again"))
    paper.build().ok()


LOSSES: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (Path.unlink, "its file is missing"),
    "edited": (lambda path: path.write_text("x"), "its file was changed by somebody else"),
}


@pytest.mark.parametrize("loss", LOSSES)
def test_an_output_that_is_not_ours_any_more_is_made_again(loss: str, paper: SiteTest) -> None:
    do, reason = LOSSES[loss]
    before = paper.bytes
    do(paper.public / page("b"))
    paper.build().ok()
    assert paper.reasons == {page("b"): reason}
    assert paper.bytes == before
