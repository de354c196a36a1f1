"""The floor under a cold build: a bare program that only writes the files which another made.

`python benchmarks/floor.py public copy` writes all that is in public/ into the new folder copy/,
and prints the seconds that it took. Reading public/ is over before they begin.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from multiprocessing import Barrier, Process, SimpleQueue
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.queues import SimpleQueue as Answers
    from multiprocessing.synchronize import Barrier as Start


def write_again(source: Path, target: Path, processes: int) -> tuple[float, float]:
    """Write the files of `source` into `target`, by some processes; their wall and CPU seconds.

    Each has read its own share before all begin together: memory that one process had filled and
    others inherited would be copied page by page while they are timed. Raises OSError.
    """
    paths = sorted(path for path in source.rglob("*") if path.is_file())
    target.mkdir()
    start = Barrier(processes)
    answers: Answers[tuple[float, float, float]] = SimpleQueue()
    workers = [
        Process(target=_write, args=(source, target, share, start, answers))
        for share in _shares(paths, processes)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if any(worker.exitcode for worker in workers):
        raise OSError(f"{target} was not written")
    began, ended, cpu = zip(*(answers.get() for _ in workers), strict=True)
    return max(ended) - min(began), sum(cpu)


def _shares(paths: Sequence[Path], number: int) -> list[Sequence[Path]]:
    """As many files for each, which lie together, so that few folders are shared."""
    ends = [len(paths) * share // number for share in range(number + 1)]
    return [paths[ends[share] : ends[share + 1]] for share in range(number)]


def _write(
    source: Path,
    target: Path,
    share: Sequence[Path],
    start: Start,
    answers: Answers[tuple[float, float, float]],
) -> None:
    """What is timed: one call for each folder, and three for each file: open, write and close."""
    try:
        names = [path.relative_to(source) for path in share]
        folders = sorted({target / folder for name in names for folder in name.parents})
        files = [(str(target / name), (source / name).read_bytes()) for name in names]
    except BaseException:
        start.abort()  # or the others would wait for this one
        raise
    start.wait()
    began, used = time.perf_counter(), time.process_time()
    for folder in folders:
        folder.mkdir(exist_ok=True)  # another process may need it, too
    for file, data in files:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        os.write(opened, data)
        os.close(opened)
    answers.put((began, time.perf_counter(), time.process_time() - used))


def main() -> int:
    """Read the command line, write, print what it took as JSON."""
    parser = argparse.ArgumentParser(description="Write the files of a folder into a new one.")
    parser.add_argument("source", type=Path, help="a site's output, or any other folder")
    parser.add_argument("target", type=Path, help="must not be there yet")
    parser.add_argument("--processes", type=int, default=1, metavar="N")
    options = parser.parse_args()
    wall, cpu = write_again(options.source, options.target, options.processes)
    print(json.dumps({"wall": wall, "cpu": cpu}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
