"""The benchmark: one corpus, built by sitegen and by its peers in turn.

`python benchmarks/run.py --articles 10000` prints the medians of three runs as a Markdown table.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from changes import CHANGES, SETTLED, Step, change, is_shown, prepare, subject
from corpus import Archive, make_archive, write_site
from measure import Cost, adopt_orphans, measure
from peers import HERE, PEERS, Tool, ToolFailed, tools_for
from places import NoRoom, workplace
from report import Output, Result, machine, say, table, tell

FLOORS: Mapping[str, int] = {"only writing these files": 1, "only writing them, two processes": 2}
"""Steps of no tool: what the file system takes for what a cold build left, by so many processes."""
STEPS = ("cold", *FLOORS, "nothing changed", *CHANGES)
WARM_UP = 24
"""Articles of the site that each tool builds once before: compiles bytecode, finds mistakes."""
CLOCK_TICK = 20_000_000
"""Nanoseconds that a file's mtime may lag behind the clock."""


def warm_up(folder: Path, tools: Sequence[Tool]) -> None:
    """Build a tiny site with every tool. Raises ToolFailed, before the long work begins."""
    write_site(folder, make_archive(WARM_UP, 0, 2006))
    for tool in tools:
        build(tool, Step(0, "cold", ""))
    shutil.rmtree(folder)


def build(tool: Tool, step: Step) -> Result:
    """Run one build and look at what it wrote. Raises ToolFailed."""
    if step.name in ("cold", "output deleted"):
        for path in (tool.output, *(tool.state if step.name == "cold" else ())):
            shutil.rmtree(path, ignore_errors=True)
    settle()
    start = time.time_ns() - CLOCK_TICK
    log = tool.output.with_name(f"{tool.name}.log")
    cost = measure(tool.command, HERE.parent, log)
    if cost.exit_code != 0:
        end = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise ToolFailed(f"{tool.name} ended with {cost.exit_code} ({step.name}):\n{end}")
    if step.edited and not is_shown(tool.output, step):
        raise ToolFailed(f"{tool.name} did not build {step.edited} ({step.name})")
    output = look_at(tool.output, start)
    return Result(tool.name, step.run, step.name, cost, output, kept_by(tool))


def kept_by(tool: Tool) -> int:
    """Bytes of what a tool keeps for the next build."""
    return sum(entry.stat().st_size for kept in tool.state for entry in files(kept))


def settle() -> None:
    """Wait for what the last build left for the disk: the next one must not pay for it."""
    os.sync()
    time.sleep(2 * CLOCK_TICK / 1e9)


def only_write(tool: Tool, step: Step) -> Result:
    """Have the files of a tool's output written by a program that does nothing else.

    Raises ToolFailed.
    """
    copy = tool.output.with_name(f"{tool.name}-floor")
    settle()
    program = (sys.executable, HERE / "floor.py", tool.output, copy)
    command = (*program, "--processes", str(FLOORS[step.name]))
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise ToolFailed(f"the files of {tool.name} were not written ({step.name})")
    found = json.loads(done.stdout)
    output = look_at(copy, 0)
    shutil.rmtree(copy)
    cost = Cost(found["wall"], found["cpu"], None, done.returncode)
    return Result(tool.name, step.run, step.name, cost, output, kept_by(tool))


def take(tool: Tool, step: Step) -> Result:
    """What is measured in a step. Raises ToolFailed."""
    return only_write(tool, step) if step.name in FLOORS else build(tool, step)


def look_at(folder: Path, since: int) -> Output:
    """Count what is under `folder`, and what of it was written since an instant (ns)."""
    pages = number = size = written = 0
    for entry in files(folder):
        stat = entry.stat(follow_symlinks=False)
        number += 1
        size += stat.st_size
        pages += entry.name.endswith(".html")
        # A file that was made earlier and put here now has the time of its making as mtime.
        written += stat.st_ctime_ns >= since
    return Output(pages, number, size, written)


def files(folder: Path | str) -> Iterator[os.DirEntry[str]]:
    """All files under a folder; none where there is no such folder."""
    if not Path(folder).is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from files(entry.path)
            else:
                yield entry


def steps(archive: Archive, runs: int, site: Path, names: Sequence[str]) -> Iterator[Step]:
    """The steps of all runs; the site is changed when it is time for it."""
    for run in range(1, runs + 1):
        for name in names:
            step = Step(run, name, subject(archive, run, name) if name in CHANGES else "")
            change(site, archive, step)
            yield step


def run_all(
    tools: Sequence[Tool],
    steps: Iterable[Step],
    take: Callable[[Tool, Step], Result] = take,
) -> list[Result]:
    """Each step by every tool in turn. A peer that fails is left out of the rest.

    Raises ToolFailed when sitegen itself fails.
    """
    results: list[Result] = []
    left = list(tools)
    for step in steps:
        for tool in tuple(left):
            try:
                results.append(take(tool, step))
                tell(results[-1])
            except ToolFailed as failure:
                if tool.name == "sitegen":
                    raise
                say(f"{failure}\n{tool.name} is left out from here on")
                left.remove(tool)
    return results


def benchmark(options: argparse.Namespace, work: Path) -> None:
    """Make the corpus, measure, print the table and write the raw numbers."""
    site = work / "site"
    tools = tools_for(site, options.peers)
    warm_up(site, tools)
    say(f"writing {options.articles:,} articles")
    archive = make_archive(options.articles, options.seed, 2006)
    write_site(site, archive)
    prepare(site)
    time.sleep(SETTLED)  # or the first build with nothing to do reads the youngest once more
    results = run_all(tools, steps(archive, options.runs, site, options.steps))
    facts = machine(work, {tool.name: tool.version for tool in tools})
    print(table(results, f"{options.articles:,} articles", facts))
    if options.json:
        raw = {
            "articles": options.articles,
            "seed": options.seed,
            "machine": facts,
            "results": [asdict(result) for result in results],
        }
        options.json.write_text(json.dumps(raw, indent=2) + "\n", encoding="utf-8")


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure sitegen beside its peers.")
    parser.add_argument("--articles", type=int, default=10_000, metavar="N")
    parser.add_argument("--runs", type=int, default=3, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--peers", nargs="*", choices=sorted(PEERS), default=sorted(PEERS), metavar="NAME",
        help=f"of {', '.join(PEERS)}; no name at all measures sitegen alone",
    )  # fmt: skip
    parser.add_argument(
        "--steps", nargs="+", choices=STEPS, default=STEPS, metavar="STEP",
        help=f"of {', '.join(STEPS)}; the first must be cold",
    )  # fmt: skip
    parser.add_argument("--dir", type=Path, help="work here, and leave everything for a look")
    parser.add_argument("--json", type=Path, metavar="FILE", help="save all numbers")
    options = parser.parse_args(arguments)
    if options.articles < 1 or options.runs < 1:
        parser.error("--articles and --runs must be at least 1")
    if options.dir and options.dir.exists() and any(options.dir.iterdir()):
        parser.error(f"{options.dir} is not empty")
    return options


def main() -> int:
    """Run the benchmark; 1 when sitegen fails."""
    options = parse()
    adopt_orphans()
    try:
        with workplace(options.dir) as work:
            benchmark(options, work)
    except (ToolFailed, NoRoom) as failure:
        say(str(failure))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
