"""Imports of saved pages: what is the article, what its boxes, and what is none."""

from __future__ import annotations

import json
import shutil
from html import escape
from pathlib import Path
from typing import Any

import pytest

from sitegen.config import load_config
from tests.importing.conftest import NOW
from tests.importing.old_site import OldSite
from tests.importing.test_feeds import articles
from tests.picture_files import saved, smooth

PROSE = (
    "The storm arrived before dawn and by seven the quay was under water, said the harbour master.",
    "Nobody was hurt, though two boats broke loose and drifted as far as the northern pier.",
    "The ferries will stay in port until Sunday, and the fish market opens an hour later.",
)
TEXT = "\n\n".join(PROSE)
STORY = "".join(f"<p>{paragraph}</p>" for paragraph in PROSE)
AROUND = """<header><nav><ul><li><a href="/">Home</a></li><li><a href="/city/">City</a></li></ul>
</nav><div class="ticker">BREAKING Loading latest headlines…</div></header>"""
FOOT = "<footer><p>Published by The Old Harbour. All rights reserved everywhere.</p></footer>"


@pytest.fixture
def old(tmp_path: Path) -> OldSite:
    old = OldSite(tmp_path, "html", "saved")
    old.source.mkdir()
    return old


def page(body: str, head: str = "", address: str = "https://old.example/2019/03/storm/") -> str:
    canonical = f'<link rel="canonical" href="{address}">' if address else ""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{canonical}{head}</head>'
        f"<body>{AROUND}<main>{body}</main>{FOOT}</body></html>"
    )


def dated(moment: str = "2019-03-04T10:00:00+00:00") -> str:
    return (
        '<meta property="og:type" content="article"><meta property="og:title" content="Storm">'
        f'<meta property="article:published_time" content="{moment}">'
    )


def put(old: OldSite, name: str, html: str) -> OldSite:
    path = old.source / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(html, encoding="utf-8")
    return old


PORTAL = f"""<article><h1>Storm closes the harbour</h1>
<p class="subtitle">No ship will leave before Sunday, says the harbour master of the town.</p>
<div class="byline">By <a href="/author/maria/" rel="author">Maria López</a></div>
<div class="social-share"><a href="https://facebook.example/">Share</a> <a href="#">Tweet</a></div>
<div class="box"><h3>Key Points</h3><ul><li>No <b>ferries</b> until Sunday</li>
<li>Two boats adrift</li></ul></div>
{STORY}
<h2>Why This Matters</h2><p>The harbour feeds the town, and no ship means no work on the quay.</p>
<p><strong>What this means for you:</strong> take the bus, which goes every hour from the pier.</p>
<div class="newsletter"><h3>Get the news that matters</h3><form><input></form></div>
</article>"""

LD = {
    "@context": "https://schema.org",
    "@graph": [
        {
            "@type": "NewsArticle",
            "headline": "Storm closes the harbour",
            "datePublished": "2019-03-04T10:00:00+00:00",
            "dateModified": "2019-03-06T08:00:00+00:00",
            "author": {"@type": "Person", "name": "Maria López"},
            "publisher": {"@type": "Organization", "name": "The Old Harbour"},
            "articleSection": "Harbour & trade",
            "keywords": "Weather, Ferries",
            "image": {"@type": "ImageObject", "url": "https://old.example/up/pier-1200x800.jpg"},
            "isAccessibleForFree": True,
        },
        {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": 1,
                    "name": "Harbour & trade",
                    "item": "https://old.example/harbour/",
                }
            ],
        },
        {
            "@type": "FAQPage",
            "mainEntity": [
                {
                    "@type": "Question",
                    "name": "When do ferries sail?",
                    "acceptedAnswer": {"@type": "Answer", "text": "On Sunday."},
                },
                {
                    "@type": "Question",
                    "name": "Is the market open?",
                    "acceptedAnswer": {"@type": "Answer", "text": "<p>From nine.</p>"},
                },
            ],
        },
    ],
}
NEWSPAPER = f"""<h1>Storm closes the harbour</h1>
<figure><picture><source srcset="/up/pier-600x400.webp">
<img src="/up/pier-600x400.jpg" alt="A pier">
</picture><figcaption>Waves at the <a href="/pier/">pier</a> <span class="photo-credit">M. López
</span></figcaption></figure>
<div class="entry">{STORY}<h2>Background</h2><p>{PROSE[0]} It was the third storm of the year.</p>
<h3>When do ferries sail?</h3><p>On <em>Sunday</em>, if the sea allows it.</p></div>
<section class="related"><h2>Related</h2><article><h3><a href="/2019/02/gates/">Gates</a></h3>
<p>What the gates of the old town can do, and what they cannot do in a storm.</p></article>
</section>
"""


def test_a_portals_page_becomes_an_article_with_its_boxes(old: OldSite) -> None:
    head = '<meta property="article:published_time" content="2019-03-04T10:00:00+00:00">'
    put(old, "storm.html", page(PORTAL, head)).run().ok()
    assert old.text("2019/storm.md") == (
        "---\ntitle: Storm closes the harbour\ndate: 2019-03-04 10:00\nauthors: [Maria López]\n"
        "summary: 'No ship will leave before Sunday, says the harbour master of the town.'\n"
        "key_points: [No **ferries** until Sunday, Two boats adrift]\n"
        "why_it_matters: 'The harbour feeds the town, and no ship means no work on the quay.'\n"
        "what_it_means: 'take the bus, which goes every hour from the pier.'\n"
        f"url: /2019/03/storm/\n---\n\n{TEXT}\n"
    )


def test_a_newspapers_page_becomes_an_article_with_what_it_says_to_machines(old: OldSite) -> None:
    script = f'<script type="application/ld+json">{json.dumps(LD)}</script>'
    put(old, "storm.html", page(NEWSPAPER, script)).run().ok()
    assert old.matter("2019/storm.md") == (
        "title: Storm closes the harbour\ndate: 2019-03-04 10:00\nsection: harbour\n"
        "tags: [Weather, Ferries]\nauthors: [Maria López]\nupdated: 2019-03-06 08:00\n"
        "image:\n  src: /up/pier-1200x800.jpg\n  alt: A pier\n"
        "  caption: 'Waves at the [pier](/pier/)'\n  credit: M. López\n"
        "faq:\n"
        "  - question: 'When do ferries sail?'\n"
        "    answer: 'On *Sunday*, if the sea allows it.'\n"
        "  - question: 'Is the market open?'\n    answer: From nine.\n"
        "url: /2019/03/storm/\n"
    )
    assert old.body("2019/storm.md") == (
        f"{TEXT}\n\n## Background\n\n{PROSE[0]} It was the third storm of the year."
    )
    assert load_config(old.folder).sections["harbour"].title == "Harbour & trade"


FAQS = {
    "headings": "<h2>FAQ</h2><h3>When?</h3><p>On Sunday.</p><h3>Who?</h3><p>All.</p>",
    "stressed": "<h2>Frequently asked questions</h2><p><b>When?</b></p><p>On Sunday.</p>"
    "<p><b>Who?</b></p><p>All.</p>",
    "to unfold": "<details><summary>When?</summary><p>On Sunday.</p></details>"
    "<details><summary>Who?</summary>All.</details>",
    "terms": "<section><div><h2>Q&amp;A</h2></div><dl><dt>When?</dt><dd>On Sunday.</dd>"
    "<dt>Who?</dt><dd>All.</dd></dl></section>",
    "marked": "<h2>FAQs</h2><h3>Q: When?</h3><p>A: On Sunday.</p><h3>Q: Who?</h3><p>A: All.</p>",
}


@pytest.mark.parametrize("form", FAQS)
def test_questions_and_answers_are_known_in_every_form(old: OldSite, form: str) -> None:
    html = f"<article><h1>Storm</h1>{STORY}{FAQS[form]}</article>"
    put(old, "storm.html", page(html, dated())).run().ok()
    assert (
        "faq:\n  - question: 'When?'\n    answer: On Sunday.\n"
        "  - question: 'Who?'\n    answer: All.\n" in old.matter("2019/storm.md")
    )
    assert old.body("2019/storm.md") == TEXT


OG = '<meta property="article:published_time" content="2019-03-02T10:00:00Z">'
NAMED = '<meta name="date" content="2019-03-03">'
TIME = '<time datetime="2019-03-04T10:00:00Z">4 March</time>'
JSON_LD = (
    '<script type="application/ld+json">{"@type": "BlogPosting", "datePublished": "2019-03-01"}'
    "</script>"
)


@pytest.mark.parametrize(
    ("head", "body", "address", "date", "guessed"),
    [
        (JSON_LD + OG + NAMED, TIME, "/2018/01/02/storm/", "2019-03-01", False),
        (OG + NAMED, TIME, "/2018/01/02/storm/", "2019-03-02 10:00", False),
        (NAMED, TIME, "/2018/01/02/storm/", "2019-03-03", False),
        ("", TIME, "/2018/01/02/storm/", "2019-03-04 10:00", False),
        ("", "", "/2018/01/02/storm/", "2018-01-02", True),
    ],
    ids=["json-ld", "open graph", "meta", "time", "address"],
)
def test_the_date_is_what_the_page_says_most_deliberately(
    old: OldSite, head: str, body: str, address: str, date: str, guessed: bool
) -> None:
    html = f"<article><h1>Storm</h1>{body}{STORY}</article>"
    head += '<meta property="og:type" content="article">'
    put(old, "storm.html", page(html, head, f"https://old.example{address}")).run().ok()
    (path,) = old.files
    assert f"date: {date}\n" in old.matter(path)
    assert bool(old.lost("guessed")) is guessed


def test_what_is_no_article_is_listed(old: OldSite) -> None:
    cards = "".join(
        f'<article><h2><a href="/2019/0{n}/a/">Headline {n}</a></h2><p>{PROSE[n - 1]}</p></article>'
        for n in (1, 2, 3)
    )
    site = "https://old.example"
    put(old, "storm.html", page(f"<article><h1>Storm</h1>{STORY}</article>", dated()))
    put(old, "index.html", page(f"<h1>Home</h1>{STORY}", "", f"{site}/"))
    put(old, "city.html", page(f"<h1>City</h1>{cards}", "", f"{site}/city/"))
    put(
        old,
        "old.html",
        page("", '<meta http-equiv="refresh" content="0; url=/new/">', f"{site}/o/"),
    )
    put(old, "404.html", page(STORY, '<meta name="robots" content="noindex">', f"{site}/404.html"))
    put(old, "map.html", page("<h1>Map</h1><p>Here.</p>", "", f"{site}/map/"))
    put(old, "copy.html", page(f"<article><h1>Storm</h1>{STORY}</article>", dated()))
    put(old, "about.html", page(f"<h1>About us</h1>{STORY}", "", f"{site}/about/"))
    old.run().ok()
    assert old.files == {"2019/storm.md", "pages/about.md"}
    assert {left["where"]: left["kind"] for left in old.report["left_out"]} == {
        "index.html": "listing",
        "city.html": "listing",
        "404.html": "listing",
        "old.html": "moved",
        "map.html": "other",
        "storm.html": "again",
    }
    assert load_config(old.folder).redirects == {"/o/": "/new/"}
    assert [one["address"] for one in old.report["unanswered"]] == ["/map/", "/city/"]


def test_a_page_that_a_browser_has_saved_brings_its_pictures(old: OldSite) -> None:
    html = page(
        f'<article><h1>Storm</h1>{STORY}<figure><img src="Storm_files/pier.jpg" alt="A pier">'
        "<figcaption>The pier</figcaption></figure></article>",
        dated(),
        "",
    )
    remark = "<!-- saved from url=(0034)https://old.example/2019/03/storm/ -->"
    put(old, "Storm.html", html.replace("<html", f"{remark}\n<html"))
    put(old, "Storm_files/frame.html", page(STORY))
    (old.source / "Storm_files" / "pier.jpg").write_bytes(saved(smooth(), "JPEG"))
    put(old, "other/Storm.html", html.replace("<html", f"{remark.replace('03', '04')}\n<html"))
    (old.source / "other" / "Storm_files").mkdir()
    (old.source / "other" / "Storm_files" / "pier.jpg").write_bytes(saved(smooth((9, 9)), "JPEG"))
    old.run().ok()
    assert old.body("2019/storm.md").endswith('![A pier](/media/storm/pier.jpg "The pier")')
    assert old.files == {
        *("2019/storm.md", "2019/storm-2.md"),
        *("media/storm/pier.jpg", "media/other/Storm_files/pier.jpg"),
    }


def test_a_picture_that_is_none_is_told_and_does_not_stop_a_build(old: OldSite) -> None:
    html = f'<article><h1>Storm</h1>{STORY}<img src="a.jpg"><img src="b.html"></article>'
    put(old, "storm.html", page(html, dated()))
    put(old, "a.jpg", "no picture")
    put(old, "b.html", "no picture")
    old.run().ok()
    assert [loss["detail"].partition(":")[0] for loss in old.lost("media")] == ["a.jpg"]
    assert old.body("2019/storm.md").startswith(TEXT)


def test_links_between_the_files_of_a_copied_site_lead_to_the_articles(old: OldSite) -> None:
    link = '<p>See <a href="../gates/index.html#how">what the gates of the old town can do</a>.</p>'
    storm = page(f"<article><h1>Storm</h1>{STORY}{link}</article>", dated(), "")
    gates = page(f"<article><h1>Gates</h1>{STORY}</article>", dated("2019-02-01"), "")
    put(old, "old.example/news/storm/index.html", storm)
    put(old, "old.example/news/gates/index.html", gates.replace("Storm", "Gates"))
    old.run().ok()
    assert "[what the gates of the old town can do](/news/gates/#how)" in old.body("2019/storm.md")
    assert load_config(old.folder).site.base_url == "https://old.example/"


def test_pages_in_another_language_are_its_articles(old: OldSite) -> None:
    english = page(f"<article><h1>Storm</h1>{STORY}</article>", dated())
    put(old, "a.html", english)
    put(old, "c.html", english.replace("/storm/", "/gates/"))
    arabic = english.replace('lang="en"', 'lang="ar"').replace("example/2019", "example/ar/2019")
    put(old, "b.html", arabic).run().ok()
    assert old.files == {"2019/storm.md", "2019/gates.md", "ar/2019/storm.md"}
    assert "ar/2019/03/storm/index.html" in old.site.bytes


@pytest.mark.parametrize("data", [b"", b"\0\xff\xfe", b"<p>", "é".encode("latin-1"), b"<" * 5000])
def test_a_file_that_is_no_page_is_listed(old: OldSite, data: bytes) -> None:
    put(old, "storm.html", page(f"<article><h1>Storm</h1>{STORY}</article>", dated()))
    (old.source / "odd.html").write_bytes(data)
    old.run().ok()
    assert [left["where"] for left in old.report["left_out"]] == ["odd.html"]


def test_a_folder_without_pages_is_refused(old: OldSite) -> None:
    old.site.run("import", "html", str(old.source), "-s", str(old.folder))
    assert old.site.exit_code == 1
    assert "there is no page in this folder" in old.site.output


@pytest.mark.parametrize("address", ["http://[", "https://old.example//[", "//", "/%zz?#", "\t"])
def test_an_address_that_is_none_does_no_harm(old: OldSite, address: str) -> None:
    odd = (
        f'<p><a href="{address}">A link with words</a> <img src="{address}" alt="A picture"></p>'
        f'<iframe src="{address}"></iframe><video src="{address}"></video>'
        f'<h3><a href="{address}">A headline</a></h3>'
    )
    image = f'<meta property="og:image" content="{address}">'
    html = f"<article><h1>Storm</h1>{STORY}{odd}{STORY}</article>"
    put(old, "storm.html", page(html, dated() + image)).run().ok()
    assert old.body("2019/storm.md").startswith(TEXT)


def test_markup_in_what_a_page_says_to_machines_does_no_harm(old: OldSite) -> None:
    nasty: dict[str, Any] = {"@type": ["NewsArticle"], "headline": ["no", "text"], "author": 7}
    nasty |= {"keywords": {"a": 1}, "image": [[["deep"]]], "mainEntity": [None, "x"]}
    script = f'<script type="application/ld+json">{json.dumps(nasty)}</script>'
    broken = '<script type="application/ld+json">{not json</script>'
    title = f'<meta property="og:title" content="{escape("<b>Storm</b> & tide")}">'
    html = f"<article><h1>Storm</h1>{STORY}</article>"
    put(old, "storm.html", page(html, broken + script + title + OG)).run().ok()
    assert old.body("2019/storm.md") == TEXT


def test_our_own_pages_give_the_same_articles(courier: Path, tmp_path: Path) -> None:
    """A year's articles of the demo, with a standing page and lists between them."""
    old = OldSite(tmp_path, "html", "old")
    for part in ("2026", "about", "harbour", "_pictures", "media"):
        if (courier / part).is_dir():
            shutil.copytree(courier / part, old.source / part)
    old.run("--timezone", "Europe/London").site.ok()
    old.site.build(now=NOW).ok()
    before, after = articles(courier), articles(old.site.public)
    assert len(after) == 15
    assert [url for url in after if after[url] != before[url]] == []
    assert {url for url in before if "/2026/" in url} == set(after)
    assert "pages/about.md" in old.files
