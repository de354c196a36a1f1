"""A small benchmark of counts and ratios, for CI: none depends on how quick a machine is.

`python benchmarks/smoke.py` prints what it found beside what is allowed; 1 where that is exceeded.
"""

from __future__ import annotations

import json
import pickle
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

from builds import files
from changes import ADDED, CHANGES, SETTLED, Step, change, edit, prepare, subject
from corpus import Archive, make_archive, write_site
from measure import adopt_orphans, measure
from opened import Opened

ARTICLES = 240
AGAIN = 3  # times that processor time is measured; the least says what the work needs
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Finding:
    """One figure."""

    what: str
    found: float
    most: float

    def line(self) -> str:
        """As a row of a Markdown table."""
        mark = "" if self.found <= self.most else " **too much**"
        return f"| {self.what} | {self.found:,.2f}{mark} | {self.most:,.2f} |"


def command(site: Path, *options: str) -> list[str | Path]:
    """A build of the site, in a process of its own."""
    return [sys.executable, "-m", "sitegen", "build", "-s", site, "--format", "json", *options]


def report(site: Path, *options: str) -> dict[str, Any]:
    """What a build says that it did."""
    done = subprocess.run(command(site, *options), capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def opened_by(site: Path, paths: Iterator[Path]) -> int:
    """How many of some files a build opens."""
    watched = Opened(paths)
    report(site)
    count = watched.count()
    if count is None:
        raise SystemExit("the system does not tell which files are opened (inotify)")
    return count


def cpu_of(site: Path, *options: str, before: Callable[[int], None] = lambda number: None) -> float:
    """Processor seconds of a build, the least of some, each after what is to happen before it."""
    seconds: list[float] = []
    for number in range(AGAIN):
        before(number)
        cost = measure(command(site, *options), site, site / "smoke.log")
        if cost.exit_code:
            raise SystemExit((site / "smoke.log").read_text(encoding="utf-8"))
        seconds.append(cost.cpu)
    return min(seconds)


def calls_of(site: Path, *options: str) -> int:
    """System calls that a build makes for files, of all its processes."""
    log = site / "calls.txt"
    traced = ["strace", "-f", "-c", "-e", "trace=%file,%desc", "-o", str(log)]
    done = [*traced, *map(str, command(site, *options))]
    subprocess.run(done, stdout=subprocess.DEVNULL, check=True)
    total = re.search(r"^100\.00.*?(\d+)\s+\d*\s*total$", log.read_text("utf-8"), re.MULTILINE)
    if not total:
        raise SystemExit(f"strace said something else:\n{log.read_text('utf-8')}")
    return int(total[1])


def pickled_in(site: Path) -> int:
    """Bytes of all that a cold build sends to its workers and gets from them."""
    code = f"import smoke; smoke.count_pickles({str(site)!r})"
    here = Path(__file__).parent
    done = subprocess.run([sys.executable, "-c", code], cwd=here, capture_output=True, check=True)
    return int(done.stdout.split()[-1])


def count_pickles(site: str) -> None:
    """In a process of its own: build anew, and print the bytes that would have been sent."""
    from sitegen.cli.build import build
    from sitegen.pool import Pool

    sent = [0]

    class Weighed(Executor):
        def submit(self, fn: Callable[..., R], /, *args: object, **kwargs: object) -> Future[R]:
            sent[0] += len(pickle.dumps((fn, args, kwargs)))
            future: Future[R] = Future()
            future.set_result(fn(*args, **kwargs))
            sent[0] += len(pickle.dumps(future.result()))
            return future

    weighed = Weighed()
    with patch.object(Pool, "_started", lambda self: weighed), suppress(SystemExit):
        build.main(["-s", site, "--clean", "--quiet", "--jobs", "2"])
    print(sent[0])


def planned_for(site: Path, name: str, most: int) -> Iterator[Finding]:
    """What a build renders and plans after a change called `name`."""
    said = report(site, "--profile")
    rendered = said["rendered"]
    if rendered == 0:
        raise SystemExit(f"{name}: nothing was rendered")
    yield Finding(f"{name}: files rendered", rendered, most)
    stages = [stage["name"] for stage in said["profile"]["stages"]]
    yield Finding(f"{name}: plans of the whole site", stages.count("indexing"), 0)


def findings(site: Path, archive: Archive) -> Iterator[Finding]:
    """All figures, one after the other."""

    def another_edit(number: int) -> None:
        # Without waiting: it is read once more by the next build, where that is one file of many.
        step = Step(3 + number, "one edit", subject(archive, 3 + number, "one edit"))
        edit(site / "content", step)

    cold = cpu_of(site, "--clean")
    sources = [Path(entry.path) for entry in files(site / "content")]
    outputs = [Path(entry.path) for entry in files(site / "public")]
    yield Finding("nothing changed: sources opened", opened_by(site, iter(sources)), 0)
    yield Finding("nothing changed: files of the output opened", opened_by(site, iter(outputs)), 0)
    yield Finding("nothing changed: CPU time, of a cold build", cpu_of(site) / cold, 0.12)
    most = {
        "one edit": 2,
        "one title changed": 45,
        "one tag changed": 45,
        ADDED: 80,
        "fresh clone, one edit": 2,
    }
    for name in (name for name in CHANGES if name in most):
        change(site, archive, Step(1, name, subject(archive, 1, name)))
        yield from planned_for(site, name, most[name])
    (site / "content" / subject(archive, 1, ADDED)).unlink()
    yield from planned_for(site, "that article removed", most[ADDED])
    change(site, archive, Step(2, "one edit", subject(archive, 2, "one edit")))
    yield Finding("one edit: sources opened", opened_by(site, iter(sources)), 1)
    edited = cpu_of(site, before=another_edit)
    yield Finding("one edit: CPU time, of a cold build", edited / cold, 0.35)
    pages = report(site)["pages"]
    yield Finding("cold: bytes pickled per file, thousands", pickled_in(site) / pages / 1000, 6)


def calls_per_file(folder: Path) -> Iterator[Finding]:
    """What one more file of the output costs, beside what a build of any size does."""
    calls: list[tuple[int, int, int]] = []
    numbers = (ARTICLES // 4, ARTICLES)
    sites = [folder / f"site-{number}" for number in numbers]
    for site, articles in zip(sites, numbers, strict=True):
        write_site(site, make_archive(articles, 2, 2006))
    time.sleep(SETTLED)  # or the second build reads once more what was young in the first
    for site in sites:
        cold = calls_of(site)
        idle = calls_of(site)
        calls.append((cold, idle, sum(1 for _ in files(site / "public"))))
    cold, idle, number = (more - less for less, more in zip(*calls, strict=True))
    yield Finding("cold: system calls per file", cold / number, 14)
    yield Finding("nothing changed: system calls per file", idle / number, 4)


def main() -> int:
    """Run it; 1 where more was found than is allowed."""
    adopt_orphans()
    with tempfile.TemporaryDirectory(prefix="sitegen-smoke-") as name:
        folder = Path(name)
        archive = make_archive(ARTICLES, 1, 2006)
        site = folder / "site"
        write_site(site, archive)
        prepare(site)
        # The one before has compiled Python's modules.
        found = [*calls_per_file(folder), *findings(site, archive)]
    print(f"| {ARTICLES} articles | found | at most |", "| --- | --: | --: |", sep="\n")
    print(*(finding.line() for finding in found), sep="\n")
    return int(any(finding.found > finding.most for finding in found))


if __name__ == "__main__":
    sys.exit(main())
