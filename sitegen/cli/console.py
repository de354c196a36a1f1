"""Messages on the terminal: problems, and how far a long piece of work is."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import click

from sitegen.errors import Problem
from sitegen.model import Progress

_PLAIN_EVERY = 10.0
"""Seconds between two lines about progress where there is no terminal."""
_LONG = 200
"""Pieces of work below which no progress is shown: they are done before one could read it."""


def show_problems(problems: Iterable[Problem], severity: str) -> None:
    """Print problems to standard error, each with its place and remedy."""
    colour = "red" if severity == "error" else "yellow"
    for problem in problems:
        head = click.style(f"{severity}: ", fg=colour, bold=True)
        click.echo(head + problem.text(), err=True)


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """A bar with rate and time left on a terminal, a line now and then elsewhere."""
    if quiet:
        yield lambda step: None
    elif sys.stderr is not None and sys.stderr.isatty():
        with _bar() as show:
            yield show
    else:
        yield _Lines().show


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description:>9}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    # Without rich's own thread: worker processes are forked while the bar is up.
    bar = Bar(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
    tasks: dict[str, tuple[object, float]] = {}

    def show(step: Progress) -> None:
        if step.total < _LONG:
            return
        if step.stage not in tasks:
            task = bar.add_task(step.stage, total=step.total, rate="")
            tasks[step.stage] = (task, time.monotonic())
        task_id, began = tasks[step.stage]
        rate = step.done / max(time.monotonic() - began, 0.001)
        bar.update(task_id, completed=step.done, rate=f"{rate:,.0f}/s")  # type: ignore[arg-type]
        # rich's TaskID is an int with a name; we only hand it back.
        bar.refresh()

    with bar:
        yield show


class _Lines:
    """Plain lines for logs."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def show(self, step: Progress) -> None:
        now = time.monotonic()
        if step.total >= _LONG and now - self._last >= _PLAIN_EVERY:
            self._last = now
            click.echo(f"{step.stage}: {step.done:,} of {step.total:,}", err=True)
