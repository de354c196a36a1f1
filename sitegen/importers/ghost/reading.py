"""The records of a Ghost export, one at a time. Owns ijson and the form of the file.

An export is one JSON object, on one line: `{"db": [{"meta": …, "data": {table: [record, …]}}]}`,
the tables by the alphabet. Older ones lack the list around it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ijson

from sitegen.importers.sources import unreadable
from sitegen.importers.text import plain_line
from sitegen.model import Progress

_TABLE = re.compile(r"(?:db\.item\.)?data\.(\w+)\.item")
_EMPHASIS = re.compile(r"(?i)</?(?:em|i|b|strong|u|s|span|small|mark|sub|sup|br)\b[^<>]*>")
_BESIDE = ("redirects.json", "package.json")
_STEP = 500
"""Records between two words about how far it is."""


@dataclass(frozen=True, slots=True)
class Record:
    """A row of one of Ghost's tables."""

    table: str
    values: dict[str, Any]

    def text(self, name: str) -> str:
        """A value as text; empty where there is none."""
        value = self.values.get(name)
        return value if isinstance(value, str) else "" if value is None else str(value)

    def line(self, name: str) -> str:
        """A text that is no HTML to Ghost, on one line: “<” is a sign in it.

        But for emphasis: there are themes that show it in headlines.
        """
        return plain_line(_EMPHASIS.sub("", self.text(name)))

    def says(self, name: str) -> bool:
        """Whether a value is true, as databases have it or JSON."""
        return self.values.get(name) in (1, True)


def export_in(source: Path) -> Path:
    """The export file: the source itself, or the one in it."""
    if source.is_file():
        return source
    found = sorted(p for p in source.glob("*.json") if p.name not in _BESIDE)
    if len(found) != 1:
        what = "no export" if not found else "several exports: " + ", ".join(p.name for p in found)
        hint = "name the file that Ghost has exported: Settings, Import/Export, Export content"
        raise unreadable(source, f"this folder holds {what}", hint)
    return found[0]


def records(file: Path) -> Iterator[Record | Progress | str]:
    """Every row, in the order of the file; a text says why the rest of it cannot be read."""
    number, total = 0, file.stat().st_size
    with file.open("rb") as stream:
        if stream.read(3) != codecs.BOM_UTF8:
            stream.seek(0)
        try:
            for record in _rows(stream):
                number += 1
                if number % _STEP == 0:
                    yield Progress("reading", stream.tell(), total)
                yield record
        except (ijson.JSONError, UnicodeDecodeError) as error:
            if number == 0:
                raise _no_export(file, f"this is no JSON: {error}") from None
            yield f"the file breaks off behind record {number:,}: {' '.join(str(error).split())}"
    if number == 0:
        raise _no_export(file, "this is no export of Ghost: it has no tables")


def _no_export(file: Path, message: str) -> Exception:
    hint = "export it anew: Settings, Import/Export, Export content"
    return unreadable(file, message, hint)


def _rows(stream: Any) -> Iterator[Record]:
    """Builds the rows alone: the tables as a whole are as large as the file."""
    builder, place, table = None, "", ""
    for prefix, event, value in ijson.parse(stream, use_float=True):
        if builder is None:
            found = _TABLE.fullmatch(prefix) if event == "start_map" else None
            if found is None:
                continue
            builder, place, table = ijson.ObjectBuilder(), prefix, found[1]
        builder.event(event, value)
        if event == "end_map" and prefix == place:
            yield Record(table, builder.value)
            builder = None
