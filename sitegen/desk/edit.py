"""Changes to a file's front matter that leave every other byte and comment as it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sitegen.config import Config
from sitegen.desk.changes import Add, Change, Drop, Put, Splice, Unchangeable
from sitegen.errors import Problem, SitegenError
from sitegen.instants import write_instant, zone
from sitegen.read.file import matter_of
from sitegen.read.matter import Matter, MatterError, Plain


def edited(data: bytes, source: str, config: Config, changes: Iterable[Change]) -> bytes:
    """The bytes of the file `source` of content/ after `changes`.

    Raises SitegenError when the file cannot be read, or when the result would not say exactly
    what was meant.
    """
    for change in changes:
        before = matter_in(data, source, config)
        try:
            data = _spliced(data, before, _splice(before, change))
            after = matter_of(data, source, config)
            meant = after.values == _meant(before, change) and after.body == before.body
        except (Unchangeable, MatterError):
            meant = False
        if not meant:
            raise SitegenError(_by_hand(change, before, source))
    return data


def matter_in(data: bytes, source: str, config: Config) -> Matter:
    """The front matter of the file `source` of content/. Raises SitegenError."""
    try:
        return matter_of(data, f"content/{source}", config)
    except MatterError as error:
        raise SitegenError(*error.problems) from None


def written(moment: datetime, matter: Matter, config: Config, like: object = "") -> Plain:
    """An instant as this front matter has it: in the form of `like`, another one of it."""
    form = like if isinstance(like, str) else ""
    if matter.form == "toml" and not re.search(r":\d{2}:\d{2}", form):
        form += " 00:00:00"  # TOML has no instants without seconds
    return Plain(write_instant(moment, zone(config.site.timezone), form))


def _splice(matter: Matter, change: Change) -> Splice:
    if matter.form == "yaml":
        from sitegen.desk.edit_yaml import splice
    elif matter.form == "toml":
        from sitegen.desk.edit_toml import splice  # tomlkit is for the few who write TOML
    else:
        splice = _line_splice
    return splice(matter, change)


def _spliced(data: bytes, matter: Matter, splice: Splice) -> bytes:
    """The file's own bytes after a change: its byte order mark and its line ends are kept."""
    text = data.decode("utf-8")
    mark = len(text) - len(text.removeprefix("\ufeff"))
    pairs = [m.start() - mark - n for n, m in enumerate(re.finditer("\r\n", text))]

    def place(position: int) -> int:
        position += matter.start
        return mark + position + bisect_left(pairs, position)

    ends = re.search(r"\r\n|\r|\n", text)
    new = splice.text.replace("\n", ends.group() if ends else "\n")
    return (text[: place(splice.start)] + new + text[place(splice.end) :]).encode()


def _meant(matter: Matter, change: Change) -> dict[str, Any]:
    """The values that the front matter must have after `change`."""
    result: dict[str, Any] = _apart(matter.values)
    chain: list[Any] = [result]
    for part in change.path[:-1]:
        chain.append(chain[-1][part])
    last = change.path[-1]
    if isinstance(change, Put):
        chain[-1][last] = change.value
    elif isinstance(change, Add):
        there = chain[-1][last] if isinstance(last, int) else chain[-1].get(last)
        chain[-1][last] = [*(there or ()), change.value]
    else:
        del chain[-1][last]
        for part, inner, outer in zip(
            change.path[-2::-1], chain[:0:-1], chain[-2::-1], strict=True
        ):
            if not inner:
                del outer[part]
    return result


def _apart(value: Any) -> Any:
    """A copy in which what YAML's aliases repeat stands for itself: one must change alone."""
    if isinstance(value, dict):
        return {key: _apart(inner) for key, inner in value.items()}
    return [_apart(inner) for inner in value] if isinstance(value, list) else value


def _by_hand(change: Change, matter: Matter, source: str) -> Problem:
    name = ".".join(map(str, change.path))
    message = f"“{name}” is written in a way that cannot be changed safely"
    what = "remove it" if isinstance(change, Drop) else "change it"
    hint = f"nothing was changed; open the file and {what} by hand"
    if matter.form == "lines" and not isinstance(change, Drop) and _is_group(change):
        message = f"“{name}” has no place in lines without a fence around them"
        hint = "put a line of three dashes above and below these lines, and try again"
    line, column = matter.at(change.path)
    return Problem("edit-failed", message, f"content/{source}", line, name, hint, column)


def _is_group(change: Put | Add) -> bool:
    return isinstance(change, Add) or isinstance(change.value, Mapping)


# Pelican's form: a line `Name: value` for each field, and neither lists nor groups.


def _line_splice(matter: Matter, change: Change) -> Splice:
    if len(change.path) > 1 or (not isinstance(change, Drop) and _is_group(change)):
        raise Unchangeable
    name = str(change.path[0])
    # A line that does not begin with a name goes on with the value above it.
    field = rf"^{re.escape(name)}:.*(\n(?![A-Za-z][\w-]*:).*)*(\n|\Z)"
    found = re.search(field, matter.text, re.MULTILINE)
    if isinstance(change, Drop):
        if found is None:
            raise Unchangeable
        return Splice(found.start(), found.end(), "")
    line = f"{name}: {change.value}"
    if found is None:
        return Splice(len(matter.text), len(matter.text), f"\n{line}")
    return Splice(found.start(), found.end(), line + found[2])
