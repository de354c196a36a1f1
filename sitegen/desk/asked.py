"""What somebody asks about: an address of the site, or one of its files."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from sitegen import urls
from sitegen.config import Config
from sitegen.errors import Misuse, Problem
from sitegen.folders import SETTINGS

_MOST_NEAR = 3
"""Names that are offered in place of one that is not there."""
_ALIKE = 0.7
"""How like a name must be to be offered, from 0 to 1."""
_FOLDERS = ("content", "static", "data", "themes")
"""The folders whose files make the site."""


class Asked(NamedTuple):
    """One of the two is empty."""

    url: str
    """An address within the site, in its one form: `/2026/11/storm/`."""
    file: str
    """A file, relative to the site, whether it is there or not: `content/storm.md`."""


def asked_for(written: str, folder: Path, output: Path, config: Config) -> Asked:
    """What is meant by `written`: an address, whole or within the site, or the name of a file.

    A file may be named as it lies here, in the site, in content/ or in the output. Raises Misuse
    for an address of another site, and for what cannot be an address.
    """
    if "://" in written or written.startswith("//"):
        return Asked(_address(_within(written, config), written), "")
    if (found := _file(written, folder, output)) is not None:
        return found
    name = written.replace("\\", "/").removeprefix("./")
    in_folder = name.split("/")[0] in _FOLDERS
    if in_folder or (name.endswith((".md", ".markdown", ".toml")) and not name.startswith("/")):
        return Asked("", name if in_folder else f"content/{name}")
    url = f"/{name.lstrip('/')}"
    if url.startswith(config.base_path):
        url = f"/{url.removeprefix(config.base_path)}"
    return Asked(_address(url, written), "")


def _within(written: str, config: Config) -> str:
    """A whole address of this site as one from its root."""
    parts, ours = urlsplit(written), urlsplit(config.site.base_url)
    path = parts.path or "/"
    if (parts.hostname, parts.port) == (ours.hostname, ours.port):
        if path.startswith(config.base_path):
            return f"/{path.removeprefix(config.base_path)}"
        if f"{path}/" == config.base_path:
            return "/"
    hint = f"ask about an address that begins with {config.site.base_url}, or about a file"
    message = f"{written} is no address of this site"
    raise Misuse(Problem("address-elsewhere", message, hint=hint))


def _address(path: str, written: str) -> str:
    path = path.partition("#")[0].partition("?")[0]
    try:
        return urls.page_url(path or "/")
    except ValueError as error:
        message = f"“{written}” is no address: {error}"
        raise Misuse(Problem("address-elsewhere", message)) from None


def _file(written: str, folder: Path, output: Path) -> Asked | None:
    """A file that is there; of a folder with an article, that article."""
    content = folder / "content"
    for base in (Path.cwd(), folder, content):
        path = base / written
        if path.is_dir() and (path / "index.md").is_file():
            path = path / "index.md"
        if not path.is_file():
            continue
        path = path.resolve()
        if path.is_relative_to(output):
            return Asked(urls.url_of(_name(path, output)), "")
        places = ((content.resolve(), "content/"), (folder, ""))
        for place, prefix in places:
            if path.is_relative_to(place):
                name = prefix + _name(path, place)
                known = name == SETTINGS or name.split("/")[0] in _FOLDERS
                return Asked("", name) if known else None
    return None


def _name(path: Path, folder: Path) -> str:
    return unicodedata.normalize("NFC", path.relative_to(folder).as_posix())


def near(asked: str, known: Collection[str]) -> tuple[str, ...]:
    """Of what is `known` the names that may have been meant, the likeliest first.

    Whole names are compared only where the last parts are alike, and above them: of 20,000
    addresses that is a tenth of the work.
    """
    by_last: dict[str, list[str]] = {}
    for name in known:
        by_last.setdefault(_last(name), []).append(name)
    alike = get_close_matches(_last(asked), by_last, n=_MOST_NEAR, cutoff=_ALIKE)
    found = {name for part in alike for name in by_last[part]} | _above(asked).intersection(known)
    likeness = SequenceMatcher(b=asked)
    rated = []
    for name in sorted(found):
        likeness.set_seq1(name)
        rated.append((-likeness.ratio(), name))
    return tuple(name for rating, name in sorted(rated)[:_MOST_NEAR] if -rating >= _ALIKE)


def _last(name: str) -> str:
    return name.rstrip("/").rpartition("/")[2]


def _above(url: str) -> set[str]:
    """The addresses of the folders that an address is in."""
    parts = url.strip("/").split("/")
    return {f"/{'/'.join(parts[:number])}/" for number in range(1, len(parts))}
