"""Real archives build unedited, with the settings that docs/adopting.md shows."""

from __future__ import annotations

import re
import shutil
from copy import copy
from pathlib import Path

import pytest

from tests.site_test import SiteTest

ROOT = Path(__file__).parent.parent
ARCHIVES = ROOT.parent / "shared" / "archives"
"""Beside the project where they are present; nothing else needs them."""

_EXAMPLE = re.compile(r"<!-- test: (\S+) -->\n```toml\n(.*?)```", re.DOTALL)


def examples() -> dict[str, str]:
    """Archive → the settings that the documentation gives for it."""
    return dict(_EXAMPLE.findall((ROOT / "docs" / "adopting.md").read_text(encoding="utf-8")))


def open_archive(name: str, folder: Path) -> tuple[SiteTest, set[str]]:
    if not (ARCHIVES / name).is_dir():
        # The archives are other people's, and no part of the project.
        pytest.skip(f"the archive {name} is not on this machine")
    site = SiteTest(folder / "site", examples()[name])
    shutil.copytree(ARCHIVES / name, site.folder / "content")
    files = (p.relative_to(site.folder).as_posix() for p in site.folder.rglob("*.md"))
    return site, {file for file in files if not file.endswith("/_index.md")}


@pytest.fixture(scope="module")
def posts(tmp_path_factory: pytest.TempPathFactory) -> tuple[SiteTest, set[str]]:
    """The posts of 18F, built, and their files; for tests that change nothing in it."""
    site, files = open_archive("18f/posts", tmp_path_factory.mktemp("18f"))
    return site.build().ok(), files


def test_the_posts_of_18f_are_all_published(posts: tuple[SiteTest, set[str]]) -> None:
    site, files = posts
    assert site.report["articles"] == len(files) == 504
    assert site.report["held_back"] == []
    page = site.page(
        "2015/12/08/learning-how-to-build-a-better-front-door-for-the-federal-government/index.html"
    )
    assert 'datetime="2015-12-08T' in page
    kinds = {warning["code"] for warning in site.warnings}
    assert {"shortcode", "html-removed", "field-unknown"} <= kinds
    assert copy(site).build().rendered == set()


def test_a_date_with_an_hour_for_its_zone_is_read_rightly(
    posts: tuple[SiteTest, set[str]],
) -> None:
    site, _ = posts
    odd = [
        path
        for path in (site.folder / "content").glob("*.md")
        if re.search(r"^date: 2015-12-08 14:00:00 -5$", path.read_text(), re.MULTILINE)
    ]
    assert odd
    stem = odd[0].stem[11:]
    assert 'datetime="2015-12-08T14:00:00-05:00"' in site.page(f"2015/12/08/{stem}/index.html")


def test_digitalgov_loses_nothing_in_silence(tmp_path: Path) -> None:
    site, files = open_archive("digitalgov/news", tmp_path)
    site.build()
    assert site.exit_code == 1
    assert not site.public.exists()
    site.build("--keep-going")
    assert site.exit_code == 4
    left_out = set(site.report["left_out"])
    held_back = {held["source"] for held in site.report["held_back"]}
    assert held_back == {"content/2019/12/2019-12-04-typography.md"}
    assert site.report["articles"] + len(left_out) + len(held_back) == len(files) == 2082
    assert left_out == {error["source"] for error in site.errors}
    assert len([e for e in site.errors if e["code"] == "matter-repeated"]) == 13
    assert not [w for w in site.warnings if w["code"] == "many-expired"]
    odd = next(
        path
        for path in (site.folder / "content").rglob("*.md")
        if re.search(r"^date: 2011-11-28 8:32:24 -0400$", path.read_text(), re.MULTILINE)
    )
    slug = re.search(r"^slug: (\S+)$", odd.read_text(), re.MULTILINE)
    assert slug
    page = site.page(f"2011/11/28/{slug[1]}/index.html")
    assert 'datetime="2011-11-28T07:32:24-05:00"' in page


def test_mapping_expirydate_says_first_how_many_articles_fall_silent(tmp_path: Path) -> None:
    site, _ = open_archive("digitalgov/news", tmp_path)
    settings = examples()["digitalgov/news"]
    site.settings(settings + 'expirydate = "expires"\n')
    site.build("--keep-going", "--dry-run")
    assert site.warnings[0]["code"] == "many-expired"
    assert "1,6" in site.warnings[0]["message"]
