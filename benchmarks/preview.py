"""The benchmark of `sitegen serve`: from the save of an article to its new page in a real browser.

`python benchmarks/preview.py --articles 10000` prints medians as a Markdown table.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median

import httpx
from corpus import head_of, make_archive, write_site
from places import workplace
from playwright.sync_api import Error, Page, sync_playwright
from report import machine, say

SITEGEN = Path(sys.executable).with_name("sitegen")
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
PAUSE = 3.0
"""Seconds between two saves: a person writes more slowly, and the whole is looked through."""
PATIENCE = 600.0
"""Seconds in which an answer must have come."""
_TIMES = """() => {
  const [load] = performance.getEntriesByType("navigation");
  return load.loadEventEnd ? {
    began: performance.timeOrigin,
    answered: performance.timeOrigin + load.responseEnd,
    loaded: performance.timeOrigin + load.loadEventEnd,
  } : null;
}"""


@dataclass(frozen=True, slots=True)
class Reload:
    """One save and its reload, in milliseconds."""

    noticed: float
    """From the write to the browser's new request: watching, reading, making the page, telling."""
    answered: float
    """From there to the last byte of the page."""
    loaded: float
    """From there to the end of the load event."""

    @property
    def whole(self) -> float:
        return self.noticed + self.answered + self.loaded


def main() -> None:
    """Make a site, serve it, edit it, print what it took."""
    options = _options()
    with workplace(options.dir) as folder:
        site = folder / "site"
        archive = make_archive(options.articles, options.seed, 2006)
        if not site.exists():
            say(f"writing {options.articles:,} articles")
            write_site(site, archive)
        state = site / ".sitegen"
        print(", ".join(f"{name}: {value}" for name, value in machine(folder, {}).items()))
        print(f"\n| {options.articles:,} articles | median | slowest |")
        print("| --- | ---: | ---: |")
        shutil.rmtree(state, ignore_errors=True)
        _starts(site, "start with no state", 1)
        _starts(site, "start with all known", options.starts)
        edited = site / "content" / head_of(archive, options.articles // 2, Random()).path
        with _serving(site) as (address, process), _browser() as page:
            for name, edit in EDITS.items():
                reloads = list(_reloads(page, address, edited, edit, options.saves))
                _row(f"{name} edited: from the save to the load event", [r.whole for r in reloads])
                _row("– until the browser asks", [r.noticed for r in reloads])
                _row("– until it has the page", [r.answered for r in reloads])
                _row("– until all is loaded", [r.loaded for r in reloads])
            print(f"| memory of the server (PSS) | {_memory(process.pid):.0f} MB | |")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the preview.")
    parser.add_argument("--articles", type=int, default=10_000, metavar="N")
    parser.add_argument("--saves", type=int, default=15, metavar="N", help="of each kind")
    parser.add_argument("--starts", type=int, default=5, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dir", type=Path, help="work here, and leave everything for a look")
    return parser.parse_args()


def _row(name: str, values: Sequence[float], unit: str = "ms") -> None:
    digits = 2 if unit == "s" else 0
    print(f"| {name} | {median(values):.{digits}f} {unit} | {max(values):.{digits}f} {unit} |")


def _starts(site: Path, name: str, times: int) -> None:
    """From the command to its first page, and until all articles are known."""
    first, whole = [], []
    for _ in range(times):
        began = time.perf_counter()
        with _serving(site) as (address, _):
            while httpx.get(address, timeout=PATIENCE).status_code != 200:
                time.sleep(0.02)  # nobody is told when the first page can be had
            first.append(time.perf_counter() - began)
            with httpx.stream("GET", f"{address}_sitegen/events", timeout=PATIENCE) as events:
                next(line for line in events.iter_lines() if '"progress": null' in line)
            whole.append(time.perf_counter() - began)
    _row(f"{name}: to the first page", first, "s")
    _row("– until all articles are known", whole, "s")


@contextmanager
def _serving(site: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    command = (SITEGEN, "serve", "-s", site, "--port", "0")
    # With compiled modules, as its users have it.
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=env)
    assert process.stderr
    try:
        found = re.search(r"http://\S+/", process.stderr.readline())
        assert found, "the server did not start"
        yield found.group(), process
    finally:
        process.terminate()
        process.wait()


@contextmanager
def _browser() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(CHROMIUM)
        )
        yield browser.new_page()
        browser.close()


def _reloads(
    page: Page, address: str, source: Path, edit: Callable[[str, int], str], saves: int
) -> Iterator[Reload]:
    """Each save of an article, and what the browser that shows it did."""
    text = source.read_text(encoding="utf-8")
    page.goto(address + _address_of(source, text), wait_until="load")
    for number in range(saves):
        time.sleep(PAUSE)  # as long as a person takes
        before: Mapping[str, float] = page.evaluate(_TIMES)
        new = edit(text, number)
        began = time.time() * 1000
        source.write_text(new, encoding="utf-8")
        after = _next_page(page, before)
        yield Reload(
            after["began"] - began,
            after["answered"] - after["began"],
            after["loaded"] - after["answered"],
        )
    source.write_text(text, encoding="utf-8")
    time.sleep(PAUSE)  # before the next kind of edit


def _next_page(page: Page, before: Mapping[str, float]) -> Mapping[str, float]:
    """The times of the page that comes after one, once it is loaded."""
    shown = before
    end = time.monotonic() + PATIENCE
    while shown["began"] == before["began"]:
        assert time.monotonic() < end, "the page was not loaded again"
        time.sleep(0.01)  # asking without a pause would take the browser's time
        try:
            shown = page.evaluate(_TIMES) or before
        except Error:
            continue  # the page that was asked is gone: its successor is loading
    return shown


def _address_of(source: Path, text: str) -> str:
    date = re.search(r"^date: (\d{4})-(\d{2})", text, re.MULTILINE)
    assert date
    return f"{date[1]}/{date[2]}/{source.stem}/"


def _other_text(text: str, number: int) -> str:
    return f"{text}\nOnce more, with the number {number}.\n"


def _other_title(text: str, number: int) -> str:
    return re.sub(r'^title: "', f'title: "{number} ', text, count=1, flags=re.MULTILINE)


def _other_tag(text: str, number: int) -> str:
    return text.replace("\ntags:\n", f"\ntags:\n  - Seen {number}\n", 1)


EDITS = {"text": _other_text, "title": _other_title, "tag": _other_tag}


def _memory(pid: int) -> float:
    """Megabytes of a process (PSS), on Linux."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    main()
