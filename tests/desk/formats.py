"""What three editors know in their configuration, as strict JSON Schemas: a name too many is wrong.

Where the facts come from: of Decap CMS the package decap-cms-core 3.19.1 (index.d.ts and
src/constants/configSchema.js) with the widgets' own schema.js, of Sveltia CMS the JSON Schema in
the package @sveltia/cms 0.221.1, of Pages CMS lib/config-schema.ts and lib/config.ts in its
repository pages-cms/pages-cms. Only what is likely to be written is listed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "minLength": 1}
TRUTH: Schema = {"type": "boolean"}
TEXTS: Schema = {"type": "array", "items": TEXT, "minItems": 1}
FIELD: Schema = {"$ref": "#/$defs/field"}
FIELDS: Schema = {"type": "array", "items": FIELD, "minItems": 1}


def group(needed: str, /, **known: Schema) -> Schema:
    """A group of these names and no others; the `needed` ones, a space between them."""
    return {
        "type": "object",
        "properties": known,
        "required": needed.split(),
        "additionalProperties": False,
    }


OPTIONS: Schema = {"type": "array", "items": group("label value", label=TEXT, value=TEXT)}
PATTERN: Schema = {"type": "array", "items": TEXT, "minItems": 2, "maxItems": 2}
I18N: Schema = {"enum": [True, False, "translate", "duplicate", "none"]}
LIST: Mapping[str, Schema] = {"label_singular": TEXT, "collapsed": TRUTH}

WIDGETS: Mapping[str, Mapping[str, Schema]] = {
    "string": {},
    "text": {},
    "markdown": {"modes": TEXTS},
    "boolean": {},
    "datetime": {"format": TEXT, "date_format": TEXT, "time_format": TEXT, "picker_utc": TRUTH},
    "select": {"options": OPTIONS, "multiple": TRUTH},
    "image": {"media_folder": TEXT, "public_folder": TEXT},
    "file": {"media_folder": TEXT, "public_folder": TEXT},
    "object": {"fields": FIELDS, "collapsed": TRUTH, "summary": TEXT},
    "list": {"fields": FIELDS, "field": FIELD, **LIST},
    "relation": {
        "collection": TEXT,
        "multiple": TRUTH,
        "value_field": TEXT,
        "search_fields": TEXTS,
        "display_fields": TEXTS,
    },
}
SVELTIA_WIDGETS: Mapping[str, Mapping[str, Schema]] = {
    **WIDGETS,
    "datetime": {**WIDGETS["datetime"], "input_timezone": TEXT, "output_utc": TRUTH},
}
NEEDED: Mapping[str, str] = {
    "select": "options",
    "object": "fields",
    "relation": "collection value_field search_fields",
}

COLLECTION: Mapping[str, Schema] = {
    "name": {"type": "string", "pattern": "^[a-z0-9-]+$"},
    "label": TEXT,
    "label_singular": TEXT,
    "folder": TEXT,
    "create": TRUTH,
    "extension": {"enum": ["md"]},
    "format": {"enum": ["yaml-frontmatter", "frontmatter"]},
    "slug": TEXT,
    "identifier_field": TEXT,
    "summary": TEXT,
    "sortable_fields": TEXTS,
    "fields": FIELDS,
}
CONFIGURATION: Mapping[str, Schema] = {
    "publish_mode": {"enum": ["simple", "editorial_workflow"]},
    "site_url": TEXT,
    "media_folder": TEXT,
    "public_folder": TEXT,
    "slug": group(
        "", encoding={"enum": ["unicode", "ascii"]}, clean_accents=TRUTH, sanitize_replacement=TEXT
    ),
}


def _field(widgets: Mapping[str, Mapping[str, Schema]], more: Mapping[str, Schema]) -> Schema:
    shared: dict[str, Schema] = {"name": TEXT, "label": TEXT, "hint": TEXT, "pattern": PATTERN}
    shared |= {"required": TRUTH, "default": TEXT, **more}
    return {
        "oneOf": [
            group(
                f"name widget {NEEDED.get(widget, '')}", **shared, **own, widget={"const": widget}
            )
            for widget, own in widgets.items()
        ]
    }


def _configuration(
    field: Schema, backends: str, collection: Mapping[str, Schema], more: Mapping[str, Schema]
) -> Schema:
    backend = group("name branch", name={"enum": backends.split()}, repo=TEXT, branch=TEXT)
    entries = group("name label folder fields", **COLLECTION, **collection)
    collections: Schema = {"type": "array", "items": entries, "minItems": 1}
    known = {**CONFIGURATION, **more, "backend": backend, "collections": collections}
    return {**group("backend collections media_folder", **known), "$defs": {"field": field}}


DECAP = _configuration(_field(WIDGETS, {}), "github gitlab git-gateway", {}, {})
SVELTIA = _configuration(
    _field(SVELTIA_WIDGETS, {"i18n": I18N}),
    "github gitlab",
    {"i18n": TRUTH},
    {
        "output": group("", omit_empty_optional_fields=TRUTH, encode_file_path=TRUTH),
        "i18n": group(
            "structure locales",
            structure={"enum": ["single_file", "multiple_files", "multiple_folders"]},
            locales=TEXTS,
            default_locale=TEXT,
            initial_locales={"enum": ["default", "all"]},
            omit_default_locale_from_filename=TRUTH,
            omit_default_locale_from_file_path=TRUTH,
        ),
    },
)

NAME: Schema = {"type": "string", "pattern": "^[a-zA-Z0-9-_]+$"}
PATH: Schema = {"type": "string", "pattern": "^[^/].*[^/]$"}
PAGES_TYPES = "string text rich-text boolean select image file object reference date"
PAGES_FIELD: Mapping[str, Schema] = {
    "label": TEXT,
    "description": TEXT,
    "type": {"enum": PAGES_TYPES.split()},
    "list": TRUTH,
    "required": TRUTH,
    "default": TEXT,
    "pattern": group("regex", regex=TEXT, message=TEXT),
    "options": group(
        "",
        values=OPTIONS,
        collection=TEXT,
        multiple=TRUTH,
        search=TEXT,
        value=TEXT,
        label=TEXT,
    ),
    "fields": FIELDS,
}
PAGES_VIEW: Schema = group(
    "fields primary",
    fields=TEXTS,
    primary=TEXT,
    sort=TEXTS,
    default=group("", sort=TEXT, order={"enum": ["asc", "desc"]}),
)
PAGES_CONTENT: Schema = group(
    "name type path fields",
    name=NAME,
    label=TEXT,
    type={"enum": ["collection", "file"]},
    path=PATH,
    filename=TEXT,
    subfolders=TRUTH,
    format={"enum": ["yaml-frontmatter"]},
    view=PAGES_VIEW,
    fields={"type": "array", "items": group("name component", name=NAME, component=NAME)},
)
PAGES_CMS: Schema = {
    **group(
        "media content",
        media=group("input output", input=PATH, output={"type": "string", "pattern": "^/.*[^/]$"}),
        settings=group("", content=group("", merge=TRUTH)),
        components={
            "type": "object",
            "propertyNames": NAME,
            "additionalProperties": group("type label", **PAGES_FIELD),
        },
        content={"type": "array", "items": PAGES_CONTENT, "minItems": 1},
    ),
    "$defs": {"field": group("name type", name=NAME, **PAGES_FIELD)},
}

FORMATS: Mapping[str, Schema] = {"decap": DECAP, "sveltia": SVELTIA, "pages-cms": PAGES_CMS}
