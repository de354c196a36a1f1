"""Fifty look at pages while one writes for long: the server does not grow."""

from __future__ import annotations

from tests.serve.conftest import Serve
from tests.serve.soak import site_of_many, soak
from tests.site_test import SiteTest

EDITS = 120
GROWTH = 20_000
"""Kilobytes that memory may differ by: it goes up and down with editions that are not yet gone."""


def test_fifty_readers_and_many_edits_leave_nothing_behind(site: SiteTest, serve: Serve) -> None:
    """`python -m tests.serve.soak` does the same for as long as you like."""
    server = serve(site_of_many(site).folder).whole()
    first, *_, last = soak(site, server, EDITS, EDITS // 3)
    assert last.edits == EDITS
    assert last.memory - first.memory < GROWTH, (first, last)
    assert abs(last.files - first.files) <= 6, (first, last)  # a survey is under way, or is not
    assert abs(last.threads - first.threads) <= 3, (first, last)
