"""pydantic's findings in words for people who are no programmers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

Kind = Literal[
    "",
    "address",
    "audio",
    "blocks",
    "breaking",
    "code",
    "focus",
    "founded",
    "host",
    "icon",
    "kind",
    "language",
    "line",
    "link",
    "markdown",
    "moment",
    "name",
    "page",
    "permalink",
    "picture",
    "rotation",
    "slug",
    "source",
    "template",
    "term address",
    "text",
    "theme",
    "web",
    "zone",
]
"""What a text is, where its type alone does not say it."""


@dataclass(frozen=True, slots=True)
class Written:
    """What people may write, where a validator knows more than the type says.

    It stands beside the validator, in the field's annotation. pydantic passes over it; the JSON
    Schema and the forms of editors are made from it.
    """

    kind: Kind = ""
    one: bool = False
    """One value may stand for a list of one."""
    first: bool = False
    """A list may stand for its first value."""
    word: str = ""
    """A group may be written as the value of this one of its fields."""


_MESSAGES = {
    "missing": "this is required",
    "extra_forbidden": "this is not known here",
    "string_type": "this must be a text, not {kind}",
    "list_type": "this must be a list, not {kind}",
    "tuple_type": "this must be a list, not {kind}",
    "dict_type": "this must be a group of names and values, not {kind}",
    "mapping_type": "this must be a group of names and values, not {kind}",
    "model_type": "this must be a group of names and values, not {kind}",
    "model_attributes_type": "this must be a group of names and values, not {kind}",
    "bool_type": "this must be true or false, not {kind}",
    "bool_parsing": "this must be true or false",
    "int_type": "this must be a whole number, not {kind}",
    "int_parsing": "this must be a whole number",
    "string_too_short": "this must not be empty",
    "literal_error": "this must be {expected}",
    "string_pattern_mismatch": "this is not written as it must be: {pattern}",
    "greater_than_equal": "this must be at least {ge}",
    "less_than_equal": "this must be at most {le}",
}

_KINDS: Mapping[type, str] = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a group of names and values",
    type(None): "nothing",
}


def explain(item: ErrorDetails) -> str:
    """One sentence for one of pydantic's errors, without its jargon."""
    template = _MESSAGES.get(item["type"])
    if template:
        kind = next((word for t, word in _KINDS.items() if isinstance(item["input"], t)), "a text")
        return template.format(kind=kind, **item.get("ctx", {}))
    message = item["msg"].removeprefix("Value error, ")
    return message[:1].lower() + message[1:]


def unknown_keys(model: type[BaseModel], path: Iterable[str]) -> list[str]:
    """The keys that `model` knows at `path`, for a suggestion."""
    current: Any = model
    for part in path:
        if part.isdecimal() or not _is_model(current):
            continue
        field = current.model_fields.get(part)
        current = _model_in(field.annotation) if field else current
    return [f.alias or n for n, f in current.model_fields.items()] if _is_model(current) else []


def _model_in(annotation: Any) -> Any:
    if _is_model(annotation):
        return annotation
    return next((m for m in map(_model_in, get_args(annotation)) if m is not None), None)


def _is_model(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, BaseModel)


def line_told(error: Exception, text: str) -> int:
    """The line of `text` that a parser's `error` names; of one about its end, the last."""
    if found := re.search(r"line (\d+)", str(error)):
        return int(found[1])
    return text.count("\n") + 1 if "end of document" in str(error) else 1


def line_of(text: str, path: tuple[str, ...]) -> int:
    """The line of a TOML `text` that sets `path`, or its table's; 1 where neither is there.

    tomllib tells no places, so they are looked for.
    """
    table: tuple[str, ...] = ()
    best = 1
    for number, line in enumerate(text.split("\n"), 1):
        if header := re.match(r"\s*\[+([^\]]+)\]", line):
            table = tuple(part.strip(" \"'") for part in header.group(1).split("."))
            if path[: len(table)] == table:
                best = number
        elif setting := re.match(r"""\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*=""", line):
            here = (*table, setting[1] or setting[2] or setting[3] or "")
            if path[: len(here)] == here:
                return number
    return best
