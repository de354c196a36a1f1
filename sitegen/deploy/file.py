"""A file of the output, as a deploy sends it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from sitegen.digest import canonical, digest, digest_of_file
from sitegen.errors import Problem, SitegenError


@dataclass(frozen=True, slots=True)
class File:
    """One file to have at the target."""

    path: str
    """Relative to the output."""
    place: Path
    """Where it lies."""
    digest: bytes
    """Of its bytes, as `sitegen.digest` has it."""
    size: int
    type: str
    """Media type (RFC 9110)."""
    cache: str
    """Cache-Control (RFC 9111)."""
    turn: int = 0
    """See `order.Turn`."""
    leads_on: bool = False
    """Whether it is a page that only leads on; storage may answer with a redirect in its place."""

    @property
    def served(self) -> str:
        """A digest of the bytes and of all that storage keeps beside them, in hexadecimal."""
        kept = [self.digest.hex(), self.type, self.cache, self.leads_on]
        return digest(canonical(kept)).hex()

    def open(self) -> BufferedReader:
        """The file, open for reading, once it was found to have the bytes that were recorded.

        Raises SitegenError when it has others: something writes to the output meanwhile.
        """
        file = self.place.open("rb")
        try:
            if digest_of_file(file) != self.digest:
                raise SitegenError(changed(self.path))
            file.seek(0)
        except BaseException:
            file.close()
            raise
        return file


def changed(path: str) -> Problem:
    """That a file of the output is not as the build recorded it."""
    message = "this file of the output is not as the last build left it"
    hint = "build once more, and let nothing else write there: sitegen build"
    return Problem("output-changed", message, path, hint=hint)
