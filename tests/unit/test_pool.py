"""What workers need is loaded before they are copied, and where they are not, by themselves."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import pytest

from sitegen.pool import pool

RARE = "colorsys"
"""A module of the standard library that nothing here needs."""


def has(module: str) -> bool:
    return module in sys.modules


@pytest.mark.parametrize(("method", "loaded"), [("fork", True), ("spawn", False)])
def test_modules_are_loaded_once_for_all_copies(
    method: str, loaded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, RARE, raising=False)
    with pool(2, method, modules=[RARE]) as workers:
        assert not has(RARE)
        found: Sequence[bool] = list(workers.map(has, [RARE] * 4, alone=False))
        assert found == [loaded] * 4
        assert has(RARE) == loaded


def test_nothing_is_loaded_where_no_worker_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, RARE, raising=False)
    with pool(2, "fork", modules=[RARE]) as workers:
        assert list(workers.map(has, [RARE], alone=True)) == [False]
