"""Reading without script, on the smallest screens and the widest, and on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewReader
from tests.browser.demo import ALL, Demo
from tests.browser.reader import Reader

UNSEEN = """() => [...document.querySelectorAll("main *")].filter(element =>
    element.innerText?.trim()
    && !element.closest("details:not([open]), .visually-hidden, .permalink")
    && !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
).map(element => element.outerHTML.slice(0, 120))"""
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def plain(new_reader: NewReader) -> Reader:
    """A reader whose browser runs no script."""
    return new_reader(java_script_enabled=False)


@pytest.mark.parametrize("root", ["", "ar/"])
def test_without_script_every_word_is_there(root: str, demo: Demo, plain: Reader) -> None:
    """PF-02, TK-02, S1: nothing waits for a script, and nothing says that it loads."""
    for address in demo.articles(root):
        page = plain.load(address)
        assert page.evaluate(UNSEEN) == []
        expect(page.locator("[data-loading]")).to_be_hidden()
        link = page.locator("[data-headline] a")
        expect(link).to_be_visible()
        expect(link).to_have_attribute("href", f"/{root}archive/")
        expect(page.locator("[data-pause]")).to_be_hidden()
        assert "Loading" not in page.locator("body").inner_text()
        for question in page.locator("summary").all():
            question.click()
        assert page.locator("details:not([open])").count() == 0


def test_home_has_its_headlines_in_its_html(demo: Demo, plain: Reader) -> None:
    """S1: breaking news are there for whoever runs no script."""
    page = plain.load("/")
    expect(page.locator("[data-label]")).to_have_text("Breaking")
    expect(page.locator("[data-headline] a")).to_have_text("Barrier holds: Lowgate stays dry")


@pytest.mark.parametrize("kind", ALL)
def test_no_page_scrolls_sideways_at_320_pixels(kind: str, demo: Demo, visitor: Reader) -> None:
    """AC-07: reflow, WCAG 1.4.10; 320 px is 1,280 px at 400 %."""
    visitor.resize(320)
    for address in demo.addresses(kind):
        assert visitor.open(address).evaluate(WIDE) <= 0, address


@pytest.mark.parametrize("address", ["/", "/ar/", "/archive/", "/tags/"])
def test_the_widest_screens_have_room_to_spare_and_no_long_lines(
    address: str, demo: Demo, new_reader: NewReader
) -> None:
    reader = new_reader(width=2560)
    page = reader.open(address)
    assert page.evaluate(WIDE) <= 0
    assert page.locator("body").bounding_box() or pytest.fail("no body")
    page = reader.open(demo.articles()[0])
    characters = page.evaluate(
        """() => {
            const text = document.querySelector(".story > p");
            const canvas = document.createElement("canvas").getContext("2d");
            canvas.font = getComputedStyle(text).font;
            const letters = "abcdefghijklmnopqrstuvwxyz ";
            return text.clientWidth / (canvas.measureText(letters).width / letters.length);
        }"""
    )
    assert 55 <= characters <= 80


def on_paper(page: Page) -> Page:
    page.emulate_media(media="print")
    return page


def test_on_paper_the_answers_are_open_and_the_furniture_is_gone(
    demo: Demo, reader: Reader
) -> None:
    """AC-10, TR-09."""
    page = on_paper(reader.open(demo.first('class="faq"', 'class="related"', '<html lang="en-GB"')))
    answers = page.locator(".faq details p")
    assert answers.count() >= 1
    assert all(answers.evaluate_all("all => all.map(answer => answer.checkVisibility())"))
    for gone in (".sections", ".search", ".ticker", ".share", ".box", ".related", ".previous"):
        for part in page.locator(gone).all():
            expect(part).to_be_hidden()
    assert page.locator(".story").is_visible() and page.locator("h1").is_visible()


def test_paper_tells_the_addresses_of_the_page_and_of_links_out_of_it(
    demo: Demo, reader: Reader
) -> None:
    """TR-09."""
    address = demo.first('rel="external noopener"', 'class="story"', '<html lang="en-GB"')
    page = on_paper(reader.open(address))
    own = page.locator(".permalink")
    expect(own).to_be_visible()
    expect(own).to_have_text(f"https://courier.example{address}")
    assert page.evaluate(
        """() => {
            const link = document.createElement("a");
            link.href = "https://other.example/x";
            document.querySelector(".story").append(link);
            return getComputedStyle(link, "::after").content;
        }"""
    ).strip('" ') == "(https://other.example/x)" or pytest.fail("the address is not printed")


def test_paper_tells_the_addresses_of_sources(demo: Demo, reader: Reader) -> None:
    """TR-09: nobody can follow a link on paper, and sources are there to be looked up."""
    page = on_paper(reader.open(demo.first('class="sources"', '<html lang="en-GB"')))
    links = page.locator(".sources a[href^=http]")
    unsaid = links.evaluate_all(
        """all => all.filter(link =>
            !getComputedStyle(link, "::after").content.includes(link.getAttribute("href"))
        ).map(link => link.href)"""
    )
    assert links.count() > 0
    assert unsaid == []


def test_an_article_says_who_wrote_it_and_when_with_the_zone(demo: Demo, reader: Reader) -> None:
    """TR-01, TR-02, TR-10, S4."""
    page = reader.open("/2026/11/barrier-closes/")
    authors = page.locator(".byline a[rel=author]")
    expect(authors).to_have_text(["Tobias Kell", "Nadia Prewett", "Samir Aziz"])
    expect(page.locator(".byline")).to_have_text(
        re.compile(r"By Tobias Kell, Nadia Prewett and Samir Aziz")
    )
    dates = page.locator(".dates")
    expect(dates).to_contain_text("Published 20 November 2026, 20:55 GMT")
    expect(dates).to_contain_text("Updated 20 November 2026, 23:58 GMT")
    expect(dates).to_contain_text("2 minutes’ reading")


def test_a_correction_is_told_near_the_top_in_full_below_and_in_the_log(
    demo: Demo, reader: Reader
) -> None:
    """TR-03: the log has the newest first."""
    address = demo.first('class="corrected"', '<html lang="en-GB"')
    page = reader.open(address)
    expect(page.locator("header .corrected time")).to_have_count(1)
    page.locator(".corrected a").click()
    own = page.locator("#corrections li")
    expect(own.first).to_be_in_viewport()
    texts = [text.partition(": ")[2] for text in own.all_inner_texts()]
    page = reader.open("/corrections/")
    days: list[str] = page.locator("h2 time").evaluate_all("all => all.map(t => t.dateTime)")
    assert days == sorted(days, reverse=True) and len(days) >= 5
    log = page.locator("main").inner_text()
    assert all(text in log for text in texts)


def test_labels_are_said_once_and_lists_are_lists(demo: Demo, reader: Reader) -> None:
    """S2, S6, S7, S8."""
    page = reader.open("/2026/11/barrier-closes/")
    text = page.locator("main").inner_text()
    assert text.count("What this means for you") == 1
    assert "•" not in text
    expect(page.locator(".key-points li")).to_have_count(5)
    expect(page.locator(".faq details > summary:first-child")).to_have_count(3)
    title = page.locator("h1").inner_text()
    hero = page.locator(".hero img").get_attribute("alt")
    assert title not in (hero, page.locator(".hero figcaption").inner_text())


def test_share_links_are_plain_and_know_the_page(demo: Demo, reader: Reader) -> None:
    """SO-08, S5."""
    page = reader.open("/2026/11/barrier-closes/")
    links = page.locator(".share a")
    expect(links).to_have_text(["Bluesky", "WhatsApp", "Facebook", "X", "E-mail"])
    here = "https%3A//courier.example/2026/11/barrier-closes/"
    for link in links.all():
        assert here in (link.get_attribute("href") or "")
        expect(link).to_have_attribute("rel", "nofollow noopener noreferrer")
