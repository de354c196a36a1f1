"""Feeds, line by line of what their formats ask for (FD-01 to FD-19)."""

from __future__ import annotations

import email.utils
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import pytest
from lxml import etree, html

from sitegen.serving import media_type
from tests.feed_reader import (
    BASE,
    NAMESPACES,
    as_json,
    elements,
    in_xml,
    items,
    links,
    text,
    texts,
    titles,
    xml,
)
from tests.newspaper import Newspaper
from tests.site_test import NOW, SETTINGS, SiteTest

EVERY_FORMAT = SETTINGS + '[feeds]\nformats = ["rss", "json", "atom"]\n'
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000040000000308020000003b9639910000000c494441"
    "54789c6360200a000000270001ca4711aa0000000049454e44ae426082"
)
"""Four pixels wide and three high."""
JSON_FEED = json.loads((Path(__file__).parent / "json_feed.schema.json").read_text("utf-8"))


def words(fragment: str) -> str:
    """What a reader sees of HTML."""
    return "".join(map(str, html.fromstring(fragment).itertext(with_tail=False)))


def only(site: SiteTest, path: str = "feed.xml") -> etree._Element:
    (item,) = items(site, path)
    return item


def content(site: SiteTest) -> str:
    return text(only(site), "content:encoded")


def test_a_feed_is_rss_in_utf_8_without_what_xml_forbids(site: SiteTest) -> None:
    """FD-01"""
    site.settings(SETTINGS.replace('title = "The Test"', 'title = "The\\u000b T\\uFFFFest"'))
    site.write("a.md", title="A\u000bB", body="Text\u000b.", tags=["C\u000bD"]).build().ok()
    for path in in_xml(site.public):
        data = (site.public / path).read_bytes()
        assert data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"')
        assert etree.fromstring(data).get("version") == "2.0" and b"\x0b" not in data
    assert xml(site).nsmap == {k: v for k, v in NAMESPACES.items() if k != "fh"}
    assert xml(site, "feeds/2026-11.xml").nsmap == NAMESPACES
    assert titles(site) == ["AB"]


def test_a_channel_says_what_it_is_and_when_it_changed(site: SiteTest) -> None:
    """FD-02"""
    logo = '[publisher]\nlogo = "/logo.png"\n[languages.ar]\ntitle = "الاختبار"\n'
    site.settings(
        SETTINGS.replace('language = "en"', 'language = "en-GB"\ntagline = "T & t"') + logo
    )
    site.write("a.md", title="A", updated="2026-11-20 10:00").write("b.md", date="2026-11-05")
    site.write("ar/c.md", title="C", date="2026-11-03").build().ok()
    channel = xml(site)
    assert text(channel, "channel/title") == "The Test"
    assert text(channel, "channel/link") == BASE
    assert words(text(channel, "channel/description")) == "T & t"
    assert text(channel, "channel/language") == "en-GB"
    assert text(channel, "channel/lastBuildDate") == "Fri, 20 Nov 2026 10:00:00 GMT"
    assert text(channel, "channel/docs").startswith("https://")
    assert int(text(channel, "channel/ttl")) > 0
    assert text(channel, "channel/image/url") == f"{BASE}logo.png"
    assert text(channel, "channel/image/title") == "The Test"
    assert text(channel, "channel/image/link") == BASE
    arabic = xml(site, "ar/feed.xml")
    assert text(arabic, "channel/language") == "ar"
    assert text(arabic, "channel/link") == f"{BASE}ar/"
    before = site.bytes
    site.build(now="2026-11-24T00:00:00Z").ok()
    assert site.bytes == before, "no clock is in it"


def test_a_feed_names_its_own_address(site: SiteTest) -> None:
    """FD-03"""
    site.write("a.md", section="Politics", tags=["Sea"], authors=["Ann"]).build().ok()
    found = in_xml(site.public)
    assert {"feed.xml", "politics/feed.xml", "tags/sea/feed.xml", "feeds/2026-11.xml"} < {*found}
    for path in found:
        own = elements(xml(site, path), "channel/atom:link[@rel='self']")
        assert [(a.get("href"), a.get("type")) for a in own] == [
            (f"{BASE}{path}", "application/rss+xml")
        ]


def guid(site: SiteTest) -> tuple[str, str]:
    return text(only(site), "guid"), text(only(site), "guid/@isPermaLink")


def test_an_article_keeps_its_name_whatever_becomes_of_its_title_and_address(
    site: SiteTest,
) -> None:
    """FD-04"""
    site.write("a.md", title="A").build().ok()
    assert guid(site) == (f"{BASE}2026/11/a/", "true")
    site.write("a.md", title="Another").build().ok()
    assert guid(site) == (f"{BASE}2026/11/a/", "true")
    site.write("a.md", title="A", slug="b", aliases=["/go/b/", "/2026/11/a/"]).build().ok()
    assert guid(site) == (f"{BASE}2026/11/a/", "false")
    assert text(only(site), "link") == f"{BASE}2026/11/b/"
    assert as_json(site)["items"][0]["id"] == f"{BASE}2026/11/a/"
    moved = ["/2026/11/a/", "/2026/11/b/"]
    site.write("a.md", title="A", slug="c", aliases=moved).build().ok()
    assert guid(site) == (f"{BASE}2026/11/a/", "false"), "the first of its addresses"


def test_an_address_that_names_another_article_now_is_no_name(site: SiteTest) -> None:
    """FD-04"""
    site.write("a.md", title="A", slug="b", aliases=["/2026/11/a/"])
    site.write("new.md", title="N", slug="a").build()
    if site.exit_code == 0:  # it may be refused, too
        names = texts(xml(site), "channel/item/guid")
        assert len(set(names)) == len(names) == 2


@pytest.mark.parametrize("lang", ["en", "ar", "cy"])
def test_dates_are_those_of_mail_whatever_the_language(site: SiteTest, lang: str) -> None:
    """FD-05"""
    site.settings(SETTINGS.replace('language = "en"', f'language = "{lang}"'))
    site.write("a.md", date="2026-11-21 09:30").write("b.md", date="1912-04-15").build().ok()
    newest, oldest = items(site)
    assert text(newest, "pubDate") == "Sat, 21 Nov 2026 09:30:00 GMT"
    assert email.utils.parsedate_to_datetime(text(oldest, "pubDate")).year == 1912
    assert text(oldest, "pubDate") == "Mon, 15 Apr 1912 00:00:00 GMT"


def test_signs_in_titles_are_hexadecimal_references(site: SiteTest) -> None:
    """FD-06"""
    site.settings(SETTINGS.replace("The Test", "Q & A"))
    site.write("a.md", title="A & <B>", tags=["R&D"]).build().ok()
    raw = site.page("feed.xml")
    assert "<title>A &#x26; &#x3C;B&#x3E;</title>" in raw and "<title>Q &#x26; A</title>" in raw
    assert not re.search(r"<title>[^<]*&(amp|lt|gt);", raw)
    assert titles(site) == ["A & <B>"]
    tag = xml(site, "tags/r-d/feed.xml")
    assert text(tag, "channel/title") == "R&D | Q & A"


BODY = """\
A [page](pages/about.md), [below](#part), [file](map.pdf), [query](?a=1), [m](mailto:a@b.example),
[without scheme](//other.example/x), a footnote[^1] and ![a picture](map.png).

## Part

> A quotation

<img src="/big.png" alt="raw" srcset="/big.png 2x" style="width: 1px">

[^1]: Below.
"""
ALLOWED = re.compile(r"https?://[^/]|mailto:|tel:")
ADDRESSES = ("href", "src", "poster", "cite", "action", "data")


def assert_stands_alone(fragment: str) -> None:
    """FD-07, of any HTML that a feed holds."""
    tree = html.fragment_fromstring(fragment, create_parent="div")
    for element in tree.iter(etree.Element):
        assert element.tag not in {"script", "style", "form", "iframe", "object", "embed"}
        assert not {name for name in element.attrib if name == "style" or name.startswith("on")}
        for name in ADDRESSES:
            assert ALLOWED.match(element.get(name, "https://x")), etree.tostring(element)
        for candidate in filter(None, re.split(r",\s+", element.get("srcset", ""))):
            assert ALLOWED.match(candidate), candidate


def every_text(public: Path) -> list[str]:
    """All HTML that any feed holds."""
    found: list[str] = []
    for path in in_xml(public):
        tree = etree.fromstring((public / path).read_bytes())
        found += texts(tree, "//content:encoded|//item/description|//atom:content")
    for file in public.rglob("feed.json"):
        parts = json.loads(file.read_text("utf-8"))["items"]
        found += [part["content_html"] for part in parts if "content_html" in part]
    return found


@pytest.mark.parametrize("base", ["https://test.example/", "https://test.example/repo/"])
@pytest.mark.parametrize("mode", ["sanitize", "escape", "trust"])
def test_full_text_stands_alone(site: SiteTest, mode: str, base: str) -> None:
    """FD-07"""
    settings = EVERY_FORMAT.replace(BASE, base) + f'[markdown]\nhtml = "{mode}"\n'
    site.settings(settings + '[feeds.listings]\ntag = "full"\n')
    raw = (
        '<script>alert(1)</script><style>p {}</style><form action="/x"><input></form>'
        '<iframe src="https://video.example/1"></iframe><p style="color: red" onclick="x()">R</p>'
        '<img src="map.png" srcset="map.png 1x, /big.png 2x" alt="">'
        '<video poster="still.png" src="/film.mp4"></video><a href="map.pdf">raw</a>\n\n'
    )
    site.write("pages/about.md", "---\ntitle: About\n---\nUs.\n").write("map.pdf", b"%PDF")
    site.write("map.png", PNG).file("static/big.png", PNG)
    fields: dict[str, Any] = {
        "tags": ["Sea"],
        "section": "Politics",
        "image": {"src": "map.png", "alt": "M", "caption": "See [it](#part) <b style='x'>b</b>"},
        "key_points": ["A [point](#part) <i onclick='x()'>i</i>"],
        "why_it_matters": raw,
        "what_it_means": "[This](/about/)",
        "faq": [{"question": "Q?", "answer": raw}],
        "sources": [{"title": "S", "url": f"{base}about/"}],
        "corrections": [{"date": "2026-11-05", "text": "No [link](map.pdf) <u style='x'>u</u>"}],
    }
    site.write("a.md", title="A", body=raw + BODY, **fields).build().ok()
    found = every_text(site.public)
    assert len(found) > 10
    for fragment in found:
        assert_stands_alone(fragment)
    whole = content(site)
    for address in ("about/", "2026/11/a/#part", "map.pdf", "2026/11/a/?a=1"):
        assert f'"{base}{address}"' in whole, address
    assert '"https://other.example/x"' in whole
    assert f'src="{base}_pictures/' in whole and "<picture>" not in whole
    if mode == "trust":
        assert "srcset" in whole and "poster" in whole and "alert" not in whole


def test_a_byline_is_dublin_cores_and_no_address_of_mail(site: SiteTest) -> None:
    """FD-08"""
    site.settings(SETTINGS + '[publisher]\nname = "The Trust"\n')
    site.write("a.md", title="A", date="2026-11-02", authors=["Ann Ray", "Bo"]).write("b.md")
    site.build().ok()
    signed, unsigned = items(site)
    assert texts(signed, "dc:creator") == ["Ann Ray", "Bo"]
    assert texts(unsigned, "dc:creator") == ["The Trust"]
    assert not any(texts(xml(site, path), "//author") for path in in_xml(site.public))


def test_an_item_has_its_tags_and_its_plain_summary(site: SiteTest) -> None:
    """FD-09"""
    site.settings(SETTINGS + "[taxonomies.place]\n")
    site.write(
        "a.md", tags=["Sea", "R & D"], place=["Quay"], section="Politics", summary="5 < 6 & *"
    )
    site.build().ok()
    assert texts(only(site), "category") == ["Sea", "R & D", "Quay"]
    assert words(text(only(site), "description")) == "5 < 6 & *"
    (item,) = as_json(site)["items"]
    assert (item["tags"], item["summary"]) == (["Sea", "R & D", "Quay"], "5 < 6 & *")


@pytest.mark.parametrize("mode", ["full", "summary"])
def test_the_hero_is_there_with_its_measures_and_credit(site: SiteTest, mode: str) -> None:
    """FD-10"""
    site.settings(SETTINGS + f'[feeds]\ntext = "{mode}"\n')
    image = {"src": "map.png", "alt": "A <map>", "credit": "Ann & Bo"}
    site.write("a.md", image=image).write("map.png", PNG).build().ok()
    (media,) = elements(only(site), "media:content")
    assert (media.get("width"), media.get("height")) == ("4", "3")
    assert (media.get("medium"), media.get("type")) == ("image", "image/jpeg")
    url = media.get("url", "")
    assert url.startswith(f"{BASE}_pictures/") and url.removeprefix(BASE) in site.bytes
    assert text(media, "media:description") == "A <map>"
    assert text(media, "media:description/@type") == "plain"
    assert text(media, "media:credit") == "Ann & Bo"
    assert as_json(site)["items"][0]["image"] == url


@pytest.mark.parametrize("folder", ["content", "static"])
def test_a_recording_is_enclosed_with_its_length_where_that_is_known(
    site: SiteTest, folder: str
) -> None:
    """FD-10"""
    site.settings(EVERY_FORMAT + '[csp]\nmedia-src = ["https://sound.example"]\n')
    site.file(f"{folder}/a.mp3", b"x" * 1234).write("a.md", audio={"src": "/a.mp3"})
    if folder == "content":
        site.write("a.md", audio={"src": "a.mp3"})
    site.write("b.md", date="2026-10-01", audio={"src": "https://sound.example/b.mp3?c"})
    site.build().ok()
    ours, remote = items(site)
    known = {"url": f"{BASE}a.mp3", "length": "1234", "type": "audio/mpeg"}
    assert [dict(e.attrib) for e in ours.findall("enclosure")] == [known]
    assert remote.findall("enclosure") == []
    first, second = as_json(site)["items"]
    assert first["attachments"] == [
        {"url": f"{BASE}a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 1234}
    ]
    assert second["attachments"] == [
        {"url": "https://sound.example/b.mp3?c", "mime_type": "audio/mpeg"}
    ]
    entry = xml(site, "atom.xml").find("atom:entry", NAMESPACES)
    assert entry is not None and text(entry, "atom:link[@rel='enclosure']/@length") == "1234"
    site.file(f"{folder}/a.mp3", b"x" * 1235).build().ok()
    assert text(items(site)[0], "enclosure/@length") == "1235"


def test_the_newest_come_first_and_what_is_held_back_does_not_come(site: SiteTest) -> None:
    """FD-11"""
    site.settings(SETTINGS + '[feeds]\nitems = 3\n[languages.ar]\ntitle = "T"\n')
    for name, date in (("c", "02"), ("a", "02"), ("b", "02"), ("old", "01")):
        site.write(f"{name}.md", title=name, date=f"2026-11-{date}", tags=["Sea"])
    site.write("draft.md", status="draft").write("later.md", date="2026-12-01")
    site.write("embargo.md", embargo="2026-12-01").write("ar/x.md", title="x", tags=["Sea"])
    site.write("gone.md", expires="2026-11-10").build().ok()
    assert titles(site) == titles(site, "tags/sea/feed.xml") == ["c", "b", "a"]
    assert [item["title"] for item in as_json(site)["items"]] == ["c", "b", "a"]
    assert titles(site, "ar/feed.xml") == titles(site, "ar/tags/sea/feed.xml") == ["x"]
    assert titles(site, "feeds/2026-11.xml") == ["c", "b", "a", "old"]


def test_a_feed_that_is_too_large_is_warned_of_and_by_the_next_build_again(site: SiteTest) -> None:
    """FD-12"""
    for number in range(4):
        site.write(f"a{number}.md", title="A", section="Politics", body="long " * 20_000)
    for _ in range(2):
        (warning,) = site.build().ok().warnings
        assert warning["code"] == "feed-heavy" and "3 other feeds" in warning["message"]
        assert "is 402 KB" in warning["message"] and "items = 2 in [feeds]" in warning["hint"]
        assert 'text = "summary"' in warning["hint"]
    assert site.build("--dry-run").warnings == [warning]
    assert site.build("--strict").exit_code == 1
    site.settings(SETTINGS + "[feeds]\nitems = 2\n").build().ok()
    assert site.warnings == []
    before = site.bytes
    site.settings(SETTINGS).build("--strict")
    assert site.exit_code == 1 and site.bytes == before, "nothing is changed"
    site.settings(SETTINGS + '[check]\nsilence = ["feed-heavy"]\n').build("--strict").ok()
    site.settings(SETTINGS + '[feeds]\ntext = "summary"\n').build("--strict").ok()


def alternates(site: SiteTest, path: str) -> list[tuple[str, str, str]]:
    found = elements(html.fromstring(site.page(path)), "//link[@rel='alternate'][@type]")
    return [(a.get("type", ""), a.get("title", ""), a.get("href", "")) for a in found]


def test_every_page_names_the_feeds_and_a_front_its_own_besides(site: SiteTest) -> None:
    """FD-13"""
    site.write("a.md", section="Politics", tags=["Sea"]).build().ok()
    ours = [
        ("application/rss+xml", "The Test", f"{BASE}feed.xml"),
        ("application/feed+json", "The Test (JSON Feed)", f"{BASE}feed.json"),
    ]
    own = {
        "politics/index.html": [
            ("application/rss+xml", "Politics | The Test", f"{BASE}politics/feed.xml"),
            (ours[1][0], "Politics | The Test (JSON Feed)", f"{BASE}politics/feed.json"),
        ],
        "tags/sea/index.html": [
            ("application/rss+xml", "Sea | The Test", f"{BASE}tags/sea/feed.xml")
        ],
        "corrections/index.html": [
            ("application/rss+xml", "Corrections | The Test", f"{BASE}corrections/feed.xml")
        ],
    }
    pages = [path for path in site.bytes if path.endswith(".html")]
    assert len(pages) > 8
    for path in pages:
        assert alternates(site, path) == ours + own.get(path, [])
    hrefs = {href for path in pages for _, _, href in alternates(site, path)}
    assert {href.removeprefix(BASE) for href in hrefs} <= site.bytes.keys()


def test_settings_of_feeds_that_change_often_change_no_page(site: SiteTest) -> None:
    """FD-13"""
    site.write("a.md", section="Politics", tags=["Sea"]).build().ok()
    more = '[feeds]\nitems = 7\ntext = "summary"\nhub = "https://hub.example/"\n'
    site.settings(SETTINGS + more).build().ok()
    assert site.rendered and all("feed" in path for path in site.rendered)


def test_atom_has_what_it_must_have(site: SiteTest) -> None:
    """FD-14"""
    site.settings(EVERY_FORMAT + '[publisher]\nname = "The Trust"\n')
    site.write(
        "a.md", title="A <b>", date="2026-11-02", authors=["Ann"], updated="2026-11-04 10:00"
    )
    site.write("b.md", title="B", body="B *b*").build().ok()
    feed = xml(site, "atom.xml")
    atom = NAMESPACES["atom"]
    assert feed.tag == f"{{{atom}}}feed"
    assert text(feed, "atom:link[@rel='self']/@href") == text(feed, "atom:id") == f"{BASE}atom.xml"
    assert text(feed, "atom:link[@rel='alternate']/@href") == BASE
    assert text(feed, "atom:title") == "The Test"
    assert text(feed, "atom:updated") == "2026-11-04T10:00:00Z"
    first, second = feed.findall(f"{{{atom}}}entry")
    assert text(first, "atom:title") == "A <b>"
    assert text(first, "atom:published") == "2026-11-02T00:00:00Z"
    assert text(first, "atom:updated") == "2026-11-04T10:00:00Z"
    assert text(first, "atom:author/atom:name") == "Ann"
    assert text(second, "atom:author/atom:name") == "The Trust"
    assert text(second, "atom:summary") == "B b"
    assert text(second, "atom:content[@type='html']").strip() == "<p>B <em>b</em></p>"
    entries = [(text(e, "atom:id"), text(e, "atom:updated")) for e in (first, second)]
    assert len(set(entries)) == 2


def test_json_feed_has_what_it_must_have(site: SiteTest) -> None:
    """FD-15"""
    site.settings(
        SETTINGS + '[publisher]\nlogo = "/logo.png"\n[feeds]\nhub = "https://hub.example/"\n'
    )
    site.write(
        "a.md", title="A", authors=["Ann"], updated="2026-11-04 10:00:00.5", section="Politics"
    )
    site.write("b.md", title="B </script>", date="1820-01-01 12:00").build().ok()
    for path in ("feed.json", "politics/feed.json"):
        feed = as_json(site, path)
        jsonschema.Draft202012Validator(JSON_FEED).validate(feed)
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["feed_url"] == f"{BASE}{path}" and "next_url" not in feed
        assert feed["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
        for item in feed["items"]:
            assert item["id"] == item["url"] and "author" not in item
            for name in ("date_published", "date_modified"):
                if name in item:
                    assert item[name].endswith("Z") and datetime.fromisoformat(item[name])
    newest, oldest = as_json(site)["items"]
    assert newest["authors"] == [{"name": "Ann", "url": f"{BASE}authors/ann/"}]
    assert newest["date_modified"] == "2026-11-04T10:00:00Z"
    assert oldest["title"] == "B </script>" and oldest["content_html"] == "<p>Text.</p>"


def test_a_summary_feed_in_json_has_no_html(site: SiteTest) -> None:
    """FD-15"""
    site.settings(SETTINGS + '[feeds]\ntext = "summary"\n')
    site.write("a.md", title="A", body="").write("b.md", title="B", body="*Words*.").build().ok()
    jsonschema.Draft202012Validator(JSON_FEED).validate(as_json(site))
    assert sorted(item["content_text"] for item in as_json(site)["items"]) == ["A", "Words."]


@pytest.mark.parametrize("hub", ["https://hub.example/", ""])
def test_feeds_name_their_hub(site: SiteTest, hub: str) -> None:
    """FD-18"""
    site.settings(EVERY_FORMAT + f'hub = "{hub}"\n').write("a.md", tags=["Sea"]).build().ok()
    named = [path for path in in_xml(site.public) if hub and hub in site.page(path)]
    current = ["atom.xml", "corrections/feed.xml", "feed.xml", "tags/sea/feed.xml"]
    assert named == (current if hub else [])
    assert [links(site).get("hub", "")] == texts(
        xml(site, "atom.xml"), "//atom:link[@rel='hub']/@href"
    ) or not hub
    assert ("hubs" in as_json(site)) == bool(hub)


def test_each_format_has_its_media_type(site: SiteTest) -> None:
    """FD-19"""
    site.settings(EVERY_FORMAT).write("a.md", section="Politics").build().ok()
    types = {".json": "application/feed+json", "atom.xml": "application/atom+xml"}
    for path in site.bytes:
        name = path.rpartition("/")[2]
        if name in ("feed.xml", "feed.json", "atom.xml") or "feeds/" in path:
            kind = types.get(name) or types.get(Path(name).suffix) or "application/rss+xml"
            assert media_type(path) == kind


SETTING = {
    'formats = ["rss"]': {"feed.xml", "politics/feed.xml", "tags/sea/feed.xml"},
    'formats = ["json", "json"]': {"feed.json", "politics/feed.json", "tags/sea/feed.json"},
    "formats = []": set(),
    'formats = ["atom", "rss"]': {
        *("atom.xml", "politics/atom.xml", "tags/sea/atom.xml", "feed.xml", "politics/feed.xml"),
    },
    'listings = {section = "none", tag = "none"}': {"feed.xml", "feed.json"},
}


@pytest.mark.parametrize("setting", SETTING)
def test_there_are_the_feeds_that_the_settings_want(site: SiteTest, setting: str) -> None:
    """FD-11"""
    settings = SETTINGS.replace("[sections", "[sections.empty]\n[sections")
    site.settings(f'{settings}[urls]\ncorrections = ""\n[feeds]\n{setting}\n')
    site.write("a.md", section="Politics", tags=["Sea"]).build().ok()
    found = {path for path in site.bytes if "feed" in path or "atom" in path}
    months = {"feeds/2026-11.xml"} if "feed.xml" in found else set()
    assert found == SETTING[setting] | months
    hrefs = {a[2] for page in site.bytes if page.endswith(".html") for a in alternates(site, page)}
    assert {href.removeprefix(BASE) for href in hrefs} == SETTING[setting]


def test_a_kind_of_listing_that_is_not_there_is_an_error(site: SiteTest) -> None:
    site.settings(SETTINGS + '[feeds.listings]\ntags = "none"\nsite = "full"\n').build()
    assert [error["field"] for error in site.errors] == [
        "feeds.listings.tags",
        "feeds.listings.site",
    ]
    assert "tag" in site.errors[0]["hint"]


def test_of_an_article_for_subscribers_there_is_what_everybody_may_read(site: SiteTest) -> None:
    body = "Free.\n\nPaid words.\n\n![p](paid.png)"
    settings = EVERY_FORMAT + '[feeds.listings]\ntag = "full"\n'
    site.settings(settings).write("paid.png", PNG)
    site.write("a.md", body=body, paywall=True, tags=["Sea"], audio={"src": "/a.mp3"})
    site.file("static/a.mp3", b"x").build().ok()
    for path, data in site.bytes.items():
        assert b"Paid words" not in data and b"paid-" not in data + path.encode(), path
    assert "Free." in content(site) and "for subscribers" in content(site)
    assert only(site).findall("enclosure") == []


def test_a_preview_has_no_feeds_and_names_none(site: SiteTest) -> None:
    site.settings(EVERY_FORMAT).write("a.md", section="Politics").build("--preview").ok()
    for path in (site.folder / "preview").rglob("*"):
        assert "feed" not in path.name and "atom" not in path.name
        if path.suffix == ".html":
            assert "feed" not in path.read_text("utf-8") and "atom" not in path.read_text("utf-8")


@pytest.fixture(scope="module", params=["golden", "demo"])
def built(
    request: pytest.FixtureRequest, newspaper: Newspaper, tmp_path_factory: pytest.TempPathFactory
) -> SiteTest:
    """The golden site and the demo, with all formats."""
    root = Path(__file__).parent
    source = {"golden": root / "golden/site", "demo": root.parent}[request.param]
    folder = tmp_path_factory.mktemp(request.param)
    site = SiteTest(folder / "site")
    for name in ("content", "static", "data", "themes"):
        if (source / name).is_dir():
            (site.folder / name).symlink_to(source / name)
    settings = (source / "sitegen.toml").read_text("utf-8")
    assert "[feeds]" not in settings
    site.settings(settings + '\n[feeds]\nformats = ["rss", "json", "atom"]\n')
    newspaper.lend_pictures(site.folder / ".sitegen")
    site.run("build", "-s", str(site.folder), "--now", NOW, "--jobs", "1", "--format", "json")
    return site.ok()


def test_programs_read_every_feed_without_complaint(built: SiteTest) -> None:
    """FD-01, FD-03, FD-08"""
    for path in in_xml(built.public):
        data = (built.public / path).read_bytes()
        kind = {"content-type": f"{media_type(path)}; charset=utf-8"}
        found = feedparser.parse(data, response_headers=kind)
        assert not found.bozo, (path, found.get("bozo_exception"))
        assert found.feed.title and found.version in ("rss20", "atom10")
        for entry in found.entries:
            assert entry.id and entry.link.startswith("https://") and entry.published_parsed


def test_every_json_feed_is_valid_and_every_text_stands_alone(built: SiteTest) -> None:
    """FD-07, FD-15"""
    validator = jsonschema.Draft202012Validator(JSON_FEED)
    found = sorted(built.public.rglob("feed.json"))
    assert len(found) > 2
    for file in found:
        validator.validate(json.loads(file.read_text("utf-8")))
    for fragment in every_text(built.public):
        assert_stands_alone(fragment)
