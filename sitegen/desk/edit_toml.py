"""Changes to TOML front matter, and texts for `sitegen.toml`. Owns tomlkit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Array, Item, String, Table

from sitegen.desk.changes import Add, Change, Drop, Put, Splice, Unchangeable, Value
from sitegen.read.matter import Matter, Plain


def splice(matter: Matter, change: Change) -> Splice:
    """What to write where. Raises Unchangeable."""
    try:
        document = tomlkit.parse(matter.text)
        _change(document, change)
        text = tomlkit.dumps(document)
    except (TOMLKitError, AttributeError, LookupError, TypeError) as error:
        raise Unchangeable from error
    return _difference(matter.text, text)


def toml_text(text: str) -> str:
    """`text` as a TOML string."""
    return tomlkit.string(text).as_string()


def _difference(old: str, new: str) -> Splice:
    """The one place where two texts differ."""
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    return Splice(start, len(old) - end, new[start : len(new) - end])


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _change(document: Any, change: Change) -> None:
    *above, last = change.path
    chain: list[Any] = [document]
    for part in above:
        chain.append(chain[-1][part])
    group = chain[-1]
    if isinstance(change, Drop):
        del group[last]
        for part, inner, outer in zip(above[::-1], chain[:0:-1], chain[-2::-1], strict=True):
            if not inner:
                del outer[part]
    elif isinstance(change, Put):
        group[last] = _item(change.value, group.get(last))
    else:
        _add(group, str(last), change)


def _add(group: Any, name: str, change: Add) -> None:
    there = group.get(name)
    if isinstance(there, AoT):
        there.append(_table(change.value))
    elif isinstance(there, Array) and len(there):
        there.append(_inline(change.value))
    else:
        if there is not None:
            del group[name]
        group[name] = tomlkit.aot()
        group[name].append(_table(change.value))


def _table(value: Value) -> Table:
    if not isinstance(value, Mapping):
        raise Unchangeable
    table = tomlkit.table()
    for name, inner in value.items():
        table.add(name, _item(inner))
    return table


def _inline(value: Value) -> Item:
    if not isinstance(value, Mapping):
        return _item(value)
    table = tomlkit.inline_table()
    for name, inner in value.items():
        table.append(name, _item(inner))
    return table


def _item(value: Value, old: Item | None = None) -> Item:
    """A value as TOML has it; a date that was written as a text stays one."""
    if isinstance(value, Mapping):
        return _table(value)
    if isinstance(value, Plain) and not isinstance(old, String):
        return tomlkit.value(value.replace(" ", "T", 1))  # as RFC 3339 writes an instant
    literal = isinstance(old, String) and old.as_string()[:1] == "'" and "'" not in value
    return tomlkit.string(value, literal=literal)
