"""One file of content/ into front matter and body, with every reason why it cannot be."""

import re
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from sitegen.config import Config
from sitegen.controls import may_hold_controls
from sitegen.errors import Problem, did_you_mean
from sitegen.instants import zone
from sitegen.model import Article, Document, Note, Told
from sitegen.read.fields import Reading
from sitegen.read.holding import looks_like_holding
from sitegen.read.matter import Matter, MatterError, read_matter
from sitegen.read.names import FIELDS, Named, our_names
from sitegen.validation import explain, unknown_keys

MAX_BYTES = 10 * 1024 * 1024
"""The largest source that is read: no article is longer, a picture with a wrong name may be."""

_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""What XML cannot hold, and no reader can see."""

M = TypeVar("M", bound=BaseModel)


@dataclass(slots=True)
class ReadFile:
    """What reading one file gave."""

    source: str
    digest: bytes
    article: Article | None = None
    document: Document | None = None
    facts: dict[str, bytes] = field(default_factory=dict)
    errors: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    anchors: list[tuple[str, str]] = field(default_factory=list)
    """(target, fragment) of links to a place within another page."""
    silence: list[str] = field(default_factory=list)
    """Codes of what the file does not want to be told."""

    def told(self) -> Told:
        """What there is to say of the file."""
        errors, notes, anchors = tuple(self.errors), tuple(self.notes), tuple(self.anchors)
        return Told(errors, notes, anchors, tuple(self.silence))


def decode(data: bytes, source: str) -> str:
    """The text of a file, its line ends made the same. Raises MatterError."""
    hint = "save the file as UTF-8"
    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1048576:.0f} MB"
        message = f"the file is too large ({size}; at most {MAX_BYTES // 1048576} MB)"
        shorter = "is this really an article? a picture or an archive may have its name"
        raise MatterError(Problem("file-large", message, source, hint=shorter))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise MatterError(Problem("file-encoding", "the file is UTF-16", source, 1, hint=hint))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"the byte {data[error.start]:#04x} is not UTF-8"
        raise MatterError(Problem("file-encoding", message, source, line, hint=hint)) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        message = "the file holds a NUL character: it is not a text"
        raise MatterError(Problem("file-encoding", message, source, line, hint=hint))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def matter_of(data: bytes, source: str, config: Config) -> Matter:
    """Front matter and body of the file's bytes. Raises MatterError."""
    pelican = config.front_matter.preset == "pelican"
    matter = read_matter(decode(data, source), source, meta_lines=pelican)
    if may_hold_controls(data):
        matter = replace(matter, body=_CONTROL.sub("", matter.body))
    return matter


def context(config: Config) -> Reading:
    """What validation needs to know of the settings."""
    return Reading(
        zone(config.site.timezone),
        config.urls.slugs == "ascii",
        tuple(config.types),
        config.all_languages,
    )


def named_article(matter: Matter, config: Config) -> Named:
    """An article's values under our names."""
    return our_names(matter.values, config.front_matter, config.taxonomies)


def validate(
    model: type[M], named: Named, matter: Matter, config: Config, read: ReadFile
) -> M | None:
    """`named` as `model`, or None and the reasons in `read.errors`."""
    try:
        return model.model_validate(named.values, context=context(config))
    except ValidationError as error:
        for item in error.errors():
            read.errors.append(_problem(item, named, matter, read.source, model))
        return None


def _problem(
    item: Any, named: Named, matter: Matter, source: str, model: type[BaseModel]
) -> Problem:
    path = [part for part in item["loc"] if not _is_internal(part)]
    if not path:
        return Problem("field", explain(item), source, matter.first_line)
    written = named.written.get(str(path[0]), str(path[0]))
    shown = "".join(f"[{p + 1}]" if isinstance(p, int) else f".{p}" for p in path)
    shown = written + shown[len(str(path[0])) + 1 :]
    at = matter.at((written, *path[1:]))
    if item["type"] == "missing":
        line = matter.at((written, *path[1:-1])).line if len(path) > 1 else matter.first_line
        return _missing(str(path[-1]), shown, source, line)
    message, _, remedy = explain(item).partition("; ")
    if item["type"] == "extra_forbidden":
        known = unknown_keys(model, map(str, path[:-1]))
        remedy = did_you_mean(str(path[-1]), known) or f"there are: {', '.join(known)}"
    remedy = remedy or _REMEDIES.get(str(path[0]), "")
    return Problem("field", message, source, at.line, shown, remedy, at.column)


_REMEDIES = {
    "slug": "write letters, digits and hyphens, such as harbour-storm",
    "url": "write an address within this site, such as /2026/11/harbour-storm/",
    "aliases": "write old addresses of this site, such as /2026/11/old-name/",
    "template": "write the name of one of the theme's templates, such as article.html",
}


def _is_internal(part: str | int) -> bool:
    """pydantic names the branch of a union in the place of an error; authors did not write it."""
    return isinstance(part, str) and ("function-" in part or "[" in part or part in ("bool", "str"))


def _missing(name: str, shown: str, source: str, line: int) -> Problem:
    message = f"“{name}” is missing"
    if name == "date":
        hint = "add a line such as date: 2026-11-22 06:30, or name the file 2026-11-22-….md"
        return Problem("date-missing", message, source, line, shown, hint)
    if name == "title":
        hint = "add a line such as title: Storm closes the harbour"
        return Problem("title-missing", message, source, line, shown, hint)
    return Problem("field-missing", message, source, line, shown, "add it")


def unknown_fields(
    named: Named, matter: Matter, config: Config, read: ReadFile, known: frozenset[str] = FIELDS
) -> None:
    """Report the fields that nobody knows, as the settings ask."""
    source = read.source
    for name, message, hint in named.mistakes:
        line, column = matter.at((name,))
        read.errors.append(Problem("held-back-unclear", message, source, line, name, hint, column))
    for name in named.unknown:
        if meant := looks_like_holding(name.lower()):
            message = f"“{name}” is not known, and looks like a field that holds back an article"
            hint = f"did you mean “{meant}”?"
            line, column = matter.at((name,))
            read.errors.append(
                Problem("held-back-unclear", message, source, line, name, hint, column)
            )
    for name, other in named.doubled:
        kind = f"{name} beside {other}"
        hint = f"only “{other}” is used; say in [front_matter.names] what “{name}” means"
        read.notes.append(Note("field-doubled", kind, 1, *matter.at((name,)), hint))
    if config.front_matter.unknown == "ignore":
        return
    for name in named.unknown:
        hint = did_you_mean(name, {*known, *config.taxonomies})
        line, column = matter.at((name,))
        name = name if len(name) <= 40 else f"{name[:40]}…"
        if config.front_matter.unknown == "error":
            message = f"“{name}” is no field that sitegen knows"
            read.errors.append(Problem("field-unknown", message, source, line, name, hint, column))
        else:
            read.notes.append(Note("field-unknown", name, 1, line, column, hint))
