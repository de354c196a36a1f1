"""Everything that a page offers is within reach of the keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.demo import Demo
from tests.browser.reader import Reader


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the first element that `selector` names has the focus."""
    for _ in range(page.locator("a, button, input, summary, [tabindex]").count() + 1):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"Tab never comes to {selector}")


def test_tab_comes_to_the_links_the_search_the_ticker_and_the_story_in_this_order(
    demo: Demo, reader: Reader
) -> None:
    """AC-03: as it is read."""
    page = reader.open(demo.first('class="faq"', '<html lang="en-GB"'))
    for stop in (
        "a.skip",
        ".masthead .name a",
        ".sections a",
        ".search input[type=search]",
        ".search button",
        "[data-headline] a",
        ".byline a",
        ".faq summary",
        ".tags a",
        ".share a",
        ".support [type=radio]",
        ".support button",
        ".related a",
        ".previous a",
        ".newsletter [type=email]",
        ".newsletter button",
        ".foot nav a",
    ):
        tab_to(page, stop)


def test_a_question_opens_and_closes_with_enter_and_space(demo: Demo, reader: Reader) -> None:
    """AC-10."""
    page = reader.open(demo.first('class="faq"', '<html lang="en-GB"'))
    answer = page.locator(".faq details").first.locator("p").first
    expect(answer).to_be_hidden()
    tab_to(page, ".faq summary")
    page.keyboard.press("Enter")
    expect(answer).to_be_visible()
    page.keyboard.press("Space")
    expect(answer).to_be_hidden()


def test_bars_of_the_archive_and_days_of_a_month_are_links(demo: Demo, reader: Reader) -> None:
    page = reader.open("/archive/")
    tab_to(page, ".chart svg a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/2*/*/")
    tab_to(page, ".calendar a")
    day = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    expect(page.locator(f"h2{day}")).to_be_in_viewport()


def test_forms_say_what_they_want_and_send_it_where_the_settings_say(
    demo: Demo, reader: Reader
) -> None:
    """AC-13: plain forms, which work without the script."""
    page = reader.open(demo.first('class="box support"', '<html lang="en-GB"'))
    newsletter = page.locator("form.newsletter")
    expect(newsletter).to_have_attribute("action", "https://newsletter.example/subscribe")
    expect(newsletter).to_have_attribute("method", "post")
    email = newsletter.get_by_label("Your e-mail address")
    expect(email).to_have_attribute("type", "email")
    expect(email).to_have_attribute("autocomplete", "email")
    expect(email).to_have_attribute("required", "")
    expect(newsletter.get_by_role("button")).to_have_attribute("type", "submit")
    expect(newsletter.locator(".consent a")).to_have_attribute("href", "/privacy/")
    amounts = page.get_by_role("group", name="Amount").get_by_role("radio")
    expect(amounts).to_have_count(3)
    expect(amounts.first).to_be_checked()


def test_the_search_form_sends_its_words_and_what_stood_in_its_address(reader: Reader) -> None:
    """A form sent with GET would lose the query of its action."""
    reader.expected += ["request to another host: https://search.example/"]
    page = reader.open("/404.html")
    asked = reader.answer("https://search.example/**", "found")
    for form in range(2):
        page.goto(f"{reader.origin}/archive/")
        box = page.get_by_role("searchbox").nth(form)
        box.fill("tram line")
        box.press("Enter")
        page.wait_for_url("https://search.example/**")
        assert asked.pop() == "https://search.example/?site=courier.example&q=tram+line"
