"""The preview's own pages: the overview, lists of pages, and why a page is as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import html5lib
import pytest
from playwright.sync_api import Page, expect

from tests.serve.paper import (
    STORM,
    NewReader,
    found_by_axe,
    is_wider_than_its_window,
    new_reader,
    paper,
)
from tests.serve.server import Server
from tests.site_test import SiteTest, article

__all__ = ["new_reader"]

expect.set_options(timeout=20_000)

MANY = 520
"""Tags of one article, each with a listing: more than one list shows."""
PAGES = (
    "",
    "pages/articles",
    "pages/listings?q=weather",
    "pages/articles?q=nowhere",
    f"why?path={STORM}",
    "why?path=/",
    "why?path=/2026/11/storn/",
    "why?path=/2026/11/tide/",
    "why?path=/old/",
)
"""Addresses below /_sitegen/ that together show all there is."""

Look = Callable[..., Page]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SiteTest:
    site = paper(tmp_path_factory.mktemp("panel") / "site")
    site.write("tags.md", title="Tags", date="2026-10-01", tags=[f"No {n}" for n in range(MANY)])
    site.write("moved.md", title="Moved", date="2026-10-02", aliases=["/old/"])
    site.write("odd.md", title="Odd", date="2026-10-03", colour="red")
    return site.build().ok()


@contextmanager
def served(site: SiteTest, *args: str) -> Iterator[Server]:
    server = Server(site.folder, *args).whole()
    try:
        yield server
    finally:
        server.kill()


@pytest.fixture(scope="module")
def server(site: SiteTest) -> Iterator[Server]:
    with served(site) as server:
        yield server


@pytest.fixture
def look(server: Server, new_reader: NewReader) -> Look:
    return lambda address: new_reader(server).load(f"/_sitegen/{address}")


def test_axe_finds_nothing_and_nothing_is_wider_than_a_telephone(look: Look) -> None:
    page = look("")
    found: list[str] = []
    for address in PAGES:
        page.goto(f"{page.url.partition('/_sitegen/')[0]}/_sitegen/{address}")
        found += found_by_axe(page)
        assert not is_wider_than_its_window(page), address
    assert not found, "\n".join(found)


def test_their_html_is_without_an_error_and_without_what_could_run(server: Server) -> None:
    for address in PAGES:
        answer = server.get(f"/_sitegen/{address}")
        text = answer.body.decode()
        parser = html5lib.HTMLParser()
        parser.parse(text)
        assert parser.errors == [], address
        assert not re.search(r"<style|\sstyle=|<script>|\son\w+=", text), address
        assert answer.headers["content-security-policy"].startswith("default-src 'self'")


def test_the_overview_counts_pages_and_leads_to_them(look: Look) -> None:
    page = look("")
    listings = page.locator(".families li", has_text="Listings")
    expect(listings.locator(".count")).to_have_text(re.compile(r"^5\d\d$"))
    listings.get_by_role("link").click()
    expect(page.locator("h1")).to_have_text("Listings")
    expect(page.get_by_role("status").last).to_contain_text("The first 500 of 5")
    expect(page.locator(".addresses li")).to_have_count(500)


def test_the_overview_tells_mistakes_warnings_and_what_comes_next(
    server: Server, site: SiteTest, look: Look
) -> None:
    # The whole site is looked through only after its articles are read.
    server.until(lambda told: "colour" in server.read("/_sitegen/"))
    page = look("")
    expect(page.locator(".facts")).to_contain_text("2026-11-22 12:00 GMT")
    expect(page.locator(".facts")).to_contain_text("2026-11-24 06:00 GMT")
    expect(page.locator(".facts")).to_contain_text(str(site.folder / ".sitegen"))
    expect(page.locator("#mistakes")).to_contain_text("None. A build would go through.")
    expect(page.locator(".quiet .message")).to_contain_text("colour")
    calm = site.folder / "content/calm.md"
    good = calm.read_bytes()
    site.write("calm.md", article(date="2026-13-45"))
    page.get_by_role("link", name="Load this again").click()
    expect(page.locator("#mistakes .message")).to_contain_text("2026-13-45")
    calm.write_bytes(good)
    expect(page.get_by_role("link", name="Load this again")).to_be_visible()
    server.until(lambda told: not told["count"])


def test_held_back_articles_are_told_and_lead_to_their_pages_where_these_are_shown(
    site: SiteTest, look: Look, new_reader: NewReader
) -> None:
    rows = [
        re.compile(r"content/tide.md\s*scheduled\s*2026-11-24 06:00 GMT"),
        re.compile(r"content/papers.md\s*embargoed\s*2026-12-01 09:30 GMT"),
        re.compile(r"content/notes.md\s*draft\s*somebody publishes it"),
    ]
    page = look("")
    expect(page.locator("tbody tr")).to_have_text(rows)
    expect(page.locator("tbody a")).to_have_count(0)
    with served(site, "--drafts") as server:
        reader = new_reader(server)
        reader.expected = ["ERR_INCOMPLETE_CHUNKED", "ERR_CONNECTION"]
        page = reader.load("/_sitegen/")
        expect(page.locator("tbody tr")).to_have_count(3)
        page.get_by_role("link", name="content/papers.md").click()
        expect(page.locator("h1")).to_have_text("Papers")
        page.goto(f"{server.address}_sitegen/why?path=/2026/11/papers/")
        expect(page.locator("main")).to_contain_text("leaves it out: it is held back")


def test_a_list_is_filtered_without_a_script(server: Server, new_reader: NewReader) -> None:
    page = new_reader(server, java_script_enabled=False).load("/_sitegen/pages/articles")
    page.get_by_label("Address or file contains").fill("CALM")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator(".addresses li")).to_have_count(1)
    expect(page.get_by_label("Address or file contains")).to_have_value("CALM")
    page.get_by_role("link", name="Calm after it").click()
    expect(page.locator("h1")).to_have_text("Calm after it")
    page.goto(f"{server.address}_sitegen/pages/articles?q=%3Cb%3Enowhere")
    expect(page.locator("main")).to_contain_text("No address or file here contains “<b>nowhere”.")


def test_why_names_source_template_needs_and_what_a_build_made_of_it(look: Look) -> None:
    page = look(f"why?path={STORM}")
    main = page.locator("main")
    for words in (
        "content/storm.md",
        "templates/article.html",
        "the section Politics",
        "An edit of what it shows",
        "leaves it as it is",
    ):
        expect(main).to_contain_text(words)
    page.get_by_role("link", name=STORM).click()
    expect(page.locator("h1")).to_have_text("Storm at the quay")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/2026/11/tide/", "content/tide.md, which is scheduled until 2026-11-24 06:00 GMT"),
        ("/2026/11/storn/", "/2026/11/storm/"),
        ("/old/", "/2026/10/moved/"),
        ("/archive", "leads on to /archive/"),
        ("/assets/site.css", "a copy of"),
        ("/404.html", "the page for addresses that are not there"),
    ],
)
def test_why_has_an_answer_for_other_addresses_too(server: Server, path: str, words: str) -> None:
    text = re.sub(r"<[^>]+>", "", server.read(f"/_sitegen/why?path={path}"))
    assert words.lower() in text.lower()


def test_pages_of_the_preview_are_no_part_of_the_site(site: SiteTest) -> None:
    assert not [path for path in site.bytes if path.startswith("_sitegen")]
