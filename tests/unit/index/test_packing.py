"""Facts are packed by two libraries, into one format that both read."""

from __future__ import annotations

import zlib

import pytest
from isal import isal_zlib

from sitegen.index import packing
from sitegen.index.store import Damaged

LONG = b'{"html":"' + "<p>The harbour’s ferries leave at noon.</p>".encode() * 200 + b'"}'


@pytest.mark.parametrize("reads", [zlib, isal_zlib])
@pytest.mark.parametrize("writes", [zlib, isal_zlib])
def test_what_one_packs_the_other_unpacks(
    monkeypatch: pytest.MonkeyPatch, writes: object, reads: object
) -> None:
    monkeypatch.setattr(packing, "_codec", writes)
    stored = packing.packed(LONG)
    assert len(stored) < len(LONG) / 10 and packing.packed(b'"short"') == b'"short"'
    monkeypatch.setattr(packing, "_codec", reads)
    assert packing.unpacked(stored) == LONG and packing.unpacked(b'"short"') == b'"short"'
    for damaged in (stored[:-3], stored[:2], stored[:9] + b"\xff" * 9 + stored[18:]):
        with pytest.raises(Damaged):
            packing.unpacked(damaged)


def test_the_extra_packs_for_whoever_has_it() -> None:
    assert packing._codec is isal_zlib
