"""What the demo newspaper never shows: previews, sections with names of ours, endless words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SERVED, NewReader
from tests.browser.reader import Reader
from tests.browser.server import serving
from tests.browser.test_accessibility import AXE, NAMES, TAGS, faults
from tests.browser.test_reading import WIDE
from tests.site_test import SiteTest

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbe"
assert len(WORD) == 63
RTL = ("ar", "fa", "ur", "ps", "ckb", "sd", "ug", "he")
LANGUAGES = "".join(f'[languages.{lang}]\nsections = {{ opinion = "رأي" }}\n' for lang in RTL)
SETTINGS = f"""\
[site]
title = "The Test"
base_url = "https://test.example/"
language = "en"
tagline = "{WORD}"
[publisher]
follow = [{{ label = "{WORD}", url = "/follow/" }}]
policies = {{ {WORD.lower().replace("ä", "a")} = "/p/" }}
[sections.opinion]
title = "Opinion"
[sections.headlines]
title = "HEADLINES"
[sections.more]
title = "More stories"
[sections.last]
title = "{WORD}"
[taxonomies.place]
title = "{WORD}"
[types.long]
label = "{WORD}"
[search]
action = "https://search.example/"
[listings]
front = 5
{LANGUAGES}"""

LISTS = "---\ntitle: With lists\nlists: {news: {limit: 2}}\n---\nNo heading here.\n"
EMPHASIS = """\
*Leaning* and _once more_, <cite>a work</cite>, <dfn>a word</dfn> and <var>x</var>.

> A quotation, *leaning*.

## A heading
"""


@pytest.fixture(scope="module")
def rare(tmp_path_factory: pytest.TempPathFactory) -> SiteTest:
    site = SiteTest(tmp_path_factory.mktemp("rare") / "site", SETTINGS)
    for number, section in enumerate(("Opinion", "Headlines", "More", "Last") * 3):
        date = f"2026-11-{number + 1:02}"
        site.write(f"news{number}.md", title=f"News {number}", date=date, section=section)
    for name in ("flood", "fire"):
        date = "2026-11-20 23:30"
        site.write(f"{name}.md", title=f"The {name}", date=date, breaking="2026-11-23")
    site.write("view.md", title="A view", type="opinion", section="Opinion", date="2026-10-01")
    more: dict[str, Any] = {
        "tags": [WORD, "Sea"],
        "authors": [WORD, "Zoë"],
        "place": WORD,
        "section": "Last",
    }
    for number in range(9):
        day = f"2026-{number + 1:02}-03"
        kind = "opinion" if number % 2 else "long"
        title, kicker = f"{WORD} {number}", WORD
        site.write(f"w{number}.md", title=title, kicker=kicker, date=day, type=kind, **more)
    body = f"{WORD}\n\n## {WORD}\n\n| a | b |\n|---|---|\n| {WORD} | {WORD} |\n\n`{WORD}`\n"
    body += f"\n- {WORD}\n\n> {WORD}\n"
    parts: dict[str, Any] = {
        "key_points": [WORD],
        "faq": [{"question": WORD, "answer": WORD}],
        "sources": [{"title": WORD, "url": f"https://s.example/{WORD}", "publisher": WORD}],
        "why_it_matters": WORD,
        "summary": WORD,
        "corrections": [{"date": "2026-11-20", "text": WORD}],
    }
    more["tags"] = [WORD, *("n" * length for length in range(3, 30))]
    site.write("words.md", title=WORD, date="2026-11-19", type="long", body=body, **more, **parts)
    for lang in RTL:
        extra: dict[str, Any] = {
            "summary": "خبر",
            "key_points": ["خبر *مهم*"],
            "type": "opinion",
            "kicker": "خبر",
        }
        site.write(f"flood.{lang}.md", title="خبر", section="Opinion", body=EMPHASIS, **extra)
        site.write(f"other.{lang}.md", title="خبر", tags=["Sea"], date="2026-10-01", body="خبر.")
    site.write("pages/lists.md", LISTS)
    site.write("draft.md", title="A draft", status="draft", section="Opinion", date="2026-11-21")
    site.build().ok()
    return site.build("--preview").ok()


@pytest.fixture(scope="module")
def origin(rare: SiteTest) -> Iterator[str]:
    with serving(rare.public, SERVED) as origin:
        yield origin


@pytest.fixture(scope="module")
def preview(rare: SiteTest) -> Iterator[str]:
    with serving(rare.folder / "preview", SERVED) as origin:
        yield origin


def axe(reader: Reader, address: str) -> list[str]:
    page = reader.open(address)
    page.evaluate(AXE)
    found: list[str] = []
    for width in (1280, 360):
        reader.resize(width)
        found += [f"{address} {width}: {fault}" for fault in faults(page, TAGS)]
    return found


def test_axe_finds_nothing_in_rare_pages(visitor: Reader) -> None:
    """AC-01, AC-04: two breaking stories, sections called like parts of home, lists of a page."""
    page = visitor.open("/")
    expect(page.locator(".also a")).to_have_count(1)
    names: list[str] = page.locator("nav, section[aria-labelledby]").evaluate_all(NAMES)
    assert len({name.casefold() for name in names}) == len(names), names
    assert axe(visitor, "/") + axe(visitor, "/lists/") == []


def test_axe_finds_nothing_in_a_preview(preview: str, new_reader: NewReader) -> None:
    reader = new_reader(origin=preview)
    page = reader.open("/2026/11/draft/")
    expect(page.get_by_text("Draft: not published.").first).to_be_in_viewport()
    found = axe(reader, "/2026/11/draft/") + axe(reader, "/") + axe(reader, "/opinion/")
    assert found + axe(reader, "/2026/11/") == []
    expect(page.locator(".rows .mark")).to_have_text("Draft: not published.")


WINDOWS: dict[str, Any] = {
    "the smallest": {"width": 320},
    "1,280 pixels at 200 %": {"width": 640, "height": 400, "device_scale_factor": 2},
}
"""A browser's zoom gives a page fewer pixels of CSS, each of which is more pixels of the screen."""
LARGE = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("html { font-size: 200% }");
    document.adoptedStyleSheets = [sheet];
}"""


@pytest.mark.parametrize("window", WINDOWS)
def test_the_longest_words_scroll_no_page_sideways(
    window: str, rare: SiteTest, new_reader: NewReader
) -> None:
    """AC-07: a word without an end, wherever one can stand; 1.4.10, and 1.4.4 by zoom."""
    reader = new_reader(**WINDOWS[window])
    tag, ours = WORD.lower(), [path for path in rare.bytes if path.endswith(".html")]
    kinds = ["", "archive/", "tags/", "authors/", "place/", "last/", f"tags/{tag}/", "lists/"]
    kinds += [f"authors/{tag}/", f"place/{tag}/2026/", "2026/11/words/", "2026/", "2026/09/"]
    wide = []
    for kind in (*kinds, "404.html", "corrections/", "last/2026/01/"):
        path = kind if kind.endswith(".html") else f"{kind}index.html"
        assert path in ours, path
        if reader.open(f"/{kind}").evaluate(WIDE) > 0:
            wide.append(kind)
    assert wide == []


def test_letters_of_twice_the_size_scroll_no_page_sideways(new_reader: NewReader) -> None:
    """AC-07, 1.4.4: without a zoom, by the browser's setting for text alone."""
    reader = new_reader(width=640)
    for address in ("/", "/2026/11/words/", "/tags/", "/archive/", "/fa/"):
        page = reader.open(address)
        page.evaluate(LARGE)
        assert page.evaluate(WIDE) <= 0, address


STYLES = """() => [...document.querySelectorAll("body *")].filter(element =>
    [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())
    && element.checkVisibility() && !element.closest("[dir=ltr], svg, button, pre")
).map(element => {
    const { letterSpacing, fontStyle, fontSize, lineHeight } = getComputedStyle(element);
    const long = element.matches("main p:not([class]), main .standfirst, main blockquote");
    const room = parseFloat(lineHeight) / parseFloat(fontSize) - (long ? 1.6 : 1.4);
    const spaced = !["normal", "0px"].includes(letterSpacing);
    return spaced || fontStyle !== "normal" || room < -.01
        ? `${element.outerHTML.slice(0, 80)}: ${letterSpacing} ${fontStyle} ${room}` : "";
}).filter(Boolean)"""


@pytest.mark.parametrize("lang", RTL)
def test_scripts_from_right_to_left_are_not_spaced_do_not_lean_and_have_room(
    lang: str, visitor: Reader
) -> None:
    """AC-14: not in Arabic alone, and not in what authors emphasise."""
    for address in (f"/{lang}/", f"/{lang}/2026/11/flood/", f"/{lang}/tags/sea/"):
        page = visitor.open(address)
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        assert page.evaluate(STYLES) == [], address
    stressed = visitor.open(f"/{lang}/2026/11/flood/").locator(".story em")
    expect(stressed.first).to_have_css("font-weight", "700")


def test_a_count_is_not_parted_from_its_word(visitor: Reader) -> None:
    for address in ("/tags/", "/2026/"):
        page = visitor.open(address)
        for width in (320, 330, 340, 900, 1280):
            visitor.resize(width)
            counts = page.locator(":is(.terms, .months) span")
            lines = counts.evaluate_all("all => all.map(one => one.getClientRects().length)")
            assert lines and set(lines) == {1}, f"{address} at {width}"


def test_the_sections_of_home_fill_their_last_row(site: SiteTest, new_reader: NewReader) -> None:
    """However many there are: no hole where a column would be."""
    names = [f"s{number}" for number in range(7)]
    for name in names:
        for number in range(2):
            site.write(f"{name}-{number}.md", section=name, date=f"2026-10-{number + 1:02}")
    for number in range(15):
        site.write(f"news{number}.md")
    base = '[site]\ntitle = "T"\nbase_url = "https://test.example/"\n'
    reader = new_reader()
    for count in range(1, 8):
        sections = "".join(f"[sections.{name}]\n" for name in names[:count])
        site.settings(base + sections).build().ok()
        with serving(site.public, SERVED) as origin:
            reader.origin = origin
            page = reader.open("/")
            boxes = page.locator(".front").evaluate_all(
                "all => all.map(one => one.getBoundingClientRect())"
                ".map(({ top, left, right }) => ({ top, left, right }))"
            )
        main = page.locator("main").bounding_box()
        assert len(boxes) == count and main
        for top in {box["top"] for box in boxes}:
            right = max(box["right"] for box in boxes if box["top"] == top)
            assert abs(right - main["x"] - main["width"]) < 2, f"{count} sections"
