"""Workers on other machines, by a Dask scheduler; only `sitegen[dask]` brings what it takes.

What they are sent and what they answer is pickled here: else the scheduler, through which all of it
goes, would look into every piece, and have to load whatever it is made of.
"""

from __future__ import annotations

import logging
import os
import pickle
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager, suppress
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from sitegen import __version__
from sitegen.digest import engine_digest
from sitegen.errors import Problem, SitegenError
from sitegen.folders import SHIPPED
from sitegen.kept import discard, keep
from sitegen.options import Options
from sitegen.pool import AHEAD, Pool, Turn, collect_rarely
from sitegen.pool.processes import map_in_order

T = TypeVar("T")
R = TypeVar("R")

PATIENCE: float = 4
"""Seconds that the scheduler is waited for, and then the first worker."""
ALONE = 60
"""Seconds without any worker until a build gives up: one that died is mostly started again."""
_SEEN = ("content", "static", "themes")
"""Folders of a site that workers read, and that may be links to elsewhere."""
_MARKED, _MARK = "cluster", "mark"
_ONE = threading.Lock()
"""A worker with several threads does one piece at a time: what reads and renders is no more than
that, and Python would not be faster."""


@contextmanager
def cluster(options: Options, told: Callable[[Turn], None] | None) -> Iterator[Pool]:
    """The workers of the scheduler that `options` name. Raises SitegenError."""
    if find_spec("distributed") is None:
        message = "working on a cluster needs a package that is not installed"
        hint = 'install it: pip install "sitegen[dask]"'
        raise SitegenError(Problem("cluster-tools", message, hint=hint))
    workers = Cluster(options, told)
    try:
        yield workers
    finally:
        workers.close()


class Cluster(Pool):
    """The workers of a scheduler, which is asked when they are first needed."""

    forks = False

    def __init__(self, options: Options, told: Callable[[Turn], None] | None) -> None:
        super().__init__(options.jobs or 0, told=told)
        self._options = options
        self._client: Any = None

    def map(self, task: Callable[[T], R], work: Iterable[T], *, alone: bool) -> Iterator[R]:
        """As a pool; `jobs` is how many pieces are under way at once.

        Raises SitegenError for workers that are not as this machine is, and when they are lost.
        """
        return super().map(task, work, alone=True) if alone else self._shared(task, work)

    def _done_by_workers(self, task: Callable[[T], R], work: Iterable[T]) -> Iterator[R]:
        executor = self._started()
        pieces = (pickle.dumps((task, piece), pickle.HIGHEST_PROTOCOL) for piece in work)
        with _told(self._options.scheduler):
            do = partial(_do, engine_digest())
            for result in map_in_order(executor, do, pieces, self.jobs, self._look):
                yield pickle.loads(result)

    def _started(self) -> Executor:
        if self._client is None:
            self._client = _connected(self._options.scheduler)
            number = _examine(self._client, self._options)
            self.jobs = self.jobs or number * AHEAD
        # Impure: by its arguments' digest a piece would be known, and these are large.
        executor: Executor = self._client.get_executor(pure=False)
        return executor

    def _look(self) -> None:
        """While a piece is waited for: whether there is anybody who does it."""
        try:
            self._client.wait_for_workers(1, timeout=ALONE)
        except TimeoutError:
            raise _nobody(self._options.scheduler, ALONE) from None
        except OSError:
            raise CancelledError from None

    def close(self) -> None:
        """Leave the scheduler; what workers have not begun is dropped."""
        client, self._client = self._client, None
        if client is not None:
            with suppress(OSError):  # it is gone already
                client.close()


class _Unfit(Exception):
    """A worker's engine is not the build's; it says which versions it has."""


class _Answer(NamedTuple):
    """What a worker says of itself."""

    engine: bytes
    versions: str
    trouble: str
    """What stands against its working for a build, in words."""


def _do(engine: bytes, piece: bytes) -> bytes:
    """On a worker: one piece of work. Raises _Unfit, and whatever the task does."""
    if engine_digest() != engine:
        raise _Unfit(_versions())
    collect_rarely()
    with _ONE:
        task, about = pickle.loads(piece)
        return pickle.dumps(task(about), pickle.HIGHEST_PROTOCOL)


def _versions() -> str:
    return f"sitegen {__version__} with Python {sys.version.split()[0]}"


def answer(folders: Iterable[str], state: str, mark: bytes) -> _Answer:
    """On a worker: whether it is as the build's machine is, and sees what that sees."""
    trouble = ""
    if unseen := [folder for folder in folders if not _sees(folder, mark, state)]:
        trouble = f"does not see the folder {unseen[0]} as this machine does"
    elif not os.access(state, os.W_OK):
        trouble = f"may not write into {state}"
    return _Answer(engine_digest(), _versions(), trouble)


def _sees(folder: str, mark: bytes, state: str) -> bool:
    """Whether a folder is there; the state has a mark, so that another with its name is known."""
    try:
        os.scandir(folder).close()
        return folder != state or Path(state, _MARKED, _MARK).read_bytes() == mark
    except OSError:
        return False


def _connected(scheduler: str) -> Any:
    """A client of the scheduler, once it has a worker. Raises SitegenError."""
    import dask
    from distributed import Client

    for name in logging.root.manager.loggerDict:
        # What they remark of slow moments and lost connections is not for editors.
        if name.startswith(("distributed", "tornado")):
            logging.getLogger(name).setLevel(logging.CRITICAL)
    # A month's feed of whole texts is large, and meant to be.
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GB"})
    try:
        client = Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        message = f"no Dask scheduler answers at {scheduler}"
        hint = f"is it running, and is this its address, such as tcp://10.0.0.5:8786? ({error})"
        raise SitegenError(Problem("cluster-unreachable", message, hint=hint)) from None
    except ImportError as error:
        raise _unfit(f"the scheduler at {scheduler}", "has another version of Dask") from error
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        client.close()
        raise _nobody(scheduler, PATIENCE) from None
    return client


def _examine(client: Any, options: Options) -> int:
    """How many workers there are, all of them fit for this build. Raises SitegenError."""
    try:
        client.run_on_scheduler(_versions)
    except (ImportError, AttributeError):
        raise _unfit(
            f"the scheduler at {options.scheduler}", "has no sitegen, or another"
        ) from None
    own = [options.site, *(options.site / name for name in _SEEN), options.output, *SHIPPED]
    folders = [str(each.resolve()) for each in (*own, options.state) if each.is_dir()]
    mark = os.urandom(16)
    file = keep(str(options.state / _MARKED), _MARK, mark)
    try:
        answers = client.run(answer, folders, str(options.state), mark, on_error="return")
    finally:
        discard([Path(file)])
    problems = [
        problem
        for address, answer in sorted(answers.items())
        for problem in _wrong(address, answer)
    ]
    if problems:
        raise SitegenError(*problems)
    return max(1, sum(isinstance(answer, _Answer) for answer in answers.values()))


def _wrong(address: str, answer: _Answer | Exception) -> Iterator[Problem]:
    who = f"the worker {address}"
    if isinstance(answer, OSError):
        return  # it went away meanwhile; whoever comes instead is asked with each piece of work
    if isinstance(answer, Exception):
        yield from _unfit(who, f"has no sitegen, or another ({answer})").problems
    elif answer.engine != engine_digest():
        yield from _unfit(who, f"has another sitegen: {_apart(answer.versions)}").problems
    elif answer.trouble:
        yield _blind(who, answer.trouble)


def _apart(versions: str) -> str:
    """How a worker's engine is told from this one."""
    if versions == _versions():
        return f"{versions}, as here, but other files or libraries"
    return f"{versions}, here {_versions()}"


def _unfit(who: str, what: str) -> SitegenError:
    hint = "install the same on all machines, best by one image, and start its workers anew"
    return SitegenError(Problem("cluster-worker", f"{who} {what}", hint=hint))


def _blind(who: str, trouble: str) -> Problem:
    hint = "site, state and output must lie on a file system that all machines share, by one path"
    return Problem("cluster-folder", f"{who} {trouble}", hint=hint)


def _nobody(scheduler: str, seconds: float) -> SitegenError:
    message = f"the scheduler at {scheduler} has had no worker for {seconds:g} seconds"
    hint = f"start some: dask worker {scheduler} --nworkers auto --nthreads 1"
    return SitegenError(Problem("cluster-empty", message, hint=hint))


@contextmanager
def _told(scheduler: str) -> Iterator[None]:
    """What may go wrong on a cluster while it works, as a problem in words."""
    from distributed import KilledWorker

    try:
        yield
    except CancelledError:
        message = f"the connection to the scheduler at {scheduler} was lost"
        hint = "the next build goes on from what was read; see what the scheduler says of it"
        raise SitegenError(Problem("cluster-lost", message, hint=hint)) from None
    except KilledWorker as killed:
        message = f"workers died of the same piece of work, {killed.allowed_failures + 1} in all"
        hint = "most likely memory ran out: give them more, or start fewer on each machine"
        raise SitegenError(Problem("worker-killed", message, hint=hint)) from None
    except _Unfit as unfit:
        raise _unfit("a worker that came later", f"has another sitegen: {unfit}") from None
    except FileNotFoundError as error:
        name = error.filename
        if not isinstance(name, str) or not Path(name).parent.is_dir():
            raise
        raise SitegenError(_blind("a worker", f"does not see the file {name}")) from None
