"""The label that the theme writes itself is taken from the text of an author."""

from __future__ import annotations

import pytest

from sitegen.render.labels import unlabelled

LABEL = "What this means for you"


@pytest.mark.parametrize(
    "html",
    [
        f"{LABEL}: Fares rise.",
        f"{LABEL.upper()}: Fares rise.",
        f"<strong>{LABEL}:</strong> Fares rise.",
        f"<strong>{LABEL}</strong>: Fares rise.",
        f"<b>{LABEL}</b> – Fares rise.",
        f"<em>{LABEL}</em>: Fares rise.",
        f"{LABEL} — Fares rise.",
        f"  {LABEL} :Fares rise.",
        "Fares rise.",
    ],
)
def test_a_label_is_taken_off(html: str) -> None:
    assert unlabelled(html, LABEL) == "Fares rise."


@pytest.mark.parametrize(
    "html",
    [
        f"{LABEL} is unclear.",
        f"Nobody knows {LABEL}: it is new.",
        "What this means: it rises.",
        f"<strong>{LABEL} is unclear:</strong> wait.",
    ],
)
def test_what_is_no_label_stays(html: str) -> None:
    assert unlabelled(html, LABEL) == html


def test_the_label_of_any_language_is_taken_off() -> None:
    assert unlabelled("What it means: <em>x</em>", "ماذا يعني", "What it means") == "<em>x</em>"
