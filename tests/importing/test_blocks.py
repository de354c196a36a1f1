"""Blocks of articles with fields of their own: taken where the field holds all that they say."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag

from sitegen.importers.blocks import take_blocks
from sitegen.importers.hero import take_hero
from sitegen.importers.html import soup_to_markdown
from tests.importing.test_html import Recorded


def body(source: str) -> Tag:
    found = BeautifulSoup(source, "lxml").body
    assert found is not None
    return found


POINTS = "<ul><li>Piers <a href='/x/'>shut</a></li><li>Boats <i>adrift</i></li></ul>"
DATED = "<li><time datetime='2019-03-05'>5 March</time>: A name was wrong.</li>"


def test_a_block_goes_into_its_field() -> None:
    soup = body(f"<p>Text.</p><h2>Key points</h2>{POINTS}<p>More.</p>")
    assert take_blocks(soup, Recorded()) == {"key_points": ["Piers [shut](/x/)", "Boats *adrift*"]}
    assert soup_to_markdown(soup, Recorded()) == "Text.\n\nMore."


@pytest.mark.parametrize(
    ("source", "word"),
    [
        (f"<h2>Key points</h2><div><p>Introduction.</p>{POINTS}</div>", "Introduction"),
        (f"<h2>Key points</h2>Introduction. {POINTS}", "Introduction"),
        (f"<h2>Corrections</h2><ul>{DATED}<li>Without a date.</li></ul>", "Without a date"),
        (
            "<h2>Sources</h2><ul><li><a href='https://x.example/'>R</a>, page 7 to 9</li></ul>",
            "page 7",
        ),
        (
            "<h2>Questions and answers</h2><p>We asked them all.</p>"
            "<h3>When?</h3><p>Now.</p><h3>Why?</h3><p>Because.</p>",
            "We asked",
        ),
        (
            "<details><summary>When?</summary>Now.</details>"
            "<details><summary>Why?</summary></details>",
            "Why?",
        ),
    ],
)
def test_a_block_that_says_more_than_its_field_holds_stays_in_the_text(
    source: str, word: str
) -> None:
    soup = body(source)
    assert take_blocks(soup, Recorded()) == {}
    assert word in soup_to_markdown(soup, Recorded())


@pytest.mark.parametrize(
    "heading", ["<h3>Q: When?</h3><p>A: Now.</p>", "<h3>When?</h3><p>Now.</p>"]
)
def test_labels_of_questions_are_no_words(heading: str) -> None:
    soup = body(f"<h2>FAQ</h2>{heading}")
    assert take_blocks(soup, Recorded()) == {"faq": [{"question": "When?", "answer": "Now."}]}


def test_the_first_of_several_pictures_in_a_figure_leaves_the_others() -> None:
    soup = body(
        "<figure><img src='/a.jpg' alt='A'><img src='/b.jpg' alt='B'>"
        "<figcaption>Both</figcaption></figure><p>Text.</p>"
    )
    assert take_hero(soup, Recorded()) == {"src": "/a.jpg", "alt": "A"}
    assert soup_to_markdown(soup, Recorded()) == '![B](/b.jpg "Both")\n\nText.'


class Blind(Recorded):
    def picture(self, src: str) -> str:
        return ""


def test_the_words_of_a_picture_that_cannot_be_shown_stay() -> None:
    source = "<figure><img src='/a.jpg' alt='A'><figcaption>Below</figcaption></figure><p>Text.</p>"
    soup = body(source)
    assert take_hero(soup, Blind()) == {}
    assert soup_to_markdown(soup, Blind()) == "Below\n\nText."
    assert soup_to_markdown(body(source), Blind()) == "A\n\nBelow\n\nText."
