"""What a benchmark found: its values, and their medians as a Markdown table."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from measure import Cost
from places import file_system

OURS = "sitegen"
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Output:
    """What a build left behind."""

    pages: int
    """HTML files."""
    files: int
    size: int
    """Bytes."""
    written: int
    """Files that this build wrote, changed or not."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """What a build did with pictures."""

    photos: int
    """Of the authors, in the whole site."""
    opened: int | None
    """Photos that were opened; None where the system does not tell."""
    made: int
    """Pictures that were made of photos."""


@dataclass(frozen=True, slots=True)
class Result:
    """One build of one tool."""

    tool: str
    run: int
    step: str
    cost: Cost
    output: Output
    state: int = 0
    """Bytes of what the tool keeps for the next build."""
    pictures: Pictures | None = None
    """None where there are none."""
    place: str = ""
    """Where it was built: in memory, or on a disk."""


Measure = Callable[[Result], float | None]


def _per_photo(result: Result) -> float | None:
    """Only where all photos were worked on is it a figure of one."""
    if result.pictures is None or result.step != "cold":
        return None
    return result.cost.cpu / result.pictures.photos


_MEASURES: Mapping[str, Measure] = {
    "wall, s": lambda result: result.cost.wall,
    "CPU, s": lambda result: result.cost.cpu,
    "peak memory, MB": lambda result: result.cost.peak and result.cost.peak / MEGABYTE,
    "files written": lambda result: result.output.written,
    "CPU per photo, s": _per_photo,
    "photos opened": lambda result: result.pictures.opened if result.pictures else None,
    "pictures made": lambda result: result.pictures.made if result.pictures else None,
}
_OUTPUTS: Mapping[str, Measure] = {
    "pages (HTML)": lambda result: result.output.pages,
    "all files": lambda result: result.output.files,
    "size, MB": lambda result: result.output.size / MEGABYTE,
    "kept for the next build, MB": lambda result: result.state / MEGABYTE,
}


def tell(result: Result) -> None:
    """Say what one build took."""
    cost = result.cost
    what = f"{result.run} {result.place:6} {result.step:15} {result.tool:8}"
    say(f"{what} {cost.wall:.2f} s, CPU {cost.cpu:.2f} s")


def say(text: str) -> None:
    """Tell whoever waits; the table alone goes to standard output."""
    print(text, file=sys.stderr, flush=True)


def table(results: Sequence[Result], title: str, facts: Mapping[str, str]) -> str:
    """The medians of all runs, with our figure as a multiple of each peer's."""
    tools = list(dict.fromkeys(result.tool for result in results))
    peers = [tool for tool in tools if tool != OURS]
    runs = max(result.run for result in results)
    header = ["", *tools, *(f"{OURS}/{peer}" for peer in peers)]
    lines = [
        f"{title}, medians of {runs} {'run' if runs == 1 else 'runs'}",
        "",
        _row(header),
        _row(["---", *["--:"] * (len(header) - 1)]),
        *_steps(results, tools),
        *(_line(f"output: {name}", m, results, tools) for name, m in _OUTPUTS.items()),
        "",
        *(f"- {name}: {value}" for name, value in facts.items()),
    ]
    return "\n".join(lines)


def compared(title: str, tools: Sequence[str], rows: Mapping[str, Sequence[float | None]]) -> str:
    """A table of figures that each tool has one of; our own are the first."""
    lines = [_row([title, *tools]), _row(["---", *["--:"] * len(tools)])]
    lines += [_row([name, *map(_figure, values)]) for name, values in rows.items()]
    return "\n".join(lines)


def _steps(results: Sequence[Result], tools: Sequence[str]) -> Iterator[str]:
    for step in dict.fromkeys(result.step for result in results):
        of_step = [result for result in results if result.step == step]
        for name, measure in _MEASURES.items():
            if all(measure(result) is None for result in of_step):
                continue
            yield _line(f"{step}: {name}", measure, of_step, tools)


def _line(name: str, measure: Measure, results: Sequence[Result], tools: Sequence[str]) -> str:
    medians = [_median(measure(r) for r in results if r.tool == tool) for tool in tools]
    ratios = [_ratio(medians[0], theirs) for theirs in medians[1:]]
    return _row([name, *(_figure(value) for value in medians), *ratios])


def _median(values: Iterator[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def _ratio(ours: float | None, theirs: float | None) -> str:
    return _figure(ours / theirs) if ours is not None and theirs else "-"


def _figure(value: float | None) -> str:
    if value is None:
        return "-"
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.2f}" if value >= 0.1 else f"{value:.2g}"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def machine(folder: Path, versions: Mapping[str, str]) -> dict[str, str]:
    """What the figures depend on besides the code; `folder` is where the work was done."""
    return {
        "cores": str(_cores()),
        "processor": _field(Path("/proc/cpuinfo"), "model name"),
        "memory": _field(Path("/proc/meminfo"), "MemTotal"),
        "system": f"{platform.system()} {platform.release()}",
        "file system": file_system(folder),
        "Python": platform.python_version(),
        **versions,
    }


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _field(path: Path, name: str) -> str:
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith(name):
                return line.partition(":")[2].strip()
    return "unknown"
