"""Nothing moves while a page loads, in the whole browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright

from tests.browser.conftest import NewReader, launched
from tests.programs import find

SHIFTS = """() => {
    window.shifts = [];
    new PerformanceObserver(list => {
        for (const shift of list.getEntries())
            window.shifts.push({ value: shift.value, parts: shift.sources.map(source =>
                source.node?.parentElement?.closest("[data-ticker]") ? "ticker" : "other") });
    }).observe({ type: "layout-shift", buffered: true });
}"""


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The one with windows: without, the ticker moved now and then on a busy machine."""
    with launched(playwright, find("chromium")) as browser:
        yield browser


@pytest.mark.parametrize("address", ["/", "/2026/11/barrier-closes/", "/ar/", "/archive/"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_while_a_page_loads(address: str, width: int, new_reader: NewReader) -> None:
    """TK-11: the ticker least of all."""
    reader = new_reader(width=width)
    reader.page.add_init_script(f"({SHIFTS})()")
    page = reader.open(address)
    page.wait_for_load_state("networkidle")
    shifts: list[dict[str, Any]] = page.evaluate("window.shifts")
    assert sum(shift["value"] for shift in shifts) < 0.02, shifts
    assert sum(shift["value"] for shift in shifts if "ticker" in shift["parts"]) < 0.01, shifts
