"""What is edited while somebody looks at it: it is there at once, without a restart."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.picture_files import photo
from tests.serve.conftest import Serve
from tests.serve.looking import Look
from tests.serve.server import Server
from tests.site_test import SETTINGS, SiteTest

OWN_THEME = SETTINGS.replace("[site]\n", '[site]\ntheme = "own"\n')
LONG = "\n\n".join(f"Paragraph {number}, of many." for number in range(200))
STORM, CALM = "/2026/11/storm/", "/2026/11/calm/"


@pytest.fixture
def edited(site: SiteTest) -> SiteTest:
    """Two articles that know nothing of each other, a theme that is a child's, and a state."""
    site.settings(OWN_THEME)
    site.file("themes/own/theme.toml", 'extends = "broadsheet"\n')
    site.write("storm.md", title="The storm", tags=["weather"], body=LONG)
    site.write("calm.md", title="The calm", date="2026-11-02", tags=["sea"])
    return site.build().ok()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def opened(page: Page, server: Server, path: str) -> Page:
    """A page in the browser, marked, so that a reload shows."""
    page.goto(server.address.rstrip("/") + path)
    page.wait_for_function("() => document.querySelector('sitegen-preview')")
    page.evaluate("window.loadedOnce = true")
    return page


def shows(page: Page, words: str) -> None:
    page.wait_for_function(
        "words => document.readyState === 'complete' && document.body.innerText.includes(words)",
        arg=words,
    )


def is_marked(page: Page) -> bool:
    return bool(page.evaluate("window.loadedOnce === true"))


# In a browser.


def test_a_saved_article_is_shown_anew_where_the_reader_was(
    edited: SiteTest, serve: Serve, page: Page
) -> None:
    server = serve(edited.folder).whole()
    opened(page, server, STORM).evaluate("scrollTo({ top: 2000, behavior: 'instant' })")
    edited.write("storm.md", title="The storm", tags=["weather"], body=LONG + "\n\nIt is over.")
    shows(page, "It is over.")
    assert not is_marked(page)
    page.wait_for_function("() => Math.abs(scrollY - 2000) < 2")


def test_a_page_that_an_edit_does_not_touch_is_not_loaded_anew(
    edited: SiteTest, serve: Serve, page: Page, browser: Browser
) -> None:
    server = serve(edited.folder).whole()
    with browser.new_context() as apart:
        other = opened(apart.new_page(), server, CALM)
        opened(page, server, STORM)
        edited.write("storm.md", title="The storm", tags=["weather"], body="It is over.")
        shows(page, "It is over.")
        assert is_marked(other)
        loads: list[Page] = []
        other.on("load", lambda page: loads.append(page))
        edited.write("calm.md", title="The calm", date="2026-11-02", body="A breeze.")
        shows(other, "A breeze.")
        assert len(loads) == 1


@pytest.mark.parametrize("sheet", ["themes/own/static/site.css", "static/own.css"])
def test_a_changed_style_sheet_is_exchanged_without_a_reload(
    edited: SiteTest, serve: Serve, page: Page, sheet: str
) -> None:
    edited.file(sheet, "body { color: rgb(1, 1, 1) }")
    link = '<link rel="stylesheet" href="/own.css">'
    edited.file("themes/own/templates/head-end.html", link)
    server = serve(edited.folder).whole()
    opened(page, server, STORM)
    for colour in ("rgb(2, 2, 2)", "rgb(3, 3, 3)"):
        edited.file(sheet, f"body {{ color: {colour} }}")
        page.wait_for_function(
            "colour => getComputedStyle(document.body).color === colour", arg=colour
        )
    assert is_marked(page)


def test_a_replaced_picture_is_shown(edited: SiteTest, serve: Serve, page: Page) -> None:
    edited.write("media/map.jpg", photo(60, 40, 1))
    edited.write("calm.md", title="The calm", body="![A map](/media/map.jpg)")
    server = serve(edited.folder).whole()
    opened(page, server, "/2026/11/calm/")
    edited.write("media/map.jpg", photo(80, 50, 2))
    page.wait_for_function(
        "() => [...document.images].some(each => each.naturalWidth / each.naturalHeight === 1.6)"
    )


# What is told, and what the next who asks is answered.


def test_titles_and_tags_are_changed_wherever_they_are_shown(
    edited: SiteTest, serve: Serve
) -> None:
    server = serve(edited.folder).whole()
    home, sea, weather = Look(server), Look(server, "/tags/sea/"), Look(server, "/tags/weather/")
    storm = Look(server, STORM)
    home.shows("The storm", "The calm")
    edited.write("storm.md", title="The gale", tags=["sea"])
    storm.shows("<h1>The gale</h1>", but="The storm")
    home.shows("The gale", but="The storm")
    sea.shows("The gale", "The calm")
    weather.until(lambda told: server.get("/tags/weather/").status == 404)


def test_articles_come_go_and_move(edited: SiteTest, serve: Serve) -> None:
    server = serve(edited.folder).whole()
    home = Look(server)
    edited.write("north/news.md", title="New in a new folder")
    home.shows("New in a new folder")
    edited.write("north/more.md", title="More of it")
    home.shows("More of it")
    edited.rename("north/news.md", "north/renamed.md")
    Look(server, "/2026/11/renamed/").shows("<h1>New in a new folder</h1>")
    home.shows("/2026/11/renamed/", but="/2026/11/news/")
    assert server.get("/2026/11/news/").status == 404
    edited.remove("storm.md")
    home.shows("The calm", but="The storm")
    shutil.rmtree(edited.folder / "content/north")
    home.shows("The calm", but="More of it")
    (edited.folder / "content/calm.md").rename(edited.folder / "calm.md")
    home.shows(but="The calm")
    (edited.folder / "calm.md").rename(edited.folder / "content/calm.md")
    home.shows("The calm")


def test_a_folder_is_moved_away_and_back(edited: SiteTest, serve: Serve) -> None:
    edited.write("north/news.md", title="News from the north")
    server = serve(edited.folder).whole()
    home = Look(server)
    for folder in ("content/north", "content"):
        here, away = edited.folder / folder, edited.folder / "away"
        home.shows("News from the north")
        here.rename(away)
        home.shows(but="News from the north")
        away.rename(here)
        home.shows("News from the north")
        edited.write("north/news.md", title="News from the north", summary=f"After {folder}.")
        home.shows(f"After {folder}.")


def test_content_that_is_deleted_and_made_again_is_watched(edited: SiteTest, serve: Serve) -> None:
    server = serve(edited.folder).whole()
    home = Look(server)
    shutil.rmtree(edited.folder / "content")
    edited.write("one.md", title="The first of the new")
    home.shows("The first of the new", but="The calm")
    edited.write("one.md", title="Another title")
    home.shows("Another title")


def _is_served(server: Server, path: str, text: str) -> bool:
    return server.get(path).body == text.encode()


def test_the_first_folders_of_a_kind_are_watched(site: SiteTest, serve: Serve) -> None:
    """Made while it is served: content/, static/, data/, themes/, one after the other."""
    server = serve(site.folder)
    home = Look(server)
    site.write("first.md", title="The very first")
    home.shows("The very first")
    for text in ("one", "two"):
        site.file("static/notes.txt", text)
        home.until_so(partial(_is_served, server, "/notes.txt", text))
    site.file("themes/own/theme.toml", 'extends = "broadsheet"\n').settings(OWN_THEME)
    for text in ("one", "two"):
        site.file("themes/own/templates/body-end.html", f"<p>Theme {text}</p>")
        home.shows(f"<p>Theme {text}</p>")
    site.file("themes/own/templates/tides.html", "{{ data.tides.high }} o'clock")
    site.write("pages/tides.md", "---\ntitle: Tides\ntemplate: tides.html\ndata: [tides]\n---\n")
    for hour in (7, 9):
        site.file("data/tides.toml", f"high = {hour}\n")
        Look(server, "/tides/").shows(f"{hour} o'clock")
    site.write("first.md", title="The very last")
    home.shows("The very last")


def test_theme_and_settings_are_changed(edited: SiteTest, serve: Serve) -> None:
    server = serve(edited.folder).whole()
    storm = Look(server, STORM)
    edited.file("themes/own/templates/body-end.html", "<p>A partial</p>")
    storm.shows("<p>A partial</p>")
    edited.file("themes/own/i18n/en.toml", 'skip = "Leap to the text"\n')
    storm.shows("Leap to the text")
    edited.file("themes/other/theme.toml", 'extends = "broadsheet"\n')
    edited.file("themes/other/templates/body-end.html", "<p>Of the other</p>")
    edited.file("themes/own/theme.toml", 'extends = "other"\n')
    (edited.folder / "themes/own/templates/body-end.html").unlink()
    storm.shows("<p>Of the other</p>")
    edited.settings(OWN_THEME.replace("The Test", "The Tested"))
    storm.shows("The Tested", but="The Test<")
    both = OWN_THEME + '[languages.cy]\ntitle = "Y Prawf"\n'
    edited.settings(both).write("cy/haul.md", title="Haul", date="2026-11-03")
    Look(server, "/cy/").shows("Haul", "Y Prawf")
    # A setting by which every article is read in another way.
    edited.settings(both + '[front_matter.names]\nheadline = "title"\n')
    edited.write("calm.md", '---\nheadline: "Quite calm"\ndate: 2026-11-02\n---\n')
    Look(server, CALM).shows("<h1>Quite calm</h1>")
    edited.settings(both + '[urls]\npermalink = "/{year}/{slug}/"\n')
    edited.write("calm.md", title="The calm")
    Look(server, "/2026/storm/").shows("<h1>The storm</h1>")
    Look(server, "/2026/calm/").shows("<h1>The calm</h1>")


def _renamed_over(path: Path, data: bytes) -> None:
    """As most editors save: beside it, then in its place."""
    beside = path.with_name(f".{path.name}.swp")
    beside.write_bytes(data)
    beside.replace(path)


def _with_a_backup(path: Path, data: bytes) -> None:
    """As Vim and Emacs do: the old one is moved aside, the new one is made."""
    path.rename(path.with_name(f"{path.name}~"))
    path.write_bytes(data)


def _piece_by_piece(path: Path, data: bytes) -> None:
    with path.open("wb", buffering=0) as file:
        for byte in data:
            file.write(bytes([byte]))


@pytest.mark.parametrize("linked", [False, True])
def test_however_an_editor_saves_it_is_seen(edited: SiteTest, serve: Serve, linked: bool) -> None:
    content = edited.folder / "content"
    if linked:
        content.rename(edited.folder / "texts")
        content.symlink_to("texts")
    server = serve(edited.folder).whole()
    home = Look(server)
    for number, save in enumerate((_renamed_over, _with_a_backup, _piece_by_piece) * 2):
        text = f'---\ntitle: "Saved {number}"\ndate: 2026-11-01\n---\n'
        save(content / "storm.md", text.encode())
        home.shows(f"Saved {number}")


def test_where_files_are_polled_the_last_save_is_seen(edited: SiteTest, serve: Serve) -> None:
    server = serve(edited.folder, environment={"WATCHFILES_FORCE_POLLING": "1"}).whole()
    home = Look(server)
    for number in range(3):
        # A poller does not tell the second save of a second from the first.
        edited.write("storm.md", title=f"Saved {number}")
        home.shows(f"Saved {number}")
    old = edited.folder / "old.md"
    old.write_text((edited.folder / "content/calm.md").read_text().replace("calm", "old"))
    os.utime(old, (1_500_000_000, 1_500_000_000))
    old.replace(edited.folder / "content/calm.md")
    home.shows("The old")


# Mistakes, and that they are mended.


def _told(look: Look, words: str) -> None:
    look.until(lambda told: any(words in problem["message"] for problem in told["problems"]))


def _mended(look: Look) -> None:
    look.until(lambda told: not told["problems"])


def test_mistakes_are_told_and_forgotten_once_they_are_mended(
    edited: SiteTest, serve: Serve
) -> None:
    server = serve(edited.folder).whole()
    home, storm = Look(server), Look(server, STORM)
    good = {
        path: (edited.folder / path).read_bytes()
        for path in ("content/storm.md", "themes/own/theme.toml", "sitegen.toml")
    }
    mistakes = {
        "content/storm.md": ("---\ntitle: [\n---\n", "front matter"),
        "themes/own/theme.toml": ('extends = "nowhere"\n', "nowhere"),
        "sitegen.toml": (OWN_THEME + "[sections.politics\n", ""),
    }
    for path, (text, words) in mistakes.items():
        said = len(server.lines)
        edited.file(path, text)
        _told(home, words)
        server.line(path, after=said)
        assert server.get(STORM).status in (200, 503)
        said = len(server.lines)
        edited.file(path, good[path])
        _mended(home)
        server.line("no mistakes any more", after=said)
        storm.shows("<h1>The storm</h1>")


def test_a_broken_template_is_told_on_its_pages(edited: SiteTest, serve: Serve) -> None:
    server = serve(edited.folder).whole()
    storm = Look(server, STORM)
    edited.file("themes/own/templates/body-end.html", "{% if %}")
    _told(storm, "")
    assert server.get(STORM).status == 500
    edited.file("themes/own/templates/body-end.html", "{{ 1 // 0 }}")
    _told(storm, "division")
    edited.file("themes/own/templates/body-end.html", "<p>Mended</p>")
    storm.shows("<p>Mended</p>")
    _mended(storm)


def test_two_articles_with_one_address_are_told_by_the_survey(
    edited: SiteTest, serve: Serve
) -> None:
    server = serve(edited.folder).whole()
    home = Look(server)
    edited.write("twin.md", title="Twin", slug="storm")
    _told(home, "address")
    server.line("twin.md")
    edited.write("twin.md", title="Twin")
    _mended(home)
    server.line("no mistakes any more")
