"""The label that the theme writes itself is taken from the text of an author."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from markupsafe import Markup

from sitegen.render.labels import unlabelled

LABEL = "What this means for you"
FRENCH = "Ce que cela change pour l’abonné"


@pytest.mark.parametrize(
    "html",
    [
        f"{LABEL}: Fares rise.",
        f"{LABEL.upper()}: Fares rise.",
        f"<strong>{LABEL}:</strong> Fares rise.",
        f"<strong>{LABEL}</strong>: Fares rise.",
        f"<b>{LABEL}</b> – Fares rise.",
        f"<em>{LABEL}</em>: Fares rise.",
        f"<em><strong>{LABEL}</strong></em>: Fares rise.",
        f"{LABEL} — Fares rise.",
        f"{LABEL} - Fares rise.",
        f"  {LABEL} :Fares rise.",
        f"{LABEL}\N{FULLWIDTH COLON}Fares rise.",
        f"“{LABEL}”: Fares rise.",
        f"“{LABEL}:” Fares rise.",
        f"&quot;{LABEL}&quot;: Fares rise.",
        f'<a href="sitegen-ref:0">{LABEL}</a>: Fares rise.',
        f'<a href="https://a.example/" rel="external noopener">{LABEL}:</a> Fares rise.',
        f"{LABEL}: {LABEL}: Fares rise.",
        f"<strong>{LABEL}</strong><br>\nFares rise.",
        "What  this means\nfor you: Fares rise.",
        "Fares rise.",
    ],
)
def test_a_label_is_taken_off(html: str) -> None:
    assert unlabelled(html, LABEL) == "Fares rise."
    assert unlabelled(f"<p>{html}</p>\n", LABEL) == "<p>Fares rise.</p>\n"


@pytest.mark.parametrize("kinds", [(str, Markup), (Markup, str)])
def test_html_that_is_marked_as_such_loses_its_label_in_the_same_way(
    kinds: Sequence[type[str]],
) -> None:
    html = f"<p><strong>{LABEL}:</strong> it is {kinds[0].__name__} first.</p>"
    for kind in kinds:
        rest = f"<p>It is {kinds[0].__name__} first.</p>"
        assert unlabelled(kind(html), LABEL) == rest


@pytest.mark.parametrize(
    "label",
    [
        f"<p>{LABEL}</p>\n",
        f"<p>{LABEL}:</p>\n",
        f"<p><strong>{LABEL}</strong></p>\n",
        f"<p><strong>{LABEL}:</strong></p>\n",
        f"<h2>{LABEL}</h2>\n",
        f'<h3 id="what">“{LABEL}”</h3>\n',
        f'<p><a href="sitegen-ref:0">{LABEL}</a></p>\n',
    ],
)
def test_a_label_that_stands_alone_goes_with_its_paragraph_or_heading(label: str) -> None:
    """S2: and leaves no empty one."""
    text = "<p>fares rise.</p>\n<p>More.</p>\n"
    assert unlabelled(label + text, LABEL) == text
    again = f"<p>{LABEL}: Fares rise.</p>\n"
    assert unlabelled(label + again, LABEL) == "<p>Fares rise.</p>\n"
    assert unlabelled(label, LABEL) == ""


@pytest.mark.parametrize(
    ("html", "rest"),
    [
        (f"{LABEL}: fares rise.", "Fares rise."),
        (f"{LABEL}: iPhone owners pay.", "iPhone owners pay."),
        (f"{LABEL}: macOS and iOS.", "macOS and iOS."),
        (f"{LABEL}: <em>x</em>", "<em>x</em>"),
        (f"{LABEL}: გემი", "გემი"),
        (
            f"<strong>{LABEL}: fares rise</strong>, says he.",
            "<strong>Fares rise</strong>, says he.",
        ),
    ],
)
def test_what_follows_begins_a_sentence_and_is_else_as_it_was(html: str, rest: str) -> None:
    assert unlabelled(html, LABEL) == rest


@pytest.mark.parametrize(
    "html",
    [
        f"{LABEL} is unclear.",
        f"Nobody knows {LABEL}: it is new.",
        "What this means: it rises.",
        f"<strong>{LABEL} is unclear:</strong> wait.",
        f"<h2>{LABEL} and others</h2>",
        f"{LABEL}-ish: fares.",
        f"<p>{LABEL} <strong>now</strong></p>",
    ],
)
def test_what_is_no_label_stays(html: str) -> None:
    assert unlabelled(html, LABEL) == html


def test_the_label_of_any_language_is_taken_off() -> None:
    assert unlabelled("What it means: <em>x</em>", "ماذا يعني", "What it means") == "<em>x</em>"
    for own in "’'":
        for written in "’'":
            label, html = FRENCH.replace("’", own), FRENCH.replace("’", written)
            assert unlabelled(f"{html} : voici.", LABEL, label) == "Voici."


def test_without_a_label_nothing_is_taken_off() -> None:
    assert unlabelled(": Fares rise.") == ": Fares rise."
    assert unlabelled(": Fares rise.", "", " ") == ": Fares rise."
