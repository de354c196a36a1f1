"""One build of one tool, or the writing of what it built: what it cost, and what it left."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from changes import Step, is_shown
from measure import Cost, measure
from peers import HERE, Tool, ToolFailed
from report import Output, Result

FLOORS: Mapping[str, int] = {"only writing these files": 1, "only writing them, two processes": 2}
"""Steps of no tool: what the file system takes for what a cold build left, by so many processes."""
CLOCK_TICK = 20_000_000
"""Nanoseconds that a file's mtime may lag behind the clock."""


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
    of them for each new file: 6,278 files took it 0.3 s of processor time, and 3.1 s when twice as
    many had just been deleted.
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
    # Or files of the last build would look as if the next one had written them, whose clock lags.
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
