"""Corrections in their own feed: what readers who want to know what was wrong can follow."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from tests.site_test import SETTINGS, SiteTest

FEED = "corrections/feed.xml"


def items(site: SiteTest, path: str = FEED) -> list[dict[str, str]]:
    """The entries of a feed, in their order."""
    channel = ElementTree.fromstring(site.page(path)).find("channel")
    assert channel is not None
    entries = [{part.tag: part.text or "" for part in item} for item in channel.iter("item")]
    assert len({entry["guid"] for entry in entries}) == len(entries)
    return entries


def texts(site: SiteTest, path: str = FEED) -> list[str]:
    return [item["description"] for item in items(site, path)]


def corrected(site: SiteTest, path: str, *corrections: tuple[str, str], **more: Any) -> SiteTest:
    entries = [{"date": date, "text": text} for date, text in corrections]
    return site.write(path, title=f"T {path}", corrections=entries, **more)


def test_the_newest_correction_of_all_articles_comes_first(site: SiteTest) -> None:
    corrected(site, "a.md", ("2026-11-03", "A1"), ("2026-11-09 10:00", "A2"))
    corrected(site, "b.md", ("2026-11-05", "B1")).write("c.md", title="C").build().ok()
    assert texts(site) == ["A2", "B1", "A1"]
    assert items(site)[0] == {
        "title": "T a.md",
        "link": items(site)[0]["guid"],
        "guid": items(site)[0]["guid"],
        "pubDate": "Mon, 09 Nov 2026 10:00:00 GMT",
        "description": "A2",
    }
    assert "<lastBuildDate>Mon, 09 Nov 2026 10:00:00 GMT</lastBuildDate>" in site.page(FEED)


def test_each_leads_to_its_place_in_the_article_and_so_does_the_log(site: SiteTest) -> None:
    corrected(site, "a.md", ("2026-11-03", "A1"), ("2026-11-03", "A2")).build().ok()
    for item in items(site):
        address, _, place = item["link"].partition("#")
        assert address == "https://test.example/2026/11/a/"
        assert place.startswith("correction-2026-11-03-")
        assert site.page("2026/11/a/index.html").count(f'<li id="{place}">') == 1
        assert f'href="/2026/11/a/#{place}"' in site.page("corrections/index.html")


@pytest.mark.parametrize("above", [True, False])
def test_one_more_on_the_same_day_leaves_the_names_of_the_others(
    site: SiteTest, above: bool
) -> None:
    """A feed reader shows what has a name that it does not know, and nothing else."""
    old = [("2026-11-03", "A1"), ("2026-11-03", "A2")]
    corrected(site, "a.md", *old).build().ok()
    before = {item["description"]: item["guid"] for item in items(site)}
    new = ("2026-11-03", "A3")
    corrected(site, "a.md", *([new, *old] if above else [*old, new])).build().ok()
    after = {item["description"]: item["guid"] for item in items(site)}
    assert after.keys() - before.keys() == {"A3"}
    assert before.items() <= after.items()


def test_the_whole_text_is_there_with_whole_addresses(site: SiteTest) -> None:
    site.settings(SETTINGS.replace("https://test.example/", "https://test.example/news/"))
    text = (
        "*Five*, see [b](b.md#part), [the file](map.pdf), [below](#faq), [held](held.md) & <b>c</b>"
    )
    corrected(site, "a.md", ("2026-11-03", text)).write("b.md").write("map.pdf", b"map")
    site.write("held.md", slug="held", status="draft").build().ok()
    assert texts(site) == [
        '<em>Five</em>, see <a href="https://test.example/news/2026/11/b/#part">b</a>, '
        '<a href="https://test.example/news/map.pdf">the file</a>, '
        '<a href="https://test.example/news/2026/11/a/#faq">below</a>, held &amp; <b>c</b>'
    ]
    assert 'href="https://test.example/news/corrections/feed.xml"' in site.page(FEED)


def test_an_article_without_corrections_leaves_the_feed_alone(site: SiteTest) -> None:
    corrected(site, "a.md", ("2026-11-03", "A1")).build().ok()
    site.write("new.md", title="New", date="2026-11-20", tags=["t"]).build().ok()
    assert not site.rendered.intersection({FEED, "corrections/index.html"})
    corrected(site, "new.md", ("2026-11-21", "N1")).build().ok()
    assert site.changed.issuperset({FEED, "corrections/index.html"})
    assert texts(site) == ["N1", "A1"]


def test_every_language_has_its_own(site: SiteTest) -> None:
    site.settings(SETTINGS + '[languages.ar]\ntitle = "T"\n')
    corrected(site, "a.md", ("2026-11-03", "A1")).build().ok()
    assert (texts(site), texts(site, f"ar/{FEED}")) == (["A1"], [])
    assert "lastBuildDate" not in site.page(f"ar/{FEED}")
    corrected(site, "ar/b.md", ("2026-11-03", "B1")).build().ok()
    assert (texts(site), texts(site, f"ar/{FEED}")) == (["A1"], ["B1"])


@pytest.mark.parametrize(
    "address, log, feed",
    [
        ("/errata/", "errata/index.html", "errata/feed.xml"),
        ("/about/errata.html", "about/errata.html", "about/errata/feed.xml"),
    ],
)
def test_it_lies_below_the_log(site: SiteTest, address: str, log: str, feed: str) -> None:
    site.settings(SETTINGS + f'[urls]\ncorrections = "{address}"\n')
    corrected(site, "a.md", ("2026-11-03", "A1")).build().ok()
    assert texts(site, feed) == ["A1"]
    link = f'title="Corrections | The Test" href="https://test.example/{feed}">'
    assert link in site.page(log) and link not in site.page("index.html")
    assert f"<link>https://test.example{address}</link>" in site.page(feed)


def test_without_a_log_there_is_no_feed(site: SiteTest) -> None:
    site.settings(SETTINGS + '[urls]\ncorrections = ""\n')
    corrected(site, "a.md", ("2026-11-03", "A1")).build().ok()
    assert not [path for path in site.bytes if "correction" in path]


def test_a_preview_has_none(site: SiteTest) -> None:
    corrected(site, "a.md", ("2026-11-03", "A1")).build("--preview").ok()
    log = (site.folder / "preview/corrections/index.html").read_text(encoding="utf-8")
    assert "A1" in log and "feed.xml" not in log
    assert not (site.folder / "preview" / FEED).exists()


def test_it_holds_as_many_as_the_settings_say(site: SiteTest) -> None:
    site.settings(SETTINGS + "[feeds]\nitems = 2\n")
    corrected(site, "a.md", *((f"2026-11-0{day}", f"A{day}") for day in range(2, 7)))
    assert texts(site.build().ok()) == ["A6", "A5"]
