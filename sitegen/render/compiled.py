"""Templates with their compiled code: compiled once for all processes and builds to come."""

from __future__ import annotations

import marshal
from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from sitegen.digest import SIZE, digest, engine_digest

KEPT = 2048
"""Templates whose code a process keeps, whichever themes they are part of."""

Texts = tuple[tuple[str, str], ...]
"""(name, text) of a theme's templates, in the order of their names."""
_Codes = dict[tuple[str, str], CodeType]
"""By the key and the digest of the source that Jinja knows a template by."""


class Compiled(BytecodeCache):
    """The code of templates that this process compiled or was given.

    To compile a theme takes half a second: `serve` shall not do it again when one template of it
    was edited, nor a build that renders two pages.
    """

    def __init__(self) -> None:
        self.codes: _Codes = {}

    def of(self, templates: Texts) -> _Codes:
        """The code of some templates, as far as it is known."""
        keys = (
            (self.get_cache_key(name, name), self.get_source_checksum(t)) for name, t in templates
        )
        return {key: self.codes[key] for key in keys if key in self.codes}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if len(self.codes) >= KEPT:
            del self.codes[next(iter(self.codes))]
        if bucket.code is not None:
            self.codes[bucket.key, bucket.checksum] = bucket.code


def name_of(templates: Texts) -> str:
    """What the file of these templates is called: another engine's code is never taken for ours."""
    parts = [engine_digest(), *(part.encode() for pair in templates for part in pair)]
    return digest(b"\0".join(parts)).hex()


def packed(templates: Texts, codes: _Codes) -> bytes:
    """Templates and their code as the bytes of a file."""
    data = marshal.dumps((templates, codes))
    return digest(data) + data


def unpacked(file: Path) -> tuple[Texts, _Codes] | None:
    """What is in such a file; None where there is none, or it is not as it was written."""
    try:
        data = file.read_bytes()
    except OSError:
        return None
    if digest(data[SIZE:]) != data[:SIZE]:
        return None
    found: tuple[Texts, _Codes] = marshal.loads(data[SIZE:])
    return found
