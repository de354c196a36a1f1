"""The benchmark of `sitegen serve`: from the save of an article to its new page in a real browser.

`python benchmarks/preview.py --articles 10000` prints medians as a Markdown table.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import httpx
from corpus import head_of, make_archive, write_site
from playwright.sync_api import Page, sync_playwright
from run import say, workplace

SITEGEN = Path(sys.executable).with_name("sitegen")
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
PAUSE = 1.6
"""Seconds between two saves: a person writes more slowly, and the whole is looked through."""
_SHOWN = """() => {
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
    with workplace(options.dir, 0) as folder:
        site = folder / "site"
        archive = make_archive(options.articles, options.seed, 2006)
        if not site.exists():
            say(f"writing {options.articles:,} articles")
            write_site(site, archive)
        say("reading and building them once")
        subprocess.run([SITEGEN, "build", "-q", "-s", site], check=True)
        source = site / "content" / head_of(archive, options.articles // 2, Random()).path
        print(f"| {options.articles:,} articles | median | slowest |\n| --- | ---: | ---: |")
        starts = [_start(site) for _ in range(options.starts)]
        _row("start, warm: to the first page", starts, "s")
        with _serving(site) as address, _browser() as page:
            for name, edit in (("body", _other_body), ("title", _other_title), ("tag", _other_tag)):
                reloads = list(_reloads(page, address, source, edit, options.saves))
                _row(f"{name} edited: save to load event", [r.whole for r in reloads], "ms")
                _row("– until the browser asks", [r.noticed for r in reloads], "ms")
                _row("– until it has the page", [r.answered for r in reloads], "ms")
                _row("– until all is loaded", [r.loaded for r in reloads], "ms")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the preview.")
    parser.add_argument("--articles", type=int, default=10_000, metavar="N")
    parser.add_argument("--saves", type=int, default=15, metavar="N", help="of each kind")
    parser.add_argument("--starts", type=int, default=5, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dir", type=Path, help="work here, and leave everything for a look")
    return parser.parse_args()


def _row(name: str, values: Sequence[float], unit: str) -> None:
    digits = 2 if unit == "s" else 0
    print(f"| {name} | {median(values):.{digits}f} {unit} | {max(values):.{digits}f} {unit} |")


def _start(site: Path) -> float:
    """Seconds from the command to the end of the first answer."""
    began = time.perf_counter()
    with _serving(site) as address:
        httpx.get(address, timeout=600).raise_for_status()
        return time.perf_counter() - began


@contextmanager
def _serving(site: Path) -> Iterator[str]:
    command = (SITEGEN, "serve", "-s", site, "--port", "0")
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    try:
        found = re.search(r"http://\S+/", process.stderr.readline())
        assert found
        yield found.group()
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
    page.goto(address + _path_of(source), wait_until="load")
    text = source.read_text(encoding="utf-8")
    for number in range(saves):
        time.sleep(PAUSE)
        before: dict[str, Any] = page.evaluate(_SHOWN)
        new = edit(text, number)
        began = time.time() * 1000
        source.write_text(new, encoding="utf-8")
        shown = before
        while shown["began"] == before["began"]:
            time.sleep(0.005)
            try:
                shown = page.evaluate(_SHOWN) or before
            except Exception:  # the page that was asked is gone: its successor is loading
                continue
        yield Reload(
            shown["began"] - began,
            shown["answered"] - shown["began"],
            shown["loaded"] - shown["answered"],
        )
    source.write_text(text, encoding="utf-8")
    time.sleep(PAUSE)


def _path_of(source: Path) -> str:
    date = re.search(r"^date: (\d{4})-(\d{2})", source.read_text(encoding="utf-8"), re.M)
    assert date
    return f"{date[1]}/{date[2]}/{source.stem}/"


def _other_body(text: str, number: int) -> str:
    return f"{text}\nOnce more, for the {number}th time.\n"


def _other_title(text: str, number: int) -> str:
    return re.sub(r"^(title: .*?)(\"?)$", rf"\1 ({number})\2", text, count=1, flags=re.M)


def _other_tag(text: str, number: int) -> str:
    return text.replace("\ntags:\n", f"\ntags:\n  - Seen {number}\n", 1)


if __name__ == "__main__":
    main()
