"""How a file of the output is to be served: its media type, and how long it may be kept."""

from __future__ import annotations

from pathlib import PurePosixPath

_TYPES = {
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gif": "image/gif",
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
_NAMES = {
    "atom.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
    "feed.xml": "application/rss+xml",
}
UNKNOWN = "application/octet-stream"

PAGE = "public, max-age=0, must-revalidate"
"""Readers see a correction at once; an unchanged page costs a question and no bytes."""
HEADLINES = "public, max-age=60, stale-while-revalidate=300"
FEED = "public, max-age=300"
ASSET = "public, max-age=300, stale-while-revalidate=86400"
FOR_EVER = "public, max-age=31536000, immutable"


def media_type(path: str) -> str:
    """The media type (RFC 9110) of the output file at `path`, its charset with it."""
    file = PurePosixPath(path)
    if file.suffix == ".xml" and file.parent.name == "feeds":
        return _NAMES["feed.xml"]
    return _NAMES.get(file.name) or _TYPES.get(file.suffix.lower(), UNKNOWN)


def cache_rule(path: str, *, fingerprint: bool) -> str:
    """The Cache-Control (RFC 9111) of the output file at `path`.

    With `fingerprint` the names of assets change with their bytes.
    """
    file = PurePosixPath(path)
    if file.parts[0] == "assets":
        return FOR_EVER if fingerprint else ASSET
    if file.name == "headlines.json":
        return HEADLINES
    if file.name in _NAMES or file.parent.name in ("feeds", "sitemaps"):
        return FEED
    return PAGE
