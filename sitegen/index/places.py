"""Where words stand in a source's file: facts keep no lines, and what needs one is rare."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from functools import lru_cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from sitegen.errors import At

_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
"""Markdown's: a backslash before a punctuation mark (CommonMark 0.31, 2.4)."""


class Places:
    """Looks words up in the files of `content`."""

    def __init__(self, content: Path) -> None:
        self.content = content
        self._lines = lru_cache(maxsize=8)(self._read)

    def of(self, source: str, words: str) -> tuple[At, str]:
        """The first place of `words` in a source, and its line; nowhere and nothing without one.

        Words may be written with escapes, or be folded over lines, as Markdown and YAML allow.
        """
        lines = self._lines(source) if words else ()
        for number, line in enumerate(lines, 1):
            if (column := line.find(words)) >= 0:
                return At(number, column + 1), line
        for number, line in enumerate(lines, 1):
            if words in unquote(unescape(_ESCAPE.sub("", line))):
                return At(number), line
        text, folded = "\n".join(lines), r"\s+".join(map(re.escape, words.split()))
        if folded and (found := re.search(folded, text)):
            number = text.count("\n", 0, found.start())
            return At(number + 1), lines[number]
        return At(), ""

    def near(self, source: str, *words: str) -> At:
        """The first place of the first of `words` that a source has; its first line without any.

        A name may be written with escapes, or be that of a field that a preset knows otherwise.
        """
        found = (self.of(source, each)[0] for each in words)
        return next((at for at in found if at.line), At(1))

    def _read(self, source: str) -> tuple[str, ...]:
        for form in ("NFC", "NFD"):  # the name may be written in either on the disk
            with suppress(OSError):
                file = self.content / unicodedata.normalize(form, source)
                text = file.read_text(encoding="utf-8-sig", errors="replace")
                return tuple(text.split("\n"))  # splitlines would count more than editors do
        return ()
