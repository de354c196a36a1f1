"""The bar that a terminal shows of a long build."""

from __future__ import annotations

import os
import pty
import sys

import pytest

from sitegen.cli.console import progress
from sitegen.model import Progress

END = "That is all."


def test_a_bar_ends_with_what_there_was_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """How much that is may turn out to be less while it is done."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as terminal, os.fdopen(ours, "rb", buffering=0) as seen:
        monkeypatch.setattr(sys, "stderr", terminal)
        with progress(quiet=False) as show:
            show(Progress("rendering", 96, 1_000_000))
            show(Progress("rendering", 5_000, 5_000))
        terminal.write(END)
        terminal.flush()
        data = b""
        while not data.endswith(END.encode()):  # a terminal hands over what is there
            data += seen.read(4096)
    shown = data.decode()
    assert "96/1000000" in shown
    assert "5000/5000" in shown
    assert "5000/1000000" not in shown
