"""The configuration of Pages CMS: `.pages.yml`. Format: pagescms.org/docs/configuration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from sitegen.config import Config
from sitegen.desk import patterns
from sitegen.desk.collections import Collection, authors_have_names, collections
from sitegen.desk.decap import DATE_HINT
from sitegen.desk.forms import Form, title_of

Settings = dict[str, Any]

_TYPES: Mapping[str, str] = {
    "audio": "file",
    "blocks": "rich-text",
    "markdown": "text",
    "picture": "image",
    "text": "text",
}
"""Kind of a text → the type of its field; the others are a line, `string`."""


def configuration(site: Path, config: Config, prefix: str) -> Settings:
    """`.pages.yml` as data; `prefix` is the site's folder in its repository, with a slash."""
    authors = authors_have_names(site)
    content = [_collection(each, prefix, authors) for each in collections(site, config)]
    return {
        "media": {"input": f"{prefix}static/media", "output": "/media"},
        # Without it, fields that no form shows would be dropped when an article is saved.
        "settings": {"content": {"merge": True}},
        "components": _components(content),
        "content": content,
    }


def _components(content: Sequence[Settings]) -> dict[str, Settings]:
    """What fields of several collections are, by name; those fields are made to refer to it."""
    known: dict[str, str] = {}
    components: dict[str, Settings] = {}
    for collection in content:
        for number, field in enumerate(collection["fields"]):
            name = field["name"]
            bare = {key: value for key, value in field.items() if key != "name"}
            key = known.get(repr(field)) or _free(name, components)
            known[repr(field)] = key
            components[key] = bare
            collection["fields"][number] = {"name": name, "component": key}
    return components


def _free(name: str, taken: Mapping[str, Settings]) -> str:
    numbered = (f"{name}-{number}" if number else name for number in count())
    return next(key for key in numbered if key not in taken)


def _collection(found: Collection, prefix: str, authors: bool) -> Settings:
    primary = "name" if found.kind == "author" else "title"
    view: Settings = {"fields": [primary], "primary": primary}
    if found.kind == "article":
        view["fields"] = ["title", "date", "status"]
        view["sort"] = ["date", "title"]
        view["default"] = {"sort": "date", "order": "desc"}
    return {
        "name": found.name,
        "label": found.label,
        "type": "collection",
        "path": f"{prefix}{found.folder}",
        "format": "yaml-frontmatter",
        "filename": "{primary}.md",
        "subfolders": False,
        "view": view,
        "fields": [_field(name, form, authors) for name, form in found.fields],
    }


def _field(name: str, form: Form, authors: bool) -> Settings:
    settings: Settings = {"name": name, "label": form.title, **_type(name, form, authors)}
    if form.required:
        settings["required"] = True
    if form.row.meaning:
        settings["description"] = form.row.gist
    text = form.item or form
    pattern = patterns.DATE if text.kind == "moment" else patterns.MATTER.get(text.kind)
    if pattern:
        message = DATE_HINT if text.kind == "moment" else form.row.may_be
        optional = pattern if form.required else f"^$|{pattern}"
        settings["pattern"] = {"regex": optional, "message": message}
    return settings


def _type(name: str, form: Form, authors: bool) -> Settings:
    match form.shape:
        case "truth" if form.kind != "breaking":  # which may be a date too
            return {"type": "boolean"}
        case "choice":
            return _select(name, form)
        case "list":
            return _list(name, form, authors)
        case "group":
            fields = [_field(n, f, authors) for n, f in form.fields.items()]
            return {"type": "object", "fields": fields}
    # Its date fields read one format only, and save nothing where a date is written in another.
    return {"type": _TYPES.get(form.kind, "string")}


def _select(name: str, form: Form) -> Settings:
    named = [(choice, form.labels.get(choice) or title_of(choice)) for choice in form.choices]
    values = [{"value": choice, "label": label} for choice, label in named]
    # It saves to the branch that is published, so an article begins as a draft.
    default = {"status": "draft", "section": form.default}.get(name)
    options: Settings = {"type": "select", "options": {"values": values}}
    return {**options, "default": default} if default else options


def _list(name: str, form: Form, authors: bool) -> Settings:
    assert form.item is not None
    if name == "authors" and authors:
        shown = {"search": "name", "value": "{fields.name}", "label": "{fields.name}"}
        return {
            "type": "reference",
            "options": {"collection": "authors", "multiple": True, **shown},
        }
    if form.item.shape == "group":
        fields = [_field(n, f, authors) for n, f in form.item.fields.items()]
        return {"type": "object", "list": True, "fields": fields}
    return {"type": _TYPES.get(form.item.kind, "string"), "list": True}
