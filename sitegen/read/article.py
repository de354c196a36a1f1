"""An article's file into what plan knows of it and the facts that pages show."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sitegen import urls
from sitegen.config import TAKEN, Config
from sitegen.digest import canonical, digest
from sitegen.errors import Problem
from sitegen.instants import is_day, to_seconds
from sitegen.model import REF, Article, Body, Corrections, Picture, Summary, Term
from sitegen.read.fields import TYPES, Correction, FrontMatter, Source
from sitegen.read.file import (
    ReadFile,
    matter_of,
    named_article,
    unknown_fields,
    validate,
)
from sitegen.read.leftovers import leftovers
from sitegen.read.links import Linker, linker_of
from sitegen.read.markdown import Rendered, render_blocks, render_inline, render_text
from sitegen.read.matter import Matter, MatterError
from sitegen.read.names import Named
from sitegen.read.place import Place
from sitegen.read.remarks import remark_on_article, remark_on_text


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
    linker = linker_of(place.source, config, sponsored=fields.type == "sponsored")
    timed = not is_day(str(named.values["date"]))
    lang = fields.lang or place.lang
    rendered = render_text(matter.body, lang, linker, config.markdown.html)
    body = _body(fields, url, lang, rendered, timed, linker, config)
    leftovers(matter, linker, read)
    remark_on_article(fields, named, matter, rendered, read)
    remark_on_text(fields.title, rendered, linker, matter, read)
    read.silence = list(fields.silence)
    card = {key: value for key, value in fields.extra.items() if key in card_extra}
    summary = {name: body[name] for name in Summary.__annotations__}  # type: ignore[literal-required]
    # mypy wants literal keys of a TypedDict; Body has all of Summary's by inheritance.
    summary |= _card_picture(body)
    read.article = _article(fields, body, place, terms, linker, config)
    read.facts = {
        f"summary:{place.source}": canonical({**summary, "extra": card}),
        f"body:{place.source}": canonical(body),
    }
    if body["corrections"]:
        log: Corrections = {
            "url": url,
            "title": body["title"],
            "corrections": body["corrections"],
            "links": body["links"],
        }
        read.facts[f"corrections:{place.source}"] = canonical(log)
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
    """The fields that the article's section asks for."""
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


def _body(
    fields: FrontMatter,
    url: str,
    lang: str,
    rendered: Rendered,
    timed: bool,
    linker: Linker,
    config: Config,
) -> Body:
    mode = config.markdown.html

    def inline(text: str) -> str:
        return render_inline(text, lang, linker, mode) if text else ""

    def blocks(text: str) -> str:
        return render_blocks(text, lang, linker, mode) if text else ""

    summary = fields.summary or rendered.excerpt
    modified = _modified(fields)
    section = urls.slug_of(fields.section, ascii_only=_ascii(config))
    return {
        "url": url,
        "title": fields.title,
        "short_title": fields.short_title or fields.title,
        "summary": summary,
        "kicker": fields.kicker,
        "date": fields.date.isoformat(),
        "section": section,
        "type": fields.type,
        "lang": lang,
        "featured": fields.featured,
        "modified": modified.isoformat() if modified else "",
        "extra": fields.extra,
        "description": fields.description or summary,
        "standfirst": fields.summary,
        "timed": timed,
        "html": rendered.html,
        "words": rendered.words,
        "headings": rendered.headings,
        "image": _picture(fields, linker, inline),
        "key_points": [inline(point) for point in fields.key_points],
        "why_it_matters": blocks(fields.why_it_matters),
        "what_it_means": blocks(fields.what_it_means),
        "faq": [{"question": q.question, "answer": blocks(q.answer)} for q in fields.faq],
        "sources": [_cited(source, linker) for source in fields.sources],
        "corrections": [
            {
                "id": _correction_id(c),
                "date": c.date.isoformat(),
                "text": inline(c.text),
                "minor": c.minor,
            }
            for c in fields.corrections
        ],
        "updated": fields.updated.isoformat() if fields.updated else "",
        "canonical_url": fields.canonical_url or "",
        "noindex": fields.noindex,
        "paywall": fields.paywall,
        "ai": fields.ai.model_dump() if fields.ai else None,
        "audio": _audio(fields, linker),
        "aliases": fields.aliases,
        "links": linker.refs,
    }


def _cited(source: Source, linker: Linker) -> dict[str, str]:
    """A source; one of this site's own pages is linked like any other link to it."""
    url = linker.link(source.url) if source.url else ""
    title = source.title or ("" if url.startswith(REF) else url)
    return {"title": title, "url": url, "publisher": source.publisher}


def _correction_id(correction: Correction) -> str:
    """What names a correction in its article: readers' feeds must know it again.

    Its number would change when one is written above it; of two on one day the text tells which.
    """
    name = digest(correction.text.encode()).hex()[:8]
    return f"correction-{correction.date:%Y-%m-%d}-{name}"


def _modified(fields: FrontMatter) -> datetime | None:
    """`dateModified`: the later of `updated` and the last correction that is not minor."""
    moments = [c.date for c in fields.corrections if not c.minor]
    if fields.updated:
        moments.append(fields.updated)
    # Python compares two moments of one zone by the clock, which repeats an hour in autumn.
    return max(moments, key=to_seconds, default=None)


def _picture(fields: FrontMatter, linker: Linker, inline: Any) -> Picture | None:
    if fields.image is None:
        return None
    return {
        "src": linker.picture(fields.image.src),
        "alt": fields.image.alt,
        "caption": inline(fields.image.caption),
        "credit": fields.image.credit,
        "focus": fields.image.focus or "",
    }


def _card_picture(body: Body) -> dict[str, Any]:
    """The hero as a card shows it, with a list of references of its own."""
    image = body["image"]
    if image is None:
        return {"image": None, "links": []}
    shown = {**image, "caption": ""}
    if not image["src"].startswith(REF):
        return {"image": shown, "links": []}
    ref = body["links"][int(image["src"].removeprefix(REF))]
    return {"image": {**shown, "src": f"{REF}0"}, "links": [ref]}


def _audio(fields: FrontMatter, linker: Linker) -> dict[str, str] | None:
    if fields.audio is None:
        return None
    audio = fields.audio
    transcript = linker.link(audio.transcript) if audio.transcript else ""
    return {**audio.model_dump(), "src": linker.sound(audio.src), "transcript": transcript}


def _article(
    fields: FrontMatter,
    body: Body,
    place: Place,
    terms: tuple[Term, ...],
    linker: Linker,
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
        template=fields.template or "",
        pair=place.pair,
        translation_of=_reference(fields.translation_of, linker),
        modified=to_seconds(_modified(fields) or fields.date),
        corrected=bool(fields.corrections),
        picture=linker.target_of(body["image"]["src"]) if body["image"] else "",
        terms=terms,
        related=tuple(_reference(target, linker) for target in fields.related),
        refs=linker.targets(),
        aliases=tuple(fields.aliases),
    )


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
