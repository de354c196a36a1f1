"""Where much is stale, most is found out while pages are made; nobody can tell from the result."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import pytest

from sitegen.build import pipeline, rendering
from sitegen.model import Key
from sitegen.plan.outdated import Stale
from tests.site_test import SiteTest


@pytest.fixture(params=[1, 5_000], ids=["while made", "before"])
def redone(
    request: pytest.FixtureRequest, site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> SiteTest:
    """A site whose listings must be made again, but no article; one has a new name, one is gone."""
    theme = "themes/own/templates/front.html"
    site.settings('[site]\ntheme = "own"\ntitle = "T"\nbase_url = "https://test.example/"\n')
    site.file("themes/own/theme.toml", 'extends = "broadsheet"\n')
    for number in range(6):
        day, tags = f"2026-11-0{number + 1}", [f"tag {number % 2}"]
        site.write(f"s{number}.md", title=f"Story {number}", date=day, tags=tags, slug=f"a{number}")
    site.build().ok()
    site.file(theme, '{% extends "broadsheet/front.html" %}{% block foot %}New{% endblock %}')
    site.rename("s3.md", "story-three.md").remove("s5.md")
    monkeypatch.setattr(pipeline, "AHEAD", request.param)
    monkeypatch.setattr(rendering, "FEW", 2)
    return site


def counts(site: SiteTest) -> dict[str, Any]:
    names = ("pages", "rendered", "unchanged", "written", "deleted", "bytes")
    return {name: site.report[name] for name in names}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_most_are_found_while_others_are_made(
    redone: SiteTest, jobs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[int] = []
    batches = rendering._batches

    def noted(stale: Collection[Stale], most: int) -> Iterator[tuple[list[Stale], Collection[Key]]]:
        for batch in batches(stale, most):
            found.append(len(stale))
            yield batch

    monkeypatch.setattr(rendering, "_batches", noted)
    redone.build("--max-removed", "1", "--jobs", jobs).ok()
    assert (found[0] < found[-1]) == (pipeline.AHEAD == 1)
    assert found[-1] == redone.report["rendered"]
    assert redone.bytes == redone.clean_bytes()


def test_the_report_counts_what_was_done(redone: SiteTest) -> None:
    planned = counts(redone.build("--dry-run", "--max-removed", "1").ok())
    reasons = redone.reasons
    redone.build("--max-removed", "1").ok()
    found = counts(redone)
    same = redone.report["rendered"] - len(redone.changed)
    assert found["rendered"] == planned["rendered"] == len(redone.rendered) >= 5
    assert found["unchanged"] == planned["unchanged"] + same
    assert found["pages"] - found["rendered"] == planned["unchanged"] > 0
    assert found["deleted"] == planned["deleted"] > 0
    assert redone.reasons == reasons
    clean = redone.clean_bytes()
    assert redone.bytes == clean
    assert found["bytes"] == sum(map(len, clean.values()))


def test_a_new_name_is_remembered(redone: SiteTest) -> None:
    redone.build("--max-removed", "1").ok()
    redone.remove("story-three.md").remove("s0.md").build("--max-removed", "1")
    (refused,) = redone.errors
    assert (refused["code"], redone.exit_code) == ("too-many-removed", 1)
    assert refused["hint"].endswith("s0.md, story-three.md")


@pytest.mark.parametrize("why", ["--max-removed=1", "--strict"])
def test_a_build_that_is_refused_at_once_says_what_it_would_have_done(
    redone: SiteTest, why: str
) -> None:
    if why == "--strict":
        redone.write("s0.md", title="Story 0", date="2026-11-01", body="<blink>Words</blink>")
    else:
        redone.remove("s0.md")
    planned = counts(redone.build("--dry-run", "--max-removed", "0").ok())
    reasons = redone.reasons
    redone.build(why)
    assert redone.exit_code == 1
    found = counts(redone)
    assert (found["rendered"], found["unchanged"]) == (planned["rendered"], planned["unchanged"])
    assert redone.reasons == reasons


def test_a_refused_build_says_what_it_would_have_done(redone: SiteTest) -> None:
    redone.file("themes/own/templates/front.html", "{{ nothing.at.all }}")
    before = redone.bytes
    redone.build("--max-removed", "1")
    assert [error["code"] for error in redone.errors] == ["template-failed"]
    assert redone.report["rendered"] == len(redone.rendered - {"2026/11/a5/index.html"}) >= 5
    assert redone.bytes == before


def test_nothing_is_left_to_do_afterwards(redone: SiteTest) -> None:
    redone.build("--max-removed", "1").ok()
    redone.file("themes/own/theme.toml", 'extends = "broadsheet"\n# Planned whole once more.\n')
    assert redone.build().ok().report["rendered"] == 0
