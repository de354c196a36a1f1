"""Digests: of bytes, of values in one canonical form, and of the engine itself."""

from __future__ import annotations

import hashlib
import json
import re
import sys
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from io import BufferedReader
from pathlib import Path

_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
SIZE = 16
"""Bytes of a digest: 128 bits, so that a collision among any archive's facts is out of reach."""

_RENDERING_LIBRARIES = (
    "babel",
    "brotli",
    "jinja2",
    "markdown-it-py",
    "markupsafe",
    "mdit-py-plugins",
    "mdurl",
    "nh3",
    "Pillow",
    "py-svg-hush",
    "pydantic",
    "pydantic-core",
    "python-dateutil",
    "python-frontmatter",
    "python-slugify",
    "PyYAML",
    "text-unidecode",
    "tzdata",
)


def digest(data: bytes) -> bytes:
    """BLAKE2b of `data`, `SIZE` bytes long (RFC 7693)."""
    return hashlib.blake2b(data, digest_size=SIZE).digest()


def digest_of_file(file: BufferedReader) -> bytes:
    """The digest of an open file from its beginning, read in pieces."""
    return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=SIZE)).digest()


def digest_of(file: str) -> bytes:
    """The digest of a file's bytes, however many. Raises OSError."""
    with Path(file).open("rb") as data:
        return digest_of_file(data)


def canonical(value: object) -> bytes:
    """`value` as JSON in one form only: UTF-8, no spaces, keys in the order of the value."""
    return _encoded(value).encode()


def canonical_texts(value: object) -> bytes:
    """The same of texts, lists and groups, in half the time where `sitegen[fast]` brings orjson.

    No number in them may be a fraction, which it writes otherwise.
    """
    return _quick()(value)


@lru_cache(maxsize=1)
def _quick() -> Callable[[object], bytes]:
    try:
        import orjson
    except ImportError:
        return canonical

    def quick(value: object) -> bytes:
        try:
            return orjson.dumps(value)
        except TypeError:  # halves of surrogates, say: Python tells what is wrong with a value
            return canonical(value)

    return quick


@lru_cache(maxsize=1)
def engine_digest() -> bytes:
    """Changes whenever the same input could give other bytes: our sources, Python, libraries."""
    here = Path(__file__).parent
    versions = installed()
    parts = [sys.version, zlib.ZLIB_RUNTIME_VERSION]
    parts += [f"{name} {versions.get(_in_one_form(name))}" for name in _RENDERING_LIBRARIES]
    hasher = hashlib.blake2b("\n".join(parts).encode(), digest_size=SIZE)
    for path in sorted(here.rglob("*.py")):
        hasher.update(path.relative_to(here).as_posix().encode() + b"\0")
        hasher.update(digest(path.read_bytes()))
    return hasher.digest()


@lru_cache(maxsize=1)
def installed() -> Mapping[str, str]:
    """Version of each installed distribution, by its name in one form (PEP 503).

    Their folders' names tell (Recording installed projects, PyPA): importlib.metadata takes 15 ms
    to load, and is asked where no such folder is found.
    """
    found: dict[str, str] = {}
    for folder in sys.path:
        with suppress(OSError):
            for entry in Path(folder or ".").iterdir():
                if entry.name.endswith(".dist-info"):
                    project, _, version = entry.name.removesuffix(".dist-info").partition("-")
                    found.setdefault(_in_one_form(project), version)
    if not found:
        from importlib import metadata

        found = {_in_one_form(each.name): each.version for each in metadata.distributions()}
    return found


def _in_one_form(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
