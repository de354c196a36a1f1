"""Changes to YAML front matter, as other characters in one place of its text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sitegen.desk.changes import Add, Change, Drop, Path, Put, Splice, Unchangeable, Value
from sitegen.read.fields import FrontMatter
from sitegen.read.matter import Matter, Plain
from sitegen.read.outline import Entry, Node, outline, yaml_text

_ORDER = tuple(FrontMatter.model_fields)
"""Where a field that is new goes: behind the nearest of those that stand before it here."""
_STEP = "  "


def splice(matter: Matter, change: Change) -> Splice:
    """What to write where. Raises Unchangeable."""
    return _Text(matter.text, outline(matter)).splice(change)


class _Text:
    """The text between the fences, and the places of its values."""

    def __init__(self, text: str, root: Node) -> None:
        self._text = text
        self._root = root

    def splice(self, change: Change) -> Splice:
        group, entry = self._find(change.path)
        if isinstance(change, Drop):
            return self._dropped(change.path)
        name = str(change.path[-1])
        if entry is None:
            return self._inserted(group, name, change)
        if isinstance(change, Put):
            return self._put(group, entry, change)
        return self._added(group, entry, change)

    def _find(self, path: Path) -> tuple[Node, Entry | None]:
        """The group or list that the last part of `path` is in, and its entry if it is there."""
        node = self._root
        entry: Entry | None = None
        for depth, part in enumerate(path):
            if entry is not None:
                node = entry.value
            if isinstance(part, int) and node.kind == "list":
                entry = node.entries[part] if part < len(node.entries) else None
            elif node.kind == "group":
                entry = next((e for e in node.entries if e.name == part), None)
            else:
                raise Unchangeable
            if entry is None and depth < len(path) - 1:
                raise Unchangeable
        return node, entry

    # Lines.

    def _line_start(self, position: int) -> int:
        return self._text.rfind("\n", 0, position) + 1

    def _line_end(self, position: int) -> int:
        """Behind the line end after what ends at `position`, and after a remark beside it."""
        if position and self._text[position - 1] == "\n":
            return position  # a text that keeps the empty lines below it
        end = self._text.find("\n", position)
        if end < 0:
            raise Unchangeable
        return end + 1

    def _indent(self, entry: Entry) -> str:
        """Spaces, as many as there are characters before the entry on its line."""
        return " " * (entry.start - self._line_start(entry.start))

    def _dash(self, entry: Entry) -> str:
        """The indent of the dash of a list's item."""
        before = self._text[self._line_start(entry.start) : entry.start]
        if not re.fullmatch(r" *- *", before):
            raise Unchangeable
        return before[: before.index("-")]

    # Operations.

    def _put(self, group: Node, entry: Entry, change: Put) -> Splice:
        old, value = entry.value, change.value
        if isinstance(value, str) and old.kind in ("text", "alias"):
            new = _scalar(value, old.style if old.style in ("'", '"') else "")
            empty = old.start == old.end and self._text[old.start - 1] == ":"
            return Splice(old.start, old.end, f" {new}" if empty else new)
        if group.style or old.style in ("[", "{"):
            return Splice(old.start, old.end, _flow(value, _keys_quoted(self._text, group)))
        if group.kind != "group":
            raise Unchangeable
        if old.start == old.end:
            end = self._line_end(old.end)
            return Splice(end, end, _below(value, self._indent(entry)))
        start = self._line_start(entry.start)
        if self._text[start : entry.start].strip():
            raise Unchangeable
        lines = _lines(str(change.path[-1]), value, self._indent(entry))
        return Splice(start, self._line_end(old.end), lines)

    def _added(self, group: Node, entry: Entry, change: Add) -> Splice:
        old = entry.value
        if old.kind == "text" and old.start == old.end and not group.style:
            end = self._line_end(old.end)
            return Splice(end, end, _item(change.value, self._indent(entry) + _STEP))
        if old.kind != "list":
            raise Unchangeable
        if not old.style:
            end = self._line_end(old.end)
            return Splice(end, end, _item(change.value, self._dash(old.entries[-1])))
        if old.entries:
            end = old.entries[-1].value.end
            quoted = _keys_quoted(self._text, old.entries[-1].value)
            return Splice(end, end, f", {_flow(change.value, quoted)}")
        if group.style:
            return Splice(old.start, old.end, f"[{_flow(change.value, True)}]")
        start = len(self._text[: old.start].rstrip())
        end = self._line_end(old.end)
        item = _item(change.value, self._indent(entry) + _STEP)
        return Splice(start, end, self._text[old.end : end] + item)

    def _inserted(self, group: Node, name: str, change: Put | Add) -> Splice:
        if group.kind != "group":
            raise Unchangeable
        if group.style:
            quoted = _keys_quoted(self._text, group)
            value = _flow(change.value, quoted)
            value = f"[{value}]" if isinstance(change, Add) else value
            entry = f"{_key(name, quoted)}: {value}"
            end = group.entries[-1].value.end if group.entries else group.start + 1
            return Splice(end, end, f", {entry}" if group.entries else entry)
        indent = self._indent(group.entries[0])
        lines = _lines(name, change.value, indent) if isinstance(change, Put) else ""
        if isinstance(change, Add):
            lines = f"{indent}{_key(name)}:\n{_item(change.value, indent + _STEP)}"
        before = _neighbour(group, name)
        if before is None:
            start = self._line_start(group.entries[0].start)
            return Splice(start, start, lines)
        end = self._line_end(before.value.end)
        return Splice(end, end, lines)

    def _dropped(self, path: Path) -> Splice:
        node, entry = self._find(path)
        if entry is None:
            raise Unchangeable
        if len(node.entries) == 1:
            if len(path) == 1:
                raise Unchangeable
            return self._dropped(path[:-1])
        at = node.entries.index(entry)
        if node.style:
            if at + 1 < len(node.entries):
                return Splice(entry.start, node.entries[at + 1].start, "")
            return Splice(node.entries[at - 1].value.end, entry.value.end, "")
        start = self._line_start(entry.start)
        before = self._text[start : entry.start]
        if before.strip() == ("-" if node.kind == "list" else ""):
            return Splice(start, self._line_end(entry.value.end), "")
        if at:
            raise Unchangeable
        # The first field of a list's item: the second takes its place behind the dash.
        return Splice(entry.start, node.entries[1].start, "")


def _neighbour(group: Node, name: str) -> Entry | None:
    """The entry that a new one called `name` goes behind."""
    if name not in _ORDER:
        return group.entries[-1]
    before = _ORDER[: _ORDER.index(name)]
    known = {entry.name.lower().replace("-", "_"): entry for entry in group.entries}
    return next((known[field] for field in reversed(before) if field in known), None)


# Values as text.


def _scalar(value: str, style: str = "") -> str:
    return str(value) if isinstance(value, Plain) and not style else yaml_text(value, style)


def _key(name: str, quoted: bool = False) -> str:
    return yaml_text(name, '"' if quoted else "")


def _lines(name: str, value: Value, indent: str) -> str:
    """A field of a group, as lines."""
    if isinstance(value, str):
        return f"{indent}{_key(name)}: {_scalar(value)}\n"
    return f"{indent}{_key(name)}:\n{_below(value, indent)}"


def _below(value: Value, indent: str) -> str:
    """The lines of a group below its name."""
    if isinstance(value, str):
        raise Unchangeable
    return "".join(_lines(name, inner, indent + _STEP) for name, inner in value.items())


def _item(value: Value, indent: str) -> str:
    """An item of a list, as lines; `indent` is that of its dash."""
    if isinstance(value, str):
        return f"{indent}- {_scalar(value)}\n"
    lines = "".join(_lines(name, inner, indent + _STEP) for name, inner in value.items())
    return f"{indent}- {lines.lstrip(' ')}"


def _flow(value: Value, quoted: bool) -> str:
    """A value on one line; with `quoted`, as JSON has it."""
    style = '"' if quoted else ""
    if isinstance(value, Mapping):
        inner = (f"{_key(n, quoted)}: {_flow(v, quoted)}" for n, v in value.items())
        return f"{{{', '.join(inner)}}}"
    return _scalar(value, style)


def _keys_quoted(text: str, group: Node) -> bool:
    """Whether the names of a group between braces stand in quotation marks."""
    return bool(group.entries) and text[group.entries[0].start] == '"'
