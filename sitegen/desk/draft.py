"""The file of a new article or standing page: a draft, in a place of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from sitegen import urls
from sitegen.config import Config
from sitegen.desk.fields import Kind, front_matter, texts
from sitegen.desk.source import CONTENT, Source, find_source
from sitegen.desk.visible import readable
from sitegen.errors import Misuse, Problem, did_you_mean
from sitegen.instants import write_instant, zone
from sitegen.model import TYPES
from sitegen.read.fields import FrontMatter, StandingFields
from sitegen.read.matter import Plain

_SHORT = ("title", "date", "section", "authors", "summary", "tags", "image", "status")
_SHORT_PAGE = ("title", "summary", "status")
_SHORT_PARTS = {"image": ("src", "alt", "credit")}
_LONGEST = 80
"""Characters of a file's name; a longer headline ends at a word before."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a new file is to say."""

    title: str
    kind: Kind = "article"
    section: str = ""
    tags: Sequence[str] = ()
    authors: Sequence[str] = ()
    date: str = ""
    """As it is to be written."""
    lang: str = ""
    translation_of: str = ""
    """The other file, as an editor names it."""
    full: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """The new file."""

    path: Path
    name: str
    """From the site's folder."""
    remark: str = ""
    """What may not have been meant."""


def new_file(site: Path, config: Config, wanted: Wanted, now: datetime) -> Written:
    """Write it, and never over another. Raises Misuse for what cannot be meant."""
    wanted = replace(wanted, title=" ".join(wanted.title.split()))
    original = _original(site, config, wanted)
    wanted = replace(wanted, lang=_language(config, wanted, original))
    if original:
        wanted = _like(wanted, original, config)
        source = _beside(original, wanted.lang, site, config)
    else:
        source = _place(site, config, wanted)
    path = site / CONTENT / source
    name = f"{CONTENT}/{source}"
    if path.exists():
        raise Misuse(Problem("file-exists", f"{name} is there already", hint="change that one"))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(_text(config, wanted, name, now))
    return Written(path, name, _doubt(config, wanted))


def _original(site: Path, config: Config, wanted: Wanted) -> Source | None:
    if not wanted.translation_of:
        return None
    source = find_source(site, config, wanted.translation_of)
    if source.place.kind != wanted.kind:
        message = f"it is no {wanted.kind}: only two of a kind can be translations of each other"
        raise Misuse(Problem("translation-of", message, source.name))
    return source


def _language(config: Config, wanted: Wanted, original: Source | None) -> str:
    """The language that was asked for, or the only other one of a translation."""
    lang = wanted.lang
    if lang and lang not in config.all_languages:
        hint = did_you_mean(lang, config.all_languages)
        hint = hint or f"it has {', '.join(config.all_languages)}; [languages.{lang}] adds one"
        raise Misuse(Problem("language-unknown", f"the site has no language “{lang}”", hint=hint))
    if original is None:
        return lang or config.site.language
    others = [code for code in config.all_languages if code != original.place.lang]
    if not lang and len(others) == 1:
        return others[0]
    if lang not in others:
        message = f"{original.name} is in “{original.place.lang}”: a translation is in another"
        hint = f"add --lang with one of: {', '.join(others)}" if others else "the site has no other"
        raise Misuse(Problem("translation-of", message, hint=hint))
    return lang


def _like(wanted: Wanted, original: Source, config: Config) -> Wanted:
    """With the section, tags and authors of the original, where no others were asked for."""
    article = readable(original, original.path.read_bytes(), config).article
    terms = article.terms if article else ()

    def names(kind: str) -> list[str]:
        return [term.name for term in terms if term.kind == kind]

    return replace(
        wanted,
        section=wanted.section or next(iter(names("section")), ""),
        tags=wanted.tags or names("tag"),
        authors=wanted.authors or names("author"),
    )


# Where it lies.


def _slug(title: str, config: Config) -> str:
    slug = urls.slug_of(title, ascii_only=config.urls.slugs == "ascii")
    while len(slug) > _LONGEST and "-" in slug:
        slug = slug.rpartition("-")[0]
    if not slug:
        message = f"“{title}” holds no letter or digit to name a file after"
        raise Misuse(Problem("headline-empty", message, hint="choose another"))
    try:
        urls.check_segment(f"{slug}.md")
    except ValueError as error:
        message = f"no file can be named after “{title[:60]}”: {error}"
        raise Misuse(Problem("headline-empty", message, hint="choose another")) from None
    return slug


def _place(site: Path, config: Config, wanted: Wanted) -> str:
    """A page lies in pages/, an article of a section that has a folder in that."""
    name = f"{_slug(wanted.title, config)}.md"
    folder = "pages"
    if wanted.kind == "article":
        folder = urls.slug_of(wanted.section, ascii_only=config.urls.slugs == "ascii")
        if folder in config.all_languages or not (site / CONTENT / folder).is_dir():
            folder = ""
    return _in_language(PurePosixPath(folder, name), wanted.lang, site, config)


def _in_language(path: PurePosixPath, lang: str, site: Path, config: Config) -> str:
    """`path` for a language: in its folder, if it has one, else with its code before the suffix."""
    if lang == config.site.language:
        return str(path)
    if (site / CONTENT / lang).is_dir():
        return str(PurePosixPath(lang, path))
    return str(path.with_suffix(f".{lang}{path.suffix}"))


def _beside(original: Source, lang: str, site: Path, config: Config) -> str:
    """The file whose name says that it is the translation of `original`."""
    path = PurePosixPath(original.place.source)
    if path.parts[0] in config.all_languages and len(path.parts) > 1:
        path = PurePosixPath(*path.parts[1:])
    code = PurePosixPath(path.stem).suffix
    if code[1:] in config.all_languages:
        path = path.with_name(path.stem.removesuffix(code) + path.suffix)
    return _in_language(path, lang, site, config)


# What it says.


def _text(config: Config, wanted: Wanted, name: str, now: datetime) -> str:
    remarks = texts(wanted.kind, config.site.language)
    remarks["status"] = remarks["status"].format(file=name)
    if wanted.kind == "page":
        names = tuple(StandingFields.model_fields) if wanted.full else _SHORT_PAGE
        return front_matter(names, _values(config, wanted, now), remarks, _SHORT_PARTS)
    names = tuple(FrontMatter.model_fields) if wanted.full else _SHORT
    required = _required(config, wanted)
    more = [*config.taxonomies] if wanted.full else []
    more = [n for n in (*required, *more) if n not in names]
    at = names.index("status")
    names = (*names[:at], *dict.fromkeys(more), *names[at:])
    for taxonomy, settings in config.taxonomies.items():
        title = settings.title or taxonomy
        remarks[taxonomy] = remarks["taxonomy"].format(title=title)
    if config.sections:
        remarks["section"] = remarks["section_of"].format(sections=", ".join(config.sections))
    remarks["type"] = remarks["type"].format(types=", ".join((*TYPES, *config.types)))
    for field in required:
        remarks[field] = remarks["required"].format(text=remarks[field])
    parts = {} if wanted.full else _SHORT_PARTS
    return front_matter(names, _values(config, wanted, now), remarks, parts)


def _required(config: Config, wanted: Wanted) -> list[str]:
    """The fields that the section asks for, as far as there are such fields."""
    slug = urls.slug_of(wanted.section, ascii_only=config.urls.slugs == "ascii")
    section = config.sections.get(slug)
    names = [name.partition(".")[0] for name in (section.required if section else ())]
    return [n for n in names if n in FrontMatter.model_fields or n in config.taxonomies]


def _values(config: Config, wanted: Wanted, now: datetime) -> dict[str, str | Sequence[str]]:
    date = wanted.date or write_instant(now, zone(config.site.timezone))
    values: dict[str, str | Sequence[str]] = {
        "title": wanted.title,
        "date": Plain(date),
        "section": wanted.section,
        "tags": list(wanted.tags),
        "authors": list(wanted.authors),
        "status": Plain("draft"),
    }
    return {name: value for name, value in values.items() if value}


def _doubt(config: Config, wanted: Wanted) -> str:
    slug = urls.slug_of(wanted.section, ascii_only=config.urls.slugs == "ascii")
    if not slug or not config.sections or slug in config.sections:
        return ""
    near = did_you_mean(slug, config.sections)
    return f"the site has no section “{wanted.section}” in its settings; {near}".rstrip("; ")
