"""Where a site was, and what its files are called, told by the addresses of its pages."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable

from sitegen.importers.addresses import path_of, split
from sitegen.importers.placing import file_stem
from sitegen.urls import slug_of

_INDEX = ("index.html", "index.htm", "index.php", "default.aspx")


def usual_home(addresses: Iterable[str]) -> str:
    """The root of the site that most pages are of."""
    roots: Counter[str] = Counter()
    for address in addresses:
        if (parts := split(address)) is not None:
            roots[f"{parts.scheme}://{parts.netloc}/"] += 1
    return min(roots, key=lambda root: (-roots[root], root), default="")


def stem_of(path: str, title: str) -> str:
    """What to call the file of an article with this address."""
    parts = [part for part in path_of(path).split("/") if part]
    if parts and parts[-1].lower() in _INDEX:
        parts.pop()
    name = posixpath.splitext(parts[-1])[0] if parts else ""
    return file_stem(name, slug_of(title))
