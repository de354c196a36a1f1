"""`front.toml`: whatever of it cannot be shown is told, at its line."""

from __future__ import annotations

import pytest

from tests.site_test import SETTINGS, SiteTest
from tests.test_bad_input import good, refused

PAPER = SETTINGS + "[sections.sport]\n[languages.ar]\n"


@pytest.fixture
def paper(site: SiteTest) -> SiteTest:
    site.settings(PAPER)
    for number in range(1, 8):
        site.write(f"sport/s{number}.md", date=f"2026-11-0{number}", section="sport")
    site.write("vote.md", section="politics").write("arabic.ar.md").write(
        "later.md", date="2027-01-01"
    )
    site.write("gone.md", withdrawn={"date": "2026-11-02"})
    site.write("tags/sea.md", "---\ntitle: Sea\n---\n")
    return site.write("pages/about.md", "---\ntitle: About\n---\nText.\n")


@pytest.mark.parametrize(
    "pick, why, hint",
    [
        ("sport/s9.md", "does not exist", "did you mean “sport/s"),
        ("vot.md", "does not exist", "did you mean “vote.md”?"),
        ("s3.md", "does not exist", "did you mean “sport/s3.md”?"),
        ("/2026/11/s33/", "does not exist", "did you mean “/2026/11/s3/”?"),
        ("later.md", "is not published", ""),
        ("gone.md", "is withdrawn", ""),
        ("arabic.ar.md", "is in another language (ar)", ""),
        ("pages/about.md", "is no article", ""),
        ("/about/", "is no article", ""),
        ("tags/sea.md", "is no article", ""),
    ],
)
def test_a_pick_that_cannot_be_shown_is_told_at_its_line(
    paper: SiteTest, pick: str, why: str, hint: str
) -> None:
    paper.write("front.toml", f'lead = "vote.md"\ntop = [\n  "{pick}",\n]\n').build().ok()
    (warning,) = paper.warnings
    assert (warning["code"], warning["source"]) == ("pick-skipped", "content/front.toml")
    assert (warning["line"], warning["column"]) == (3, 4)
    assert why in warning["message"] and hint in warning["hint"]
    assert "the next story takes its place" in warning["message"]


def test_a_pick_of_a_section_must_be_of_it(paper: SiteTest) -> None:
    front = '[sections.sport]\nlead = "vote.md"\ntop = ["sport/s1.md"]\n'
    paper.write("front.toml", front).build().ok()
    (warning,) = paper.warnings
    assert (warning["line"], warning["field"]) == (2, "sport")
    assert "vote.md is not in the section “sport”" in warning["message"]


def test_more_picks_than_there_is_room_for_are_told(paper: SiteTest) -> None:
    names = [f"sport/s{number}.md" for number in range(1, 8)]
    listed = ", ".join(f'"{name}"' for name in names)
    front = f"top = [{listed}]\n[sections.sport]\ntop = [{listed}]\n"
    paper.write("front.toml", front).build().ok()
    assert [w["message"].partition(" ")[0] for w in paper.warnings] == [*names[5:], *names[4:]]
    assert "the top of the page has room for 5 stories" in paper.warnings[0]["message"]
    assert "has room for 4 stories" in paper.warnings[-1]["message"]
    paper.write("front.toml", front + "until = 2026-11-02\n").build().ok()
    assert len(paper.warnings) == 2


@pytest.mark.parametrize(
    "text, field, line, hint",
    [
        ("\n[sections.sprot]\nlead = 'vote.md'\n", "sections.sprot", 2, "did you mean “sport”?"),
        ("[ar.sections.xyz]\nlead = 'a.md'\n", "ar.sections.xyz", 1, "there are: politics, sport"),
        ("[sections.sport]\n\n[ar]\nleed = 'a.md'\n", "ar.leed", 4, "did you mean “lead”?"),
        ("ar = 5\n", "ar", 1, ""),
    ],
)
def test_what_the_front_may_not_hold_is_a_mistake_at_its_line(
    site: SiteTest, text: str, field: str, line: int, hint: str
) -> None:
    refused(good(site.settings(PAPER)).write("front.toml", text))
    (error,) = site.errors
    assert (error["code"], error["field"], error["line"]) == ("front", field, line)
    assert hint in error["hint"]


def test_two_files_do_not_choose_for_one_language(site: SiteTest) -> None:
    good(site.settings(PAPER)).write("front.toml", '[ar]\nlead = "arabic.ar.md"\n')
    refused(site.write("ar/front.toml", 'lead = "arabic.ar.md"\n'))
    (error,) = site.errors
    assert (error["code"], error["source"]) == ("front", "content/ar/front.toml")
    assert "content/front.toml chooses stories in [ar] too" in error["message"]


def test_a_file_in_a_languages_folder_speaks_for_that_language_alone(site: SiteTest) -> None:
    good(site.settings(PAPER)).write("arabic.ar.md")
    refused(site.write("ar/front.toml", 'lead = "arabic.ar.md"\n[ar]\nlead = "x.md"\n'))
    (error,) = site.errors
    assert (error["code"], error["field"], error["line"]) == ("front", "ar", 2)
