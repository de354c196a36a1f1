"""What the templates of broadsheet make of odd, empty and unusual articles, pages and settings."""

from __future__ import annotations

import json
import re

import pytest

from tests.site_test import SETTINGS, SiteTest


def text_of(html: str) -> str:
    """What readers read of some HTML."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


# Languages.


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en-US", "Read in English"),
        ("fr-CA", "Lire en français"),
        ("fa", "فارسی"),
        ("pl", "Polski"),
    ],
)
def test_a_translations_link_names_its_language_whatever_it_is(
    lang: str, words: str, site: SiteTest
) -> None:
    """AC-15: of a region the language's text, of a language without one its own name."""
    site.settings(SETTINGS.replace('"en"', '"de"') + f"[languages.{lang}]\n")
    site.write("a.md").write(f"a.{lang}.md").build().ok()
    list_ = site.page("2026/11/a/index.html").partition('class="translations"')[2]
    link = re.search(r"<a [^>]*>([^<]*)</a>", list_)
    assert link and link[1] == words and f' lang="{lang}"' in link[0]


# Home.


def test_a_writers_names_stand_in_the_order_of_the_article(site: SiteTest) -> None:
    site.write("old.md", date="2026-11-01", type="opinion", authors=["Ann", "Bo"])
    site.write("new.md", date="2026-11-02", type="opinion", authors=["Bo"])
    for day in range(10, 16):
        site.write(f"news{day}.md", date=f"2026-11-{day}")
    box = site.build().ok().page("index.html").partition('class="opinions"')[2]
    assert re.findall(r'class="writer">([^<]*)<', box) == ["Bo", "Ann", "Bo"]


def test_the_box_of_opinion_links_its_section_only_if_there_is_nothing_else_in_it(
    site: SiteTest,
) -> None:
    for day in range(10, 16):
        site.write(f"news{day}.md", date=f"2026-11-{day}")
    site.write("view.md", section="Views", type="opinion").build().ok()
    heading = r'<h2 id="block-opinions">(.*?)</h2>'
    found = re.search(heading, site.page("index.html"))
    assert found and found[1] == '<a href="/views/">Opinion</a>'
    site.write("fact.md", section="Views", date="2026-10-01").build().ok()
    found = re.search(heading, site.page("index.html"))
    assert found and found[1] == "Opinion"


def test_stories_below_no_date_say_of_which_year_they_are(site: SiteTest) -> None:
    site.settings(SETTINGS.replace('"en"', '"en-GB"'))
    for year in range(2015, 2026):
        site.write(f"a{year}.md", date=f"{year}-05-01")
    latest = site.build().ok().page("index.html").partition('class="latest"')[2]
    assert '<time datetime="2019-05-01T00:00:00+01:00">1 May 2019</time>' in latest


def test_an_opinions_label_is_that_of_the_settings(site: SiteTest) -> None:
    site.settings(SETTINGS + '[types.opinion]\nlabel = "A view"\n')
    for day in range(10, 16):
        site.write(f"news{day}.md", date=f"2026-11-{day}")
    box = site.write("view.md", type="opinion").build().ok().page("index.html")
    box = box.partition('class="opinions"')[2].partition("</section>")[0]
    assert '<span class="type">A view</span>' in box


# Articles that others paid for.

PAID = {"type": "sponsored", "title": "Buy a boat", "date": "2026-11-20"}


def test_what_was_paid_for_leads_nothing_and_is_no_headline(site: SiteTest) -> None:
    """Neither by being new, nor by being featured or breaking."""
    for number in range(3):
        site.write(f"news{number}.md", title=f"News {number}")
    site.write("boat.md", featured=True, breaking="2026-12-01", **PAID).build().ok()
    home = site.page("index.html")
    assert "Buy a boat" not in home.partition('class="latest"')[0]
    assert "Buy a boat" in home.partition('class="latest"')[2]
    assert "Buy a boat" not in site.page("headlines.json")
    assert len(json.loads(site.page("headlines.json"))["items"]) == 3


def test_what_was_paid_for_can_be_picked_and_always_says_so(site: SiteTest) -> None:
    label = '<span class="type">Sponsored</span>'
    site.write(
        "boat.md", section="Politics", tags=["Sea"], sources=["https://boat.example/"], **PAID
    )
    site.write("front.toml", 'lead = "boat.md"\n').write("news.md", tags=["Sea"]).build().ok()
    for path in ("index.html", "politics/index.html", "tags/sea/index.html", "2026/11/index.html"):
        card = site.page(path).partition("Buy a boat</a>")[2]
        assert label in card.partition("</article>")[0].partition("</li>")[0], path
    article = site.page("2026/11/boat/index.html")
    assert label in article.partition("</header>")[2].partition("</header>")[0]
    assert 'href="https://boat.example/" rel="sponsored noopener"' in article
    assert "<title>Sponsored: Buy a boat</title>" in site.page("feed.xml")


def test_a_site_of_nothing_but_paid_articles_has_a_home(site: SiteTest) -> None:
    site.write("boat.md", **PAID).build().ok()
    home = site.page("index.html")
    assert "Buy a boat" in home and "nothing here" not in home
    assert json.loads(site.page("headlines.json"))["items"] == []


# Addresses.

NEWS = SETTINGS.replace("https://test.example/", "https://test.example/news/")


def test_links_to_follow_that_begin_at_the_root_lead_into_the_site(site: SiteTest) -> None:
    letters, other = ('label = "A", url = "/letters/"', 'label = "B", url = "https://e.example/"')
    site.settings(f"{NEWS}[publisher]\nfollow = [{{ {letters} }}, {{ {other} }}]\n")
    links = '[{label: Mine, url: "/mine/"}, {label: Out, url: "https://out.example/"}]'
    site.write("authors/zoë.md", f"---\nname: Zoë\nlinks: {links}\n---\nZoë writes.\n")
    page = site.write("a.md", authors=["Zoë"]).build().ok().page("authors/zoë/index.html")
    for address in ("/news/letters/", "https://e.example/", "/news/mine/", "https://out.example/"):
        assert f'<a href="{address}" rel="me noopener">' in page


def test_pictures_and_recordings_that_are_not_there_are_not_shown(site: SiteTest) -> None:
    """An empty `src` asks for the page itself."""
    site.write("draft.md", status="draft")
    portrait = "image: {src: ../draft.md, alt: Zoë}"
    site.write("authors/zoë.md", f"---\nname: Zoë\n{portrait}\n---\nText.\n")
    audio = {"src": "draft.md", "title": "Read aloud", "transcript": "draft.md"}
    image = {"src": "draft.md", "alt": "A draft"}
    site.write("a.md", authors=["Zoë"], audio=audio).write("b.md", image=image).build().ok()
    audio["src"] = "https://sounds.example/a.mp3"
    site.write("c.md", audio=audio).build().ok()
    for path, data in site.bytes.items():
        assert b'src=""' not in data and b'href=""' not in data, path
    assert "<audio" not in site.page("2026/11/a/index.html")
    assert "<img" not in site.page("authors/index.html") + site.page("authors/zoë/index.html")
    assert "<img" not in site.page("2026/11/b/index.html") + site.page("index.html")
    sound = site.page("2026/11/c/index.html")
    assert "<audio" in sound and "Transcript" not in sound


# Dates.


@pytest.mark.parametrize(
    ("updated", "shown"),
    [
        ("2026-11-02", "Updated 2 November 2026"),
        ("2026-07-02", "Updated 2 July 2026"),
        ("2026-11-02 06:30", "Updated 2 November 2026, 06:30 GMT"),
        ("2026-07-02T00:00:00Z", "Updated 2 July 2026, 01:00 BST"),
    ],
)
def test_a_change_without_a_time_of_day_shows_none(
    updated: str, shown: str, site: SiteTest
) -> None:
    site.settings(SETTINGS.replace('"en"', '"en-GB"'))
    site.write("a.md", date="2026-06-01", updated=updated).build().ok()
    dates = site.page("2026/06/a/index.html").partition('class="dates"')[2].partition("</p>")[0]
    assert re.search(rf"{shown}(?! ?,|\d)", text_of(dates + "|")), text_of(dates)


# A preview.


def test_a_preview_marks_the_cards_of_what_is_not_published(site: SiteTest) -> None:
    site.write("live.md", title="Live", tags=["Sea"], date="2026-11-20", section="Politics")
    site.write("draft.md", title="Draft", status="draft", tags=["Sea"], section="Politics")
    site.write("later.md", title="Later", type="opinion", date="2026-12-01")
    for number in range(5):
        site.write(f"news{number}.md", date=f"2026-12-0{number + 2}", title="Later")
    site.build("--preview").ok()
    marks = {"Draft": "Draft: not published.", "Later": "Scheduled: not yet published."}
    for path in ("index.html", "tags/sea/index.html", "politics/index.html", "2026/11/index.html"):
        main = preview(site, path).partition("<main")[2].partition("</main")[0]
        cards = re.findall(r'<article class="card">.*?</article>|<li>.*?</li>', main, re.DOTALL)
        for card in (card for card in cards if "<a " in card):
            title = text_of(re.findall(r"<a [^>]*>.*?</a>", card)[-1])
            for name, mark in marks.items():
                assert (mark in card) == (title == name), f"{path}: {card}"
    box = preview(site, "index.html").partition('class="opinions"')[2].partition("</section>")[0]
    assert marks["Later"] in box
    held = '<aside class="held">Draft: not published.</aside>'
    assert held in preview(site, "2026/11/draft/index.html")
    site.build().ok()
    assert not any(b"not published" in data for data in site.bytes.values())


def test_another_draft_renders_the_pages_of_a_preview_that_show_it(site: SiteTest) -> None:
    """The marks are no fact of the whole site: each page has those of its own cards."""
    site.write("a.md", date="2026-10-01").write("draft.md", status="draft").build("--preview").ok()
    site.write("another.md", status="draft", date="2026-11-02").build("--preview").ok()
    assert "2026/11/another/index.html" in site.rendered
    assert {"2026/10/a/index.html", "2026/11/draft/index.html"}.isdisjoint(site.rendered)


def preview(site: SiteTest, path: str) -> str:
    return (site.folder / "preview" / path).read_text(encoding="utf-8")


# Odd and missing words.


def test_a_policy_that_the_theme_has_no_word_for_is_called_as_the_settings_do(
    site: SiteTest,
) -> None:
    site.settings(SETTINGS + '[publisher.policies]\nright_of_reply = "/reply/"\nprivacy = "/p/"\n')
    foot = site.build().ok().page("index.html").partition("<footer")[2]
    assert '<a href="/reply/">Right of reply</a>' in foot
    assert '<a href="/p/">Privacy</a>' in foot, "TR-13"


def test_a_page_without_a_description_says_nothing_of_one(site: SiteTest) -> None:
    site.write("empty.md", body="").write("a.md", description="It is “high” & dry").build().ok()
    described = re.compile(r'<meta name="description" content="(.*?)">')
    for path in ("index.html", "archive/index.html", "2026/11/empty/index.html", "404.html"):
        assert "description" not in site.page(path), path
    found = described.findall(site.page("2026/11/a/index.html"))
    assert found == ["It is “high” &amp; dry"]
    text = (site.folder / "sitegen.toml").read_text(encoding="utf-8")
    site.settings(text.replace("[site]", '[site]\ntagline = "High & dry"')).build().ok()
    assert described.findall(site.page("index.html")) == ["High &amp; dry"]


def test_an_index_by_letter_passes_over_the_arabic_article(site: SiteTest) -> None:
    site.settings(SETTINGS.replace('"en"', '"ar"'))
    names = ["الميناء", "مدرسة", "أسواق", "ألمانيا", "ال", "البحر"]
    index = site.write("a.md", tags=names).build().ok().page("tags/index.html")
    letters = re.findall(r'<h2 id="letter-\d+">(.*?)</h2>', index)
    assert letters == ["\N{ARABIC LETTER ALEF}", "ب", "م"]
    lists = re.findall(r'<ul class="terms">(.*?)</ul>', index, re.DOTALL)
    under = [re.findall(r'/">(.*?)</a>', each) for each in lists]
    assert under == [["أسواق", "ال", "ألمانيا"], ["البحر"], ["مدرسة", "الميناء"]]


# The archive's chart.


def test_a_row_of_ten_years_leads_to_no_year(site: SiteTest) -> None:
    site.settings(SETTINGS + '[listings.periods]\nsite = "year"\n')
    for year in (2019, 2020, 2024):
        site.write(f"a{year}.md", date=f"{year}-05-01")
    archive = site.build().ok().page("archive/index.html")
    rows = re.findall(r'<p class="row-name">(.*?)</p>', archive)
    assert rows == ["2020–2029", "2010–2019"]
    bars = re.findall(r'<a href="([^"]*)" aria-label="([^"]*)">', archive.partition("<svg")[2])
    assert ("/2020/", "2020: 1 article") in bars and len(bars) == 3
    site.settings(SETTINGS).build().ok()
    assert '<p class="row-name"><a href="/2020/">2020</a></p>' in site.page("archive/index.html")


# What readers must be told, and can trust.


def test_a_card_in_another_language_says_so(site: SiteTest) -> None:
    """AC-02: its language and its direction, for whoever reads aloud or breaks lines."""
    site.settings(SETTINGS + "[languages.ar]\n")
    site.write("here.ar.md", title="خبر", date="2026-10-01")
    site.write("there.md", title="There", date="2026-10-02")
    site.write("a.md", related=["here.ar.md", "there.md"]).build().ok()
    related = site.page("2026/11/a/index.html").partition('class="related"')[2]
    cards = dict(re.findall(r'<article class="card"([^>]*)>.*?>(\w+)</a>', related, re.DOTALL))
    assert cards == {' lang="ar" dir="rtl"': "خبر", "": "There"}


def test_an_article_without_a_byline_is_the_publishers_and_links_why(site: SiteTest) -> None:
    """TR-01."""
    policies = '[publisher]\nname = "Quay Trust"\npolicies = { no_bylines = "/unsigned/" }\n'
    site.settings(SETTINGS + policies).write("a.md").write("b.md", authors=["Zoë"]).build().ok()
    byline = re.compile(r'<p class="byline">(.*?)</p>', re.DOTALL)
    unsigned = byline.findall(site.page("2026/11/a/index.html"))[0]
    assert (
        '<a href="/unsigned/">Quay Trust</a>' in unsigned and text_of(unsigned) == "By Quay Trust"
    )
    signed = byline.findall(site.page("2026/11/b/index.html"))[0]
    assert '<a rel="author" href="/authors/zo%C3%AB/">Zoë</a>' in signed and "Trust" not in signed


def test_a_slip_put_right_changes_no_date(site: SiteTest) -> None:
    """TR-03: `minor` is in the list of corrections, and nowhere called a change."""
    slip = {"date": "2026-11-20", "text": "A comma.", "minor": True}
    site.write("a.md", corrections=[slip]).build().ok()
    page = site.page("2026/11/a/index.html")
    assert "A comma." in page.partition('id="corrections"')[2] and 'class="corrected"' not in page
    assert "A comma." in site.page("corrections/index.html")
    untouched = "Sun, 01 Nov 2026 00:00:00 GMT"
    assert f"<lastBuildDate>{untouched}</lastBuildDate>" in site.page("feed.xml")
    assert json.loads(site.page("headlines.json"))["generated"] == "2026-11-01T00:00:00Z"
    site.write("a.md", corrections=[slip | {"minor": False}]).build().ok()
    assert 'class="corrected"' in site.page("2026/11/a/index.html")
    assert json.loads(site.page("headlines.json"))["generated"] == "2026-11-20T00:00:00Z"


@pytest.mark.parametrize(
    ("ai", "told"),
    [
        ("generated", "This article was written with artificial intelligence."),
        (
            {"use": "generated", "reviewed_by": "Zoë"},
            "This article was written with artificial intelligence. Reviewed by Zoë.",
        ),
        ("assisted", "Artificial intelligence helped to make this article."),
        ("none", ""),
    ],
)
def test_what_a_machine_wrote_says_so(ai: object, told: str, site: SiteTest) -> None:
    """TR-08."""
    page = site.write("a.md", ai=ai).build().ok().page("2026/11/a/index.html")
    notes = re.findall(r'<p class="ai">(.*?)</p>', page)
    assert [text_of(note) for note in notes] == ([told] if told else [])


def test_a_currencys_letters_and_sign_stay_in_order_from_right_to_left(site: SiteTest) -> None:
    """“UK£”: without marks of direction the sign would stand before its letters."""
    arabic = SETTINGS.replace('"en"', '"ar"')
    give = '[support]\naction = "https://give.example/"\namounts = [5]\ncurrency = '
    for currency, shown in (("GBP", "\u200eUK£\u200e"), ("EUR", "\N{NO-BREAK SPACE}€")):
        site.settings(f'{arabic}{give}"{currency}"\n')
        page = site.write("a.md").build().ok().page("2026/11/a/index.html")
        assert f"{shown}</label>" in page
