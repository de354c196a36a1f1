"""What machines are told of pictures: search engines, social networks, feeds, sitemaps, hosts."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.feed_reader import as_json, elements, items, text
from tests.heads import Head
from tests.picture_files import SVG, photo, read, redness, size
from tests.pictures.output import FEW, made
from tests.site_test import SETTINGS, SiteTest
from tests.sitemap_xml import listed

BASE = "https://test.example/"
PAGE = "2026/11/a/index.html"
HERO = {"src": "hero.jpg", "alt": "The harbour", "credit": "Photo: A. Moe"}


def at(site: SiteTest, url: str) -> bytes:
    """The file behind a whole address."""
    assert url.startswith(BASE), url
    return site.bytes[urlsplit(url).path.lstrip("/")]


def told(site: SiteTest) -> tuple[str, int, int]:
    """og:image with its measures (Open Graph)."""
    head = Head(site.page(PAGE))
    width, height = (int(head.meta(f"og:image:{name}")) for name in ("width", "height"))
    assert head.meta("twitter:card") == "summary_large_image"
    assert head.meta("og:image:alt") == "The harbour"
    return head.meta("og:image"), width, height


def with_hero(site: SiteTest, data: bytes, crops: str = "", **image: Any) -> SiteTest:
    site.settings(f"{SETTINGS}{FEW}{crops}").write("hero.jpg", data)
    return site.write("a.md", title="A", image={**HERO, **image}, body="Text.")


# Social networks.


@pytest.mark.parametrize(
    "crops, expected",
    [
        ("", (1200, 675)),
        ('crops = ["1.91:1", "4:3"]\n', (1200, 628)),
        ('crops = ["1:1", "1.91:1"]\n', (1200, 628)),
        ('crops = ["4:3"]\n', (1200, 900)),
    ],
)
def test_networks_get_the_widest_crop_as_jpeg(
    site: SiteTest, crops: str, expected: tuple[int, int]
) -> None:
    """SO-01, SO-04"""
    with_hero(site, photo(1600, 1200), crops).build().ok()
    url, width, height = told(site)
    assert (width, height) == expected == size(at(site, url))
    assert read(at(site, url)).format == "JPEG" and len(at(site, url)) < 1_000_000
    assert site.bytes == site.clean_bytes()


def test_the_address_of_a_crop_changes_with_what_it_shows(site: SiteTest) -> None:
    """SO-04: networks keep a picture by its address."""
    seen = set()
    for seed, focus in ((1, None), (2, None), (2, "10% 90%"), (2, "50% 50%"), (2, None)):
        with_hero(site, photo(1600, 1200, seed), **({"focus": focus} if focus else {})).build().ok()
        seen.add(told(site)[0])
    assert len(seen) == 3


def test_without_crops_networks_get_the_picture_itself(site: SiteTest) -> None:
    """SO-01"""
    with_hero(site, photo(400, 300), "crops = []\n").build().ok()
    url, width, height = told(site)
    assert (width, height) == size(at(site, url)) == (80, 60)
    assert len(made(site)) == 3


def test_a_picture_too_small_for_crops_is_told_as_it_is(site: SiteTest) -> None:
    """SD-05: below 50,000 pixels search engines pass over it."""
    with_hero(site, photo(220, 160)).build().ok()
    url, width, height = told(site)
    assert (width, height) == size(at(site, url)) == (80, 58)


def test_a_drawing_is_for_no_network(site: SiteTest) -> None:
    """SO-01"""
    site.write("map.svg", SVG).write("a.md", image={"src": "map.svg", "alt": "x"}).build().ok()
    assert Head(site.page(PAGE)).metas("og:image") == []


@pytest.mark.parametrize("left, top", [(12, 15), (88, 85), (50, 12), (15, 90)])
def test_the_focus_stays_in_sight(site: SiteTest, left: int, top: int) -> None:
    """SD-05: a red spot is in every crop, and nowhere else than where the focus says."""
    crops = 'crops = ["1.91:1", "16:9", "4:3", "1:1"]\n'
    data = photo(800, 600, 1, spot=(left, top))
    with_hero(site, data, crops, focus=f"{left}% {top}%").build().ok()
    images = Head(site.page(PAGE)).thing("NewsArticle")["image"]
    assert len(images) == 4
    for image in images:
        picture = at(site, image["url"])
        width, height = size(picture)
        scale = min(800 / width, 600 / height)
        # How far the crop's corner lies from the picture's, clamped to its edges.
        corner = [
            min(max(share / 100 * whole - part * scale / 2, 0), whole - part * scale)
            for share, whole, part in ((left, 800, width), (top, 600, height))
        ]
        x = (left / 100 * 800 - corner[0]) / (width * scale)
        y = (top / 100 * 600 - corner[1]) / (height * scale)
        assert redness(picture, x, y) > 150, (image["url"], x, y)


# Search engines.


def test_search_engines_get_crops_of_three_ratios(site: SiteTest) -> None:
    """SD-05"""
    with_hero(site, photo(1600, 1200)).build().ok()
    images = Head(site.page(PAGE)).thing("NewsArticle")["image"]
    ratios = set()
    for image in images:
        width, height = size(at(site, image["url"]))
        assert image["contentUrl"] == image["url"]
        assert image["width"] == f"{width} px"
        assert width == 1200 and width * height >= 50_000
        ratios.add(round(width / height, 2))
    assert ratios == {1.78, 1.33, 1.0}


def test_crops_are_never_larger_than_the_picture(site: SiteTest) -> None:
    """SD-05, PF-04"""
    with_hero(site, photo(700, 500)).build().ok()
    images = Head(site.page(PAGE)).thing("NewsArticle")["image"]
    assert {size(at(site, image["url"])) for image in images} == {
        (700, 394),
        (666, 500),
        (500, 500),
    }


def test_rights_of_the_front_matter_are_told(site: SiteTest) -> None:
    """SD-10"""
    rights = {"creator": "A. Moe", "copyright": "© Courier", "license": "https://l.example/by"}
    with_hero(site, photo(400, 300), caption="The *harbour*", **rights).build().ok()
    html = site.page(PAGE)
    images = Head(html).thing("NewsArticle")["image"]
    assert len(images) == 3
    for image in images:
        assert image["@type"] == "ImageObject"
        assert image["caption"] == "The harbour"
        assert image["creditText"] == "Photo: A. Moe"
        assert image["creator"] == {"@type": "Person", "name": "A. Moe"}
        assert image["copyrightNotice"] == "© Courier"
        assert image["license"] == "https://l.example/by"
    caption = re.search(r"<figcaption>(.*?) <small>", html)
    assert caption and re.sub(r"<[^>]+>", "", caption[1]) == "The harbour"


def test_a_portrait_is_told_square(site: SiteTest) -> None:
    site.write("authors/ann.md", "---\nname: Ann\nimage: face.jpg\n---\n")
    site.write("authors/face.jpg", photo(400, 500)).write("a.md", title="A", authors=["Ann"])
    site.build().ok()
    person = Head(site.page("authors/ann/index.html")).thing("ProfilePage")["mainEntity"]
    assert size(at(site, person["image"])) == (320, 320)


# Feeds and sitemaps.


def test_feeds_get_one_picture_with_its_measures(site: SiteTest) -> None:
    """FD-10"""
    with_hero(site, photo(400, 300)).write("b.jpg", photo(90, 60, 1))
    site.write("a.md", title="A", image=HERO, body="![Boats](b.jpg)").build().ok()
    (item,) = items(site)
    (media,) = elements(item, "media:content")
    url = str(media.get("url"))
    assert read(at(site, url)).format == "JPEG"
    measures = (int(str(media.get("width"))), int(str(media.get("height"))))
    assert measures == size(at(site, url)) == (80, 60)
    assert (media.get("medium"), media.get("type")) == ("image", "image/jpeg")
    assert text(media, "media:description") == "The harbour"
    assert text(media, "media:credit") == "Photo: A. Moe"
    assert as_json(site)["items"][0]["image"] == url


@pytest.mark.parametrize("base", ["", "repo/"])
def test_texts_in_feeds_have_plain_pictures_with_whole_addresses(site: SiteTest, base: str) -> None:
    site.settings(
        SETTINGS.replace("test.example/", f"test.example/{base}") + f'{FEW}[feeds]\ntext = "full"\n'
    )
    site.write("hero.jpg", photo()).write("b.jpg", photo(90, 60, 1))
    site.write("a.md", title="A", image=HERO, body="![Boats](b.jpg 'Boats | C')").build().ok()
    html = text(items(site)[0], "content:encoded")
    found = re.findall(r"<img [^>]*>", html)
    assert len(found) == 2 and "<picture" not in html and "srcset" not in html
    for img in found:
        src = re.search(r'src="([^"]*)"', img)
        assert src and src[1].startswith(f"{BASE}{base}_pictures/") and 'width="80"' in img
        assert src[1].removeprefix(f"{BASE}{base}") in site.bytes
        assert "fetchpriority" not in img
    assert "Boats" in html and as_json(site)["items"][0]["content_html"].count("<img") == 2


def test_the_sitemap_names_pictures_that_are_there(site: SiteTest) -> None:
    """SM-08"""
    with_hero(site, photo(400, 300)).write("b.jpg", photo(90, 60, 1))
    site.write("a.md", title="A", image=HERO, body="![x](b.jpg) ![y](hero.jpg)").build().ok()
    (entry,) = (e for url, e in listed(site).items() if "/a/" in url)
    assert len(entry.images) == len(set(entry.images)) == 2
    assert all(read(at(site, url)).format == "JPEG" for url in entry.images)


# Hosts.


def test_nginx_lets_made_pictures_be_kept_for_ever(site: SiteTest) -> None:
    """HO-03"""
    site.settings(f'{SETTINGS}{FEW}[host]\ntarget = "nginx"\n').write("b.jpg", photo())
    site.write("a.md", body="![x](b.jpg)").build().ok()
    lines = [
        line
        for path in site.bytes
        if path.startswith("_host/") and path.endswith(".conf")
        for line in site.page(path).splitlines()
        if "_pictures" in line
    ]
    assert len(lines) == 1 and '"~^/_pictures/"' in lines[0] and "immutable" in lines[0], lines


def test_made_pictures_may_be_kept_for_ever(site: SiteTest) -> None:
    """HO-03: their names change with their bytes."""
    for target, file, pattern in (
        ("netlify", "_headers", r"/_pictures/\*\n(?:  .*\n)*?  Cache-Control: .*immutable"),
        ("cloudflare", "_headers", r"/_pictures/\*\n(?:  .*\n)*?  Cache-Control: .*immutable"),
        ("apache", ".htaccess", r'Cache-Control "[^"]*immutable" "expr=[^"]*m#\^/_pictures/#"'),
    ):
        site.settings(f'{SETTINGS}{FEW}[host]\ntarget = "{target}"\n').write("b.jpg", photo())
        site.write("a.md", body="![x](b.jpg) [y](b.jpg)").build().ok()
        assert re.search(pattern, site.page(file)), (target, site.page(file))


def test_a_warning_says_how_many_files_each_setting_of_pictures_frees(site: SiteTest) -> None:
    """HO-07: and the numbers are true."""
    images = (
        "[images]\nwidths = [40, 80, 160]\nformats = ['avif', 'webp']\n"
        "crops = ['1.91:1', '16:9', '4:3', '1:1']\n"
    )
    host = '[host]\ntarget = "nginx"\nmax_files = 10\n'
    site.settings(SETTINGS + images + host)
    for number in range(3):
        site.write(f"{number}.jpg", photo(300 if number else 60, 250 if number else 50, number))
        hero = {"src": f"{number}.jpg", "alt": "x", "credit": "C"}
        site.write(f"a{number}.md", title=f"A{number}", image=hero)
    site.build().ok()
    (warning,) = site.warnings
    before = len(site.bytes)
    found = re.findall(r"(\[images\] [^;]*?) frees (\d+) files?", warning["hint"])
    assert len(found) >= 3, warning["hint"]
    names = set()
    for way, number in found:
        name, _, value = way.removeprefix("[images] ").partition(" = ")
        names.add(name)
        less = re.sub(rf"(?m)^{name} = .*$", f"{name} = {value}", images)
        assert less != images
        site.settings(SETTINGS + less + host).build().ok()
        assert before - len(site.bytes) == int(number), (way, number)
    assert names == {"formats", "widths", "crops"}
