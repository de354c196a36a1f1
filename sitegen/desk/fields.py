"""What stands in a new file: its fields, each with a remark that says what to write.

The remarks are in texts/, one file a language; what is missing there is English.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Literal

from sitegen.read.matter import Plain
from sitegen.read.outline import yaml_text

Kind = Literal["article", "page"]
Texts = Mapping[str, str]

_REMARK_AT = 28
"""The column at which remarks begin, where there is room."""
_GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "image": ("  ", ("src", "alt", "caption", "credit", "focus")),
    "faq": ("  - ", ("question", "answer")),
}
"""Fields whose parts stand below them: what the first one has before it, and their names."""


def texts(kind: Kind, lang: str) -> dict[str, str]:
    """The remarks for files of a kind, in a language."""
    found: dict[str, str] = {}
    for code in ("en", lang.partition("-")[0], lang):
        file = files(__package__).joinpath("texts", f"{code}.toml")
        if file.is_file():
            found |= tomllib.loads(file.read_text(encoding="utf-8")).get(kind, {})
    return found


def front_matter(
    names: Iterable[str],
    values: Mapping[str, str | Sequence[str]],
    remarks: Texts,
    parts: Mapping[str, Sequence[str]],
) -> str:
    """The fenced front matter of a new file: `names` with their values, blank where they have none.

    `parts` are those of groups that are wanted, in place of all.
    """
    lines = ["---"]
    for name in names:
        lines.append(_line(name, _written(name, values.get(name)), remarks.get(name, "")))
        if name in _GROUPS:
            lines += _below(name, remarks, parts.get(name))
    return "\n".join([*lines, "---", "", ""])


def _written(name: str, value: str | Sequence[str] | None) -> str:
    if value is None:
        return "[]" if name in ("tags", "authors") else ""
    if isinstance(value, Plain):
        return value
    if isinstance(value, str):
        return yaml_text(value)
    return f"[{', '.join(map(yaml_text, value))}]"


def _below(group: str, remarks: Texts, wanted: Sequence[str] | None) -> Iterator[str]:
    first, names = _GROUPS[group]
    indent = first
    for name in wanted or names:
        yield _line(indent + name, "", remarks.get(f"{group}.{name}", ""))
        indent = " " * len(first)


def _line(name: str, value: str, remark: str) -> str:
    field = f"{name}: {value}".rstrip()
    return f"{field:{_REMARK_AT}}  # {remark}" if remark else field
