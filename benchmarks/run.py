"""The benchmark: one corpus, built by sitegen and by its peers in turn.

`python benchmarks/run.py --articles 10000` prints the medians of three runs as a Markdown table.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from builds import FLOORS, build, remove, take
from changes import CHANGES, SETTLED, Step, change, prepare, subject
from corpus import Archive, articles, make_archive, write_site
from equivalence import lacking
from measure import adopt_orphans
from peers import PEERS, Tool, ToolFailed, tools_for
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
from report import Result, machine, say, table, tell

STEPS = ("cold", *FLOORS, "nothing changed", *CHANGES)
ON_DISK = ("cold", *FLOORS, "nothing changed", "one edit", "one template changed")
"""What is measured once more on a disk: the others write few files, and would double the time."""
NEEDED = 45_000
"""Bytes of an article in one tool's output and state; its source and the floor take as much."""
LEFT = 36_000
"""Bytes that each run of a tool leaves of it on a disk, where no file is deleted before the end."""
WARM_UP = 24
"""Articles of the site that each tool builds once before: compiles bytecode, finds mistakes."""


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
    """Build a tiny site with every tool, and look whether their pages are to be compared.

    Raises ToolFailed, before the long work begins.
    """
    archive = make_archive(WARM_UP, 0, 2006)
    write_site(folder, archive)
    for tool in tools:
        build(tool, Step(0, "cold", ""))
        compare(tools[0], tool, archive)
    remove(tools[0], folder)


def compare(ours: Tool, other: Tool, archive: Archive) -> None:
    """Raise ToolFailed where another tool's pages of articles are not made of what ours are."""
    for path, _ in articles(archive):
        page = f"{path.removesuffix('.md')}/index.html"
        for one, two in ((ours, other), (other, ours)):
            if found := lacking(one.output / page, two.output / page):
                raise ToolFailed(f"{page} of {two.name} lacks what {one.name} has: {found}")


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
                where = f" ({tool.place})" if tool.place else ""
                say(f"{failure}\n{tool.name} is left out from here on{where}")
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
