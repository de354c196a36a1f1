"""The ticker: a constant part of every page that reads one file, and bears whatever comes of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import NewReader
from tests.browser.demo import Demo
from tests.browser.reader import HEADLINES, Reader
from tests.site_test import SETTINGS, SiteTest

NOW = "Sun, 22 Nov 2026 12:00:00 GMT"
"""What the server's clock shows where a test says nothing else."""

TIMEOUT = """AbortSignal.timeout = milliseconds => {
    const control = new AbortController();
    const reason = new DOMException("signal timed out", "TimeoutError");
    setTimeout(() => control.abort(reason), milliseconds);
    return control.signal;
}"""
"""The browser's own timeout, by the page's clock: Playwright's clock does not move that one."""


def item(name: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"https://courier.example/{name}/",
        "title": f"The {name}",
        "url": f"/{name}/",
        "lang": "en-GB",
        "dir": "ltr",
        "published": "2026-11-22T09:00:00Z",
        **more,
    }


def headlines(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "version": 1,
        "generated": "2026-11-22T11:00:00Z",
        "max_stale": 21600,
        "rotate": 0,
        "items": list(items),
        **more,
    }


class Ticker:
    """The ticker of an article; the test answers for the server, and moves the page's clock."""

    def __init__(self, reader: Reader, address: str = "/about/") -> None:
        """Opens the page; its question for the headlines waits for an answer."""
        self.reader = reader
        self.page = reader.page
        asked: list[Route] = []
        self.page.add_init_script(TIMEOUT)
        self.page.route(HEADLINES, lambda route: asked.append(route))
        self.page.clock.install(time="2026-11-22T12:00:00Z")
        self.page.clock.pause_at("2026-11-22T12:00:01Z")
        with self.page.expect_request(HEADLINES):
            reader.load(address)
        while not asked:  # the request is told before the route is
            self.page.evaluate("0")
        [self.asked] = asked

    def answer(self, data: object = None, *, date: str = NOW, age: int = 0, **how: Any) -> Ticker:
        """Answer with `data` as JSON, or with what `Route.fulfill` takes."""
        headers = {"Date": date, "Content-Type": "application/json"}
        if age:
            headers["Age"] = str(age)
        if "body" not in how:
            how["body"] = json.dumps(data)
        self.asked.fulfill(headers=headers, **how)
        return self

    def shows(self, text: str, label: str = "Latest") -> None:
        expect(self.link).to_have_text(text)
        expect(self.label).to_have_text(label)

    def wait(self, seconds: float) -> None:
        """Let the page's time pass."""
        self.page.clock.run_for(int(seconds * 1000))

    @property
    def box(self) -> Locator:
        return self.page.locator("[data-ticker]")

    @property
    def link(self) -> Locator:
        return self.box.locator("[data-headline] a")

    @property
    def label(self) -> Locator:
        return self.box.locator("[data-label]")

    @property
    def loading(self) -> Locator:
        return self.box.locator("[data-loading]")

    @property
    def pause(self) -> Locator:
        return self.box.locator("[data-pause]")


@pytest.fixture
def ticker(reader: Reader) -> Ticker:
    return Ticker(reader)


# A healthy answer.


def test_the_newest_headline_is_shown(ticker: Ticker) -> None:
    """TK-09."""
    older = item("older", published="2026-11-21T09:00:00Z")
    arabic = item("newer", title="خبر", lang="ar", dir="rtl")
    ticker.answer(headlines(older, arabic))
    ticker.shows("خبر")
    expect(ticker.link).to_have_attribute("href", "/newer/")
    expect(ticker.link).to_have_attribute("lang", "ar")
    expect(ticker.link).to_have_attribute("dir", "rtl")
    expect(ticker.box).not_to_have_class(re.compile("breaking"))
    expect(ticker.pause).to_be_hidden()


def test_breaking_news_come_first_under_their_own_label(ticker: Ticker) -> None:
    """AC-06: the label is a word, not only a colour."""
    urgent = item("flood", published="2026-11-20T00:00:00Z", breaking_until="2026-11-22T18:00:00Z")
    ticker.answer(headlines(item("budget"), urgent))
    ticker.shows("The flood", "Breaking")
    expect(ticker.box).to_have_class(re.compile("breaking"))


def test_nothing_of_the_ticker_is_announced_or_moves(ticker: Ticker) -> None:
    """AC-05, AC-06: the headline is no live region; only the words about waiting are."""
    ticker.answer(headlines(item("budget"), item("flood")))
    ticker.shows("The budget")
    expect(ticker.page.locator("marquee, blink, [aria-live]")).to_have_count(0)
    expect(ticker.page.locator("[role=status]")).to_have_count(1)
    assert ticker.page.evaluate("document.getAnimations().length") == 0
    for _ in range(3):
        ticker.wait(60)
        ticker.shows("The budget")


# Faults.

BROKEN: dict[str, Callable[[Ticker], object]] = {
    "404": lambda ticker: ticker.answer(headlines(item("x")), status=404),
    "500": lambda ticker: ticker.answer(headlines(item("x")), status=500),
    "offline": lambda ticker: ticker.asked.abort("internetdisconnected"),
    "cut off": lambda ticker: ticker.asked.abort("connectionreset"),
    "no JSON": lambda ticker: ticker.answer(body="<!doctype html><title>Please log in</title>"),
    "nothing": lambda ticker: ticker.answer(body=""),
    "half": lambda ticker: ticker.answer(body=json.dumps(headlines(item("x")))[:-9]),
    "null": lambda ticker: ticker.answer(None),
    "another version": lambda ticker: ticker.answer(headlines(item("x"), version=2)),
    "no version": lambda ticker: ticker.answer({"items": [item("x")]}),
    "no items": lambda ticker: ticker.answer(headlines()),
    "items that are none": lambda ticker: ticker.answer(headlines() | {"items": "none"}),
    "item that is null": lambda ticker: ticker.answer(headlines() | {"items": [None]}),
    "script": lambda ticker: ticker.answer(headlines(item("x", url="javascript:alert(1)"))),
    "data": lambda ticker: ticker.answer(headlines(item("x", url="data:text/html,<b>x"))),
    "elsewhere": lambda ticker: ticker.answer(headlines(item("x", url="https://evil.example/"))),
    "host only": lambda ticker: ticker.answer(headlines(item("x", url="//evil.example/x/"))),
    "backslashes": lambda ticker: ticker.answer(headlines(item("x", url="\\\\evil.example/"))),
    "no address": lambda ticker: ticker.answer(headlines(item("x", url="https://["))),
    "no title": lambda ticker: ticker.answer(headlines(item("x", title=""))),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_the_link_that_came_with_the_page_stays_when_the_answer_is(
    fault: str, ticker: Ticker
) -> None:
    """TK-03, TK-04: and the words about waiting go away; no error is left uncaught."""
    ticker.reader.expected += ["Failed to load resource.*/headlines.json"]
    ticker.wait(1)
    expect(ticker.loading).to_be_visible()
    BROKEN[fault](ticker)
    expect(ticker.loading).to_be_hidden()
    ticker.shows("All the latest headlines")
    expect(ticker.link).to_have_attribute("href", "/archive/")
    expect(ticker.pause).to_be_hidden()


def test_waiting_is_only_spoken_of_when_there_is_a_wait(ticker: Ticker) -> None:
    """AC-06, TK-02: after 400 ms, as a status; the link stays beside it."""
    expect(ticker.loading).to_be_hidden()
    expect(ticker.loading).to_have_attribute("role", "status")
    ticker.wait(0.5)
    expect(ticker.loading).to_be_visible()
    expect(ticker.loading).to_have_text(re.compile("Loading"))
    expect(ticker.link).to_be_visible()
    ticker.answer(headlines(item("budget")))
    ticker.shows("The budget")
    expect(ticker.loading).to_be_hidden()


def test_a_quick_answer_is_never_preceded_by_words_about_waiting(ticker: Ticker) -> None:
    """AC-06."""
    ticker.answer(headlines(item("budget")))
    ticker.shows("The budget")
    ticker.wait(10)
    expect(ticker.loading).to_be_hidden()


def test_an_answer_that_does_not_come_is_given_up_after_four_seconds(ticker: Ticker) -> None:
    """TK-03."""
    ticker.wait(3.5)
    expect(ticker.loading).to_be_visible()
    ticker.wait(1)
    expect(ticker.loading).to_be_hidden()
    ticker.shows("All the latest headlines")


# What hostile or odd items do.


def test_a_title_is_text_whatever_is_in_it(ticker: Ticker) -> None:
    """TK-04."""
    title = "<img src=x onerror=alert(1)> & <script>alert(2)</script>"
    ticker.answer(headlines(item("budget", title=title)))
    ticker.shows(title)
    expect(ticker.link.locator("*")).to_have_count(0)


def test_bad_items_are_dropped_and_good_ones_shown(ticker: Ticker) -> None:
    """TK-04."""
    bad = [
        item("a", url="javascript:alert(1)"),
        item("b", url="https://evil.example/"),
        item("c", url="//evil.example/"),
        item("d", title=""),
    ]
    soon = "2026-11-22T18:00:00Z"
    ticker.answer(headlines(*(one | {"breaking_until": soon} for one in bad), item("budget")))
    ticker.shows("The budget")


# When news are breaking, by which clock.

FLOOD = item("flood", breaking_until="2026-11-22T18:00:00Z")


@pytest.mark.parametrize(
    ("date", "label"),
    [
        ("Sun, 22 Nov 2026 16:59:59 GMT", "Breaking"),
        ("Sun, 22 Nov 2026 17:59:59 GMT", "Latest"),
    ],
)
def test_headlines_that_are_too_old_are_not_breaking(date: str, label: str, ticker: Ticker) -> None:
    """TK-05: `generated` is at 11:00, `max_stale` six hours."""
    ticker.answer(headlines(FLOOD), date=date).shows("The flood", label)


@pytest.mark.parametrize(
    ("date", "label"),
    [
        ("Sun, 22 Nov 2026 17:59:59 GMT", "Breaking"),
        ("Sun, 22 Nov 2026 18:00:00 GMT", "Latest"),
    ],
)
def test_news_are_breaking_until_their_end(date: str, label: str, ticker: Ticker) -> None:
    """TK-05."""
    ticker.answer(headlines(FLOOD, max_stale=86400), date=date).shows("The flood", label)


def test_news_that_were_breaking_stand_in_their_own_place(ticker: Ticker) -> None:
    """TK-05, TK-13: by the time of publication, below what is newer."""
    past = item("storm", published="2026-11-20T00:00:00Z", breaking_until="2026-11-20T06:00:00Z")
    ticker.answer(headlines(past, item("budget"))).shows("The budget")


def test_an_end_that_is_no_time_breaks_nothing(ticker: Ticker) -> None:
    """TK-05."""
    ticker.answer(headlines(item("flood", breaking_until="soon"))).shows("The flood", "Latest")


@pytest.mark.parametrize("clock", ["2026-11-21T12:00:00Z", "2026-11-23T12:00:00Z", "1970-01-01"])
def test_the_servers_clock_counts_and_not_the_readers(clock: str, reader: Reader) -> None:
    """TK-06."""
    ticker = Ticker(reader)
    ticker.page.clock.set_fixed_time(clock)
    ticker.answer(headlines(FLOOD)).shows("The flood", "Breaking")


@pytest.mark.parametrize("clock", ["2026-11-22T12:00:00Z", "2026-11-20T12:00:00Z"])
def test_news_that_the_server_knows_to_be_over_are_not_breaking(clock: str, reader: Reader) -> None:
    """TK-06."""
    ticker = Ticker(reader)
    ticker.page.clock.set_fixed_time(clock)
    ticker.answer(headlines(FLOOD), date="Mon, 23 Nov 2026 12:00:00 GMT").shows("The flood")


@pytest.mark.parametrize(("age", "label"), [(0, "Breaking"), (3600, "Breaking"), (19000, "Latest")])
def test_the_time_that_a_cache_held_the_answer_counts(age: int, label: str, ticker: Ticker) -> None:
    """TK-06: `Age`, in seconds (RFC 9111, 5.1)."""
    ticker.answer(headlines(FLOOD), age=age).shows("The flood", label)


def test_without_the_servers_clock_the_readers_counts(new_reader: NewReader) -> None:
    """TK-06."""
    ticker = Ticker(new_reader())
    ticker.answer(headlines(FLOOD), date="some day").shows("The flood", "Breaking")
    ticker = Ticker(new_reader())
    ticker.page.clock.set_fixed_time("2026-11-23T12:00:00Z")
    ticker.answer(headlines(FLOOD), date="some day").shows("The flood", "Latest")


# Rotation.

THREE = headlines(item("first"), item("second"), item("third"), rotate=8)


@pytest.fixture
def rotating(ticker: Ticker) -> Ticker:
    ticker.answer(THREE).shows("The first")
    return ticker


def test_headlines_change_when_the_site_says_so(rotating: Ticker) -> None:
    """AC-05."""
    expect(rotating.pause).to_be_visible()
    for text in ("The second", "The third", "The first"):
        rotating.wait(8)
        rotating.shows(text)


def test_the_pause_button_stops_the_headlines_until_it_is_pressed_again(rotating: Ticker) -> None:
    """AC-05: without hover and focus, which hold them too."""
    expect(rotating.pause).to_have_attribute("aria-pressed", "false")
    rotating.pause.click()
    expect(rotating.pause).to_have_attribute("aria-pressed", "true")
    leave(rotating.page)
    rotating.wait(30)
    rotating.shows("The first")
    rotating.pause.click()
    expect(rotating.pause).to_have_attribute("aria-pressed", "false")
    leave(rotating.page)
    rotating.wait(8)
    rotating.shows("The second")


def test_a_link_with_the_focus_is_not_replaced(rotating: Ticker) -> None:
    """TK-15."""
    rotating.link.focus()
    rotating.page.evaluate("window.focused = document.activeElement")
    rotating.wait(20)
    rotating.shows("The first")
    assert rotating.page.evaluate("window.focused === document.activeElement")
    leave(rotating.page)
    rotating.wait(8)
    rotating.shows("The second")


def test_a_link_under_the_pointer_is_not_replaced(rotating: Ticker) -> None:
    """TK-15."""
    rotating.link.hover()
    rotating.wait(20)
    rotating.shows("The first")
    leave(rotating.page)
    rotating.wait(8)
    rotating.shows("The second")


def test_a_headline_that_comes_late_does_not_take_the_focus_away(ticker: Ticker) -> None:
    """TK-15: the link that came with the page had it; its successor has it."""
    ticker.link.focus()
    ticker.answer(THREE).shows("The first")
    expect(ticker.link).to_be_focused()


def test_who_wants_less_motion_gets_none(new_reader: NewReader) -> None:
    """AC-05."""
    ticker = Ticker(new_reader(reduced_motion="reduce"))
    ticker.answer(THREE).shows("The first")
    ticker.wait(60)
    ticker.shows("The first")
    expect(ticker.pause).to_be_hidden()


def test_a_single_headline_needs_no_pause(ticker: Ticker) -> None:
    ticker.answer(headlines(item("only"), rotate=8)).shows("The only")
    ticker.wait(30)
    ticker.shows("The only")
    expect(ticker.pause).to_be_hidden()


def test_the_pause_button_is_within_reach_of_the_keyboard(rotating: Ticker) -> None:
    """AC-05: it comes after the headline, and both Enter and the space bar press it."""
    page = rotating.page
    rotating.link.focus()
    page.keyboard.press("Tab")
    expect(rotating.pause).to_be_focused()
    for key, pressed in (("Enter", "true"), ("Space", "false"), ("Space", "true")):
        page.keyboard.press(key)
        expect(rotating.pause).to_have_attribute("aria-pressed", pressed)
    leave(page)
    rotating.wait(30)
    rotating.shows("The first")


def leave(page: Page) -> None:
    """Take the pointer and the focus out of the ticker."""
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")


# Tickers of other themes.


def lacking(reader: Reader, part: str) -> Ticker:
    """The ticker of a page whose theme has left a part of it out."""

    def cut(route: Route) -> None:
        response = route.fetch()
        html = re.sub(rf"<(\w+)[^>]* data-{part}\b.*?</\1>", "", response.text(), flags=re.DOTALL)
        assert html != response.text()
        route.fulfill(response=response, body=html)

    reader.page.route("**/about/", cut)
    return Ticker(reader)


@pytest.mark.parametrize("part", ["label", "loading", "pause"])
def test_a_ticker_that_lacks_a_part_shows_its_headline_all_the_same(
    part: str, reader: Reader
) -> None:
    """And without a button to stop them, headlines stand still (AC-05)."""
    ticker = lacking(reader, part)
    ticker.wait(1)
    ticker.answer(THREE)
    expect(ticker.link).to_have_text("The first")
    ticker.wait(8)
    expect(ticker.link).to_have_text("The first" if part == "pause" else "The second")


def test_a_ticker_without_a_place_for_the_headline_breaks_nothing(reader: Reader) -> None:
    ticker = lacking(reader, "headline")
    ticker.wait(1)
    ticker.answer(THREE)
    expect(ticker.loading).to_be_hidden()
    ticker.wait(8)


# The pages, and the file that is built.


def test_the_file_is_asked_for_anew_at_every_page(reader: Reader) -> None:
    """TK-10: a question that may be answered with 304, never a copy that nobody checked."""
    for address in ("/about/", "/ar/about/"):
        with reader.page.expect_response(HEADLINES) as answer:
            reader.load(address)
        assert answer.value.request.all_headers()["cache-control"] in ("no-cache", "max-age=0")
        expected = "/ar/headlines.json" if address.startswith("/ar/") else "/headlines.json"
        assert answer.value.url == reader.origin + expected


def test_the_headlines_of_a_language_are_shown_in_its_direction(reader: Reader) -> None:
    """TK-09."""
    page = reader.open("/ar/about/")
    link = page.locator("[data-headline] a")
    expect(link).to_have_attribute("dir", "rtl")
    expect(link).to_have_attribute("href", re.compile("^/ar/"))


@pytest.mark.parametrize("root", ["", "ar/"])
def test_the_built_file_is_small_and_of_one_moment(root: str, demo: Demo, reader: Reader) -> None:
    """TK-07, TK-08, TK-12."""
    file = demo.public / root / "headlines.json"
    data = json.loads(file.read_bytes())
    assert file.stat().st_size <= 4096
    assert 1 <= len(data["items"]) <= 10
    utc = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
    times = [data["generated"], *(entry["published"] for entry in data["items"])]
    times += [entry["breaking_until"] for entry in data["items"] if "breaking_until" in entry]
    assert all(utc.fullmatch(time) for time in times)
    shown = [instant for entry in data["items"] for instant in instants(reader, entry["url"])]
    assert data["generated"] == max(shown)
    for entry in data["items"]:
        assert (demo.public / unquote(entry["url"]).strip("/")).exists()


def instants(reader: Reader, address: str) -> list[str]:
    """When an article says that it was published and updated, in UTC."""
    times: list[str] = (
        reader.load(address)
        .locator(".dates time")
        .evaluate_all(
            "all => all.map(time => new Date(time.dateTime).toISOString().replace('.000Z', 'Z'))"
        )
    )
    assert times
    return times


def test_news_that_are_breaking_without_an_end_are_so_for_six_hours(site: SiteTest) -> None:
    """TK-13."""
    site.write("flood.md", title="The flood", date="2026-11-22T11:00:00Z", breaking=True)
    site.build().ok()
    [entry] = json.loads(site.page("headlines.json"))["items"]
    assert entry["breaking_until"] == "2026-11-22T17:00:00Z"


def test_rotation_is_the_sites_choice(site: SiteTest) -> None:
    """AC-05: off unless the settings say otherwise."""
    for name in ("one", "two"):
        site.write(f"{name}.md", title=f"The {name}")
    site.build().ok()
    assert json.loads(site.page("headlines.json"))["rotate"] == 0
    settings = (site.folder / "sitegen.toml").read_text(encoding="utf-8")
    site.settings(f"{settings}\n[ticker]\nrotate_seconds = 8\n").build().ok()
    assert json.loads(site.page("headlines.json"))["rotate"] == 8


@pytest.mark.parametrize(
    ("breaking", "seconds"),
    [("2026-11-22T11:30:00Z", 6 * 3600), ("2026-11-23T11:00:00Z", 24 * 3600)],
)
def test_news_with_an_end_of_their_own_do_not_grow_stale_before_it(
    breaking: str, seconds: int, site: SiteTest
) -> None:
    """TK-05: what is too old is not breaking; but what says until when is not too old till then."""
    site.write("flood.md", title="The flood", date="2026-11-22T11:00:00Z", breaking=breaking)
    site.build(now="2026-11-22T11:10:00Z").ok()
    data = json.loads(site.page("headlines.json"))
    assert data["generated"] == "2026-11-22T11:00:00Z" and data["max_stale"] == seconds


def test_a_site_that_has_nothing_yet_has_its_headlines_all_the_same(site: SiteTest) -> None:
    """TK-03: the browser itself complains of a file that is not there."""
    site.build().ok()
    data = json.loads(site.page("headlines.json"))
    assert (data["version"], data["items"]) == (1, [])


def test_below_a_folder_the_file_is_asked_for_there(
    site: SiteTest, serve: Callable[[Path], str], new_reader: NewReader
) -> None:
    """TK-09: `data-src` and the headlines' addresses begin with the base path."""
    text = SETTINGS.replace("test.example/", "test.example/news/") + "[languages.ar]\n"
    site.settings(text).write("a.md", title="The flood").write("a.ar.md", title="خبر").build().ok()
    site.public.rename(site.folder / "news")
    reader = new_reader(origin=serve(site.folder))
    for root in ("/news/", "/news/ar/"):
        # By its whole address: the page before asks for its own, and may get it only now.
        with reader.page.expect_response(f"{reader.origin}{root}headlines.json"):
            page = reader.open(f"{root}archive/")
        link = page.locator("[data-headline] a")
        expect(link).to_have_attribute("href", f"{root}2026/11/a/")
        link.click()
        expect(page.locator("h1")).to_have_text("The flood" if root == "/news/" else "خبر")
