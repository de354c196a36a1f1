"""What readers get in a page: elements that let a browser choose, and files that are there."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

import pytest

from sitegen.site import digests
from tests.picture_files import SVG, film, photo, read, size
from tests.pictures.output import FEW, attribute, candidates, known_by, made, tags
from tests.site_test import SETTINGS, SiteTest

PAGE = "2026/11/a/index.html"
HERO = {"src": "hero.jpg", "alt": "The harbour"}
ALL = "[images]\nwidths = [40, 80]\nformats = ['avif', 'webp']\n"


def file_at(site: SiteTest, url: str, base: str = "/") -> bytes:
    """The bytes that a browser gets for an address of the site."""
    assert url.startswith(base), url
    return (site.public / unquote(urlsplit(url).path[len(base) :])).read_bytes()


def pictures(html: str) -> Iterator[tuple[list[str], str]]:
    """(`source` elements, `img`) of each picture in a page."""
    found = re.findall(r"<picture>((?:<source[^>]*>)*)(<img[^>]*>)</picture>|(<img[^>]*>)", html)
    for sources, img, alone in found:
        yield tags(sources, "source"), img or alone


def check_candidates(site: SiteTest, html: str, base: str = "/") -> int:
    """Every address leads to a file that is as wide as it says, and all have one ratio."""
    number = 0
    for sources, img in pictures(html):
        src = entities.unescape(attribute(img, "src") or "")
        width, height = int(attribute(img, "width") or 0), int(attribute(img, "height") or 0)
        assert size(file_at(site, src, base)) == (width, height), src
        for element in (*sources, img):
            kind = attribute(element, "type")
            for url, wide in candidates(element):
                data = file_at(site, url, base)
                assert size(data)[0] == wide, url
                assert abs(size(data)[1] - wide * height / width) <= 1, url
                assert kind is None or kind == f"image/{(read(data).format or '').lower()}", url
                number += 1
        if sources:
            assert all(attribute(source, "sizes") for source in sources)
    return number


# The parts of an element.


def test_every_candidate_is_there_as_wide_as_it_says(site: SiteTest) -> None:
    """PF-04: AVIF before WebP before what every browser shows."""
    site.settings(SETTINGS + ALL).write("hero.jpg", photo(120, 90)).write(
        "b.jpg", photo(100, 70, 1)
    )
    site.write("a.md", title="A", image=HERO, body="![Boats](b.jpg)").build().ok()
    html = site.page(PAGE)
    assert check_candidates(site, html) == 8
    for sources, img in pictures(html):
        assert [attribute(s, "type") for s in sources] == ["image/avif", "image/webp"]
        assert (attribute(img, "src") or "").endswith(".jpg")
        assert [[w for _, w in candidates(s)] for s in sources] == [[40, 80], [40, 80]]


@pytest.mark.parametrize(
    "width, expected", [(30, [30]), (45, [45]), (60, [40, 60]), (80, [40, 80]), (500, [40, 80])]
)
def test_nothing_is_made_larger_than_it_is(site: SiteTest, width: int, expected: list[int]) -> None:
    """PF-04: and no two widths that are all but alike."""
    site.write("b.jpg", photo(width, 20)).write("a.md", body="![Boats](b.jpg)").build().ok()
    html = site.page(PAGE)
    assert check_candidates(site, html) == len(expected)
    ((source,), img) = next(pictures(html))
    assert [wide for _, wide in candidates(source)] == expected
    assert attribute(img, "width") == str(expected[-1])


def test_without_newer_formats_the_picture_alone_has_all_widths(site: SiteTest) -> None:
    site.settings(f"{SETTINGS}{FEW}formats = []\n").write("b.jpg", photo())
    site.write("a.md", body="![Boats](b.jpg)").build().ok()
    html = site.page(PAGE)
    assert "<picture>" not in html and check_candidates(site, html) == 2
    ((_, img),) = pictures(html)
    assert [wide for _, wide in candidates(img)] == [40, 80] and attribute(img, "sizes")


def test_one_picture_is_urgent_and_the_others_wait(site: SiteTest) -> None:
    """PF-03"""
    for number in range(3):
        site.write(f"{number}.jpg", photo(90, 60, number))
    site.write("hero.jpg", photo(120, 90, 9))
    site.write("a.md", image=HERO, body="![0](0.jpg)\n\n![1](1.jpg)\n\nx ![2](2.jpg)").build().ok()
    html = site.page(PAGE)
    hero, *others = tags(html)
    assert attribute(hero, "fetchpriority") == "high" and attribute(hero, "loading") is None
    assert attribute(hero, "alt") == "The harbour"
    assert len(others) == 3 and html.count("fetchpriority") == 1 and "preload" not in html
    for img in others:
        assert attribute(img, "loading") == "lazy"
        assert "sizes=" in html
    for img in tags(html):
        assert attribute(img, "decoding") == "async"
        assert attribute(img, "width") and attribute(img, "height")
        assert attribute(img, "alt") is not None


def test_the_lead_of_home_is_urgent(site: SiteTest) -> None:
    """PF-03"""
    site.write("hero.jpg", photo(120, 90)).write("a.md", title="A", image=HERO).build().ok()
    html = site.page("index.html")
    (img,) = tags(html)
    assert attribute(img, "fetchpriority") == "high" and attribute(img, "loading") is None
    assert attribute(img, "alt") == "" and check_candidates(site, html) == 2


@pytest.mark.parametrize(
    "title, below",
    [
        ("The harbour", "The harbour"),
        ("The harbour | Photo: A. Moe", "The harbour <small>Photo: A. Moe</small>"),
        (" | A. Moe", "| A. Moe"),
        ("a | b | c", "a | b <small>c</small>"),
        ("<b>Fish</b> & chips", "&lt;b&gt;Fish&lt;/b&gt; &amp; chips"),
    ],
)
def test_a_title_is_a_caption_and_a_credit(site: SiteTest, title: str, below: str) -> None:
    body = f"Words.\n\n![Boats](b.jpg '{title}')\n\nMore."
    site.write("b.jpg", photo()).write("a.md", body=body).build().ok()
    html = site.page(PAGE)
    figure = re.search(r"<figure>(.*?)</figure>", html, re.DOTALL)
    assert figure and f"<figcaption>{below}</figcaption>" in figure[1], figure
    assert "<picture>" in figure[1] and " title=" not in figure[1]
    assert check_candidates(site, html) == 2


def test_a_picture_among_words_keeps_its_title(site: SiteTest) -> None:
    site.write("b.jpg", photo()).write("a.md", body="See ![Boats](b.jpg 'Boats') here.")
    site.build().ok()
    html = site.page(PAGE)
    assert "<figure>" not in html and attribute(tags(html)[0], "title") == "Boats"


def test_a_caption_and_a_credit_of_the_hero_stand_below_it(site: SiteTest) -> None:
    image = {**HERO, "caption": "The *harbour*", "credit": "A. Moe"}
    site.write("hero.jpg", photo()).write("a.md", image=image).build().ok()
    caption = "<figcaption>The <em>harbour</em> <small>A. Moe</small></figcaption>"
    assert caption in site.page(PAGE)


def test_html_in_a_text_keeps_the_width_that_it_states(site: SiteTest) -> None:
    site.write("b.jpg", photo(400, 300)).write("a.md", body='<img src="b.jpg" alt="x" width=60>')
    site.build().ok()
    html = site.page(PAGE)
    (sources, img) = next(pictures(html))
    assert attribute(img, "width") == "60" and img.count(" width=") == 1
    assert [wide for _, wide in candidates(sources[0])] == [40, 80]
    assert (attribute(sources[0], "sizes") or "").endswith("60px")


def test_a_picture_that_is_a_link_is_one_still(site: SiteTest) -> None:
    site.write("b.jpg", photo()).write("a.md", body="[![Boats](b.jpg)](b.jpg)").build().ok()
    html = site.page(PAGE)
    assert re.search(r'<a href="/b.jpg"><picture>.*</picture></a>', html)
    assert site.bytes["b.jpg"] == photo() and check_candidates(site, html) == 2


# What is no photo.


def test_a_drawing_has_its_width_and_height_as_hero_and_in_the_text(site: SiteTest) -> None:
    """PF-03"""
    image = {"src": "map.svg", "alt": "A map", "credit": "C"}
    site.write("map.svg", SVG).write("a.md", image=image, body="![x](map.svg)").build().ok()
    html = site.page(PAGE)
    assert html.count('width="1200" height="900"') == 2
    assert {attribute(img, "src") for img in tags(html)} == {f"/{path}" for path in made(site)}


def test_what_an_older_sitegen_could_not_measure_is_measured(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PF-03"""
    site.write("map.svg", SVG).write("a.md", body="![x](map.svg)")
    with monkeypatch.context() as older:
        older.setattr(digests, "image_of", lambda path: None)
        older.setattr(digests, "engine_digest", lambda: b"older")
        site.build().ok()
        assert "width=" not in tags(site.page(PAGE))[0]
    site.build().ok()
    assert 'width="1200"' in tags(site.page(PAGE))[0]
    assert site.bytes == site.clean_bytes()


@pytest.mark.parametrize("mode", ["sanitize", "trust", "refuse"])
def test_drawings_are_shown_as_the_settings_say(site: SiteTest, mode: str) -> None:
    site.settings(f'{SETTINGS}{FEW}svg = "{mode}"\n')
    site.write("map.svg", SVG).write("a.md", body="![x](map.svg)").build()
    if mode == "refuse":
        (error,) = site.errors
        assert (error["code"], error["source"], error["line"]) == (
            "image-unusable",
            "content/a.md",
            5,
        )
        assert site.exit_code == 1 and "sanitize" in error["hint"] and site.bytes == {}
        return
    site.ok()
    (src,) = (attribute(img, "src") for img in tags(site.page(PAGE)))
    assert src is not None and b"<svg" in file_at(site, src)
    assert (src == "/map.svg") == (mode == "trust") == (len(made(site)) == 0)


def test_a_moving_picture_is_shown_as_it_is(site: SiteTest) -> None:
    image = {"src": "film.gif", "alt": "Waves"}
    site.write("film.gif", film()).write("a.md", image=image, body="![Waves](film.gif)")
    site.build().ok()
    html = site.page(PAGE)
    assert made(site) == set() and site.bytes["film.gif"] == film()
    assert [attribute(img, "src") for img in tags(html)] == ["/film.gif"] * 2
    assert html.count('width="60" height="40"') == 2
    assert '<meta property="og:image" content="https://test.example/film.gif">' in html


# Where pages lie.


def test_a_base_path_stands_before_every_candidate(site: SiteTest) -> None:
    site.settings(SETTINGS.replace("test.example/", "test.example/repo/") + ALL)
    site.write("hero.jpg", photo(400, 300)).write("b.jpg", photo(100, 70, 1))
    site.write("a.md", title="A", image=HERO, body="![Boats](b.jpg)").build().ok()
    assert check_candidates(site, site.page(PAGE), "/repo/") == 8
    assert check_candidates(site, site.page("index.html"), "/repo/") == 4
    assert 'content="https://test.example/repo/_pictures/' in site.page(PAGE)


@pytest.mark.parametrize(
    "name",
    [
        "صورة المرفأ.jpg",
        "two words, and (more).jpg",
        "100%.jpg",
        "a%20b.jpg",
        "é'\"#?&.jpg",
        "x" * 200 + ".jpg",
        "漢字" * 30 + ".jpg",
        ".hidden-not.jpg"[1:],
        "---.jpg",
        "UPPER.JPG",
        "a.b.c.jpeg",
    ],
)
def test_any_name_of_a_file_can_be_shown(site: SiteTest, name: str) -> None:
    written = f"<{name}>" if "%" not in name and "?" not in name else None
    if written is None or "#" in name or '"' in name:
        from urllib.parse import quote

        written = quote(name)
    site.write(f"media/{name}", photo(400, 300)).write(f"{name}", photo(90, 60, 1))
    hero = {"src": f"/media/{written.strip('<>')}", "alt": "x"}
    if written.startswith("<"):
        hero["src"] = f"/media/{name}"
    site.write("a.md", title="A", image=hero, body=f"![Boats]({written})").build().ok()
    html = site.page(PAGE)
    assert check_candidates(site, html) == 4, html
    for path in made(site):
        assert re.fullmatch(r"[\w/.()-]+", path), path
        assert len(path.rpartition("/")[2].encode()) <= 255
    assert site.bytes == site.clean_bytes()


def test_translations_share_one_picture(site: SiteTest) -> None:
    site.settings(f'{SETTINGS}{FEW}[languages.ar]\ntitle = "T"\n')
    site.write("b/harbour.jpg", photo()).write("b/index.md", title="A", body="![x](harbour.jpg)")
    site.write("b/index.ar.md", title="B", body="![x](harbour.jpg)").build().ok()
    assert len(made(site)) == 3 and known_by(site) == {"harbour"}
    for page in ("2026/11/b/index.html", "ar/2026/11/b/index.html"):
        assert check_candidates(site, site.page(page)) == 2


def test_portraits_are_squares_in_two_sizes(site: SiteTest) -> None:
    site.write("authors/ann.md", "---\nname: Ann\nimage: {src: face.jpg, alt: Ann}\n---\n")
    site.write("authors/face.jpg", photo(400, 500)).write("a.md", title="A", authors=["Ann"])
    site.build().ok()
    front, index = site.page("authors/ann/index.html"), site.page("authors/index.html")
    for html, side in ((front, "160"), (index, "80")):
        (img,) = tags(html)
        assert attribute(img, "width") == attribute(img, "height") == side
        assert [wide for _, wide in candidates(img)] == [160, 320]
        for url, wide in candidates(img):
            assert size(file_at(site, url)) == (wide, wide)
        assert attribute(img, "loading") == ("lazy" if html is index else None)
    assert attribute(tags(front)[0], "alt") == "Ann" and attribute(tags(index)[0], "alt") == ""
    assert len(made(site)) == 2 and site.bytes == site.clean_bytes()


def test_a_small_portrait_is_not_made_larger(site: SiteTest) -> None:
    site.write("authors/ann.md", "---\nname: Ann\nimage: face.jpg\n---\n")
    site.write("authors/face.jpg", photo(200, 180)).write("a.md", title="A", authors=["Ann"])
    site.build().ok()
    assert sorted(size(site.bytes[path]) for path in made(site)) == [(160, 160), (180, 180)]


def test_a_standing_page_shows_pictures_too(site: SiteTest) -> None:
    site.write("pages/about.md", "---\ntitle: About\n---\n![Us](us.jpg 'Us | A. Moe')\n")
    site.write("pages/us.jpg", photo()).build().ok()
    html = site.page("about/index.html")
    assert check_candidates(site, html) == 2 and "<small>A. Moe</small>" in html


# How many bytes.


def test_a_hero_on_a_telephone_is_light(site: SiteTest) -> None:
    """PF-05: 360 CSS pixels on a screen with twice as many are 720."""
    site.settings(SETTINGS).write("hero.jpg", photo(2400, 1600, 3))
    site.write("a.md", title="A", image=HERO).build().ok()
    html = site.page(PAGE)
    (sources, _) = next(pictures(html))
    chosen = next(url for url, wide in candidates(sources[0]) if wide >= 720)
    assert 5_000 < len(file_at(site, chosen)) <= 60_000
    widths = [wide for _, wide in candidates(sources[0])]
    assert widths == [480, 800, 1200]
