"""What social networks and search engines are told in `meta` and `link` elements."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from sitegen.i18n import territory_locale
from tests.heads import Head
from tests.picture_files import png, read, saved, smooth
from tests.site_test import SETTINGS, SiteTest
from tests.test_golden import EXPECTED

PAGE = "2026/11/a/index.html"
AVIF = {"src": "hero.avif", "alt": "Waves"}
HERO = {"src": "hero.png", "alt": "Waves & wind", "caption": "C", "credit": "D"}


def head(site: SiteTest, path: str = PAGE) -> Head:
    return Head(site.page(path))


@pytest.mark.parametrize("base", ["https://test.example/", "https://test.example/repo/"])
def test_an_article_is_shown_with_its_headline_and_picture(site: SiteTest, base: str) -> None:
    """SO-01, SO-03."""
    settings = SETTINGS.replace("https://test.example/", base).replace('"en"', '"en-GB"')
    site.settings(settings).write("hero.png", png((1280, 720)))
    site.write("a.md", title="Tide & <time>", summary="S", image=HERO).build().ok()
    page = head(site)
    told = {
        "og:type": "article",
        "og:title": "Tide & <time>",
        "og:description": "S",
        "og:url": f"{base}2026/11/a/",
        "og:site_name": "The Test",
        "og:locale": "en_GB",
        "og:image:width": "1200",
        "og:image:height": "675",
        "og:image:alt": "Waves & wind",
        "twitter:card": "summary_large_image",
        "twitter:image:alt": "Waves & wind",
    }
    assert {name: page.meta(name) for name in told} == told
    url = page.meta("og:image")
    path = url.removeprefix(base)
    assert url.startswith(f"{base}_pictures/") and path in site.forms("hero")
    assert read(site.bytes[path]).size == (1200, 675)
    assert page.links("canonical") == [told["og:url"]]
    for element in page.tree.iter("meta"):
        name = element.get("property") or element.get("name") or ""
        prefix = name.partition(":")[0]
        wanted = {"og": "property", "article": "property", "twitter": "name"}.get(prefix)
        assert wanted is None or element.get(wanted) == name


def test_an_article_tells_its_dates_authors_section_and_tags(site: SiteTest) -> None:
    """SO-02: in the very words of the page; pages that are no articles have none of it."""
    site.write(
        "a.md",
        date="2026-07-01 09:30",
        slug="a",
        updated="2026-11-20 08:00",
        section="politics",
        tags=["One", "Two"],
        authors=["Ann", "Bo"],
    )
    site.write("b.md").build().ok()
    page = head(site, "2026/07/a/index.html")
    assert page.meta("article:published_time") == "2026-07-01T09:30:00+01:00"
    assert page.meta("article:modified_time") == "2026-11-20T08:00:00+00:00"
    assert {page.meta("article:published_time"), page.meta("article:modified_time")} == {
        *page.times()
    }
    base = "https://test.example/authors"
    assert page.metas("article:author") == [f"{base}/ann/", f"{base}/bo/"]
    assert page.metas("article:section") == ["Politics"]
    assert page.metas("article:tag") == ["One", "Two"]
    assert head(site, "2026/11/b/index.html").metas("article:modified_time") == []
    for path, data in site.bytes.items():
        if path.endswith(".html") and "/a/" not in path and "/b/" not in path:
            assert b'"article:' not in data, path


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"/>'


@pytest.mark.parametrize("name", ["hero.svg", "/hero.svg", "/hero.avif", ""])
def test_a_picture_that_networks_do_not_show_gives_way_to_the_emblem(
    site: SiteTest, name: str
) -> None:
    """SO-01, SO-03: never SVG or AVIF; of files of static/ nothing else can be made."""
    site.settings(SETTINGS + '[publisher]\nname = "Trust"\nlogo = "/logo.png"\n')
    site.file("static/logo.png", png())
    data = DRAWING.encode() if name.endswith(".svg") else saved(smooth(), "AVIF")
    if name:
        site.file(f"static{name}" if name.startswith("/") else f"content/{name}", data)
        site.write("a.md", image={"src": name, "alt": "W"})
    else:
        site.write("a.md")
    site.build().ok()
    page = head(site)
    shown = page.tree.find(".//figure//img")
    assert (shown is None) == (not name)
    if shown is not None:
        assert shown.get("src", "").removeprefix("/") in site.bytes
    assert page.meta("og:image") == "https://test.example/logo.png"
    assert page.meta("og:image:alt") == "Trust"
    assert page.meta("twitter:card") == "summary"
    site.settings(SETTINGS + '[publisher]\nlogo = "/logo.svg"\n').build().ok()
    assert head(site).metas("og:image") == []


def test_an_avif_is_shown_by_networks_as_a_jpeg(site: SiteTest) -> None:
    """SO-01: also one that is too small to be cut."""
    for size in ((320, 240), (40, 30)):
        site.write("hero.avif", saved(smooth(size), "AVIF")).write("a.md", image=AVIF).build().ok()
        page = head(site)
        path = page.meta("og:image").removeprefix("https://test.example/")
        assert path in site.forms("hero") and read(site.bytes[path]).format == "JPEG"
        assert page.meta("twitter:card") == "summary_large_image"


def test_every_picture_that_is_told_is_in_the_output() -> None:
    """SO-01, SO-04."""
    found = 0
    for path in EXPECTED.rglob("*.html"):
        for url in Head(path.read_text(encoding="utf-8")).metas("og:image"):
            found += 1
            assert (EXPECTED / url.removeprefix("https://gazette.example/")).is_file(), url
    assert found


def test_other_languages_are_told_where_there_is_a_translation(site: SiteTest) -> None:
    """SO-01: `og:locale:alternate` is for translations alone."""
    site.settings(SETTINGS + '[languages.ar]\ntitle = "A"\n')
    site.write("a.md").write("a.ar.md").write("b.md").build().ok()
    assert head(site).meta("og:locale") == "en_US"
    assert head(site).metas("og:locale:alternate") == ["ar_EG"]
    arabic = head(site, "ar/2026/11/a/index.html")
    assert (arabic.meta("og:locale"), arabic.meta("og:locale:alternate")) == ("ar_EG", "en_US")
    for path in ("2026/11/b/index.html", "index.html", "archive/index.html"):
        assert head(site, path).metas("og:locale:alternate") == []


@pytest.mark.parametrize(
    ("lang", "locale"),
    [
        ("en-GB", "en_GB"),
        ("en", "en_US"),
        ("ar", "ar_EG"),
        ("zh-Hant", "zh_TW"),
        ("sr-Latn", "sr_RS"),
        ("cy", "cy_GB"),
    ],
)
def test_a_language_without_a_country_gets_the_likeliest(lang: str, locale: str) -> None:
    """SO-01."""
    assert territory_locale(lang) == locale


def test_every_page_that_is_shown_has_one_address_title_and_robots_line_at_most() -> None:
    """SM-16, SM-17, SO-01: of the golden site, which has a page of each kind."""
    seen = set()
    for path in sorted(EXPECTED.rglob("*.html")):
        name = path.relative_to(EXPECTED).as_posix()
        page = Head(path.read_text(encoding="utf-8"))
        canonical, robots = page.links("canonical"), page.metas("robots")
        if name.endswith("404.html"):
            assert (canonical, robots) == ([], ["noindex"]), name
            continue
        (url,) = canonical
        assert url.startswith("https://"), name
        if robots == ["noindex"]:
            continue
        address = page.meta("og:url")
        assert address == url, name
        if url.startswith("https://gazette.example/"):  # else it first appeared elsewhere
            own = url.removeprefix("https://gazette.example/")
            assert f"{unquote(own)}index.html" == name
        article = page.meta("og:type") == "article"
        assert robots == (["max-image-preview:large"] if article else []), name
        body = page.tree.find("body")
        assert body is not None
        seen.add(body.get("class"))
    assert seen == {"articles", "corrections", "home", "listings", "standing"}


def test_lists_with_few_articles_are_left_out_when_the_settings_say_so(site: SiteTest) -> None:
    """SM-17."""
    site.write("a.md", tags=["one", "two"], authors=["Ann"], section="politics")
    site.write("b.md", tags=["two"])
    site.build().ok()
    assert head(site, "tags/one/index.html").metas("robots") == []
    site.settings(SETTINGS + "[listings]\nthin = 2\n").build().ok()
    assert head(site, "tags/one/index.html").metas("robots") == ["noindex"]
    for path in ("tags/two", "authors/ann", "politics", "archive", "2026/11/a"):
        assert "noindex" not in head(site, f"{path}/index.html").metas("robots"), path
    assert site.changed == {"tags/one/index.html", "sitemaps/pages.xml"}
    assert "/tags/one/" not in site.page("sitemaps/pages.xml")


def test_an_article_that_wants_no_engine_says_so(site: SiteTest) -> None:
    """SM-17."""
    site.write("a.md", noindex=True).write("pages/p.md", "---\ntitle: P\nnoindex: true\n---\nT.\n")
    site.build().ok()
    assert head(site).metas("robots") == head(site, "p/index.html").metas("robots") == ["noindex"]


def test_sharing_is_plain_links(site: SiteTest) -> None:
    """SO-08: encoded, told nobody before a click; tests/browser watches what a page asks for."""
    every = '["facebook", "whatsapp", "bluesky", "x", "email", "telegram", "linkedin"]'
    site.settings(SETTINGS + f"[share]\nnetworks = {every}\n")
    site.write("a.md", title="Tide & time?").build().ok()
    section = head(site).tree.find(".//section[@class='share']")
    assert section is not None
    links = [(a.get("href", ""), a.get("rel")) for a in section.iter("a")]
    assert len(links) == 7
    for url, rel in links:
        assert rel == "nofollow noopener noreferrer"
        assert "https%3A//test.example/2026/11/a/" in url and " " not in url
        assert "Tide &" not in url
