"""Where a build's time went, in words and columns for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sitegen.timings import Kept, Made, Part, SlowPage, Stage, Timings, Worker

_KEPT = {
    "sources": "files of content/ that were not read again",
    "files": "files of the output that were not made again",
    "parts": "parts that were at hand",
    "facts": "facts that were at hand",
}


def lines(timings: Timings) -> Iterator[str]:
    """All of it; what there was nothing of is left out."""
    spent = ("where the time went", "seconds", "CPU", "workers' CPU")
    yield from _table(spent, _stages(timings.stages))
    yield from _table(("what was made", "files", "seconds", "each", "KB"), _made(timings.templates))
    yield from _table(("parts of it", "shown", "made", "seconds", "each"), _parts(timings.parts))
    slow = ("the slowest pages", "time", "KB", "template", "source")
    yield from _table(slow, _slowest(timings.slowest), words=2)
    yield from _table(("what was kept", "kept", "not"), _kept(timings.kept))
    if timings.compiled:
        row = ("were made ready", f"{timings.compiled:,}", _seconds(timings.compiling))
        yield from _table(("templates", "number", "seconds"), [row])
    yield from _table(("workers", "tasks", "seconds", "CPU"), _workers(timings.workers))


def _stages(stages: Sequence[Stage]) -> Iterator[Sequence[str]]:
    times = [(stage.seconds, stage.cpu, stage.workers) for stage in stages]
    for stage, row in zip(stages, times, strict=True):
        yield stage.name, *map(_seconds, row)
    yield "all of it", *(_seconds(sum(column)) for column in zip(*times, strict=True))


def _made(rows: Iterable[Made]) -> Iterator[Sequence[str]]:
    for row in rows:
        numbers = _seconds(row.seconds), _milliseconds(row.mean), _kilobytes(row.bytes)
        yield row.name, f"{row.files:,}", *numbers


def _parts(rows: Iterable[Part]) -> Iterator[Sequence[str]]:
    for row in rows:
        each = _milliseconds(row.seconds / row.made) if row.made else ""
        yield row.name, f"{row.shown:,}", f"{row.made:,}", _seconds(row.seconds), each


def _slowest(rows: Iterable[SlowPage]) -> Iterator[Sequence[str]]:
    for row in rows:
        numbers = _milliseconds(row.seconds), _kilobytes(row.bytes)
        yield row.path, *numbers, row.template, row.source


def _kept(rows: Iterable[Kept]) -> Iterator[Sequence[str]]:
    for row in rows:
        if row.kept or row.made:
            yield _KEPT[row.name], f"{row.kept:,}", f"{row.made:,}"


def _workers(rows: Iterable[Worker]) -> Iterator[Sequence[str]]:
    for number, row in enumerate(rows, 1):
        yield str(number), f"{row.tasks:,}", _seconds(row.seconds), _seconds(row.cpu)


def _seconds(seconds: float) -> str:
    return f"{seconds:,.3f}"


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms"


def _kilobytes(number: int) -> str:
    return f"{number / 1000:,.1f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], words: int = 0) -> Iterator[str]:
    """Names, and columns of numbers after them, the last ones of `words`; nothing without rows."""
    body = list(rows)
    if not body:
        return
    widths = [max(map(len, column)) for column in zip(head, *body, strict=True)]
    yield ""
    for row in (head, *body):
        cells = [
            cell.rjust(width) if 0 < n < len(head) - words else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()
