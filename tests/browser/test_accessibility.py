"""WCAG 2.2 AA on every kind of page, light and dark, narrow and wide, in both directions."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewReader
from tests.browser.demo import ALL, Demo
from tests.browser.reader import Reader
from tests.contrast import LIGHT

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that a colour scheme can change: half of the time for dark pages is saved."""
RUN = """async rules => {
    const found = await axe.run(document, {
        runOnly: rules, resultTypes: ["violations", "incomplete"], performanceTimer: false,
    });
    const unsure = found.incomplete.filter(rule => rule.id === "color-contrast");
    for (const rule of unsure)
        rule.nodes = rule.nodes.filter(node => node.any[0].data.messageKey !== "shortTextContent");
    return [...found.violations, ...unsure];
}"""
"""axe never judges a single letter; those of the chart are measured in a test of their own."""

CONTRASTS = (
    """selector => {"""
    + LIGHT
    + """
    return [...document.querySelectorAll(selector)].map(element => {
        const [a, b] = [light(getComputedStyle(element).fill), light(ground(element))];
        return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    });
}"""
)
"""Of what a chart's drawing fills, against the paper behind it (WCAG 2.2, contrast ratio)."""

NAMES = """all => all.map(part => {
    const by = part.getAttribute("aria-labelledby");
    const name = by ? document.getElementById(by).textContent : part.ariaLabel;
    return `${part.tagName} ${part.role ?? ""} ${name}`;
})"""
NAMELESS = """all => all.filter(part => !part.ariaLabel && !part.ariaLabelledByElements?.length)
    .map(part => part.outerHTML.slice(0, 120))"""
FOCUS = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return "end";
    const channels = colour => colour.match(/[\\d.]+/g).map(Number);
    const light = colour => {
        const [r, g, b] = channels(colour).slice(0, 3).map(part => part / 255)
            .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
        return .2126 * r + .7152 * g + .0722 * b;
    };
    const ground = element => {
        for (; element; element = element.parentElement) {
            const { backgroundColor } = getComputedStyle(element);
            if (channels(backgroundColor)[3] !== 0) return backgroundColor;
        }
    };
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
    const [a, b] = [light(outlineColor), light(ground(element.parentElement))];
    const contrast = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    const name = element.outerHTML.slice(0, 100);
    if (outlineStyle === "none" || parseFloat(outlineWidth) < 2 || contrast < 3)
        return `${name}: outline ${outlineStyle} ${outlineWidth}, ${contrast.toFixed(1)} to 1`;
    const boxes = [...element.getClientRects()].filter(box => box.width && box.height);
    const over = boxes.map(box => document.elementFromPoint(
        box.x + box.width / 2, box.y + box.height / 2));
    if (!over.some(seen => seen && (element.contains(seen) || seen.contains(element))))
        return `${name}: hidden behind ${over[0]?.outerHTML.slice(0, 100)}`;
    return "";
}"""

SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* {
        line-height: 1.5 !important; letter-spacing: .12em !important;
        word-spacing: .16em !important;
    } p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
}"""
"""The reader's spacing of WCAG 1.4.12, in a way that the page's policy does not stop."""
CLIPPED = """() => [...document.querySelectorAll("main *:not(.visually-hidden)")]
    .filter(element => {
        const style = getComputedStyle(element);
        const cut = /hidden|clip/;
        return cut.test(style.overflowY) && element.scrollHeight > element.clientHeight + 1
            || cut.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
    }).map(element => element.outerHTML.slice(0, 120))"""


def faults(page: Page, rules: list[str]) -> list[str]:
    """What axe finds wrong, and where it cannot tell whether the contrast is enough."""
    found: list[dict[str, Any]] = page.evaluate(RUN, rules)
    return [
        f"{rule['id']}: {node['target']} {node['html'][:120]}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("kind", ALL)
def test_axe_finds_nothing(kind: str, demo: Demo, visitor: Reader) -> None:
    """AC-01, AC-08, AC-09."""
    found: list[str] = []
    for address in demo.addresses(kind):
        page = visitor.open(address)
        page.evaluate(AXE)
        for width in (1280, 360):
            visitor.resize(width)
            page.emulate_media(color_scheme="light")
            found += [f"{address} {width} light: {fault}" for fault in faults(page, TAGS)]
            page.emulate_media(color_scheme="dark")
            found += [f"{address} {width} dark: {fault}" for fault in faults(page, COLOURS)]
    assert not found, "\n".join(found)


def test_letters_and_bars_of_the_chart_stand_out(reader: Reader) -> None:
    """AC-08: 4.5 to 1 for text, 3 to 1 for what is drawn."""
    page = reader.open("/archive/")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        letters, bars = page.evaluate(CONTRASTS, ".chart text"), page.evaluate(CONTRASTS, ".bar")
        assert min(letters) >= 4.5, scheme
        assert min(bars) >= 3, scheme


def test_axe_sees_a_fault(reader: Reader) -> None:
    """The rules do run, and do look at colours."""
    page = reader.open("/about/")
    page.evaluate(AXE)
    page.evaluate(
        "document.querySelector('h1').style.color = getComputedStyle(document.body).color"
    )
    page.evaluate("document.querySelector('h1').style.backgroundColor = 'rgb(27, 26, 24)'")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    found = " ".join(faults(page, TAGS))
    assert "color-contrast" in found
    assert "html-has-lang" in found


@pytest.mark.parametrize("kind", ALL)
def test_every_page_has_one_heading_one_main_part_and_named_landmarks(
    kind: str, demo: Demo, visitor: Reader
) -> None:
    """AC-02, AC-03, AC-04; S7: headings never skip a level."""
    for address in demo.addresses(kind):
        page = visitor.load(address)
        html = page.locator("html")
        arabic = kind.startswith("arabic ")
        expect(html).to_have_attribute("lang", "ar" if arabic else "en-GB")
        expect(html).to_have_attribute("dir", "rtl" if arabic else "ltr")
        expect(page.locator("h1")).to_have_count(1)
        for landmark in ("main", "body > header", "body > footer"):
            expect(page.locator(landmark)).to_have_count(1)
        levels: list[int] = page.locator("h1, h2, h3, h4, h5, h6").evaluate_all(
            "all => all.map(heading => Number(heading.tagName[1]))"
        )
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        names: list[str] = page.locator("nav, section, form").evaluate_all(NAMES)
        assert len(set(names)) == len(names), f"{address}: {names}"
        assert page.locator("nav, section").evaluate_all(NAMELESS) == [], address


def test_the_skip_link_comes_first_is_seen_and_leads_to_the_text(reader: Reader) -> None:
    """AC-03."""
    for address in ("/", "/ar/"):
        page = reader.open(address)
        page.keyboard.press("Tab")
        link = page.locator("a.skip")
        expect(link).to_be_focused()
        expect(link).to_be_in_viewport(ratio=1)
        page.keyboard.press("Enter")
        page.wait_for_function("location.hash === '#main'")
        page.keyboard.press("Tab")
        expect(page.locator("main :focus")).to_have_count(1)


def test_what_is_in_another_language_says_so(demo: Demo, reader: Reader) -> None:
    """AC-02: a translation's link, and the switch of languages."""
    page = reader.load(demo.first('class="translations"', '<html lang="en-GB"'))
    for link in page.locator(".translations a, .languages a").all():
        expect(link).to_have_attribute("lang", re.compile(".+"))
        expect(link).to_have_attribute(
            "dir", "rtl" if link.get_attribute("lang") == "ar" else "ltr"
        )


@pytest.mark.parametrize("root", ["", "ar/"])
def test_the_readers_own_spacing_cuts_nothing_off(root: str, demo: Demo, reader: Reader) -> None:
    """AC-07: text spacing, WCAG 1.4.12."""
    for address in demo.articles(root):
        page = reader.open(address)
        for width in (1280, 320):
            reader.resize(width)
            assert page.evaluate(CLIPPED) == [], f"{address} at {width}"
            page.evaluate(SPACED)
            assert page.evaluate(CLIPPED) == [], f"{address} at {width}, spaced"
            page.evaluate("document.adoptedStyleSheets = []")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["home", "articles", "month", "archive", "arabic articles"])
def test_whatever_has_the_focus_shows_it(
    kind: str, scheme: str, demo: Demo, new_reader: NewReader
) -> None:
    """AC-08: an outline of 2 px and 3 to 1, and nothing that sticks lies over it (2.4.11)."""
    # Smooth scrolling would still be under way when the test looks.
    reader = new_reader(color_scheme=scheme, height=500, reduced_motion="reduce")
    page = reader.open(demo.addresses(kind)[0])
    stops = page.evaluate("() => document.querySelectorAll('a, button, input, summary').length")
    unseen: list[str] = []
    seen = 0
    for _ in range(stops + 2):
        page.keyboard.press("Tab")
        fault = page.evaluate(FOCUS)
        if fault == "end":
            break
        seen += 1
        unseen += [fault] if fault else []
    assert seen > 20
    assert unseen == []
