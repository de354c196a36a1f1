"""The gallery: pictures in the forms that were made of them, kept so that none is made twice.

It lies in the state. A file is named by the digest of what its bytes follow from, and by that of
the bytes themselves: damaged ones are noticed, and an interrupted build keeps what it has made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sitegen.digest import digest
from sitegen.index.store import Store
from sitegen.index.traces import Trace
from sitegen.outputs import Copy, Output
from sitegen.render.pictures import made, recipe
from sitegen.write import discard, keep

FOLDER = "pictures"
_KEPT = frozenset({"icons", "pictures"})
"""The families of outputs that lie in it."""
_SPARE, _RECIPE = "spare pictures", "recipe"
"""What the state remembers: whether some may be spare, and how all of them were made."""
_SOME, _PERHAPS = "some", "if this build ends early"


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


def expect(stale: Iterable[Output], orphans: Iterable[Trace], store: Store) -> None:
    """Remember, before a build makes or removes pictures, that some may be spare then.

    A build that is killed or fails leaves pictures of which nothing else knows.
    """
    making = {output.family for output in stale} & _KEPT
    gone = any(orphan.family in _KEPT for orphan in orphans)
    # An icon keeps its name when it is made from another picture.
    if gone or "icons" in making or store.meta(_SPARE) or store.meta(_RECIPE) != recipe().hex():
        store.remember(_SPARE, _SOME)
    elif making:
        store.remember(_SPARE, _PERHAPS)


def forget_spare(
    outputs: Iterable[Output], inputs: Callable[[Output], bytes], store: Store, state: Path
) -> None:
    """Delete the pictures of the gallery in `state` that none of the `outputs` is any more."""
    spare = store.meta(_SPARE)
    if spare == _SOME:
        wanted = (inputs(output) for output in outputs if output.family in _KEPT)
        discard(superfluous(state / FOLDER, wanted))
        store.remember(_RECIPE, recipe().hex())
    if spare:
        store.remember(_SPARE, "")


def superfluous(folder: Path, wanted: Iterable[bytes]) -> Iterator[Path]:
    """The files of the gallery that stand for nothing that is `wanted`."""
    names = {key.hex() for key in wanted}
    for file in sorted(folder.glob("*/*")):
        if file.parent.name + file.name.partition("-")[0] not in names and file.is_file():
            yield file
