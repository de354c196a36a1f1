"""Addresses: slugs, permalinks, and the file of the output that answers a URL.

A URL here is relative to the site (`/2026/11/storm/`), percent-encoded as RFC 3986 asks; a path
is its file under the output folder (`2026/11/storm/index.html`), in Unicode's NFC form.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from slugify import slugify

MAX_NAME = 255
"""Bytes: the longest name of a file on the usual file systems."""

MAX_PATH = 1000
"""Bytes: the longest address of a page; with the output folder before it, paths end at 4,096."""

GONE = "gone"
"""What a redirect leads to whose page was removed for good."""

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
_POINTS = re.compile(r"[\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_PLAIN_STEM = re.compile(r"[\w~-]+(\.[\w~-]+)*")
_ADDRESS = re.compile(r"(https?:)?//\S+|/\S+|[\w.-]+\.\w+/\S*")
_SAFE = "/~!$&'()*+,;=@-._"
_PLAIN = re.compile(r"[A-Za-z0-9/._~-]*")


@lru_cache(maxsize=65536)
def slug_of(name: str, *, ascii_only: bool = False) -> str:
    """The slug of a tag's, author's or headline's name; empty when no letter or digit is left."""
    return _slugify(name, ascii_only=ascii_only, lowercase=True)


def slug_of_stem(stem: str, *, ascii_only: bool = False) -> str:
    """The slug of a file's stem: kept as it is written where that is safe in a URL."""
    stem = unicodedata.normalize("NFC", stem)
    if ascii_only:
        return slug_of(stem, ascii_only=True)
    if _PLAIN_STEM.fullmatch(stem):
        return stem
    return _slugify(stem, ascii_only=False, lowercase=False)


def _slugify(text: str, *, ascii_only: bool, lowercase: bool) -> str:
    """The library's slug, with the signs that are part of a word in many scripts kept.

    Vowel points of Arabic and Hebrew are left out: nobody types them in an address.
    """
    text = _POINTS.sub("", unicodedata.normalize("NFC", text))
    if ascii_only or text.isascii():
        return slugify(text, allow_unicode=not ascii_only, lowercase=lowercase)
    marks = "".join(sorted({c for c in text if unicodedata.category(c)[0] == "M"}))
    words = rf"(?:[^\w{re.escape(marks)}]|_)+"
    return slugify(text, allow_unicode=True, lowercase=lowercase, regex_pattern=words)


@lru_cache(maxsize=1024)
def check_segment(name: str) -> None:
    """Raise ValueError, saying why, when `name` cannot be one part of a path on every system."""
    if name in ("", ".", ".."):
        raise ValueError("an empty part, “.” or “..” is not allowed")
    if bad := _FORBIDDEN.search(name):
        raise ValueError(f"the character {bad.group()!r} is not allowed")
    if name.startswith(".") and name != ".well-known":
        raise ValueError(f"“{name}” begins with a dot, and hosts hide such names")
    if name.endswith((".", " ")) or name.startswith(" "):
        raise ValueError(f"“{name}” begins or ends with a space or a dot")
    if _RESERVED.fullmatch(name):
        raise ValueError(f"“{name}” is a name that Windows reserves")
    if len(name.encode()) > MAX_NAME:
        raise ValueError(f"a name of {len(name.encode())} bytes is longer than {MAX_NAME}")


def clean_url(url: str) -> str:
    """`url` in its one form: encoded, NFC, ending in “/” unless its last part has a suffix.

    Raises ValueError, saying why, for anything that is not an address inside this site.
    """
    if "://" in url or url.startswith("//") or not url.startswith("/"):
        raise ValueError("it must begin with one “/”, like /2026/11/harbour-storm/")
    if "?" in url or "#" in url:
        raise ValueError("“?” and “#” cannot be part of a page's address")
    path = unicodedata.normalize("NFC", unquote(url, errors="strict")).strip("/")
    if not path:
        return "/"
    if len(path.encode()) > MAX_PATH:
        raise ValueError(f"an address of {len(path.encode())} bytes is longer than {MAX_PATH}")
    segments = path.split("/")
    for segment in segments:
        check_segment(segment)
    if segments[-1] == "index.html":  # a folder's address and its file's are one
        return f"/{encode(path.removesuffix('index.html'))}"
    ends = "" if "." in segments[-1] and not url.endswith("/") else "/"
    return f"/{encode(path)}{ends}"


def old_address(url: str) -> str:
    """`url` as a redirect leads from it: an address of this site, or all below one with a “*”.

    Raises ValueError, saying why, for what no host of files can tell apart.
    """
    below = url.removesuffix("*")
    if "*" in below or (below != url and not below.endswith("/")):
        raise ValueError("“*” can only stand at the end, behind “/”, for all that is below")
    return f"{clean_url(below)}*" if below != url else clean_url(url)


def new_address(url: str) -> str:
    if url == GONE:
        return url
    parts = urlsplit(url.removesuffix("*"))
    if "*" in url[:-1] or re.search(r"[\x00-\x1f\\\"<>]", url):
        raise ValueError("it must hold no quote or backslash, and “*” only at its end")
    if parts.scheme in ("http", "https") and parts.hostname and not re.search(r"\s", url):
        return url
    if parts.scheme or parts.netloc or not url.startswith("/"):
        raise ValueError(f"it must be an address such as /new/ or https://example.org/, or {GONE}")
    path = re.split(r"[?#*]", url, maxsplit=1)[0]
    return clean_url(path) + url[len(path) :]


def page_url(written: str) -> str:
    """The address within the site that a link leads to, as browsers understand what is `written`.

    `/2026//10/../11/storm/` is `/2026/11/storm/`. Raises ValueError like `clean_url`.
    """
    path = posixpath.normpath(unquote(written, errors="strict"))
    return clean_url(encode(f"{path}/" if written.endswith("/") and path != "/" else path))


def is_address(label: str) -> bool:
    """Whether the words of a link are an address, whole or within the site."""
    return bool(_ADDRESS.fullmatch(label.strip()))


def encode(path: str) -> str:
    """`path` percent-encoded for a URL (RFC 3986), slashes kept."""
    return path if _PLAIN.fullmatch(path) else quote(path, safe=_SAFE)


def path_of(url: str) -> str:
    """The output file that answers `url`."""
    path = (unquote(url) if "%" in url else url).lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def url_of(path: str) -> str:
    """The URL that the output file `path` answers."""
    return "/" + encode(path.removesuffix("index.html") if _is_index(path) else path)


def _is_index(path: str) -> bool:
    return path == "index.html" or path.endswith("/index.html")


def permalink(pattern: str, parts: Mapping[str, str]) -> str:
    """`pattern` with its {names} filled in; a part that is empty takes its slash with it."""
    url = pattern
    for name, value in parts.items():
        url = url.replace(f"{{{name}}}", encode(value))
    return re.sub(r"/{2,}", "/", url)


def same_place(path: str) -> str:
    """A key that two paths share when some file system takes them for one."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()
