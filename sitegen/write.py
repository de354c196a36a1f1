"""The output folder: the only module that changes a file in it, and only files that are ours."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple, Protocol

from sitegen.digest import SIZE, digest, digest_of
from sitegen.errors import Misuse, Problem, SitegenError
from sitegen.kept import UNFINISHED, discard
from sitegen.outputs import Look

STAGING = ".sitegen-staging"
_PIECE = 1_000_000
"""Bytes of a file that are copied at a time."""
_FOLDERS = 10_000
"""Folders of which it is remembered that they are there."""


class Recorded(Protocol):
    """What the output needs to know of a recorded file."""

    @property
    def path(self) -> str: ...

    @property
    def digest(self) -> bytes: ...

    @property
    def size(self) -> int: ...

    @property
    def mtime(self) -> int: ...


class Staged(NamedTuple):
    """An output's new bytes, in a file that only waits to be moved into place."""

    path: str
    file: str
    """Empty when the bytes are those that the output already has."""
    digest: bytes
    size: int
    read: bytes = b""
    """Of a copy: the digest of the file's bytes as they were when it was made."""


class Placed(NamedTuple):
    """A file of the output, where a staged one belongs."""

    mtime: int
    """Nanoseconds."""
    is_new: bool
    """Whether it has other bytes than before."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What lies in the output folder, beside what was recorded of it."""

    looks: Mapping[str, Look]
    """Of the recorded files that are not as they were written."""
    moved: tuple[tuple[str, int, int], ...]
    """(path, size, mtime) of files with our bytes under a new stat."""
    foreign: tuple[str, ...]
    """Files that nobody recorded: never changed, only reported."""


def refuse_dangerous(root: Path, site: Path, keep: Iterable[Path]) -> None:
    """Raise Misuse when `root` is a folder that a build must never write its pages into."""
    home = Path.home().resolve()
    why = ""
    if root in (Path(root.anchor), home):
        why = "it is your home folder" if root == home else "it is the top of the file system"
    elif root == site or site.is_relative_to(root):
        why = "the site itself lies in it"
    elif inside := next((p for p in keep if root == p or root.is_relative_to(p)), None):
        why = f"it lies in {inside.name}/, which is the site's own"
    elif inside := next((p for p in keep if p.is_relative_to(root)), None):
        why = f"{inside.name}/ lies in it"
    if why:
        hint = "choose a folder of its own, such as public"
        raise Misuse(Problem("output-folder", f"the output cannot be {root}: {why}", hint=hint))


def survey(root: Path, recorded: Iterable[Recorded]) -> Survey:
    """Look at every file below `root`; bytes are read only where size or time differ.

    What is `recorded` must come in the order of its paths.
    """
    beside = _Beside(_files(str(root), ""))
    looks, moved = _compared(root, recorded, beside.stat)
    return Survey(looks, moved, tuple(beside.others()))


class _Beside:
    """Files, and which of them are none of those that are asked for; both in their order."""

    def __init__(self, files: Iterator[tuple[str, os.stat_result]]) -> None:
        self._files = files
        self._next = next(files, None)
        self._others: list[str] = []

    def stat(self, path: str) -> os.stat_result | None:
        while self._next is not None and self._next[0] < path:
            self._others.append(self._next[0])
            self._next = next(self._files, None)
        if self._next is None or self._next[0] != path:
            return None
        found = self._next[1]
        self._next = next(self._files, None)
        return found

    def others(self) -> list[str]:
        """All that was not asked for."""
        if self._next is not None:
            self._others += [self._next[0], *(path for path, _ in self._files)]
        return self._others


def glance(root: Path, recorded: Iterable[Recorded], foreign: Iterable[str]) -> Survey:
    """Look at the recorded files alone, in a sixth of the time; what is `foreign` is only repeated.

    To list all folders takes six system calls for a page that has one of its own.
    """
    folder = f"{root}/"
    looks, moved = _compared(root, recorded, lambda path: _stat(folder + path))
    return Survey(looks, moved, tuple(foreign))


def bytes_as_recorded(root: Path, recorded: Iterable[Recorded]) -> int | None:
    """The bytes of all files, if each is there with the size and the time that it had.

    None as soon as one is not.
    """
    total, folder = 0, f"{root}/"
    for file in recorded:
        info = _stat(folder + file.path)
        if info is None or info.st_size != file.size or info.st_mtime_ns != file.mtime:
            return None
        total += file.size
    return total


def _stat(file: str) -> os.stat_result | None:
    try:
        return os.lstat(file)
    except (FileNotFoundError, NotADirectoryError):
        return None


def _compared(
    root: Path,
    recorded: Iterable[Recorded],
    stat_of: Callable[[str], os.stat_result | None],
) -> tuple[dict[str, Look], tuple[tuple[str, int, int], ...]]:
    """How recorded files look that are not ours, and those of ours that have a new stat."""
    looks: dict[str, Look] = {}
    moved: list[tuple[str, int, int]] = []
    for file in recorded:
        info = stat_of(file.path)
        if info is None:
            looks[file.path] = Look.MISSING
        elif info.st_size == file.size and info.st_mtime_ns == file.mtime:
            continue
        elif info.st_size == file.size and digest_of(f"{root}/{file.path}") == file.digest:
            moved.append((file.path, info.st_size, info.st_mtime_ns))
        else:
            looks[file.path] = Look.FOREIGN
    return looks, tuple(moved)


def _files(folder: str, prefix: str) -> Iterator[tuple[str, os.stat_result]]:
    """(path, stat) of every file below a folder, by path; symbolic links are not followed."""
    try:
        with os.scandir(folder) as entries:
            found = [(_path_of(prefix, entry), entry) for entry in entries]
    except FileNotFoundError:
        return
    for path, entry in sorted(found, key=itemgetter(0)):
        if not path.endswith("/"):
            yield path, entry.stat(follow_symlinks=False)
        elif entry.name != STAGING:
            yield from _files(entry.path, path)


def _path_of(prefix: str, entry: os.DirEntry[str]) -> str:
    """With a slash behind a folder, so that all paths are sorted as what is in it is."""
    return f"{prefix}{entry.name}{'/' if entry.is_dir(follow_symlinks=False) else ''}"


def obstacles(root: Path, planned: Iterable[str], foreign: Iterable[str]) -> list[Problem]:
    """What stands in the output where our files belong, and is not ours to remove."""
    problems = []
    if root.exists() and not os.access(root, os.W_OK):
        message = "the output folder cannot be written"
        problems.append(Problem("output-read-only", message, str(root)))
    strangers = set(foreign)
    if not strangers:
        return problems
    above = {folder for path in strangers for folder in _folders(path)}
    for path in planned:
        for folder in _folders(path):
            if folder in strangers:
                link = (root / folder).is_symlink()
                message = f"{'a symbolic link' if link else 'a file'} stands where a folder belongs"
                problems.append(_in_the_way(folder, message))
        if path in above:
            message = "a folder with files that are not sitegen's stands where a page belongs"
            problems.append(_in_the_way(path, message))
    return list(dict.fromkeys(problems))


def is_free(root: Path, path: str) -> bool:
    """Whether nothing stands where a new file would be, or where its folders would."""
    above = [os.path.join(root, folder) for folder in _folders(path)]
    blocked = any(os.path.lexists(f) and (os.path.islink(f) or not os.path.isdir(f)) for f in above)
    return not blocked and not os.path.lexists(os.path.join(root, path))


def _folders(path: str) -> Iterator[str]:
    end = path.find("/")
    while end >= 0:
        yield path[:end]
        end = path.find("/", end + 1)


def _in_the_way(path: str, message: str) -> Problem:
    hint = "remove it from the output folder, or build into another"
    return Problem("output-in-the-way", message, path, hint=hint)


def sweep(root: Path, state: Path) -> None:
    """Remove what a killed build left in the staging folders: it may have been withdrawn since."""
    for left in (state / "staging", root / STAGING):
        shutil.rmtree(left, ignore_errors=True)
    discard(state.glob(f"*/{UNFINISHED}*"))


class Staging:
    """A folder on the output's file system in which new files wait, so that a move is atomic."""

    def __init__(self, root: Path, state: Path) -> None:
        """Within `state` where that is on the same file system as `root`, else within `root`."""
        root.mkdir(parents=True, exist_ok=True)
        same = os.stat(root).st_dev == os.stat(state).st_dev
        self._places = (state / "staging", root / STAGING)
        # A name of its own: a cluster's worker that has not heard that its build was stopped must
        # not write among the files of the next.
        self.folder = self._places[0 if same else 1] / os.urandom(8).hex()
        self.folder.mkdir(parents=True)

    def __enter__(self) -> Staging:
        return self

    def __exit__(self, *_: object) -> None:
        for place in self._places:
            shutil.rmtree(place, ignore_errors=True)


def stage(folder: str, name: str, path: str, data: bytes, before: bytes) -> Staged:
    """Put an output's bytes into the staging folder, unless they are those it had `before`."""
    found = digest(data)
    if found == before:
        return Staged(path, "", found, len(data))
    file = os.path.join(folder, name)
    with open(file, "wb", buffering=0) as out:  # a buffer costs two system calls
        left = memoryview(data)
        while left:  # a disk that becomes full takes a part, and refuses the next
            left = left[out.write(left) :]
    return Staged(path, file, found, len(data))


def stage_kept(folder: str, name: str, path: str, data: bytes, kept: str, before: bytes) -> Staged:
    """As `stage`, of bytes that the state keeps in a file: both are one file on the disk."""
    found = digest(data)
    if found == before or not kept:
        return stage(folder, name, path, data, before)
    file = os.path.join(folder, name)
    try:
        os.link(kept, file)
    except OSError:  # another file system, or one that has no links
        return stage(folder, name, path, data, before)
    return Staged(path, file, found, len(data))


def stage_copy(folder: str, name: str, path: str, source: str, before: bytes) -> Staged:
    """As `stage`, of a file's own bytes, however many. Raises OSError."""
    file = os.path.join(folder, name)
    hasher = hashlib.blake2b(digest_size=SIZE)
    length = 0
    # Never a link: whoever changes a published file in place would change what it is made of.
    with open(source, "rb") as data, open(file, "wb") as out:
        while piece := data.read(_PIECE):
            hasher.update(piece)
            out.write(piece)
            length += len(piece)
    found = hasher.digest()
    if found == before:
        os.unlink(file)
    return Staged(path, "" if found == before else file, found, length, read=found)


def place(root: Path, staged: Iterable[Staged]) -> list[Placed]:
    """Move staged files into the output folder `root`, in whichever process."""
    return list(map(Output(root).write, staged))


class Output:
    """The output folder, for the time of one build."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._safe: set[str] = {self._root}
        """Folders that are known to be there, and to be no symbolic links."""

    def write(self, staged: Staged) -> Placed:
        """Move a staged file into place, unless the place has its bytes already."""
        target = os.path.join(self._root, staged.path)
        if not staged.file:
            return Placed(os.stat(target).st_mtime_ns, is_new=False)
        was_made = self._make_folder(os.path.dirname(target), staged.path)
        if not was_made and self._has(target, staged):
            return Placed(os.stat(target).st_mtime_ns, is_new=False)
        try:
            self._move(staged.file, target)
        except IsADirectoryError:
            self._take_place_of_folder(staged, target)
        return Placed(os.stat(target).st_mtime_ns, is_new=True)

    def _has(self, target: str, staged: Staged) -> bool:
        with suppress(OSError):
            info = os.lstat(target)
            if info.st_size == staged.size and not os.path.islink(target):
                return digest_of(target) == staged.digest
        return False

    def _move(self, file: str, target: str) -> None:
        try:
            os.replace(file, target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            # Two mounts may have one disk and its number, and nothing can be moved between them.
            folder, name = os.path.split(file)
            folder = os.path.join(self._root, STAGING, os.path.basename(folder))
            os.makedirs(folder, exist_ok=True)
            near = shutil.copyfile(file, os.path.join(folder, name))
            os.replace(near, target)

    def _take_place_of_folder(self, staged: Staged, target: str) -> None:
        try:
            for folder, _, _ in os.walk(target, topdown=False):
                os.rmdir(folder)  # empty ones only
        except OSError:
            message = "a folder with files that are not sitegen's stands where a page belongs"
            raise SitegenError(_in_the_way(staged.path, message)) from None
        self._move(staged.file, target)

    def _make_folder(self, folder: str, path: str) -> bool:
        """Make a folder and its parents, unless it is there; a symbolic link on the way is refused.

        Returns whether it was made.
        """
        if folder in self._safe:
            return False
        if len(self._safe) > _FOLDERS:
            self._safe = {self._root}
        self._make_folder(os.path.dirname(folder), path)
        made = True
        try:
            os.mkdir(folder)
        except FileExistsError:
            made = False
            if os.path.islink(folder) or not os.path.isdir(folder):
                message = "something else stands where a folder belongs"
                raise SitegenError(_in_the_way(path, message)) from None
        self._safe.add(folder)
        return made

    def delete(self, path: str) -> bool:
        """Delete one of our files, and the folders that it leaves empty."""
        target = os.path.join(self._root, path)
        if self._through_link(os.path.dirname(target)):
            return False
        try:
            os.unlink(target)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError, PermissionError):
            if os.path.isfile(target):
                raise
            return False
        folder = os.path.dirname(target)
        with suppress(OSError):
            while folder != self._root:
                os.rmdir(folder)
                self._safe.discard(folder)
                folder = os.path.dirname(folder)
        return True

    def _through_link(self, folder: str) -> bool:
        while folder != self._root:
            if os.path.islink(folder):
                return True
            folder = os.path.dirname(folder)
        return False
