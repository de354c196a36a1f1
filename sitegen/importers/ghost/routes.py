"""What lies beside an export: `routes.yaml` (where things are), `redirects.yaml` or `.json`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from sitegen.importers.sources import unreadable

_CONDITION = re.compile(
    r"(primary_tag|tag|primary_author|author|featured):(-?)(?:'?([\w-]+)'?|\[([\w\-', ]+)\])"
)
_PATTERN = re.compile(r"[*+?()\[\]{}|^$\\]")


@dataclass(frozen=True, slots=True)
class Condition:
    """What a post must have, or must not, to be in a collection."""

    field: str
    values: frozenset[str]
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Collection:
    """A group of posts that have addresses of one form."""

    permalink: str
    conditions: tuple[Condition, ...] = ()
    """All of them hold for its posts."""
    unknown: str = ""
    """Its filter, where it is of a kind that nobody here understands; then no post is in it."""

    def holds(self, said: Mapping[str, frozenset[str]]) -> bool:
        """Whether a post is in it that says this: a field's name → its values."""
        return not self.unknown and all(
            bool(said.get(c.field, frozenset()) & c.values) == c.wanted for c in self.conditions
        )


@dataclass(frozen=True, slots=True)
class Routes:
    """Where Ghost shows posts, tags and authors."""

    collections: tuple[Collection, ...] = (Collection("/{slug}/"),)
    tag: str = "/tag/{slug}/"
    author: str = "/author/{slug}/"
    page: str = "/{slug}/"
    lists: tuple[str, ...] = ()
    """Addresses of further lists: those of collections and channels."""

    @property
    def has_sections(self) -> bool:
        """The first tag is part of addresses: it is what others call a section."""
        return any("{primary_tag}" in collection.permalink for collection in self.collections)

    def below(self, folder: str) -> Routes:
        """The same where the site as a whole is in a folder such as `/blog`."""
        moved = (replace(c, permalink=f"{folder}{c.permalink}") for c in self.collections)
        tag, author, page = (f"{folder}{one}" for one in (self.tag, self.author, self.page))
        lists = tuple(f"{folder}{one}" for one in self.lists)
        return Routes(tuple(moved), tag, author, page, lists)


def routes_in(folder: Path) -> Routes:
    """Those of `routes.yaml`, or as Ghost has them from the start."""
    found = _yaml(folder / "routes.yaml")
    groups = found.get("collections")
    collections = tuple(_collections(groups if isinstance(groups, dict) else {}))
    terms = found.get("taxonomies")
    usual = Routes()
    named = terms if isinstance(terms, dict) else {}
    return Routes(
        collections or usual.collections,
        str(named.get("tag") or usual.tag),
        str(named.get("author") or usual.author),
        lists=tuple(_lists(groups, found.get("routes"))),
    )


def _lists(collections: Any, routes: Any) -> Iterator[str]:
    """Where Ghost shows lists of some of the posts. A route to a template alone shows none."""
    for place in collections if isinstance(collections, dict) else ():
        if place != "/":
            yield str(place)
    for place, values in (routes if isinstance(routes, dict) else {}).items():
        if isinstance(values, dict) and values.get("controller") == "channel":
            yield str(place)


def _collections(groups: Mapping[str, Any]) -> Iterator[Collection]:
    for values in groups.values():
        permalink = values.get("permalink") if isinstance(values, dict) else None
        if not isinstance(permalink, str):
            continue
        only = str(values.get("filter") or "").strip()
        conditions = tuple(_conditions(only))
        if None in conditions:
            yield Collection(permalink, unknown=only)
        else:
            yield Collection(permalink, tuple(filter(None, conditions)))


def _conditions(only: str) -> Iterator[Condition | None]:
    """Those of a filter (https://docs.ghost.org/content-api/filtering); None: one is unknown."""
    for part in only.split("+") if only else ():
        found = _CONDITION.fullmatch(part.strip())
        if found is None:
            yield None
            continue
        field, minus, one, several = found.groups()
        values = (value.strip(" '") for value in (one or several).split(","))
        yield Condition(field, frozenset(values), not minus)


def redirects_in(folder: Path) -> Iterator[tuple[str, str]]:
    """(from, to) as they are written; patterns too."""
    yield from _moved(_yaml(folder / "redirects.yaml"))
    file = folder / "redirects.json"
    if file.is_file():
        try:
            entries = json.loads(file.read_text(encoding="utf-8-sig"))
        except ValueError as error:
            raise unreadable(file, f"this is no JSON: {error}", "correct it, or move it") from None
        for entry in entries if isinstance(entries, list) else []:
            if isinstance(entry, dict) and entry.get("from") and entry.get("to"):
                yield str(entry["from"]), str(entry["to"])


def _moved(found: Mapping[Any, Any]) -> Iterator[tuple[str, str]]:
    for entries in found.values():
        if isinstance(entries, dict):
            yield from ((str(old), str(new)) for old, new in entries.items())


def plain(old: str) -> str:
    """An address that a redirect leads from; empty: it is a pattern."""
    path = old.removeprefix("^").removesuffix("$")
    path = re.sub(r"/\?$", "/", re.sub(r"\\([-/._~])", r"\1", path))
    return "" if _PATTERN.search(path) else path


def _yaml(file: Path) -> Mapping[Any, Any]:
    if not file.is_file():
        return {}
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, ValueError) as error:
        message = f"this is no YAML: {' '.join(str(error).split())}"
        raise unreadable(file, message, "correct it, or move it elsewhere") from None
    return found if isinstance(found, dict) else {}
