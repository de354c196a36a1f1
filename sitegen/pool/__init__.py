"""Processes: the only module that knows that work is done in more than one of them."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 2
"""Tasks of each worker at a time, of which it works on one: enough to keep it busy, few enough that
memory does not grow with the archive."""


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
        modules: Collection[str] = (),
    ) -> None:
        """`jobs` processes; `start_method` is multiprocessing's `fork` or `spawn`.

        Whoever is `told` hears of each piece of work that they do. The `modules` are those that
        their work needs: before they are copied from this process, it loads them for all.
        """
        self.jobs = jobs
        self.told = told
        self._modules = modules
        self._method = start_method
        self._executor: Executor | None = None

    @property
    def forks(self) -> bool:
        """Whether they are copies of this process, which are there in 2 ms."""
        from sitegen.pool.processes import forks

        return forks(self._method)

    def map(self, task: Callable[[T], R], work: Iterable[T], *, alone: bool) -> Iterator[R]:
        """`task` of each piece of `work`, in order; `alone` does it in this process."""
        if alone or self.jobs == 1:
            return map(task, work)
        return self._shared(task, work)

    def _shared(self, task: Callable[[T], R], work: Iterable[T]) -> Iterator[R]:
        """As `map`, done by workers; they are timed where somebody is told."""
        if self.told is None:
            return self._done_by_workers(task, work)
        return telling(self._done_by_workers(partial(timed, task), work), self.told)

    def _done_by_workers(self, task: Callable[[T], R], work: Iterable[T]) -> Iterator[R]:
        # What processes take is 7 ms to load: not for a build that does all of its work itself.
        from sitegen.pool.processes import map_in_order

        return map_in_order(self._started(), task, work, self.jobs * AHEAD)

    def _started(self) -> Executor:
        from sitegen.pool.processes import started

        if self._executor is None:
            for module in self._modules if self.forks else ():
                import_module(module)
            self._executor = started(self.jobs, self._method)
        return self._executor

    def close(self) -> None:
        """Stop the workers; what they have not begun is dropped. New work would start others."""
        executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(wait=True, cancel_futures=True)


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


@contextmanager
def pool(
    jobs: int,
    start_method: str | None = None,
    told: Callable[[Turn], None] | None = None,
    modules: Collection[str] = (),
) -> Iterator[Pool]:
    """A pool that is closed at the end."""
    workers = Pool(jobs, start_method, told, modules)
    try:
        yield workers
    finally:
        workers.close()


def default_jobs() -> int:
    """The number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


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
