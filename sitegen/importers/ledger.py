"""What was imported into a site: the file `imported.jsonl` beside sitegen.toml. Owns its form.

It is committed with the content, and not in `.sitegen/`: that may be deleted at any time, and then
nobody could say which files a person has edited since. One line for each file, sorted by path, so
that a commit shows what an import changed. While an import runs, lines are added at the end, each
before its file is written; of several lines for one identity the last counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from sitegen.errors import Misuse, Problem
from sitegen.importers.files import write_whole
from sitegen.importers.shelf import Shelf

FILE = "imported.jsonl"
ABSENT = "-"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that an import wrote: an imported one, or the site's settings."""

    identity: str
    path: str
    """Below content/."""
    digest: str
    """Of its bytes as the import wrote them, in hexadecimal digits."""
    before: str = ""
    """Of an import that was stopped: the digest that the file may still have; “-”: no file."""


class Ledger:
    """The ledger of a site, for the time of one import."""

    def __init__(self, site: Path, shelf: Shelf) -> None:
        """Reads it. Raises Misuse where it is damaged."""
        self._file = site / FILE
        self._shelf = shelf
        self._out: TextIO | None = None
        if self._file.is_file():
            with self._file.open(encoding="utf-8") as lines:
                for number, line in enumerate(lines, 1):
                    self._keep(self._entry(line, number))

    def _entry(self, line: str, number: int) -> Entry:
        try:
            value = json.loads(line)
            return Entry(value["id"], value["path"], value["digest"], value.get("before", ""))
        except (ValueError, KeyError, TypeError, AttributeError):
            message = "this line of the ledger of imports cannot be read"
            hint = "take the file as git has it, or remove the line"
            raise Misuse(Problem("import-ledger", message, FILE, number, hint=hint)) from None

    def _keep(self, entry: Entry) -> None:
        self._shelf.put("ledger", entry.identity, entry)
        self._shelf.put("ledger path", entry.path, entry.identity)

    def get(self, identity: str) -> Entry | None:
        entry: Entry | None = self._shelf.get("ledger", identity)
        return entry

    def entries(self) -> Iterator[Entry]:
        return self._shelf.values("ledger")

    def intend(self, entry: Entry) -> None:
        """Say that a file is about to be written; lasting at once."""
        if self._out is None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._out = self._file.open("a", encoding="utf-8", newline="\n")
        self._out.write(_line(entry))
        self._out.flush()
        self._keep(entry)

    def close(self) -> None:
        """All that was intended is done: write the ledger anew, in order."""
        if self._out is None:
            return
        self._out.close()
        self._out = None
        write_whole(self._file, self._lines())

    def _lines(self) -> Iterator[str]:
        for _, identity in self._shelf.each("ledger path"):
            entry = self.get(identity)
            assert entry is not None, "both are kept together"
            yield _line(Entry(entry.identity, entry.path, entry.digest))


def _line(entry: Entry) -> str:
    value = {"path": entry.path, "id": entry.identity, "digest": entry.digest}
    if entry.before:
        value["before"] = entry.before
    return json.dumps(value, ensure_ascii=False) + "\n"
