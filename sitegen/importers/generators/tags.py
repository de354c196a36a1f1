"""Tags within texts, such as shortcodes: how they are found, paired and replaced."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

_ARGUMENT = re.compile(
    r"""(?:(?P<name>[\w-]+)\s*[=:]\s*)?
    (?:"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>(?:[^'\\]|\\.)*)'|`(?P<raw>[^`]*)`
    |(?P<bare>[^\s,"'`=]+))""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Tag:
    """One sign in a text."""

    name: str
    text: str
    """As it is written."""
    start: int
    end: int
    form: Literal["open", "close", "alone"] = "open"
    arguments: str = ""
    values: tuple[str, ...] = field(default=())
    """Arguments without a name, in order."""
    named: Mapping[str, str] = field(default_factory=dict)

    def get(self, *keys: str | int) -> str:
        """The first of some arguments, by name or place, that has a value."""
        for key in keys:
            if isinstance(key, int):
                found = self.values[key] if key < len(self.values) else ""
            else:
                found = self.named.get(key, "")
            if found:
                return found
        return ""


def arguments_of(text: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """Arguments without and with names, as nearly all template languages write them."""
    values: list[str] = []
    named: dict[str, str] = {}
    for found in _ARGUMENT.finditer(text):
        quoted = found["double"] if found["double"] is not None else found["single"]
        if quoted is not None:
            value = re.sub(r"\\(.)", r"\1", quoted)
        else:
            value = found["raw"] if found["raw"] is not None else found["bare"]
        if found["name"]:
            named.setdefault(found["name"].lower(), value)
        else:
            values.append(value)
    return tuple(values), named


Replace = Callable[[Tag, str | None], str | None]
"""What stands for a tag and, where it is a pair, what is within; None: it stays as it is."""


def replaced(text: str, tags: Iterable[Tag], replace: Replace) -> str:
    """`text` with its tags replaced, the inner ones first.

    What stands for a tag on several lines is indented as the tag was: it may be within a list.
    """
    ordered = list(tags)
    ends = _pairs(ordered)

    def between(start: int, end: int, first: int, last: int) -> str:
        pieces: list[str] = []
        at = start
        index = first
        while index < last:
            tag = ordered[index]
            pieces.append(text[at : tag.start])
            margin = _margin(text, tag.start)
            closing = ends.get(index)
            if closing is None:
                found, whole = replace(tag, None), tag.text
                at, index = tag.end, index + 1
            else:
                close = ordered[closing]
                inner = between(tag.end, close.start, index + 1, closing)
                whole = f"{tag.text}{inner}{close.text}"
                found = replace(tag, inner.replace(f"\n{margin}", "\n"))
                at, index = close.end, closing + 1
            pieces.append(whole if found is None else found.replace("\n", f"\n{margin}"))
            if found is not None and found.endswith("\n\n"):
                at = _after_blanks(text, at, end)
        return "".join([*pieces, text[at:end]])

    return between(0, len(text), 0, len(ordered))


def _after_blanks(text: str, at: int, end: int) -> int:
    while at < end and text[at] in " \t":
        at += 1
    return at


def _margin(text: str, at: int) -> str:
    """The blanks before what stands at `at`, if nothing else is on its line there."""
    before = text[text.rfind("\n", 0, at) + 1 : at]
    return "" if before.strip() else before


def _pairs(tags: list[Tag]) -> dict[int, int]:
    """Index of an opening tag → that of its closing one. A closing tag may have no name."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    for index, tag in enumerate(tags):
        if tag.form == "open":
            waiting.append(index)
        elif tag.form == "close":
            for place in reversed(range(len(waiting))):
                if tag.name in ("", tags[waiting[place]].name):
                    pairs[waiting[place]] = index
                    del waiting[place:]
                    break
    return pairs


def found_by(pattern: re.Pattern[str], text: str) -> Iterator[Tag]:
    """The tags that `pattern` finds: groups `name`, `args`, and `close` and `alone`, if filled."""
    for found in pattern.finditer(text):
        groups = found.groupdict()
        arguments = (groups.get("args") or "").strip()
        values, named = arguments_of(arguments)
        form: Literal["open", "close", "alone"] = "open"
        if groups.get("close"):
            form = "close"
        elif groups.get("alone"):
            form = "alone"
        yield Tag(
            groups.get("name") or "",
            found.group(),
            found.start(),
            found.end(),
            form,
            arguments,
            values,
            named,
        )
