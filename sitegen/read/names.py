"""Field names: our own, other systems', and the site's, brought to ours before validation.

What holds an article back elsewhere is told by `holding`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from sitegen.read.fields import FrontMatter, Several
from sitegen.read.holding import Wish, holding
from sitegen.settings import FrontMatterSettings

FIELDS = frozenset(FrontMatter.model_fields)

_EVERYWHERE = {
    "author": "authors",
    "tag": "tags",
    "standfirst": "summary",
    "deck": "summary",
    "dek": "summary",
    "subtitle": "summary",
}

_PRESETS: Mapping[str, Mapping[str, str]] = {
    "": {},
    "hugo": {
        "lastmod": "updated",
        "linktitle": "short_title",
        "images": "image",
    },
    "jekyll": {
        "excerpt": "summary",
        "permalink": "url",
        "redirect_from": "aliases",
        "last_modified_at": "updated",
        "category": "section",
    },
    "zola": {"path": "url"},
    "pelican": {"modified": "updated", "category": "section"},
    "wordpress": {
        "excerpt": "summary",
        "permalink": "url",
        "link": "url",
        "modified": "updated",
        "featured_image": "image",
    },
}

_WITHOUT_MEANING_HERE: Mapping[str, frozenset[str]] = {
    "": frozenset(),
    "hugo": frozenset({"layout", "weight", "menu", "menus", "markup", "keywords"}),
    "jekyll": frozenset({"layout", "comments", "toc"}),
    "zola": frozenset({"weight", "template", "in_search_index", "insert_anchor_links"}),
    "pelican": frozenset({"save_as", "translation", "keywords"}),
    "wordpress": frozenset({"id", "guid", "layout", "post_type", "comment_status"}),
}


@dataclass(slots=True)
class Named:
    """Front matter under our names."""

    values: dict[str, Any] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    """Our name → the name that the author wrote."""
    unknown: list[str] = field(default_factory=list)
    doubled: list[tuple[str, str]] = field(default_factory=list)
    """(a name that was passed over, the one that already gave its field a value)"""
    mistakes: list[tuple[str, str, str]] = field(default_factory=list)
    """(the name as written, what is wrong, what to do)"""

    def put(self, target: str, name: str, value: Any) -> None:
        """Give the field `target`, perhaps nested (`image.alt`), a value, unless it has one."""
        foreign = target == "url" and name != "url" and isinstance(value, str)
        if foreign and value.startswith(("http://", "https://")):
            value = urlsplit(value).path or "/"
        group, _, inner = target.partition(".")
        if not inner:
            if isinstance(self.values.get(group), dict) and not isinstance(value, dict):
                self.values[group].setdefault("src", value)
            elif group in self.values:
                self.doubled.append((name, self.written[group]))
            else:
                self.values[group] = value
        else:
            current = self.values.setdefault(group, {})
            if not isinstance(current, dict):
                current = self.values[group] = {"src": current}
            current.setdefault(inner, value)
        self.written.setdefault(group, name)

    def hold(self, name: str, wish: Wish) -> None:
        """Do what a field asks for that holds articles back; of two instants the later counts."""
        if wish.complaint:
            self.mistakes.append((name, wish.complaint, wish.remedy))
        elif wish.target == "embargo" and "date" not in self.values:
            self.put("date", name, wish.value)
        elif wish.target == "embargo" and "embargo" in self.values:
            self.values["embargo"] = Several((self.values["embargo"], wish.value))
        elif wish.target:
            self.values[wish.target] = wish.value
            self.written[wish.target] = name


def our_names(
    values: Mapping[str, Any], settings: FrontMatterSettings, taxonomies: Iterable[str]
) -> Named:
    """`values` under our names; empty ones are absent."""
    named = Named()
    known = meanings(settings, taxonomies)
    ignored = without_meaning(settings)
    if settings.preset == "zola" and isinstance(groups := values.get("taxonomies"), dict):
        values = {**{k: v for k, v in values.items() if k != "taxonomies"}, **groups}
    pelican = settings.preset == "pelican"
    fields: list[tuple[str, str, Any]] = []
    wishes: list[tuple[str, Wish]] = []
    for name, raw in values.items():
        value = _without_empties(raw)
        key = _key(name)
        if value is None:
            continue
        wish = None if key in settings.names else holding(key, value)
        if wish is not None:
            wishes.append((name, wish))
        elif key not in ignored:
            fields.append((key, name, value))
    # A field's own name first: it wins over other systems' names for it.
    for key, name, value in sorted(fields, key=lambda item: item[0] != known.get(item[0])):
        if key == "categories" and key not in settings.names:
            _categories(name, value, named)
        elif key in known:
            target = known[key]
            named.put(target, name, _split(target, value) if pelican else value)
        else:
            named.unknown.append(name)
    for name, wish in wishes:
        named.hold(name, wish)
    return named


def name_for(
    field: str, values: Mapping[str, Any], settings: FrontMatterSettings, taxonomies: Iterable[str]
) -> str:
    """The name under which `values` have one of our fields, perhaps without a value; else ours."""
    named = our_names(values, settings, taxonomies)
    known = meanings(settings, taxonomies)
    blank = (name for name in values if known.get(_key(name)) == field)
    return named.written.get(field) or next(blank, field)


def meanings(settings: FrontMatterSettings, taxonomies: Iterable[str]) -> Mapping[str, str]:
    """Each name that is understood, in lower case → the field that it gives a value.

    Names that hold an article back are told by `holding`, and `categories` has two meanings.
    """
    return _meanings(settings.preset, tuple(settings.names.items()), tuple(taxonomies))


@lru_cache(maxsize=4)
def _meanings(
    preset: str, names: tuple[tuple[str, str], ...], taxonomies: tuple[str, ...]
) -> Mapping[str, str]:
    own = {name.replace("-", "_"): name for name in (*FIELDS, *taxonomies)}
    return {**own, **_EVERYWHERE, **_PRESETS[preset], **dict(names)}


def without_meaning(settings: FrontMatterSettings) -> frozenset[str]:
    """Names, in lower case, that are passed over without a word."""
    none = _WITHOUT_MEANING_HERE[settings.preset]
    return none.difference(settings.names) if settings.names else none


@lru_cache(maxsize=1024)
def _key(name: str) -> str:
    return name.lower().replace("-", "_").strip()


def _without_empties(value: Any) -> Any:
    if isinstance(value, str):
        return None if not value or value.isspace() else value
    if isinstance(value, dict):
        kept = {k: w for k, v in value.items() if (w := _without_empties(v)) is not None}
        return kept or None
    if isinstance(value, list):
        return [w for v in value if (w := _without_empties(v)) is not None] or None
    return value


def _categories(name: str, value: Any, named: Named) -> None:
    """Of `categories` the first is the section, the rest are tags."""
    names = value if isinstance(value, list) else [value]
    named.put("section", name, names[0])
    if names[1:]:
        tags = named.values.get("tags", [])
        named.values["tags"] = [*(tags if isinstance(tags, list) else [tags]), *names[1:]]
        named.written.setdefault("tags", name)


def _split(key: str, value: Any) -> Any:
    """Pelican separates the names in a list with commas, or with semicolons where there are any."""
    if key not in ("tags", "authors") or not isinstance(value, str):
        return value
    return [part.strip() for part in value.split(";" if ";" in value else ",") if part.strip()]
