"""Files of a batch: each with its own bytes, whatever becomes of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.read import batches
from sitegen.read.batches import contents
from sitegen.read.scan import Found


def files(folder: Path, number: int) -> list[Found]:
    found = []
    for n in range(number):
        file = folder / str(n)
        file.write_text(f"This is {n}")
        found.append(Found(file.name, str(file), "", file.stat().st_size, settled=True))
    return found


@pytest.mark.parametrize("ahead", [1, 3, 64])
def test_one_that_is_gone_gives_its_reason_and_others_their_bytes(
    ahead: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "_AHEAD", ahead)
    wanted = files(tmp_path, 7)
    for gone in (0, 4):
        (tmp_path / str(gone)).unlink()
    (tmp_path / "5").unlink()
    (tmp_path / "5").mkdir()
    read = list(contents(wanted))
    assert [type(each) for each in read] == [
        FileNotFoundError, bytes, bytes, bytes, FileNotFoundError, IsADirectoryError, bytes
    ]  # fmt: skip
    assert [each for each in read if isinstance(each, bytes)] == [
        f"This is {n}".encode() for n in (1, 2, 3, 6)
    ]


def test_no_file_stays_open_when_whoever_reads_stops(tmp_path: Path) -> None:
    wanted = files(tmp_path, 9)
    reading = contents(wanted)
    assert next(reading) == b"This is 0"
    del reading
    for file in Path("/proc/self/fd").iterdir():
        assert not (file.is_symlink() and file.readlink().is_relative_to(tmp_path))
