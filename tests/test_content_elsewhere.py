"""Other systems' names, other languages, and the files that are no articles."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.heads import Head
from tests.picture_files import png
from tests.site_test import SETTINGS, SiteTest
from tests.test_bad_input import refused

PRESETS = {
    "hugo": (
        "politics/a.md",
        '+++\ntitle = "A"\ndate = 2026-11-01\nlastmod = 2026-11-03\nlinkTitle = "Short"\n'
        'images = ["/hero.png", "/b.png"]\ntags = ["x"]\nweight = 3\nlayout = "l"\n'
        'aliases = ["/old/"]\ndraft = false\n+++\nText.\n',
        "2026/11/a/index.html",
        ["November 3, 2026", "/hero.png", "/tags/x/", "/politics/"],
    ),
    "jekyll": (
        "_posts/2026-11-01-a.md",
        "---\nlayout: post\ntitle: A\nexcerpt: SUM\ncategories: [Politics, y]\ntags: [x]\n"
        "permalink: /own/\nlast_modified_at: 2026-11-03\nauthor: Sam\ncomments: true\n---\nText.\n",
        "own/index.html",
        ["SUM", "/politics/", "/tags/x/", "/tags/y/", "November 3, 2026", "/authors/sam/"],
    ),
    "zola": (
        "politics/a.md",
        '+++\ntitle = "A"\ndate = 2026-11-01\nupdated = 2026-11-03\npath = "/own/"\nweight = 2\n'
        '[taxonomies]\ntags = ["x"]\n[extra]\nstars = 4\n+++\nText.\n',
        "own/index.html",
        ["November 3, 2026", "/tags/x/", "/politics/"],
    ),
    "pelican": (
        "a.md",
        "Title: A\nDate: 2026-11-01 10:20\nModified: 2026-11-03\nCategory: Politics\n"
        "Tags: x, y\nAuthors: Sam Aziz; Ruth Callender\nSummary: SUM\nSlug: own\n\nText.\n",
        "2026/11/own/index.html",
        ["SUM", "November 3, 2026", "/tags/y/", "/authors/ruth-callender/", "/politics/"],
    ),
    "wordpress": (
        "a.md",
        "---\nid: 7\ntitle: A\ndate: 2026-11-01 10:20:00\nmodified: 2026-11-03\nstatus: publish\n"
        "link: https://old.example/own/\nexcerpt: SUM\nfeatured_image: /hero.png\nauthor: Sam\n"
        "categories: [Politics]\ntags: [x]\npost_type: post\nslug: own\n---\nText.\n",
        "own/index.html",
        ["SUM", "/hero.png", "/authors/sam/", "/politics/", "November 3, 2026"],
    ),
}


@pytest.mark.parametrize("preset", PRESETS)
def test_a_presets_names_and_habits_are_understood(site: SiteTest, preset: str) -> None:
    path, text, page, parts = PRESETS[preset]
    site.settings(SETTINGS + f'[front_matter]\npreset = "{preset}"\n')
    for picture in re.findall(r"""[\s\["]/([\w-]+\.png)""", text):
        site.file(f"static/{picture}", "a picture")
    site.write(path, text).build().ok()
    # Their pictures came without words, which is no fault of a name.
    assert {warning["code"] for warning in site.warnings} <= {"picture-text"}
    found = site.page(page)
    assert [part for part in parts if part not in found] == []


def test_names_of_ones_own_may_lead_into_a_group(site: SiteTest) -> None:
    names = (
        'Photo = "image"\nphoto_alt = "image.alt"\nphoto_by = "image.credit"\nlede = "summary"\n'
    )
    site.settings(SETTINGS + f"[front_matter.names]\n{names}").file("static/p.png", "a picture")
    text = "photo_alt: ALT\nphoto: /p.png\nPhoto_By: CREDIT\nLEDE: SUM\n"
    site.write("a.md", f"---\ntitle: A\ndate: 2026-11-01\n{text}---\nText.\n").build().ok()
    page = site.page("2026/11/a/index.html")
    assert 'src="/p.png" alt="ALT"' in page and "CREDIT" in page and "SUM" in page
    assert not site.warnings


def main_of(page: str) -> str:
    """A page without its masthead and ticker."""
    return page.partition("<main")[2]


@pytest.mark.parametrize("name", ["standfirst", "deck", "dek", "subtitle", "Summary"])
def test_known_names_of_the_summary(site: SiteTest, name: str) -> None:
    site.write("a.md", **{name: "SUM"}).build().ok()
    assert "SUM" in site.page("archive/index.html") and not site.warnings


def test_two_names_of_one_field_are_a_warning_and_its_own_wins(site: SiteTest) -> None:
    site.write("a.md", deck="OTHER", summary="OWN").build().ok()
    assert "OWN" in site.page("archive/index.html")
    assert "deck beside summary" in site.warnings[0]["message"]


ARABIC = SETTINGS + '[languages.ar]\ntitle = "الاختبار"\n'


@pytest.mark.parametrize(
    "path, fields",
    [
        ("politics/vote.ar.md", {}),
        ("ar/politics/vote.md", {}),
        ("translations/any.md", {"lang": "ar", "translation_of": "politics/vote.md"}),
        ("translations/any.md", {"lang": "ar", "translation_of": "/2026/11/vote/"}),
    ],
)
def test_a_translation_is_paired_with_its_original_in_both_directions(
    site: SiteTest, path: str, fields: dict[str, Any]
) -> None:
    site.settings(ARABIC).write("politics/vote.md", title="Vote")
    site.write(path, title="تصويت", **fields).build().ok()
    slug = "any" if "any" in path else "vote"
    english, arabic = "2026/11/vote/index.html", f"ar/2026/11/{slug}/index.html"
    assert '<html lang="ar" dir="rtl">' in site.page(arabic)
    for page in (english, arabic):
        text = site.page(page)
        assert f'hreflang="ar" href="https://test.example/ar/2026/11/{slug}/"' in text
        assert 'hreflang="en" href="https://test.example/2026/11/vote/"' in text
    assert "تصويت" in site.page("ar/index.html") and "تصويت" not in site.page("index.html")
    assert "Vote" not in site.page("ar/feed.xml")


def test_removing_a_translation_removes_the_link_to_it(site: SiteTest) -> None:
    site.settings(ARABIC).write("v.md", title="V").write("v.ar.md", title="W").build().ok()
    site.remove("v.ar.md").build().ok()
    assert "hreflang" not in site.page("2026/11/v/index.html").partition("<body")[0]


def test_a_standing_page_is_shown_and_paired(site: SiteTest) -> None:
    site.settings(ARABIC)
    fields = "title: About us\nsummary: SUM\nupdated: 2026-11-03\nnoindex: true\n"
    site.write("pages/about.md", f"---\n{fields}---\nWe are [here](contact.md).\n")
    site.write("pages/contact.md", "---\ntitle: Contact\nurl: /reach/\n---\nMail.\n")
    site.write("ar/pages/about.md", "---\ntitle: عنا\n---\nنحن.\n")
    site.write("ar/pages/contact.md", "---\ntitle: اتصل\n---\nنحن.\n").build().ok()
    page = site.page("about/index.html")
    assert "<h1>About us</h1>" in page and "SUM" in page and "November 3, 2026" in page
    assert '<a href="/reach/">here</a>' in page and 'content="noindex"' in page
    pair = 'hreflang="ar" href="https://test.example/ar/contact/"'
    assert "hreflang" not in page.partition("</head>")[0] and pair in site.page("reach/index.html")
    assert "About us" not in site.page("feed.xml") + site.page("index.html")


def test_a_standing_page_shows_the_lists_and_data_that_it_declares(site: SiteTest) -> None:
    site.file("themes/own/theme.toml", 'extends = "broadsheet"\n')
    site.file(
        "themes/own/templates/list.html",
        "{% for a in lists.votes %}{{ a.title }};{% endfor %}{{ data.people[0].name }}",
    )
    site.settings(SETTINGS.replace("[site]", '[site]\ntheme = "own"'))
    site.file("data/people.csv", "name,age\nSam,40\n")
    for number in range(4):
        site.write(
            f"v{number}.md", title=f"V{number}", date=f"2026-11-0{number + 1}", tags=["vote"]
        )
    site.write("other.md", title="Other")
    head = "title: P\ntemplate: list.html\ndata: [people]\nlists: {votes: {tag: vote, limit: 3}}"
    site.write("pages/p.md", f"---\n{head}\n---\n").build().ok()
    assert site.page("p/index.html") == "V3;V2;V1;Sam"
    site.file("data/people.csv", "name,age\nRuth,40\n").build().ok()
    assert site.rendered == {"p/index.html"}


def test_an_authors_file_is_shown_on_the_authors_page(site: SiteTest) -> None:
    fields = (
        "name: Samir Aziz\nrole: Q-role\nbio: Q-bio *strong*\nimage: {src: face.png, alt: Q-alt}\n"
        "links: [{label: Q-link, url: 'https://q.example/'}]"
    )
    site.write("authors/samir-aziz.md", f"---\n{fields}\n---\n").write("authors/face.png", png())
    site.write("a.md", authors=["samir aziz"]).build().ok()
    page = site.page("authors/samir-aziz/index.html")
    for part in ("Samir Aziz", "Q-role", "Q-bio <em>strong</em>", "Q-alt"):
        assert part in page, part
    face = Head(page).tree.find(".//main//img[@alt='Q-alt']")
    assert face is not None and face.get("src", "").removeprefix("/") in site.forms("face")
    assert (face.get("width"), face.get("height")) == ("160", "160")
    assert "Q-link" in page and "https://q.example/" in page
    assert ">Samir Aziz</a>" in site.page("2026/11/a/index.html")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x"])
def test_an_authors_link_must_be_a_web_address(site: SiteTest, url: str) -> None:
    site.write("a.md").build().ok()
    links = f"links: [{{label: L, url: '{url}'}}]"
    refused(site.write("authors/sam.md", f"---\nname: Sam\n{links}\n---\n"))
    assert site.errors[0]["field"].startswith("links[1].url") and site.errors[0]["line"] == 3


def test_a_tags_file_names_it_in_each_language_and_merges_others(site: SiteTest) -> None:
    head = "title: {en: Fishing quota, ar: حصة}\ndescription: Q-about\nmerge: [Fish quotas, quotas]"
    site.settings(ARABIC).write("tags/fishing-quota.md", f"---\n{head}\n---\n")
    site.write("a.md", title="A", tags=["Quotas"]).write("b.md", title="B", tags=["fish quotas"])
    site.write("c.ar.md", title="C", tags=["fishing quota", "quotas"]).build().ok()
    page = site.page("tags/fishing-quota/index.html")
    assert (
        "<h1>Fishing quota</h1>" in page and "Q-about" in page and ">A<" in page and ">B<" in page
    )
    assert "<h1>حصة</h1>" in site.page("ar/tags/fishing-quota/index.html")
    assert "tags/quotas/index.html" not in site.bytes
    assert site.page("2026/11/a/index.html").count("/tags/fishing-quota/") == 1


def test_terms_with_one_slug_are_one_term_named_by_the_oldest_article(site: SiteTest) -> None:
    site.write("a.md", tags=["Tram Line"], date="2020-01-01").write("b.md", tags=["tram line"])
    site.build().ok()
    assert "<h1>Tram Line</h1>" in site.page("tags/tram-line/index.html")
    assert ">Tram Line</a>" in site.page("2026/11/b/index.html")


def test_a_taxonomy_lists_like_tags(site: SiteTest) -> None:
    site.settings(SETTINGS + '[taxonomies.place]\ntitle = "Places"\n')
    site.write("place/oslo.md", "---\ntitle: Oslo by the fjord\n---\n")
    site.write("a.md", title="A", place=["Oslo", "Bergen"]).write("b.md", place="Oslo").build().ok()
    assert "Oslo by the fjord" in site.page("place/oslo/index.html")
    assert "/place/bergen/" in site.page("place/index.html") and not site.warnings


def test_types_of_ones_own(site: SiteTest) -> None:
    site.settings(SETTINGS + '[types.recipe]\nlabel = "Q-Recipe"\n')
    site.write("a.md", type="recipe").build().ok()
    assert "Q-Recipe" in site.page("2026/11/a/index.html")


def test_static_files_are_copied_as_they_are(site: SiteTest) -> None:
    files = {"ads.txt": b"x\r\n", "old/a b.pdf": b"\0\1", ".well-known/x": b"y", "robots.txt": b""}
    for name, data in files.items():
        site.file(f"static/{name}", data)
    site.file("static/.DS_Store", b"z").build().ok()
    assert {name: site.bytes[name] for name in files} == files and ".DS_Store" not in site.bytes


def test_the_front_by_hand_leads_home_until_its_end_and_skips_what_is_not_there(
    site: SiteTest,
) -> None:
    for number in range(6):
        site.write(f"a{number}.md", title=f"A{number}", date=f"2026-11-0{number + 1}")
    site.write("gone.md", title="GONE", expires="2026-11-02")
    front = 'lead = "a0.md"\ntop = ["gone.md", "/2026/11/a1/"]\nuntil = 2026-12-01\n'
    site.write("front.toml", front).build().ok()
    home = main_of(site.page("index.html"))
    assert home.index(">A0<") < home.index(">A1<") < home.index(">A5<") and "GONE" not in home
    (warning,) = site.warnings
    assert warning["source"] == "content/front.toml" and "gone.md" in warning["message"]
    home = main_of(site.build(now="2026-12-01T00:00:00Z").ok().page("index.html"))
    assert home.index(">A5<") < home.index(">A0<") and not site.warnings
