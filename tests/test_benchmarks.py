"""The benchmarks themselves, of few articles: whether they measure what they say."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
WRITTEN = {
    "index.html": b"<p>Home</p>",
    "2026/11/harbour/index.html": b"<p>Harbour</p>" * 10_000,
    "2026/11/bridge/index.html": b"",
    "feed.xml": b"<rss/>",
}


def run(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, BENCHMARKS / name, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def rows(table: str) -> dict[str, list[str]]:
    """The first cell of each row of a Markdown table → the others."""
    cells = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("|")]
    return {name: values for name, *values in cells}


@pytest.mark.parametrize("processes", [1, 2, 9])
def test_the_floor_is_of_the_same_files(tmp_path: Path, processes: int) -> None:
    for path, data in WRITTEN.items():
        file = tmp_path / "public" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    copy = tmp_path / "copy"
    done = run("floor.py", tmp_path / "public", copy, "--processes", str(processes))
    assert files(copy) == WRITTEN
    took = json.loads(done.stdout)
    assert took["wall"] > 0 and took["cpu"] > 0


def test_the_floor_is_no_figure_where_files_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    done = run("floor.py", tmp_path / "public", tmp_path / "no" / "such" / "copy")
    assert done.returncode != 0 and not done.stdout


def test_cold_builds_and_their_floors_are_measured_in_memory_and_on_disk_in_one_run() -> None:
    options = ("--articles", "3", "--runs", "1", "--peers")
    floors = ("only writing these files", "only writing them, two processes")
    done = run("run.py", *options, "--steps", "cold", *floors)
    places = re.split(r"^3 articles (in memory|on disk), medians", done.stdout, flags=re.MULTILINE)
    tables = dict(zip(places[1::2], places[2::2], strict=True))
    for place in ("in memory", "on disk"):
        assert (place in tables) != (f"{place}: nothing is measured there" in done.stderr)
    assert tables
    for found in map(rows, tables.values()):
        for floor in floors:
            assert float(found[f"{floor}: wall, s"][0]) < float(found["cold: wall, s"][0])
            assert found[f"{floor}: files written"] == found["cold: files written"]


def test_a_benchmark_without_room_says_so_before_it_writes_anything() -> None:
    done = run("run.py", "--articles", str(10**12), "--peers")
    assert done.returncode == 1 and not done.stdout
    assert done.stderr.startswith("no room: ")


PAGE = """<html><head><meta property="og:title" content="Harbour">
<link rel="alternate" type="application/feed+json" href="/feed.json">
<script type="application/ld+json">{"@type": "NewsArticle", "author": [{"name": "Ada"}]}</script>
</head><body><h1>Harbour</h1><p>It reopens.</p></body></html>"""


def test_what_another_tools_page_lacks_is_found(tmp_path: Path) -> None:
    (tmp_path / "ours.html").write_text(PAGE, encoding="utf-8")
    other = PAGE.replace("og:title", "og:type").replace("feed+json", "rss+xml")
    other = other.replace('"name"', '"url"').replace("<p>", '<p class="first">')
    (tmp_path / "other.html").write_text(other, encoding="utf-8")
    lacks = run("equivalence.py", tmp_path / "ours.html", tmp_path / "other.html")
    assert lacks.stdout.splitlines() == [
        "data /author/name",
        "link alternate application/feed+json",
        "meta og:title",
    ]
    same = run("equivalence.py", tmp_path / "ours.html", tmp_path / "ours.html")
    assert not same.stdout.strip()
