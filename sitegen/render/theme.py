"""Themes: a chain of folders, each of which overrides templates, texts and files of its parent.

What the renderer uses of a theme is read here, once, and handed over as values: what was hashed
is what is rendered, whoever edits the theme meanwhile.
"""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sitegen import i18n
from sitegen.digest import canonical, digest
from sitegen.errors import Problem, SitegenError, did_you_mean
from sitegen.folders import SHIPPED
from sitegen.render.broken import TemplateBroken
from sitegen.validation import explain, line_of, unknown_keys


class WantedList(BaseModel):
    """A list of articles that a theme's templates ask for."""

    model_config = ConfigDict(extra="forbid")
    section: str = ""
    tag: str = ""
    author: str = ""
    type: str = ""
    taxonomy: Mapping[str, str] = {}
    limit: int = Field(default=10, ge=1, le=1000)
    templates: list[str] = ["home.html"]


class WantedData(BaseModel):
    """A file of data/ that a theme's templates ask for."""

    model_config = ConfigDict(extra="forbid")
    templates: list[str] = ["home.html"]


class ThemeSettings(BaseModel):
    """`theme.toml`."""

    model_config = ConfigDict(extra="forbid")
    name: str = ""
    description: str = ""
    extends: str = ""
    lists: Mapping[str, WantedList] = {}
    data: Mapping[str, WantedData] = {}
    card_extra: list[str] = []


Strings = Mapping[str, str | Mapping[str, str]]
"""Key → text; a text that counts something is a text for each plural class."""


@dataclass(frozen=True, slots=True)
class Theme:
    """All of a theme and its parents."""

    name: str
    templates: Mapping[str, str]
    """Name → source: `article.html` as the chain resolves it, `parent/article.html` of one link."""
    files: Mapping[str, str]
    """Template name → the file that it came from, relative to the site where it lies in it."""
    strings: Mapping[str, Strings]
    """By language."""
    folders: tuple[Path, ...]
    """The folders of the chain, the oldest ancestor's first."""
    settings: ThemeSettings


def load_theme(name: str, site: Path) -> Theme:
    """Read the theme `name` and its parents. Raises SitegenError with all that is wrong."""
    chain = _chain(name, site)
    templates: dict[str, str] = {}
    files: dict[str, str] = {}
    strings: dict[str, dict[str, str | Mapping[str, str]]] = {}
    lists: dict[str, WantedList] = {}
    data: dict[str, WantedData] = {}
    card_extra: list[str] = []
    for folder, settings in reversed(chain):
        for path in sorted((folder / "templates").rglob("*")):
            if path.is_file():
                own = path.relative_to(folder / "templates").as_posix()
                source = _text(path, folder, site)
                for key in (own, f"{folder.name}/{own}"):
                    templates[key] = source
                    files[key] = _shown(path, site)
        for path in sorted((folder / "i18n").glob("*.toml")):
            strings.setdefault(path.stem, {}).update(_strings(path, folder, site))
        _check_wishes(folder, settings, templates, site)
        lists |= settings.lists
        data |= settings.data
        card_extra += settings.card_extra
    merged = ThemeSettings(name=name, lists=lists, data=data, card_extra=card_extra)
    folders = tuple(folder for folder, _ in reversed(chain))
    return Theme(name, templates, files, strings, folders, merged)


def _chain(name: str, site: Path) -> list[tuple[Path, ThemeSettings]]:
    """The theme's folder, its parent's, and so on."""
    chain: list[tuple[Path, ThemeSettings]] = []
    seen: list[str] = []
    while name:
        if name in seen:
            loop = " → ".join([*seen, name])
            message = f"themes extend each other in a loop: {loop}"
            last = chain[-1][0] / "theme.toml"
            source, hint = _shown(last, site), "let one of them extend no other"
            line = line_of(last.read_text(encoding="utf-8-sig"), ("extends",))
            raise SitegenError(Problem("theme-loop", message, source, line, "extends", hint))
        folder = _find(name, site, seen[-1] if seen else "")
        settings = _settings(folder, site)
        chain.append((folder, settings))
        seen.append(name)
        name = settings.extends
    return chain


def _find(name: str, site: Path, child: str) -> Path:
    places = (site / "themes", *SHIPPED)
    for place in places:
        if (place / name).is_dir():
            return place / name
    known = sorted({p.name for place in places if place.is_dir() for p in place.iterdir()})
    where = f"themes/{child}/theme.toml" if child else "sitegen.toml"
    field = "extends" if child else "site.theme"
    file = site / where
    text = file.read_text(encoding="utf-8-sig") if file.is_file() else ""
    line = line_of(text, tuple(field.split(".")))
    hint = did_you_mean(name, known) or f"there are: {', '.join(known)}"
    message = f"there is no theme called “{name}”"
    raise SitegenError(Problem("theme-missing", message, where, line, field, hint))


def _settings(folder: Path, site: Path) -> ThemeSettings:
    path = folder / "theme.toml"
    if not path.is_file():
        return ThemeSettings(name=folder.name)
    try:
        return ThemeSettings.model_validate(_toml(path, folder, site))
    except ValidationError as error:
        problems = []
        for item in error.errors():
            place = tuple(str(part) for part in item["loc"])
            hint = did_you_mean(place[-1], unknown_keys(ThemeSettings, place[:-1])) if place else ""
            line = line_of(path.read_text(encoding="utf-8-sig"), place)
            shown = _shown(path, site)
            problems.append(Problem("theme", explain(item), shown, line, ".".join(place), hint))
        raise SitegenError(*problems) from None


def _check_wishes(
    folder: Path, settings: ThemeSettings, templates: Collection[str], site: Path
) -> None:
    """Raise SitegenError for lists and data that are for templates which are not there."""
    path = folder / "theme.toml"
    problems = []
    for group, wishes in (("lists", settings.lists), ("data", settings.data)):
        for name, wish in wishes.items():
            for template in sorted(set(wish.templates) - set(templates)):
                place = (group, name, "templates")
                line = line_of(path.read_text(encoding="utf-8-sig"), place)
                hint = did_you_mean(template, templates) or "name one that the theme has"
                message = f"there is no template “{template}”"
                where = _shown(path, site)
                problems.append(Problem("theme", message, where, line, ".".join(place), hint))
    if problems:
        raise SitegenError(*problems)


def _strings(path: Path, folder: Path, site: Path) -> Strings:
    """A file of texts. Raises SitegenError with all that is wrong with it."""
    values = _toml(path, folder, site)
    problems = []
    for key, value in values.items():
        classes = value if isinstance(value, dict) else {}
        if isinstance(value, dict) and "other" not in value:
            message, hint = "it has no text for “other”", f'add other = "…" to [{key}]'
        elif wrong := sorted(classes.keys() - set(i18n.PLURALS)):
            message = f"“{wrong[0]}” is no plural class"
            hint = did_you_mean(wrong[0], i18n.PLURALS) or f"there are {', '.join(i18n.PLURALS)}"
        elif not all(isinstance(text, str) for text in (classes or {"": value}).values()):
            message, hint = "this must be a text", 'write it between quotation marks: "…"'
        else:
            continue
        line = line_of(path.read_text(encoding="utf-8-sig"), (key,))
        problems.append(Problem("theme-text", message, _shown(path, site), line, key, hint))
    if problems:
        raise SitegenError(*problems)
    return values


def _text(path: Path, folder: Path, site: Path) -> str:
    """A file of a theme. Raises SitegenError when it lies elsewhere or is no UTF-8."""
    if not path.resolve().is_relative_to(folder.resolve()):
        message = "a link that leads out of the theme"
        raise SitegenError(Problem("file-link", message, _shown(path.parent, site)))
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message, hint = f"the byte {data[error.start]:#04x} is not UTF-8", "save it as UTF-8"
        problem = Problem("file-encoding", message, _shown(path, site), line, hint=hint)
        raise SitegenError(problem) from None


def _toml(path: Path, folder: Path, site: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(path, folder, site))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = int(m.group(1)) if (m := re.search(r"line (\d+)", str(error))) else 0
        message = f"this is not TOML: {error}"
        raise SitegenError(Problem("theme-syntax", message, _shown(path, site), line)) from None


def _shown(path: Path, site: Path) -> str:
    resolved = path.resolve()
    if resolved.is_relative_to(site.resolve()):
        return resolved.relative_to(site.resolve()).as_posix()
    return f"{path.parent.name}/{path.name} (shipped with sitegen)"


References = Mapping[str, list[str | None]]
"""Digest of a template's source, in hex → the templates that it names; None: worked out later."""


def references(theme: Theme, known: References) -> dict[str, list[str | None]]:
    """The references of all templates; only those whose source is not `known` are parsed.

    Raises SitegenError for every template that is none.
    """
    found: dict[str, list[str | None]] = {}
    problems: dict[Problem, None] = {}
    for name, source in theme.templates.items():
        key = digest(source.encode()).hex()
        try:
            found[key] = known[key] if key in known else _parsed(source)
        except TemplateBroken as error:
            message = f"this is no template: {error.message}"
            problems[Problem("template-syntax", message, theme.files[name], error.line)] = None
    if problems:
        raise SitegenError(*problems)
    return found


def closures(theme: Theme, references: References) -> dict[str, bytes]:
    """Template → digest of all sources that rendering it can read, or look for in vain."""
    digests = {name: digest(source.encode()) for name, source in theme.templates.items()}
    found = {}
    for name, reached in drawn_in(theme, references).items():
        sources = {n: digests[n].hex() if n in digests else "absent" for n in sorted(reached)}
        found[name] = digest(canonical(sources))
    return found


def drawn_in(theme: Theme, references: References) -> dict[str, set[str]]:
    """Template → the names of all that rendering it can read, itself among them."""
    sources = theme.templates.items()
    named = {name: references[digest(source.encode()).hex()] for name, source in sources}
    return {name: _reached(name, named) for name in named}


def _reached(name: str, named: References) -> set[str]:
    reached: set[str] = set()
    pending: set[str | None] = {name}
    while pending:
        current = pending.pop()
        if current is None:  # a name worked out while rendering: it can be any template
            reached.update(named)
        elif current not in reached:
            reached.add(current)
            pending.update(named.get(current, ()))
    return reached


def _parsed(source: str) -> list[str | None]:
    # Jinja is 40 ms to import, and parses nothing in a build whose templates are known.
    from sitegen.render.syntax import names_in

    return names_in(source)
