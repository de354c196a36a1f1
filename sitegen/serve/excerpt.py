"""The lines of a file around a place in it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

AROUND = 3
"""Lines before and behind."""
_LONGEST = 240
"""Characters of a line that are shown."""
_BEFORE = 80
"""Of these before the place itself, where that lies far to the right."""
_LARGEST = 10_000_000
"""Bytes of a file that is read for this."""


def lines_around(site: Path, source: str, line: int, column: int = 0) -> Sequence[tuple[int, str]]:
    """(number, text) of a file's lines around one, counted from 1; nothing where there is none.

    Long lines are cut, so that `column` of the line itself is still there. Only files below the
    site's folder are read, wherever the links lead that its owner has put there.
    """
    file = Path(os.path.normpath(site / source))
    if not source or not line or not file.is_relative_to(os.path.normpath(site)):
        return ()
    try:
        if file.stat().st_size > _LARGEST:
            return ()
        lines = file.read_text(encoding="utf-8-sig", errors="replace").split("\n")
    except OSError:
        return ()
    first = max(line - AROUND, 1)
    shown = lines[first - 1 : line + AROUND]
    return [
        (number, _cut(text.rstrip(), column if number == line else 0))
        for number, text in enumerate(shown, first)
    ]


def _cut(text: str, column: int) -> str:
    begin = column - _BEFORE if column > _LONGEST else 0
    end = begin + _LONGEST
    return ("…" if begin else "") + text[begin:end] + ("…" if end < len(text) else "")
