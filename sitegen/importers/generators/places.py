"""The old site's addresses and files, and what of it is at each of them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from sitegen import urls
from sitegen.importers.generators.entries import Entry
from sitegen.importers.shelf import Shelf


class Base:
    """The address of the old site, with the path below which it lies."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url.strip() if "//" in url else f"//{url.strip()}")
        self._host = _host(parts.hostname or "")
        self._path = f"/{parts.path.strip('/')}/".replace("//", "/")
        scheme = parts.scheme or "https"
        self.whole = f"{scheme}://{parts.netloc}{self._path}" if parts.netloc else ""

    def path(self, href: str, page: str) -> str | None:
        """Path, and fragment, within the site of what a page links to; None: it is elsewhere."""
        try:
            parts = urlsplit(href)
            host = parts.hostname
        except ValueError:
            return None
        if parts.scheme not in ("", "http", "https") or (host and _host(host) != self._host):
            return None
        if (parts.scheme or host) and not host:
            return None
        path = parts.path or "/" if host else urljoin(page or "/", parts.path or "")
        if not path.startswith("/"):
            path = f"/{path}"
        if self._path != "/" and f"{path}/".startswith(self._path) and (host or "/" in href[:1]):
            path = f"/{path[len(self._path) :]}"
        return path + (f"#{parts.fragment}" if parts.fragment else "")


def _host(name: str) -> str:
    return name.lower().removeprefix("www.")


class Places:
    """Which entry has an address, lies in a file, or is called something. `shelf` remembers."""

    def __init__(self, shelf: Shelf, origin: str) -> None:
        self._shelf = shelf
        self._origin = origin

    def add(self, entry: Entry) -> None:
        identity = self.identity(entry.file)
        self._shelf.put("file", entry.file, identity)
        self._shelf.put("entry at", identity, (entry.url, entry.kind, entry.path))
        for url in (entry.url, *_texts(entry.values.get("aliases"))):
            if key := _key(url):
                self._shelf.claim("at", key, identity)
        for name in entry.names:
            self._shelf.claim("name", f"{entry.language} {name}", identity)

    def identity(self, file: str) -> str:
        return f"{self._origin}{file}"

    def address(self, identity: str) -> str:
        """Where an entry was."""
        url, _, _ = self._shelf.get("entry at", identity)
        return str(url or "/")

    def is_article(self, identity: str) -> bool:
        _, kind, _ = self._shelf.get("entry at", identity)
        return bool(kind == "article")

    def beside(self, file: str) -> tuple[str, str] | None:
        """Where a file of a bundle is to lie, and where it was; None: it is in no bundle."""
        folder = posixpath.dirname(file)
        while folder:
            for name in ("index.md", "index.html"):
                if identity := self.of_file(f"{folder}/{name}"):
                    url, _, path = self._shelf.get("entry at", identity)
                    inner = file.removeprefix(f"{folder}/")
                    return posixpath.join(posixpath.dirname(path), inner), f"{url}{inner}"
            folder = posixpath.dirname(folder)
        return None

    def at(self, path: str) -> str | None:
        """The identity of what has an address within the site, written in any way."""
        found: str | None = self._shelf.get("at", _key(path))
        return found

    def of_file(self, path: str) -> str | None:
        found: str | None = self._shelf.get("file", path.lstrip("/"))
        return found

    def called(self, name: str, language: str = "") -> str | None:
        found: str | None = self._shelf.get("name", f"{language} {name}")
        return found


def _texts(value: object) -> Iterable[str]:
    return (str(item) for item in value) if isinstance(value, list) else ()


def _key(path: str) -> str:
    """An address such that all ways of writing it are one; empty for none."""
    with suppress(ValueError):
        plain = unquote(urls.clean_url(path.partition("#")[0].partition("?")[0]))
        return urls.same_place(plain.removesuffix(".html").rstrip("/") or "/")
    return ""


class Files:
    """Where the old site's pictures and other files lie on this machine."""

    def __init__(self, roots: Iterable[tuple[str, Path]]) -> None:
        self._roots = [(prefix, folder.resolve()) for prefix, folder in roots]

    def at(self, path: str) -> Path | None:
        """The file that answered at a path of the old site."""
        path = posixpath.normpath(unquote(path.partition("#")[0].partition("?")[0])).lstrip("/")
        for prefix, folder in self._roots:
            if path.startswith(prefix) and (file := inside(folder, path[len(prefix) :])):
                return file
        return None


def inside(folder: Path, path: str) -> Path | None:
    """The file at `path` below `folder`; None where there is none, or it leads out."""
    try:
        file = (folder / path.lstrip("/")).resolve()
        return file if file.is_file() and file.is_relative_to(folder) else None
    except (OSError, ValueError):  # a name that no file can have
        return None
