"""Field names: our own, other systems', and the site's, brought to ours before validation.

What holds an article back elsewhere is understood or refused here, never passed over: an article
that its old system kept from readers must not be published because a name was unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sitegen.config import FrontMatterSettings
from sitegen.read.fields import FrontMatter

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
    "hugo": frozenset({"layout", "weight", "menu", "menus", "markup", "keywords", "type"}),
    "jekyll": frozenset({"layout", "comments", "toc"}),
    "zola": frozenset({"weight", "template", "in_search_index", "insert_anchor_links"}),
    "pelican": frozenset({"save_as", "translation", "keywords"}),
    "wordpress": frozenset({"id", "guid", "layout", "post_type", "comment_status"}),
}

_PUBLISHED_STATUS = frozenset({"publish", "published", "live", "public"})
_HELD_STATUS = frozenset({"draft", "pending", "private", "future", "auto-draft", "in-review"})
_TRUE = frozenset({"true", "yes", "on", "1", "y", "t"})
_FALSE = frozenset({"false", "no", "off", "0", "n", "f"})

_REFUSED = {
    "password": "sitegen cannot protect a page with a password; use status: draft, or remove it",
    "headless": "use status: draft",
    "_build": "use status: draft",
    "build": "use status: draft",
    "eleventyexcludefromcollections": "use status: draft or noindex: true",
}
"""Names that keep a page out of sight elsewhere and have no equal here."""


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


def our_names(
    values: Mapping[str, Any], settings: FrontMatterSettings, taxonomies: Iterable[str]
) -> Named:
    """`values` under our names; empty ones are absent."""
    named = Named()
    known = {**{name: name for name in (*FIELDS, *taxonomies)}, **_EVERYWHERE}
    known |= _PRESETS[settings.preset]
    known |= settings.names
    ignored = _WITHOUT_MEANING_HERE[settings.preset]
    if settings.preset == "zola" and isinstance(groups := values.get("taxonomies"), dict):
        values = {**{k: v for k, v in values.items() if k != "taxonomies"}, **groups}
    pelican = settings.preset == "pelican"
    later = []
    for name, raw in values.items():
        value = _without_empties(raw)
        key = name.lower().replace("-", "_").strip()
        if value is None:
            continue
        if key in settings.names:
            named.put(settings.names[key], name, value)
        elif not _holds_back(key, name, value, named) and key not in ignored:
            later.append((key, name, value))
    # A field's own name first: it wins over other systems' names for it.
    for key, name, value in sorted(later, key=lambda item: item[0] != known.get(item[0])):
        if key == "categories":
            _categories(name, value, named)
        elif key in known:
            target = known[key]
            named.put(target, name, _split(target, value) if pelican else value)
        else:
            named.unknown.append(name)
    return named


def _without_empties(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {k: w for k, v in value.items() if (w := _without_empties(v)) is not None}
        return kept or None
    if isinstance(value, list):
        return [w for v in value if (w := _without_empties(v)) is not None] or None
    if isinstance(value, str) and not value.strip():
        return None
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


def _holds_back(key: str, name: str, value: Any, named: Named) -> bool:
    """Understand or refuse a field that keeps an article from readers in another system."""
    word = str(value).strip().lower() if isinstance(value, str) else ""
    if key in ("draft", "private", "hidden", "unlisted", "published"):
        if key == "published" and word not in _TRUE | _FALSE:
            named.put("date", name, value)
        elif word in (_FALSE if key == "published" else _TRUE):
            named.put("status", name, "draft")
        elif word not in _TRUE | _FALSE:
            hint = "write true or false, or use status: draft"
            named.mistakes.append((name, f"“{value}” does not say if this is a draft", hint))
    elif key in ("publishdate", "publish_date", "publish_at"):
        named.put("embargo", name, value)
    elif key in ("status", "visibility"):
        if word in _HELD_STATUS:
            named.put("status", name, "draft")
        elif word not in _PUBLISHED_STATUS:
            hint = "use draft, or leave it out when the article may be published"
            named.mistakes.append((name, f"“{value}” is no {key} that sitegen knows", hint))
    elif key in _REFUSED:
        if word not in _FALSE:
            message = "this keeps a page out of sight in another system"
            named.mistakes.append((name, message, _REFUSED[key]))
    elif key == "permalink" and word in _FALSE:
        named.put("status", name, "draft")
    else:
        return False
    return True
