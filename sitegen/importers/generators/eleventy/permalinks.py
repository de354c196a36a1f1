"""The addresses that Eleventy gives (11ty.dev/docs/permalinks)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sitegen.importers.generators.moments import moment_of
from sitegen.urls import slug_of

_EXPRESSION = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}")
_DATED = re.compile(r"^\d{4}-\d{2}-\d{2}-(.+)$")
_FILTER = re.compile(r"(\w+)(?:\s*[:(]\s*[\"']([^\"']*)[\"']\s*\)?)?")
_SLUGS = ("slug", "slugify", "urlize")


def address_of(pattern: str, stem: str, values: Mapping[str, Any]) -> tuple[str, bool]:
    """The address of the file at `stem`, and whether it is surely that.

    `pattern` is its permalink; one that a program works out cannot be known.
    """
    if not pattern or pattern.lower() in ("false", "true"):
        return _by_path(stem), True
    sure = True

    def fill(found: re.Match[str]) -> str:
        nonlocal sure
        value = _value(found[1], stem, values)
        sure = sure and value is not None
        return value or ""

    path = re.sub("/{2,}", "/", "/" + _EXPRESSION.sub(fill, pattern))
    if not sure or "{%" in path or "${" in path or "=>" in path:
        return _by_path(stem), False
    return path.removesuffix("index.html"), True


def _by_path(stem: str) -> str:
    """`posts/storm.md` is at /posts/storm/, and `posts/posts.md` at /posts/."""
    folder, name = posixpath.split(stem)
    same = name == "index" or name == posixpath.basename(folder)
    path = folder if same else posixpath.join(folder, name)
    return f"/{path}/" if path else "/"


def file_slug(stem: str) -> str:
    """The file's name without its date; that of its folder for an `index`."""
    folder, name = posixpath.split(stem)
    name = posixpath.basename(folder) if name == "index" else name
    found = _DATED.match(name)
    return found[1] if found else name


def _value(text: str, stem: str, values: Mapping[str, Any]) -> str | None:
    first, *filters = (part.strip() for part in text.split("|"))
    found: Any
    if first in ("page.fileSlug", "fileSlug"):
        found = file_slug(stem)
    elif first == "page.filePathStem":
        folder, name = posixpath.split(stem)
        dated = _DATED.match(name)
        found = "/" + posixpath.join(folder, dated[1] if dated else name)
    elif first in ("page.date", "date"):
        found = _day(values)
    elif first == "page.outputFileExtension":
        found = "html"
    else:
        found = values.get(first)
    for part in filters:
        found = _filtered(part, found)
    return found if isinstance(found, str) else None


def _day(values: Mapping[str, Any]) -> date | None:
    try:
        moment = moment_of(str(values.get("date") or ""), "UTC")
    except ValueError:
        return None
    return moment.date() if isinstance(moment, datetime) else moment


def _filtered(part: str, value: Any) -> Any:
    match = _FILTER.fullmatch(part)
    name, given = (match[1], match[2] or "") if match else ("", "")
    if isinstance(value, str) and name in _SLUGS:
        return slug_of(value, ascii_only=True)
    if isinstance(value, date) and name.lower() == "date" and "%" in given:
        return value.strftime(given)
    return None
