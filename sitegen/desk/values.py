"""JSON Schema of single values: what front matter and settings may hold in a field."""

from __future__ import annotations

from typing import Any

from sitegen.advice import SILENCEABLE
from sitegen.config import Config
from sitegen.desk import patterns
from sitegen.desk.forms import Form
from sitegen.model import TYPES
from sitegen.read.fields import typed
from sitegen.read.matter import Plain

Value = dict[str, Any]

EMPTY: Value = {"$ref": "#/$defs/empty"}
TEXT: Value = {"type": ["string", "number", "boolean"]}
"""Front matter's scalars are texts to sitegen: `title: 1984` is one, and so is `slug: 007`."""

_TRUTHS = ("true", "yes", "on", "y", "t", "1", "false", "no", "off", "n", "f", "0")

DEFINITIONS: Value = {
    "empty": {
        "anyOf": [
            {"type": "null"},
            {"type": "string", "pattern": r"^\s*$"},
            {"type": "array", "items": EMPTY},
            {"type": "object", "additionalProperties": EMPTY},
        ],
    },
    "date": {"type": "string", "pattern": patterns.DATE},
    "truth": {
        "anyOf": [
            {"type": "boolean"},
            {"enum": [0, 1]},
            {"type": "string", "pattern": patterns.any_case(_TRUTHS)},
        ]
    },
    "cleaned": {"type": "string", "pattern": patterns.CLEANED},
}

_EXAMPLES = {
    "moment": ["2026-11-22", "2026-11-22 06:30"],
    "slug": ["harbour-storm"],
    "address": ["/specials/flood/"],
    "web": ["https://example.org/"],
}


def described(form: Form, value: Value) -> Value:
    """`value` with its title, description, default and examples."""
    found: Value = {"title": form.title}
    if form.row.meaning:
        found["description"] = form.row.meaning
    if form.default is not None:
        found["default"] = form.default
    if examples := list(form.row.examples) or _EXAMPLES.get(form.kind):
        found["examples"] = examples
    return {**found, **value}


def matter(form: Form, config: Config | None, *, complete: bool = True) -> Value:
    """What a field of front matter may hold, unless it is empty.

    `complete`: no other name can give a group what it lacks.
    """
    match form.shape:
        case "truth" if form.kind == "breaking":
            word = {"type": "string", "pattern": patterns.MATTER["breaking"]}
            return {"anyOf": [{"type": "boolean"}, word]}
        case "truth":
            return {"$ref": "#/$defs/truth"}
        case "number":
            limits = {"minimum": form.minimum, "maximum": form.maximum}
            whole = {"type": "integer", **_without_none(limits)}
            return {"anyOf": [whole, {"type": "string", "pattern": patterns.WHOLE}]}
        case "choice":
            return {"enum": [*form.choices]}
        case "list":
            return _list(form, config)
        case "group":
            return _group(form, config, complete)
        case "map":
            return _map(form, config)
    return _by_language(_text(form, config), form, config)


def _text(form: Form, config: Config | None) -> Value:
    match form.kind:
        case "moment":
            return {"$ref": "#/$defs/date"}
        case "name":
            named = {"type": "object", "properties": {"name": TEXT}, "required": ["name"]}
            return {"anyOf": [TEXT, named]}
        case "code":
            return _one_of(tuple(sorted(SILENCEABLE)))
        case "kind":
            return _kind(config)
        case "language":
            return _one_of(config.all_languages) if config else TEXT
    if form.filled or (form.required and form.kind not in patterns.MATTER):
        return {**TEXT, "pattern": patterns.FILLED}
    pattern = patterns.MATTER.get(form.kind)
    if form.kind == "slug" or not pattern:
        return {**TEXT, "pattern": pattern} if pattern else TEXT
    return {"type": "string", "pattern": pattern}


def _kind(config: Config | None) -> Value:
    """An article's type. Hugo's says which layout to use, so any may stand there."""
    if config is None or config.front_matter.preset == "hugo":
        return {**(TEXT if config is None else {}), "examples": [*TYPES]}
    return _one_of((*TYPES, *config.types))


def _one_of(names: tuple[str, ...]) -> Value:
    """One of `names`, which YAML may take for numbers or truth values."""
    others = [value for name in names if not isinstance(value := typed(Plain(name)), str)]
    return {"anyOf": [{"enum": [*names, *others]}, {"$ref": "#/$defs/cleaned"}]}


def _by_language(value: Value, form: Form, config: Config | None) -> Value:
    if not form.by_language:
        return value
    optional: Value = {"anyOf": [value, EMPTY]}
    languages: Value = {"type": "object", "additionalProperties": optional}
    if config:
        languages["properties"] = dict.fromkeys(config.all_languages, optional)
    return {"anyOf": [value, languages]}


def _list(form: Form, config: Config | None) -> Value:
    assert form.item is not None
    item = matter(form.item, config)
    several: Value = {"type": "array", "items": {"anyOf": [item, EMPTY]}}
    return {"anyOf": [several, item]} if form.one else several


def _group(form: Form, config: Config | None, complete: bool) -> Value:
    properties = {}
    for name, field in form.fields.items():
        value = matter(field, config)
        strict = field.required and complete
        properties[name] = described(field, value if strict else {"anyOf": [value, EMPTY]})
    group: Value = {"type": "object", "properties": properties, "additionalProperties": EMPTY}
    required = [name for name, field in form.fields.items() if field.required]
    if required and complete:
        group["required"] = required
    options = [group]
    if form.word:
        options.append(matter(form.fields[form.word], config))
    if form.first:
        options.append({"type": "array", "prefixItems": [{"anyOf": [*options, EMPTY]}]})
    return {"anyOf": options} if len(options) > 1 else group


def _map(form: Form, config: Config | None) -> Value:
    assert form.item is not None
    if form.item.shape == "anything":
        return {"type": "object"}
    item = matter(form.item, config)
    return {"type": "object", "additionalProperties": {"anyOf": [item, EMPTY]}}


def setting(form: Form) -> Value:
    """What a setting may hold: TOML has types, so texts are texts and nothing is empty."""
    match form.shape:
        case "truth":
            return {"$ref": "#/$defs/truth"}
        case "number" if form.kind == "rotation":
            return {"anyOf": [{"const": 0}, {"type": "integer", "minimum": 5, "maximum": 60}]}
        case "number":
            limits = {"minimum": form.minimum, "maximum": form.maximum}
            return {"type": "integer", **_without_none(limits)}
        case "choice":
            return {"enum": [*form.choices]}
        case "list":
            assert form.item is not None
            return {"type": "array", "items": setting(form.item)}
        case "map":
            assert form.item is not None
            value: Value = {"type": "object", "additionalProperties": setting(form.item)}
            return {**value, "propertyNames": setting(form.names)} if form.names else value
        case "group":
            return _table(form)
        case "text" if form.kind == "code":
            return {"enum": sorted(SILENCEABLE)}
    pattern = form.pattern or patterns.SETTINGS.get(form.kind)
    found: Value = {"type": "string"}
    if pattern:
        found["pattern"] = pattern
    return {**found, "minLength": 1} if form.filled else found


def _table(form: Form) -> Value:
    table: Value = {
        "type": "object",
        "properties": {n: described(f, setting(f)) for n, f in form.fields.items()},
        "additionalProperties": False,
    }
    if required := [name for name, field in form.fields.items() if field.required]:
        table["required"] = required
    return {"anyOf": [table, setting(form.fields[form.word])]} if form.word else table


def _without_none(values: dict[str, int | None]) -> Value:
    return {name: value for name, value in values.items() if value is not None}
