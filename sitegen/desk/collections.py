"""What editors in a browser show of a site: its folders, and a form for the files in each."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from sitegen.config import Config
from sitegen.desk.forms import Form, article_forms, page_forms, term_forms, title_of
from sitegen.desk.manual import NO_ROW
from sitegen.i18n import language_name
from sitegen.model import TYPES
from sitegen.read.file import decode
from sitegen.read.matter import MatterError, read_matter
from sitegen.read.place import place_of
from sitegen.read.scan import scan
from sitegen.urls import slug_of

Kind = Literal["article", "page", "author", "tag"]
Fields = Sequence[tuple[str, Form]]

_BODY = Form("text", "blocks", "Text")
_FIRST: Mapping[Kind, Sequence[str]] = {
    "article": ("title", "date", "section", "authors", "tags"),
    "page": ("title", "summary", "updated", "status", "body"),
    "author": ("name", "role", "image", "links", "body"),
    "tag": ("title", "merge", "body"),
}
"""What stands first in a form; of authors and tags, all of it: the rest says the same again."""
_THEN = ("summary", "image", "key_points", "status", "body")
_IN_FILES_ONLY = ("lang", "lists", "data", "silence", "extra")
"""Fields that no form shows: they are for those who know the files, or may hold anything."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Files of one kind in one folder."""

    name: str
    """Unique among the collections; letters of a–z, digits and hyphens."""
    label: str
    singular: str
    kind: Kind
    folder: str
    """Relative to the folder of the site: `content/politics`."""
    fields: Fields


def collections(site: Path, config: Config, *, apart: bool = True) -> Sequence[Collection]:
    """The collections of a site: one for each folder with articles, then pages, authors, terms.

    Languages are `apart` in collections of their own, or together for editors that know them.
    """
    folders = _folders(site, config)
    if not apart:
        folders = _in_order({_split(folder, config)[1] for folder in folders}, config)
    plain = [_articles(config, folder) for folder in folders]
    languages = ("", *config.languages) if apart else ("",)
    plain += [_pages(config, code) for code in languages]
    plain.append(_files(config, "author", "authors", "Authors"))
    plain.append(_files(config, "tag", "tags", "Tags"))
    for name, taxonomy in config.taxonomies.items():
        plain.append(_files(config, "tag", name, taxonomy.title or title_of(name)))
    return [replace(each, name=name) for each, name in zip(plain, _unique(plain), strict=True)]


def authors_have_names(site: Path) -> bool:
    """Whether an article's authors can be chosen: each has a file with one name for all languages.

    Names by language are no texts that an editor could put into an article.
    """
    files = sorted((site / "content" / "authors").glob("*.md"))
    return bool(files) and all(map(_has_name, files))


def _has_name(file: Path) -> bool:
    try:
        matter = read_matter(decode(file.read_bytes(), file.name), file.name)
    except MatterError:
        return False
    return isinstance(matter.values.get("name"), str)


def by_folder(site: Path, config: Config) -> bool:
    """Whether translations lie in folders such as `content/ar/`, not beside their originals."""
    return any((site / "content" / code).is_dir() for code in config.languages)


def _folders(site: Path, config: Config) -> Sequence[str]:
    """The folders of content/ that hold articles; the root where there is none yet.

    A bundle, which is a folder of one article and its pictures, is none.
    """
    found = set()
    for file in scan(site / "content", site, time.time_ns()).files:
        place = place_of(file.source, config)
        folder, _, name = file.source.rpartition("/")
        bundle = folder and name.startswith("index.")
        if place.kind == "article" and not place.in_drafts and not bundle:
            found.add(folder)
    return _in_order(found or {""}, config)


def _in_order(folders: Iterable[str], config: Config) -> Sequence[str]:
    """The site's own language first, and in each the sections as in the navigation."""
    languages, sections = ["", *config.languages], [*config.sections]

    def rank(folder: str) -> tuple[int, int, str]:
        lang, rest = _split(folder, config)
        known = sections.index(rest) if rest in sections else len(sections)
        return languages.index(lang), known, rest

    return sorted(folders, key=rank)


def _split(folder: str, config: Config) -> tuple[str, str]:
    """The language that a folder is for, empty where it is the site's, and the rest of its path."""
    first, _, rest = folder.partition("/")
    return (first, rest) if first in config.languages else ("", folder)


def _articles(config: Config, folder: str) -> Collection:
    lang, rest = _split(folder, config)
    slug = slug_of(rest, ascii_only=config.urls.slugs == "ascii")
    section = slug if slug in config.sections else ""
    label = title_of(rest.replace("/", " / ") or "articles")
    if section:
        texts = config.languages[lang].sections.get(section) if lang else None
        label = (texts and texts.title) or config.sections[section].title or label
    return Collection(
        name=f"articles {folder}",
        label=f"{label} ({language_name(lang)})" if lang else label,
        singular="Article",
        kind="article",
        folder=f"content/{folder}".rstrip("/"),
        fields=_form("article", config, section),
    )


def _pages(config: Config, lang: str) -> Collection:
    label = f"Pages ({language_name(lang)})" if lang else "Pages"
    folder = f"content/{lang}/pages" if lang else "content/pages"
    return Collection(f"pages {lang}", label, "Page", "page", folder, _form("page", config))


def _files(config: Config, kind: Kind, name: str, label: str) -> Collection:
    """The files of authors or of a taxonomy's terms."""
    singular = {"authors": "Author", "tags": "Tag"}.get(name, "Entry")
    return Collection(name, label, singular, kind, f"content/{name}", _form(kind, config))


def _unique(plain: Sequence[Collection]) -> Iterator[str]:
    seen: set[str] = set()
    for each in plain:
        name = slug_of(each.name, ascii_only=True) or "articles"
        number = 1
        while name in seen:
            number += 1
            name = f"{slug_of(each.name, ascii_only=True)}-{number}"
        seen.add(name)
        yield name


def _form(kind: Kind, config: Config, section: str = "") -> Fields:
    """The fields of a kind of file in the order of a form, as this site fills them in."""
    match kind:
        case "article":
            forms = _of_article(config, section)
            first = [*_FIRST[kind], *config.taxonomies, *_THEN]
        case "page":
            forms, first = {**page_forms(), "body": _BODY}, [*_FIRST[kind]]
        case _:
            forms, first = {**term_forms(), "body": _BODY}, [*_FIRST[kind]]
            name = first[0]
            forms[name] = replace(forms[name], required=True)
    rest = [n for n in forms if n not in first] if kind in ("article", "page") else []
    return [(name, forms[name]) for name in [*first, *rest] if name not in _IN_FILES_ONLY]


def _of_article(config: Config, section: str) -> dict[str, Form]:
    """An article's fields with the site's own choices, and what `section` requires."""
    forms = {**article_forms(), "body": _BODY}
    for name, taxonomy in config.taxonomies.items():
        title = taxonomy.title or title_of(name)
        item = replace(forms["tags"].item or _BODY, title=title)
        forms[name] = replace(forms["tags"], title=title, row=NO_ROW, item=item)
    types = {name: title_of(name) for name in TYPES}
    types |= {name: found.label for name, found in config.types.items()}
    forms["type"] = replace(forms["type"], shape="choice", choices=(*types,), labels=types)
    if config.sections:
        titles = {name: found.title or title_of(name) for name, found in config.sections.items()}
        default = section or None
        chosen = replace(forms["section"], shape="choice", choices=(*titles,), labels=titles)
        forms["section"] = replace(chosen, default=default)
    required = config.sections[section].required if section else ()
    return {n: replace(f, required=f.required or n in required) for n, f in forms.items()}
