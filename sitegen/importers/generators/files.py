"""Files of other generators: which there are, and their front matter in all its forms."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sitegen.importers.generators.data import SUFFIXES, read_data
from sitegen.importers.things import Event, Found, Left, Media
from sitegen.read.file import decode
from sitegen.read.matter import Matter, MatterError, read_matter

_EMPTY = re.compile(r"\s*---[ \t]*\n(?:[ \t]*(?:#[^\n]*)?\n)*---[ \t]*(?:\n|\Z)")
_NEVER = frozenset({"node_modules", "__pycache__"})
_KNOWN = ".well-known"
"""The one hidden folder that hosts show (RFC 8615)."""


def walk(folder: Path, *, hidden: bool = False) -> Iterator[Path]:
    """Every file below a folder, in an order that is the same everywhere.

    `hidden`: those whose names begin with a dot, too, but for folders that no host shows.
    """
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(
            name
            for name in folders
            if name not in _NEVER and (name[0] != "." or (hidden and name == _KNOWN))
        )
        for name in sorted(names):
            if (hidden or name[0] != ".") and not name.endswith("~"):
                yield Path(parent, name)


def as_matter(
    data: bytes,
    name: str,
    *,
    json_too: bool = False,
    meta_lines: bool = False,
    optional: bool = False,
) -> Matter:
    """Front matter and text; of a name that stands twice the last counts. Raises MatterError."""
    text = decode(data, name)
    if json_too and text.lstrip().startswith("{"):
        text = _from_json(text)
    if empty := _EMPTY.match(text):
        return Matter({}, text[empty.end() :], text.count("\n", 0, empty.end()) + 1)
    for _ in range(20):
        try:
            return read_matter(text, name, meta_lines=meta_lines)
        except MatterError as error:
            codes = {problem.code for problem in error.problems}
            if codes == {"matter-missing"} and optional:
                return Matter({}, text, 1)
            if codes != {"matter-repeated"}:
                raise
            text = _without_first(text, error.problems[0].field)
    return read_matter(text, name)


def _from_json(text: str) -> str:
    """JSON at the beginning as YAML, which can say the same in the same signs."""
    start = len(text) - len(text.lstrip())
    try:
        values, end = json.JSONDecoder().raw_decode(text, start)
    except ValueError:
        return text
    lines = "\n" * text.count("\n", 0, end)
    return (
        f"---\n{json.dumps(values, ensure_ascii=False)}\n---\n{text[end:].lstrip()}"
        if lines or values
        else text
    )


def _without_first(text: str, name: str) -> str:
    """`text` without the first lines that give `name` a value."""
    entry = re.compile(rf"^{re.escape(name)}[ \t]*:[^\n]*\n(?:(?:[ \t]+|-[ \t])[^\n]*\n)*", re.M)
    return entry.sub("", text, count=1)


def data_files(folder: Path, passed_over: tuple[str, ...]) -> Iterator[Event]:
    """Data files for data/; YAML becomes JSON, which sitegen reads."""
    for file in walk(folder) if folder.is_dir() else ():
        name = file.relative_to(folder)
        if name.parts[0].partition(".")[0] in passed_over:
            continue
        yield Found("data file")
        path = name.as_posix()
        if file.suffix.lower() in (".toml", ".json", ".csv"):
            yield Left("data", path, f"it is in data/{path} now")
            yield Media(path, "", file, "data")
        elif file.suffix.lower() in SUFFIXES:
            yield from _as_json(file, name)
        else:
            yield Left("system", path)


def _as_json(file: Path, name: Path) -> Iterator[Event]:
    path = name.with_suffix(".json").as_posix()
    try:
        values: Mapping[str, Any] = read_data(file)
    except (MatterError, OSError) as error:
        reason = error.problems[0].message if isinstance(error, MatterError) else error.strerror
        yield Left("broken", name.as_posix(), str(reason))
        return
    text = json.dumps(values, ensure_ascii=False, indent=2, default=str)
    yield Left("data", name.as_posix(), f"it is in data/{path} now")
    yield Media(path, "", None, "data", f"{text}\n".encode())
