"""JSON Schemas of front matter and of `sitegen.toml`, made from the types that validate.

Draft 2020-12 (json-schema.org). They describe a file as editors parse it, by YAML 1.2's core
schema or as TOML. A schema refuses nothing that builds: what only sitegen can know, such as whether
a picture is there, it lets through. Within a site it knows the site's own names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sitegen.config import FILE, Config
from sitegen.desk import patterns
from sitegen.desk.forms import (
    Form,
    article_forms,
    page_forms,
    settings_forms,
    term_forms,
    title_of,
)
from sitegen.desk.values import DEFINITIONS, EMPTY, TEXT, Value, described, matter, setting
from sitegen.read.holding import NAMES, WORDS, Wish, holding
from sitegen.read.names import meanings, without_meaning
from sitegen.settings import FrontMatterSettings

DIALECT = "https://json-schema.org/draft/2020-12/schema"
KINDS = ("article", "page", "author", "tag", "settings")
"""The files that there is a schema of."""


def schema(kind: str, config: Config | None = None) -> Value:
    """The schema of one of KINDS, with the names of the site that `config` describes."""
    match kind:
        case "article":
            return _Document("an article", article_forms(), config, article=True).schema()
        case "page":
            return _Document("a standing page", page_forms(), config).schema()
        case "settings":
            return _settings_schema()
    title = "an author's file" if kind == "author" else "the file of a tag or another term"
    return _Document(title, term_forms(), config).schema()


def _settings_schema() -> Value:
    """Of `sitegen.toml`. It knows no names of a site: they are in the very file that it is for."""
    forms = settings_forms()
    properties = {name: described(form, setting(form)) for name, form in forms.items()}
    for group in ("sections", "taxonomies"):
        properties[group]["propertyNames"] = {"pattern": patterns.LISTING_NAME}
    return {
        "$schema": DIALECT,
        "title": f"Settings of a sitegen site: {FILE}",
        "type": "object",
        "properties": properties,
        "required": [name for name, form in forms.items() if form.required],
        "additionalProperties": False,
        "$defs": {"truth": DEFINITIONS["truth"]},
    }


class _Document:
    """The front matter of one kind of file."""

    def __init__(
        self, what: str, forms: Mapping[str, Form], config: Config | None, *, article: bool = False
    ) -> None:
        self.what = what
        self.forms = forms
        self.article = article
        self.config = config
        self.settings = config.front_matter if config else FrontMatterSettings()
        self.taxonomies = config.taxonomies if config and article else {}
        self.known = meanings(self.settings, self.taxonomies if article else forms)
        self.ignored = without_meaning(self.settings)
        self.holding = NAMES.difference(self.settings.names)

    def schema(self) -> Value:
        found: Value = {
            "$schema": DIALECT,
            "title": f"Front matter of {self.what}",
            "type": "object",
            "properties": {**self._own(), **self._taxonomies(), **self._others()},
        }
        rules = [*self._required(), *self._required_by_sections()]
        if rules:
            found["allOf"] = rules
        if self.settings.unknown == "error":
            names = {*self.known, *self.ignored, *self.holding, "categories"}
            zola = {"taxonomies"} if self.settings.preset == "zola" else set()
            found["patternProperties"] = {patterns.spelling(names | zola): True}
            found["additionalProperties"] = EMPTY
        return {**found, "$defs": DEFINITIONS}

    def _own(self) -> dict[str, Value]:
        """The fields by their own names, which `[front_matter.names]` may give another meaning."""
        own: dict[str, Value] = {}
        for name, form in self.forms.items():
            if name in self.ignored:
                own[name] = described(form, {})
            elif name in self.holding:
                own[name] = described(form, self._held(name, form.choices))
            elif self.known[name] == name:
                value = matter(form, self.config, complete=len(self._sources(name)) == 1)
                strict = form.required and form.filled and len(self._sources(name)) == 1
                own[name] = described(form, value if strict else {"anyOf": [value, EMPTY]})
        if self.article and self.config and self.config.sections:
            own["section"]["examples"] = [*self.config.sections]
        return own

    def _taxonomies(self) -> dict[str, Value]:
        several = {"type": "array", "items": {"anyOf": [TEXT, EMPTY]}}
        return {
            name: {
                "title": taxonomy.title or name.capitalize(),
                "description": taxonomy.description or f"The terms of “{name}”, like tags.",
                "anyOf": [several, TEXT, EMPTY],
            }
            for name, taxonomy in self.taxonomies.items()
        }

    def _others(self) -> dict[str, Value]:
        """Names of other systems and of the site: what they mean here, if anything."""
        others: dict[str, Value] = {}
        for name in sorted({*self.known, *self.holding, "categories"}):
            target = self.known.get(name, "section")
            if (name in self.forms and self.known[name] == name) or name in self.taxonomies:
                continue
            title = title_of(name)
            if name in self.holding:
                words = {"title": title, "description": "Holds back what it stands in."}
                others[name] = {**words, **self._held(name)}
            elif target.partition(".")[0] in self.forms or target in self.taxonomies:
                others[name] = {"title": title, "description": f"Understood as `{target}`."}
            elif name not in self.ignored:
                words = {"title": title, "description": f"This is no field of {self.what}."}
                others[name] = {**words, **EMPTY}
        return others

    def _held(self, name: str, choices: Iterable[str] = ()) -> Value:
        """What a name may say that holds back in another system."""

        def fits(wish: Wish | None) -> bool:
            allowed = ("", *self.forms)
            return wish is not None and not wish.complaint and wish.target in allowed

        words = [word for word in WORDS if fits(holding(name, word))]
        plain = [value for value in (True, False, 0, 1) if str(value).lower() in words]
        options: list[Value] = [{"enum": [*choices]}] if choices else []
        options += [{"enum": plain}] if plain else []
        options.append({"type": "string", "pattern": patterns.any_case(words)})
        if fits(wish := holding(name, "2026-11-22")) and wish and wish.target == "embargo":
            options.append({"$ref": "#/$defs/date"})
        return {"anyOf": [*options, EMPTY]}

    def _sources(self, field: str) -> set[str]:
        """The names that give a field, or something within it, its value."""
        targets = ((name, target.partition(".")[0]) for name, target in self.known.items())
        return {name for name, group in targets if group == field and name not in self.ignored}

    def _required(self) -> Iterator[Value]:
        """Titles. A `date` may be in the file's name, where a schema cannot see it."""
        for name, form in self.forms.items():
            if form.required and form.filled:
                yield self._must_have(name)

    def _required_by_sections(self) -> Iterator[Value]:
        """What `[sections.…] required` asks for, where `section` names one of them.

        A draft may lack it: so nothing is required where any field could make it one.
        """
        held = patterns.spelling({*self.holding, *self._sources("status"), "permalink"})
        sections = self.config.sections if self.config and self.article else {}
        for name, section in sections.items():
            fields = [field for field in section.required if self._can_be_missing(field)]
            if fields and name.isascii() and self.known["section"] == "section":
                named = {"type": "string", "pattern": patterns.slugs_to(name)}
                yield {
                    "if": {
                        "required": ["section"],
                        "properties": {"section": named},
                        "propertyNames": {"not": {"pattern": held}},
                    },
                    "then": {"allOf": [self._must_have(field) for field in fields]},
                }

    def _can_be_missing(self, field: str) -> bool:
        """Whether an article without `field` lacks it: it has no default, nor a file's name."""
        form = self.forms.get(field)
        has_default = form is not None and bool(form.default)
        return field in self.known.values() and field != "date" and not has_default

    def _must_have(self, field: str) -> Value:
        """A rule that the field is there, under whatever name."""
        others = patterns.spelling(self._sources(field), but=field)
        return {
            "if": {"propertyNames": {"not": {"pattern": others}}},
            "then": {"required": [field], "properties": {field: {"not": EMPTY}}},
        }
