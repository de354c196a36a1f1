"""Pictures in pages say how large they are, so that no text jumps when they appear: PF-03."""

from __future__ import annotations

import pytest

from sitegen.site import content
from tests.site_test import SiteTest

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>'
PATH = "2026/11/a/index.html"


def test_a_drawing_has_its_width_and_height_as_hero_and_in_the_text(site: SiteTest) -> None:
    image = {"src": "map.svg", "alt": "A map", "credit": "C"}
    site.write("map.svg", DRAWING).write("a.md", image=image, body="![x](map.svg)").build().ok()
    assert site.page(PATH).count('width="1200" height="900"') == 2


def test_what_an_older_sitegen_could_not_measure_is_measured(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write("map.svg", DRAWING).write("a.md", body="![x](map.svg)")
    with monkeypatch.context() as older:
        older.setattr(content, "size_of", lambda path: None)
        older.setattr(content, "engine_digest", lambda: b"older")
        site.build().ok()
        assert "width=" not in site.page(PATH).partition("map.svg")[2].partition(">")[0]
    site.build().ok()
    assert 'width="1200"' in site.page(PATH)
    assert site.bytes == site.clean_bytes()
