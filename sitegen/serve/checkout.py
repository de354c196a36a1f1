"""Whether git is changing the files of a site at this moment: it holds a lock while it does."""

from __future__ import annotations

import time
from pathlib import Path

_FORGOTTEN = 60.0
"""Seconds after which a lock is one that a git left behind which was killed."""


class Checkout:
    """The repository that a site lies in, if it lies in one."""

    def __init__(self, site: Path) -> None:
        self._lock = _lock_of(site)

    def is_under_way(self) -> bool:
        """Whether git is switching, merging or stashing, so that more files are to come."""
        if self._lock is None:
            return False
        try:
            return abs(time.time() - self._lock.stat().st_mtime) < _FORGOTTEN
        except OSError:
            return False


def _lock_of(site: Path) -> Path | None:
    """The lock of its index (gitrepository-layout)."""
    for folder in (site, *site.parents):
        git = folder / ".git"
        if git.is_dir():
            return git / "index.lock"
        try:
            words, _, path = git.read_text(encoding="utf-8").partition(":")
        except (OSError, UnicodeError):
            continue
        if words == "gitdir":  # of a further worktree, or a submodule
            return folder / path.strip() / "index.lock"
    return None
