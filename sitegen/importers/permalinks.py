"""The addresses that builds give to files that name none themselves."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

from sitegen import urls
from sitegen.config import Config
from sitegen.importers.things import Matter, Value
from sitegen.instants import zone
from sitegen.read.place import place_of


def built_address(path: str, matter: Matter, config: Config) -> str:
    """Of the article or page at `path`; empty where builds refuse it."""
    place = place_of(path, config)
    day = local_day(matter.get("date"), config)
    if day is None and place.kind == "article":
        return ""
    day = day or date(1970, 1, 1)  # pages have none in theirs
    ascii_only = config.urls.slugs == "ascii"
    parts = {
        "year": f"{day:%Y}",
        "month": f"{day:%m}",
        "day": f"{day:%d}",
        "section": urls.slug_of(str(matter.get("section") or ""), ascii_only=ascii_only),
        "slug": str(matter.get("slug") or "")
        or urls.slug_of_stem(place.stem, ascii_only=ascii_only),
    }
    with suppress(ValueError):
        pattern = "/{slug}/" if place.kind == "page" else config.urls.permalink
        lang = language_of(path, matter, config)
        return urls.clean_url(config.prefix(lang) + urls.permalink(pattern, parts))
    return ""


def language_of(path: str, matter: Matter, config: Config) -> str:
    """Its front matter says it, else the place of its file."""
    named = str(matter.get("lang") or "")
    return named if named in config.all_languages else place_of(path, config).lang


def local_day(value: Value | None, config: Config) -> date | None:
    """The day of a date by the site's clock; None for what is none."""
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(zone(config.site.timezone))
    return value if isinstance(value, date) else None
