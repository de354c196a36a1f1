"""What the templates of broadsheet make of odd, empty and unusual articles, pages and settings."""

from __future__ import annotations

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
