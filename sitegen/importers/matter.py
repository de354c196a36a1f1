"""Imported front matter as YAML that a person would have written. Owns how it looks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from sitegen.importers.things import Matter
from sitegen.instants import write_instant
from sitegen.read.matter import Plain
from sitegen.read.outline import yaml_text

_HARMLESS = re.compile(r"[^\W\d_][^\W_]*(?:[ /-][^\W_]+)*")
"""Texts that mean themselves in YAML, unless they are one of these words; the library agrees."""
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_WIDTH = 100
"""Characters of a line; longer texts go on below."""
_SHORT = 88
"""Characters of a list that stands on one line, and after which the library breaks one."""


def matter_text(matter: Matter, zone: ZoneInfo) -> str:
    """The lines between the dashes; empty values are left out, instants are those of `zone`."""
    values = {name: _ready(value, zone) for name, value in matter.items()}
    lines: list[str] = []
    for name, value in values.items():
        if not _is_empty(value):
            lines += _entry(name, value, "")
    return "\n".join([*lines, ""])


def _ready(value: Any, zone: ZoneInfo) -> Any:
    """Texts, lists and groups of texts; `Plain` where no quotation marks may stand."""
    if isinstance(value, Mapping):
        return {name: _ready(item, zone) for name, item in value.items()}
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence):
        return [_ready(item, zone) for item in value]
    if isinstance(value, datetime):
        return Plain(
            write_instant(value, zone) if value.tzinfo else value.isoformat(" ", "minutes")
        )
    if isinstance(value, bool):
        return Plain(str(value).lower())
    if isinstance(value, date | int):
        return Plain(value)
    return value


def _is_empty(value: Any) -> bool:
    """Whether nothing is said; a number or a truth value says something."""
    if isinstance(value, Mapping):
        return all(_is_empty(item) for item in value.values())
    return value is None or not value


def _entry(name: str, value: Any, indent: str) -> list[str]:
    """A name with its value, on one line or on several."""
    head = f"{indent}{_scalar(name)}:"
    if isinstance(value, Mapping):
        inner = [(key, item) for key, item in value.items() if not _is_empty(item)]
        below = [line for key, item in inner for line in _entry(key, item, f"{indent}  ")]
        return [head, *below]
    if isinstance(value, list):
        return _listed(head, [item for item in value if not _is_empty(item)], indent)
    return _text(head, value, indent)


def _listed(head: str, items: Sequence[Any], indent: str) -> list[str]:
    if all(isinstance(item, str) and "\n" not in item for item in items):
        line = f"{head} [{', '.join(map(_scalar, items))}]"
        if len(line) <= _SHORT:
            return [line]
    lines = [head]
    for item in items:
        if isinstance(item, Mapping):
            below = [
                line
                for key, value in item.items()
                if not _is_empty(value)
                for line in _entry(key, value, f"{indent}    ")
            ]
            lines += [f"{indent}  - {below[0].lstrip()}", *below[1:]]
        else:
            lines += _text(f"{indent}  -", item, f"{indent}  ")
    return lines


def _scalar(text: str) -> str:
    if isinstance(text, Plain) or (_HARMLESS.fullmatch(text) and text.lower() not in _WORDS):
        return str(text)
    return yaml_text(text)


def _text(head: str, text: str, indent: str) -> list[str]:
    if isinstance(text, Plain) or ("\n" not in text and len(head) + len(text) <= _WIDTH):
        return [f"{head} {_scalar(text)}"]
    if not _may_be_block(text):
        return [f"{head} {yaml_text(text)}"]
    style = "|" if "\n" in text else ">"
    # As the item of a list, whose texts begin two characters further right.
    written = yaml.safe_dump(
        [text], default_style=style, allow_unicode=True, width=_SHORT - len(indent)
    )
    mark, *lines = written.removeprefix("- ").rstrip("\n").split("\n")
    return [f"{head} {mark}", *(f"{indent}{line}" if line else "" for line in lines)]


def _may_be_block(text: str) -> bool:
    """Whether lines below can hold it and are read back as they were."""
    lines = text.split("\n")
    spaced = any(line != line.strip() or "  " in line for line in lines)
    printable = all(c.isprintable() or c == "\n" for c in text)
    return printable and not spaced and lines[0] != "" and lines[-1] != ""
