"""How facts are stored: as zlib packs them (RFC 1950), by ISA-L where `sitegen[fast]` brings it."""

from __future__ import annotations

import zlib
from types import ModuleType

from sitegen.index.store import Damaged

_codec: ModuleType = zlib
try:
    from isal import isal_zlib
except ImportError:
    pass
else:
    _codec = isal_zlib

_WORTH_PACKING = 1000
"""Bytes of a fact."""
_ZLIB = b"\x78"


def packed(value: bytes) -> bytes:
    """A fact as it is stored: texts are two thirds of the state, and a third as large packed."""
    return bytes(_codec.compress(value, 1)) if len(value) >= _WORTH_PACKING else value


def unpacked(stored: bytes) -> bytes:
    """A fact as it was. JSON never begins as zlib's format does. Raises Damaged."""
    if stored[:1] != _ZLIB:
        return stored
    try:
        return bytes(_codec.decompress(stored))
    except _codec.error as error:
        raise Damaged(str(error)) from error
