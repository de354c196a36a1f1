"""Front matter of other generators under our names, as builds will accept it."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sitegen import i18n, urls
from sitegen.config import Config
from sitegen.importers.generators.data import writable
from sitegen.importers.generators.entries import Entry, System
from sitegen.importers.generators.moments import is_to_come, moment_of
from sitegen.importers.generators.page import EntryPage
from sitegen.importers.generators.pictures import image_of, with_picture
from sitegen.importers.text import line_of
from sitegen.importers.things import Matter as Written
from sitegen.importers.things import Wishes
from sitegen.importers.undated import stand_in
from sitegen.model import TYPES
from sitegen.read.fields import FrontMatter, StandingFields, TermFields, plain_text, typed
from sitegen.read.file import ReadFile, validate
from sitegen.read.matter import Matter
from sitegen.read.names import Named, our_names
from sitegen.settings import TAKEN, FrontMatterSettings

_ORDER = (
    *(
        "title",
        "name",
        "role",
        "date",
        "slug",
        "url",
        "lang",
        "section",
        "tags",
        "authors",
        "kicker",
    ),
    *("short_title", "summary", "description", "image", "updated", "type", "status", "embargo"),
    *("expires", "featured", "noindex", "canonical_url", "related", "links", "aliases", "extra"),
)
_DATES = ("date", "updated", "embargo", "expires")
_LISTS = ("tags", "authors", "aliases", "related", "key_points")
_SAID_OTHERWISE = ("date", "url", "slug", "type", "status")
"""What a page or an author has not, and what nobody misses there."""
_STANDFIRSTS = ("standfirst", "deck", "dek", "subtitle")
_MODELS: Mapping[str, type[FrontMatter | StandingFields | TermFields]] = {
    "article": FrontMatter,
    "page": StandingFields,
    "author": TermFields,
    "tag": TermFields,
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What all front matter of one source is read by."""

    settings: FrontMatterSettings
    taxonomies: tuple[str, ...]
    zone: str
    """Of dates without one."""
    config: Config
    """As what is written will be checked."""


def rules_of(system: System, wishes: Wishes) -> Rules:
    about = system.about()
    timezone = wishes.timezone if not wishes.new_site else about.timezone or "UTC"
    language = wishes.language if not wishes.new_site else about.language
    site = {
        "title": "-",
        "base_url": "https://news.example.org/",
        "language": language if i18n.is_language(language) else "en",
        "timezone": timezone,
    }
    languages = (*wishes.languages, *system.languages)
    config = Config.model_validate(
        {
            "site": site,
            "languages": {c: {} for c in languages if c != site["language"]},
            "urls": {"slugs": "ascii" if wishes.ascii_slugs else "keep"},
        }
    )
    settings = FrontMatterSettings(preset=system.preset, names=dict(system.names))
    return Rules(settings, system.taxonomies, system.zone or timezone, config)


def matter_of(entry: Entry, rules: Rules, page: EntryPage) -> Written:
    """The front matter of what `entry` becomes; what cannot be carried is told to `page`."""
    named = our_names(with_picture(entry.values), rules.settings, rules.taxonomies)
    values = dict(named.values)
    _above(values, named, entry)
    fields = _MODELS[entry.kind].model_fields
    extra = {n: v for n, v in entry.values.items() if n in named.unknown and n not in fields}
    values |= {n: entry.values[n] for n in named.unknown if n in fields}
    extra |= values["extra"] if isinstance(values.get("extra"), dict) else {}
    if named.mistakes:
        values["status"] = "draft"
        for name, _, _ in named.mistakes:
            page.lose("held", f"{name}: {entry.values[name]}")
    for name in _DATES:
        if name in values:
            values[name] = _moment(name, values[name], rules, page)
    _as_texts(values)
    _habits(values, entry, rules, page)
    values["extra"] = writable(typed(extra))
    if entry.sure:
        values.pop("slug", None)  # its address says it
    values["url"] = entry.url if entry.sure else values.get("url")
    # Empty: the settings make it, and it is to be written only where another file has that one.
    return _ordered({"url": "", **_valid(values, entry, rules, page)}, rules)


def _above(values: dict[str, Any], named: Named, entry: Entry) -> None:
    """Where both a standfirst and a summary are there, the summary is for search engines."""
    for name, winner in named.doubled:
        if named.written.get("summary") == winner and name.lower() in _STANDFIRSTS:
            values.setdefault("description", values["summary"])
            values["summary"] = entry.values[name]


def _moment(name: str, value: Any, rules: Rules, page: EntryPage) -> datetime | date | None:
    """A day, or an instant; None, and a loss, for what is none."""
    several = list(value) if isinstance(value, tuple) else [value]
    found: list[datetime | date] = []
    wrong: list[str] = []
    for text in several:
        try:
            found.append(moment_of(str(text), rules.zone))
        except ValueError as error:
            wrong.append(f"{name}: {error}")
    if found or name != "date" or page.entry.kind != "article":  # which is told: it has none
        for words in wrong:
            page.lose("date", words)
    return found[-1] if found else None


def _as_texts(values: dict[str, Any]) -> None:
    """What YAML and TOML write in several ways, in the one that fits the field."""
    for name, value in list(values.items()):
        if name in _LISTS:
            listed = value if isinstance(value, list) else [value]
            texts = (_name(item) for item in listed)
            values[name] = list(dict.fromkeys(text for text in texts if text))
        elif name == "image":
            values[name] = image_of(value)
        elif name in ("featured", "noindex", "breaking", "paywall"):
            values[name] = typed(value)
        elif isinstance(value, str) and name not in ("why_it_matters", "what_it_means"):
            values[name] = line_of(str(value))


def _name(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name") or value.get("title") or ""
    return str(plain_text(str(value))) if isinstance(value, str | int | float) else ""


def _habits(values: dict[str, Any], entry: Entry, rules: Rules, page: EntryPage) -> None:
    if entry.kind == "article":
        if not isinstance(values.get("date"), date):
            said = str(entry.values.get("date") or "")
            known = (("its last change", values.pop("updated", None)),)
            values["date"] = stand_in(said, known, page.lose)
            if values.get("status") != "draft":
                page.hold()
            values["status"] = "draft"
        if values.get("type") not in (*TYPES, *rules.config.types):
            values.pop("type", None)  # there it chooses a layout
        values["section"] = values.get("section") or entry.section
        if isinstance(values["section"], list):
            values["section"], *others = values["section"]
            values["tags"] = [*values.get("tags", ()), *map(_name, others)]
        _take_section(values, rules)
        _with_addresses(values, page)
        _references(values, page)
        if original := values.pop("translation_of", None):
            values["translation_of"] = page.story(str(original))
    elif entry.kind == "page":
        if "embargo" in values or is_to_come(values.get("date")):
            values["status"] = "draft"
            page.lose("held", "a page that waits for a date")
        else:
            values.setdefault("updated", values.get("date"))
    if is_to_come(values.get("updated")):
        page.lose("date", f"updated: {values.pop('updated')} is still to come")
    named = isinstance(values.get("title"), str) and values["title"].strip()
    if not named and entry.kind in ("article", "page"):
        stem = posixpath.splitext(entry.path)[0].removesuffix("/index")
        values["title"] = posixpath.basename(stem).replace("-", " ").capitalize()
        page.lose("title", values["title"])
    if entry.kind in ("author", "tag") and not named and not values.get("name"):
        values["name"] = posixpath.splitext(posixpath.basename(entry.path))[0]
    if image := values.get("image"):
        if src := page.picture(image.get("src", "")):
            values["image"] = {**image, "src": src} if len(image) > 1 else src
        else:
            del values["image"]


def may_be_section(slug: str, rules: Rules) -> bool:
    """Whether sitegen has no other use for the address of a section."""
    taken = slug in TAKEN or slug in rules.config.all_languages or slug.isdecimal()
    return _is_address(slug) and not taken


def _is_address(slug: str) -> bool:
    try:
        urls.check_segment(slug)
    except ValueError:
        return False
    return True


def _take_section(values: dict[str, Any], rules: Rules) -> None:
    """A section whose address sitegen has for something else is a tag."""
    name = str(values["section"])
    slug = urls.slug_of(name) if name else ""
    if not may_be_section(slug, rules):
        values.pop("section")
        if slug:
            values["tags"] = list(dict.fromkeys([*values.get("tags", ()), name]))


def _with_addresses(values: dict[str, Any], page: EntryPage) -> None:
    """Only names that a list can be called by; builds refuse others."""
    for field in ("tags", "authors"):
        names = values.get(field, ())
        values[field] = [name for name in names if _is_address(urls.slug_of(name))]
        for name in names:
            if name not in values[field]:
                page.lose("field", f"{field}: {name}")


def _references(values: dict[str, Any], page: EntryPage) -> None:
    """What must be there, or builds refuse the article: related ones and recordings."""
    if "related" in values:
        found = {name: page.story(name) for name in values["related"]}
        values["related"] = list(filter(None, found.values()))
        for name in (name for name, story in found.items() if not story):
            page.lose("link", f"related: {name}")
    sound = values.pop("audio", None)
    src = sound.get("src") if isinstance(sound, dict) else sound
    if sound and src:
        if file := page.recording(str(src)):
            values["audio"] = {**sound, "src": file} if isinstance(sound, dict) else file
        else:
            page.lose("media", f"audio: {src}")


def _valid(values: dict[str, Any], entry: Entry, rules: Rules, page: EntryPage) -> dict[str, Any]:
    """`values` without what builds would refuse."""
    values = {name: value for name, value in values.items() if value not in (None, "", [], {})}
    model = _MODELS[entry.kind]
    for name in list(values):
        if name not in model.model_fields and name not in rules.taxonomies:
            value = values.pop(name)
            if name not in _SAID_OTHERWISE:
                page.lose("field", f"{name}: {value}")
    terms = {name: values.pop(name) for name in rules.taxonomies if name in values}
    for _ in range(len(values)):
        checked = {n: _checked(v) for n, v in values.items() if n not in ("url", "aliases")}
        read = ReadFile(entry.file, b"")
        found = validate(model, Named(dict(checked)), Matter(checked, "", 1), rules.config, read)
        if found is not None or not read.errors:
            break
        for problem in read.errors:
            name = problem.field.partition(".")[0].partition("[")[0]
            if name in values:
                page.lose("field", f"{name}: {values.pop(name)}: {problem.message}")
    return values | {name: _listed(value) for name, value in terms.items()}


def _listed(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [name for item in items if _is_address(urls.slug_of(name := _name(item)))]


def _checked(value: Any) -> Any:
    """A value as it is read from a file."""
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, date) else value


def _ordered(values: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    order = [*_ORDER[:9], *rules.taxonomies, *_ORDER[9:]]
    ranked = sorted(values, key=lambda name: order.index(name) if name in order else len(order))
    return {name: values[name] for name in ranked}
