"""The commands of docs/start.md do what it says, in its order, for somebody at a terminal."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.desk.terminal import on_a_terminal
from tests.test_docs import DOCS

ANSWERS = {"init": ["The Test", "en-GB", "Europe/London", "broadsheet"], "remove": ["y"]}
"""What a reader types where a command asks."""


def commands() -> list[str]:
    """The lines of its boxes marked `sh`: those that everybody can type as they are."""
    text = (DOCS / "start.md").read_text(encoding="utf-8")
    boxes = re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    return [line for box in boxes for line in box.splitlines()]


def test_the_guide_for_beginners_can_be_followed_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path
    for line in commands():
        program, *words = shlex.split(line)
        monkeypatch.chdir(folder)
        if program == "cd":
            folder /= words[0]
            continue
        assert program == "sitegen", line
        answers = [] if "--withdraw" in words else ANSWERS.get(words[0], [])
        code, screen = on_a_terminal(words, answers)
        assert code == 0, f"{line}\n{screen}"
    public = folder / "public"
    (storm,) = public.glob("*/*/storm-closes-the-harbour/index.html")
    assert "The harbour closed at 5, not at 6." in storm.read_text(encoding="utf-8")
    assert "The Test" in storm.read_text(encoding="utf-8")
    (notice,) = public.glob("*/*/market-hall/index.html")
    assert "The hall was never closed." in notice.read_text(encoding="utf-8")
    assert not list(public.rglob("night-ferry*"))
    assert (folder / "content/pages/contact.md").is_file()


def test_the_guide_shows_every_command_of_the_desk() -> None:
    shown = {shlex.split(line)[1] for line in commands() if line.startswith("sitegen")}
    assert {"init", "build", "new", "publish", "correct", "remove"} <= shown
