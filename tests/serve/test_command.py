"""The command line of the preview: where it listens, what it says, how it begins and ends."""

from __future__ import annotations

import signal
import time

import pytest

from tests.serve.conftest import Serve
from tests.site_test import SiteTest


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_with_somebody_looking(site: SiteTest, serve: Serve, how: int) -> None:
    server = serve(site.write("a.md").folder).whole()
    events = server.events("/")
    next(events)
    began = time.monotonic()
    assert server.stop(how) == 0
    assert time.monotonic() - began < 2
    assert list(events) == []
    assert "Traceback" not in "\n".join(server.lines)
