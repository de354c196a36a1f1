"""How a file of the output is to be served: its media type, and how long it may be kept."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import NamedTuple

HOST_FOLDER = "_host"
"""What servers are configured with: no reader gets it, and object storage has no use for it."""
PICTURES = "_pictures"
"""Pictures in the forms that were made of them; each name holds a digest of what it shows."""
_HOST_FILES = frozenset({"_headers", "_redirects", ".htaccess", ".nojekyll", "CNAME"})
_TYPES = {
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".br": "application/x-brotli",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gif": "image/gif",
    ".gz": "application/gzip",
    ".htm": "text/html; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wav": "audio/wav",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
"""Told, not guessed: what a machine's own list says of a suffix differs from machine to machine."""
UNKNOWN = "application/octet-stream"

PAGE = "public, max-age=0, must-revalidate"
"""Readers see a correction at once; an unchanged page costs a question and no bytes."""
HEADLINES = "public, max-age=60, stale-while-revalidate=300"
FEED = "public, max-age=300"
ASSET = "public, max-age=300, stale-while-revalidate=86400"
FOR_EVER = "public, max-age=31536000, immutable"


class Rule(NamedTuple):
    """How some files are served, where their suffix alone does not say it.

    No file has two rules: a host that finds several would join what they say by commas.
    """

    name: str
    """The file's name, in whichever folder; empty: every file of `folder`."""
    folder: str
    type: str
    """Empty: as the suffix says."""
    cache: str
    shared: bool = False
    """Whether scripts of other sites may read it (Access-Control-Allow-Origin, WHATWG Fetch)."""

    @property
    def whole(self) -> bool:
        """Whether it is for all that lies below its folder at the site's top."""
        return self.folder in ("assets", PICTURES)


_BY_NAME = {
    rule.name: rule
    for rule in (
        Rule("feed.xml", "", "application/rss+xml", FEED, True),
        Rule("atom.xml", "", "application/atom+xml", FEED, True),
        Rule("feed.json", "", "application/feed+json", FEED, True),
        Rule("headlines.json", "", "", HEADLINES, True),
    )
}
_BY_FOLDER = {
    rule.folder: rule
    for rule in (
        Rule("", "feeds", "application/rss+xml", FEED, True),
        Rule("", "sitemaps", "", FEED),
    )
}
"""Of the XML files in folders called so."""
_ASSETS = {kept: Rule("", "assets", "", FOR_EVER if kept else ASSET) for kept in (False, True)}
"""With fingerprints the names of assets change with their bytes."""
_PICTURES = Rule("", PICTURES, "", FOR_EVER)


def rule_of(path: str, *, fingerprint: bool) -> Rule | None:
    """The rule for the output file at `path`; None: its suffix says all."""
    file = PurePosixPath(path)
    if file.parts[0] == "assets":
        return _ASSETS[fingerprint]
    if file.parts[0] == PICTURES:
        return _PICTURES
    found = _BY_FOLDER.get(file.parent.name) if file.suffix == ".xml" else None
    return _BY_NAME.get(file.name) or found


def for_hosts(path: str) -> bool:
    """Whether the output file at `path` configures a host, so that no reader asks for it."""
    return path.startswith(f"{HOST_FOLDER}/") or path in _HOST_FILES


def media_type(path: str) -> str:
    """The media type (RFC 9110) of the output file at `path`, its charset with it."""
    rule = rule_of(path, fingerprint=False)
    return (rule and rule.type) or _TYPES.get(PurePosixPath(path).suffix.lower(), UNKNOWN)


def cache_rule(path: str, *, fingerprint: bool) -> str:
    """The Cache-Control (RFC 9111) of the output file at `path`."""
    rule = rule_of(path, fingerprint=fingerprint)
    return rule.cache if rule else PAGE


def types() -> dict[str, list[str]]:
    """Media type without its charset → the suffixes of its files, without their dots."""
    found: dict[str, list[str]] = {}
    for suffix, kind in _TYPES.items():
        found.setdefault(kind.partition(";")[0], []).append(suffix[1:])
    return found


class Place(NamedTuple):
    """Where files with one rule lie in an output."""

    rule: Rule
    folder: str
    """That all of them are in, with slashes around it; `/` alone where the rule names a file."""
    depth: int
    """How many folders the file lies in that a rule names."""


def places(paths: Iterable[str], *, fingerprint: bool) -> list[Place]:
    """The places of an output that have rules, in an order of their own."""
    found: set[Place] = set()
    for path in paths:
        if rule := rule_of(path, fingerprint=fingerprint):
            parents = path.split("/")[:-1]
            if rule.name:
                found.add(Place(rule, "/", len(parents)))
            else:
                top = rule.folder if rule.whole else "/".join(parents)
                found.add(Place(rule, f"/{top}/", 0))
    return sorted(found)
