"""The HTML of every page of the demo newspaper: without an error, and without what could run."""

from __future__ import annotations

import re
from collections import Counter

import html5lib

from tests.browser.demo import Demo


def test_every_page_parses_without_an_error(demo: Demo) -> None:
    """WHATWG HTML, as html5lib reads it."""
    found = []
    for path, html in demo.pages.items():
        parser = html5lib.HTMLParser()
        parser.parse(html)
        found += [f"{path}: {where}: {code} {more}" for where, code, more in parser.errors]
    assert len(demo.pages) > 200
    assert not found, "\n".join(found[:20])


def test_no_page_holds_a_script_or_style_of_its_own(demo: Demo) -> None:
    """PF-08, PF-09; blocks of data are no scripts, and pages that lead on have none at all."""
    for path, html in demo.pages.items():
        found = re.findall(r"<script\b([^>]*)>(.*?)</script>", html, re.DOTALL)
        scripts = [script for script in found if script[0] != ' type="application/ld+json"']
        assert [text for _, text in scripts if text.strip()] == [], path
        assert len(scripts) == (0 if 'http-equiv="refresh"' in html else 1), path
        for bad in (r"<style\b", r"\sstyle=", r"<[^>]*\son\w+=", r"""=["']?\s*javascript:"""):
            assert not re.search(bad, html, re.IGNORECASE), f"{path}: {bad}"


def test_no_page_has_an_id_twice_or_names_one_that_is_not_there(demo: Demo) -> None:
    for path, html in demo.pages.items():
        ids = Counter(re.findall(r'\sid="([^"]*)"', html))
        assert [name for name, count in ids.items() if count > 1] == [], path
        named = re.findall(r'\s(?:aria-labelledby|for)="([^"]*)"', html)
        assert set(named) <= ids.keys(), path


def test_one_canonical_address_and_one_description(demo: Demo) -> None:
    """SM-16: what no validator notices."""
    for path, html in demo.pages.items():
        count = len(re.findall(r'<link rel="canonical" href="https://[^"]+">', html))
        assert count == (0 if path.endswith("404.html") else 1), path
        described = len(re.findall(r'<meta name="description" content="[^"]+">', html))
        assert described == (0 if 'http-equiv="refresh"' in html else 1), path
