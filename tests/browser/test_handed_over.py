"""One article in a folder (`--preview --only`), opened from the disk as a lawyer opens it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.browser.reader import Reader
from tests.site_test import SiteTest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    data = BytesIO()
    Image.new("RGB", (64, 48), "red").save(data, "PNG")
    site = SiteTest(tmp_path / "site").write("media/storm.png", data.getvalue())
    site.write("seen.md", title="Seen", date="2026-10-01", tags=["t"])
    fields: dict[str, Any] = {
        "status": "draft",
        "tags": ["t"],
        "image": {"src": "media/storm.png", "alt": "Storm"},
    }
    body = "![inline](media/storm.png)\n\n[below](#below) [seen](seen.md)\n\n## Below\n"
    site.write("storm.md", title="Storm", body=body, **fields)
    site.build("--preview", "--only", "storm.md").ok()
    elsewhere = tmp_path / "for the lawyer"
    (site.folder / "preview").rename(elsewhere)
    return elsewhere


@pytest.fixture
def lawyer(browser: Browser) -> Iterator[Reader]:
    reader = Reader(browser, "file://")
    yield reader
    reader.close()


def test_the_page_looks_right_without_a_server_and_asks_nobody(
    folder: Path, lawyer: Reader
) -> None:
    lawyer.expected.append("headlines.json")  # which its security policy refuses
    page = lawyer.load((folder / "index.html").as_uri())
    page.wait_for_load_state("networkidle")
    assert page.get_by_text("Draft: not published.").is_visible()
    widths = "images => images.map(i => i.complete && i.naturalWidth && i.clientWidth)"
    assert page.eval_on_selector_all("main img", widths) == [64, 64]
    rules = "document.styleSheets.length && getComputedStyle(document.querySelector('.skip'))"
    assert page.evaluate(f"({rules}).position") == "absolute", "the stylesheet is there"
    assert page.locator("[data-loading]").is_hidden(), "the script has run, and waits for nothing"
    assert {request.url.partition(":")[0] for request in lawyer.requests} == {"file"}
    page.get_by_role("link", name="below").click()
    assert page.url.endswith("/for%20the%20lawyer/index.html#below")
    link = page.get_by_role("link", name="seen", exact=True)
    assert link.get_attribute("href") == "https://test.example/2026/10/seen/"
