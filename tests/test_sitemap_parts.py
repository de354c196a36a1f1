"""Sitemaps of archives too large for one: an archive that answers from nothing, and a `fetch`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

import pytest

from sitegen import instants
from sitegen.config import Config
from sitegen.index.archive import ArchiveAt
from sitegen.model import Archive, Article, Json, Key, Moment
from sitegen.outputs import Page
from sitegen.plan import sitemaps
from sitegen.plan.parts import MOST_BYTES, MOST_URLS, divided
from sitegen.render.page import Renderer
from sitegen.render.theme import load_theme
from tests.sitemap_xml import entries, faults
from tests.test_docs import ROOT

NOW = 1_795_348_800
"""2026-11-22T12:00:00Z"""
CONFIG = Config.model_validate({"site": {"title": "T", "base_url": "https://test.example/"}})
BASE: Mapping[str, Any] = {
    name: ()
    for name in ("terms", "related", "refs", "open_refs", "recording", "aliases")
} | {
    name: ""
    for name in ("section", "reason", "template", "pair", "translation_of", "picture", "focus")
} | {
    name: False for name in ("draft", "featured", "noindex", "elsewhere", "paywall")
} | {
    name: None for name in ("embargo", "expires", "withdrawn", "breaking", "updated", "corrected")
} | {"lang": "en", "type": "news"}  # fmt: skip


def article(number: int, day: str = "2020-01-01", length: int = 0) -> Article:
    date = instants.to_seconds(instants.parse_instant(f"{day}T09:00:00Z", instants.zone("UTC")))
    url = f"/{day[:4]}/{day[5:7]}/a{number}{'x' * length}/"
    source = f"a{number}.md"
    more = {"source": source, "card": f"summary:{source}", "url": url, "day": day}
    return Article(**{**BASE, **more, "date": date, "modified": date})


def plan(articles: Sequence[Article]) -> list[Page]:
    archive = ArchiveAt(articles, (), CONFIG, Moment(NOW))
    return list(sitemaps.pages(cast(Archive, archive), CONFIG, ()))


@cache
def renderer() -> Renderer:
    return Renderer(load_theme("broadsheet", ROOT).templates)


def render(page: Page, cards: Mapping[str, Article]) -> bytes:
    """A page, from cards that are made when they are asked for."""

    class Facts(dict[Key, Json]):
        def __missing__(self, key: Key) -> Json:
            kind, _, rest = key.partition(":")
            if kind == "site":
                return {"base_url": "https://test.example/", "languages": [{"lang": "en"}]}
            if kind != "summary":
                return {}
            one = cards[rest]
            date = instants.utc(instants.from_seconds(one.date))
            return {"url": one.url, "date": date, "modified": "", "lang": "en", "image": None}

    return renderer().render(page, Facts())


def parts(pages: Sequence[Page]) -> dict[str, tuple[str, ...]]:
    """Path → cards of every part."""
    return {
        p.path: cast(tuple[str, ...], p.needs[0][1]) for p in pages if p.template == "sitemap.xml"
    }


def test_a_hundred_and_twenty_thousand_articles_of_a_month_are_divided() -> None:
    """SM-01, SM-03: each part within the limits and valid, each article in one of them."""
    articles = sorted((article(n) for n in range(120_000)), key=lambda one: (one.date, one.url))
    cards = {one.source: one for one in articles}
    pages = plan(articles)
    made = {page.path: render(page, cards) for page in pages}
    found = [path for path in made if path.startswith("sitemaps/2020-01")]
    assert found == [f"sitemaps/2020-01{end}.xml" for end in ("", "-2", "-3", "-4")]
    seen: list[str] = []
    for path in found:
        assert len(made[path]) <= 50 * 1024 * 1024
        locs = [entry.loc for entry in entries(made[path])]
        assert 1 <= len(locs) <= 50_000
        seen += locs
    assert len(seen) == len(set(seen)) == 120_000
    assert not faults(made["sitemaps/2020-01-3.xml"]) and not faults(made["sitemap.xml"])
    index = [entry.loc for entry in entries(made["sitemap.xml"])]
    assert index == [f"https://test.example/{path}" for path in found]


def test_articles_over_many_months_have_a_part_for_each() -> None:
    """SM-02: nothing is split that need not be."""
    articles = [article(n, f"{2000 + n // 12:04}-{n % 12 + 1:02}-05") for n in range(240)]
    paths = list(parts(plan(articles)))
    assert len(paths) == 240 and not [path for path in paths if path.count("-") > 1]


def test_a_part_that_grows_gives_half_to_a_new_one_and_the_others_keep_all() -> None:
    """SM-02: no address is given up, no article but those of the full part moves."""
    numbers = [0, 50_000, 50_001, 99_000, 101_000, 120_000]
    every = [f"/2020/01/a{n}/" for n in range(120_000)]
    before: dict[int, set[str]] = {}
    for count in numbers:
        now = {number: set(some) for number, some in divided(every[:count], str, len)}
        assert sum(map(len, now.values())) == count
        assert before.keys() <= now.keys()
        for number, urls in before.items():
            if len(urls) and number in now:
                moved = urls - now[number]
                assert not moved or len(moved) < 0.55 * len(urls)
        again = {number: set(some) for number, some in divided(every[:count], str, len)}
        assert again == now
        before = now
    assert len(before) == 4


def test_one_more_article_changes_one_part_of_a_month_that_is_divided() -> None:
    """SM-02: the others have the very same articles in the very same order."""
    every = [f"/2020/01/a{n}/" for n in range(60_001)]
    old, new = (dict(divided(some, str, len)) for some in (every[:-1], every))
    assert [number for number in new if new[number] != old.get(number)] in ([1], [2])


def test_the_order_of_the_articles_does_not_choose_their_parts() -> None:
    every = [f"/2020/01/a{n}/" for n in range(60_000)]
    one = {number: set(some) for number, some in divided(every, str, len)}
    other = {number: set(some) for number, some in divided(every[::-1], str, len)}
    assert one == other


def test_parts_are_divided_by_their_bytes_too() -> None:
    """SM-01: 50 MB is reached before 50,000 addresses when addresses are long."""
    articles = [article(n, length=900) for n in range(40_000)]
    cards = {one.source: one for one in articles}
    pages = [page for page in plan(articles) if page.path.startswith("sitemaps/2020")]
    assert len(pages) == 2
    for page in pages:
        data = render(page, cards)
        assert len(data) <= 50 * 1024 * 1024 and len(page.needs[0][1]) < 25_000


@pytest.mark.parametrize("count", [0, 1, MOST_URLS])
def test_what_fits_is_one_part(count: int) -> None:
    every = [f"/{n}/" for n in range(count)]
    assert list(divided(every, str, len)) == [(1, every)]


def test_an_item_that_is_too_large_by_itself_is_one_part() -> None:
    assert list(divided(["/a/"], str, lambda _: MOST_BYTES + 1)) == [(1, ["/a/"])]
