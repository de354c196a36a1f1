"""Many readers, many edits: what the server takes meanwhile (Linux: it is read from /proc).

`python -m tests.serve.soak --edits 2000` prints it as a Markdown table.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.serve.looking import Look
from tests.serve.server import Server
from tests.site_test import SiteTest

CLIENTS = 50
STORM = "/2026/11/storm/"


@dataclass(frozen=True, slots=True)
class Taken:
    """What a process has of its machine."""

    edits: int
    memory: int
    """Kilobytes that nobody else has."""
    files: int
    """Handles that are open."""
    threads: int


def taken(edits: int, process: int) -> Taken:
    """What a process has now."""
    own = Path(f"/proc/{process}")
    memory = re.search(r"^Pss:\s+(\d+)", (own / "smaps_rollup").read_text(), re.M)
    threads = re.search(r"^Threads:\s+(\d+)", (own / "status").read_text(), re.M)
    assert memory and threads
    return Taken(edits, int(memory[1]), len(list((own / "fd").iterdir())), int(threads[1]))


def site_of_many(site: SiteTest) -> SiteTest:
    site.write("storm.md", title="The storm")
    for number in range(CLIENTS):
        site.write(f"n{number}.md", title=f"Article {number}", date="2026-11-02", tags=["sea"])
    return site


def soak(site: SiteTest, server: Server, edits: int, every: int) -> Iterator[Taken]:
    """Edit an article, each time with a reload of its page, while many look at others."""
    looks = [Look(server, f"/2026/11/n{number}/") for number in range(1, CLIENTS)]
    storm = Look(server, STORM)
    for number in range(1, edits + 1):
        body = f"It is edit {number} of many."
        title = f"The storm {number // 10}"
        site.write("storm.md", title=title, tags=[f"t{number % 7}"], body=body)
        storm.shows(body)
        # As a reload does: another stream for a moment, which its reader leaves.
        stream = server.events(STORM)
        next(stream)
        stream.close()  # type: ignore[attr-defined]  # it is a generator
        if number % every == 0:
            yield taken(number, server.process.pid)
    assert all(len(look.seen) == 1 for look in looks)


def main() -> None:
    parser = argparse.ArgumentParser(description="Edit for long, and look what that takes.")
    parser.add_argument("--edits", type=int, default=2_000, metavar="N")
    edits = parser.parse_args().edits
    with tempfile.TemporaryDirectory() as folder:
        site = site_of_many(SiteTest(Path(folder) / "site"))
        server = Server(site.folder).whole()
        try:
            print("| edits | memory (kB) | handles | threads |\n| ---: | ---: | ---: | ---: |")
            for each in soak(site, server, edits, edits // 10):
                row = (each.edits, each.memory, each.files, each.threads)
                print("|", " | ".join(f"{value:,}" for value in row), "|", flush=True)
        finally:
            server.kill()


if __name__ == "__main__":
    main()
