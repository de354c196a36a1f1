"""The clock of the desk's commands stands still, at the moment that test sites are built for."""

from __future__ import annotations

import pytest

from sitegen.instants import parse_instant, to_seconds, zone
from tests.site_test import NOW


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    now = to_seconds(parse_instant(NOW, zone("UTC")))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(now + 37))
