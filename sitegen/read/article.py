"""An article's file into what plan knows of it and the facts that pages show."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from sitegen import urls
from sitegen.config import Config
from sitegen.digest import canonical, canonical_texts, digest
from sitegen.errors import Problem
from sitegen.instants import is_day, to_seconds
from sitegen.model import TYPES, Article, Body, Corrections, Summary, Term
from sitegen.read.body import Story, body_of, card_picture, modified, opening_of
from sitegen.read.fields import FrontMatter
from sitegen.read.file import (
    ReadFile,
    matter_of,
    named_article,
    unknown_fields,
    validate,
)
from sitegen.read.leftovers import leftovers
from sitegen.read.links import Linker
from sitegen.read.markdown import render_text
from sitegen.read.matter import Matter, MatterError
from sitegen.read.names import Named
from sitegen.read.place import Place
from sitegen.read.remarks import remark_on_article, remark_on_text
from sitegen.settings import TAKEN


def read_article(
    place: Place, data: bytes, config: Config, card_extra: Collection[str]
) -> ReadFile:
    """Read the bytes of an article's file. Never raises for what is in them.

    `card_extra` are the keys of `extra` that the theme shows on cards.
    """
    read = ReadFile(place.source, digest(data))
    try:
        matter = matter_of(data, place.source, config)
    except MatterError as error:
        read.errors += error.problems
        return read
    named = named_article(matter, config)
    unknown_fields(named, matter, config, read)
    _habits(named, place, config)
    taxonomies = {name: named.values.pop(name, None) for name in config.taxonomies}
    fields = validate(FrontMatter, named, matter, config, read)
    if fields is None:
        return read
    terms = _terms(fields, taxonomies, config, matter, named, read)
    _required(fields, taxonomies, config, matter, read)
    url = _url(fields, place, config, matter, read)
    if read.errors:
        return read
    timed, updated_timed = (not is_day(str(named.values.get(n, ""))) for n in ("date", "updated"))
    lang = fields.lang or place.lang
    story = Story(place.source, fields, matter.body, url, lang, timed, updated_timed, config)
    linker, opening = story.linker(), story.linker()
    encoded = canonical if fields.extra else canonical_texts  # which may hold a fraction
    rendered = render_text(matter.body, lang, linker, config.markdown.html)
    if fields.paywall:
        beginning = opening_of(story, rendered.words, opening)
        read.facts[f"open:{place.source}"] = encoded(beginning)
        rendered.excerpt = beginning["summary"]
    body = body_of(story, rendered, linker)
    leftovers(matter, linker, read)
    remark_on_article(fields, named, matter, rendered, read)
    remark_on_text(fields.title, rendered, linker, matter, read)
    read.silence = list(fields.silence)
    card = {key: value for key, value in fields.extra.items() if key in card_extra}
    summary = {name: body[name] for name in Summary.__annotations__}  # type: ignore[literal-required]
    # mypy wants literal keys of a TypedDict; Body has all of Summary's by inheritance.
    summary |= card_picture(body)
    read.article = _article(fields, body, place, terms, linker, opening, config)
    read.facts |= {
        f"summary:{place.source}": encoded({**summary, "extra": card}),
        f"body:{place.source}": encoded(body),
    }
    if body["corrections"]:
        log: Corrections = {
            "url": url,
            "title": body["title"],
            "corrections": body["corrections"],
            "links": body["links"],
        }
        read.facts[f"corrections:{place.source}"] = canonical_texts(log)
    return read


def _habits(named: Named, place: Place, config: Config) -> None:
    """What a file's name and folder say when its fields do not."""
    if place.date:
        named.values.setdefault("date", place.date)
    if place.in_drafts:
        named.values["status"] = "draft"
    if config.front_matter.preset == "hugo" and named.values.get("type") not in _types(config):
        named.values.pop("type", None)  # there it chooses a layout
    by_folder = config.front_matter.preset in ("hugo", "zola") and not place.folder.isdecimal()
    if by_folder and place.folder:
        named.values.setdefault("section", place.folder)


def _types(config: Config) -> tuple[str, ...]:
    return (*TYPES, *config.types)


def _terms(
    fields: FrontMatter,
    taxonomies: dict[str, Any],
    config: Config,
    matter: Matter,
    named: Named,
    read: ReadFile,
) -> tuple[Term, ...]:
    """The names that list the article, each slug once."""
    groups: list[tuple[str, str, list[Any]]] = [
        ("section", "section", [fields.section] if fields.section else []),
        ("author", "authors", fields.authors),
        ("tag", "tags", fields.tags),
    ]
    for name, value in taxonomies.items():
        values = value if isinstance(value, list) else [] if value is None else [value]
        groups.append((name, name, values))
    terms: dict[tuple[str, str], Term] = {}
    for kind, field, values in groups:
        for name in values:
            slug = urls.slug_of(name, ascii_only=_ascii(config)) if isinstance(name, str) else ""
            if problem := _no_address(kind, name, slug):
                line, column = matter.at((named.written.get(field, field),))
                hint = "choose another name for it"
                read.errors.append(Problem("term", problem, read.source, line, field, hint, column))
            else:
                terms.setdefault((kind, slug), Term(kind, slug, str(name)))
    return tuple(terms.values())


def _no_address(kind: str, name: object, slug: str) -> str:
    """Why a term's name makes no address; empty when it makes one."""
    if kind == "section" and slug in TAKEN:
        return f"“{name}” cannot be a section: sitegen has that address already"
    if not slug:
        return f"“{name}” holds no letter or digit to make an address of"
    try:
        urls.check_segment(slug)
    except ValueError as error:
        return f"“{str(name)[:40]}” makes no address: {error}"
    return ""


def _ascii(config: Config) -> bool:
    return config.urls.slugs == "ascii"


def _required(
    fields: FrontMatter, taxonomies: dict[str, Any], config: Config, matter: Matter, read: ReadFile
) -> None:
    """The fields that the article's section asks for; a draft may lack them as yet."""
    if fields.status == "draft":
        return
    section = config.sections.get(urls.slug_of(fields.section, ascii_only=_ascii(config)))
    for name in section.required if section else ():
        if not (getattr(fields, name, None) or taxonomies.get(name)):
            message = f"the section “{fields.section}” requires “{name}”"
            line = matter.first_line
            read.errors.append(
                Problem("field-required", message, read.source, line, name, "add it")
            )


def _url(fields: FrontMatter, place: Place, config: Config, matter: Matter, read: ReadFile) -> str:
    lang = fields.lang or place.lang
    if fields.url:
        return fields.url
    slug = fields.slug or urls.slug_of_stem(place.stem, ascii_only=_ascii(config))
    section = urls.slug_of(fields.section, ascii_only=_ascii(config))
    parts = {
        "year": f"{fields.date:%Y}",
        "month": f"{fields.date:%m}",
        "day": f"{fields.date:%d}",
        "section": section,
        "slug": slug,
    }
    try:
        urls.check_segment(slug)
        return urls.clean_url(config.prefix(lang) + urls.permalink(config.urls.permalink, parts))
    except ValueError as error:
        message = f"its address cannot be made from the file's name: {error}"
        hint = "add a line such as slug: harbour-storm"
        line = matter.first_line
        read.errors.append(Problem("slug", message, read.source, line, "slug", hint))
        return ""


def _article(
    fields: FrontMatter,
    body: Body,
    place: Place,
    terms: tuple[Term, ...],
    linker: Linker,
    opening: Linker,
    config: Config,
) -> Article:
    return Article(
        source=place.source,
        card=f"summary:{place.source}",
        lang=body["lang"],
        url=body["url"],
        date=to_seconds(fields.date),
        day=f"{fields.date:%Y-%m-%d}",
        section=next((t.slug for t in terms if t.kind == "section"), ""),
        type=fields.type,
        draft=fields.status == "draft",
        embargo=to_seconds(fields.embargo) if fields.embargo else None,
        expires=to_seconds(fields.expires) if fields.expires else None,
        withdrawn=to_seconds(fields.withdrawn.date) if fields.withdrawn else None,
        reason=fields.withdrawn.reason if fields.withdrawn else "",
        breaking=_breaking_end(fields, config),
        featured=fields.featured,
        noindex=fields.noindex,
        elsewhere=_is_elsewhere(fields.canonical_url, body["url"], config),
        paywall=fields.paywall,
        template=fields.template or "",
        pair=place.pair if len(config.all_languages) > 1 else "",
        translation_of=_reference(fields.translation_of, linker),
        modified=to_seconds(modified(fields) or fields.date),
        updated=to_seconds(fields.updated) if fields.updated else None,
        corrected=max((to_seconds(c.date) for c in fields.corrections), default=None),
        picture=linker.target_of(body["image"]["src"]) if body["image"] else "",
        focus=body["image"]["focus"] if body["image"] else "",
        terms=terms,
        related=tuple(_reference(target, linker) for target in fields.related),
        refs=linker.targets(),
        open_refs=opening.targets(),
        recording=_recording(body, linker),
        aliases=tuple(fields.aliases),
    )


def _is_elsewhere(canonical: str | None, url: str, config: Config) -> bool:
    """Whether an article names another address than its own as the canonical one."""
    if canonical is None:
        return False
    parts = urlsplit(canonical)
    own = (config.host, unquote(f"{config.base_path}{url[1:]}"))
    return (parts.hostname, unquote(parts.path)) != own


def _recording(body: Body, linker: Linker) -> tuple[str, ...]:
    """Its text may be a page too: only of a file's path is it sure that it must be there."""
    audio = body["audio"]
    if audio is None:
        return ()
    sound, text = (linker.target_of(audio[name]) for name in ("src", "transcript"))
    return tuple(ref for ref in (sound, text if text.startswith("file:") else "") if ref)


def _breaking_end(fields: FrontMatter, config: Config) -> int | None:
    """When it stops being breaking: hours that pass, whatever clocks are set to meanwhile."""
    if isinstance(fields.breaking, datetime):
        return to_seconds(fields.breaking)
    visible = max(map(to_seconds, filter(None, (fields.date, fields.embargo))))
    return visible + config.ticker.breaking_hours * 3600 if fields.breaking else None


def _reference(target: str, linker: Linker) -> str:
    """A reference in front matter: a source, relative to the file or to content/, or a URL."""
    if not target:
        return ""
    if target.lower().endswith((".md", ".markdown")):
        relative = target.startswith(("./", "../"))
        return f"source:{linker.resolve(target if relative else f'/{target}')}"
    return f"url:{target}"
