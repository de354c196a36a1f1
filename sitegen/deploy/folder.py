"""A folder as a target: on this machine, or wherever it is mounted from."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from sitegen.deploy.file import File
from sitegen.deploy.order import folders_above
from sitegen.deploy.record import PATH
from sitegen.deploy.target import Done, by_path, failed
from sitegen.deploy.threads import each
from sitegen.digest import digest, digest_of_file
from sitegen.errors import SitegenError
from sitegen.serving import HOST_FOLDER

_WAITING = f"{HOST_FOLDER}/sending"
"""Files grow here, on the target's own file system, and are then moved into place at once."""


class Folder:
    """A folder that a server shows to readers."""

    def __init__(self, root: Path, threads: int) -> None:
        self._root = root
        self._threads = threads

    def takes(self, path: str) -> bool:
        return True

    def mark(self, file: File) -> str:
        return file.digest.hex()

    def record(self) -> bytes | None:
        with _told(PATH):
            try:
                return (self._root / PATH).read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                return None

    def remember(self, record: bytes) -> None:
        with _told(PATH), self._waiting() as waiting:
            # Whoever trusts the record after a power cut must find the files that it tells of.
            if hasattr(os, "sync"):
                os.sync()
            part = waiting / "record"
            with part.open("wb") as file:
                file.write(record)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._root / PATH)

    def same(self, files: Sequence[File]) -> set[str]:
        return {file.path for file in files if self._has(file)}

    def _has(self, file: File) -> bool:
        place = self._root / file.path
        with suppress(OSError):
            if place.is_file() and not place.is_symlink() and place.stat().st_size == file.size:
                with place.open("rb") as there:
                    return digest_of_file(there) == file.digest
        return False

    def existing(self, paths: Sequence[str]) -> set[str]:
        return {path for path in paths if os.path.lexists(self._root / path)}

    def send(self, files: Sequence[File], done: Done) -> None:
        with _told(str(self._root)), self._waiting() as waiting:
            wanted = by_path(files)
            each(wanted, lambda path: self._send(wanted[path], waiting), done, self._threads)

    def _send(self, file: File, waiting: Path) -> None:
        with _told(file.path):
            self._refuse_links(file.path)
            target = self._root / file.path
            part = waiting / digest(file.path.encode()).hex()
            with file.open() as source, part.open("wb") as copy:
                shutil.copyfileobj(source, copy)
            target.parent.mkdir(parents=True, exist_ok=True)
            part.replace(target)

    def delete(self, paths: Sequence[str], done: Done) -> None:
        for path in paths:
            with _told(path):
                self._refuse_links(path)
                with suppress(FileNotFoundError, NotADirectoryError):
                    (self._root / path).unlink()
                with suppress(OSError):  # others have files there
                    for folder in folders_above(path):
                        (self._root / folder).rmdir()
            done(path)

    def close(self) -> None:
        """Nothing: there is no connection."""

    def _refuse_links(self, path: str) -> None:
        """Nothing is written or deleted elsewhere by way of a symbolic link."""
        for folder in folders_above(path):
            if (self._root / folder).is_symlink():
                message = f"{folder} is a symbolic link there, and may lead out of the target"
                raise SitegenError(failed(message, path, "put a folder in its place"))

    @contextmanager
    def _waiting(self) -> Iterator[Path]:
        """An empty folder for files that are not whole yet; what a killed deploy left goes."""
        folder = self._root / _WAITING
        shutil.rmtree(folder, ignore_errors=True)
        self._root.mkdir(exist_ok=True)
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _told(path: str) -> Iterator[None]:
    """What the system refuses, as a message with its place."""
    try:
        yield
    except OSError as error:
        message = f"the target folder refuses it: {error.strerror or error}"
        raise SitegenError(failed(message, str(error.filename or path))) from None
