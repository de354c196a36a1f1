"""A reason names what changed, and never something that did not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.steps import Steps


@pytest.fixture
def steps(tmp_path: Path) -> Steps:
    steps = Steps(tmp_path / "site")
    steps.article("old", date="2025-03-05")
    steps.article("middle", date="2026-11-05")
    steps.article("newest", date="2026-11-20")
    return steps.begin()


def reason(steps: Steps, path: str) -> str:
    return steps.site.build().ok().reasons[path]


def test_what_a_page_shows_for_the_first_time_has_not_changed(steps: Steps) -> None:
    steps.site.remove("newest.md")
    assert "the card of old.md changed" not in reason(steps, "tags/sea/index.html")


def test_what_is_gone_is_said_to_be_gone_though_another_card_shows_twice(steps: Steps) -> None:
    steps.site.remove("middle.md")  # newest showed it as the one before and among the related
    assert reason(steps, "2026/11/newest/index.html") == "something that it showed is gone"


def test_a_page_that_another_template_makes_says_so(steps: Steps) -> None:
    steps.article("newest", date="2026-11-20", expires="2026-11-21")
    said = reason(steps, "2026/11/newest/index.html")
    assert "notice.html" in said
    assert "template notice.html changed" not in said


def test_a_name_is_told_in_words_not_as_a_key(steps: Steps) -> None:
    steps.site.write("authors/ann.md", "---\nname: Ann Ray\n---\n")
    assert ":" not in reason(steps, "2026/11/newest/index.html")
