"""The output folder: the only package that changes a file in it, and only files that are ours."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sitegen.digest import digest_of
from sitegen.errors import Misuse, Problem, SitegenError
from sitegen.write.staging import STAGING, Staged

_FOLDERS = 10_000
"""Folders of which it is remembered that they are there."""


class Placed(NamedTuple):
    """A file of the output, where a staged one belongs."""

    mtime: int
    """Nanoseconds."""
    is_new: bool
    """Whether it has other bytes than before."""


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
