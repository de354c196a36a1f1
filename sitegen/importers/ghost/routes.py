"""What lies beside an export: `routes.yaml` (where things are), `redirects.yaml` or `.json`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sitegen.importers.sources import unreadable

_FILTER = re.compile(r"(primary_tag|tag):'?([\w-]+)'?")
_PATTERN = re.compile(r"[*+?()\[\]{}|^$\\]")


@dataclass(frozen=True, slots=True)
class Collection:
    """A group of posts that have addresses of one form."""

    permalink: str
    tag: str = ""
    """Only posts with this tag; empty: all others."""
    primary: bool = False
    """The tag must be the first one."""
    unknown: str = ""
    """Its filter, where it is of a kind that nobody here understands; then no post is in it."""


@dataclass(frozen=True, slots=True)
class Routes:
    """Where Ghost shows posts, tags and authors."""

    collections: tuple[Collection, ...] = (Collection("/{slug}/"),)
    tag: str = "/tag/{slug}/"
    author: str = "/author/{slug}/"

    @property
    def has_sections(self) -> bool:
        """The first tag is part of addresses: it is what others call a section."""
        return any("{primary_tag}" in collection.permalink for collection in self.collections)


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
    )


def _collections(groups: Mapping[str, Any]) -> Iterator[Collection]:
    for values in groups.values():
        permalink = values.get("permalink") if isinstance(values, dict) else None
        if not isinstance(permalink, str):
            continue
        only = str(values.get("filter") or "")
        found = _FILTER.fullmatch(only)
        if found is not None:
            yield Collection(permalink, found[2], found[1] == "primary_tag")
        else:
            yield Collection(permalink, unknown=only)


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
