"""The text of an export, parted into its records, whatever is broken within one of them.

A parser of XML may take all that follows a broken record for a part of it, and then nobody would
know what was lost. Where records begin and end is plain to see, though: their tags stand outside
of CDATA.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARK = re.compile(
    r"<!\[CDATA\[|\]\]>"
    r"|<(?P<end>/)?(?:\w+:)?(?P<name>item|author|category|tag|term)(?=[\s>])[^<>]*(?<!/)>"
)
_LONGEST_TAG = 300
"""Characters of a record's own tag, which may be cut in two by the end of a piece."""
_LONGEST_HEAD = 1_000_000
"""Characters before the first record that are kept."""


@dataclass(frozen=True, slots=True)
class Part:
    """The text of one record."""

    text: str
    line: int
    whole: bool = True
    """It has an end of its own."""


class Parting:
    """Takes the pieces of a file, and gives records."""

    def __init__(self) -> None:
        self.head = ""
        """What stands before the first record."""
        self._text = ""
        """What was not given yet."""
        self._line = 1
        """Of the file, where `_text` begins."""
        self._seen = 0
        """How much of `_text` was looked at."""
        self._name = ""
        """Of the record that has begun, if one has: `_text` begins with it."""
        self._inside = False
        """Within CDATA."""
        self._before = True
        """Before the first record."""

    def feed(self, piece: str) -> Iterator[Part]:
        """The records that end in this piece."""
        self._text += piece
        begin = 0
        for mark in _MARK.finditer(self._text, self._seen):
            if self._inside or mark["name"] is None:
                self._inside = mark[0] != "]]>"
            elif mark["end"]:
                if mark["name"] == self._name:
                    yield self._part(begin, mark.end(), whole=True)
                    begin, self._name = mark.end(), ""
            elif not self._name or mark["name"] == "item":
                if self._name:  # the one before has no end
                    yield self._part(begin, mark.start(), whole=False)
                else:
                    self._pass_over(begin, mark.start())
                begin, self._name, self._before = mark.start(), mark["name"], False
        self._keep(begin)

    def end(self) -> Part | None:
        """The record at the end of the file, where it has begun and not ended."""
        return Part(self._text, self._line, whole=False) if self._name else None

    def _keep(self, begin: int) -> None:
        """Keep what the next piece goes on with: a record, or a tag that is cut in two."""
        text = self._text
        tag = text.rfind("<", max(begin, len(text) - _LONGEST_TAG))
        seen = len(text) if tag < 0 or ">" in text[tag:] else tag
        if not self._name:
            self._pass_over(begin, seen)
            begin = seen
        self._text, self._seen = text[begin:], seen - begin

    def _part(self, begin: int, end: int, *, whole: bool) -> Part:
        part = Part(self._text[begin:end], self._line, whole)
        self._line += part.text.count("\n")
        return part

    def _pass_over(self, begin: int, end: int) -> None:
        """What stands between records is not kept."""
        if self._before and len(self.head) < _LONGEST_HEAD:
            self.head += self._text[begin:end]
        self._line += self._text.count("\n", begin, end)
