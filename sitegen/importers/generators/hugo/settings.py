"""Hugo's settings: `hugo.toml` and its like, or the files of `config/_default/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sitegen import i18n, instants
from sitegen.importers.generators.data import group, lowered, read_data, read_if_there, texts
from sitegen.importers.sources import unreadable
from sitegen.read.matter import MatterError

_PARTS = ("permalinks", "taxonomies", "languages", "params", "menus", "menu", "frontmatter")
_KNOWN_TAXONOMIES = {"tags", "categories", "authors", "author"}


@dataclass(frozen=True, slots=True)
class Language:
    """One of the site's languages."""

    code: str
    """As sitegen writes it: `pt-BR`."""
    key: str
    """As the folder calls it: `pt-br`."""
    content: Path
    title: str = ""
    prefix: str = ""
    """What its addresses begin with: `/pt-br`, or nothing."""
    permalinks: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HugoSettings:
    values: Mapping[str, Any]
    """Names in small letters; empty where the source is a folder of content alone."""
    languages: tuple[Language, ...]
    """The default one first."""
    zone: str
    taxonomies: tuple[str, ...]
    """Beside those that sitegen has anyway."""

    def text(self, name: str) -> str:
        value = self.values.get(name, "")
        return str(value) if isinstance(value, str | int) else ""

    @property
    def dates_by_name(self) -> bool:
        """Whether files' names begin with dates, which are then no part of addresses."""
        return ":filename" in texts(group(self.values, "frontmatter").get("date"))

    def is_on(self, name: str) -> bool:
        return self.values.get(name) is True


def settings_of(root: Path) -> HugoSettings:
    """Raises SitegenError for settings that cannot be read."""
    try:
        values = _values(root)
    except MatterError as error:
        problem = error.problems[0]
        hint = "correct Hugo's settings, or import from a copy without them"
        where = f"{problem.source}: {problem.message}"
        raise unreadable(root, where, hint, problem.line) from None
    zone = str(values.get("timezone") or "UTC")
    try:
        instants.zone(zone)
    except ValueError:
        zone = "UTC"
    declared = group(values, "taxonomies") or {"tag": "tags", "category": "categories"}
    taxonomies = tuple(
        dict.fromkeys(name for name in texts([*declared.values()]) if name not in _KNOWN_TAXONOMIES)
    )
    return HugoSettings(values, tuple(_languages(root, values)), zone, taxonomies)


def _values(root: Path) -> dict[str, Any]:
    folder = root / "config" / "_default"
    values = read_if_there(root, "hugo", "config") or read_if_there(folder, "hugo", "config")
    values = lowered(values)
    for name in _PARTS:
        if folder.is_dir() and (part := read_if_there(folder, name)):
            values[name] = {**group(values, name), **part}
    for file in sorted(folder.glob("*.*.*")) if folder.is_dir() else ():
        name, _, code = file.stem.partition(".")  # `menus.fr.toml`
        if name in _PARTS and (languages := group(values, "languages")) and code in languages:
            languages[code][name] = read_data(file)
    return values


def _languages(root: Path, values: Mapping[str, Any]) -> list[Language]:
    default = str(values.get("defaultcontentlanguage") or "en").lower()
    content = root / str(values.get("contentdir") or "content")
    if not content.is_dir():
        content = root
    declared = group(values, "languages")
    own = str(values.get("languagecode") or values.get("locale") or default)
    found = [(default, lowered(group(declared, default)))]
    found += [(k.lower(), lowered(v)) for k, v in declared.items() if k.lower() != default]
    in_folder = values.get("defaultcontentlanguageinsubdir") is True
    languages: list[Language] = []
    for key, said in found:
        if said.get("disabled") is True:
            continue
        code = str(said.get("languagecode") or said.get("locale") or "") or (
            own if key == default else key
        )
        folder = root / str(said["contentdir"]) if said.get("contentdir") else content
        prefix = f"/{key}" if key != default or in_folder else ""
        permalinks = {**group(values, "permalinks"), **group(said, "permalinks")}
        title = str(said.get("title") or "")
        languages.append(Language(_code(code, key), key, folder, title, prefix, permalinks))
    return languages


def _code(code: str, key: str) -> str:
    """A language's tag as BCP 47 writes it: `pt-BR`."""
    parts = code.replace("_", "-").split("-")
    tag = "-".join([parts[0].lower(), *(p.upper() if len(p) == 2 else p for p in parts[1:])])
    return tag if i18n.is_language(tag) else key
