"""The files of the theme: its stylesheet and script are small, its texts complete."""

from __future__ import annotations

import gzip
import re
import tomllib
from pathlib import Path

import pytest

from sitegen.i18n import plural_classes

BROADSHEET = Path(__file__).parent.parent / "themes/broadsheet"
STYLESHEET = BROADSHEET / "static/site.css"
SCRIPT = BROADSHEET / "static/site.js"
I18N = BROADSHEET / "i18n"
MOST = {STYLESHEET: 8 * 1024, SCRIPT: 2 * 1024, BROADSHEET / "static/favicon.svg": 1024}
ICONS = {"apple-touch-icon.png", "favicon.ico", "icon-192.png", "icon-512.png"}
MOST |= {BROADSHEET / "static" / name: 3 * 1024 for name in ICONS}
"""Bytes, compressed (PF-01)."""


def declarations() -> str:
    return re.sub(r"/\*.*?\*/", "", STYLESHEET.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_there_is_one_small_stylesheet_and_one_small_script() -> None:
    assert set((BROADSHEET / "static").iterdir()) == MOST.keys()
    for path, most in MOST.items():
        assert len(gzip.compress(path.read_bytes(), mtime=0)) < most


def test_the_stylesheet_reads_both_ways() -> None:
    """Physical sides would stay where they are in Arabic."""
    sides = r"(?:left|right|top|bottom)"
    sizes = r"(?<![-\w])(?:min-|max-)?(?:width|height)\s*:"
    rules = re.sub(r"@media[^{]*", "", declarations())
    assert re.findall(rf"[-\w]*\b{sides}\b\s*:[^;]*|:\s*(?:left|right)\b|{sizes}", rules) == []


def test_the_stylesheet_fetches_nothing() -> None:
    assert "url(" not in declarations()
    assert "@import" not in declarations()


def test_the_stylesheet_has_no_rule_for_what_is_not_there() -> None:
    """Its classes are those of templates, of the script, or of what reading makes of Markdown."""
    selectors = " ".join(re.findall(r"([^{}]+){", declarations()))
    classes = set(re.findall(r"\.([a-zA-Z][\w-]*)", selectors))
    project = BROADSHEET.parents[1]
    makers = [*(BROADSHEET / "templates").iterdir(), SCRIPT, *(project / "sitegen").rglob("*.py")]
    made = "\n".join(path.read_text(encoding="utf-8") for path in makers)
    words = set(re.findall(r"[\w-]+", made))
    beginnings = tuple(re.findall(r"([a-z]+-)\{", made))
    plugins = {"contains-task-list"}
    unused = classes - words - plugins
    assert len(classes) > 80
    assert {name for name in unused if not name.startswith(beginnings)} == set()
    properties = set(re.findall(r"(--[\w-]+):", declarations()))
    assert properties == set(re.findall(r"var\((--[\w-]+)\)", declarations())) >= {"--mark"}


# Its texts.

NAMES = re.compile(r"{\w+}")
TEXTS = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted(I18N.glob("*.toml"))
}


def test_the_theme_speaks_six_languages() -> None:
    assert TEXTS.keys() == {"ar", "cy", "de", "en", "es", "fr"}


@pytest.mark.parametrize("lang", TEXTS)
def test_a_language_has_every_text_with_the_same_names_in_it(lang: str) -> None:
    assert TEXTS[lang].keys() == TEXTS["en"].keys()
    for key, english in TEXTS["en"].items():
        if isinstance(english, str):
            own = TEXTS[lang][key]
            assert sorted(NAMES.findall(own)) == sorted(NAMES.findall(english)), key
            assert own.strip() == own != ""


def test_the_theme_uses_each_of_its_texts() -> None:
    """By its name, or by the beginning that filters and templates put before another name."""
    code = (BROADSHEET.parents[1] / "sitegen/render/filters.py").read_text(encoding="utf-8")
    templates = (BROADSHEET / "templates").iterdir()
    sources = "\n".join([*(path.read_text(encoding="utf-8") for path in templates), code])
    beginnings = (*re.findall(r"'(\w+_)' ~", sources), *re.findall(r'f"(\w+_)\{', sources))
    assert {"type_", "held_"} <= set(beginnings)
    unused = [key for key in TEXTS["en"] if f"'{key}'" not in sources]
    assert [key for key in unused if not key.startswith(beginnings)] == []


@pytest.mark.parametrize("lang", TEXTS)
def test_a_text_that_counts_has_exactly_the_plural_classes_of_its_language(lang: str) -> None:
    """AC-14: Arabic has six of them."""
    for key, text in TEXTS[lang].items():
        if isinstance(text, dict):
            assert text.keys() == plural_classes(lang), key
