"""What is wrong with the site, over the page that somebody looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.serve.paper import (
    ARABIC,
    STORM,
    NewReader,
    bar_of,
    found_by_axe,
    is_wider_than_its_window,
    new_reader,
    paper,
    wrong_in,
)
from tests.serve.server import Server
from tests.site_test import SiteTest, article

__all__ = ["new_reader"]

expect.set_options(timeout=20_000)

BAD_DATE = "2026-13-45"


class Desk:
    """The newspaper, its preview, and what a test has spoilt in it."""

    def __init__(self, site: SiteTest) -> None:
        self.site = site
        self.server = Server(site.folder).whole()
        self._good: dict[Path, bytes | None] = {}

    def save(self, path: str, text: str) -> None:
        file = self.site.folder / path
        self._good.setdefault(file, file.read_bytes() if file.exists() else None)
        self.site.file(path, text)

    def mend(self) -> None:
        """Make it as it was, and wait until the preview knows."""
        for file, data in self._good.items():
            if data is None:
                file.unlink()
            else:
                file.write_bytes(data)
        self._good.clear()
        self.server.until(lambda told: not told["count"])


@pytest.fixture(scope="module")
def desk_of_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    site = paper(tmp_path_factory.mktemp("mistakes") / "site")
    settings = (site.folder / "sitegen.toml").read_text(encoding="utf-8")
    site.settings(settings.replace("[site]", '[site]\ntheme = "ours"'))
    site.file("themes/ours/theme.toml", 'extends = "broadsheet"\n')
    site.file("themes/ours/templates/body-end.html", "")
    desk = Desk(site)
    yield desk
    desk.server.kill()


@pytest.fixture
def desk(desk_of_all: Desk) -> Iterator[Desk]:
    yield desk_of_all
    desk_of_all.mend()


@pytest.fixture
def look(desk: Desk, new_reader: NewReader) -> Callable[..., Page]:
    def open(address: str, **how: int) -> Page:
        page = new_reader(desk.server, **how).load(address)
        expect(bar_of(page)).to_be_visible()
        page.evaluate("window.kept = true")
        return page

    return open


Look = Callable[..., Page]


def test_a_mistake_comes_over_the_page_with_all_it_takes_to_mend_it_and_goes_when_it_is(
    desk: Desk, look: Look
) -> None:
    page = look(STORM)
    page.locator("a[href='/archive/']").first.focus()
    said = len(desk.server.lines)
    desk.save("content/calm.md", article(title="Calm <b id='b'>after</b> it", date=BAD_DATE))
    wrong = wrong_in(page)
    expect(wrong).to_be_visible()
    expect(wrong.get_by_role("heading")).to_have_text("1 mistake to mend")
    expect(wrong.get_by_role("heading")).to_be_focused()
    expect(wrong.locator(".place")).to_contain_text("content/calm.md:3")
    expect(wrong.locator(".place")).to_contain_text("date")
    expect(wrong.locator(".message")).to_contain_text(BAD_DATE)
    expect(wrong.locator(".hint")).to_contain_text("write it like 2026-11-22")
    expect(wrong.locator(".row")).to_have_count(6)
    expect(wrong.locator(".here")).to_have_text(f'3date: "{BAD_DATE}"')
    expect(wrong.locator("#b")).to_have_count(0)
    assert BAD_DATE in desk.server.line("calm.md", after=said)
    desk.mend()
    expect(wrong).to_be_hidden()
    expect(bar_of(page).get_by_role("status")).to_have_text("All mended, thank you")
    expect(page.locator("a[href='/archive/']").first).to_be_focused()
    assert page.evaluate("window.kept"), "the page itself did not change"


def test_what_was_put_away_stays_away_until_something_else_is_wrong(desk: Desk, look: Look) -> None:
    desk.save("content/calm.md", article(date=BAD_DATE))
    page = look(STORM)
    wrong = wrong_in(page)
    expect(wrong).to_be_visible()
    page.keyboard.press("Escape")
    expect(wrong).to_be_hidden()
    page.goto(f"{desk.server.address}archive/")
    button = bar_of(page).get_by_role("button", name="1 mistake")
    expect(button).to_be_visible()
    expect(wrong).to_be_hidden()
    button.click()
    expect(wrong.locator(".message")).to_contain_text(BAD_DATE)
    wrong.get_by_role("button", name="Put away").click()
    expect(wrong).to_be_hidden()
    expect(button).to_be_focused()
    desk.save("content/notes.md", article(date="2026-14-01", status="draft"))
    expect(wrong.get_by_role("heading")).to_have_text("2 mistakes to mend")
    expect(wrong).to_be_visible()


def test_what_is_told_again_as_it_is_put_away_stays_away(desk: Desk, look: Look) -> None:
    """Browsers say that a dialog was closed only after what they have to do meanwhile."""
    desk.save("content/calm.md", article(date=BAD_DATE))
    page = look(STORM)
    page.add_init_script(
        """window.EventSource = class extends EventSource {
          constructor(address) {
            super(address);
            this.addEventListener("message", (event) => { window.again = () =>
              this.dispatchEvent(new MessageEvent("message", { data: event.data })); });
          }
        };"""
    )
    page.reload()
    wrong = wrong_in(page)
    expect(wrong).to_be_visible()
    wrong.evaluate("(dialog) => { dialog.close(); again(); }")
    expect(wrong).to_be_hidden()
    bar_of(page).get_by_role("button", name="1 mistake").click()
    expect(wrong).to_be_visible()


def test_what_is_put_away_stays_away_for_who_leaves_the_page_at_once(
    desk: Desk, look: Look
) -> None:
    """Browsers leave a page, too, before they say what was closed in it."""
    desk.save("content/calm.md", article(date=BAD_DATE))
    page = look(STORM)
    wrong = wrong_in(page)
    expect(wrong).to_be_visible()
    wrong.evaluate(
        """(dialog) => dialog.getRootNode().addEventListener(
          "close", (event) => event.stopImmediatePropagation(), { capture: true })"""
    )
    page.keyboard.press("Escape")
    expect(wrong).to_be_hidden()
    page.goto(f"{desk.server.address}archive/")
    expect(bar_of(page).get_by_role("button", name="1 mistake")).to_be_visible()
    expect(wrong).to_be_hidden()


def test_a_page_within_another_does_not_bring_back_what_was_put_away(
    desk: Desk, look: Look
) -> None:
    settings = (desk.site.folder / "sitegen.toml").read_text(encoding="utf-8")
    desk.save("sitegen.toml", f"""{settings}\n[csp]\nframe-src = ["'self'"]\n""")
    page = look(STORM)
    page.evaluate(
        """() => new Promise((there) => {
          const frame = document.createElement("iframe");
          frame.addEventListener("load", there);
          frame.src = "/archive/";
          document.body.append(frame);
        })"""
    )
    expect(page.frame_locator("iframe").locator("h1")).to_be_visible()
    desk.save("content/calm.md", article(date=BAD_DATE))
    wrong = wrong_in(page)
    expect(wrong).to_be_visible()
    page.keyboard.press("Escape")
    expect(wrong).to_be_hidden()
    page.goto(f"{desk.server.address}archive/")
    expect(bar_of(page).get_by_role("button", name="1 mistake")).to_be_visible()
    expect(wrong).to_be_hidden()


def test_a_page_that_cannot_be_made_stays_as_it_was_until_it_can(desk: Desk, look: Look) -> None:
    page = look(STORM)
    desk.save("themes/ours/templates/body-end.html", "<p>{{ 1 // 0 }}</p>\n")
    wrong = wrong_in(page)
    expect(wrong.get_by_role("heading")).to_have_text("This page cannot be made just now")
    expect(wrong.locator(".place")).to_contain_text("themes/ours/templates/body-end.html:1")
    expect(wrong.locator(".here")).to_contain_text("1 // 0")
    expect(page.locator("h1")).to_have_text("Storm at the quay")
    assert page.evaluate("window.kept")
    fresh = look(STORM)
    expect(wrong_in(fresh)).to_be_visible()
    desk.save("themes/ours/templates/body-end.html", "<p id='mended'>Mended</p>\n")
    for shown in (page, fresh):
        expect(shown.locator("#mended")).to_have_text("Mended")
        expect(wrong_in(shown)).to_be_hidden()
        expect(shown.locator("h1")).to_have_text("Storm at the quay")


def test_settings_that_cannot_be_read_are_told_over_the_page(desk: Desk, look: Look) -> None:
    page = look(STORM)
    settings = (desk.site.folder / "sitegen.toml").read_text(encoding="utf-8")
    desk.save("sitegen.toml", settings.replace('title = "The Test"', 'titel = "The Test"'))
    expect(wrong_in(page)).to_be_visible()
    expect(wrong_in(page).locator(".hint").first).to_contain_text("title")
    expect(page.locator("h1")).to_have_text("Storm at the quay")


def test_of_many_mistakes_some_are_shown_and_the_overview_leads_on(desk: Desk, look: Look) -> None:
    for number in range(30):
        desk.save(f"content/bad-{number:02}.md", article(date=BAD_DATE))
    page = look(STORM)
    wrong = wrong_in(page)
    expect(wrong.get_by_role("heading")).to_have_text("30 mistakes to mend")
    expect(wrong.locator("li")).to_have_count(20)
    wrong.get_by_role("link", name="All 30 mistakes").click()
    expect(page.locator("#mistakes li")).to_have_count(30)


@pytest.mark.parametrize("address", [STORM, ARABIC])
def test_axe_finds_nothing_and_long_lines_stay_within_the_window(
    desk: Desk, look: Look, address: str
) -> None:
    long = "https://example.org/" + "a-very-long-address-" * 30
    desk.save("content/calm.md", article(title=long, date=BAD_DATE, summary="كلام طويل " * 60))
    page = look(address)
    expect(wrong_in(page)).to_be_visible()
    found = found_by_axe(page)
    assert not found, "\n".join(found)
    page.set_viewport_size({"width": 320, "height": 500})
    assert not is_wider_than_its_window(page)
    assert wrong_in(page).evaluate("it => it.scrollWidth <= it.clientWidth")
    box = wrong_in(page).bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert box["height"] <= 500
