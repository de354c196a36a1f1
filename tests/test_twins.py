"""Compressed twins beside texts: the same bytes decoded, made and removed with what they are of."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Mapping
from pathlib import PurePosixPath

import brotli  # type: ignore[import-untyped]  # brotli ships no types
import pytest

from sitegen.build import rendering
from tests.picture_files import png
from tests.site_test import SETTINGS, SiteTest

BOTH = SETTINGS + '[build]\nprecompress = ["gz", "br"]\n'
PICTURE = png()
PACKED = bytes(range(256)) * 8


def a_site(site: SiteTest) -> SiteTest:
    site.settings(BOTH).write("a.md", aliases=["/old/"], body="![Waves](waves.png)\n")
    site.write("waves.png", PICTURE).file("static/long.txt", "words " * 400)
    return site.file("static/short.txt", "words").file("static/data.csv.zip", PACKED)


def twins(site: SiteTest) -> dict[str, bytes]:
    return {path: data for path, data in site.bytes.items() if path.endswith((".gz", ".br"))}


def test_every_text_has_twins_that_hold_its_bytes(site: SiteTest) -> None:
    """HO-10: what is small, and what is compressed already, has none."""
    a_site(site).build().ok()
    files, found = site.bytes, twins(site)
    for path, data in found.items():
        decode = gzip.decompress if path.endswith(".gz") else brotli.decompress
        assert decode(data) == files[path[:-3]], path
    with_gz = {path[:-3] for path in found if path.endswith(".gz")}
    assert with_gz == {path[:-3] for path in found if path.endswith(".br")}
    assert {"index.html", "feed.xml", "headlines.json", "assets/site.css", "long.txt"} <= with_gz
    without = files.keys() - found.keys() - with_gz
    assert {"short.txt", "data.csv.zip", "old/index.html"} <= without
    assert site.forms("waves") and site.forms("waves") <= without
    assert {PurePosixPath(path).suffix for path in with_gz} <= {
        *(".html", ".xml", ".json", ".css", ".js", ".svg", ".txt", ".webmanifest"),
    }


def test_twins_hold_no_time_and_no_name(site: SiteTest) -> None:
    """HO-08 and HO-10: RFC 1952's MTIME is 0, FNAME is not there, and OS says nothing."""
    a_site(site).build().ok()
    for path, data in twins(site).items():
        if path.endswith(".gz"):
            assert data[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff", path
    assert twins(site) == {p: d for p, d in site.clean_bytes().items() if p in twins(site)}


def test_twins_follow_what_they_are_of(site: SiteTest) -> None:
    """Invariants 1 and 2."""
    a_site(site).build().ok()
    site.build().ok()
    assert site.rendered == set() and site.report["written"] == 0
    site.write(
        "a.md", title="Another", aliases=["/old/"], body="![Waves](waves.png)\n"
    ).build().ok()
    own = "2026/11/a/index.html"
    assert {own, f"{own}.gz", f"{own}.br"} <= site.changed
    assert {path[:-3] for path in site.changed if path.endswith(".gz")} == {
        path for path in site.changed if not path.endswith((".gz", ".br"))
    }
    site.remove("a.md").build("--max-removed", "0").ok()
    assert {own, f"{own}.gz", f"{own}.br"} <= site.removed
    assert site.bytes == site.clean_bytes()


def test_a_twin_that_is_lost_or_changed_is_made_again_alone(site: SiteTest) -> None:
    a_site(site).build().ok()
    (site.public / "index.html.gz").unlink()
    (site.public / "feed.xml.br").write_bytes(b"x")
    site.build().ok()
    assert site.rendered == {"index.html.gz", "feed.xml.br"}
    assert site.bytes == site.clean_bytes()


def test_without_the_setting_there_are_no_twins_and_none_are_left(site: SiteTest) -> None:
    a_site(site).build().ok()
    made = set(twins(site))
    site.settings(SETTINGS).build().ok()
    assert made and twins(site) == {} and site.removed == made


@pytest.mark.parametrize("steps", range(0, 60, 3))
def test_a_kill_leaves_no_twin_of_other_bytes(site: SiteTest, steps: int) -> None:
    """Invariant 1, with the edit taken back after the kill."""
    a_site(site).build().ok()
    before = site.bytes
    text = (site.folder / "content/a.md").read_text()
    site.write("a.md", text.replace("A title", "Another title"))
    site.crash_after(steps)
    site.write("a.md", text).build().ok()
    assert site.bytes == before


def test_twins_are_made_by_any_number_of_workers(site: SiteTest) -> None:
    """Invariant 7, and what one needs travels to the worker with it."""
    a_site(site)
    for number in range(30):
        site.write(f"more-{number}.md", title=f"Title {number}")
    site.build("--jobs", "2").ok()
    assert site.bytes == site.clean_bytes()


def test_twins_alone_are_made_of_as_few_texts_at_a_time_as_pages(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_site(site)
    for number in range(8):
        site.write(f"more-{number}.md", title=f"Title {number}")
    before = site.build().ok().bytes
    for path in site.public.glob("2026/11/*/index.html.*"):
        path.unlink()
    texts: list[int] = []
    handed_over = rendering._handed_over

    def watched(facts: dict[str, bytes], folder: str, number: int) -> Mapping[str, bytes] | str:
        texts.append(sum(key.startswith("body:") for key in facts))
        return handed_over(facts, folder, number)

    monkeypatch.setattr(rendering, "TEXTS", 3)
    monkeypatch.setattr(rendering, "_handed_over", watched)
    assert site.build().ok().bytes == before
    assert texts == [3, 3, 3]


def test_a_template_that_fails_is_told_once_for_each_page(site: SiteTest) -> None:
    a_site(site)
    site.settings(BOTH.replace("[sections", 'theme = "own"\n[sections', 1))
    site.file("themes/own/theme.toml", 'extends = "broadsheet"\n')
    site.file("themes/own/templates/404.html", "{{ nothing.at.all }}").build()
    (error,) = site.errors
    assert error["code"] == "template-failed" and "other page" not in error["hint"]


def test_without_its_package_brotli_is_refused_with_a_remedy(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "brotli", None)
    monkeypatch.setattr("sitegen.render.codings.find_spec", lambda name: None)
    a_site(site).build()
    (error,) = site.errors
    assert (error["code"], error["field"]) == ("coding-tools", "build.precompress")
    assert "sitegen[brotli]" in error["hint"]


def test_a_preview_has_no_twins(site: SiteTest) -> None:
    a_site(site).build("--preview").ok()
    assert not list((site.folder / "preview").rglob("*.gz"))
