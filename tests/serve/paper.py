"""A small newspaper in two directions, with one article of each kind that is held back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.reader import Reader
from tests.browser.test_accessibility import AXE, COLOURS, TAGS
from tests.contrast import LIGHT
from tests.serve.server import Server
from tests.site_test import SETTINGS, SiteTest

NewReader = Callable[..., Reader]

STORM = "/2026/11/storm/"
"""An article that everybody may read."""
ARABIC = "/ar/2026/11/storm/"
_LONG = "Invented text that nobody needs to read, but that fills the page down to its end. " * 12
_MORE = """
[languages.ar]
title = "الاختبار"
"""
_SCHEMES: Sequence[tuple[Literal["light", "dark"], Sequence[str]]] = (
    ("light", TAGS),
    ("dark", COLOURS),
)
RUN = """async rules => {
    const found = await axe.run(document, {
        runOnly: rules, resultTypes: ["violations", "incomplete"], preload: false,
    });
    const unsure = found.incomplete.filter(rule => rule.id === "color-contrast");
    for (const rule of unsure)
        rule.nodes = rule.nodes.filter(node => !Array.isArray(node.target[0]));
    return [...found.violations, ...unsure].flatMap(
        rule => rule.nodes.map(node => `${rule.id}: ${node.target} ${node.html.slice(0, 120)}`));
}"""
"""axe, which cannot tell what is behind the texts of a tree of their own: see FAINT."""
FAINT = (
    """() => {"""
    + LIGHT
    + """
    const root = document.querySelector("sitegen-preview")?.shadowRoot;
    return [...root?.querySelectorAll("*") ?? []].filter(element => element.checkVisibility()
        && [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())
    ).map(element => {
        const [a, b] = [light(getComputedStyle(element).color), light(ground(element))];
        return [element, (Math.max(a, b) + .05) / (Math.min(a, b) + .05)];
    }).filter(([, contrast]) => contrast < 4.5)
      .map(([element, contrast]) => `${contrast.toFixed(1)} to 1: ${element.outerHTML}`);
}"""
)
"""Texts of the bar and the mistakes that do not stand out enough (WCAG 2.2, contrast ratio)."""


def paper(folder: Path) -> SiteTest:
    """The newspaper, as of NOW in tests/site_test.py."""
    site = SiteTest(folder, SETTINGS + _MORE)
    body = "\n\n".join([_LONG] * 6)
    site.write("storm.md", title="Storm at the quay", section="politics", body=body)
    site.write("ar/storm.md", title="عاصفة على الرصيف", section="politics", body=body)
    site.write("calm.md", title="Calm after it", date="2026-11-02", tags=["Weather"], body=body)
    site.write("notes.md", title="Notes", date="2026-11-03", status="draft")
    site.write("tide.md", title="Tide", date="2026-11-24T06:00:00Z")
    site.write("papers.md", title="Papers", date="2026-11-04", embargo="2026-12-01T09:30:00Z")
    return site


@pytest.fixture
def new_reader(browser: Browser) -> Iterator[NewReader]:
    """Readers of what a server shows; errors in their pages fail the test."""
    with ExitStack() as stack:

        def make(server: Server, **how: Any) -> Reader:
            reader = Reader(browser, server.address.rstrip("/"), **how)
            reader.context.set_default_timeout(30_000)
            stack.callback(reader.close)
            return reader

        yield make


def bar_of(page: Page) -> Locator:
    return page.locator("sitegen-preview .bar")


def wrong_in(page: Page) -> Locator:
    """The mistakes over a page."""
    return page.locator("sitegen-preview dialog")


def found_by_axe(page: Page) -> list[str]:
    """What axe finds wrong with a page as it is shown, wide and narrow, light and dark."""
    page.evaluate(AXE)
    found: list[str] = []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme, rules in _SCHEMES:
            page.emulate_media(color_scheme=scheme)
            faults = [*page.evaluate(RUN, rules), *page.evaluate(FAINT)]
            found += [f"{page.url} {width} {scheme}: {fault}" for fault in faults]
    return found


def is_wider_than_its_window(page: Page) -> bool:
    """Whether somebody has to scroll to the side."""
    wide: bool = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return wide
