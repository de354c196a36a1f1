"""The lines of a file around a place in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

AROUND = 3
"""Lines before and behind."""
_LONGEST = 300
"""Characters of a line that are shown."""
_LARGEST = 10_000_000
"""Bytes of a file that is read for this."""


def lines_around(site: Path, source: str, line: int) -> Sequence[tuple[int, str]]:
    """(number, text) of a file's lines around one, counted from 1; nothing where there is none.

    Only files within the site are read.
    """
    file = (site / source).resolve()
    if not line or not file.is_relative_to(site.resolve()):
        return ()
    try:
        if file.stat().st_size > _LARGEST:
            return ()
        lines = file.read_text(encoding="utf-8-sig", errors="replace").split("\n")
    except OSError:
        return ()
    first = max(line - AROUND, 1)
    shown = lines[first - 1 : line + AROUND]
    return [(number, text.rstrip()[:_LONGEST]) for number, text in enumerate(shown, first)]
