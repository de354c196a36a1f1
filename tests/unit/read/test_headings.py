"""Headings: one h1 on a page, nothing skipped at the beginning, no id twice."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.read.links import Linker
from sitegen.read.markdown import render_blocks, render_inline, render_text

LEVELS = st.lists(st.integers(1, 6), min_size=1, max_size=12)


def levels(html: str) -> list[int]:
    return [int(level) for level in re.findall(r"<h([1-6])", html)]


def written(wanted: list[int]) -> str:
    return "\n\n".join(f"{'#' * level} T" for level in wanted)


def rendered(text: str) -> str:
    return render_text(text, "en", Linker("a.md", ""), "sanitize").html


def ids(html: str) -> list[str]:
    return re.findall(r' id="([^"]*)"', html)


@pytest.mark.parametrize(
    "wanted, found",
    [
        ([2, 3, 2], [2, 3, 2]),
        ([3], [2]),
        ([3, 4, 3], [2, 3, 2]),
        ([1, 2, 1], [2, 3, 2]),
        ([3, 2, 3], [2, 2, 3]),
        ([4, 3, 2], [2, 2, 2]),
        ([2, 1, 2], [2, 2, 3]),
        ([2, 4], [2, 4]),
        ([1, 6], [2, 6]),
    ],
)
def test_the_first_heading_is_an_h2_and_the_others_keep_their_distance(
    wanted: list[int], found: list[int]
) -> None:
    assert levels(rendered(written(wanted))) == found


@given(LEVELS)
def test_no_heading_is_above_h2_and_what_the_author_did_not_skip_is_not(wanted: list[int]) -> None:
    found = levels(rendered(written(wanted)))
    assert found[0] == 2 and min(found) == 2
    for (a, b), (c, d) in zip(pairwise(wanted), pairwise(found), strict=True):
        assert b > a + 1 or d <= c + 1


@given(st.lists(st.sampled_from(["A", "A 1", "A 2", "A 3", "fn1", "fnref1", "Block why", "!"])))
def test_no_two_ids_are_the_same(words: list[str]) -> None:
    text = "\n\n".join(f"## {word}" for word in words) + "\n\nX[^1].\n\n[^1]: Note.\n"
    found = ids(rendered(text))
    assert len(found) == len(set(found))
    assert not [id for id in found if id.startswith("block-") or id in ("main", "corrections")]


def test_an_id_in_html_is_not_given_again() -> None:
    found = ids(rendered('## A\n\n<div id="a">x</div>\n\n<b id="a-2">y</b>\n\n## A\n'))
    assert sorted(found) == ["a", "a-2", "a-3", "a-4"]


def test_the_names_of_headings_that_links_use_stay() -> None:
    assert ids(rendered("## Part\n\n## Part\n\n## Corrections\n\n## FN press\n")) == [
        "part",
        "part-2",
        "corrections-2",
        "fn-press",
    ]


def test_a_field_never_makes_a_second_headline() -> None:
    assert levels(render_blocks("# X\n\n## Y", "en", Linker("a.md", ""), "sanitize")) == [3, 4]
    for text in ("<h1>X</h1>", '<H1 class="x">X</H1>', "a <h1>X</h1>"):
        assert levels(render_inline(text, "en", Linker("a.md", ""), "sanitize")) == [3], text
        assert levels(rendered(text)) == [2], text
