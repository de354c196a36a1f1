"""Values that memory does not hold: in their order, as often as they are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from sitegen import spool as spool_module
from sitegen.spool import Gradual, Spool, batches


@pytest.fixture(autouse=True)
def few_stay_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool_module, "_AT_FIRST", 10)


@pytest.mark.parametrize("number", [0, 1, 63, 64, 65, 1000])
def test_values_come_in_their_order_as_often_as_wanted(number: int) -> None:
    values = [(f"page {n}", n) for n in range(number)]
    spool = Spool(values)
    assert len(spool) == number
    assert list(spool) == list(spool) == values
    assert list(reversed(spool)) == values[::-1]


def test_several_may_read_at_a_time_and_one_of_them_may_add() -> None:
    spool = Spool(range(200))
    first, second = iter(spool), iter(spool)
    assert [next(first) for _ in range(100)] == list(range(100))
    assert [next(second) for _ in range(150)] == list(range(150))
    for value in range(200, 300):
        spool.add(value)
    assert list(first) == list(range(100, 300))
    assert list(spool) == list(range(300))
    assert 299 in spool
    assert 300 not in spool


def test_large_values_lie_in_a_file_without_a_name(tmp_path: Path) -> None:
    spool = Spool((bytes(1_000_000) for _ in range(70)), tmp_path)
    assert sum(map(len, spool)) == 70_000_000
    assert list(tmp_path.iterdir()) == []


def test_heavy_values_are_fewer_at_a_time() -> None:
    sizes = [1, 5_000, 1, 1, 4_000, 200, *[1] * 100]
    found = list(batches(sizes, lambda size: size))
    assert [value for some in found for value in some] == sizes
    assert list(map(len, found)) == [2, 4, 64, 36]
    assert list(Spool(sizes, weigh=lambda size: size)) == sizes


@pytest.mark.parametrize("number", [0, 3, 200])
@pytest.mark.parametrize("ahead", [0, 2, 150])
@pytest.mark.parametrize("read", [0, 2, 70])
def test_gradual_values_are_made_once_and_only_as_they_are_read_or_asked_for_ahead(
    number: int, ahead: int, read: int
) -> None:
    made = []

    def values() -> Iterator[int]:
        for value in range(number):
            made.append(value)
            yield value

    gradual = Gradual(values())
    assert gradual.ahead(ahead) == (number < ahead)
    assert len(gradual) == len(made) == min(ahead, number)
    reading = iter(gradual)
    assert list(islice(reading, read)) == list(range(min(read, number)))
    assert made == list(range(min(max(read, ahead), number)))
    assert list(reading) == list(range(number))[read:]
    assert made == list(range(number))
    assert len(gradual) == number
    if number >= ahead:
        with pytest.raises(ValueError, match="read only once"):
            list(gradual)
        with pytest.raises(ValueError, match="read only once"):
            gradual.ahead(1)


def test_two_readers_of_gradual_values_do_not_share_them() -> None:
    gradual = Gradual(iter(range(9)))
    gradual.ahead(2)
    first, second = iter(gradual), iter(gradual)
    assert next(first) == next(second) == 0
    assert list(first) == list(range(1, 9))
    with pytest.raises(ValueError, match="read only once"):
        list(second)


def test_what_could_not_be_made_is_not_passed_over_by_a_second_reading() -> None:
    def values() -> Iterator[int]:
        yield 1
        raise OSError

    gradual = Gradual(values())
    gradual.ahead(1)
    with pytest.raises(OSError):
        list(gradual)
    with pytest.raises(ValueError, match="read only once"):
        list(gradual)


def test_what_is_made_ahead_is_read_as_often_as_wanted() -> None:
    gradual = Gradual(iter(range(200)))
    assert not gradual.ahead(150)
    assert gradual.ahead(None)
    assert list(gradual) == list(gradual) == list(range(200))
    assert len(gradual) == 200
