"""Five hundred inputs; and that the search finds what is wrong, and makes it small."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.read.links import Linker
from sitegen.read.markdown import Html, render_text
from sitegen.read.words import Rendered
from tests.fuzz.campaign import BATCH, Campaign, reduced
from tests.fuzz.trial import Input, trial
from tests.site_test import SETTINGS

INPUTS = 500
"""The same in each run: a guard of what was mended. `make fuzz` is what looks for more."""
BASE = {"sitegen.toml": SETTINGS.encode()}


@pytest.mark.parametrize("seed", range(INPUTS // BATCH))
def test_every_input_ends_in_a_page_or_a_located_message(seed: int, tmp_path: Path) -> None:
    campaign = Campaign(tmp_path, BATCH, seed)
    assert list(campaign.run()) == [BATCH]
    assert campaign.tally.findings == []
    assert sum(campaign.tally.ends.values()) == BATCH
    assert campaign.tally.ends["page"] > BATCH / 5


def written(name: str, body: str) -> Input:
    return Input(f"content/{name}.md", f"---\ntitle: A\ndate: 2026-11-01\n---\n{body}\n".encode())


def test_a_crash_is_found_and_its_input_made_small(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fragile(text: str, lang: str, linker: Linker, mode: Html) -> Rendered:
        if "BOOM" in text:
            raise ArithmeticError("the sky fell")
        return render_text(text, lang, linker, mode)

    monkeypatch.setattr("sitegen.read.article.render_text", fragile)
    inputs = [written(str(n), "Words. " * 9 + ("BOOM" if n == 7 else "")) for n in range(12)]
    campaign = Campaign(tmp_path, 0, 0)
    campaign.try_all(BASE, inputs)
    (finding,) = campaign.tally.findings
    assert "ArithmeticError: the sky fell" in finding.fault
    (blamed,) = finding.inputs
    assert blamed.path == "content/7.md" and blamed.data.endswith(b"BOOM")
    assert len(blamed.data) < len(inputs[7].data)
    assert campaign.tally.ends == {"page": 11, "FAULT": 1}


@pytest.mark.parametrize(
    "body, fault",
    [
        ("<script>alert(1)</script>", "html: a script"),
        ("<p onclick='alert(1)'>", "html: onclick"),
        ("<area href='java&#10;script:alert(1)'>", "html: javascript: in href"),
        ("<form action='java&#10;script:alert(1)'></form>", "html: javascript: in action"),
        ("</main></article></body><footer>", "html: the page's frame is broken"),
        ("<base href=//x>", "html: {'base'}"),
    ],
)
def test_what_could_run_in_a_page_is_found(body: str, fault: str, tmp_path: Path) -> None:
    trusting = {"sitegen.toml": f'{SETTINGS}[markdown]\nhtml = "trust"\n'.encode()}
    faults = trial(tmp_path, trusting, [written("a", body)]).faults
    assert any(found.startswith(fault) for found in faults), faults
    assert trial(tmp_path, BASE, [written("a", body)]).faults == []


def test_less_of_what_fails_is_looked_for_until_nothing_can_be_left_out() -> None:
    assert list(reduced(range(100), lambda some: 17 in some and 60 in some)) == [17, 60]
