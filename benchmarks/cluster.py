"""The cost of a cluster: a cold build by processes of this machine, and by Dask's workers on it.

`python benchmarks/cluster.py --articles 5000` prints both as JSON, and whether their bytes are the
same. The scheduler, the workers and the build all run on this machine: the wall clock says nothing.
"""

from __future__ import annotations

import argparse
import filecmp
import json
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from corpus import make_archive, write_site
from measure import adopt_orphans, measure

NOW = "2026-11-22T12:00:00Z"
BUILD = """\
import resource, sys
from sitegen.cli import main

if __name__ == "__main__":  # workers are not to build
    try:
        main()
    except SystemExit as end:
        used = resource.getrusage(resource.RUSAGE_SELF)
        print(f"own: {used.ru_utime + used.ru_stime:.1f}")
        raise
"""
"""A build that says how much processor time it took itself, without its workers."""
ON_A_CLUSTER = """\
import subprocess, sys
from distributed import LocalCluster

if __name__ == "__main__":
    workers, *command = sys.argv[1:]
    own = {"dashboard_address": ":0", "local_directory": "scratch"}
    with LocalCluster(n_workers=int(workers), threads_per_worker=1, **own) as cluster:
        where = ("--executor", "dask", "--scheduler", cluster.scheduler_address)
        code = subprocess.run([*command, *where]).returncode
    sys.exit(code)
"""
"""A build with a cluster that begins and ends with it, so that its processes count."""


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    adopt_orphans()
    with tempfile.TemporaryDirectory(prefix="sitegen-cluster-") as folder:
        print(json.dumps(_compared(Path(folder), options.articles, options.workers), indent=1))


def _compared(folder: Path, articles: int, workers: int) -> dict[str, object]:
    site = folder / "site"
    write_site(site, make_archive(articles, 1, 2006))
    for name, text in (
        ("build.py", BUILD),
        ("cluster.py", ON_A_CLUSTER),
        ("nothing.py", "print('own: 0.0')"),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    on_a_cluster = (sys.executable, folder / "cluster.py", str(workers))
    commands: dict[str, Sequence[str | Path]] = {
        "processes": (*_build(folder, "here"), "--jobs", str(workers)),
        "cluster": (*on_a_cluster, *_build(folder, "there")),
        "cluster without a build": (*on_a_cluster, sys.executable, folder / "nothing.py"),
    }
    costs = {name: _cost(command, folder) for name, command in commands.items()}
    return {"articles": articles, "same bytes": _same(folder / "here", folder / "there"), **costs}


def _build(folder: Path, output: str) -> Sequence[str | Path]:
    where = ("-o", folder / output, "--state", folder / f"{output}.state", "-q")
    build = (sys.executable, folder / "build.py", "build", "-s", folder / "site")
    return (*build, "--now", NOW, *where)


def _cost(command: Sequence[str | Path], folder: Path) -> dict[str, object]:
    log = folder / "log"
    cost = measure(command, folder, log)
    said = log.read_text(encoding="utf-8")
    own = re.search(r"^own: ([\d.]+)$", said, re.MULTILINE)  # Dask says things, too
    if cost.exit_code or own is None:
        raise SystemExit(f"a build ended with {cost.exit_code}:\n{said}")
    return {
        "CPU seconds": round(cost.cpu, 1),
        "of them the build itself": float(own[1]),
        "peak MB": cost.peak and round(cost.peak / 1e6),
    }


def _same(one: Path, other: Path) -> bool:
    """Whether two folders have the same files, with the same bytes."""
    files = [
        sorted(path.relative_to(root) for path in root.rglob("*") if path.is_file())
        for root in (one, other)
    ]
    _, different, failed = filecmp.cmpfiles(one, other, map(str, files[0]), shallow=False)
    return files[0] == files[1] and not different and not failed


if __name__ == "__main__":
    main()
