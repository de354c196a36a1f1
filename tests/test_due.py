"""When the output changes next by itself; and building as of an earlier instant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.site_test import SETTINGS, SiteTest, article

DUE: Mapping[str, tuple[Mapping[str, Any], str | None]] = {
    "nothing": ({}, None),
    "a future date": ({"date": "2026-12-01"}, "2026-12-01T00:00:00Z"),
    "an embargo": ({"embargo": "2026-12-02 06:00"}, "2026-12-02T06:00:00Z"),
    "an embargo before the date": (
        {"date": "2026-12-03", "embargo": "2026-12-01"},
        "2026-12-03T00:00:00Z",
    ),
    "an expiry": ({"expires": "2026-12-05"}, "2026-12-05T00:00:00Z"),
    "a past expiry": ({"expires": "2026-11-05"}, None),
    "a withdrawal": ({"withdrawn": {"date": "2026-12-06"}}, "2026-12-06T00:00:00Z"),
    "a past withdrawal": ({"withdrawn": {"date": "2026-11-06"}}, None),
    "an expiry after a withdrawal": (
        {"withdrawn": {"date": "2026-11-06"}, "expires": "2026-12-01"},
        None,
    ),
    "an expiry before the date": (
        {"date": "2026-12-10", "expires": "2026-12-01"},
        "2026-12-10T00:00:00Z",
    ),
    "breaking until": ({"breaking": "2026-11-23 09:00"}, "2026-11-23T09:00:00Z"),
    "breaking by default": (
        {"date": "2026-11-22T10:00:00Z", "breaking": True},
        "2026-11-22T16:00:00Z",
    ),
    "breaking after an embargo": (
        {"embargo": "2026-11-22T11:00:00Z", "breaking": True},
        "2026-11-22T17:00:00Z",
    ),
    "breaking that ended": ({"breaking": True}, None),
    "breaking that expires first": (
        {"breaking": "2026-12-02", "expires": "2026-12-01"},
        "2026-12-01T00:00:00Z",
    ),
    "a draft": ({"status": "draft", "embargo": "2026-12-01"}, None),
}


@pytest.mark.parametrize("what", DUE)
def test_the_next_due_instant_is_the_earliest_at_which_anything_changes(
    site: SiteTest, what: str
) -> None:
    fields, due = DUE[what]
    site.write("a.md", article(**{"date": "2026-11-01", **fields})).build().ok()
    assert site.report["next_due"] == due
    if due:
        before = site.bytes
        moment = site.build(now=due).ok()
        assert moment.bytes != before


@pytest.mark.parametrize("table", ["", "[sections.politics]\n", "[ar]\n"])
def test_the_end_of_the_front_by_hand_is_due(site: SiteTest, table: str) -> None:
    site.settings(SETTINGS + '[languages.ar]\ntitle = "T"\n').write("a.md", section="politics")
    site.write("front.toml", f'{table}lead = "a.md"\nuntil = 2026-11-25T06:00:00Z\n').build().ok()
    assert site.report["next_due"] == "2026-11-25T06:00:00Z"
    assert site.build(now="2026-11-25T06:00:00Z").ok().report["next_due"] is None


def test_an_earlier_now_is_a_warning_that_counts_what_it_withdraws(site: SiteTest) -> None:
    site.write("old.md", date="2026-11-01").write("a.md", date="2026-11-20", slug="a")
    site.write("b.md", date="2026-11-21", slug="b").build().ok()
    site.build(now="2026-11-10T00:00:00Z").ok()
    (warning,) = [w for w in site.warnings if w["code"] == "now-earlier"]
    assert "2 articles" in warning["message"] and "2026-11-22T12:00:00Z" in warning["message"]
    assert site.report["articles"] == 1


def test_an_earlier_now_that_withdraws_nothing_says_so_too(site: SiteTest) -> None:
    site.write("old.md").build().ok().build(now="2026-11-10T00:00:00Z").ok()
    assert [warning["code"] for warning in site.warnings] == ["now-earlier"]
