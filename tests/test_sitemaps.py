"""Sitemaps: what they list, when they change, what schemas and search engines ask of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import unquote

import html5lib
import pytest

from tests.site_test import SETTINGS, SiteTest
from tests.sitemap_xml import entries, faults, index, listed, sitemaps

BASE = "https://test.example/"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fcff"
    "9fa11e000782027f3dc848ef0000000049454e44ae426082"
)
TWO_LANGUAGES = """\
[site]
title = "The Test"
base_url = "https://test.example/"
language = "en-GB"
timezone = "Europe/London"
[publisher]
name = "Test & Sons"
[sections.politics]
[languages.ar]
title = "الاختبار"
[languages.zh-Hant]
"""


@pytest.fixture
def paper(site: SiteTest) -> SiteTest:
    """A site in three languages with one of everything that sitemaps treat apart."""
    site.settings(TWO_LANGUAGES)
    site.file("content/quay.png", PIXEL).file("content/map.png", PIXEL)
    hero = {"src": "quay.png", "alt": "The quay"}
    site.write("storm.md", date="2026-11-22T09:00:00Z", section="politics", image=hero)
    site.write("vote.md", date="2026-11-03", updated="2026-11-05", body="![Map](map.png)")
    site.write("ar/vote.md", title="تصويت", date="2026-10-03", slug="تصويت")
    site.write("zh-Hant/vote.md", title="投票", date="2026-11-21T20:00:00Z", noindex=True)
    site.write("old.md", date="1935-06-01", tags=["harbour & quay"])
    site.write("paid.md", date="2026-11-22T08:00:00Z", type="sponsored")
    site.write("copied.md", date="2026-11-22T07:00:00Z", canonical_url="https://first.example/x")
    site.write("own.md", date="2026-11-22T06:00:00Z", canonical_url=f"{BASE}2026/11/own/")
    site.write("hidden.md", date="2026-11-22T05:00:00Z", noindex=True)
    site.write("draft.md", status="draft").write("later.md", date="2026-12-01")
    site.write("gone.md", expires="2026-11-02")
    site.write("freed.md", date="2026-11-01", embargo="2026-11-21T12:00:00Z")
    site.write("pages/about.md", "---\ntitle: About\nupdated: 2026-03-01\n---\nText.\n")
    site.write("ar/pages/about.md", "---\ntitle: من نحن\n---\nText.\n")
    site.write("pages/legal.md", "---\ntitle: Legal\nnoindex: true\n---\nText.\n")
    return site.build().ok()


def pages(site: SiteTest) -> Iterator[tuple[str, Any]]:
    """(address, its parsed head) of every HTML page."""
    for path, data in site.bytes.items():
        if path.endswith(".html"):
            address = BASE + path.removesuffix("index.html")
            yield address, html5lib.parse(data.decode(), namespaceHTMLElements=False)


def test_every_sitemap_is_as_its_schema_asks(paper: SiteTest) -> None:
    """SM-03: the order of elements, absolute and encoded addresses of this host, UTF-8."""
    paths = {"sitemap.xml", "sitemaps/news.xml", *dict(index(paper))}
    assert len(paths) == 6
    for path in paths:
        assert not faults(paper.bytes[path]), path
        for entry in entries(paper.bytes[path]):
            assert entry.loc.startswith(BASE) and entry.loc.isascii()
    assert f"{BASE}ar/2026/10/%D8%AA%D8%B5%D9%88%D9%8A%D8%AA/" in listed(paper)


def test_the_schema_refuses_what_search_engines_refuse(paper: SiteTest) -> None:
    """SM-03: the schema of these tests can find a fault."""
    good = paper.bytes["sitemaps/2026-11.xml"]
    image = good[good.index(b"<image:image>") : good.index(b"</image:image>") + 14]
    wrong = good.replace(image, b"").replace(b"<lastmod>", image + b"<lastmod>", 1)
    assert faults(wrong)
    assert faults(good.replace(BASE.encode(), b"/"))
    assert faults(good.replace(b"Z</lastmod>", b"</lastmod>"))
    assert faults(paper.bytes["sitemaps/news.xml"].replace(b">en<", b">en-GB<"))


def test_an_index_names_every_sitemap_however_small_the_site(site: SiteTest) -> None:
    """SM-01: the index is always there, so that addresses never move."""
    site.build().ok()
    assert [path for path, _ in index(site)] == ["sitemaps/pages.xml"]
    assert not faults(site.bytes["sitemaps/pages.xml"])


def test_the_index_says_the_newest_change_of_each_part(paper: SiteTest) -> None:
    """SM-02: `lastmod` in the index is the greatest of the part."""
    for path, changed in index(paper):
        told = [entry.lastmod for entry in entries(paper.bytes[path]) if entry.lastmod]
        assert changed == max(told)
    assert dict(index(paper))["sitemaps/1935-06.xml"] == "1935-05-31T23:00:00Z"


def test_publishing_changes_one_part_and_the_index(paper: SiteTest) -> None:
    """SM-02: every other sitemap keeps its bytes."""
    paper.write("newest.md", date="2026-11-22T11:00:00Z", section="politics").build().ok()
    assert {path for path in paper.changed if "sitemap" in path} == {
        "sitemaps/2026-11.xml",
        "sitemaps/news.xml",
        "sitemap.xml",
    }
    paper.write("backdated.md", date="1935-06-02").build().ok()
    assert {path for path in paper.changed if "sitemap" in path} == {
        "sitemaps/1935-06.xml",
        "sitemap.xml",
    }
    paper.write("between.md", date="2026-11-04", section="politics").build().ok()
    assert {path for path in paper.changed if "sitemap" in path} == {"sitemaps/2026-11.xml"}
    paper.remove("later.md")
    paper.write("first.md", date="2027-01-01").build(now="2027-01-01T12:00:00Z").ok()
    assert {path for path in paper.changed if "sitemap" in path} == {
        "sitemaps/2027-01.xml",
        "sitemaps/pages.xml",
        "sitemaps/news.xml",
        "sitemap.xml",
    }


def test_what_was_not_changed_keeps_its_date(paper: SiteTest) -> None:
    """SM-04: `lastmod` is the content's, with its zone, whenever the site is built."""
    found = listed(paper)
    assert found[f"{BASE}2026/11/vote/"].lastmod == "2026-11-05T00:00:00Z"
    assert found[f"{BASE}2026/11/storm/"].lastmod == "2026-11-22T09:00:00Z"
    assert found[f"{BASE}about/"].lastmod == "2026-03-01T00:00:00Z"
    assert not found[BASE].lastmod
    before = {loc: entry.lastmod for loc, entry in found.items()}
    paper.write("vote.md", date="2026-11-03", updated="2026-11-05", body="A comma, corrected.")
    paper.build("--clean", now="2026-11-24T00:00:00Z").ok()
    assert {loc: entry.lastmod for loc, entry in listed(paper).items()} == before


def test_neither_frequencies_nor_priorities_are_told(paper: SiteTest) -> None:
    """SM-04: search engines ignore them."""
    for path, data in paper.bytes.items():
        assert "sitemap" not in path or (b"changefreq" not in data and b"priority" not in data)


def test_a_correction_is_a_change_and_a_minor_one_is_none(paper: SiteTest) -> None:
    """SM-04, TR-03: by the same rule as `dateModified`."""
    address = f"{BASE}2026/11/vote/"
    for minor, changed in ((True, "2026-11-05T00:00:00Z"), (False, "2026-11-06T00:00:00Z")):
        said = [{"date": "2026-11-06", "text": "Not so.", "minor": minor}]
        paper.write("vote.md", date="2026-11-03", updated="2026-11-05", corrections=said)
        assert listed(paper.build().ok())[address].lastmod == changed


def test_what_an_embargo_held_changed_when_it_was_first_seen(paper: SiteTest) -> None:
    """SM-04: before that instant the page was not there."""
    assert listed(paper)[f"{BASE}2026/11/freed/"].lastmod == "2026-11-21T12:00:00Z"


def test_every_page_that_search_engines_may_show_is_listed_once_and_no_other(
    paper: SiteTest,
) -> None:
    """SM-05: no 404, notice, draft, `noindex`, nor what has its canonical address elsewhere."""
    wanted = set()
    for address, page in pages(paper):
        robots = page.find("./head/meta[@name='robots']")
        canonical = page.find("./head/link[@rel='canonical']")
        kept_out = robots is not None and "noindex" in robots.get("content")
        if not kept_out and canonical.get("href") in (address, listed_form(address)):
            wanted.add(unquote(address))
    assert {unquote(loc) for loc in listed(paper)} == wanted
    text = "".join(data.decode() for path, data in paper.bytes.items() if "sitemap" in path)
    for absent in ("copied", "hidden", "draft", "later", "gone", "404", "legal"):
        assert f"/{absent}" not in text
    assert f"{BASE}2026/11/own/" in listed(paper) and f"{BASE}2026/11/paid/" in listed(paper)


def listed_form(address: str) -> str:
    from sitegen.urls import encode

    return BASE + encode(address.removeprefix(BASE))


def test_what_is_withdrawn_leaves_the_sitemap(paper: SiteTest) -> None:
    """SM-05, TR-07: a notice in its place is no page for search engines."""
    paper.write("storm.md", date="2026-11-22T09:00:00Z", withdrawn={"date": "2026-11-22T10:00:00Z"})
    assert f"{BASE}2026/11/storm/" not in listed(paper.build().ok())
    assert b"storm" not in paper.bytes["sitemaps/news.xml"]


def test_the_news_sitemap_holds_two_days_of_news(paper: SiteTest) -> None:
    """SM-06: name, ISO 639 language, original instant, title; nothing paid for or hidden."""
    paper.write(
        "storm.md", title="A & <B>", date="2026-11-22T09:00:00Z", updated="2026-11-22T10:00:00Z"
    )
    paper.write("ar/now.md", title="الآن", date="2026-11-21T20:00:00Z")
    paper.write("zh-Hant/now.md", title="現在", date="2026-11-21T20:00:00Z")
    found = {
        entry.loc: entry.news for entry in entries(paper.build().ok().bytes["sitemaps/news.xml"])
    }
    assert {loc.removeprefix(BASE) for loc in found} == {
        "2026/11/storm/",
        "2026/11/own/",
        "2026/11/freed/",
        "ar/2026/11/now/",
        "zh-Hant/2026/11/now/",
    }
    assert found[f"{BASE}2026/11/storm/"] == {
        "name": "Test & Sons",
        "language": "en",
        "publication_date": "2026-11-22T09:00:00Z",
        "title": "A & <B>",
    }
    assert found[f"{BASE}2026/11/freed/"]["publication_date"] == "2026-11-21T12:00:00Z"
    assert found[f"{BASE}ar/2026/11/now/"]["name"] == "الاختبار"
    assert found[f"{BASE}ar/2026/11/now/"]["language"] == "ar"
    assert found[f"{BASE}zh-Hant/2026/11/now/"]["language"] == "zh-tw"
    assert not faults(paper.bytes["sitemaps/news.xml"])


def test_a_news_sitemap_has_at_most_a_thousand_articles(site: SiteTest) -> None:
    """SM-06: the newest of them."""
    for number in range(1003):
        moment = f"2026-11-22T{number // 100:02}:{number % 60:02}:00Z"
        site.write(f"a{number}.md", date=moment, slug=f"a{number}")
    found = entries(site.build().ok().bytes["sitemaps/news.xml"])
    dates = [entry.news["publication_date"] for entry in found]
    assert len(found) == 1000 and dates == sorted(dates, reverse=True)
    left = set(listed(site)) - {entry.loc for entry in found}
    oldest = sorted((f"2026-11-22T00:{n % 60:02}", f"a{n}") for n in range(100))[:3]
    assert {loc.split("/")[-2] for loc in left if "/11/a" in loc} == {name for _, name in oldest}


def test_news_ages_out_and_leaves_a_valid_empty_sitemap(site: SiteTest) -> None:
    """SM-07: two days later the address is gone; nothing else is to be built for that."""
    site.write("a.md", date="2026-11-21T08:00:00Z").write("b.md", date="2026-11-22T08:00:00Z")
    site.build().ok()
    assert site.report["next_due"] == "2026-11-23T08:00:00Z"
    site.build(now="2026-11-23T07:59:59Z").ok()
    assert site.changed == set()
    site.build(now="2026-11-23T08:00:00Z").ok()
    assert site.changed == {"sitemaps/news.xml"}
    (left,) = entries(site.bytes["sitemaps/news.xml"])
    assert left.loc == f"{BASE}2026/11/b/" and site.report["next_due"] == "2026-11-24T08:00:00Z"
    site.build(now="2026-11-24T12:00:00Z").ok()
    assert entries(site.bytes["sitemaps/news.xml"]) == [] and site.report["next_due"] is None
    assert b"<urlset " in site.bytes["sitemaps/news.xml"]
    assert f"{BASE}2026/11/a/" in listed(site)


def test_a_timer_builds_when_news_ages_out(site: SiteTest) -> None:
    """SM-07: `--if-due` knows the instant."""
    site.write("a.md", date="2026-11-21T08:00:00Z").build().ok()
    site.build("--if-due", now="2026-11-23T07:59:00Z").ok()
    assert site.report["due"] is False
    site.build("--if-due", now="2026-11-23T08:00:00Z").ok()
    assert site.changed == {"sitemaps/news.xml"}


def test_the_two_days_begin_when_readers_could_first_see_it(site: SiteTest) -> None:
    """SM-07: an embargo moves the instant, whatever the date says."""
    site.write("a.md", date="2026-11-01", embargo="2026-11-22T11:00:00Z").build().ok()
    assert [e.loc for e in entries(site.bytes["sitemaps/news.xml"])] == [f"{BASE}2026/11/a/"]
    assert site.report["next_due"] == "2026-11-24T11:00:00Z"


def test_pictures_stand_with_their_page(paper: SiteTest) -> None:
    """SM-08: the hero and pictures in the text, each with its address alone."""
    found = listed(paper)
    for page, name in (("storm", "quay"), ("vote", "map")):
        (image,) = found[f"{BASE}2026/11/{page}/"].images
        path = image.removeprefix(BASE)
        assert path.startswith("_pictures/") and f"/{name}-" in path and path in paper.bytes
    text = paper.page("sitemaps/2026-11.xml")
    assert "image:caption" not in text and "image:title" not in text
    for path in (loc.removeprefix(BASE) for e in found.values() for loc in e.images):
        assert path in paper.bytes


def test_what_subscribers_pay_for_shows_no_pictures_here(paper: SiteTest) -> None:
    """SM-08, TR-12: the sitemap tells of no picture that the page does not show."""
    body = "First.\n\nSecond.\n\n![Map](map.png)"
    paper.write("vote.md", date="2026-11-03", paywall=True, body=body).build().ok()
    assert listed(paper)[f"{BASE}2026/11/vote/"].images == []


def test_no_page_has_more_than_a_thousand_pictures(site: SiteTest) -> None:
    """SM-08: what is above that is left out."""
    for number in range(1002):
        site.file(f"content/p{number}.png", PIXEL)
    site.write("a.md", body="\n\n".join(f"![{n}](p{n}.png)" for n in range(1002))).build().ok()
    images = listed(site)[f"{BASE}2026/11/a/"].images
    assert len(images) == len(set(images)) == 1000


def test_translations_are_the_same_in_the_sitemap_and_in_each_page(paper: SiteTest) -> None:
    """SM-09: with the page itself and `x-default`, reciprocal, for every page of the site."""
    found = {unquote(loc): entry for loc, entry in listed(paper).items()}
    with_links = 0
    for address, page in pages(paper):
        links = page.findall("./head/link[@rel='alternate'][@hreflang]")
        told = {link.get("hreflang"): link.get("href") for link in links}
        assert len(told) == len(links)
        entry = found.get(unquote(address))
        assert told == (entry.alternates if entry else {}), address
        if told:
            with_links += 1
            assert unquote(address) in map(unquote, told.values()) and "x-default" in told
            for other in told.values():
                assert found[unquote(other)].alternates == told
    assert with_links > 10
    vote = found[f"{BASE}2026/11/vote/"].alternates
    assert list(vote) == ["en-GB", "ar", "x-default"]  # its Chinese version is `noindex`
    assert vote["x-default"] == vote["en-GB"]
    assert set(found[BASE].alternates) == {"en-GB", "ar", "zh-Hant", "x-default"}
    assert set(found[f"{BASE}about/"].alternates) == {"en-GB", "ar", "x-default"}


def test_x_default_is_the_first_language_of_the_settings_that_there_is(site: SiteTest) -> None:
    """SM-09: a page that is not in the site's own language has one all the same."""
    site.settings(TWO_LANGUAGES)
    site.write("ar/a.md", date="2026-11-01").write("zh-Hant/a.md", date="2026-11-01").build().ok()
    links = listed(site)[f"{BASE}ar/2026/11/a/"].alternates
    assert links["x-default"] == links["ar"] and set(links) == {"ar", "zh-Hant", "x-default"}


def test_of_two_translations_into_one_language_the_older_counts(site: SiteTest) -> None:
    """SM-09: links that are not answered would be ignored, all of them."""
    site.settings(TWO_LANGUAGES)
    site.write("ar/a.md", date="2026-11-01").write("a.md", date="2026-11-02")
    site.write("b.md", date="2026-11-03", translation_of="ar/a.md").build().ok()
    found = listed(site)
    assert found[f"{BASE}ar/2026/11/a/"].alternates["en-GB"] == f"{BASE}2026/11/a/"
    assert found[f"{BASE}2026/11/b/"].alternates == {}
    assert "hreflang" not in site.page("2026/11/b/index.html").partition("</head>")[0]


def test_hiding_a_translation_changes_its_siblings(paper: SiteTest) -> None:
    """SM-09: incrementally too."""
    paper.write("ar/vote.md", title="تصويت", date="2026-10-03", slug="تصويت", noindex=True)
    paper.build().ok()
    assert listed(paper)[f"{BASE}2026/11/vote/"].alternates == {}
    assert paper.bytes == paper.clean_bytes()


def test_a_site_in_one_language_names_none(site: SiteTest) -> None:
    """SM-09: nothing to tell."""
    site.write("a.md").build().ok()
    assert all(not entry.alternates for entry in listed(site).values())
    assert not [p for p, d in site.bytes.items() if p.endswith(".html") and b"hreflang" in d]


def test_dates_of_long_ago_are_dates_for_xml(site: SiteTest) -> None:
    """SM-03: Amsterdam was 19 minutes and 32 seconds ahead; XML's dates know no seconds there."""
    site.settings(SETTINGS.replace("Europe/London", "Europe/Amsterdam"))
    site.write("a.md", date="1930-05-01 12:00", updated="1930-05-02").build().ok()
    assert not faults(site.bytes["sitemaps/1930-05.xml"])
    moment = datetime.fromisoformat(listed(site)[f"{BASE}1930/05/a/"].lastmod)
    assert moment.utcoffset() is not None


def test_an_incremental_build_writes_the_sitemaps_of_a_clean_one(paper: SiteTest) -> None:
    paper.remove("storm.md").write("old.md", date="1936-07-01").build().ok()
    assert "sitemaps/1935-06.xml" in paper.removed
    assert paper.bytes == paper.clean_bytes()
    assert not paper.build().ok().rendered


def test_a_preview_has_no_sitemaps(paper: SiteTest) -> None:
    paper.build("--preview").ok()
    assert not [path for path in paper.changed if "sitemap" in path]


def test_a_site_below_a_folder_names_whole_addresses(site: SiteTest) -> None:
    site.settings(SETTINGS).write("a.md", image={"src": "q.png", "alt": "Q"})
    site.file("content/q.png", PIXEL).build("--base-url", "https://u.test.example/repo/").ok()
    (entry,) = entries(site.bytes["sitemaps/2026-11.xml"])
    assert entry.loc == "https://u.test.example/repo/2026/11/a/"
    (image,) = entry.images
    assert image.startswith("https://u.test.example/repo/_pictures/")
    first = entries(site.bytes["sitemap.xml"])[0]
    assert first.loc == "https://u.test.example/repo/sitemaps/2026-11.xml"


def test_all_sitemaps_are_found_from_the_index(paper: SiteTest) -> None:
    written = {path for path in paper.bytes if path.startswith("sitemaps/")}
    assert set(sitemaps(paper)) == written - {"sitemaps/news.xml"}
