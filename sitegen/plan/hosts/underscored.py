"""`_redirects` and `_headers`, the files of Netlify and Cloudflare Pages.

Formats: docs.netlify.com/manage/routing, developers.cloudflare.com/pages/configuration. What both
understand: a `*` at a rule's end and `:name` for one part of a path. A `*` elsewhere is one part
to the one and any number to the other, so none is written.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from sitegen.outputs import Text
from sitegen.plan.hosts.told import Told
from sitegen.serving import HOST_FOLDER, Place

LINE = 1000
"""Characters of a line of `_redirects` at most, on Cloudflare."""


@dataclass(frozen=True, slots=True)
class Underscored:
    """A host that reads these files."""

    static: int
    """Redirects of single addresses that it takes."""
    both_forms: bool
    """Whether `/old` and `/old/` are two addresses to it."""

    def files(self, told: Told) -> Iterator[Text]:
        """The two files, and a list of what is too much for the first."""
        lines, left = self.redirects(told)
        if lines:
            yield Text("_redirects", "".join(f"{line} 301\n" for line in lines))
        if left:
            yield Text(f"{HOST_FOLDER}/bulk-redirects.csv", _bulk(left, told))
        yield Text("_headers", _headers(told))

    def redirects(self, told: Told) -> tuple[list[str], list[tuple[str, str]]]:
        """Lines of `_redirects`, and the (old, new) that find no place in it."""
        wanted: list[tuple[str, str]] = []
        for redirect in told.single():
            old, new = told.base + redirect.old, told.location(redirect.new)
            wanted.append((old, new))
            if self.both_forms and old.endswith("/") and len(redirect.old) > 1:
                wanted.append((old[:-1], new))
        lines: list[str] = []
        left: list[tuple[str, str]] = []
        for old, new in wanted:
            line = f"{_escaped(old)} {new}"
            fits = len(line) <= LINE - len(" 301") and len(lines) < self.static
            if fits:
                lines.append(line)
            else:
                left.append((old, new))
        for redirect in told.below():
            splat = ":splat" if redirect.new.endswith("*") else ""
            old = _escaped(told.base + redirect.old[:-1])
            lines.append(f"{old}* {told.location(redirect.new)}{splat}")
        return lines, left


NETLIFY = Underscored(1_000_000, both_forms=False)
"""It has no fixed number; from 10,000 on it advises against it."""
CLOUDFLARE = Underscored(2_000, both_forms=True)


def _escaped(old: str) -> str:
    """An address with nothing in it that these files give a meaning."""
    return old.replace("*", "%2A").replace(":", "%3A")


def _bulk(left: list[tuple[str, str]], told: Told) -> str:
    """A list for Cloudflare's Bulk Redirects: source, target, status; no header row."""
    site = urlsplit(told.config.site.base_url)
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    for old, new in left:
        target = f"{site.scheme}://{site.netloc}{new}" if new.startswith("/") else new
        rows.writerow((site.netloc + old, target, 301))
    return out.getvalue()


def _headers(told: Told) -> str:
    blocks = [(f"{told.base}/*", told.headers)]
    blocks += [(told.base + _pattern(place), _of(place)) for place in told.places]
    return "\n".join(
        "".join([f"{pattern}\n", *(f"  {name}: {value}\n" for name, value in headers.items())])
        for pattern, headers in blocks
    )


def _pattern(place: Place) -> str:
    if place.rule.name:
        parts = [f":part{number}" for number in range(1, place.depth + 1)]
        return "/" + "/".join([*parts, place.rule.name])
    return f"{place.folder}*" if place.rule.whole else f"{place.folder}:file"


def _of(place: Place) -> dict[str, str]:
    rule = place.rule
    headers = {"Cache-Control": rule.cache}
    if rule.type:
        headers["Content-Type"] = rule.type
    if rule.shared:
        headers["Access-Control-Allow-Origin"] = "*"
    return headers
