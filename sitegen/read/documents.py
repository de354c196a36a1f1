"""The files of content/ that are no articles: standing pages, authors, tags, terms, the front."""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from sitegen import urls
from sitegen.config import Config
from sitegen.digest import canonical, digest
from sitegen.errors import Problem, did_you_mean
from sitegen.instants import to_seconds
from sitegen.model import Document, Json
from sitegen.read.fields import Instant, StandingFields, TermFields
from sitegen.read.file import (
    ReadFile,
    context,
    decode,
    matter_of,
    unknown_fields,
    validate,
)
from sitegen.read.files import plain_values
from sitegen.read.leftovers import leftovers
from sitegen.read.links import Linker, linker_of
from sitegen.read.markdown import BELOW_HEADLINE, render_blocks, render_text
from sitegen.read.matter import MatterError
from sitegen.read.names import our_names
from sitegen.read.place import Place
from sitegen.read.remarks import remark_on_text
from sitegen.validation import explain, line_of, line_told, unknown_keys


def read_page(place: Place, data: bytes, config: Config) -> ReadFile:
    """A standing page: about, contact, a policy."""
    read = ReadFile(place.source, digest(data))
    try:
        matter = matter_of(data, place.source, config)
    except MatterError as error:
        read.errors += error.problems
        return read
    known = frozenset(StandingFields.model_fields)
    named = our_names(matter.values, config.front_matter, known)
    unknown_fields(named, matter, config, read, known)
    fields = validate(StandingFields, named, matter, config, read)
    if fields is None or read.errors:
        return read
    lang = fields.lang or place.lang
    linker = linker_of(place.source, config)
    slug = fields.slug or urls.slug_of_stem(place.stem, ascii_only=config.urls.slugs == "ascii")
    try:
        urls.check_segment(slug)
        url = fields.url or urls.clean_url(f"{config.prefix(lang)}/{slug}/")
    except ValueError as error:
        read.errors.append(Problem("slug", str(error), place.source, 1, "slug"))
        return read
    rendered = render_text(matter.body, lang, linker, config.markdown.html)
    leftovers(matter, linker, read)
    light = {
        "url": url,
        "title": fields.title,
        "draft": place.in_drafts or fields.status == "draft",
        "updated": to_seconds(fields.updated) if fields.updated else None,
        "template": fields.template or "standing.html",
        "noindex": fields.noindex,
        "pair": place.pair,
        "refs": linker.targets(),
        "lists": {name: wish.model_dump() for name, wish in fields.lists.items()},
        "data": fields.data,
        "aliases": fields.aliases,
    }
    body = {
        "url": url,
        "title": fields.title,
        "lang": lang,
        "summary": fields.summary,
        "description": fields.description or fields.summary or rendered.excerpt,
        "updated": fields.updated.isoformat() if fields.updated else "",
        "html": rendered.html,
        "headings": rendered.headings,
        "links": linker.refs,
        "extra": fields.extra,
    }
    remark_on_text(fields.title, rendered, linker, matter, read)
    read.silence = list(fields.silence)
    read.document = Document(place.source, "page", lang, light)
    read.facts = {f"body:{place.source}": canonical(body)}
    return read


def read_term(place: Place, data: bytes, config: Config) -> ReadFile:
    """What an author's, tag's or other term's file says of it, in every language."""
    read = ReadFile(place.source, digest(data))
    try:
        matter = matter_of(data, place.source, config)
    except MatterError as error:
        read.errors += error.problems
        return read
    known = frozenset(TermFields.model_fields)
    named = our_names({**matter.values}, config.front_matter, known)
    unknown_fields(named, matter, config, read, known)
    fields = validate(TermFields, named, matter, config, read)
    if fields is None or read.errors:
        return read
    ascii_only = config.urls.slugs == "ascii"
    linker = linker_of(place.source, config)
    text = fields.bio or fields.description or matter.body

    def html(marked: str, lang: str) -> str:
        return render_blocks(marked, lang, linker, config.markdown.html, BELOW_HEADLINE)

    light: dict[str, Json] = {
        "kind": place.taxonomy,
        "slug": urls.slug_of(place.stem, ascii_only=ascii_only),
        "name": _by_language(fields.name or fields.title, place.lang),
        "role": _by_language(fields.role, place.lang),
        "html": {
            lang: html(marked, lang) for lang, marked in _by_language(text, place.lang).items()
        },
        "links": [{"label": link.label, "url": linker.link(link.url)} for link in fields.links],
        "merge": [urls.slug_of(name, ascii_only=ascii_only) for name in fields.merge],
        "extra": fields.extra,
    }
    light["shown"] = linker.targets()  # before the portrait, which may be one of them
    light["image"] = _image(fields, linker)
    light["refs"] = linker.targets()
    light["picture"] = linker.target_of(light["image"]["src"]) if light["image"] else ""
    light["references"] = linker.refs
    leftovers(matter, linker, read)
    read.silence = list(fields.silence)
    read.document = Document(place.source, "term", place.lang, light)
    return read


def _image(fields: TermFields, linker: Linker) -> dict[str, Json] | None:
    if fields.image is None:
        return None
    shown = fields.image.model_dump(exclude={"decorative", "creator", "copyright", "license"})
    return {**shown, "src": linker.picture(fields.image.src)}


def _by_language(value: str | Mapping[str, str], lang: str) -> dict[str, str]:
    if isinstance(value, str):
        return {lang: value} if value.strip() else {}
    return dict(value)


class _Picks(BaseModel):
    model_config = ConfigDict(extra="forbid")
    lead: str = ""
    top: list[str] = []
    until: Instant | None = None


class _Front(_Picks):
    sections: Mapping[str, _Picks] = {}


def read_front(place: Place, data: bytes, config: Config) -> ReadFile:
    """`front.toml`: home's lead and top stories by hand, per language and section."""
    read = ReadFile(place.source, digest(data))
    try:
        text = decode(data, place.source)
        values = plain_values(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        message = f"this is not TOML: {error}"
        read.errors.append(Problem("front-syntax", message, place.source, line_told(error, text)))
        return read
    except MatterError as error:
        read.errors += error.problems
        return read
    # Only the site's own file may speak for other languages: one in their folder speaks for itself.
    others = config.languages if place.lang == config.site.language else ()
    tables = {code: values.pop(code) for code in list(values) if code in others}
    facts: dict[str, Json] = {}
    for lang, table in ((place.lang, values), *tables.items()):
        path = (lang,) if lang in tables else ()
        try:
            front = _Front.model_validate(table, context=context(config))
        except ValidationError as error:
            read.errors += (_wrong(item, path, text, place.source) for item in error.errors())
        else:
            read.errors += _unknown_sections(front, path, text, place.source, config)
            facts[lang] = _picks(front)
    if not read.errors:
        read.document = Document(place.source, "front", place.lang, facts)
    return read


def _wrong(item: Any, table: tuple[str, ...], text: str, source: str) -> Problem:
    inner = tuple(str(part) for part in item["loc"] if not isinstance(part, int))
    path = (*table, *inner)
    unknown = inner and item["type"] == "extra_forbidden"
    hint = did_you_mean(inner[-1], unknown_keys(_Front, inner[:-1])) if unknown else ""
    return Problem("front", explain(item), source, line_of(text, path), ".".join(path), hint)


def _unknown_sections(
    front: _Front, table: tuple[str, ...], text: str, source: str, config: Config
) -> Iterator[Problem]:
    """Home shows the sections of the settings, and the stories of no other could stand there."""
    for slug in front.sections:
        if slug not in config.sections:
            path = (*table, "sections", slug)
            message = f"the settings have no section “{slug}”"
            near = did_you_mean(slug, config.sections)
            hint = near or f"there are: {', '.join(config.sections) or 'none'}"
            yield Problem("front", message, source, line_of(text, path), ".".join(path), hint)


def _target(written: str) -> str:
    return f"url:{written}" if written.startswith("/") else f"source:{written}"


def _picks(front: _Front) -> dict[str, Any]:
    def one(picks: _Picks) -> dict[str, Any]:
        return {
            "lead": _target(picks.lead) if picks.lead else "",
            "top": [_target(written) for written in picks.top],
            "until": to_seconds(picks.until) if picks.until else None,
        }

    return {**one(front), "sections": {slug: one(part) for slug, part in front.sections.items()}}
