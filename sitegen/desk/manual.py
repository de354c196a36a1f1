"""The manual, docs/, as far as it comes with sitegen: what each field and each setting is for.

Schemas and forms take their descriptions from them: a second text beside the types would have to be
kept equal to this one, and each build would load it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_HERE = Path(__file__).resolve().parent.parent
_SHIPPED = (_HERE / "docs", _HERE.parent / "docs")
"""Where the manual is: in the wheel, and in a checkout."""
_FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
_GROUP = re.compile(r"`\[([\w.]+?)(?:\.<[^>]*>)?\]`: (.+)")
"""A heading that names a group of the settings, and says what it is."""
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


class Row(NamedTuple):
    """A row of a table: what a field may be, and what it means, as plain text with `code`."""

    may_be: str
    meaning: str

    @property
    def examples(self) -> tuple[str, ...]:
        """What the row gives as examples: the words after “such as”."""
        _, _, words = self.may_be.partition("such as ")
        return tuple(word.strip('"') for word in re.findall(r"`([^`]+)`", words))

    @property
    def gist(self) -> str:
        """The first sentence of the meaning, and what happens when the field is left out."""
        sentences = re.split(r"(?<=[.!?”])\s+(?=[A-Z])", self.meaning)
        left_out = [s for s in sentences[1:] if s.startswith("Left out:")]
        return " ".join([sentences[0], *left_out])


NO_ROW = Row("", "")


def document(name: str) -> str:
    """The text of a document of the manual, such as `errors.md`."""
    path = next(folder / name for folder in _SHIPPED if (folder / name).is_file())
    return path.read_text(encoding="utf-8")


@lru_cache(maxsize=8)
def rows(name: str, heading: str = "") -> Mapping[str, Row]:
    """Name of a field or setting → its row, of the tables below a heading of the document `name`.

    A placeholder has no name: `sections.<section>.title` is `sections.<>.title`. A group of the
    settings has its heading for a row.
    """
    text = _FENCED.sub("", document(name))
    found: dict[str, Row] = {}
    here, columns = "", 0
    for line in text.splitlines():
        if line.startswith("#"):
            here = line.lstrip("# ")
            if group := _GROUP.fullmatch(here):
                found[_general(group[1])] = Row("", f"{group[2][:1].upper()}{group[2][1:]}.")
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            columns = 0
        elif cells[0] in ("Field", "Key"):
            columns = len(cells) if here.startswith(heading) else 0
        elif columns and len(cells) == columns and cells[0].startswith("`"):
            found[_general(cells[0].strip("`"))] = Row(_plain(cells[1]), _plain(cells[3]))
    return found


def _general(name: str) -> str:
    """`sections.<section>.title` as `sections.<>.title`."""
    return re.sub(r"<[^>]*>", "<>", name)


def _plain(cell: str) -> str:
    return _LINK.sub(r"\1", cell)
