"""Other systems' names for our fields; what holds back is never passed over."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.read.names import Named, our_names
from sitegen.settings import FrontMatterSettings

HOLDING = ["draft", "published", "private", "hidden", "unlisted", "status", "visibility"]
HOLDING += ["password", "headless", "build", "_build"]


def named(values: dict[str, Any], **settings: Any) -> Named:
    return our_names(values, FrontMatterSettings(**settings), ())


@pytest.mark.parametrize(
    "values",
    [
        {"date": "2030-01-01", "published": "2020-01-01"},
        {"embargo": "2030-01-01", "publishDate": "2020-01-01"},
        {"embargo": "2030-01-01", "publish_date": "2020-01-01"},
        {"summary": "2030-01-01", "deck": "2020-01-01"},
        {"tags": "2030-01-01", "tag": "2020-01-01"},
    ],
)
def test_a_fields_own_name_wins_in_any_order(values: dict[str, str]) -> None:
    target = next(iter(values))
    for order in permutations(values.items()):
        found = named(dict(order))
        assert found.values[target] == "2030-01-01" or found.mistakes, order


@given(st.sampled_from(HOLDING), st.text(min_size=1, max_size=12))
def test_a_word_that_may_hold_back_is_understood_or_a_mistake(name: str, word: str) -> None:
    found = named({name: word})
    assert name not in found.unknown
    public = {"publish", "published", "live", "public"}
    says_public = word.strip().lower() in public | {"false", "no", "off", "0", "n", "f"} | (
        {"true", "yes", "on", "1", "y", "t"} if name == "published" else set()
    )
    held = found.values.get("status") == "draft" or found.mistakes or "date" in found.values
    assert held or says_public or not word.strip()


@pytest.mark.parametrize("key", ["Draft", "DRAFT", "draft "])
def test_names_are_the_same_in_any_case(key: str) -> None:
    assert named({key: "true"}).values == {"status": "draft"}


def test_of_categories_the_first_is_the_section_and_the_rest_are_tags() -> None:
    assert named({"categories": ["a", "b", "c"], "tags": ["x"]}).values == {
        "section": "a",
        "tags": ["x", "b", "c"],
    }
    assert named({"tags": ["x"], "categories": "a"}).values == {"section": "a", "tags": ["x"]}


@pytest.mark.parametrize("order", list(permutations(["photo", "alt", "by"])))
def test_a_group_is_filled_from_single_names_in_any_order(order: tuple[str, ...]) -> None:
    names = {"photo": "image", "alt": "image.alt", "by": "image.credit"}
    values = {"photo": "p.png", "alt": "A", "by": "B"}
    found = named({name: values[name] for name in order}, names=names)
    assert found.values["image"] == {"src": "p.png", "alt": "A", "credit": "B"}
