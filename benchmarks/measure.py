"""What one command costs: wall time, CPU time and peak memory of its whole process tree."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

INTERVAL = 0.05
"""Seconds between two samples of memory."""
SHARE = 0.1
"""Sampling takes at most this part of the time, at longer intervals if need be: reading the memory
map of a process of many GB is slow and holds that process up."""
ORPHANS_LEAVE = 5.0
"""Seconds that helpers may outlive the command before they are left alone."""

_PROC = Path("/proc")
_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, slots=True)
class Cost:
    """One run of a command."""

    wall: float
    cpu: float
    """User and system seconds of the command and every process that it started."""
    peak: int | None
    """Bytes: the largest sum of PSS over the tree; None where the system does not tell."""
    exit_code: int


def adopt_orphans() -> None:
    """Become the parent of what a command leaves behind, so that its CPU time is counted.

    A pool's fork server outlives its maker, and with it the time of all workers would be lost.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def measure(command: Sequence[str | Path], folder: Path, log: Path) -> Cost:
    """Run `command` in `folder`, its output into `log`; nothing else may run in this process."""
    with log.open("wb") as output, _Memory() as memory:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        cpu = usage.ru_utime + usage.ru_stime + _cpu_of_orphans()
    return Cost(wall, cpu, memory.peak, process.returncode)


def _cpu_of_orphans() -> float:
    cpu, deadline = 0.0, time.monotonic() + ORPHANS_LEAVE
    while time.monotonic() < deadline:
        try:
            pid, _, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            break
        if pid:
            cpu += usage.ru_utime + usage.ru_stime
        else:
            time.sleep(0.01)
    return cpu


class _Memory:
    """Samples the memory of all descendants of this process in a thread."""

    def __init__(self) -> None:
        self.peak: int | None = None
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self) -> _Memory:
        if (_PROC / "self/smaps_rollup").exists():
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        if self._thread.is_alive():
            self._thread.join()

    def _sample(self) -> None:
        pause = 0.0
        while not self._done.wait(pause):
            start = time.perf_counter()
            total = sum(_pss(pid) for pid in _descendants(os.getpid()))
            self.peak = max(self.peak or 0, total)
            pause = max(INTERVAL, (time.perf_counter() - start) / SHARE)


def _descendants(pid: int) -> Iterator[int]:
    for children in _PROC.glob(f"{pid}/task/*/children"):
        for child in _read(children).split():
            yield int(child)
            yield from _descendants(int(child))


def _pss(pid: int) -> int:
    """Bytes; a page that several processes share counts once in their sum."""
    for line in _read(_PROC / f"{pid}/smaps_rollup").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _read(path: Path) -> str:
    """The text of a file of /proc; empty when its process has just ended."""
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
