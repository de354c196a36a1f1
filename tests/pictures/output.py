"""What an output and a gallery hold of pictures, and what a page says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.site_test import SiteTest

FEW = "[images]\nwidths = [40, 80]\n"
"""Settings under which small pictures have several widths."""


def made(site: SiteTest) -> set[str]:
    """The pictures in other forms that the output has."""
    return {path for path in site.bytes if path.startswith("_pictures/")}


def kept(site: SiteTest, state: str = ".sitegen") -> dict[str, bytes]:
    """What the gallery holds."""
    folder = site.folder / state / "pictures"
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def known_by(site: SiteTest) -> set[str]:
    """The names that the pictures of the output have from their files."""
    return {re.sub(r"-\d+x\d+-[0-9a-f]{10}\.\w+$", "", Path(path).name) for path in made(site)}


def tags(html: str, name: str = "img") -> list[str]:
    return re.findall(rf"<{name}\b[^>]*>", html)


def attribute(tag: str, name: str) -> str | None:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return found[1] if found else None


def candidates(tag: str) -> Iterator[tuple[str, int]]:
    """(address, width) of each candidate of an element's `srcset` (HTML, 4.8.4.2.1)."""
    for candidate in (attribute(tag, "srcset") or "").split(", "):
        if candidate:
            url, _, width = candidate.rpartition(" ")
            yield url, int(width.removesuffix("w"))
