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
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from changes import CHANGES, SETTLED, Step, change, is_shown, prepare, subject
from corpus import Archive, make_archive, write_site
from measure import Cost, adopt_orphans, measure
from peers import HERE, PEERS, Tool, ToolFailed, tools_for
from places import (
    DISK,
    KINDS,
    MEMORY,
    NoRoom,
    free_memory,
    in_words,
    is_memory,
    workplace,
    workplaces,
)
from report import Output, Result, machine, say, table, tell

FLOORS: Mapping[str, int] = {"only writing these files": 1, "only writing them, two processes": 2}
"""Steps of no tool: what the file system takes for what a cold build left, by so many processes."""
STEPS = ("cold", *FLOORS, "nothing changed", *CHANGES)
ON_DISK = ("cold", *FLOORS, "nothing changed", "one edit", "one template changed")
"""What is measured once more on a disk: the others write few files, and would double the time."""
NEEDED = 45_000
"""Bytes of an article in one tool's output and state; its source and the floor take as much."""
LEFT = 36_000
"""Bytes that each run of a tool leaves of it on a disk, where no file is deleted before the end."""
WARM_UP = 24
"""Articles of the site that each tool builds once before: compiles bytecode, finds mistakes."""
CLOCK_TICK = 20_000_000
"""Nanoseconds that a file's mtime may lag behind the clock."""


@dataclass(frozen=True, slots=True)
class Stand:
    """The site in one place, with those that build it there."""

    place: str
    work: Path
    tools: Sequence[Tool]
    steps: Sequence[str]

    @property
    def site(self) -> Path:
        return self.work / "site"

    @property
    def title(self) -> str:
        """Where it is, behind what is built."""
        return f" {KINDS[self.place]}" if self.place else ""

    def set_up(self, archive: Archive) -> None:
        """Write the site. Raises ToolFailed, before the long work begins."""
        warm_up(self.site, self.tools)
        say(f"writing {archive.articles:,} articles{self.title}")
        write_site(self.site, archive)
        prepare(self.site)


def stands(options: argparse.Namespace, works: Mapping[str, Path]) -> list[Stand]:
    """One in each place; the first has all steps, unless fewer are asked for."""
    found: list[Stand] = []
    peers = options.peers
    for place, work in works.items():
        aside = None if is_memory(work) else work / "aside"
        tools = [replace(t, place=place, aside=aside) for t in tools_for(work / "site", peers)]
        peers = [tool.name for tool in tools[1:]]
        steps = options.steps or (ON_DISK if found else STEPS)
        found.append(Stand(place, work, tools, without_floors(steps, options.articles)))
    return found


def without_floors(steps: Sequence[str], articles: int) -> Sequence[str]:
    """All steps, unless a whole output does not fit into memory: the floor needs that."""
    free = free_memory()
    if free is None or articles * NEEDED < free or not set(steps) & set(FLOORS):
        return steps
    say("memory is too small for the floor (writing alone): left out")
    return [step for step in steps if step not in FLOORS]


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
            remove(tool, path)
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
    state = kept_by(tool)
    return Result(tool.name, step.run, step.name, cost, output, state, place=tool.place)


def remove(tool: Tool, path: Path) -> None:
    """Have a folder gone. On a disk it is emptied and moved, and deleted when all is measured.

    ext4 without a journal takes no inode that was deleted in the last minutes, and looks at all
    of them for each new file: 6,000 files took it 3.7 s of processor time then, and 0.3 s else.
    """
    if tool.aside is None:
        shutil.rmtree(path, ignore_errors=True)
    elif path.exists():
        for file in files(path):
            os.truncate(file.path, 0)
        tool.aside.mkdir(exist_ok=True)
        path.rename(Path(tempfile.mkdtemp(dir=tool.aside)) / path.name)


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
    remove(tool, copy)
    cost = Cost(found["wall"], found["cpu"], None, done.returncode)
    state = kept_by(tool)
    return Result(tool.name, step.run, step.name, cost, output, state, place=tool.place)


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


def turns(
    archive: Archive, runs: int, stands: Sequence[Stand]
) -> Iterator[tuple[Step, Sequence[Tool]]]:
    """The steps of all runs, each with the tools of one place after those of another.

    The site is changed when it is time for it.
    """
    names = dict.fromkeys(name for stand in stands for name in stand.steps)
    for run in range(1, runs + 1):
        for name in names:
            step = Step(run, name, subject(archive, run, name) if name in CHANGES else "")
            for stand in (stand for stand in stands if name in stand.steps):
                change(stand.site, archive, step)
                yield step, stand.tools


def run_all(
    turns: Iterable[tuple[Step, Sequence[Tool]]],
    take: Callable[[Tool, Step], Result] = take,
) -> list[Result]:
    """Each step by every tool in turn. A peer that fails is left out of the rest.

    Raises ToolFailed when sitegen itself fails.
    """
    results: list[Result] = []
    failed: set[Tool] = set()
    for step, tools in turns:
        for tool in (tool for tool in tools if tool not in failed):
            try:
                results.append(take(tool, step))
                tell(results[-1])
            except ToolFailed as failure:
                if tool.name == "sitegen":
                    raise
                say(f"{failure}\n{tool.name} is left out from here on")
                failed.add(tool)
    return results


def benchmark(options: argparse.Namespace, works: Mapping[str, Path]) -> None:
    """Make the corpus, measure, print the tables and write the raw numbers."""
    archive = make_archive(options.articles, options.seed, 2006)
    places = stands(options, works)
    for stand in places:
        stand.set_up(archive)
    time.sleep(SETTLED)  # or the first build with nothing to do reads the youngest once more
    results = run_all(turns(archive, options.runs, places))
    facts = {s.place: machine(s.work, {t.name: t.version for t in s.tools}) for s in places}
    tables: list[str] = []
    for stand in places:
        here = [result for result in results if result.place == stand.place]
        title = f"{options.articles:,} articles{stand.title}"
        tables.append(table(here, title, facts[stand.place]))
        shutil.rmtree(stand.work / "aside", ignore_errors=True)
    print("\n\n".join(tables))
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
        "--steps", nargs="+", choices=STEPS, metavar="STEP",
        help=f"of {', '.join(STEPS)}; the first must be cold",
    )  # fmt: skip
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--on", nargs="+", choices=KINDS, default=[*KINDS], metavar="PLACE",
        help=f"of {', '.join(KINDS)}: file systems to work on",
    )  # fmt: skip
    where.add_argument("--dir", type=Path, help="work here alone, and leave everything for a look")
    parser.add_argument("--json", type=Path, metavar="FILE", help="save all numbers")
    options = parser.parse_args(arguments)
    if options.articles < 1 or options.runs < 1:
        parser.error("--articles and --runs must be at least 1")
    if options.dir and options.dir.exists() and any(options.dir.iterdir()):
        parser.error(f"{options.dir} is not empty")
    return options


@contextmanager
def works(options: argparse.Namespace) -> Iterator[Mapping[str, Path]]:
    """The folders to work in, by what kind they are of. Raises NoRoom."""
    tools = 1 + len(options.peers)
    size = options.articles * NEEDED * (tools + 1)
    left = options.articles * LEFT * tools * options.runs
    needed = {MEMORY: 2 * size, DISK: size + left}  # the builds need memory, too
    if options.dir:
        with workplace(options.dir, needed[DISK]) as work:
            yield {"": work}
        return
    with workplaces({kind: needed[kind] for kind in options.on}) as found:
        for kind in (kind for kind in options.on if kind not in found):
            say(f"no room for {in_words(needed[kind])} {KINDS[kind]}: nothing is measured there")
        yield found


def main() -> int:
    """Run the benchmark; 1 when sitegen fails, or there is no room for it."""
    options = parse()
    adopt_orphans()
    try:
        with works(options) as found:
            benchmark(options, found)
    except (ToolFailed, NoRoom) as failure:
        say(str(failure))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
