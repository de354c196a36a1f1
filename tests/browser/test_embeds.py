"""Players and maps of other sites: nothing is asked of them until a reader does."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import NewReader
from tests.site_test import SETTINGS, SiteTest

PLAYER = "https://player.example/v/1?a=b"


def test_a_player_opens_when_it_is_asked_to(
    site: SiteTest, serve: Callable[[Path], str], new_reader: NewReader
) -> None:
    site.settings(SETTINGS + '[embeds]\nhosts = ["player.example"]\n')
    frame = f'<iframe src="{PLAYER}" title="A film of the storm"></iframe>'
    other = '<iframe src="https://other.example/v" title="Another"></iframe>'
    site.write("a.md", body=f"Text.\n\n{frame}\n\n{other}\n").build().ok()
    reader = new_reader(origin=serve(site.public))
    asked = reader.answer("https://player.example/**", "playing")
    page = reader.open("/2026/11/a/")
    policy = page.locator("meta[http-equiv=Content-Security-Policy]")
    expect(policy).to_have_attribute("content", re.compile("; frame-src https://player.example;"))
    link = page.get_by_role("link", name="A film of the storm")
    expect(link).to_have_attribute("href", PLAYER)
    expect(page.locator("iframe")).to_have_count(0)
    assert asked == [] and not reader.troubles
    reader.expected += ["request to another host: https://player.example/"]
    link.focus()
    page.keyboard.press("Enter")
    film = page.locator("iframe")
    expect(film).to_have_attribute("title", "A film of the storm")
    expect(film).to_be_focused()
    expect(page.frame_locator("iframe").locator("body")).to_have_text("playing")
    assert asked == [PLAYER]
    expect(page.get_by_text("Another")).to_have_count(0)
