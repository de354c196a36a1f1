"""A theme's chain of folders: its own, its parent's, and so on; what each `theme.toml` asks for.

Every mistake that can be found by reading the files of a theme is told here.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from sitegen import i18n
from sitegen.errors import Problem, SitegenError, did_you_mean
from sitegen.lists import DeclaredList
from sitegen.validation import explain, line_of, line_told, unknown_keys

_HERE = Path(__file__).resolve().parent.parent
SHIPPED = (_HERE / "themes", _HERE.parent / "themes")
"""Where the themes are that come with sitegen: in the wheel, and in a checkout."""

SETTINGS = "theme.toml"


class WantedList(DeclaredList):
    """A list of articles that a theme's templates ask for."""

    templates: tuple[str, ...] = ("home.html",)


class WantedData(BaseModel):
    """A file of data/ that a theme's templates ask for."""

    model_config = ConfigDict(extra="forbid")
    templates: tuple[str, ...] = ("home.html",)


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
class Link:
    """One theme of a chain."""

    folder: Path
    settings: ThemeSettings
    site: Path
    """Resolved once for all of its files, as `home` and `site` are below: to resolve the same
    folders for each file was most of the time that reading a theme took."""

    @property
    def name(self) -> str:
        return self.folder.name

    def place(self, *path: str) -> tuple[str, int]:
        """Where its `theme.toml` sets what `path` names: the file as people know it, the line."""
        file = self.folder / SETTINGS
        return _shown(file, self.site), _line(file, path)

    def templates(self) -> Iterator[tuple[str, str, str]]:
        """(name, source, file as people know it) of its templates. Raises SitegenError."""
        folder, home = self.folder / "templates", self.folder.resolve()
        for path in _files(folder):
            name = path.relative_to(folder).as_posix()
            yield name, _text(path, home, self.site), _shown(path, self.site)

    def strings(self) -> Iterator[tuple[str, Strings]]:
        """(language, its texts). Raises SitegenError."""
        folder, home = self.folder / "i18n", self.folder.resolve()
        for path in _files(folder):
            if path.parent == folder and path.suffix == ".toml":
                _check_language(path, self.site)
                yield path.stem, _strings(path, home, self.site)


def chain_of(name: str, site: Path) -> list[Link]:
    """The theme `name`, its parent, and so on. Raises SitegenError."""
    chain: list[Link] = []
    site = site.resolve()
    while name:
        seen = [link.name for link in chain]
        if name in seen:
            loop = " → ".join([*seen, name])
            message = f"themes extend each other in a loop: {loop}"
            hint = "let one of them extend no other"
            source, line = chain[-1].place("extends")
            raise SitegenError(Problem("theme-loop", message, source, line, "extends", hint))
        folder = _find(name, site, chain[-1] if chain else None)
        chain.append(Link(folder, _settings(folder, site), site))
        name = chain[-1].settings.extends
    return chain


def _find(name: str, site: Path, child: Link | None) -> Path:
    known: dict[str, Path] = {}
    for place in (site / "themes", *SHIPPED):
        if place.is_dir():
            folders = (folder for folder in place.iterdir() if folder.is_dir())
            known |= {folder.name: folder for folder in folders if folder.name not in known}
    if name in known:
        return known[name]
    field = "extends" if child else "site.theme"
    settings = ("sitegen.toml", _line(site / "sitegen.toml", ("site", "theme")))
    source, line = child.place("extends") if child else settings
    names = sorted(name for name in known if not _passed_over(name))
    hint = did_you_mean(name, names) or f"there are: {', '.join(names)}"
    message = f"there is no theme called “{name}”"
    raise SitegenError(Problem("theme-missing", message, source, line, field, hint))


def _settings(folder: Path, site: Path) -> ThemeSettings:
    path = folder / SETTINGS
    if not path.is_file():
        message = f"the theme “{folder.name}” has no {SETTINGS}"
        hint = f'make {_shown(path, site)} with this line in it: extends = "broadsheet"'
        raise SitegenError(Problem("theme", message, _shown(folder, site), hint=hint))
    try:
        return ThemeSettings.model_validate(_toml(path, folder.resolve(), site))
    except ValidationError as error:
        problems = []
        for item in error.errors():
            place = tuple(str(part) for part in item["loc"])
            hint = did_you_mean(place[-1], unknown_keys(ThemeSettings, place[:-1])) if place else ""
            field, line = ".".join(place), _line(path, place)
            problem = Problem("theme", explain(item), _shown(path, site), line, field, hint)
            problems.append(problem)
        raise SitegenError(*problems) from None


def _check_language(path: Path, site: Path) -> None:
    """Raise SitegenError for a file of texts that no page would ever look into."""
    if i18n.is_language(path.stem):
        return
    message = f"“{path.stem}” is no language code like en-GB or ar (BCP 47), so nothing reads it"
    proper = path.stem.replace("_", "-")
    hint = f"call it {proper}.toml" if i18n.is_language(proper) else "call it by its language"
    raise SitegenError(Problem("theme-text", message, _shown(path, site), hint=hint))


def _strings(path: Path, home: Path, site: Path) -> Strings:
    """A file of texts. Raises SitegenError with all that is wrong with it."""
    values = _toml(path, home, site)
    problems = []
    for key, value in values.items():
        if isinstance(value, str):
            continue
        classes = value if isinstance(value, dict) else {}
        if isinstance(value, dict) and "other" not in value:
            message, hint = "it has no text for “other”", f'add other = "…" to [{key}]'
        elif wrong := sorted(classes.keys() - set(i18n.PLURALS)):
            message = f"“{wrong[0]}” is no plural class"
            hint = did_you_mean(wrong[0], i18n.PLURALS) or f"there are {', '.join(i18n.PLURALS)}"
        elif not classes or not all(isinstance(text, str) for text in classes.values()):
            message, hint = "this must be a text", 'write it between quotation marks: "…"'
        else:
            continue
        line = _line(path, (key,))
        problems.append(Problem("theme-text", message, _shown(path, site), line, key, hint))
    if problems:
        raise SitegenError(*problems)
    return values


def _files(folder: Path) -> Iterator[Path]:
    """The files below a folder; hidden ones and editors' backups are passed over."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(map(_passed_over, path.relative_to(folder).parts)):
            yield path


def _passed_over(name: str) -> bool:
    """What lies in a folder without anybody's having put it there."""
    return name.startswith(".") or name.endswith(("~", ".swp"))


def _text(path: Path, home: Path, site: Path) -> str:
    """A file of the theme in `home`. Raises SitegenError when it lies elsewhere or is no UTF-8."""
    if not path.resolve().is_relative_to(home):
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


def _toml(path: Path, home: Path, site: Path) -> dict[str, Any]:
    text = _text(path, home, site)
    try:
        return _loaded(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = line_told(error, text)
        message = f"this is not TOML: {error}"
        raise SitegenError(Problem("theme-syntax", message, _shown(path, site), line)) from None


@lru_cache(maxsize=64)
def _loaded(text: str) -> dict[str, Any]:
    # Kept, because a process that builds again (`serve`) meets the same texts again; nobody
    # changes what is in them.
    return tomllib.loads(text)


def _line(path: Path, keys: tuple[str, ...]) -> int:
    """The line of a TOML file that sets `keys`; 0 where nobody knows."""
    return line_of(path.read_text(encoding="utf-8-sig"), keys) if path.is_file() else 0


def _shown(path: Path, site: Path) -> str:
    if path.is_relative_to(site):
        return path.relative_to(site).as_posix()
    return f"{path.parent.name}/{path.name} (shipped with sitegen)"
