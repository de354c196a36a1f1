"""Which files a command opens, told by the kernel (inotify(7)): a proof, where there are none."""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

_IN_OPEN = 0x20
_IN_Q_OVERFLOW = 0x4000
_EVENT = struct.Struct("iIII")
"""The beginning of `struct inotify_event`: watch, what happened, cookie, bytes of a name."""
_SIZE = 65_536


class Opened:
    """Counts the files, among some, that anybody opens from now on; a file counts once."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._queue = -1
        self._lost = False
        if sys.platform != "linux":
            return
        libc = ctypes.CDLL(None, use_errno=True)
        self._queue = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        for file in files:
            # No more watches than the system allows a user: then nothing is known.
            if libc.inotify_add_watch(self._queue, os.fsencode(file), _IN_OPEN) < 0:
                self._lost = True

    def count(self) -> int | None:
        """How many were opened, and stop counting; None where the system does not tell."""
        if self._queue < 0:
            return None
        seen: set[int] = set()
        try:
            while events := os.read(self._queue, _SIZE):
                seen |= self._watches(events)
        except BlockingIOError:  # there are no more
            pass
        finally:
            os.close(self._queue)
        return None if self._lost else len(seen)

    def _watches(self, events: bytes) -> set[int]:
        found, start = set(), 0
        while start < len(events):
            watch, what, _, named = _EVENT.unpack_from(events, start)
            self._lost |= bool(what & _IN_Q_OVERFLOW)
            if what & _IN_OPEN:
                found.add(watch)
            start += _EVENT.size + named
        return found
