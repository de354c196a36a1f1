"""Files that are copied as they are: their digests. And the data files that themes ask for."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from pathlib import Path
from typing import Any

from sitegen.digest import canonical
from sitegen.errors import Problem, SitegenError
from sitegen.validation import line_told

MAX_DEPTH = 100
"""Levels of lists within lists: far more than anybody writes by hand."""


def read_data(folder: Path, name: str) -> Any:
    """The contents of `data/<name>.toml`, `.json` or `.csv` (a list of rows by column).

    Raises SitegenError when there is no such file or it cannot be read.
    """
    for suffix, load in ((".toml", tomllib.loads), (".json", json.loads), (".csv", _csv)):
        path = folder / f"{name}{suffix}"
        if path.is_file():
            if not path.resolve().is_relative_to(folder.resolve()):
                message = "a link that leads out of the site's data"
                hint = "copy the file into the site instead"
                raise SitegenError(Problem("file-link", message, f"data/{path.name}", hint=hint))
            text = ""
            try:
                text = path.read_text(encoding="utf-8-sig")
                data = plain_values(load(text))
                canonical(data)
                return data
            except (ValueError, csv.Error, RecursionError) as error:
                line = line_told(error, text)
                message, where = f"it cannot be read: {error}", f"data/{path.name}"
                hint = "mend it, or remove its name where it is asked for"
                raise SitegenError(
                    Problem("data-syntax", message, where, line, hint=hint)
                ) from None
    message = f"there is no data file called “{name}”"
    hint = f"make data/{name}.toml, data/{name}.json or data/{name}.csv"
    raise SitegenError(Problem("data-missing", message, "data", hint=hint))


def _csv(text: str) -> list[dict[str, str]]:
    return [dict(row) for row in csv.DictReader(io.StringIO(text), strict=True)]


def plain_values(value: Any, depth: int = 0) -> Any:
    """TOML's own dates and times as the texts that were written.

    Raises RecursionError beyond `MAX_DEPTH`, which is below what Python itself can take.
    """
    if depth > MAX_DEPTH:
        raise RecursionError(f"it is nested more than {MAX_DEPTH} levels deep")
    if isinstance(value, dict):
        return {key: plain_values(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [plain_values(item, depth + 1) for item in value]
    return str(value) if hasattr(value, "isoformat") else value
