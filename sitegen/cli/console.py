"""Messages on the terminal: problems, and how far a long piece of work is.

Colours on a terminal are rich's, which leaves them out where NO_COLOR is set (no-color.org).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.errors import Problem
from sitegen.model import Progress, Show

if TYPE_CHECKING:
    from rich.console import Console

_PLAIN_EVERY = 10.0
"""Seconds between two lines about progress where there is no terminal."""
_LONG = 200
"""Pieces of work below which no progress is shown: they are done before one could read it."""

_SHOWN = 90
"""Characters of a source's line that are shown."""
_STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold blue"}


def show_problems(problems: Iterable[Problem], severity: str, site: Path | None = None) -> None:
    """Print problems to standard error, each with its place, its line of `site` and its remedy."""
    for problem in problems:
        where = ": ".join(part for part in (problem.place(), problem.field) if part)
        say(f"{severity}: ", _STYLES[severity], f"{where}: " if where else "", "bold", end="")
        say(problem.message, "", f" [{problem.code}]", "dim")
        if site is not None:
            for line in excerpt(problem, site):
                say(f"    {line}", "cyan")
        if problem.hint:
            say(f"    {problem.hint}")


def say(*parts: str, end: str = "\n") -> None:
    """Print texts to standard error, each but perhaps the last followed by its style."""
    if sys.stderr is None:
        return
    if not sys.stderr.isatty():
        click.echo("".join(parts[::2]), err=True, nl=end == "\n")
        return
    from rich.text import Text

    text = Text(end=end)
    for words, style in zip_longest(parts[::2], parts[1::2], fillvalue=""):
        text.append(words, style)
    _terminal().print(text, soft_wrap=True)


@cache
def _terminal() -> Console:
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def excerpt(problem: Problem, site: Path) -> list[str]:
    """The line of the file that a problem is on, and a mark below its place; [] without one."""
    if not problem.line:
        return []
    try:
        text = (site / problem.source).read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return []
    from rich.cells import cell_len

    lines = text.split("\n")
    if problem.line > len(lines) or not lines[problem.line - 1].strip():
        return []
    line = lines[problem.line - 1].rstrip()
    begin = len(line) - len(line.lstrip())
    column = problem.column - 1 if 0 < problem.column <= len(line) else begin
    cut = max(0, column - _SHOWN // 2) if len(line) > _SHOWN else 0
    shown = line[cut : cut + _SHOWN].replace("\t", " ")
    number = str(problem.line)
    before = "…" if cut else ""
    after = "…" if len(line) > cut + _SHOWN else ""
    mark = " " * (len(before) + cell_len(shown[: column - cut])) + "^"
    return [f"{number} | {before}{shown}{after}", f"{' ' * len(number)} | {mark}"]


@contextmanager
def progress(quiet: bool) -> Iterator[Show]:
    """A bar with rate and time left on a terminal, a line now and then elsewhere."""
    if quiet:
        yield lambda step: None
    elif sys.stderr is not None and sys.stderr.isatty():
        with _bar() as show:
            yield show
    else:
        yield _Lines().show


@contextmanager
def _bar() -> Iterator[Show]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
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
    tasks: dict[str, tuple[TaskID, float]] = {}

    def show(step: Progress) -> None:
        if step.total < _LONG:
            return
        if step.stage not in tasks:
            task = bar.add_task(step.stage, total=step.total, rate="")
            tasks[step.stage] = (task, time.monotonic())
        task_id, began = tasks[step.stage]
        rate = step.done / max(time.monotonic() - began, 0.001)
        bar.update(task_id, total=step.total, completed=step.done, rate=f"{rate:,.0f}/s")
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
