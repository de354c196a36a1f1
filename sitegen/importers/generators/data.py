"""Settings and data files of other generators: YAML, TOML and JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from sitegen.read.fields import typed
from sitegen.read.file import decode
from sitegen.read.matter import read_matter

SUFFIXES = (".toml", ".yaml", ".yml", ".json")
_ITEMS = "items"


def read_data(file: Path) -> dict[str, Any]:
    """The names and values of a file; a list stands under `items`. Raises MatterError, OSError."""
    text = decode(file.read_bytes(), file.name)
    if file.suffix.lower() == ".toml":
        return _values(f"+++\n{text}\n+++\n", file.name)
    if file.suffix.lower() == ".json":
        with suppress(ValueError):  # with comments, perhaps: YAML takes more than JSON
            text = json.dumps(json.loads(text), ensure_ascii=False)
    text = text.lstrip()
    lines = [line for line in text.split("\n") if not line.startswith(("---", "...", "%YAML"))]
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    if first.startswith(("- ", "[")) or first == "-":
        lines = [f"{_ITEMS}:", *lines]
    if not first:
        return {}
    return _values("---\n" + "\n".join(lines) + "\n---\n", file.name)


def _values(text: str, name: str) -> dict[str, Any]:
    values: dict[str, Any] = typed(read_matter(text, name).values)
    return values


def read_if_there(folder: Path, *stems: str) -> dict[str, Any]:
    """The first of some files that is there; nothing else counts. Raises MatterError."""
    for stem in stems:
        for suffix in SUFFIXES:
            file = folder / f"{stem}{suffix}"
            if file.is_file():
                return read_data(file)
    return {}


def lowered(values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` with all their names, at the first level, in small letters."""
    return {name.lower(): value for name, value in values.items()}


def group(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A group of values; empty where there is none, or something else."""
    value = values.get(name)
    return value if isinstance(value, dict) else {}


def texts(value: Any) -> list[str]:
    """A list of texts, as which one text counts too."""
    if isinstance(value, list):
        return [str(item) for item in value if isinstance(item, str | int | float)]
    return [str(value)] if isinstance(value, str | int | float) and str(value).strip() else []


def writable(value: Any) -> Any:
    """Values that can be written: numbers with a point, and lists in lists, are texts."""
    if isinstance(value, Mapping):
        return {str(name): writable(item) for name, item in value.items()}
    if isinstance(value, list):
        items = (writable(item) for item in value)
        return [", ".join(map(str, i)) if isinstance(i, list) else i for i in items]
    return str(value) if isinstance(value, float) else value


__all__ = [
    *("SUFFIXES", "MatterError", "group", "lowered", "read_data", "read_if_there", "texts"),
    "writable",
]
