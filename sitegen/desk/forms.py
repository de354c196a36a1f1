"""What people may write, field by field: the types of front matter and settings, as data.

JSON Schemas and the forms of editors in the browser are made from this one description of the
types that validate.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as slot
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sitegen.desk.manual import NO_ROW, Row, rows
from sitegen.validation import Kind, Written

Shape = Literal["text", "truth", "number", "choice", "list", "group", "map", "anything"]

_TITLES = {
    "ai": "Artificial intelligence",
    "aliases": "Old addresses",
    "aliases[]": "Old address",
    "audio.src": "Recording",
    "authors[]": "Author",
    "bio": "About the author",
    "canonical_url": "First published at",
    "corrections[]": "Correction",
    "corrections[].minor": "A minor slip",
    "faq": "Questions and answers",
    "faq[]": "Question and answer",
    "image.alt": "Alt text",
    "image.src": "Picture",
    "key_points[]": "Key point",
    "lang": "Language",
    "links[]": "Link",
    "merge": "Other names",
    "merge[]": "Other name",
    "noindex": "Keep out of search engines",
    "paywall": "For subscribers",
    "related": "Related articles",
    "related[]": "Related article",
    "sources[]": "Source",
    "summary": "Standfirst",
    "tags[]": "Tag",
    "title": "Headline",
    "url": "Address",
    "what_it_means": "What this means for you",
    "why_it_matters": "Why this matters",
}
"""Field → its name in a newsroom, where the field's own name is not it."""


@dataclass(frozen=True, slots=True)
class Form:
    """How one value is written."""

    shape: Shape
    kind: Kind = ""
    title: str = ""
    row: Row = NO_ROW
    required: bool = False
    filled: bool = False
    """A text that must not be empty."""
    default: Any = None
    choices: tuple[str, ...] = ()
    labels: Mapping[str, str] = slot(default_factory=dict)
    """Choice → what people call it, where that differs."""
    minimum: int | None = None
    maximum: int | None = None
    pattern: str = ""
    item: Form | None = None
    """Of a list's entry, of a map's value."""
    names: Form | None = None
    """Of a map's names, where not every text is one."""
    fields: Mapping[str, Form] = slot(default_factory=dict)
    """Of a group."""
    one: bool = False
    first: bool = False
    word: str = ""
    """The last three as in `Written`."""
    by_language: bool = False
    """A text that may be a map instead, from languages to texts."""


def title_of(name: str) -> str:
    """`short_title` as “Short title”."""
    words = re.sub(r"[_-]+", " ", name).strip()
    return words[:1].upper() + words[1:]


def article_forms() -> Mapping[str, Form]:
    """The fields of an article."""
    from sitegen.read.fields import FrontMatter

    table = rows("front-matter.md", "Fields of an article")
    return _fields(FrontMatter, "", _Words(table, _TITLES))


def page_forms() -> Mapping[str, Form]:
    """The fields of a standing page."""
    from sitegen.read.fields import StandingFields

    table = rows("front-matter.md", "Standing pages")
    return _fields(StandingFields, "", _Words(table, {**_TITLES, "title": "Title"}))


def term_forms() -> Mapping[str, Form]:
    """The fields of an author's, tag's or other term's file."""
    from sitegen.read.fields import TermFields

    shared = rows("front-matter.md", "Fields of an article")
    image = {name: row for name, row in shared.items() if name.startswith("image.")}
    table = {**image, **rows("front-matter.md", "Files of authors")}
    return _fields(TermFields, "", _Words(table, {**_TITLES, "title": "Title"}))


def settings_forms() -> Mapping[str, Form]:
    """The groups of `sitegen.toml`."""
    from sitegen.config import Config

    return _fields(Config, "", _Words(rows("settings.md"), {}))


class _Words(NamedTuple):
    """What there is to say of the fields of a file."""

    table: Mapping[str, Row]
    titles: Mapping[str, str]

    def title(self, key: str) -> str:
        return self.titles.get(key) or title_of(re.split(r"[.\[\]]+", key.rstrip("[]"))[-1])

    def row(self, key: str) -> Row:
        """The row of a field; that of a map is its texts', or its groups' first one's."""
        ways = (key, f"{key}.<>", f"{key}.<>.title")
        return next((self.table[way] for way in ways if way in self.table), NO_ROW)


def _fields(model: type[BaseModel], prefix: str, words: _Words) -> dict[str, Form]:
    """The fields of a model; `prefix` is what their rows' names begin with."""
    found = {}
    for own, info in model.model_fields.items():
        name = info.alias or own
        key = f"{prefix}{name}"
        found[name] = replace(
            _form(info.annotation, info.metadata, key, words),
            title=words.title(key),
            row=words.row(key),
            required=info.is_required(),
            default=_default(info),
        )
    return found


def _default(info: FieldInfo) -> Any:
    """The default where it is one plain value that is not empty."""
    value = info.default
    return value if isinstance(value, str | int | bool) and value != "" else None


def _form(annotation: Any, metadata: list[Any], key: str, words: _Words) -> Form:
    form = _bare(annotation, key, words)
    for mark in metadata:
        if isinstance(mark, Written):
            kind = mark.kind or form.kind
            one, first = mark.one or form.one, mark.first or form.first
            form = replace(form, kind=kind, one=one, first=first, word=mark.word or form.word)
        else:
            form = _limited(form, mark)
    return form


def _limited(form: Form, mark: Any) -> Form:
    """`form` within a limit of pydantic's or annotated_types': ge, le, min_length, pattern."""
    if (least := getattr(mark, "ge", None)) is not None:
        form = replace(form, minimum=least)
    if (most := getattr(mark, "le", None)) is not None:
        form = replace(form, maximum=most)
    if getattr(mark, "min_length", None):
        form = replace(form, filled=True)
    if pattern := getattr(mark, "pattern", None):
        form = replace(form, pattern=pattern)
    if isinstance(mark, FieldInfo):
        for inner in mark.metadata:
            form = _limited(form, inner)
    return form


def _bare(annotation: Any, key: str, words: _Words) -> Form:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _form(args[0], list(args[1:]), key, words)
    if origin in (Union, UnionType):
        return _union([arg for arg in args if arg is not type(None)], key, words)
    if origin is Literal:
        return Form("choice", choices=tuple(str(word) for word in args))
    if origin in (list, tuple):
        item = _bare(args[0], f"{key}[]", words)
        return Form("list", item=replace(item, title=words.title(f"{key}[]")))
    if origin is Mapping:
        names = _bare(args[0], key, words)
        item = _bare(args[1], f"{key}.<>", words)
        return Form("map", names=names if names.choices or names.kind else None, item=item)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Form("group", fields=_fields(annotation, f"{key}.", words))
    shapes: Mapping[Any, Shape] = {bool: "truth", int: "number", Any: "anything"}
    return Form(shapes.get(annotation, "text"))


def _union(branches: list[Any], key: str, words: _Words) -> Form:
    """One form for a value that may be of several types; only texts by language need more."""
    form = _bare(branches[0], key, words)
    return replace(form, by_language=any(get_origin(each) is Mapping for each in branches))
