"""Addresses of WordPress: those of the old site, of its pictures elsewhere, and of numbers."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from sitegen.importers.addresses import Home, split
from sitegen.importers.wordpress.records import Channel

_PHOTON = (".wp.com",)
"""Hosts that show other hosts' pictures in other sizes, whose name then begins the path."""


class OldHome(Home):
    """The old site's address, and that of the new one."""

    def __init__(self, channel: Channel, base_url: str) -> None:
        base = channel.blog_url or channel.link or channel.site_url
        super().__init__((base, channel.site_url, channel.link), base_url)


def without_photon(address: str) -> str:
    """A picture's own address, where WordPress.com's service for pictures stands before it."""
    parts = split(address)
    if parts is None or not (parts.hostname or "").endswith(_PHOTON):
        return address
    first = parts.path.lstrip("/").partition("/")[0]
    return f"https:/{parts.path}" if "." in first else address


def id_in(path: str) -> str:
    """The number in `/?p=12`, `/?page_id=12` and `/?attachment_id=12`."""
    query = parse_qs(urlsplit(path).query)
    return next((query[n][0] for n in ("p", "page_id", "attachment_id") if n in query), "")


def redated(url: str, date: str, earlier: str) -> str:
    """An address with the year, month and day of an earlier date, as far as it has any."""
    now, then = date[:10].split("-"), earlier[:10].split("-")
    if len(now) != len(then):
        return url
    for count in range(3, 0, -1):
        place = f"/{'/'.join(now[:count])}/"
        if place in url:
            return url.replace(place, f"/{'/'.join(then[:count])}/", 1)
    return url
