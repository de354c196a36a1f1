"""A server that offers SFTP and nothing else as a target; only `sitegen[sftp]` brings asyncssh.

One connection with one channel: many requests are under way in it at a time, so that a far server
is never waited for by one file alone. Many servers allow few connections, and some a single one.
"""

from __future__ import annotations

import asyncio
import stat
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from io import BufferedReader, BytesIO
from typing import BinaryIO

import asyncssh
from asyncssh import SFTPClient

from sitegen.deploy.channel import LOST, Channel, refusals
from sitegen.deploy.file import File
from sitegen.deploy.login import Login
from sitegen.deploy.order import folders_above
from sitegen.deploy.record import PATH
from sitegen.deploy.target import Done, by_path, failed
from sitegen.digest import digest
from sitegen.errors import Problem, SitegenError
from sitegen.serving import HOST_FOLDER

Work = Callable[[SFTPClient, str], Awaitable[None]]

_WAITING = f"{HOST_FOLDER}/sending"
"""Files grow here, in the target itself, and are then moved into place at once. Not beside their
places: so readers cannot ask for half a file, and what a killed deploy left is in one folder."""
_BLOCK = 1 << 20
"""Bytes that are read at a time; asyncssh sends them as several requests."""
_FILE, _FOLDER = 0o644, 0o755
_NONE = (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath)
NOT_AT_ONCE = (
    "the server cannot replace a file at once (it lacks posix-rename@openssh.com): each file that "
    "changes is missing there for a moment"
)
NO_MODES = "the server lets nobody set modes of files: look whether readers can read them"


class Sftp:
    """A folder on a server."""

    def __init__(
        self, login: Login, folder: str, threads: int, tell: Callable[[str], None]
    ) -> None:
        """`folder` must be there; `tell` takes what the user should know of the server."""
        self._root = folder
        self._threads = threads
        self._tell = tell
        self._told: set[str] = set()
        self._channel = Channel(login)
        self._folders: dict[str, asyncio.Task[None]] = {}
        """Folders that were seen to be real ones, or are being looked at."""
        self._ready = False

    def takes(self, path: str) -> bool:
        return True

    def mark(self, file: File) -> str:
        return file.digest.hex()

    def record(self) -> bytes | None:
        async def read(sftp: SFTPClient) -> bytes | None:
            with refusals(self._root):
                found = await sftp.stat(self._root)
            if not stat.S_ISDIR(found.permissions or 0):
                raise SitegenError(failed("the target is no folder", self._root))
            with refusals(PATH):
                try:
                    async with sftp.open(self._at(PATH), "rb") as file:
                        return await _read(file)
                except _NONE:
                    return None

        return self._channel.run(read)

    def remember(self, record: bytes) -> None:
        async def write(sftp: SFTPClient) -> None:
            with refusals(PATH):
                await self._prepare(sftp)
                await self._put(sftp, BytesIO(record), PATH)

        self._channel.run(write)

    def same(self, files: Sequence[File]) -> set[str]:
        wanted, found = by_path(files), set[str]()

        async def look(sftp: SFTPClient, path: str) -> None:
            if await self._has(sftp, wanted[path]):
                found.add(path)

        self._each(wanted, look, lambda path: None)
        return found

    async def _has(self, sftp: SFTPClient, file: File) -> bool:
        mode, size = await self._seen(sftp, file.path)
        if not stat.S_ISREG(mode) or size != file.size:
            return False
        with _opened(file) as source:
            async with sftp.open(self._at(file.path), "rb") as there:
                while block := await _read(there, _BLOCK):
                    if block != source.read(len(block)):
                        return False
        return True

    def existing(self, paths: Sequence[str]) -> set[str]:
        found: set[str] = set()

        async def look(sftp: SFTPClient, path: str) -> None:
            if (await self._seen(sftp, path))[0]:
                found.add(path)

        self._each(paths, look, lambda path: None)
        return found

    def send(self, files: Sequence[File], done: Done) -> None:
        wanted = by_path(files)

        async def send(sftp: SFTPClient, path: str) -> None:
            with _opened(wanted[path]) as source:
                await self._put(sftp, source, path)

        self._channel.run(self._prepare)
        self._each(wanted, send, done)

    def delete(self, paths: Sequence[str], done: Done) -> None:
        async def delete(sftp: SFTPClient, path: str) -> None:
            if await self._is_within(sftp, path):
                with suppress(*_NONE):
                    await sftp.remove(self._at(path))

        async def tidy(sftp: SFTPClient) -> None:
            """Folders that are empty now go; others have files in the rest."""
            folders = {folder for path in paths for folder in folders_above(path)}
            for folder in sorted(folders, key=_depth, reverse=True):
                with suppress(asyncssh.SFTPError):
                    await sftp.rmdir(self._at(folder))
                    self._folders.pop(folder, None)

        self._each(paths, delete, done)
        self._channel.run(tidy)

    def close(self) -> None:
        """End the connection."""

        async def tidy(sftp: SFTPClient) -> None:
            if self._ready:
                await sftp.rmdir(self._at(_WAITING))

        self._channel.close(tidy)

    def _each(self, paths: Iterable[str], work: Work, done: Done) -> None:
        """Do `work` with every path, several at a time; what a lost connection left, once more."""
        left = dict.fromkeys(paths)

        async def worker(sftp: SFTPClient, waiting: Iterator[str]) -> None:
            for path in waiting:
                with refusals(path):
                    await work(sftp, path)
                del left[path]
                done(path)

        async def all_of_them(sftp: SFTPClient) -> None:
            waiting = iter(list(left))
            tasks = [asyncio.create_task(worker(sftp, waiting)) for _ in range(self._threads)]
            try:
                await asyncio.gather(*tasks)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

        if left:
            self._channel.run(all_of_them)

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}"

    async def _seen(self, sftp: SFTPClient, path: str) -> tuple[int, int]:
        """The mode and the size of what is at `path` itself; (0, 0): nothing."""
        try:
            found = await sftp.lstat(self._at(path))
        except _NONE:
            return 0, 0
        return found.permissions or stat.S_IFREG, found.size or 0

    async def _prepare(self, sftp: SFTPClient) -> None:
        """Once, before anything is written: what a killed deploy left goes."""
        if self._ready:
            return
        with refusals(_WAITING):
            await self._folder(sftp, _WAITING)
            for name in await sftp.listdir(self._at(_WAITING)):
                if name not in (".", ".."):
                    await sftp.remove(self._at(f"{_WAITING}/{name}"))
        self._ready = True

    async def _put(self, sftp: SFTPClient, source: BinaryIO, path: str) -> None:
        if parent := next(folders_above(path), ""):
            await self._folder(sftp, parent)
        part = self._at(f"{_WAITING}/{digest(path.encode()).hex()}")
        async with sftp.open(part, "wb") as there:
            while block := source.read(_BLOCK):
                await there.write(block)
        await self._mode(sftp, part, _FILE)
        await self._move(sftp, part, self._at(path))

    async def _move(self, sftp: SFTPClient, part: str, place: str) -> None:
        try:
            await sftp.posix_rename(part, place)
        except asyncssh.SFTPOpUnsupported:
            self._tell_once(NOT_AT_ONCE)
            with suppress(*_NONE):
                await sftp.remove(place)
            await sftp.rename(part, place)

    async def _mode(self, sftp: SFTPClient, place: str, mode: int) -> None:
        """Set it by itself: what a file is made with is cut by the server's umask."""
        try:
            await sftp.chmod(place, mode)
        except LOST:
            raise
        except asyncssh.SFTPError:
            self._tell_once(NO_MODES)

    async def _folder(self, sftp: SFTPClient, folder: str) -> None:
        """Have a real folder there, and real ones above it."""
        task = self._folders.get(folder)
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            self._folders[folder] = asyncio.create_task(self._make(sftp, folder))
        await self._folders[folder]

    async def _make(self, sftp: SFTPClient, folder: str) -> None:
        if parent := next(folders_above(folder), ""):
            await self._folder(sftp, parent)
        mode, _ = await self._seen(sftp, folder)
        if stat.S_ISLNK(mode):
            raise SitegenError(_leads_out(folder))
        if not mode:
            await sftp.mkdir(self._at(folder))
            await self._mode(sftp, self._at(folder), _FOLDER)

    async def _is_within(self, sftp: SFTPClient, path: str) -> bool:
        """Whether the folders above are there. Raises SitegenError where one leads elsewhere."""
        for folder in reversed(list(folders_above(path))):
            mode, _ = await self._seen(sftp, folder)
            if stat.S_ISLNK(mode):
                raise SitegenError(_leads_out(folder))
            if not mode:
                return False
        return True

    def _tell_once(self, remark: str) -> None:
        if remark not in self._told:
            self._told.add(remark)
            self._tell(remark)


async def _read(file: asyncssh.SFTPClientFile, size: int = -1) -> bytes:
    block: bytes = await file.read(size)
    return block


def _opened(file: File) -> BufferedReader:
    try:
        return file.open()
    except OSError as error:
        message = f"it cannot be read: {error.strerror or error}"
        raise SitegenError(failed(message, file.path)) from None


def _leads_out(folder: str) -> Problem:
    message = f"{folder} is a symbolic link there, and may lead out of the target"
    return failed(message, folder, "put a folder in its place")


def _depth(path: str) -> int:
    return path.count("/")
