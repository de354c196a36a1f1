"""What a new site takes over of Hugo's settings: sections, languages, addresses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sitegen.importers.generators.data import group, texts
from sitegen.importers.generators.files import as_matter
from sitegen.importers.generators.hugo.settings import HugoSettings
from sitegen.importers.generators.paths import our_pattern
from sitegen.importers.things import Setting
from sitegen.read.matter import MatterError
from sitegen.urls import slug_of

_NO_SECTIONS = {"tags", "authors", "author", "categories"}


def settings_for(settings: HugoSettings, title: str) -> Iterator[Setting]:
    menu = dict(_menu(settings))
    for slug, name in menu.items():
        yield Setting(("sections", slug, "title"), name)
    for file in sorted(settings.languages[0].content.glob("*/_index.md")):
        if file.parent.name not in {*_NO_SECTIONS, *settings.taxonomies}:
            yield from _section(file, titled=not menu)
    for language in settings.languages[1:]:
        yield Setting(("languages", language.code, "title"), language.title or title)
    if pattern := _pattern(settings):
        yield Setting(("urls", "permalink"), pattern)


def _menu(settings: HugoSettings) -> Iterator[tuple[str, str]]:
    """Slug and title of the sections that the main menu leads to, in its order."""
    menus = group(settings.values, "menus") or group(settings.values, "menu")
    main = menus.get("main")
    listed = main if isinstance(main, list) else []
    items = [{k.lower(): v for k, v in item.items()} for item in listed if isinstance(item, dict)]
    for item in sorted(items, key=_weight):
        path = str(item.get("pageref") or item.get("url") or "").strip("/")
        folder = settings.languages[0].content / path
        if path and "/" not in path and folder.is_dir() and item.get("name"):
            yield slug_of(path), str(item["name"])


def _weight(item: dict[str, object]) -> int:
    weight = item.get("weight")
    return weight if isinstance(weight, int) else 0


def _section(file: Path, *, titled: bool) -> Iterator[Setting]:
    """What a list's own page says of it."""
    try:
        values = as_matter(file.read_bytes(), file.name, json_too=True).values
    except MatterError:  # told when its turn comes
        return
    for field in ("title", "description") if titled else ("description",):
        if words := " ".join(texts(values.get(field))):
            yield Setting(("sections", slug_of(file.parent.name), field), words)


def _pattern(settings: HugoSettings) -> str:
    """The one pattern of all sections; empty where there are several, or none."""
    permalinks = settings.languages[0].permalinks
    kinds = group(permalinks, "page") or {k: v for k, v in permalinks.items() if isinstance(v, str)}
    patterns = set(texts([*kinds.values()]))
    return our_pattern(patterns.pop()) if len(patterns) == 1 else ""
