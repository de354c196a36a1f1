"""Work that is done aside, in a process of its own, while whoever asked for it does others."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

from sitegen.errors import SitegenError
from sitegen.pool.processes import begin, prepare_to_spawn, uninterrupted

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
R = TypeVar("R")
S = TypeVar("S")


class Aside:
    """One piece of work at a time in a process of its own, which ends with it.

    So whoever asks for it goes on answering others, and its memory is given back. The process is
    started anew: a copy of one with several threads could wait for a lock that nobody opens.
    """

    def __init__(self, behind: int = 0) -> None:
        """`behind`: how far it stands behind what somebody waits for (POSIX, nice; 0 to 19)."""
        self._context = multiprocessing.get_context("spawn")
        self._behind = behind
        self._process: BaseProcess | None = None
        self._stopped = False

    def do(
        self, task: Callable[[T, Callable[[S], None]], R], about: T, told: Callable[[S], None]
    ) -> R:
        """`task` of `about`; `told`, here, with all that it says meanwhile.

        Raises SitegenError where the task does, and EOFError when it was stopped or killed.
        """
        return self.begin(task, about, told)()

    def begin(
        self, task: Callable[[T, Callable[[S], None]], R], about: T, told: Callable[[S], None]
    ) -> Callable[[], R]:
        """Begin what `do` does; what comes of it is for whoever calls what this returns."""
        ours, theirs = self._context.Pipe(duplex=False)
        process = self._context.Process(target=_aside, args=(theirs, self._behind, task, about))
        prepare_to_spawn()
        with uninterrupted():
            process.start()
            self._process = process
        if self._stopped:
            process.terminate()
        theirs.close()

        def result() -> R:
            with ours:
                while True:
                    try:
                        kind, value = ours.recv()
                    except OSError as torn:  # it was killed while it spoke
                        raise EOFError from torn
                    if kind == _TOLD:
                        told(value)
                        continue
                    process.join()
                    if kind == _FAILED:
                        raise SitegenError(*value)
                    return cast("R", value)

        return result

    def stop(self) -> None:
        """End what is being done, for good; returns when it has ended."""
        self._stopped = True
        if self._process is not None:
            self._process.terminate()
            self._process.join()


_TOLD, _DONE, _FAILED = "told", "done", "failed"


def _aside(
    out: Connection, behind: int, task: Callable[[T, Callable[[S], None]], R], about: T
) -> None:
    begin()
    if hasattr(os, "nice"):  # Windows has none
        os.nice(behind)
    try:
        out.send((_DONE, task(about, lambda said: out.send((_TOLD, said)))))
    except SitegenError as error:
        out.send((_FAILED, error.problems))
    except (BrokenPipeError, KeyboardInterrupt):
        pass  # nobody waits for it any more
