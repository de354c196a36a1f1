"""The stylesheet of the theme: small, for both directions of writing, and whole in itself."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

STYLESHEET = Path(__file__).parent.parent / "themes/broadsheet/static/site.css"
MOST = 8 * 1024
"""Bytes, compressed."""


def declarations() -> str:
    return re.sub(r"/\*.*?\*/", "", STYLESHEET.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_the_stylesheet_is_small() -> None:
    assert len(gzip.compress(STYLESHEET.read_bytes(), mtime=0)) < MOST


def test_the_stylesheet_reads_both_ways() -> None:
    """Physical sides would stay where they are in Arabic."""
    sides = r"(?:left|right|top|bottom)"
    sizes = r"(?<![-\w])(?:min-|max-)?(?:width|height)\s*:"
    rules = re.sub(r"@media[^{]*", "", declarations())
    assert re.findall(rf"[-\w]*\b{sides}\b\s*:[^;]*|:\s*(?:left|right)\b|{sizes}", rules) == []


def test_the_stylesheet_fetches_nothing() -> None:
    assert "url(" not in declarations()
    assert "@import" not in declarations()
