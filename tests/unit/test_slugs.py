"""Slugs of names in scripts whose letters carry signs: nothing is cut up, nothing is merged."""

from __future__ import annotations

import pytest

from sitegen import urls


@pytest.mark.parametrize(
    "name, slug",
    [
        ("مُحمّد", "محمد"),
        ("كيف صُوِّت؟", "كيف-صوت"),
        ("हिन्दी", "हिन्दी"),
        ("कि", "कि"),
        ("की", "की"),
        ("Ünïcode & Söhne", "ünïcode-söhne"),
        ("Open Source", "open-source"),
        ("Sáng tạo", "sáng-tạo"),
    ],
)
def test_a_name_keeps_its_letters(name: str, slug: str) -> None:
    assert urls.slug_of(name) == slug


def test_a_stem_keeps_its_letters_and_case() -> None:
    assert urls.slug_of_stem("We-Are-Hiring") == "We-Are-Hiring"
    assert urls.slug_of_stem("हिन्दी खबर") == "हिन्दी-खबर"
