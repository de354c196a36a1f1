"""What `--profile` looks at while a build goes on: stages, workers, and what was rendered."""

from __future__ import annotations

import heapq
import time
from collections.abc import Iterable, Sequence
from itertools import count
from typing import TYPE_CHECKING, TypeVar

from sitegen.model import Progress, Show
from sitegen.outputs import Copy, Output, Page, Text
from sitegen.report import Report
from sitegen.timings import Kept, Made, Part, SlowPage, Stage, Timings, Worker

if TYPE_CHECKING:
    from sitegen.pool import Turn
    from sitegen.render.counted import Spent

_Row = TypeVar("_Row", Made, Part, SlowPage)

SLOWEST = 10
"""Pages that are told by name."""


class Clock:
    """Told of each stage as the progress is, of each worker's turn, and of each batch of pages.

    Whatever is between two stages counts to the first, so that all of them together are the whole.
    """

    def __init__(self, show: Show) -> None:
        """`show` is told the progress, too."""
        self.aside = show
        """For progress that is no stage of its own."""
        self._stage = "starting"
        # How long ago the process began nobody tells on every system; it has worked since.
        started = time.process_time()
        self._stages = {self._stage: [started, started, 0.0]}
        self._workers: dict[int, Worker] = {}
        self._since = self._times()
        self._read = 0
        self._made: dict[str, list[float]] = {}
        self._parts: dict[str, list[float]] = {}
        self._slowest: list[tuple[float, int, SlowPage]] = []
        self._number = count()
        self._kept, self._decoded = 0, 0
        self._compiled, self._compiling = 0, 0.0

    def show(self, step: Progress) -> None:
        """A step of a stage, perhaps the first one."""
        if step.stage != self._stage:
            self._close()
            self._stage = step.stage
        if step.stage == "reading":
            self._read = max(self._read, step.done)
        self.aside(step)

    def worked(self, turn: Turn) -> None:
        """What a worker says of a piece of work."""
        before = self._workers.get(turn.worker, Worker(0, 0.0, 0.0))
        seconds = before.seconds + turn.seconds
        self._workers[turn.worker] = Worker(before.tasks + 1, seconds, turn.cpu)

    def rendered(self, outputs: Sequence[Output], sizes: Iterable[int], spent: Spent) -> None:
        """A batch of outputs, their bytes in `sizes`, and what they took."""
        for output, size, seconds in zip(outputs, sizes, spent.seconds, strict=True):
            _add(self._made, _name(output), (1, seconds, size))
            if isinstance(output, Page):
                source = f"content/{output.source}" if output.source else ""
                page = SlowPage(output.path, output.template, source, seconds, size)
                keep = heapq.heappush if len(self._slowest) < SLOWEST else heapq.heappushpop
                keep(self._slowest, (seconds, next(self._number), page))
        for name, part in spent.parts.items():
            _add(self._parts, name, part)
        self._kept += spent.kept
        self._decoded += spent.decoded
        self._compiled += spent.compiled
        self._compiling += spent.compiling

    def timings(self, report: Report) -> Timings:
        """All that was noticed, of a build that says the rest in `report`."""
        self._close()
        parts = [Part(name, int(p[0]), int(p[1]), p[2]) for name, p in self._parts.items()]
        shown, made = sum(part.shown for part in parts), sum(part.made for part in parts)
        kept = (
            Kept("sources", max(0, report.sources - self._read), self._read),
            Kept("files", report.pages - report.rendered, report.rendered),
            Kept("parts", shown - made, made),
            Kept("facts", self._kept, self._decoded),
        )
        return Timings(
            [Stage(name, *times) for name, times in self._stages.items()],
            _longest([Made(n, int(m[0]), m[1], int(m[2])) for n, m in self._made.items()]),
            _longest(parts),
            _longest([page for *_, page in self._slowest]),
            kept,
            self._compiled,
            self._compiling,
            list(self._workers.values()),
        )

    def _close(self) -> None:
        now = self._times()
        _add(self._stages, self._stage, [a - b for a, b in zip(now, self._since, strict=True)])
        self._since = now

    def _times(self) -> tuple[float, float, float]:
        workers = sum(worker.cpu for worker in self._workers.values())
        return time.perf_counter(), time.process_time(), workers


def _add(sums: dict[str, list[float]], name: str, more: Sequence[float]) -> None:
    before = sums.get(name, [0] * len(more))
    sums[name] = [a + b for a, b in zip(before, more, strict=True)]


def _longest(rows: list[_Row]) -> list[_Row]:
    return sorted(rows, key=lambda row: row.seconds, reverse=True)


def _name(output: Output) -> str:
    """The template of a page; of what has none, which kind of file it is."""
    if isinstance(output, Page):
        return output.template
    if isinstance(output, Copy):
        return "pictures" if output.form else "copied files"
    return "texts for hosts" if isinstance(output, Text) else "compressed twins"
