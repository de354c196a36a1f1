"""What is counted as removed, and what is really gone from every output folder."""

from __future__ import annotations

from tests.site_test import SETTINGS, SiteTest


def test_articles_that_move_are_not_taken_for_removed_after_their_files_were_renamed(
    site: SiteTest,
) -> None:
    for n in range(25):
        site.write(f"a{n}.md", title=f"Title {n}", date=f"2026-10-{n + 1:02}")
    site.build().ok()
    for n in range(25):
        site.rename(f"a{n}.md", f"moved/a{n}.md")
    assert site.build().ok().changed == set()
    site.settings(SETTINGS + '[urls]\npermalink = "/{slug}/"\n')
    site.build().ok()  # every article still has its page


def test_an_output_folder_that_was_away_for_a_while_loses_what_was_removed_meanwhile(
    site: SiteTest,
) -> None:
    """A drive or share that is not mounted during one build."""
    there, away = site.folder.parent / "there", site.folder.parent / "away"
    site.write("a.md").write("b.md", title="Removed").build("-o", str(there)).ok()
    there.rename(away)
    site.remove("b.md").build().ok()
    away.rename(there)
    site.build("-o", str(there)).ok()
    assert not (there / "2026/11/b/index.html").exists()
