"""Where files of other generators are to lie below content/: where they lay, if they can."""

from __future__ import annotations

import posixpath
import re

from sitegen.importers.placing import file_stem
from sitegen.settings import ARTICLE_PARTS, TAKEN

_PARTS = {
    "title": "slug",
    "slugorfilename": "slug",
    "filename": "slug",
    "slugorcontentbasename": "slug",
    "contentbasename": "slug",
    "sections": "section",
    "categories": "section",
}
"""Names of parts of addresses, in Hugo and Jekyll, that are called otherwise here."""


def story_path(path: str, language: str = "") -> str:
    """An article's path: as before, in a folder that means nothing else to sitegen."""
    folder, stem = _parts(path, language)
    if folder and folder[0] in TAKEN | {"media", "data"}:
        folder = ["articles", *folder]
    return _joined(folder, stem, language)


def page_path(path: str, language: str = "") -> str:
    folder, stem = _parts(path, language)
    if folder[:1] == ["pages"] or folder[:1] == ["page"]:
        folder = folder[1:]
    return _joined(["pages", *folder], stem, language)


def beside_path(path: str) -> str:
    """Where a file goes that belongs to no article: to where those of its folder lie."""
    folder = posixpath.dirname(story_path(path))
    return posixpath.join(folder, posixpath.basename(path))


def _parts(path: str, language: str) -> tuple[list[str], str]:
    *folder, name = path.split("/")
    stem = posixpath.splitext(name)[0]
    base, _, code = stem.rpartition(".")
    if base and language and code.lower() in (language.lower(), language.partition("-")[0].lower()):
        stem = base
    if stem == "index" and not folder:
        stem = "home"
    return [file_stem(part, "folder") for part in folder], stem


def _joined(folder: list[str], stem: str, language: str) -> str:
    name = stem if stem == "index" else file_stem(stem, "unnamed")
    start = [language] if language else []
    return "/".join([*start, *folder, f"{name}.md"])


def our_pattern(pattern: str) -> str:
    """`/:year/:slug/` as sitegen writes it; empty where it has no equal."""
    found = re.sub(r":([a-z_]+)", lambda m: f"{{{_PARTS.get(m[1], m[1])}}}", pattern)
    known = {f"{{{name}}}" for name in ARTICLE_PARTS}
    fits = set(re.findall(r"\{[^}]*\}", found)) <= known and found.count("{slug}") == 1
    return found if fits and found.startswith("/") and found.endswith("/") else ""
