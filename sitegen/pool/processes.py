"""Worker processes of this machine, and pieces of work that are done elsewhere, in order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from multiprocessing import resource_tracker
from typing import TypeVar

from sitegen.errors import Problem, SitegenError
from sitegen.pool import collect_rarely

T = TypeVar("T")
R = TypeVar("R")

_LOOK = 2
"""Seconds after which whoever waits for others looks whether they are still there."""


def started(jobs: int, start_method: str | None) -> Executor:
    """`jobs` processes, which are started when there is work for them.

    `start_method` is multiprocessing's `fork` or `spawn`.
    """
    method = "fork" if forks(start_method) else "spawn"
    if method == "spawn":
        prepare_to_spawn()
    return _Workers(jobs, multiprocessing.get_context(method), begin)


def forks(start_method: str | None) -> bool:
    """Whether workers are copies of this process, as far as nobody asks for another way.

    They share what is imported already: one is ready in 2 ms instead of 400.
    """
    if start_method is not None:
        return start_method == "fork"
    return "fork" in multiprocessing.get_all_start_methods() and not _is_macos()


class _Workers(ProcessPoolExecutor):
    """Starts its processes with Ctrl-C held back: half a pool would be waited for in vain.

    A worker inherits that it is held back, so that only the parent is ever interrupted.
    """

    def submit(self, fn: Callable[..., R], /, *args: object, **kwargs: object) -> Future[R]:
        with uninterrupted():
            return super().submit(fn, *args, **kwargs)


def prepare_to_spawn() -> None:
    """Start the helper that multiprocessing has for new processes, where there is one (POSIX).

    The first of them starts it, and Ctrl-C is let through again then.
    """
    if hasattr(os, "fork"):
        resource_tracker.ensure_running()


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back, where that can be done; a process that is started inherits that it is."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def map_in_order(
    executor: Executor,
    task: Callable[[T], R],
    work: Iterable[T],
    ahead: int,
    look: Callable[[], None] | None = None,
) -> Iterator[R]:
    """`task` of each piece of `work`, in order, at most `ahead` of them under way at once.

    `look` is called now and then while a piece is waited for, and raises when nobody will do it.
    Raises SitegenError when a worker is killed from outside.
    """
    pieces = iter(work)
    waiting: deque[Future[R]] = deque()
    try:
        waiting.extend(executor.submit(task, piece) for piece in islice(pieces, ahead))
        while waiting:
            result = _result(waiting.popleft(), look)
            waiting.extend(executor.submit(task, piece) for piece in islice(pieces, 1))
            yield result
    except BrokenExecutor as broken:
        message = "a worker process was killed, most likely because memory ran out"
        hint = "use fewer workers: --jobs 1 takes the least memory"
        raise SitegenError(Problem("worker-killed", message, hint=hint)) from broken
    finally:
        for future in waiting:
            future.cancel()


def _result(future: Future[R], look: Callable[[], None] | None) -> R:
    while look and not wait([future], _LOOK).done:
        look()
    return future.result()


def _is_macos() -> bool:
    return os.uname().sysname == "Darwin" if hasattr(os, "uname") else False


def begin() -> None:
    """In a worker: leave Ctrl-C to the parent, and end when the parent is killed."""
    collect_rarely()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
