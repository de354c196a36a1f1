"""Redirects in a file that many hosts read: `_redirects`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from sitegen import urls
from sitegen.importers.things import Event, Setting, Unanswered

FILE = "_redirects"
_OURS = frozenset(
    {"/", "/index.html", "/404.html", "/404/", "/feed.xml", "/sitemap.xml", "/robots.txt"}
    | {"/tags/", "/authors/", "/archive/"}
)
_LEADS_ON = ("301", "302", "303", "307", "308", "")


def redirects_of(file: Path) -> Iterator[Event]:
    """What leads on from one address; all other rules are told."""
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        parts = line.partition("#")[0].split()
        if len(parts) < 2 or not parts[0].startswith("/"):
            continue
        old, new, *rest = parts
        status = rest[0].rstrip("!") if rest else ""
        try:
            urls.old_address(old)
            urls.new_address(new)
            if re.search("[:*]", old) or status not in _LEADS_ON or len(rest) > 1:
                raise ValueError("not every host can do that")
        except ValueError:
            yield Unanswered("unwritable", old, f"{FILE}: {line.strip()}")
        else:
            yield Setting(("redirects", old), new)


def list_moved(
    address: str, aliases: Iterable[str], where: str, *, nested: bool
) -> tuple[Event, ...]:
    """What becomes of the old addresses of a list; one that is `nested` has no equal."""
    if nested:
        return tuple(Unanswered("left", old, where) for old in (address, *aliases))
    return tuple(Setting(("redirects", alias), address) for alias in aliases if alias != address)


def nothing_at(address: str, where: str) -> tuple[Event, ...]:
    """That what became no file had an address, unless sitegen has something there itself."""
    return () if address in _OURS or not address else (Unanswered("left", address, where),)
