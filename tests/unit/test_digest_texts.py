"""With orjson or without it a value becomes the same JSON, or the same error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from sitegen import digest
from sitegen.digest import canonical, canonical_texts
from sitegen.render.structured import json_ld
from tests.site_test import SiteTest

CHARACTERS = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]


@contextmanager
def absent(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As on a machine without the extra."""
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "orjson", None)
        digest._quick.cache_clear()
        yield
    digest._quick.cache_clear()


def test_every_character_is_written_alike() -> None:
    assert canonical_texts(CHARACTERS) == canonical(CHARACTERS)
    assert canonical_texts({letter: 1 for letter in CHARACTERS}) == canonical(
        {letter: 1 for letter in CHARACTERS}
    )


def test_orjson_is_what_writes() -> None:
    assert digest._quick() is not canonical


@pytest.mark.parametrize(
    "value", [{}, [], (), {"a": ((), {}, None, True, False)}, [0, -1, 2**53, 2**64, 10**30], ""]
)
def test_what_texts_lie_in_is_written_alike(value: object) -> None:
    assert canonical_texts(value) == canonical(value)


@pytest.mark.parametrize("value", ["\ud800", {"a": ["\udfff"]}, {"a": {1, 2}}])
def test_what_cannot_be_written_is_the_same_mistake(value: object) -> None:
    with pytest.raises((TypeError, ValueError)) as ours:
        canonical_texts(value)
    with pytest.raises(ours.type) as pythons:
        canonical(value)
    assert str(ours.value) == str(pythons.value)


@pytest.mark.parametrize("number", [1.5, 1e16, 1e-7, 1e22, -0.25, float("inf"), 3.0])
def test_fractions_in_structured_data_are_written_alike(
    number: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    thing: Any = {"@type": "Thing", "ratingValue": number, "items": [{"value": number}, number]}
    found = json_ld(thing)
    with absent(monkeypatch):
        assert json_ld(thing) == found
    assert repr(number).replace("inf", "Infinity") in found


def test_a_site_is_the_same_with_orjson_and_without_it(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write("a.md", body="It's “so” \\ there.", extra={"ratio": 1e16, "many": [1e-7, 10**20]})
    site.write("b.md", tags=["x\u2028y"], summary="A “summary” with\ttabs.", key_points=["One"])
    with absent(monkeypatch):
        before = site.build("--jobs", "1").ok().bytes
    assert site.build("--jobs", "1").rendered == set()
    assert site.build("--jobs", "1", "--clean").ok().bytes == before
