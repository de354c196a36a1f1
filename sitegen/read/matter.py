"""Front matter: the text between --- or +++ into names and values, with the line of each.

Scalars stay the texts that the author wrote (`slug: 007`, `section: no`, `title: 1984`): which of
them is a number or a date only the field's type can say.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import yaml
from frontmatter.default_handlers import BaseHandler, YAMLHandler

from sitegen.errors import At, Problem
from sitegen.read.composed import Unusual, values_of
from sitegen.read.files import MAX_DEPTH
from sitegen.validation import line_told

MAX_VALUES = 100_000
"""Values in one front matter, every repetition by a YAML alias counted: a bomb is refused."""

MAX_NAMES = 1_000
"""Names in one front matter: a table of data that was saved under a wrong name has more."""

_CONFLICT = re.compile(r"^<{7} .*?^>{7} ", re.MULTILINE | re.DOTALL)
_META_LINE = re.compile(r"([A-Za-z][\w-]*):[ \t]*(.*)")


class Plain(str):
    """A scalar written without quotes: it may stand for a number or a truth value."""

    __slots__ = ()


class MatterError(ValueError):
    """The front matter cannot be understood."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Matter:
    """A file's front matter and its body."""

    values: dict[str, Any]
    body: str
    body_line: int
    """The line of the file on which the body begins."""
    tree: yaml.Node | None = None
    first_line: int = 1
    text: str = ""
    start: int = 0
    """The character of the file at which `text` begins; line ends count as one."""
    form: Literal["yaml", "toml", "lines"] = "yaml"

    def at(self, path: tuple[str | int, ...]) -> At:
        """The place in the file of the value at `path`, or of the nearest above it."""
        if self.tree is None:
            return self._in_text(str(path[0])) if path else At(self.first_line)
        node: yaml.Node = self.tree
        found = At(self.first_line)
        for part in path:
            if (step := _step(node, part)) is None:
                break
            node, mark = step
            found = _at(self.text, mark, self.first_line)
        return found

    def in_body(self, words: str = "", at: int | None = None) -> At:
        """The place in the file of the body's character `at`, or of the first of `words` in it.

        The body's first line, where it has no such words, whatever their case.
        """
        at = self.body.lower().find(words.lower()) if at is None else at
        if at < 0:
            return At(self.body_line)
        before = self.body[:at]
        return At(self.body_line + before.count("\n"), at - before.rfind("\n"))

    def _in_text(self, name: str) -> At:
        match = re.search(
            rf"^[ \t]*{re.escape(name)}\s*[=:][ \t]*", self.text, re.MULTILINE | re.IGNORECASE
        )
        if match is None:
            return At(self.first_line)
        line = self.first_line + self.text.count("\n", 0, match.start())
        return At(line, match.end() - match.start() + 1)


def _at(inner: str, mark: yaml.Mark, first_line: int) -> At:
    """A place that PyYAML tells of `inner`, as lines are counted everywhere else.

    For YAML 1.1 a line ends at U+0085, U+2028 and U+2029 too, which pasted texts hold.
    """
    line = first_line + inner.count("\n", 0, mark.index)
    return At(line, mark.index - inner.rfind("\n", 0, mark.index))


def _step(node: yaml.Node, part: str | int) -> tuple[yaml.Node, yaml.Mark] | None:
    """The value called `part` within `node`, and where it begins, or its name on a line above."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == part:
                beside = key.start_mark.line == value.start_mark.line
                return value, (value if beside else key).start_mark
    elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part].start_mark
    return None


def _text(node: yaml.ScalarNode) -> str:
    text: str = node.value
    return text if node.style else Plain(text)


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # not known yet
    # mypy cannot follow a base class that depends on whether libyaml is there.
    """YAML without guesses: of plain scalars only null and the merge key mean more than text."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the name and type are PyYAML's
        "": [("tag:yaml.org,2002:null", re.compile(r""))],
        "~": [("tag:yaml.org,2002:null", re.compile(r"~$"))],
        "n": [("tag:yaml.org,2002:null", re.compile(r"null$"))],
        "N": [("tag:yaml.org,2002:null", re.compile(r"(Null|NULL)$"))],
        "<": [("tag:yaml.org,2002:merge", re.compile(r"<<$"))],
    }

    def construct_text(self, node: yaml.ScalarNode) -> str:
        self.construct_scalar(node)  # fails for what is none
        return _text(node)


for _kind in ("str", "bool", "int", "float", "timestamp"):
    # Of those that are written out too: PyYAML's own fail on what is none.
    Loader.add_constructor(f"tag:yaml.org,2002:{_kind}", Loader.construct_text)


class _TOMLHandler(BaseHandler):
    """python-frontmatter's own needs the abandoned `toml` package; the boundary is all we want."""

    FM_BOUNDARY = re.compile(r"^\+{3,}\s*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"


_YAML, _TOML = YAMLHandler(), _TOMLHandler()


def read_matter(text: str, source: str, *, meta_lines: bool = False) -> Matter:
    """Split `text` into front matter and body.

    `meta_lines` also takes Pelican's form, `Title: …` lines before the first empty one.
    Raises MatterError, its problems located in `source`.
    """
    _refuse_conflicts(text, source)
    for handler in (_YAML, _TOML):
        boundary = handler.FM_BOUNDARY
        start = boundary.search(text) if boundary else None
        if start is None or text[: start.start()].strip():
            continue
        return _between_fences(handler, text, start.end(), source)
    if meta_lines and _META_LINE.match(text.lstrip("\n")):
        return _meta_lines(text)
    hint = "begin the file with a line of three dashes, then title: and date:, then three dashes"
    raise MatterError(Problem("matter-missing", "there is no front matter", source, 1, hint=hint))


def _refuse_conflicts(text: str, source: str) -> None:
    if "<<<<<<< " in text and (conflict := _CONFLICT.search(text)):
        line = text.count("\n", 0, conflict.start()) + 1
        hint = "choose one of the two versions and delete the lines <<<<<<<, ======= and >>>>>>>"
        message = "an unresolved merge conflict"
        raise MatterError(Problem("merge-conflict", message, source, line, hint=hint))


def _between_fences(handler: BaseHandler, text: str, start: int, source: str) -> Matter:
    try:
        inner, body = handler.split(text)
    except ValueError:
        fence = handler.START_DELIMITER
        message = f"the front matter is not closed by a second {fence}"
        line = text.count("\n", 0, start) + 1
        hint = f"put a line {fence} between the front matter and the text"
        raise MatterError(Problem("matter-open", message, source, line, hint=hint)) from None
    first_line = text.count("\n", 0, start) + 1
    body_start = len(text) - len(body)
    body_line = text.count("\n", 0, body_start) + 1
    tree: yaml.Node | None = None
    if handler is _TOML:
        values = _toml(inner, source, first_line)
        form: Literal["yaml", "toml"] = "toml"
    else:
        values, tree = _yaml(inner, source, first_line)
        form = "yaml"
    if len(values) > MAX_NAMES:
        message = f"the front matter holds {len(values):,} names; {MAX_NAMES:,} are the most"
        hint = "is this really an article?"
        raise MatterError(Problem("matter-shape", message, source, first_line, hint=hint))
    return Matter(values, body, body_line, tree, first_line, inner, start, form)


def _toml(inner: str, source: str, first_line: int) -> dict[str, Any]:
    hint = 'write texts between quotation marks, such as title = "Storm closes the harbour"'
    try:
        values = _as_written(tomllib.loads(inner))
    except tomllib.TOMLDecodeError as error:
        line = first_line + line_told(error, inner) - 1
        message = f"the front matter is not TOML: {error}"
        raise MatterError(Problem("matter-syntax", message, source, line, hint=hint)) from None
    except RecursionError:
        message = "the front matter is nested too deeply"
        problem = Problem("matter-syntax", message, source, first_line, hint=hint)
        raise MatterError(problem) from None
    assert isinstance(values, dict)
    return values


def _as_written(value: Any, depth: int = 0) -> Any:
    """TOML's typed scalars as the texts that YAML would have given."""
    if depth > MAX_DEPTH:
        raise RecursionError
    if isinstance(value, dict):
        return {key: _as_written(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_written(item, depth + 1) for item in value]
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return Plain(str(value).lower())
    return Plain(value)


def _yaml(inner: str, source: str, first_line: int) -> tuple[dict[str, Any], yaml.Node]:
    def broken(error: yaml.YAMLError) -> MatterError:
        in_quotes = "quoted" in (getattr(error, "context", None) or "")
        # Of an open quotation the beginning helps, not the end of the text.
        mark = getattr(error, "context_mark" if in_quotes else "problem_mark", None)
        at = _at(inner, mark, first_line) if mark else At(first_line)
        if isinstance(error, yaml.reader.ReaderError):  # it knows the character, and counts bytes
            index = inner.find(chr(error.character))
            at = At(first_line + inner.count("\n", 0, index), index - inner.rfind("\n", 0, index))
        reason = getattr(error, "problem", None) or str(error).split("\n")[0]
        hint = "put texts that hold a colon, a quote or a hash sign between quotation marks"
        message = f"the front matter is not YAML: {reason}"
        problem = Problem("matter-syntax", message, source, at.line, "", hint, at.column)
        return MatterError(problem)

    try:
        if _may_be_deep(inner) and _too_deep(inner):
            message = f"the front matter is nested more than {MAX_DEPTH} levels deep"
            hint = "write it flatter"
            problem = Problem("matter-syntax", message, source, first_line, hint=hint)
            raise MatterError(problem)
        loader = Loader(inner)
        try:
            tree = loader.get_single_node()
            if not isinstance(tree, yaml.MappingNode):
                message = "the front matter holds no names and values"
                hint = "write lines such as title: Storm closes the harbour"
                problem = Problem("matter-shape", message, source, first_line, hint=hint)
                raise MatterError(problem)
            if "&" in inner and _weight(tree, {}) > MAX_VALUES:
                message = f"YAML aliases make more than {MAX_VALUES:,} values"
                hint = "write the values out instead of repeating them with & and *"
                problem = Problem("matter-bomb", message, source, first_line, hint=hint)
                raise MatterError(problem)
            if (plain := _plain_values(tree, inner)) is not None:
                return plain, tree
            if repeated := list(_repeated(tree, inner, source, first_line)):
                raise MatterError(*repeated)
            values: dict[Any, Any] = loader.construct_document(tree)
            return {str(key): value for key, value in values.items()}, tree
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        raise broken(error) from None
    except (RecursionError, ValueError) as error:
        if isinstance(error, MatterError):
            raise
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        message = f"the front matter cannot be read: {reason}"
        hint = "leave out YAML's tags, which begin with an exclamation mark"
        problem = Problem("matter-syntax", message, source, first_line, hint=hint)
        raise MatterError(problem) from None


def _plain_values(tree: yaml.MappingNode, inner: str) -> dict[str, Any] | None:
    """The values, if nothing is in the way of having them without PyYAML's constructor."""
    if "&" in inner:  # perhaps an alias
        return None
    try:
        return {str(key): value for key, value in values_of(tree, _text).items()}
    except Unusual:
        return None


def _may_be_deep(inner: str) -> bool:
    """Only a text with many brackets and dashes, or a long indent, can be nested deeply."""
    return " " * MAX_DEPTH in inner or sum(map(inner.count, ("[", "{", "- ", "? "))) > MAX_DEPTH


def _too_deep(inner: str) -> bool:
    """Whether collections lie in collections beyond what libyaml can compose without crashing."""
    depth = 0
    for event in yaml.parse(inner, Loader=Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                return True
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return False


def _weight(node: yaml.Node, known: dict[int, int]) -> int:
    """Values that `node` stands for when every alias is written out."""
    if isinstance(node, yaml.ScalarNode):
        return 1
    if (weight := known.get(id(node))) is not None:
        return weight
    known[id(node)] = MAX_VALUES + 1  # while it is being weighed: a node inside itself is endless
    children = (
        [child for pair in node.value for child in pair]
        if isinstance(node, yaml.MappingNode)
        else node.value
    )
    known[id(node)] = 1 + sum(_weight(child, known) for child in children)
    return known[id(node)]


def _repeated(node: yaml.Node, inner: str, source: str, first_line: int) -> Iterator[Problem]:
    """A problem for each name that stands twice in one mapping; YAML 1.2 forbids it (3.2.1.3)."""
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            if not isinstance(child, yaml.ScalarNode):
                yield from _repeated(child, inner, source, first_line)
        return
    seen: dict[str, yaml.Mark] = {}
    for key, value in node.value:
        name = key.value if isinstance(key.value, str) else ""
        if name in seen and name != "<<":
            first, at = (_at(inner, mark, first_line) for mark in (seen[name], key.start_mark))
            message = f"“{name}” stands twice, first on line {first.line}"
            hint = "keep the one that you mean"
            yield Problem("matter-repeated", message, source, at.line, name, hint, at.column)
        seen.setdefault(name, key.start_mark)
        if not isinstance(value, yaml.ScalarNode):
            yield from _repeated(value, inner, source, first_line)


def _meta_lines(text: str) -> Matter:
    head, gap, body = text.lstrip("\n").partition("\n\n")
    values: dict[str, Any] = {}
    name = ""
    for line in head.splitlines():
        if match := _META_LINE.fullmatch(line):
            name = match.group(1)
            values[name] = Plain(match.group(2).strip())
        elif name:
            values[name] = Plain(f"{values[name]} {line.strip()}")
    first_line = len(text) - len(text.lstrip("\n")) + 1
    body_line = first_line + head.count("\n") + len(gap)
    return Matter(values, body, body_line, None, first_line, head, first_line - 1, "lines")
