"""Files of the state beside its database: there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

UNFINISHED = "unfinished-"
"""Begins the names of files that are being written; what a killed process left is swept."""


def keep(folder: str, name: str, data: bytes) -> str:
    """Write the file `name` below `folder`; its path. Raises OSError."""
    file = Path(folder, name)
    file.parent.mkdir(parents=True, exist_ok=True)
    # Several machines may do this at once: numbers of processes and threads would not do.
    unfinished = Path(folder, f"{UNFINISHED}{os.urandom(8).hex()}")
    unfinished.write_bytes(data)
    unfinished.replace(file)
    return str(file)


def discard(files: Iterable[Path]) -> None:
    """Delete files, and the folders that they leave empty."""
    for file in files:
        file.unlink(missing_ok=True)
        with suppress(OSError):
            file.parent.rmdir()
