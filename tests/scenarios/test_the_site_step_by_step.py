"""What happens to settings, themes and other files, one step after another: the exact pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen import due
from sitegen import site as sites
from tests.picture_files import png
from tests.scenarios.steps import SETTINGS, Steps, paths


@pytest.fixture
def steps(tmp_path: Path) -> Steps:
    """Three articles, two of them in one month, and a standing page."""
    steps = Steps(tmp_path / "site")
    steps.article("old", date="2025-03-05", section="")
    steps.article("middle", date="2026-11-05", tags=["Tram"], authors=["Bo"])
    steps.article("newest", date="2026-11-20", tags=["Sea"])
    about(steps)
    return steps.begin()


def about(steps: Steps, front_matter: str = "", body: str = "Us.") -> None:
    steps.site.write("pages/about.md", f"---\ntitle: About us\n{front_matter}\n---\n{body}\n")


ARTICLES = "/2025/03/old/ /2026/11/middle/ /2026/11/newest/"
PERIODS = "/2025/03/ /2026/11/"
YEARS = "/2025/ /2026/"
TERMS = "/tags/sea/ /tags/tram/ /authors/ann/ /authors/bo/"
FRONTS = f"/archive/ /politics/ {TERMS}"
INDEXES = "/tags/ /authors/"
HTML = f"/ {ARTICLES} {PERIODS} {YEARS} {FRONTS} {INDEXES} /corrections/ /about/ /404.html"
NEWS = "/headlines.json"
MACHINES = f"{NEWS} /corrections/feed.xml /site.webmanifest"
ICONS = "/favicon.ico /assets/apple-touch-icon.png /assets/icon-192.png /assets/icon-512.png"


def test_the_site_has_these_files_and_no_others(steps: Steps) -> None:
    sitemaps = "/sitemap.xml /sitemaps/2025-03.xml /sitemaps/2026-11.xml /sitemaps/pages.xml"
    assert set(steps.site.bytes) == paths(
        HTML, MACHINES, ICONS, "/assets/favicon.svg /assets/site.css /assets/site.js"
    ) | paths(sitemaps, "/sitemaps/news.xml /robots.txt")


def test_a_template_renders_the_pages_that_reach_it(steps: Steps) -> None:
    steps.site.file("themes/own/templates/around.html", "<p>around</p>")
    periods = f"{PERIODS} {YEARS}"
    steps.then(periods, because=("/2026/", "template year.html changed"))
    (steps.site.folder / "themes/own/templates/around.html").unlink()
    steps.then(periods, because=("/2026/11/", "template period.html changed"))


def test_a_part_of_every_page_renders_every_page(steps: Steps) -> None:
    steps.site.file("themes/own/templates/body-end.html", "<p>end</p>")
    steps.then(HTML, because=("/404.html", "template 404.html changed"))


def test_a_stylesheet_edit_rewrites_one_file(steps: Steps) -> None:
    steps.site.file("themes/own/static/site.css", "body { color: red }")
    steps.then("/assets/site.css", because=("/assets/site.css", "theme: site.css changed"))


def test_a_new_file_of_the_theme_is_one_file_more(steps: Steps) -> None:
    steps.site.file("themes/own/static/print.css", "body { color: black }")
    steps.then(f"/assets/print.css {HTML} {MACHINES}", unchanged=f"{HTML} {MACHINES}")


def test_one_text_of_the_theme_changes_only_the_pages_that_show_it(steps: Steps) -> None:
    steps.site.file("themes/own/i18n/en.toml", 'previous = "Before that:"\n')
    shown = "/2026/11/middle/ /2026/11/newest/"
    others = paths(HTML, MACHINES) - paths(shown)
    steps.then(
        HTML,
        MACHINES,
        unchanged=" ".join(f"/{path}" for path in others),
        because=("/2026/11/newest/", "the theme's texts (en) changed"),
    )


def test_a_setting_that_every_page_shows_renders_every_page(steps: Steps) -> None:
    steps.site.settings(SETTINGS.replace('"The Test"', '"Another name"'))
    steps.then(
        HTML,
        MACHINES,
        unchanged="/headlines.json /robots.txt",
        because=("/404.html", "the settings (en) changed"),
    )


def test_a_setting_of_listings_changes_the_listings_it_divides(steps: Steps) -> None:
    steps.site.settings(SETTINGS.replace("front = 2", "front = 1"))
    steps.then(
        "/archive/ /politics/ /authors/ann/ /tags/sea/",
        "/politics/2026/ /politics/2026/11/ /authors/ann/2025/ /tags/sea/2025/",
        because=("/authors/ann/2025/", "it is new"),
    )


def test_a_setting_that_only_a_build_reads_renders_nothing(steps: Steps) -> None:
    steps.site.settings(SETTINGS + "\n[build]\nmax_removed = 7\n")
    steps.then()


def test_another_permalink_moves_every_article_and_nothing_else(steps: Steps) -> None:
    steps.site.settings(SETTINGS + '\n[urls]\npermalink = "/{slug}/"\n')
    steps.then(
        f"/old/ /middle/ /newest/ / {PERIODS} {FRONTS} {NEWS}",
        removed=ARTICLES,
        because=("/2025/03/", "the card of old.md changed"),
    )


def test_a_language_comes_with_its_pages_and_goes_without_a_trace(steps: Steps) -> None:
    before = steps.site.bytes
    steps.site.settings(SETTINGS + '\n[languages.ar]\ntitle = "الاختبار"\n')
    steps.site.write("ar/old.md", title="قديم", date="2025-03-05", summary="عن")
    arabic = (
        "/ar/ /ar/archive/ /ar/2025/ /ar/2025/03/ /ar/2025/03/old/ /ar/politics/ /ar/tags/ "
        "/ar/authors/ /ar/corrections/ /ar/404.html /ar/headlines.json "
        "/ar/corrections/feed.xml /ar/site.webmanifest"
    )
    steps.then(
        f"{HTML} {MACHINES} {arabic}",
        unchanged=MACHINES,
        because=("/2026/11/newest/", "the settings (en) changed"),
    )
    assert 'hreflang="ar"' in steps.site.page("2025/03/old/index.html")
    steps.site.settings(SETTINGS)
    steps.site.remove("ar/old.md")
    steps.then(f"{HTML} {MACHINES}", unchanged=MACHINES, removed=arabic)
    assert steps.site.bytes == before


def test_an_authors_name_shows_in_their_articles_and_a_bio_on_their_page_only(
    steps: Steps,
) -> None:
    steps.site.write("authors/bo.md", "---\nname: Bo Lin\n---\n")
    steps.then("/2026/11/middle/ /authors/bo/ /authors/")
    steps.site.write("authors/bo.md", "---\nname: Bo Lin\nbio: Writes.\n---\n")
    steps.then("/authors/bo/")
    steps.site.remove("authors/bo.md")
    steps.then("/2026/11/middle/ /authors/bo/ /authors/")


def test_merging_a_tag_into_another_moves_its_articles(steps: Steps) -> None:
    steps.site.write("tags/sea.md", "---\ntitle: Sea\nmerge: [tram]\n---\n")
    sea = "/2026/11/middle/ /2026/11/newest/ /tags/ /tags/sea/"  # newest: middle is related now
    steps.then(sea, "/tags/sea/2025/", removed="/tags/tram/")
    steps.site.remove("tags/sea.md")
    steps.then(sea, "/tags/tram/", removed="/tags/sea/2025/")


def test_a_standing_pages_text_is_its_own(steps: Steps) -> None:
    about(steps, body="More.")
    steps.then("/about/", because=("/about/", "the text of pages/about.md changed"))


def test_a_list_that_a_standing_page_declares_follows_the_archive(steps: Steps) -> None:
    about(steps, "lists: {newest: {limit: 1}}")
    steps.then("/about/")
    steps.article("old", date="2025-03-05", section="", title="Older")
    steps.then(
        "/2025/03/old/ /2025/03/ /2026/11/middle/ /2026/11/newest/",
        "/ /tags/sea/ /authors/ann/",
        NEWS,
        because=("/2026/11/middle/", "the card of old.md changed"),
    )
    steps.article("newest", date="2026-11-20", tags=["Sea"], title="Newer")
    steps.then(
        "/2026/11/newest/ /2026/11/ /about/ / /archive/ /politics/ /tags/sea/ /authors/ann/",
        NEWS,
        because=("/about/", "the card of newest.md changed"),
    )


def test_a_data_file_renders_the_page_that_asks_for_it(steps: Steps) -> None:
    steps.site.file("data/prices.json", '{"now": 1}')
    about(steps, "data: [prices]")
    steps.then("/about/", unchanged="/about/")  # this theme's pages show no data
    steps.site.file("data/prices.json", '{"now": 2}')
    steps.then("/about/", unchanged="/about/", because=("/about/", "the data file prices changed"))
    steps.site.file("data/other.json", "1")
    steps.then()


def test_stories_chosen_by_hand_render_home_only_and_end_by_themselves(steps: Steps) -> None:
    steps.site.write("front.toml", 'lead = "old.md"\nuntil = 2026-11-24T00:00:00Z\n')
    steps.then("/")
    assert steps.site.report["next_due"] == "2026-11-24T00:00:00Z"
    steps.site.now = "2026-11-24T00:00:00Z"
    steps.then("/")


def test_a_static_file_is_one_file(steps: Steps) -> None:
    steps.site.file("static/ads.txt", "one")
    steps.then("/ads.txt", because=("/ads.txt", "it is new"))
    steps.site.file("static/ads.txt", "two")
    steps.then("/ads.txt", because=("/ads.txt", "static/ads.txt changed"))
    (steps.site.folder / "static/ads.txt").unlink()
    steps.then(removed="/ads.txt")


def test_a_picture_is_published_with_the_article_that_shows_it(steps: Steps) -> None:
    steps.site.write("media/map.png", png((40, 30)))
    steps.then()  # nobody shows it yet
    fields = {"date": "2026-11-20", "tags": ["Sea"], "body": "![A map](/media/map.png)"}
    steps.article("newest", **fields)
    first = forms(steps)
    assert len(first.split()) == 2  # as PNG and WebP
    steps.then("/2026/11/newest/", first, because=(first, "it is new"))
    steps.site.write("media/map.png", png((40, 30), "#d02020"))
    second = forms(steps)
    assert not paths(first) & paths(second)
    because = ("/2026/11/newest/", "the picture /media/map.png changed")
    steps.then("/2026/11/newest/", second, removed=first, because=because)
    steps.article("newest", **fields, status="draft")
    steps.begin()
    assert paths(second) <= steps.site.removed and steps.site.forms("map") == set()
    steps.rest()


def forms(steps: Steps) -> str:
    """The addresses of all forms of pictures that a clean build publishes."""
    found = (path for path in steps.site.clean_bytes() if path.startswith("_pictures/"))
    return " ".join(f"/{path}" for path in found)


def test_a_file_may_take_the_place_of_a_folder_and_a_folder_that_of_a_file(steps: Steps) -> None:
    steps.site.remove("pages/about.md").file("static/about", "a file without a suffix")
    steps.then("/about", removed="/about/")
    (steps.site.folder / "static/about").unlink()
    about(steps)
    steps.then("/about/", removed="/about")


def test_an_upgrade_renders_every_page_and_rewrites_those_that_differ(
    steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (sites, due):
        monkeypatch.setattr(module, "engine_digest", lambda: b"another engine..")
    everything = f"{HTML} {MACHINES}"
    steps.then(everything, unchanged=everything, because=("/about/", "sitegen itself changed"))


def test_outputs_lost_or_edited_by_hand_are_made_again_and_no_others(steps: Steps) -> None:
    public = steps.site.public
    (public / "index.html").unlink()
    (public / "2026/11/middle/index.html").write_text("Something else.")
    news = public / "headlines.json"
    news.write_bytes(news.read_bytes()[::-1])
    steps.then("/ /2026/11/middle/ /headlines.json", because=("/", "its file is missing"))
    (public / "2026/11/middle/index.html").unlink()
    (public / "2026/11/middle").rmdir()
    steps.then("/2026/11/middle/", because=("/2026/11/middle/", "its file is missing"))


def test_outputs_under_a_new_time_are_known_again_by_their_bytes(steps: Steps) -> None:
    for path in steps.site.public.rglob("*.html"):
        path.touch()
    steps.then()
