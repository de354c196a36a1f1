"""The gallery: pictures in the forms that were made of them, kept so that none is made twice.

It lies in the state. A file is named by the digest of what its bytes follow from, and by that of
the bytes themselves: damaged ones are noticed, and an interrupted build keeps what it has made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sitegen.digest import digest
from sitegen.kept import keep
from sitegen.outputs import Copy
from sitegen.render.pictures import made

FOLDER = "pictures"


class Picture(NamedTuple):
    """The bytes of a picture in one form."""

    data: bytes
    kept: str
    """The file in the gallery; empty where there is none."""
    read: bytes
    """The digest of the file that it is made of."""


def pictures(folder: str, copies: Sequence[tuple[Copy, bytes]]) -> Iterator[Picture]:
    """One picture in several forms, each with the digest of its inputs; opened once, if at all.

    Raises PictureBroken, and OSError where the picture cannot be read.
    """
    found = {key: _found(folder, key) for _, key in copies}
    missing = [(copy, key) for copy, key in copies if found[key] is None]
    read = copies[0][0].digest
    results: Iterator[bytes] = iter(())
    source = b""
    if missing:
        source = Path(copies[0][0].file).read_bytes()
        read = digest(source)
        results = made(source, [copy.form for copy, _ in missing if copy.form])
    for copy, key in copies:
        if known := found[key]:
            yield Picture(known[1], known[0], copy.digest)
            continue
        data = next(results)
        # A picture that changed since it was looked at is kept under its new name next time.
        kept = keep(folder, _name(key, data), data) if read == copy.digest else ""
        yield Picture(data, kept, read)


def _name(key: bytes, data: bytes) -> str:
    return f"{key.hex()[:2]}/{key.hex()[2:]}-{digest(data).hex()}"


def _found(folder: str, key: bytes) -> tuple[str, bytes] | None:
    """The file of what `key` stands for, and its bytes, if they are as they were written."""
    name = key.hex()
    for file in Path(folder, name[:2]).glob(f"{name[2:]}-*"):
        with suppress(OSError):
            data = file.read_bytes()
            if digest(data).hex() == file.name.partition("-")[2]:
                return str(file), data
    return None


def superfluous(folder: Path, wanted: Iterable[bytes]) -> Iterator[Path]:
    """The files of the gallery that stand for nothing that is `wanted`."""
    names = {key.hex() for key in wanted}
    for file in sorted(folder.glob("*/*")):
        if file.parent.name + file.name.partition("-")[0] not in names and file.is_file():
            yield file
