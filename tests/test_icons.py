"""The site's icons and manifest: made from one picture, at the sizes that they say."""

from __future__ import annotations

import json
import os
import re
import struct
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from sitegen.outputs import Form
from sitegen.render.pictures import made
from tests.picture_files import png
from tests.site_test import SETTINGS, SiteTest

THEME = Path(__file__).parent.parent / "themes/broadsheet/static"
UPDATE = os.environ.get("UPDATE_GOLDEN", "") not in ("", "0")
SHIPPED = {
    "favicon.ico": Form("ico", 32, 32, bare=True),
    "apple-touch-icon.png": Form("png", 180, 180, opaque=True, bare=True),
    "icon-192.png": Form("png", 192, 192, bare=True),
    "icon-512.png": Form("png", 512, 512, bare=True),
}
WITH_ICON = SETTINGS.replace("[site]", '[site]\nicon = "emblem.png"')


def drawn() -> bytes:
    """The theme's favicon.svg as a PNG of 512 pixels: 16 for each of its 32 units."""
    image = Image.new("RGBA", (512, 512))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, 511, 511), radius=64, fill="#8c1d18")
    for x, y, width, height in ((6, 7, 20, 4), (6, 14, 9, 2), (6, 18, 9, 2), (6, 22, 9, 2)):
        draw.rectangle(_box(x, y, width, height), fill="#fffdf9")
    draw.rectangle(_box(17, 14, 9, 10), fill="#fffdf9")
    data = BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


def _box(x: int, y: int, width: int, height: int) -> tuple[int, int, int, int]:
    return (x * 16, y * 16, (x + width) * 16 - 1, (y + height) * 16 - 1)


def pixels(data: bytes) -> tuple[tuple[int, int], bytes]:
    with Image.open(BytesIO(data)) as image:
        return image.size, image.convert("RGBA").tobytes()


@pytest.mark.parametrize("name", SHIPPED)
def test_the_themes_icons_are_what_its_drawing_shows(name: str) -> None:
    """UPDATE_GOLDEN=1 draws them anew."""
    (made_of,) = made(drawn(), [SHIPPED[name]])
    if UPDATE:
        (THEME / name).write_bytes(made_of)
    assert pixels((THEME / name).read_bytes()) == pixels(made_of)


def linked(site: SiteTest, page: str = "index.html") -> dict[str, str]:
    """rel → address of the last link of that kind in a page's head."""
    links = re.findall(r'<link rel="([a-z-]+)" href="([^"]*)"', site.page(page))
    return dict(links)


def sizes(site: SiteTest, base: str = "/") -> dict[str, tuple[int, int]]:
    """Path → pixels of every icon that the output's pages and manifest name, which must exist."""
    found = {}
    head = re.findall(
        r'<link rel="(?:icon|apple-touch-icon)" href="([^"]*)"', site.page("index.html")
    )
    manifest = json.loads(site.page("site.webmanifest"))
    for url in (*head, *(entry["src"] for entry in manifest["icons"])):
        assert url.startswith(base)
        path = url.removeprefix(base)
        data = site.bytes[path]
        if not path.endswith(".svg"):
            found[path] = pixels(data)[0]
    for entry in manifest["icons"]:
        if entry["sizes"] != "any":
            width, height = found[entry["src"].removeprefix(base)]
            assert entry["sizes"] == f"{width}x{height}"
    return found


def test_a_site_has_the_themes_icons_until_it_has_its_own(site: SiteTest) -> None:
    """SO-06, SO-07."""
    site.write("a.md").build().ok()
    assert sizes(site) == {
        "favicon.ico": (32, 32),
        "assets/apple-touch-icon.png": (180, 180),
        "assets/icon-192.png": (192, 192),
        "assets/icon-512.png": (512, 512),
    }
    assert '<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">' in site.page(
        "2026/11/a/index.html"
    )


@pytest.mark.parametrize("base", ["/", "/repo/"])
def test_icons_are_made_from_one_picture(site: SiteTest, base: str) -> None:
    """SO-06, SO-07, HO-02: with the right sizes and addresses, below a folder too."""
    site.settings(WITH_ICON.replace("test.example/", f"test.example{base}"))
    site.file("static/emblem.png", png()).file("static/emblem.svg", "<svg/>")
    site.write("a.md").build().ok()
    assert sizes(site, base) == {
        "favicon.ico": (32, 32),
        "apple-touch-icon.png": (180, 180),
        "icon-192.png": (192, 192),
        "icon-512.png": (512, 512),
    }
    page = site.page("2026/11/a/index.html")
    assert f'<link rel="icon" href="{base}emblem.svg" type="image/svg+xml">' in page
    assert "favicon.svg" not in page
    manifest = json.loads(site.page("site.webmanifest"))
    for name in ("name", "short_name", "id", "start_url", "display", "theme_color"):
        assert manifest[name], name
    assert manifest["start_url"] == manifest["scope"] == manifest["id"] == base
    assert (manifest["lang"], manifest["dir"]) == ("en", "ltr")
    assert manifest["background_color"].startswith("#")
    assert site.build().rendered == set()


def test_each_language_has_a_manifest_of_its_own(site: SiteTest) -> None:
    """SO-06."""
    site.settings(SETTINGS + '[languages.ar]\ntitle = "الرصيف"\n').write("a.ar.md").build().ok()
    manifest = json.loads(site.page("ar/site.webmanifest"))
    assert (manifest["name"], manifest["dir"], manifest["start_url"]) == ("الرصيف", "rtl", "/ar/")
    assert linked(site, "ar/index.html")["manifest"] == "/ar/site.webmanifest"
    assert linked(site)["manifest"] == "/site.webmanifest"


def test_another_picture_makes_the_icons_anew_and_nothing_else(site: SiteTest) -> None:
    site.settings(WITH_ICON).file("static/emblem.png", png()).write("a.md").build().ok()
    site.file("static/emblem.png", png(colour="#ffffff")).build().ok()
    made = {"favicon.ico", "apple-touch-icon.png", "icon-192.png", "icon-512.png"}
    assert site.changed == made | {"emblem.png"}
    assert site.reasons["favicon.ico"] == "static/emblem.png changed"
    assert site.bytes == site.clean_bytes()


def test_why_an_icon_is_there_can_be_asked(site: SiteTest) -> None:
    site.settings(WITH_ICON).file("static/emblem.png", png()).write("a.md").build().ok()
    where = ["-s", str(site.folder), "--now", site.now, "--format", "json"]
    site.run("why", "/favicon.ico", *where)
    (made,) = site.report["pages"]
    assert made["what"] == "an icon made from static/emblem.png"
    site.run("why", "static/emblem.png", *where)
    assert len(site.report["pages"]) == 5


def test_an_icon_of_ones_own_in_static_stays_as_it_is(site: SiteTest) -> None:
    site.settings(WITH_ICON).file("static/emblem.png", png()).file("static/favicon.ico", b"own")
    site.write("a.md").build().ok()
    assert site.bytes["favicon.ico"] == b"own"
    site.settings(SETTINGS).build().ok()
    assert site.bytes["favicon.ico"] == b"own"
    assert linked(site)["icon"] == "/favicon.ico"
    assert "icon-512.png" not in site.bytes
    assert json.loads(site.page("site.webmanifest"))["icons"] == []


def test_icons_hold_their_pixels_and_nothing_else(site: SiteTest) -> None:
    """HO-08: no time of making, no text, no profile."""
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Software", "secret")
    picture = png(pnginfo=told, dpi=(72, 72), icc_profile=b"profile")
    site.settings(WITH_ICON).file("static/emblem.png", picture).write("a.md").build().ok()
    data = site.bytes["icon-192.png"]
    kinds, at = [], 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kinds.append(data[at + 4 : at + 8])
        at += length + 12
    assert set(kinds) == {b"IHDR", b"IDAT", b"IEND"}
    assert data == next(made(png(), [Form("png", 192, 192, bare=True)]))


def test_what_is_transparent_is_white_on_telephones(site: SiteTest) -> None:
    site.settings(WITH_ICON).file("static/emblem.png", png(colour="#00000000")).write("a.md")
    site.build().ok()
    assert set(pixels(site.bytes["apple-touch-icon.png"])[1]) == {255}
    assert set(pixels(site.bytes["icon-192.png"])[1]) == {0}


@pytest.mark.parametrize(
    "data, message",
    [
        (None, "there is no picture static/emblem.png"),
        (b"nothing", "static/emblem.png is no picture that can be read"),
        (png((600, 500)), "static/emblem.png is 600 pixels wide and 500 high"),
        (png((100, 100)), "static/emblem.png has only 100 pixels each way"),
    ],
)
def test_a_picture_that_is_no_icon_is_a_mistake(
    site: SiteTest, data: bytes | None, message: str
) -> None:
    site.settings(WITH_ICON).write("a.md")
    if data is not None:
        site.file("static/emblem.png", data)
    site.build()
    assert site.exit_code == 1
    (error,) = site.errors
    assert (error["code"], error["message"], error["line"]) == ("icon", message, 2)
    assert error["field"] == "site.icon" and error["hint"]
    assert not site.public.exists()


def test_a_picture_that_ends_too_early_is_a_mistake(site: SiteTest) -> None:
    """It can be measured, and only whoever reads all of it notices."""
    site.settings(WITH_ICON).file("static/emblem.png", png()[:300]).write("a.md").build()
    assert site.exit_code == 1 and site.bytes == {}
    (error,) = site.errors
    assert (error["code"], error["source"], error["line"]) == ("icon", "sitegen.toml", 2)
    assert "static/emblem.png is no picture that can be read: " in error["message"]


@pytest.mark.parametrize("name", ["emblem.svg", "/emblem.png", "../emblem.png", "emblem"])
def test_the_setting_names_a_file_of_static(site: SiteTest, name: str) -> None:
    site.settings(SETTINGS.replace("[site]", f'[site]\nicon = "{name}"')).build()
    assert [(e["code"], e["field"]) for e in site.errors] == [("config", "site.icon")]


def test_a_page_that_stands_alone_asks_for_nothing_of_the_site(site: SiteTest) -> None:
    site.settings(WITH_ICON).file("static/emblem.png", png()).write("a.md").write("b.md")
    site.build("--preview", "--only", "content/a.md").ok()
    page = (site.folder / "preview/index.html").read_text(encoding="utf-8")
    assert 'rel="manifest"' not in page and 'rel="icon"' not in page
    site.settings(SETTINGS).build("--preview", "--only", "content/a.md").ok()
    page = (site.folder / "preview/index.html").read_text(encoding="utf-8")
    assert '<link rel="icon" href="assets/favicon.svg" type="image/svg+xml">' in page
    assert 'rel="apple-touch-icon"' not in page and "favicon.ico" not in page
