"""Files of folders come in the order of their whole names, as what is known of them does."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from sitegen.outputs import Look
from sitegen.read.scan import scan, scan_site
from sitegen.write.survey import survey

NAMES = ("a", "a b", "a-", "a-b", "a.b", "a0", "ab", "b", "Ä", "ä", "é.md", "z~a", "日")


class Recorded(NamedTuple):
    path: str
    digest: bytes
    size: int
    mtime: int


def _tree(folder: Path, seed: int) -> set[str]:
    """Empty files in folders, whose names sort otherwise than what is in them; their paths."""
    pick = random.Random(seed)
    found: set[str] = set()
    for _ in range(60):
        path = "/".join(pick.choice(NAMES) for _ in range(pick.randint(1, 4)))
        above = {path[:place] for place, letter in enumerate(path) if letter == "/"}
        if not above & found and not any(other.startswith(f"{path}/") for other in found):
            found.add(path)
    for path in found:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).touch()
    return found


@pytest.mark.parametrize("seed", range(20))
def test_files_are_compared_with_what_is_known_of_them(seed: int, tmp_path: Path) -> None:
    pick = random.Random(seed)
    there = _tree(tmp_path / "content", seed)
    found = scan(tmp_path / "content", tmp_path, time.time_ns()).files
    assert [file.source for file in found] == sorted(there)
    known = {file.source: file.stat for file in found if pick.random() < 0.7}
    changed = {source for source in known if pick.random() < 0.3}
    gone = {"0", "a/0/0", "a.b0", "é", "日本"} - there
    stats = {**known, **dict.fromkeys(changed, ""), **dict.fromkeys(gone, "1")}
    scanned = scan_site(tmp_path, sorted(stats.items()), None)
    other = {file.source: was_known for file, was_known in scanned.other}
    assert other == {source: source in known for source in changed | (there - known.keys())}
    assert set(scanned.gone) == gone


@pytest.mark.parametrize("seed", range(20))
def test_the_output_is_compared_with_what_was_recorded(seed: int, tmp_path: Path) -> None:
    pick = random.Random(seed)
    there = _tree(tmp_path, seed)
    ours = {path for path in there if pick.random() < 0.7}
    changed = {path for path in ours if pick.random() < 0.3}
    gone = {"0", "a/0/0", "a.b0", "é", "日本"} - there
    recorded = [
        Recorded(path, b"", 1 if path in changed else 0, (tmp_path / path).stat().st_mtime_ns)
        for path in ours
    ]
    recorded += [Recorded(path, b"", 0, 0) for path in gone]
    found = survey(tmp_path, sorted(recorded))
    looks = {**dict.fromkeys(changed, Look.FOREIGN), **dict.fromkeys(gone, Look.MISSING)}
    assert found.looks == looks
    assert set(found.foreign) == there - ours
