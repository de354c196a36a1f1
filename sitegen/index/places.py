"""Where words stand in a source's file: facts keep no lines, and what needs one is rare."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from sitegen.errors import At


class Places:
    """Looks words up in the files of `content`."""

    def __init__(self, content: Path) -> None:
        self._content = content
        self._lines = lru_cache(maxsize=8)(self._read)

    def of(self, source: str, words: str) -> tuple[At, str]:
        """The first place of `words` in a source, and its line; nowhere and nothing without one."""
        for number, line in enumerate(self._lines(source) if words else (), 1):
            if (column := line.find(words)) >= 0:
                return At(number, column + 1), line
        return At(), ""

    def _read(self, source: str) -> tuple[str, ...]:
        try:
            text = (self._content / source).read_text(encoding="utf-8-sig", errors="replace")
        except OSError:  # its name is written in another form of Unicode on the disk
            return ()
        return tuple(text.splitlines())
