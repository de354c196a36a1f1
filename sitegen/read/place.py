"""What a file of content/ is, by where it lies: an article, a page, an author's or term's file.

An `index` is a section's own page in other systems (`_index.md`): it has no equal here.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from sitegen.config import Config

Kind = Literal["article", "page", "term", "front", "asset", "index"]

SUFFIXES = ("md", "markdown")

_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})[-_](.+)")


class Place(NamedTuple):
    """What the path of a file tells about it."""

    source: str
    """The path relative to content/, with slashes, in NFC."""
    kind: Kind
    lang: str
    stem: str
    """The name that slugs come from: no suffix, language or date; a bundle's is its folder's."""
    date: str = ""
    """`2026-11-22` when the file's name begins with it."""
    pair: str = ""
    """The path without its language: translations share it."""
    taxonomy: str = ""
    """Of a term's file: `author`, `tag` or a taxonomy's name."""
    in_drafts: bool = False
    folder: str = ""
    """The first folder, which some systems take for the section."""


def place_of(source: str, config: Config) -> Place:
    """Classify the file `source`. Its folder names decide, its content never does."""
    parts = source.split("/")
    lang = config.site.language
    if len(parts) > 1 and parts[0] in config.all_languages:
        lang = parts.pop(0)
    if parts == ["front.toml"]:
        return Place(source, "front", lang, "front")
    stem, _, suffix = parts[-1].rpartition(".")
    if suffix.lower() not in SUFFIXES:
        return Place(source, "asset", lang, stem)
    base, dot, code = stem.rpartition(".")
    if dot and base and code in config.all_languages:
        stem, lang = base, code
    if stem == "_index":
        return Place(source, "index", lang, stem)
    pair = "/".join([*parts[:-1], stem])
    if stem == "index" and len(parts) > 1:
        stem = parts[-2]
    folder = parts[0] if len(parts) > 1 else ""
    taxonomy = {"authors": "author", "tags": "tag"}.get(folder, "")
    if folder in config.taxonomies:
        taxonomy = folder
    in_drafts = "_drafts" in parts[:-1]
    if taxonomy:
        return Place(source, "term", lang, stem, "", pair, taxonomy, in_drafts)
    if folder == "pages":
        return Place(source, "page", lang, stem, "", pair, "", in_drafts)
    dated = _DATED.fullmatch(stem)
    return Place(
        source,
        "article",
        lang,
        dated.group(2) if dated else stem,
        date=dated.group(1) if dated else "",
        pair=pair,
        in_drafts=in_drafts,
        folder=folder,
    )
