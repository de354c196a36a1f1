"""Look at the output: here, or in a process of its own while a large site is planned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from sitegen.index.store import Damaged, Store, damage_raises
from sitegen.index.traces import Traces
from sitegen.options import Options
from sitegen.pool import Pool, Turn, timed
from sitegen.write.survey import Survey, survey

LARGE = 50_000
"""Files of content/ with which another process is worth it: it takes half a second to start."""


class _Where(NamedTuple):
    output: Path
    state: Path
    root: str


@contextmanager
def looking(
    options: Options, traces: Traces, sources: int, workers: Pool
) -> Iterator[Callable[[], Survey]]:
    """What gives the survey of the output folder, once it is asked for.

    `sources` is how many files content/ has. Where there is only one worker, all is done here.
    """

    def here() -> Survey:
        return survey(options.output, traces.files())

    if workers.jobs == 1 or sources < LARGE or traces.are_none():
        yield here
        return
    from sitegen.pool.aside import Aside  # 7 ms to load

    aside = Aside()
    where = _Where(options.output, options.state, options.root)
    try:
        surveyed = aside.begin(_timed, where, lambda said: None)

        def result() -> Survey:
            try:
                found, turn = surveyed()
            except EOFError:  # it was killed
                return here()
            if workers.told is not None:
                workers.told(turn)
            return found or here()

        yield result
    finally:
        aside.stop()


def _timed(where: _Where, say: Callable[[object], None]) -> tuple[Survey | None, Turn]:
    return timed(_surveyed, where)


def _surveyed(where: _Where) -> Survey | None:
    """In another process: the survey; None where the build is to find out what is wrong."""
    damage = damage_raises(where.state)
    with suppress(Damaged, OSError), damage, Store(where.state, reading=True) as store:
        return survey(where.output, Traces(store, where.root).files())
    return None
