"""Real archives of other generators, where they are present: all of them comes over, and builds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.importing.old_site import OldSite
from tests.test_archives import ARCHIVES, examples


def opened(folder: Path, format: str, source: str, settings: str) -> OldSite:
    """An archive, and a site with the settings that the documentation has, but for names."""
    if not (ARCHIVES / source).is_dir():
        # As in test_archives: they are not ours to ship, and are there in CI.
        # The archives are other people's, and no part of the project.
        pytest.skip(f"the archive {source} is not on this machine")
    old = OldSite(folder, format, "nothing")
    old.source = ARCHIVES / source
    old.site.settings(examples()[settings].partition("[front_matter]")[0])
    return old


def test_the_posts_of_18f_come_over(tmp_path: Path) -> None:
    old = opened(tmp_path, "jekyll", "18f/posts", "18f/posts").run().ok()
    assert old.became() == {"created": 504}
    assert old.report["left_out"] == []
    assert old.site.report["articles"] == 504
    kinds = {warning["code"] for warning in old.site.warnings}
    assert "field-unknown" not in kinds
    name = "learning-how-to-build-a-better-front-door-for-the-federal-government"
    assert "title: Learning how to build a better “front door”" in old.matter(
        f"2015-12-08-{name}.md"
    )
    assert 'datetime="2015-12-08T14:00:00-05:00"' in old.site.page(f"2015/12/08/{name}/index.html")
    tags = Counter(loss["detail"] for loss in old.lost("shortcode"))
    assert tags["{{ … | team_photo }}"] == 211
    assert not [name for name in tags if name.startswith("{%")], "all of them have an equal"


def test_the_news_of_digitalgov_come_over(tmp_path: Path) -> None:
    """A part of them: all take 23 seconds of processor time."""
    old = opened(tmp_path, "hugo", "digitalgov", "digitalgov/news").run("--limit", "400").ok()
    assert old.became() == {"created": 400}
    tags = Counter(loss["detail"] for loss in old.lost("shortcode"))
    assert tags["{{< legacy-img >}}"] > 100
    assert not [name for name in tags if "ref" in name.split() or "youtube" in name]
