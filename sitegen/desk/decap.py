"""The configuration of Decap CMS and of Sveltia CMS, which reads the same file and knows more.

Formats: decapcms.org/docs/configuration-options, and the JSON Schema in the package @sveltia/cms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as slot
from pathlib import Path
from typing import Any

from sitegen.config import Config
from sitegen.desk import patterns
from sitegen.desk.collections import Collection, authors_have_names, by_folder, collections
from sitegen.desk.forms import Form, title_of

Settings = dict[str, Any]

_DATE = "YYYY-MM-DD HH:mm"
"""Without a zone: what an editor types is the site's time, as in the articles themselves."""
DATE_HINT = "Write it like 2026-11-22 06:30"
_WIDGETS: Mapping[str, str] = {
    "audio": "file",
    "blocks": "markdown",
    "markdown": "text",
    "moment": "datetime",
    "picture": "image",
    "text": "text",
}
"""Kind of a text → its widget; the others are a line, `string`."""
_BY_COMMA = ("tags", "authors")
"""Lists that are typed on one line, with commas between the names."""
_SAME_EVERYWHERE = ("section", "type", "src", "focus")
"""What a translation shares with its original; its dates and authors may be others."""


@dataclass(frozen=True, slots=True)
class Repository:
    """Where the site's files are kept."""

    host: str
    """`github`, `gitlab` or `git-gateway`."""
    name: str
    """`owner/name`."""
    branch: str
    prefix: str
    """The site's folder in it: empty, or ending in a slash."""


def configuration(
    site: Path, config: Config, repository: Repository, *, sveltia: bool, pickers: bool
) -> Settings:
    """`config.yml` as data; `pickers`: no date of an article would be changed by Sveltia's."""
    prefix = repository.prefix
    backend: Settings = {"name": repository.host, "branch": repository.branch}
    if repository.host != "git-gateway":
        backend = {"name": repository.host, "repo": repository.name, "branch": repository.branch}
    ascii_only = config.urls.slugs == "ascii"
    found: Settings = {
        "backend": backend,
        "publish_mode": "editorial_workflow",
        "site_url": config.site.base_url,
        "media_folder": f"{prefix}static/media",
        "public_folder": "/media",
        "slug": {"encoding": "ascii" if ascii_only else "unicode", "clean_accents": ascii_only},
    }
    together = sveltia and len(config.all_languages) > 1
    if together:
        found["i18n"] = _languages(config)
    if sveltia:
        found["output"] = {"omit_empty_optional_fields": True}
    folders = together and by_folder(site, config)
    pick = pickers or not sveltia
    writer = _Writer(config, prefix, sveltia, together, folders, pick, authors_have_names(site))
    found["collections"] = [
        writer.collection(each) for each in collections(site, config, apart=not together)
    ]
    return found


def _languages(config: Config) -> Settings:
    return {
        "structure": "multiple_files",
        "locales": [*config.all_languages],
        "default_locale": config.site.language,
        "initial_locales": "default",
        "omit_default_locale_from_filename": True,
        "omit_default_locale_from_file_path": True,
    }


@dataclass(slots=True)
class _Writer:
    """Writes collections and fields, in the words of one of the two editors."""

    config: Config
    prefix: str
    sveltia: bool
    together: bool
    """The languages of an entry are edited side by side."""
    folders: bool
    """They lie in folders of their own, not beside each other."""
    pickers: bool
    authors: bool
    known: dict[str, Settings] = slot(default_factory=dict)
    """Fields that were written before: the same one is the same object, which YAML writes once."""

    def collection(self, found: Collection) -> Settings:
        both = self.together and found.kind in ("article", "page")
        folder = found.folder
        if both and self.folders:
            folder = folder.replace("content", "content/{{locale}}", 1)
        identifier = "name" if found.kind == "author" else "title"
        settings: Settings = {
            "name": found.name,
            "label": found.label,
            "label_singular": found.singular,
            "folder": f"{self.prefix}{folder}",
            "create": True,
            "extension": "md",
            "format": "yaml-frontmatter",
            "slug": "{{slug}}",
            "identifier_field": identifier,
            "summary": f"{{{{{identifier}}}}}",
        }
        if both:
            settings["i18n"] = True
        if found.kind == "article":
            settings["summary"] = "{{title}} ({{date}})"
            settings["sortable_fields"] = ["date", "title"]
        fields = [self.field(name, form, both=both) for name, form in found.fields]
        return {**settings, "fields": [self.known.setdefault(repr(f), f) for f in fields]}

    def field(self, name: str, form: Form, *, both: bool, inner: bool = False) -> Settings:
        """One field; of an optional group the `inner` ones cannot be required in Decap."""
        required = form.required and not (inner and not self.sveltia)
        settings: Settings = {"label": form.title, "name": name, **self._widget(name, form, both)}
        settings["required"] = required
        if form.row.meaning:
            settings["hint"] = form.row.gist
        if pattern := patterns.MATTER.get(form.kind):
            settings["pattern"] = [pattern, f"This must be: {form.row.may_be}"]
        if both:
            settings["i18n"] = "duplicate" if name in _SAME_EVERYWHERE else True
        return settings

    def _widget(self, name: str, form: Form, both: bool) -> Settings:
        match form.shape:
            case "truth" if form.kind != "breaking":  # which may be a date too
                return {"widget": "boolean"}
            case "choice":
                return self._select(name, form)
            case "list":
                return self._list(name, form, both)
            case "group":
                inner = not form.required
                fields = [self.field(n, f, both=both, inner=inner) for n, f in form.fields.items()]
                return {"widget": "object", "collapsed": True, "fields": fields}
        if form.kind == "moment":
            return self._date(name)
        widget = {"widget": _WIDGETS.get(form.kind, "string")}
        if name == "body" and self.sveltia:
            # In its rich text mode it writes the whole text anew, and loses how tables are aligned.
            return {**widget, "modes": ["raw", "rich_text"]}
        return widget

    def _date(self, name: str) -> Settings:
        if not self.pickers:  # Sveltia's saves 2026-11-22 as 2026-11-22 00:00, or as another hour
            return {"widget": "string", "pattern": [patterns.DATE, DATE_HINT]}
        if not self.sveltia:  # Decap's “now” is the clock of whoever writes, wherever that is
            return {"widget": "datetime", "format": _DATE}
        now = {"default": "{{now}}"} if name == "date" else {}
        zone = self.config.site.timezone
        return {"widget": "datetime", "format": _DATE, "input_timezone": zone, **now}

    def _select(self, name: str, form: Form) -> Settings:
        named = [(choice, form.labels.get(choice) or title_of(choice)) for choice in form.choices]
        options = [{"label": label, "value": choice} for choice, label in named]
        default = {"default": form.default} if name == "section" and form.default else {}
        return {"widget": "select", "options": options, **default}

    def _list(self, name: str, form: Form, both: bool) -> Settings:
        assert form.item is not None
        if name == "authors" and self.authors:
            # By name, as articles have it: an author's slug would not be found in them.
            by_name = {"value_field": "name", "search_fields": ["name"], "display_fields": ["name"]}
            return {"widget": "relation", "collection": "authors", "multiple": True, **by_name}
        if form.item.shape == "group":
            fields = [self.field(n, f, both=both) for n, f in form.item.fields.items()]
            return {"widget": "list", "label_singular": form.item.title, "fields": fields}
        if name in _BY_COMMA or name in self.config.taxonomies:
            return {"widget": "list", "label_singular": form.item.title}
        item = self.field("item", replace(form.item, required=True), both=both)
        return {"widget": "list", "label_singular": form.item.title, "field": item}
