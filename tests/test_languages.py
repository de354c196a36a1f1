"""Pages of a further language: what is in it, and what says that it is in another."""

from __future__ import annotations

import re

import pytest

from tests.picture_files import png
from tests.site_test import SETTINGS, SiteTest

ARABIC = """\
[languages.ar]
[sections.sport]
title = "Sport"
description = "Rowing and football."
[publisher.policies]
about = "/about/#who"
ethics = "/ethics/"
contact = "mailto:desk@test.example"
"""
SAID = """\
{% extends "broadsheet/front.html" %}
{% block articles %}
{% set profile = profile|default(none) or {'role': '', 'role_lang': '', 'text': 'x', 'lang': ''} %}
{% set text = profile.text or profile.html|striptags|trim %}
[{{ profile.role }}|{{ profile.role_lang }}|{{ text }}|{{ profile.lang }}]
{% endblock %}
"""


@pytest.fixture
def paper(site: SiteTest) -> SiteTest:
    site.settings(SETTINGS.replace("[site]", '[site]\ntheme = "own"') + ARABIC)
    site.file("themes/own/theme.toml", 'extends = "broadsheet"\n')
    site.file("themes/own/templates/front.html", SAID)
    site.write("a.md", section="Sport", authors=["Ann"])
    return site.write("a.ar.md", section="Sport", authors=["Ann"])


def said(site: SiteTest, path: str) -> list[str]:
    found = re.search(r"^\[(.*)\]$", site.page(path), re.MULTILINE)
    assert found, path
    return found[1].split("|")


def test_a_section_is_described_in_each_language(paper: SiteTest) -> None:
    paper.build().ok()
    assert said(paper, "ar/sport/index.html") == ["", "ar", "Rowing and football.", "en"]
    texts = (paper.folder / "sitegen.toml").read_text(encoding="utf-8")
    own = '[languages.ar.sections.sport]\ntitle = "رياضة"\ndescription = "تجديف"\n'
    paper.settings(texts + own).build().ok()
    assert said(paper, "ar/sport/index.html") == ["", "ar", "تجديف", "ar"]
    assert said(paper, "sport/index.html") == ["", "en", "Rowing and football.", "en"]
    assert ">رياضة</a>" in paper.page("ar/index.html")
    assert "<h1>رياضة</h1>" in paper.page("ar/sport/index.html")


def test_a_profile_says_in_which_language_it_is(paper: SiteTest) -> None:
    paper.write("authors/ann.md", "---\nrole: {en: Reporter, ar: مراسلة}\n---\nShe rows.\n")
    paper.build().ok()
    assert said(paper, "ar/authors/ann/index.html") == ["مراسلة", "ar", "She rows.", "en"]
    assert said(paper, "authors/ann/index.html") == ["Reporter", "en", "She rows.", "en"]


def test_what_is_not_in_the_pages_language_says_so_to_screen_readers(paper: SiteTest) -> None:
    """WCAG 2.2, 3.1.2: a voice for Arabic can't read English out."""
    paper.settings((paper.folder / "sitegen.toml").read_text().replace('theme = "own"', ""))
    paper.write("authors/ann.md", "---\nrole: Reporter\n---\nShe rows.\n")
    paper.build().ok()
    front = paper.page("ar/authors/ann/index.html")
    assert '<p class="role" lang="en" dir="ltr">Reporter</p>' in front
    assert '<div lang="en" dir="ltr">\n<p>She rows.</p>' in front
    index = paper.page("ar/authors/index.html")
    assert '<p class="role" lang="en" dir="ltr">Reporter</p>' in index
    assert '<p lang="en" dir="ltr">Rowing and football.</p>' in paper.page("ar/sport/index.html")
    assert '<p class="role">Reporter</p>' in paper.page("authors/ann/index.html")


def test_an_authors_files_in_two_languages_add_to_each_other(paper: SiteTest) -> None:
    """Whichever name of a file comes first: portrait, links and references are kept."""
    paper.write("authors/ann.png", png()).write("authors/cv.txt", "x").write(
        "authors/سيرة.txt", "x"
    )
    english = "---\nrole: Reporter\nimage: ann.png\nlinks: [{label: L, url: /l/}]\n---\n"
    paper.write("authors/ann.md", english + "[Her CV](cv.txt).\n")
    paper.write("authors/ann.ar.md", "---\nname: آن\n---\n[سيرتها](سيرة.txt) sitegen-ref:0\n")
    paper.build().ok()
    arabic = paper.page("ar/authors/ann/index.html")
    assert said(paper, "ar/authors/ann/index.html") == [
        "Reporter",
        "en",
        "سيرتها sitegen-ref:0",
        "ar",
    ]
    assert said(paper, "authors/ann/index.html") == ["Reporter", "en", "Her CV.", "en"]
    assert re.search('src="/_pictures/../ann-', arabic) and 'href="/l/"' in arabic
    assert {"authors/cv.txt", "authors/سيرة.txt"} <= set(paper.bytes)
    paper.file("themes/own/templates/front.html", '{% extends "broadsheet/front.html" %}')
    paper.build().ok()
    assert 'href="/authors/cv.txt"' in paper.page("authors/ann/index.html")
    assert "%D8%B3%D9%8A%D8%B1%D8%A9.txt" in paper.page("ar/authors/ann/index.html")


def test_a_policy_leads_to_its_page_in_the_readers_language(paper: SiteTest) -> None:
    paper.write("pages/about.md", "---\ntitle: About\n---\nText.\n")
    paper.write("pages/about.ar.md", "---\ntitle: About\nurl: /ar/man-nahnu/\n---\nText.\n")
    paper.write("pages/ethics.md", "---\ntitle: Ethics\n---\nText.\n").build().ok()
    page = paper.page("ar/2026/11/a/index.html")
    assert 'href="/ar/man-nahnu/#who"' in page and 'href="/ethics/"' in page
    assert 'href="mailto:desk@test.example"' in page
    assert 'href="/about/#who"' in paper.page("2026/11/a/index.html")
    paper.write("pages/about.ar.md", "---\ntitle: About\nstatus: draft\n---\nText.\n").build().ok()
    assert 'href="/about/#who"' in paper.page("ar/2026/11/a/index.html")


def test_a_site_in_a_language_that_is_known_by_name_only_is_built(site: SiteTest) -> None:
    site.settings(SETTINGS + '[languages.arc]\ntitle = "A"\n[languages.ku-Arab]\n')
    site.write("a.arc.md", date="2026-11-01").write("a.ku-Arab.md").build().ok()
    assert '<html lang="arc" dir="rtl">' in site.page("arc/2026/11/a/index.html")
    assert '<html lang="ku-Arab" dir="rtl">' in site.page("ku-Arab/2026/11/a/index.html")
    assert "November 1, 2026" in site.page("arc/2026/11/a/index.html")
