"""Pages in a folder: which there are, and where links from one to another on this machine lead."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from sitegen.importers.sources import unreadable

_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx")
_BESIDE = ("_files", "_dateien", "_archivos", "_fichiers", ".files")
"""How browsers call the folder with a page's pictures."""


def pages_in(source: Path) -> list[Path]:
    """Every page, in the order of their names."""
    if source.is_file():
        return [source]
    found = sorted(
        path
        for path in source.rglob("*")
        if path.suffix.lower() in _SUFFIXES
        and path.is_file()
        and not any(part.endswith(_BESIDE) for part in path.relative_to(source).parts[:-1])
    )
    if not found:
        hint = "name the folder with the pages that you have saved, as .html"
        raise unreadable(source, "there is no page in this folder", hint)
    return found


def near(source: Path, page: Path, address: str) -> Path | None:
    """The file that a relative address in a saved page means, if it lies in the source."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    try:
        found = (page.parent / unquote(parts.path)).resolve()
        if found.is_dir():
            found = found / "index.html"
        is_there = found.is_file()
    except (OSError, ValueError):  # too long for a name, or a zero in it
        return None
    home = (source if source.is_dir() else source.parent).resolve()
    return found if is_there and found.is_relative_to(home) else None


def mirrored(source: Path, page: Path, address: str) -> str:
    """The address of a page by its place in a copy of the site; empty: it does not tell."""
    if source.is_file():
        return ""
    path = page.relative_to(source).as_posix()
    path = path.removesuffix("index.html").removesuffix("index.htm")
    if address:
        return f"{address.rstrip('/')}/{path}"
    host, slash, rest = path.partition("/")
    return f"https://{host}/{rest}" if slash and "." in host and " " not in host else ""
