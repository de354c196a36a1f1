"""Languages: which there are, and in which direction they are written."""

from __future__ import annotations

import pytest
from babel import Locale
from babel.localedata import locale_identifiers

from sitegen import i18n


@pytest.mark.parametrize(
    "lang, direction",
    [
        ("en-GB", "ltr"),
        ("ar", "rtl"),
        ("ar-Latn", "ltr"),
        ("ku", "ltr"),
        ("ku-Arab", "rtl"),
        ("ckb", "rtl"),
        ("az-Arab", "rtl"),
        ("pa-PK", "rtl"),
        ("pa", "ltr"),
        ("arc", "rtl"),
        ("man-Nkoo", "rtl"),
        ("tlh", "ltr"),
        ("yi", "rtl"),
        ("dv", "rtl"),
    ],
)
def test_a_language_is_written_as_its_script_is(lang: str, direction: str) -> None:
    assert i18n.is_language(lang)
    assert i18n.direction(lang) == direction


def test_every_language_that_babel_knows_is_written_as_babel_has_it() -> None:
    # Mongolian script runs from top to bottom, for which HTML has no direction.
    codes = [code for code in locale_identifiers() if code != "root" and "_Mong" not in code]
    wrong = [
        code
        for code in codes
        if i18n.direction(code.replace("_", "-")) != Locale.parse(code).text_direction
    ]
    assert wrong == []
    assert not [code for code in codes if not i18n.is_language(code.replace("_", "-"))]


@pytest.mark.parametrize(
    "code", ["xx", "xx-nonsense", "not-a-code", "", "-", "en_GB", "e", "\n", "en-"]
)
def test_what_is_no_language_is_none(code: str) -> None:
    assert not i18n.is_language(code)


def test_a_language_known_by_name_only_has_the_words_and_dates_of_english() -> None:
    assert i18n.language_name("arc") == "Aramaic"
    assert i18n.language_name("en") == "English"
    assert i18n.long_date("2026-11-22", "arc") == "November 22, 2026"
    assert i18n.plural_class(2, "arc") == "other"
