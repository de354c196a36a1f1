"""Addresses of an old site: which ones are its own, and what they are within the new one."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import SplitResult, unquote, urljoin, urlsplit


class Home:
    """Where the old site was, under one address or several, and the new one will be."""

    def __init__(self, bases: Iterable[str], base_url: str) -> None:
        known = [base for base in bases if base]
        self.base = known[0] if known else ""
        """The old site's address; empty where nobody knows it."""
        self._hosts = {
            bare(parts.hostname) for url in known if (parts := split(url)) is not None
        } - {""}
        old, new = split(self.base), split(base_url)
        same = new is not None and bare(new.hostname) in self._hosts
        # On another host the old site's own folder goes; on the same one all addresses stay.
        home = new if same else old
        path = home.path if home else ""
        self._folder = f"{path.strip('/')}/" if path.strip("/") else ""

    def path(self, address: str) -> str | None:
        """The address within the new site, with its “?” and “#”; None: it is none of the old."""
        parts = split(address)
        if parts is None or not self.owns(parts.hostname):
            return None
        path = parts.path.lstrip("/")
        if path == self._folder.rstrip("/"):  # the home page, also without its slash
            path = self._folder
        if not path.startswith(self._folder):
            return None
        tail = (f"?{parts.query}" if parts.query else "") + (
            f"#{parts.fragment}" if parts.fragment else ""
        )
        return f"/{path.removeprefix(self._folder)}{tail}"

    def at(self, path: str) -> str:
        """The whole address that a path within the new site had at the old one."""
        parts = split(self.base)
        if parts is None:
            return path
        folder = parts.path.strip("/")
        kept = f"{folder}/" if folder and f"{folder}/" == self._folder else ""
        return f"{parts.scheme}://{parts.netloc}/{kept}{path.lstrip('/')}"

    def owns(self, host: str | None) -> bool:
        return bare(host) in self._hosts

    def whole(self, address: str, page: str) -> str:
        """An address as it was written in a page of the old site, whole."""
        return joined(page or self.base, address)


def split(address: str) -> SplitResult | None:
    """The parts of a web address; None where it is none."""
    try:
        parts = urlsplit(address.strip())
        return parts if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def path_of(address: str) -> str:
    """The path in an address of any kind, decoded; empty where it is no address."""
    try:
        return unquote(urlsplit(address.strip()).path)
    except ValueError:
        return ""


def joined(base: str, address: str) -> str:
    """An address as a page at `base` means it; as it is written where it is none."""
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return address


def bare(host: str | None) -> str:
    return (host or "").lower().removeprefix("www.")


def key_of(path: str) -> str:
    """What an address is looked up by: without “?”, “#” and the slash at its end, decoded."""
    return path_of(path).rstrip("/").lower() or "/"
