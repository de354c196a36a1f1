"""A site with small widths; and an eye on which files a build opens and which pictures it makes."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from sitegen.outputs import Form
from sitegen.read import scan
from sitegen.render.pictures import made
from sitegen.site import gallery
from tests.pictures.output import FEW
from tests.site_test import SETTINGS, SiteTest


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    return SiteTest(tmp_path / "site", SETTINGS + FEW)


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files count as old as soon as they are written: else their stat proves nothing yet."""
    monkeypatch.setattr(scan, "RACY", -(10**9))


class Counted:
    """The forms that builds in this process have made, a list for each picture decoded."""

    def __init__(self) -> None:
        self.calls: list[list[Form]] = []

    @property
    def forms(self) -> int:
        return sum(map(len, self.calls))

    def clear(self) -> None:
        self.calls.clear()


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> Counted:
    counted = Counted()

    def counting(data: bytes, forms: Sequence[Form]) -> Iterator[bytes]:
        counted.calls.append(list(forms))
        return made(data, forms)

    monkeypatch.setattr(gallery, "made", counting)
    return counted


_watched: list[set[str]] = []


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if _watched and event == "open" and isinstance(arguments[0], str):
        for opened in _watched:
            opened.add(arguments[0])


sys.addaudithook(_hook)


@contextmanager
def opening(folder: Path) -> Iterator[set[str]]:
    """The files below `folder` that this process opens meanwhile; filled in at the end."""
    every: set[str] = set()
    found: set[str] = set()
    _watched.append(every)
    try:
        yield found
    finally:
        _watched.remove(every)
        found |= {path for path in every if Path(path).is_relative_to(folder)}
