"""Processes: the only module that knows that work is done in more than one of them."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from sitegen.errors import Problem, SitegenError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
R = TypeVar("R")
S = TypeVar("S")

AHEAD = 3
"""Tasks handed out per worker beyond the one it works on: enough to keep it busy, few enough that
memory does not grow with the archive."""
_LOOK = 2
"""Seconds after which whoever waits for others looks whether they are still there."""


class Here(Executor):
    """Does each task at once, in this process: for work too small to share."""

    def submit(self, fn: Callable[..., R], /, *args: object, **kwargs: object) -> Future[R]:
        future: Future[R] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # whatever a task raises belongs to whoever asks for its result
            future.set_exception(error)
        return future


class _Workers(ProcessPoolExecutor):
    """Starts its processes with Ctrl-C held back: half a pool would be waited for in vain.

    A worker inherits that it is held back, so that only the parent is ever interrupted.
    """

    def submit(self, fn: Callable[..., R], /, *args: object, **kwargs: object) -> Future[R]:
        if not hasattr(signal, "pthread_sigmask"):
            return super().submit(fn, *args, **kwargs)
        before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
        try:
            return super().submit(fn, *args, **kwargs)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Turn(NamedTuple):
    """What a worker says of itself with the result of a piece of work."""

    worker: int
    """The number of its process."""
    seconds: float
    """That this piece took, by the clock on the wall."""
    cpu: float
    """Seconds of the processor that it took for all that it did until now."""


class Pool:
    """Worker processes, started when they are first needed."""

    def __init__(
        self,
        jobs: int,
        start_method: str | None = None,
        told: Callable[[Turn], None] | None = None,
    ) -> None:
        """`jobs` processes; `start_method` is multiprocessing's `fork` or `spawn`.

        Whoever is `told` hears of each piece of work that they do.
        """
        self.jobs = jobs
        self.told = told
        methods = multiprocessing.get_all_start_methods()
        # fork shares what is imported already: a worker is ready in 2 ms instead of 400.
        fork = "fork" in methods and not _is_macos()
        self._method = start_method or ("fork" if fork else "spawn")
        self._executor: Executor | None = None

    def map(self, task: Callable[[T], R], work: Iterable[T], *, alone: bool) -> Iterator[R]:
        """`task` of each piece of `work`, in order; `alone` does it in this process."""
        if alone or self.jobs == 1:
            return map_in_order(Here(), task, work, 1 if alone else AHEAD)
        return self._shared(task, work)

    def _shared(self, task: Callable[[T], R], work: Iterable[T]) -> Iterator[R]:
        """As `map`, done by workers; they are timed where somebody is told."""
        if self.told is None:
            return self._done_by_workers(task, work)
        return telling(self._done_by_workers(partial(timed, task), work), self.told)

    def _done_by_workers(self, task: Callable[[T], R], work: Iterable[T]) -> Iterator[R]:
        return map_in_order(self._started(), task, work, self.jobs * AHEAD)

    def _started(self) -> Executor:
        if self._executor is None:
            context = multiprocessing.get_context(self._method)
            self._executor = _Workers(self.jobs, context, _begin)
        return self._executor

    def close(self) -> None:
        """Stop the workers; what they have not begun is dropped."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)


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


def timed(task: Callable[[T], R], piece: T) -> tuple[R, Turn]:
    """In a worker: a task's result, and how long it took."""
    began = time.perf_counter()
    result = task(piece)
    return result, Turn(os.getpid(), time.perf_counter() - began, time.process_time())


def telling(results: Iterator[tuple[R, Turn]], told: Callable[[Turn], None]) -> Iterator[R]:
    """The results alone; who is `told` hears how long they took."""
    for result, turn in results:
        told(turn)
        yield result


def _result(future: Future[R], look: Callable[[], None] | None) -> R:
    while look and not wait([future], _LOOK).done:
        look()
    return future.result()


@contextmanager
def pool(
    jobs: int, start_method: str | None = None, told: Callable[[Turn], None] | None = None
) -> Iterator[Pool]:
    """A pool that is closed at the end."""
    workers = Pool(jobs, start_method, told)
    try:
        yield workers
    finally:
        workers.close()


class Aside:
    """One piece of work at a time in a process of its own, which ends with it.

    So whoever asks for it goes on answering others, and its memory is given back. The process is
    started anew: a copy of one with several threads could wait for a lock that nobody opens.
    """

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._process: BaseProcess | None = None
        self._stopped = False

    def do(
        self, task: Callable[[T, Callable[[S], None]], R], about: T, told: Callable[[S], None]
    ) -> R:
        """`task` of `about`; `told`, here, with all that it says meanwhile.

        Raises SitegenError where the task does, and EOFError when it was stopped or killed.
        """
        ours, theirs = self._context.Pipe(duplex=False)
        process = self._context.Process(target=_aside, args=(theirs, task, about))
        process.start()
        self._process = process
        if self._stopped:
            process.terminate()
        theirs.close()
        with ours:
            while True:
                kind, value = ours.recv()
                if kind == _TOLD:
                    told(value)
                    continue
                process.join()
                if kind == _FAILED:
                    raise SitegenError(*value)
                return cast("R", value)

    def stop(self) -> None:
        """End what is being done, for good."""
        self._stopped = True
        if self._process is not None:
            self._process.terminate()


_TOLD, _DONE, _FAILED = "told", "done", "failed"
_BEHIND = 10
"""How far work that is done aside stands behind what somebody waits for (POSIX, nice)."""


def _aside(out: Connection, task: Callable[[T, Callable[[S], None]], R], about: T) -> None:
    _begin()
    if hasattr(os, "nice"):  # Windows has none
        os.nice(_BEHIND)
    try:
        out.send((_DONE, task(about, lambda said: out.send((_TOLD, said)))))
    except SitegenError as error:
        out.send((_FAILED, error.problems))
    except (BrokenPipeError, KeyboardInterrupt):
        pass  # nobody waits for it any more


def default_jobs() -> int:
    """The number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _is_macos() -> bool:
    return os.uname().sysname == "Darwin" if hasattr(os, "uname") else False


def collect_rarely() -> None:
    """Let the cyclic garbage collector run seldom: reading makes many objects and few cycles.

    Without any collection, reading took 20 % less processor time. At 50,000 a worker that renders
    2,000 articles kept 20 MB of waste that it does not keep at 10,000.
    """
    gc.set_threshold(10_000, 20, 50)
    gc.enable()


@contextmanager
def uncollected() -> Iterator[None]:
    """No collection, for work that makes a million objects which all stay; nor of them later."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _begin() -> None:
    """In a worker: leave Ctrl-C to the parent, and end when the parent is killed."""
    collect_rarely()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
