"""The bar below each page of the preview, and what the script does beside showing it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.serve.conftest import Serve
from tests.serve.paper import (
    ARABIC,
    STORM,
    NewReader,
    bar_of,
    found_by_axe,
    is_wider_than_its_window,
    new_reader,
    paper,
)
from tests.serve.server import Server
from tests.site_test import SiteTest

__all__ = ["new_reader"]

Look = Callable[..., Page]

UNDER_BAR = """() => {
    const bar = document.querySelector("sitegen-preview").shadowRoot.querySelector(".bar");
    const element = document.activeElement;
    if (element === document.body) return "end";
    if (element.localName === "sitegen-preview") return "";
    const [a, b] = [element.getBoundingClientRect(), bar.getBoundingClientRect()];
    const over = a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    return over ? element.outerHTML.slice(0, 120) : "";
}"""
PAPER = """() => getComputedStyle(document.body).backgroundColor"""
WATCH = """() => {
    window.kept = true;
    window.seen = new Set();
    const look = () => {
        window.seen.add(getComputedStyle(document.body).backgroundColor);
        requestAnimationFrame(look);
    };
    look();
}"""
"""Remembers every colour that the paper has in a frame, and that the page was not loaded anew."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for all tests here that leave the newspaper as it is."""
    server = Server(paper(tmp_path_factory.mktemp("bar") / "site").folder, "--drafts")
    yield server.whole()
    server.kill()


@pytest.fixture
def look(server: Server, new_reader: NewReader) -> Look:
    """Opens an address of the newspaper; `how` is what `Reader` takes."""

    def open(address: str, **how: int) -> Page:
        page = new_reader(server, **how).load(address)
        expect(bar_of(page)).to_be_visible()
        return page

    return open


def test_one_click_leads_to_the_overview_and_one_to_why(look: Look) -> None:
    page = look(STORM)
    bar_of(page).get_by_role("link", name="Why this page?").click()
    expect(page.locator("h1")).to_have_text(STORM)
    page.go_back()
    bar_of(page).get_by_role("link", name="Preview").click()
    expect(page.locator("h1")).to_have_text("The Test")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/2026/11/notes/", "draft"),
        ("/2026/11/tide/", "scheduled until 2026-11-24 06:00"),
        ("/2026/11/papers/", "embargoed until 2026-12-01 09:30"),
        (STORM, ""),
        ("/", ""),
    ],
)
def test_it_marks_what_readers_cannot_see_yet(look: Look, address: str, words: str) -> None:
    page = look(address)
    expect(bar_of(page).get_by_text("as of 2026-11-22 12:00")).to_be_visible()
    expect(bar_of(page).locator(".mark")).to_have_text(words)
    expect(bar_of(page).locator(".mark")).to_be_visible(visible=bool(words))


def test_it_can_be_hidden_stays_so_and_is_found_again(look: Look) -> None:
    page = look(STORM)
    toggle = bar_of(page).get_by_role("button", name="Hide the preview's bar")
    toggle.click()
    link = bar_of(page).get_by_role("link", name="Why this page?")
    expect(link).to_be_hidden()
    page.goto(f"{page.url}../calm/")
    show = bar_of(page).get_by_role("button", name="Show the preview's bar")
    expect(show).to_have_attribute("aria-expanded", "false")
    expect(link).to_be_hidden()
    show.focus()
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    expect(bar_of(page).locator(".toggle")).to_be_focused()


def test_it_is_not_printed(look: Look) -> None:
    page = look(STORM)
    page.emulate_media(media="print")
    expect(bar_of(page)).to_be_hidden()


@pytest.mark.parametrize("address", [STORM, ARABIC])
def test_nothing_that_gets_the_focus_lies_under_it(look: Look, address: str) -> None:
    """WCAG 2.4.11, at the width where it takes the most room."""
    page = look(address, width=320, height=480)
    found = []
    for _ in range(80):
        page.keyboard.press("Tab")
        if (under := page.evaluate(UNDER_BAR)) == "end":
            break
        found.append(under)
    assert len(found) > 10
    assert [under for under in found if under] == []


@pytest.mark.parametrize("address", [STORM, ARABIC])
def test_the_page_ends_above_it(look: Look, address: str) -> None:
    page = look(address, width=320, height=480)
    # Until it holds: the room for the bar comes with its script, and may make the page longer.
    page.wait_for_function(
        """bar => {
            scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });
            const foot = document.querySelector('body > footer').getBoundingClientRect();
            return foot.bottom <= bar.getBoundingClientRect().top;
        }""",
        arg=bar_of(page).element_handle(),
    )
    bar = bar_of(page).bounding_box()
    assert bar
    assert bar["x"] >= 0
    assert bar["x"] + bar["width"] <= 320
    assert not is_wider_than_its_window(page)


def test_it_lies_where_lines_of_the_page_begin(look: Look) -> None:
    for address, right in ((STORM, False), (ARABIC, True)):
        box = bar_of(look(address)).bounding_box()
        assert box
        assert (box["x"] > 640) is right


@pytest.mark.parametrize("address", ["/2026/11/tide/", ARABIC])
def test_axe_finds_nothing_in_a_page_with_it(look: Look, address: str) -> None:
    found = found_by_axe(look(address))
    assert not found, "\n".join(found)


def test_it_says_how_far_the_first_reading_is(server: Server, look: Look) -> None:
    """The stream is one that stands still: a real one would be over before anybody has looked."""
    page = look(STORM)
    told = {**server.until(lambda told: told["seen"], STORM)}
    told["progress"] = {"stage": "reading", "done": 1200, "total": 3400}
    page.route(
        "**/_sitegen/events?*",
        lambda route: route.fulfill(
            body=f"retry: 60000\ndata: {json.dumps(told)}\n\n", content_type="text/event-stream"
        ),
    )
    page.reload()
    expect(bar_of(page).get_by_role("status")).to_have_text("1,200 of 3,400 articles read")
    expect(bar_of(page).get_by_role("progressbar")).to_have_attribute("value", "1200")


def test_it_says_that_the_preview_was_stopped_and_goes_on_with_the_next(
    tmp_path: Path, serve: Serve, new_reader: NewReader
) -> None:
    site = paper(tmp_path / "site")
    server = serve(site.folder).whole()
    port = server.port
    reader = new_reader(server)
    reader.expected = ["ERR_CONNECTION", "ERR_INCOMPLETE_CHUNKED", "ERR_EMPTY_RESPONSE"]
    page = reader.load(STORM)
    server.stop()
    status = bar_of(page).locator(".state")
    expect(status).to_have_text("The preview was stopped", timeout=30_000)
    expect(page.locator("h1")).to_have_text("Storm at the quay")
    site.write("storm.md", title="Storm over the quay", section="politics")
    serve(site.folder, port=port)
    expect(page.locator("h1")).to_have_text("Storm over the quay", timeout=30_000)


def _in_colour(site: SiteTest, colour: int) -> None:
    """Save the style sheet as careful editors do: it is never there by half."""
    sheet = f"body {{ background-color: rgb({colour}, 200, 100); min-block-size: 200vh }}"
    site.file("saved.css", sheet)
    (site.folder / "saved.css").replace(site.folder / "themes/ours/static/site.css")


def test_a_style_sheet_saved_many_times_is_exchanged_without_a_reload_or_a_flicker(
    tmp_path: Path, serve: Serve, new_reader: NewReader
) -> None:
    site = paper(tmp_path / "site")
    settings = (site.folder / "sitegen.toml").read_text(encoding="utf-8")
    site.settings(settings.replace("[site]", '[site]\ntheme = "ours"'))
    site.file("themes/ours/theme.toml", 'extends = "broadsheet"\n')
    site.file("themes/ours/static/site.css", "")
    _in_colour(site, 1)
    server = serve(site.folder).whole()
    page = new_reader(server).load(STORM)
    expect(bar_of(page)).to_be_visible()
    assert page.evaluate(PAPER) == "rgb(1, 200, 100)"
    server.until(lambda told: told["styles"], STORM)
    page.evaluate(WATCH)
    for colour in range(2, 40):
        _in_colour(site, colour)
    page.wait_for_function(f"() => ({PAPER})() === 'rgb(39, 200, 100)'")
    page.wait_for_function("() => document.querySelectorAll('link[rel=stylesheet]').length === 1")
    assert page.evaluate("window.kept")
    seen = page.evaluate("[...window.seen]")
    assert all(re.fullmatch(r"rgb\(\d+, 200, 100\)", colour) for colour in seen), seen


def test_who_reads_stays_where_they_are_when_the_page_changes(
    tmp_path: Path, serve: Serve, new_reader: NewReader
) -> None:
    site = paper(tmp_path / "site")
    page = new_reader(serve(site.folder).whole()).load(STORM)
    expect(bar_of(page)).to_be_visible()
    page.evaluate("scrollTo({ top: 700, behavior: 'instant' })")
    text = (site.folder / "content/storm.md").read_text(encoding="utf-8")
    site.write("storm.md", text.replace("Storm at the quay", "Storm over the quay"))
    expect(page.locator("h1")).to_have_text("Storm over the quay")
    page.wait_for_function(
        "() => document.readyState === 'complete' && Math.round(scrollY) === 700"
    )
    expect(bar_of(page)).to_be_visible()
