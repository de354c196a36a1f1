"""The codings in which an output can lie beside itself: the same bytes for the same library."""

from __future__ import annotations

import gzip
import io
from collections.abc import Collection, Iterator
from importlib.util import find_spec

from sitegen import folders
from sitegen.errors import Problem
from sitegen.outputs import Coding

_GZIP_LEVEL = 9
_BROTLI_QUALITY = 11
"""The highest: pages of 4 KB are an eighth smaller than with 9."""
_BROTLI_WINDOWS = (16, 22)
"""Logarithms of the least window and of the usual one, the largest that each reader must have.

Of less than 64 KB the tables are not smaller any more. The usual window for a page of 6 KB would
make it no smaller, and take 9 ms in place of 6: it clears tables of 32 MB for each."""


def encoded(data: bytes, coding: Coding) -> bytes:
    """`data` as gzip (RFC 1952), without a name or time in it, or as Brotli (RFC 7932)."""
    if coding == "br":
        import brotli  # type: ignore[import-untyped]  # brotli ships no types, and nobody else does

        least, usual = _BROTLI_WINDOWS
        window = min(max(least, len(data).bit_length()), usual)
        how = {"mode": brotli.MODE_TEXT, "quality": _BROTLI_QUALITY, "lgwin": window}
        return bytes(brotli.compress(data, **how))
    out = io.BytesIO()
    # Not gzip.compress, which leaves it to zlib which system the header names.
    with gzip.GzipFile("", "wb", _GZIP_LEVEL, out, mtime=0) as file:
        file.write(data)
    return out.getvalue()


def lacking(wanted: Collection[Coding]) -> Iterator[Problem]:
    """What must be installed for the codings that the settings ask for."""
    if "br" in wanted and find_spec("brotli") is None:
        message = "a package that writes Brotli is not installed"
        hint = 'install it: pip install "sitegen[brotli]"; or leave "br" out'
        yield Problem("coding-tools", message, folders.SETTINGS, 0, "build.precompress", hint)
