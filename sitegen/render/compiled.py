"""Templates with their compiled code: compiled once for all processes, and for the next builds."""

from __future__ import annotations

import marshal
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache, FileSystemBytecodeCache
from jinja2.bccache import Bucket

from sitegen.digest import engine_digest

KEPT = 2048
"""Templates whose code a process keeps, whichever themes they are part of."""

Texts = tuple[tuple[str, str], ...]
"""(name, text) of a theme's templates, in the order of their names."""
_Codes = dict[tuple[str, str], CodeType]
"""By the key and the digest of the source that Jinja knows a template by."""


class Compiled(BytecodeCache):
    """The code of templates that this process compiled or was given, or others of this user.

    To compile a theme takes half a second, and what an edit needs of it a fifth of that edit.
    """

    def __init__(self) -> None:
        self._codes: _Codes = {}

    @cached_property
    def _of_user(self) -> FileSystemBytecodeCache | None:
        """Where Jinja keeps code: a folder for temporary files that is this user's alone.

        None where there is no such folder. Never the state, which is restored from elsewhere:
        whoever can change it could run anything then.
        """
        pattern = f"sitegen-{engine_digest().hex()[:16]}-%s.cache"
        with suppress(OSError, RuntimeError):
            return FileSystemBytecodeCache(pattern=pattern)
        return None

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))
        if bucket.code is None and self._of_user is not None:
            # Jinja begins such a file with a pickle, and what that says of damage can be anything.
            with suppress(Exception):
                self._of_user.load_bytecode(bucket)
            self._keep(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._keep(bucket)
        if self._of_user is not None:
            with suppress(OSError):  # such as a disk that is full: it is compiled again
                self._of_user.dump_bytecode(bucket)

    def _keep(self, bucket: Bucket) -> None:
        if bucket.code is None:
            return
        if len(self._codes) >= KEPT:
            del self._codes[next(iter(self._codes))]
        self._codes[bucket.key, bucket.checksum] = bucket.code

    def packed(self, templates: Texts) -> bytes:
        """Templates and their code, as far as it is known, for another process of this build."""
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
