"""Templates with their compiled code, handed to the processes of a build: compiled once for all."""

from __future__ import annotations

import marshal
from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

KEPT = 2048
"""Templates whose code a process keeps, whichever themes they are part of."""

Texts = tuple[tuple[str, str], ...]
"""(name, text) of a theme's templates, in the order of their names."""
_Codes = dict[tuple[str, str], CodeType]
"""By the key and the digest of the source that Jinja knows a template by."""


class Compiled(BytecodeCache):
    """The code of templates that this process compiled or was given.

    To compile a theme takes half a second: `serve` shall not do it again when one template of it
    was edited.
    """

    def __init__(self) -> None:
        self._codes: _Codes = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if len(self._codes) >= KEPT:
            del self._codes[next(iter(self._codes))]
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code

    def packed(self, templates: Texts) -> bytes:
        """Templates and their code, as far as it is known, for another process of this build.

        Never for another build: whoever can change the state could run anything then.
        """
        key, checksum = self.get_cache_key, self.get_source_checksum
        keys = ((key(name, name), checksum(text)) for name, text in templates)
        codes = {key: self._codes[key] for key in keys if key in self._codes}
        return marshal.dumps((templates, codes))

    def read(self, file: Path) -> Texts:
        """The templates in a file of such bytes; their code is known then. Raises OSError."""
        templates: Texts
        templates, codes = marshal.loads(file.read_bytes())
        self._codes |= codes
        return templates
