"""Imports of feeds: what feeds of real sites do, and exports of Blogger, which are feeds too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.importing.old_site import OldSite
from tests.importing.test_feeds import STORM, TEXT, item, rss

SITE = "https://old.example"


@pytest.fixture
def old(tmp_path: Path) -> OldSite:
    return OldSite(tmp_path, "feed", "feed.xml")


def atom(*entries: str, more: str = "") -> str:
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:app="http://www.w3.org/2007/app" '
        'xmlns:blogger="http://schemas.google.com/blogger/2018">'
        f"<title>The Old Harbour</title>{more}{''.join(entries)}</feed>"
    )


def entry(id: str, more: str = "", title: str = "Storm", link: str = STORM) -> str:
    alternate = f'<link rel="alternate" href="{link}"/>' if link else ""
    return (
        f"<entry><id>{id}</id><title>{title}</title>{alternate}"
        '<published>2019-03-04T10:00:00Z</published><content type="html">Text.</content>'
        f"{more}</entry>"
    )


def json_feed(*items: Any) -> str:
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "title": "T", "home_page_url": SITE, "items": items})


DATED = {"id": "1", "title": "Storm", "date_published": "2019-03-04T10:00:00Z"}
HOME = f'<link href="{SITE}/"/>'


def test_items_without_any_name_are_not_taken_for_one(old: OldSite) -> None:
    bare = "<item><description>{}</description></item>"
    old.write(rss(bare.format("One thing."), bare.format("Another thing."))).run().ok()
    assert len(old.files) == 2


def test_items_that_have_one_name_and_nothing_else_in_common_are_two(old: OldSite) -> None:
    one, two = item(), item(f"{SITE}/gates/", title="Gates").replace("04 Mar", "05 Mar")
    text = rss(one, two).replace(f"<guid>{STORM}<", "<guid>1<").replace(f"{SITE}/gates/<", "1<", 2)
    text = text.replace("<link>1<", f"<link>{SITE}/gates/<").replace(
        "<guid>1</guid>", "<guid>1</guid>"
    )
    old.write(text).run().ok()
    assert old.files == {"2019/storm.md", "2019/gates.md"}
    assert old.run().became() == {"unchanged": 2}


def test_an_article_in_feeds_of_several_kinds_is_one(tmp_path: Path) -> None:
    old = OldSite(tmp_path, "feed", "feeds")
    old.put("a.xml", rss(item()))
    old.put("b.xml", atom(entry("urn:storm", link=STORM.replace("https", "http")), more=HOME))
    old.put("comments.xml", rss(item(f"{STORM}#comment-7", title="Comment on Storm by Jo")))
    old.run().ok()
    assert old.files == {"2019/storm.md"}
    assert old.report["found"] == {"item": 3}
    assert len(old.left("comment")) == 1


def test_an_address_that_an_article_had_before_leads_to_it(old: OldSite) -> None:
    link = '<atom:link rel="prev-archive" href="https://old.example/old.xml"/>'
    before = item(f"{SITE}/2019/03/strom/", text="<p>The storm came at night.</p>")
    before = before.replace(f"<guid>{SITE}/2019/03/strom/", f"<guid>{STORM}")
    (old.source.parent / "old.xml").write_text(rss(before))
    old.write(rss(item(), more=link)).run().ok()
    assert "aliases: [/2019/03/strom/]\n" in old.matter("2019/storm.md")


@pytest.mark.parametrize(
    "url",
    [
        f"{STORM}?utm_source=rss&amp;utm_medium=feed",
        f"{STORM}?source=rss",
        "/2019/03/storm/",
    ],
)
def test_addresses_are_those_of_readers(old: OldSite, url: str) -> None:
    old.write(rss(item(url).replace(f"<guid>{url}</guid>", "<guid>7</guid>"))).run().ok()
    assert "url: /2019/03/storm/\n" in old.matter("2019/storm.md")
    assert old.lost("address") == []


def test_a_feed_that_does_not_name_its_site_is_of_where_its_articles_are(old: OldSite) -> None:
    old.write(rss(item()).replace("<link>https://old.example/</link>", "", 1)).run().ok()
    assert f'base_url = "{SITE}/"' in old.settings
    assert "url: /2019/03/storm/\n" in old.matter("2019/storm.md")


def test_texts_of_atom_are_not_taken_for_html(old: OldSite) -> None:
    old.write(atom(entry("1", title="How &lt;div&gt; works"), more=HOME)).run().ok()
    assert "title: How <div> works\n" in old.matter("2019/storm.md")


def test_addresses_are_relative_to_what_the_feed_says(old: OldSite) -> None:
    text = atom(entry("1"), more=HOME).replace(
        '<content type="html">Text.',
        f'<content type="html" xml:base="{SITE}/base/">&lt;img src="pier.jpg" alt="A pier"&gt; '
        '&lt;a href="#here"&gt;here&lt;/a&gt; Text.',
    )
    old.write(text).run()
    assert old.report["media_missing"] == [f"{SITE}/base/pier.jpg"]


MEDIA = (
    '<media:content url="https://secure.gravatar.com/avatar/7" medium="image"/>'
    '<media:content url="https://old.example/p/140.jpg" width="140" medium="image">'
    "<media:credit>Photo: M. López</media:credit>"
    "<media:description>A pier in the rain</media:description></media:content>"
    '<media:content url="https://old.example/p/700.jpg" width="700" medium="image"/>'
    '<media:content url="https://old.example/v/film.mp4" type="video/mp4"/>'
)


def test_of_one_picture_in_many_sizes_the_largest_is_taken_with_its_words(old: OldSite) -> None:
    text = item(more=f"<description>{TEXT.replace('<', '&lt;')}</description>{MEDIA}")
    start, end = text.index("<content:encoded>"), text.index("</content:encoded>")
    old.write(rss(text[:start] + text[end + len("</content:encoded>") :])).run().ok()
    assert (
        "image:\n  src: /p/700.jpg\n  alt: A pier in the rain\n  credit: 'Photo: M. López'\n"
        in old.matter("2019/storm.md")
    )
    assert old.body("2019/storm.md").startswith("The storm came before dawn.")
    assert old.body("2019/storm.md").endswith("[film.mp4](/v/film.mp4)")


def test_further_pictures_of_an_item_stand_below_its_text(old: OldSite) -> None:
    files = [
        {"url": f"{SITE}/p/{name}.jpg", "mime_type": "image/jpeg", "title": f"Pier {name}"}
        for name in ("a", "b", "c")
    ]
    text = '<p>Text.</p><img src="/p/b.jpg" alt="B">'
    old.write(json_feed(DATED | {"content_html": text, "attachments": files}))
    old.run()
    assert "image:\n  src: /p/a.jpg\n  alt: Pier a\n" in old.matter("2019/storm.md")
    assert old.body("2019/storm.md") == "Text.\n\n![B](/p/b.jpg)\n\n![Pier c](/p/c.jpg)"


@pytest.mark.parametrize(
    ("written", "read"),
    [("3723", "'1:02:03'"), ("12:30", "'12:30'"), ("0", ""), ("9" * 40, "9" * 40)],
)
def test_the_length_of_a_recording_is_written_as_people_do(
    old: OldSite, written: str, read: str
) -> None:
    more = f'<enclosure url="{SITE}/a.mp3" type="audio/mpeg"/>'
    more += f"<itunes:duration>{written}</itunes:duration>"
    old.write(rss(item(more=more))).run().ok()
    found = old.matter("2019/storm.md").partition("duration:")[2].partition("\n")[0].strip()
    assert found == read or found.strip("'") == read


def test_what_an_item_speaks_of_is_a_source(old: OldSite) -> None:
    one = DATED | {"url": STORM, "content_text": "Look."}
    old.write(json_feed(one | {"external_url": "https://port.example/a"})).run().ok()
    assert "sources:\n  - title: port.example\n    url: 'https://port.example/a'\n" in old.matter(
        "2019/storm.md"
    )


def test_what_is_no_item_is_listed(old: OldSite) -> None:
    odd = {"id": "2", "attachments": [{"url": "/a.mp3", "duration_in_seconds": float("inf")}]}
    half = {"id": "3", "title": "Half\ud83d", "content_text": "Text."}
    old.write(json_feed(None, 7, odd, half)).run().ok()
    assert [left["where"] for left in old.left("broken")] == [
        "feed.xml, item 1",
        "feed.xml, item 2",
    ]
    assert old.report["found"] == {"item": 4}


def test_what_wordpress_writes_below_every_text_of_a_feed_is_none_of_it(old: OldSite) -> None:
    site = "<a href='https://old.example'>The Old Harbour</a>"
    below = f"<p>Der Beitrag <a href='{STORM}'>Storm</a> erschien zuerst auf {site}.</p>"
    start = f"<p>The storm came before [&#8230;]</p>{below}".replace("<", "&lt;")
    more = f"<description>{start}</description>"
    link = f"<p>Again <a href='{STORM}'>this</a> and {site}, says the mayor.</p><p>So be it.</p>"
    old.write(rss(item(text=TEXT + link + below, more=more))).run().ok()
    assert "summary" not in old.matter("2019/storm.md")
    assert old.body("2019/storm.md").endswith("says the mayor.\n\nSo be it.")


BLOGGER = [
    entry(
        "1",
        "<blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status>"
        "<blogger:filename>/2019/03/storm.html</blogger:filename>"
        "<blogger:metaDescription>Waves &amp;amp; wind</blogger:metaDescription>"
        '<category scheme="tag:blogger.com,1999:blog-7" term="Sea"/>',
        link="",
    ),
    entry(
        "2", "<blogger:type>POST</blogger:type><blogger:status>DRAFT</blogger:status>", "Secret", ""
    ),
    entry(
        "3",
        "<blogger:type>PAGE</blogger:type><blogger:status>LIVE</blogger:status>"
        "<blogger:filename>/p/about.html</blogger:filename>",
        "About",
        "",
    ),
    entry("4", "<blogger:type>COMMENT</blogger:type>", "A comment", ""),
    entry(
        "5",
        "<blogger:type>POST</blogger:type><blogger:status>SOFT_TRASHED</blogger:status>",
        "",
        "",
    ),
]
KIND = (
    '<category scheme="http://schemas.google.com/g/2005#kind" '
    'term="http://schemas.google.com/blogger/2008/kind#{}"/>'
)
OLDER_BLOGGER = [
    entry(
        "1",
        KIND.format("post") + '<category scheme="x" term="Sea"/>',
        link=f"{SITE}/2019/03/storm.html",
    ),
    entry(
        "2",
        KIND.format("post") + "<app:control><app:draft>yes</app:draft></app:control>",
        "Secret",
        "",
    ),
    entry("3", KIND.format("page"), "About", f"{SITE}/p/about.html"),
    entry("4", KIND.format("comment"), "A comment", f"{SITE}/2019/03/storm.html?showComment=7#c7"),
    entry("5", KIND.format("settings"), "BLOG_NAME", ""),
]


@pytest.mark.parametrize("entries", [BLOGGER, OLDER_BLOGGER], ids=["takeout", "older"])
def test_an_export_of_blogger_gives_its_posts_and_pages(old: OldSite, entries: list[str]) -> None:
    old.write(atom(*entries, more=HOME)).run().ok()
    assert old.files == {"2019/storm.md", "2019/secret.md", "pages/about.md"}
    assert "tags: [Sea]\n" in old.matter("2019/storm.md")
    assert "url: /2019/03/storm.html\n" in old.matter("2019/storm.md")
    assert "status: draft\n" in old.matter("2019/secret.md")
    assert "url: /p/about.html\n" in old.matter("pages/about.md")
    assert len(old.left("comment")) == 1
    assert len(old.report["left_out"]) == 2


def test_parts_that_a_program_has_copied_are_found_by_their_addresses(tmp_path: Path) -> None:
    old = OldSite(tmp_path, "feed", "copy/feed/index.html")
    older = '<atom:link rel="next" href="https://old.example/feed/?paged={}"/>'
    old.source.parent.mkdir(parents=True)
    old.write(rss(item(), more=older.format(2)))
    (old.source.parent / "index.html?paged=2").write_text("no feed")
    gates = item(f"{SITE}/2019/02/gates/", title="Gates")
    (old.source.parent.parent / "feed?paged=2").write_text(rss(gates, more=older.format(3)))
    site = OldSite(tmp_path, "feed", "copy").run().ok()
    assert site.files == {"2019/storm.md", "2019/gates.md"}
    assert [loss["detail"] for loss in site.lost("older")] == ["https://old.example/feed/?paged=3"]


def test_a_part_that_lies_here_under_another_name_is_not_missed(tmp_path: Path) -> None:
    old = OldSite(tmp_path, "feed", "feeds")
    link = '<atom:link rel="{}" href="https://old.example/feed/?paged=2"/>'
    old.put("1.xml", rss(item(), more=link.format("next")))
    gates = item(f"{SITE}/2019/02/gates/", title="Gates")
    old.put("2.xml", rss(gates, more=link.format("self")))
    old.run().ok()
    assert old.lost("older") == []


def test_older_parts_are_found_from_where_one_is(
    old: OldSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = '<atom:link rel="prev-archive" href="https://old.example/feeds/1.xml"/>'
    first = rss(item("https://old.example/a/", title="A"))
    (old.source.parent / "feeds").mkdir()
    (old.source.parent / "feeds/1.xml").write_text(first)
    old.write(rss(item(), more=link))
    monkeypatch.chdir(old.source.parent)
    old.source = Path(old.source.name)
    assert old.run().ok().became() == {"created": 2}
