"""Every field of front matter is on the pages where it belongs, and on no others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from sitegen.index.articles import Articles
from sitegen.index.store import Store
from tests.heads import Head
from tests.picture_files import png, read
from tests.site_test import SETTINGS, SiteTest, article

FIELDS: Mapping[str, Any] = {
    "section": "Politics",
    "tags": ["Q-tag", "Q-tag two"],
    "authors": ["Q-author", "Q-writer"],
    "summary": "Q-summary",
    "kicker": "Q-kicker",
    "short_title": "Q-short",
    "description": "Q-description",
    "updated": "2026-11-03 10:00",
    "image": {
        "src": "Q-hero.png",
        "alt": "Q-alt",
        "caption": "Q-caption *strong*",
        "credit": "Q-credit",
        "focus": "61% 37%",
    },
    "key_points": ["Q-point *one*", "Q-point two"],
    "why_it_matters": "Q-why *it*",
    "what_it_means": "Q-means *it*",
    "faq": [{"question": "Q-question?", "answer": "Q-answer\n\nQ-second"}],
    "type": "analysis",
    "sources": [
        {"title": "Q-source", "url": "https://q-source.example/", "publisher": "Q-publisher"},
        "https://q-bare.example/",
    ],
    "corrections": [
        {"date": "2026-11-04", "text": "Q-correction *x*"},
        {"date": "2026-11-06", "text": "Q-minor", "minor": True},
    ],
    "canonical_url": "https://q-canonical.example/",
    "noindex": True,
    "paywall": True,
    "ai": {"use": "assisted", "reviewed_by": "Q-reviewer"},
    "audio": {
        "src": "https://q-audio.example/a.mp3",
        "title": "Q-audio",
        "transcript": "/q-transcript/",
        "duration": "12:34",
    },
    "extra": {"note": "Q-extra"},
    "aliases": ["/q-alias/"],
    "embargo": "2026-11-02 08:00",
    "expires": "2027-12-31",
    "related": ["other.md"],
}

ONLY_PAGE = "page"
PAGE_CARD = "page card"
PAGE_FEED = "page feed"
PAGE_CARD_FEED = "page card feed"

WHERE: Mapping[str, str] = {
    "Q-title": PAGE_FEED,
    "Q-short": "card",
    "Q-summary": PAGE_CARD_FEED,
    "Q-kicker": PAGE_CARD,
    "Q-description": ONLY_PAGE,
    "Q-tag": PAGE_FEED,
    "Q-tag two": PAGE_FEED,
    "Q-author": PAGE_FEED,
    "Q-writer": PAGE_FEED,
    "November 3, 2026": ONLY_PAGE,
    "/q-hero-": PAGE_FEED,
    'alt="Q-alt"': PAGE_FEED,
    "Q-caption <em>strong</em>": PAGE_FEED,
    "Q-credit": PAGE_FEED,
    "Q-point <em>one</em>": PAGE_FEED,
    "Q-point two": PAGE_FEED,
    "Q-why <em>it</em>": PAGE_FEED,
    "Q-means <em>it</em>": PAGE_FEED,
    "Q-question?": PAGE_FEED,
    "<p>Q-answer</p>": PAGE_FEED,
    "<p>Q-second</p>": PAGE_FEED,
    "Analysis": PAGE_CARD,
    "Q-source": PAGE_FEED,
    "https://q-source.example/": PAGE_FEED,
    "Q-publisher": PAGE_FEED,
    "https://q-bare.example/": PAGE_FEED,
    "Q-correction <em>x</em>": PAGE_FEED,
    "November 4, 2026": PAGE_FEED,
    "Q-minor": PAGE_FEED,
    "https://q-canonical.example/": ONLY_PAGE,
    "noindex": ONLY_PAGE,
    "paywall": ONLY_PAGE,
    "Artificial intelligence helped": PAGE_FEED,
    "Q-reviewer": PAGE_FEED,
    "https://q-audio.example/a.mp3": ONLY_PAGE,
    "Q-audio": ONLY_PAGE,
    "/q-transcript/": ONLY_PAGE,
    "12:34": ONLY_PAGE,
    "Q-body": PAGE_FEED,
    "/politics/": "page card",
    "Q-extra": "",
    "2027": "",
}
"""A text → which of the article's page, its card and the feed it must stand in, and no other."""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> SiteTest:
    """An article with every field, and another."""
    settings = SETTINGS + "[paywall]\ntext_in_page = true\n"
    site = SiteTest(tmp_path_factory.mktemp("full") / "site", settings)
    body = "The body begins.\n\nQ-body\n"
    site.write("other.md", title="Q-other", date="2025-01-01")
    site.write("full.md", article("Q-title", "2026-11-02 07:00", body, **FIELDS))
    site.write("Q-hero.png", png((300, 200)))
    return site.build().ok()


def fractions(value: object) -> Iterator[float]:
    """The numbers in a value that are none of 64 bits; `extra` may hold any."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from fractions(inner) if name != "extra" else ()
    elif isinstance(value, list):
        for inner in value:
            yield from fractions(inner)
    elif isinstance(value, float) or (isinstance(value, int) and abs(value) >= 2**63):
        yield value


def test_what_is_stored_of_an_article_holds_no_fractions_of_ours(full: SiteTest) -> None:
    """`digest.canonical_texts` would write them otherwise with orjson."""
    kinds = ("body", "summary", "open", "corrections")
    with Store(full.folder / ".sitegen") as store:
        facts = Articles(store).values(f"{kind}:full.md" for kind in kinds)
    assert len(facts) == len(kinds)
    assert not [number for value in facts.values() for number in fractions(json.loads(value))]


@pytest.mark.parametrize("text", WHERE)
def test_a_field_is_shown_where_it_belongs_and_not_elsewhere(full: SiteTest, text: str) -> None:
    pages = {
        "page": full.page("2026/11/full/index.html"),
        "card": full.page("politics/index.html"),
        "feed": full.page("feed.xml"),
    }
    found = [name for name, page in pages.items() if text in page]
    assert found == WHERE[text].split()


def test_the_page_names_its_related_article_and_the_hero_is_published(full: SiteTest) -> None:
    page = full.page("2026/11/full/index.html")
    assert "Q-other" in page and "Q-hero.png" not in page and "Q-hero.png" not in full.bytes
    hero = Head(page).tree.find(".//figure//img")
    assert hero is not None and (hero.get("width"), hero.get("height")) == ("300", "200")
    path = hero.get("src", "").removeprefix("/")
    assert path in full.forms("q-hero") and read(full.bytes[path]).size == (300, 200)


def test_the_ticker_shows_the_short_title(full: SiteTest) -> None:
    assert '"title": "Q-short"' in full.page("headlines.json")
    assert "Q-title" not in full.page("headlines.json")


def test_each_list_of_an_article_has_its_page(full: SiteTest) -> None:
    for path in (
        "tags/q-tag",
        "tags/q-tag-two",
        "authors/q-author",
        "authors/q-writer",
        "politics",
    ):
        assert "Q-short" in full.page(f"{path}/index.html"), path


@pytest.mark.parametrize(
    "fields, path",
    [
        ({}, "2026/11/file-name/index.html"),
        ({"slug": "own"}, "2026/11/own/index.html"),
        ({"url": "/any/where/"}, "any/where/index.html"),
        ({"url": "/old/page.html"}, "old/page.html"),
        ({"url": "/caf%C3%A9/"}, "café/index.html"),
        ({"slug": "007"}, "2026/11/007/index.html"),
        ({"section": "Politics"}, "2026/11/file-name/index.html"),
    ],
)
def test_where_an_article_lives(site: SiteTest, fields: Mapping[str, Any], path: str) -> None:
    site.write("file-name.md", article(**fields)).build().ok()
    assert path in site.bytes


def test_an_empty_value_means_absent(site: SiteTest) -> None:
    names = [*FIELDS, "slug", "url", "breaking", "status", "withdrawn", "translation_of"]
    names += ["featured", "lang", "template", "draft", "published", "password"]
    for number, empty in enumerate(("", "null", "~", '""', "[]", "{}", '"  "')):
        lines = [f"{name}: {empty}" for name in names]
        text = "\n".join(["---", "title: A", "date: 2026-11-01", *lines, "---", "Text."])
        site.write(f"a{number}.md", text)
    site.build().ok()
    assert not site.warnings and not site.report["held_back"]
    assert site.report["articles"] == 7


@pytest.mark.parametrize(
    "name, url",
    [
        ("2024-02-29-leap.md", "2024/02/leap"),
        ("2024-02-29_leap.md", "2024/02/leap"),
        ("2024-02-29-bundle/index.md", "2024/02/bundle"),
        ("deep/er/2024-02-29-leap.markdown", "2024/02/leap"),
    ],
)
def test_a_date_may_come_from_a_files_name(site: SiteTest, name: str, url: str) -> None:
    site.write(name, "---\ntitle: A\n---\nText.\n").build().ok()
    assert f"{url}/index.html" in site.bytes


def test_the_field_is_stronger_than_the_files_name(site: SiteTest) -> None:
    site.write("2024-02-29-leap.md", title="A", date="2023-05-05").build().ok()
    assert "2023/05/leap/index.html" in site.bytes


def test_toml_says_the_same_as_yaml(site: SiteTest) -> None:
    toml = (
        '+++\ntitle = "A"\ndate = 2026-11-01T06:30:00Z\ntags = ["x", "y"]\nfeatured = true\n'
        '[image]\nsrc = "/p.png"\nalt = "P"\n[[faq]]\nquestion = "Q"\nanswer = "R"\n'
        "[extra]\nstars = 4\n+++\nText.\n"
    )
    yaml = (
        "---\ntitle: A\ndate: 2026-11-01T06:30:00Z\ntags: [x, y]\nfeatured: true\n"
        "image: {src: /p.png, alt: P}\nfaq: [{question: Q, answer: R}]\nextra: {stars: 4}\n---\n"
        "Text.\n"
    )
    site.write("a.md", toml).build().ok()
    before = site.bytes
    site.write("a.md", yaml).build().ok()
    assert site.bytes == before and not site.changed


def test_scalars_stay_as_they_are_written(site: SiteTest) -> None:
    text = (
        "---\ntitle: 1984\ndate: 2026-11-01\nslug: 010\nsection: no\ntags: [1e3, true, 0x1F]\n---\n"
    )
    site.write("a.md", text).build().ok()
    assert "<h1>1984</h1>" in site.page("2026/11/010/index.html")
    assert {"no/index.html", "tags/1e3/index.html", "tags/0x1f/index.html"} <= set(site.bytes)


@pytest.mark.parametrize(
    "written, iso",
    [
        ("2015-12-08 14:00:00 -5", "2015-12-08T19:00:00+00:00"),
        ("2011-11-28 8:32:24 -0400", "2011-11-28T12:32:24+00:00"),
        ("2015-07-08 14:00", "2015-07-08T14:00:00+01:00"),
        ("2015-07-08T14:00:00Z", "2015-07-08T15:00:00+01:00"),
        ("8 December 2015", "2015-12-08T00:00:00+00:00"),
        ("2026-10-25 01:30", "2026-10-25T01:30:00+01:00"),
    ],
)
def test_dates_are_read_exactly(site: SiteTest, written: str, iso: str) -> None:
    site.write("a.md", title="A", date=written, slug="a").build().ok()
    (page,) = [text for path, text in site.bytes.items() if path.endswith("/a/index.html")]
    assert f'datetime="{iso}"'.encode() in page


def test_entities_in_a_title_become_characters(site: SiteTest) -> None:
    site.write("a.md", title="Fish &amp; chips &ndash; &#8220;cheap&#8221;", kicker="A &lt; B")
    page = site.build().ok().page("2026/11/a/index.html")
    assert "<h1>Fish &amp; chips – “cheap”</h1>" in page and "A &lt; B" in page
    assert "&amp;amp;" not in page and '"title": "Fish \\u0026 chips' in site.page("headlines.json")


def test_markup_in_plain_fields_is_shown_as_text(site: SiteTest) -> None:
    evil = '<script>alert("1")</script>'
    fields = {n: evil for n in ("kicker", "summary", "short_title", "description")}
    site.write(
        "a.md", article(evil, tags=[f"t {evil}"], authors=[evil], extra={"a": evil}, **fields)
    )
    site.write("b.md", article("B", image={"src": "/x.png", "alt": '"><script>', "credit": evil}))
    site.build().ok()
    for path, data in site.bytes.items():
        if path.endswith("feed.json"):  # its texts are plain, and no HTML is around them
            data = b"".join(i.get("content_html", "").encode() for i in json.loads(data)["items"])
        assert b"<script>alert" not in data and b'"><script>' not in data, path


def test_a_label_that_the_theme_writes_is_stripped(site: SiteTest) -> None:
    site.write(
        "a.md",
        title="A",
        what_it_means="What this means for you: Q-means",
        why_it_matters="**Why this matters:** Q-why",
    )
    page = site.build().ok().page("2026/11/a/index.html")
    assert page.count("What this means for you") == page.count("Why this matters") == 1
    assert "<p>Q-means</p>" in page and "<p>Q-why</p>" in page


def test_breaking_is_on_home_and_in_the_ticker_and_not_in_the_articles_page(
    site: SiteTest,
) -> None:
    site.write("a.md", title="Q-title", date="2026-11-22 10:00", breaking=True)
    site.build(now="2026-11-22T15:59:59Z").ok()
    assert "<strong data-label>Breaking<" in site.page("index.html")
    assert '"breaking_until": "2026-11-22T16:00:00Z"' in site.page("headlines.json")
    page = site.page("2026/11/a/index.html")
    site.build(now="2026-11-22T16:00:00Z").ok()
    assert "<strong data-label>Latest<" in site.page("index.html")
    assert "breaking_until" not in site.page("headlines.json")
    assert site.page("2026/11/a/index.html") == page
    assert "2026/11/a/index.html" not in site.rendered


def test_a_featured_article_leads_home(site: SiteTest) -> None:
    site.write("new.md", title="Q-new", date="2026-11-20")
    site.write("old.md", title="Q-old", date="2020-01-01", featured=True).build().ok()
    lead = re.search(r'<div class="lead">(.*?)</div>', site.page("index.html"), re.DOTALL)
    assert lead and "Q-old" in lead[1] and "Q-new" not in lead[1]


def test_an_article_may_have_a_template_of_its_own(site: SiteTest) -> None:
    site.file("themes/own/theme.toml", 'extends = "broadsheet"\n')
    site.file(
        "themes/own/templates/long.html", "LONG {{ article.title }} {{ article.extra.stars }}"
    )
    site.settings(SETTINGS.replace("[site]", '[site]\ntheme = "own"'))
    site.write("a.md", title="A", template="long.html", extra={"stars": 4}).build().ok()
    assert site.page("2026/11/a/index.html") == "LONG A 4"


def test_a_bundles_files_are_published_when_its_page_uses_them(site: SiteTest) -> None:
    site.write("b/index.md", title="B", image="hero.png", audio="talk.mp3", body="![x](in.png)")
    for name in ("hero.png", "in.png", "unused.png"):
        site.write(f"b/{name}", png((40, 30)))
    page = site.write("b/talk.mp3", b"talk").build().ok().page("2026/11/b/index.html")
    assert site.bytes["b/talk.mp3"] == b"talk" and 'src="/b/talk.mp3"' in page
    assert not [path for path in site.bytes if "unused" in path or path.endswith("/hero.png")]
    for name in ("hero", "in"):
        assert any(f'src="/{path}"' in page for path in site.forms(name)), name


def test_bullets_and_letters_of_lists_are_the_pages_alone(site: SiteTest) -> None:
    """S6: no bullet stands in the text of a page that sets bullets itself."""
    site.write(
        "a.md",
        key_points=["• One", "- two", "1. x"],
        faq=[{"question": "Q: When?", "answer": "A: On Sunday."}],
    )
    page = site.build().ok().page("2026/11/a/index.html")
    assert "<li>One</li>\n<li>two</li>\n<li>x</li>" in page
    assert "<summary>When?</summary>\n<p>On Sunday.</p>" in page


def test_a_hyphen_in_the_name_of_a_taxonomy_or_of_a_mapped_field_is_as_good_as_an_underscore(
    site: SiteTest,
) -> None:
    names = '[front_matter.names]\nstand-first = "summary"\n'
    site.settings(f"{SETTINGS}[taxonomies.sub-topic]\n{names}")
    for name, text in {
        "a": 'sub-topic: [Tides]\nstand-first: "Q-first"\n',
        "b": 'sub_topic: [Quays]\nStand_First: "Q-second"\n',
    }.items():
        site.write(f"{name}.md", f"---\ntitle: T\ndate: 2026-11-01\n{text}---\nText.\n")
    site.build().ok()
    assert site.warnings == []
    assert {"sub-topic/tides/index.html", "sub-topic/quays/index.html"} <= set(site.bytes)
    assert "Q-first" in site.page("2026/11/a/index.html")
    assert "Q-second" in site.page("2026/11/b/index.html")
