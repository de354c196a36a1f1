"""Pages in a folder: which there are, and where links from one to another on this machine lead."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sitegen.importers.sources import unreadable

_PAGE = re.compile(r"(?i).+\.(html?|xhtml|shtml|php\d?|aspx?|jsp|cfm)([?@].*)?")
"""Names of pages; programs that copy a site put what stood behind “?” into them."""
_ASKED = re.compile(r"(.+\.\w+)[?@]([^/]+?)(?:\.html)?")
_UNREAD = (".mht", ".mhtml", ".maff", ".webarchive", ".warc", ".wacz")
"""Pages in forms that are not read."""
_START = re.compile(rb"(?i)<(!doctype\s+html|html[\s>])")
_HEAD = 1024
BESIDE = ("_files", "_dateien", "_archivos", "_fichiers", ".files")
"""How browsers call the folder with a page's pictures."""


def pages_in(source: Path) -> tuple[list[Path], list[Path]]:
    """Every page, in the order of their names; and files that are pages in an unknown form."""
    if source.is_file():
        return [source], []
    files = [
        path
        for path in sorted(source.rglob("*"))
        if path.is_file()
        and not any(part.endswith(BESIDE) for part in path.relative_to(source).parts[:-1])
    ]
    found = [path for path in files if _is_page(path)]
    others = [path for path in files if path.suffix.lower() in _UNREAD]
    if not found:
        hint = "name the folder with the pages that you have saved, as .html"
        raise unreadable(source, "there is no page in this folder", hint)
    return found, others


def _is_page(path: Path) -> bool:
    """By its name; one without a suffix by how it begins."""
    if "." in path.name:
        return bool(_PAGE.fullmatch(path.name))
    with path.open("rb") as start:
        return bool(_START.search(start.read(_HEAD)))


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
    if asked := _ASKED.fullmatch(path):
        path = f"{asked[1]}?{asked[2]}"
    path = re.sub(r"(^|(?<=/))index\.html?(?=$|\?)", "", path)
    if address:
        return f"{address.rstrip('/')}/{path}"
    host, slash, rest = path.partition("/")
    return f"https://{host}/{rest}" if slash and "." in host and " " not in host else ""
