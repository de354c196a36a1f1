"""Imports of feeds: RSS, Atom and JSON Feed in files, and what sitegen itself writes."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from sitegen.importers.labels import field_of
from tests.importing.conftest import NOW
from tests.importing.old_site import OldSite

STORM = "https://old.example/2019/03/storm/"
TEXT = "<p>The storm came before dawn.</p><p>See <a href='/2019/02/gates/'>the gates</a>.</p>"


@pytest.fixture
def old(tmp_path: Path) -> OldSite:
    return OldSite(tmp_path, "feed", "feed.xml")


def rss(*items: str, more: str = "") -> str:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/'
        'content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/'
        'Atom" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/'
        'dtds/podcast-1.0.dtd"><channel><title>The Old Harbour</title>'
        f"<link>https://old.example/</link><description>News</description>{more}"
        f"{''.join(items)}</channel></rss>"
    )


def item(url: str = STORM, text: str = TEXT, title: str = "Storm", more: str = "") -> str:
    return (
        f"<item><title>{title}</title><link>{url}</link><guid>{url}</guid>"
        "<pubDate>Mon, 04 Mar 2019 10:00:00 +0100</pubDate><dc:creator>Maria López</dc:creator>"
        f"<category>Weather</category><content:encoded><![CDATA[{text}]]></content:encoded>"
        f"{more}</item>"
    )


RDF = f"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="https://old.example/feed"><title>The Old Harbour</title>
<link>https://old.example/</link><description>News</description></channel>
<item rdf:about="{STORM}"><title>Storm</title><link>{STORM}</link>
<dc:date>2019-03-04T10:00:00+01:00</dc:date><dc:creator>Maria López</dc:creator>
<dc:subject>Weather</dc:subject><content:encoded><![CDATA[{TEXT}]]></content:encoded></item>
</rdf:RDF>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">
<title>The Old Harbour</title><link href="https://old.example/"/><id>urn:feed</id>
<updated>2019-03-04T09:00:00Z</updated>
<entry><title>Storm</title><link href="{STORM}"/><id>urn:storm</id>
<published>2019-03-04T10:00:00+01:00</published><updated>2019-03-04T10:00:00+01:00</updated>
<author><name>Maria López</name></author><category term="weather" label="Weather"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{TEXT}</div></content></entry>
</feed>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Old Harbour",
        "home_page_url": "https://old.example/",
        "items": [
            {
                "id": "storm",
                "url": STORM,
                "title": "Storm",
                "date_published": "2019-03-04T10:00:00+01:00",
                "authors": [{"name": "Maria López"}],
                "tags": ["Weather"],
                "content_html": TEXT,
            }
        ],
    }
)
FORMS = {"rss": rss(item()), "rss 1.0": RDF, "atom": ATOM, "json": JSON_FEED}


@pytest.mark.parametrize("form", FORMS)
def test_an_item_of_every_kind_of_feed_becomes_an_article(old: OldSite, form: str) -> None:
    old.write(FORMS[form]).run().ok()
    assert old.text("2019/storm.md") == (
        "---\ntitle: Storm\ndate: 2019-03-04 09:00\ntags: [Weather]\nauthors: [Maria López]\n"
        "url: /2019/03/storm/\n---\n\n"
        "The storm came before dawn.\n\nSee [the gates](/2019/02/gates/).\n"
    )
    assert [loss["detail"] for loss in old.lost()] == ["/2019/02/gates/"]
    assert 'title = "The Old Harbour"' in (old.folder / "sitegen.toml").read_text()


@pytest.mark.parametrize(
    ("text", "shortened"),
    [
        ("<p>Whole.</p>", False),
        ("<p>The beginning […]</p>", True),
        ("<p>The beginning… Continue reading Storm</p>", True),
        (f"<p>The beginning.</p><p><a href='{STORM}'>Read on</a></p>", True),
        ("", True),
    ],
)
def test_it_is_told_when_a_feed_has_only_the_beginning(
    old: OldSite, text: str, shortened: bool
) -> None:
    description = "<description>In a sentence.</description>"
    old.write(rss(item(text=text, more=description))).run().ok()
    assert bool(old.lost("shortened")) is shortened
    assert old.body("2019/storm.md")


def test_the_older_parts_of_a_feed_are_read_where_they_lie_here(old: OldSite) -> None:
    link = '<atom:link rel="prev-archive" href="https://old.example/archive/{}.xml"/>'
    folder = old.source.parent / "archive"
    folder.mkdir()
    gates = item("https://old.example/2019/02/gates/", title="Gates")
    corrected = item(text="<p>As it was at first.</p>", title="Strom")
    (folder / "2.xml").write_text(rss(corrected, gates, more=link.format(1)))
    old.write(rss(item(), more=link.format(2))).run().ok()
    assert old.files == {"2019/storm.md", "2019/gates.md"}
    assert "title: Storm\n" in old.matter("2019/storm.md")
    assert "[the gates](/2019/02/gates/)" in old.body("2019/storm.md")
    assert [loss["detail"] for loss in old.lost("older")] == ["https://old.example/archive/1.xml"]
    assert old.report["found"] == {"item": 3}


def test_all_feeds_of_a_folder_are_read_and_the_fullest_text_is_taken(tmp_path: Path) -> None:
    old = OldSite(tmp_path, "feed", "feeds")
    old.source.mkdir()
    short = item(text="<p>The storm…</p>")
    (old.source / "all.xml").write_text(rss(short, item("https://old.example/2019/a/")))
    (old.source / "weather.rss").write_text(rss(item()))
    (old.source / "sitemap.xml").write_text("<urlset/>")
    (old.source / "data.json").write_text('{"a": 1}')
    old.run().ok()
    assert "See [the gates]" in old.body("2019/storm.md")
    assert old.lost("shortened") == []
    assert [left["where"] for left in old.report["left_out"]] == ["data.json", "sitemap.xml"]


def test_recordings_pictures_and_other_files_of_an_item_are_kept(old: OldSite) -> None:
    more = (
        '<enclosure url="https://media.example/storm.mp3" length="9" type="audio/mpeg"/>'
        "<itunes:duration>12:30</itunes:duration>"
        '<enclosure url="https://old.example/files/plan.pdf" length="9" type="application/pdf"/>'
        '<media:content url="https://old.example/pictures/pier.jpg" medium="image"/>'
    )
    figure = (
        '<figure><img src="/pictures/pier-800x600.jpg" alt="A pier"><figcaption>The <em>pier</em> '
        "<small>Photo: M. López</small></figcaption></figure>"
    )
    old.write(rss(item(text=figure + TEXT, more=more))).run().ok()
    assert (
        "image:\n  src: /pictures/pier.jpg\n  alt: A pier\n  caption: The *pier*\n"
        "  credit: 'Photo: M. López'\n" in old.matter("2019/storm.md")
    )
    assert "audio:\n  src: 'https://media.example/storm.mp3'\n" in old.matter("2019/storm.md")
    assert old.body("2019/storm.md").endswith("[plan.pdf](/files/plan.pdf)")
    assert 'media-src = ["https://media.example"]' in (old.folder / "sitegen.toml").read_text()
    assert old.report["media_missing"] == [
        "https://old.example/files/plan.pdf",
        "https://old.example/pictures/pier.jpg",
    ]


def test_a_recording_of_the_old_sites_is_fetched_and_sources_are_whole_addresses(
    old: OldSite,
) -> None:
    more = '<enclosure url="https://old.example/a/storm.mp3" length="9" type="audio/mpeg"/>'
    sources = (
        '<h2>Sources</h2><ul><li><a href="https://port.example/">The port</a></li>'
        '<li><a href="/2019/02/gates/">Our own</a></li></ul>'
    )
    old.write(rss(item(text=TEXT + sources, more=more))).run().ok()
    assert "audio:\n  src: /a/storm.mp3\n" in old.matter("2019/storm.md")
    assert old.report["media_missing"] == ["https://old.example/a/storm.mp3"]
    assert (
        "sources:\n  - title: The port\n    url: 'https://port.example/'\n  - title: Our own\n"
        in old.matter("2019/storm.md")
    )


def test_names_that_are_none_do_not_stop_a_build(old: OldSite) -> None:
    long = "نص " * 300
    more = f"<dc:creator>{long}</dc:creator><category>{long}</category><category>!</category>"
    corrections = '<h2>Corrections</h2><ul><li><time datetime="2019-03-05"></time>: </li></ul>'
    old.write(rss(item(text=TEXT + corrections, more=more))).run().ok()
    assert [loss["detail"] for loss in old.lost("field")] == ["the name !"]
    assert "corrections" not in old.matter("2019/storm.md")


BYLINES = {
    "By A. Moe, B. Lee and C. de la Roe": "[A. Moe, B. Lee, C. de la Roe]",
    "Maria López &amp; Jonas Wick": "[Maria López, Jonas Wick]",
    "Health and Science Desk": "[Health and Science Desk]",
    "Department of Health and Social Care": "[Department of Health and Social Care]",
    "López, Maria": "['López, Maria']",
}


@pytest.mark.parametrize("byline", BYLINES)
def test_bylines_of_several_people_are_their_names(old: OldSite, byline: str) -> None:
    old.write(rss(item()).replace("Maria López", byline)).run().ok()
    assert f"authors: {BYLINES[byline]}\n" in old.matter("2019/storm.md")


def test_e_mail_addresses_of_authors_are_not_carried(old: OldSite) -> None:
    text = rss(item()).replace("<dc:creator>Maria López</dc:creator>", "<author>m@x.org</author>")
    old.write(text).run().ok()
    assert "m@x.org" not in old.text("2019/storm.md")
    assert len(old.lost("field")) == 1


def test_addresses_that_no_file_can_have_and_those_of_other_sites_are_told(old: OldSite) -> None:
    old.write(rss(item("https://old.example/?p=7"), item("https://far.example/a/", title="Far")))
    old.run().ok()
    assert [one["address"] for one in old.report["unanswered"]] == ["/?p=7"]
    assert [loss["detail"] for loss in old.lost("address")] == [
        "https://far.example/a/ is not below https://old.example/"
    ]


def test_items_without_a_title_or_a_date_are_drafts_with_a_headline(old: OldSite) -> None:
    bare = f"<item><link>{STORM}</link><description>Only this.</description></item>"
    old.write(rss(bare)).run().ok()
    assert "title: Only this.\n" in old.matter("1970/storm.md")
    assert "status: draft\n" in old.matter("1970/storm.md")
    assert {loss["kind"] for loss in old.lost()} == {"title", "undated", "shortened"}


def test_a_headline_that_is_made_from_a_text_has_its_words_alone(old: OldSite) -> None:
    text = "<p>See <b>the</b> <a href='https://far.example/'>gates</a> of it.</p>"
    old.write(rss(item(title="", text=text))).run().ok()
    assert "title: See the gates of it.\n" in old.matter("2019/storm.md")


def test_a_damaged_feed_gives_what_can_be_read(old: OldSite) -> None:
    text = rss(item(), item("https://old.example/2019/b/"))
    text = text.replace("<title>Storm</title>", "<title>Storm & tide\x01&#x110000;</title>", 1)
    old.write(text.removesuffix("</channel></rss>")).run().ok()
    assert "title: Storm & tide\n" in old.matter("2019/storm.md")
    assert len(old.files) == 2
    assert [loss["where"] for loss in old.lost("damaged")] == ["feed.xml"]


def test_a_feed_in_an_older_coding_is_read(old: OldSite) -> None:
    text = rss(item()).replace('"1.0"', '"1.0" encoding="iso-8859-1"')
    old.write(text.encode("latin-1")).run().ok()
    assert "authors: [Maria López]\n" in old.matter("2019/storm.md")


@pytest.mark.parametrize("text", ["", "<html><p>No</p></html>", '{"items": []}', "\0\1", "{"])
def test_what_is_no_feed_is_refused(old: OldSite, text: str) -> None:
    old.write(text)
    old.site.run("import", "feed", str(old.source), "-s", str(old.folder))
    assert old.site.exit_code == 1
    assert "this is no feed" in old.site.output


@pytest.mark.parametrize("lang", ["ar", "cy", "de", "en", "es", "fr"])
def test_blocks_are_known_by_what_our_theme_calls_them(lang: str) -> None:
    theme = Path(__file__).parent.parent.parent / "themes" / "broadsheet" / "i18n"
    called = tomllib.loads((theme / f"{lang}.toml").read_text(encoding="utf-8"))
    fields = ("key_points", "why_it_matters", "what_it_means", "faq", "sources", "corrections")
    assert {field: field_of(called[field]) for field in fields} == {f: f for f in fields}


def test_what_is_no_such_block_stays_in_the_text(old: OldSite) -> None:
    text = "<h2>Key points</h2><p>They were few.</p><h2>Sources</h2><p>One.</p><h2>Points</h2>"
    old.write(rss(item(text=text))).run().ok()
    assert old.body("2019/storm.md") == (
        "## Key points\n\nThey were few.\n\n## Sources\n\nOne.\n\n## Points"
    )


def articles(public: Path) -> dict[str, dict[str, Any]]:
    """What a site's JSON Feed says of each article; of texts the words."""
    items = json.loads((public / "feed.json").read_bytes())["items"]
    return {
        item["url"]: {
            **{name: item[name] for name in ("url", "title", "date_published", "authors")},
            "tags": list(dict.fromkeys(item["tags"])),  # a tag and a place may have one name
            "text": words(item["content_html"]),
        }
        for item in items
    }


def words(html: str) -> list[str]:
    soup = BeautifulSoup(html, "lxml")
    for box in soup.find_all("input"):
        box.decompose()
    for paragraph in soup.find_all("p"):
        if "is for subscribers" in paragraph.get_text():  # that is all the feed has of it
            paragraph.decompose()
    # In order, for one sentence stands elsewhere: that artificial intelligence has helped.
    return sorted(soup.get_text(" ").split())


@pytest.mark.parametrize("name", ["feed.xml", "feed.json"])
def test_our_own_feeds_give_the_same_articles(courier: Path, tmp_path: Path, name: str) -> None:
    for part in ("feeds", "_pictures", "media"):
        if (courier / part).is_dir():
            shutil.copytree(courier / part, tmp_path / "old" / part)
    shutil.copy(courier / name, tmp_path / "old")
    old = OldSite(tmp_path, "feed", f"old/{name}")
    old.run("--media", str(tmp_path / "old"), "--timezone", "Europe/London").site.ok()
    old.site.build(now=NOW).ok()
    before, after = articles(courier), articles(old.site.public)
    assert len(before) == 30
    assert set(after) == set(before)
    assert [url for url in before if after[url] != before[url]] == []
