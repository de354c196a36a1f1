"""nightdesk, the child theme that comes with sitegen: as good to read as its parent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SERVED, NewReader
from tests.browser.demo import Demo
from tests.browser.reader import Reader
from tests.browser.server import serving
from tests.browser.test_accessibility import AXE, CONTRASTS, TAGS, faults
from tests.newspaper import PROJECT, Newspaper, build, in_theme
from tests.site_test import SETTINGS, SiteTest

KINDS = ("home", "articles", "tag", "archive", "month", "standing page", "tag index", "notice")
ARABIC = ("arabic home", "arabic articles")
THEMES = PROJECT / "docs/themes.md"
WHITE = "rgb(255, 255, 255)"


@pytest.fixture(scope="module")
def demo(newspaper: Newspaper, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("nightdesk")
    newspaper.lend_pictures(folder / "state")
    return Demo(build(folder, in_theme("nightdesk", folder / "site")))


@pytest.fixture(scope="module")
def origin(demo: Demo) -> Iterator[str]:
    with serving(demo.public, SERVED) as origin:
        yield origin


@pytest.mark.parametrize("kind", [*KINDS, *ARABIC])
def test_axe_finds_nothing_in_a_child_theme(kind: str, demo: Demo, visitor: Reader) -> None:
    """AC-01, AC-08: a child changes the colours, and all that is made of them still stands out."""
    found: list[str] = []
    for address in demo.addresses(kind):
        page = visitor.open(address)
        page.evaluate(AXE)
        for width in (1280, 360):
            visitor.resize(width)
            found += [f"{address} {width}: {fault}" for fault in faults(page, TAGS)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_dark_theme_is_printed_in_black_on_white(
    scheme: str, demo: Demo, new_reader: NewReader
) -> None:
    """TR-09: the colours of a child come after the parent's, on paper too."""
    reader = new_reader(color_scheme=scheme)
    for address in (demo.first('class="faq"', 'class="key-points"'), "/archive/", "/"):
        page = reader.open(address)
        page.emulate_media(media="print", color_scheme="dark" if scheme == "dark" else "light")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == WHITE
        text = "main :is(p, li, h1, h2, h3, dt, dd, figcaption, summary, a, span, time, strong)"
        assert min(page.evaluate(CONTRASTS.replace(").fill", ").color"), text)) >= 7, address
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_a_child_can_print_in_a_colour_of_its_own(
    site: SiteTest, serve: Callable[[Path], str], new_reader: NewReader
) -> None:
    """As docs/themes.md says."""
    [rule] = re.findall(r"```css\n(@media print .*?)\n```", THEMES.read_text(encoding="utf-8"))
    site.settings(SETTINGS.replace('"en"\n', '"en"\ntheme = "own"\n'))
    site.file("themes/own/theme.toml", 'extends = "broadsheet"\n')
    head = """<link rel="stylesheet" href="{{ assets['own.css']|href }}">"""
    site.file("themes/own/templates/head-end.html", head)
    site.file("themes/own/static/own.css", f":root {{ --mark: #00f; --ink: #eee; }}\n{rule}\n")
    site.write("a.md", kicker="Storm").build().ok()
    page = new_reader(origin=serve(site.public)).open("/2026/11/a/")
    expect(page.locator("article .kicker")).to_have_css("color", "rgb(0, 0, 255)")
    page.emulate_media(media="print")
    expect(page.locator("article .kicker")).to_have_css("color", "rgb(11, 93, 78)")
    expect(page.locator("h1")).to_have_css("color", "rgb(0, 0, 0)")
