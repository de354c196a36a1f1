"""Locks: one build at a time for a state, and one for an output folder."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from sitegen.errors import Problem, SitegenError

PATIENCE = 60
"""Seconds that a second build waits."""


def lock_files(state: Path, root: Path) -> tuple[Path, Path]:
    """The files that are locked for a state folder and an output folder.

    The output's lies in the system's folder for temporary files: nothing of it may be published.
    """
    user = os.getuid() if hasattr(os, "getuid") else 0
    name = hashlib.blake2b(str(root).encode(), digest_size=8).hexdigest()
    return state / "lock", Path(tempfile.gettempdir()) / f"sitegen-{user}-{name}.lock"


@contextmanager
def locked(state: Path, root: Path | None = None) -> Iterator[None]:
    """Hold the locks of the state folder and of the output `root`, for whoever writes there.

    Raises SitegenError when another build still holds one after `PATIENCE` seconds.
    """
    state.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        for file in lock_files(state, root) if root else (state / "lock",):
            try:
                stack.enter_context(FileLock(file, timeout=PATIENCE))
            except Timeout:
                message = f"another sitegen is at work on {(root or state).name} and does not end"
                hint = "wait for it, or stop it"
                raise SitegenError(Problem("locked", message, hint=hint)) from None
        yield
