"""Clocks that are set forward and back: what an author writes, and when readers see it.

The hours that clocks skip and repeat in 2026 are written out here, apart from sitegen's own code.
Lord Howe Island sets its clocks by half an hour; Riyadh never does.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from sitegen.cli import main
from tests.site_test import SETTINGS, SiteTest, article

LONDON, NEW_YORK = "Europe/London", "America/New_York"
RIYADH, LORD_HOWE = "Asia/Riyadh", "Australia/Lord_Howe"


class Change(NamedTuple):
    zone: str
    skipped: str
    """A local time that does not exist."""
    instead: str
    """The time to write for it."""
    repeated: str
    """A local time that comes twice."""
    first: str
    second: str
    """The two instants that it may mean, in UTC."""
    again: str
    """The second one, as an author can write it: with its offset."""


CHANGES = (
    Change(
        LONDON,
        "2026-03-29 01:30",
        "2026-03-29 02:30",
        "2026-10-25 01:30",
        "2026-10-25T00:30:00Z",
        "2026-10-25T01:30:00Z",
        "2026-10-25 01:30 +00:00",
    ),
    Change(
        NEW_YORK,
        "2026-03-08 02:30",
        "2026-03-08 03:30",
        "2026-11-01 01:30",
        "2026-11-01T05:30:00Z",
        "2026-11-01T06:30:00Z",
        "2026-11-01 01:30 -05:00",
    ),
    Change(
        LORD_HOWE,
        "2026-10-04 02:15",
        "2026-10-04 02:45",
        "2026-04-05 01:45",
        "2026-04-04T14:45:00Z",
        "2026-04-04T15:15:00Z",
        "2026-04-05 01:45 +10:30",
    ),
)
changes = pytest.mark.parametrize("change", CHANGES, ids=[change.zone for change in CHANGES])

MIDNIGHTS = (
    (LONDON, "2026-07-01", "2026-06-30T23:00:00Z"),
    (LONDON, "2026-10-25", "2026-10-24T23:00:00Z"),
    (LONDON, "2026-10-26", "2026-10-26T00:00:00Z"),
    (NEW_YORK, "2026-03-08", "2026-03-08T05:00:00Z"),
    (NEW_YORK, "2026-03-09", "2026-03-09T04:00:00Z"),
    (RIYADH, "2026-11-01", "2026-10-31T21:00:00Z"),
    (LORD_HOWE, "2026-04-05", "2026-04-04T13:00:00Z"),
    (LORD_HOWE, "2026-04-06", "2026-04-05T13:30:00Z"),
)

LAST_OF_MONTH = (
    (LONDON, "2026-06-30T23:30:00Z", "2026-07-01"),
    (LONDON, "2026-11-30T23:30:00Z", "2026-11-30"),
    (NEW_YORK, "2026-11-30T23:30:00Z", "2026-11-30"),
    (NEW_YORK, "2026-12-01T04:30:00Z", "2026-11-30"),
    (RIYADH, "2026-10-31T23:30:00Z", "2026-11-01"),
    (LORD_HOWE, "2026-10-31T23:30:00Z", "2026-11-01"),
    (LORD_HOWE, "2026-12-31T12:45:00Z", "2026-12-31"),
)
"""Zone, instant → the day that it belongs to there."""


def in_zone(site: SiteTest, zone: str) -> SiteTest:
    return site.settings(SETTINGS.replace(LONDON, zone))


def before(instant: str) -> str:
    """A second earlier."""
    moment = datetime.fromisoformat(instant) - timedelta(seconds=1)
    return moment.astimezone(UTC).isoformat()


def appears_at(site: SiteTest, instant: str) -> None:
    """The article a.md is held back until `instant`, and is published then."""
    site.build(now=before(instant)).ok()
    assert site.report["held_back"][0]["until"] == site.report["next_due"] == instant
    assert not [path for path in site.bytes if path.endswith("/a/index.html")]
    site.build(now=instant).ok()
    assert site.report["held_back"] == []
    assert [path for path in site.bytes if path.endswith("/a/index.html")]


SKIPPED: Mapping[str, Any] = {
    "date": lambda time: {"date": time},
    "embargo": lambda time: {"embargo": time},
    "publishDate": lambda time: {"publishDate": time},
    "expires": lambda time: {"expires": time},
    "breaking": lambda time: {"breaking": time},
    "updated": lambda time: {"updated": time},
    "withdrawn": lambda time: {"withdrawn": {"date": time}},
    "corrections": lambda time: {"corrections": [{"date": time, "text": "C"}]},
}


@changes
@pytest.mark.parametrize("field", SKIPPED)
def test_a_time_that_clocks_skip_is_refused_at_its_line_with_the_time_to_write(
    site: SiteTest, change: Change, field: str
) -> None:
    fields = {"date": "2026-01-05", **SKIPPED[field](change.skipped)}
    in_zone(site, change.zone).write("a.md", article(**fields)).build()
    assert site.exit_code == 1
    (error,) = site.errors
    assert f"did not exist in {change.zone}" in error["message"]
    assert change.instead in error["message"] + error["hint"]
    text = (site.folder / "content/a.md").read_text(encoding="utf-8").splitlines()
    assert change.skipped in text[error["line"] - 1] and error["field"].startswith(field)


@changes
def test_a_time_that_clocks_skip_is_refused_in_the_front_by_hand(
    site: SiteTest, change: Change
) -> None:
    until = change.skipped.replace(" ", "T")
    in_zone(site, change.zone).write("a.md", date="2026-01-05")
    site.write("front.toml", f'lead = "a.md"\nuntil = {until}:00\n').build()
    (error,) = site.errors
    assert (site.exit_code, error["line"], error["hint"]) == (1, 2, "")
    assert change.instead in error["message"]


@changes
def test_a_time_that_comes_twice_is_the_first_and_an_offset_says_the_second(
    site: SiteTest, change: Change
) -> None:
    in_zone(site, change.zone).write("a.md", article(date=change.repeated))
    appears_at(site, change.first)
    appears_at(site.write("a.md", article(date=change.again)), change.second)


@changes
def test_of_a_date_and_an_embargo_within_the_hour_that_comes_twice_the_later_counts(
    site: SiteTest, change: Change
) -> None:
    """The embargo's clock shows less than the date's, and is later."""
    earlier = datetime.fromisoformat(change.second) - timedelta(minutes=10)
    embargo = earlier.isoformat()
    fields = {"date": change.repeated, "embargo": embargo}
    in_zone(site, change.zone).write("a.md", article(**fields, breaking=True))
    appears_at(site, f"{earlier:%Y-%m-%dT%H:%M:%SZ}")
    assert site.report["next_due"] == f"{earlier + timedelta(hours=6):%Y-%m-%dT%H:%M:%SZ}"
    both = {"date": "2026-01-05", "embargo": change.first, "publishDate": embargo}
    appears_at(site.write("a.md", article(**both)), f"{earlier:%Y-%m-%dT%H:%M:%SZ}")


@changes
def test_hours_of_breaking_news_pass_whatever_clocks_are_set_to(
    site: SiteTest, change: Change
) -> None:
    first = datetime.fromisoformat(change.first) - timedelta(hours=2)
    in_zone(site, change.zone).write("a.md", date=first.isoformat(), breaking=True)
    site.build(now=change.first).ok()
    assert site.report["next_due"] == f"{first + timedelta(hours=6):%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize("field", ["date", "embargo"])
@pytest.mark.parametrize("zone, day, instant", MIDNIGHTS)
def test_a_day_without_a_time_begins_at_midnight_of_the_site(
    site: SiteTest, field: str, zone: str, day: str, instant: str
) -> None:
    fields = {"date": "2026-01-05", field: day}
    appears_at(in_zone(site, zone).write("a.md", article(**fields)), instant)


@pytest.mark.parametrize("zone, day, instant", MIDNIGHTS)
def test_an_article_expires_as_the_day_begins_in_the_site(
    site: SiteTest, zone: str, day: str, instant: str
) -> None:
    in_zone(site, zone).write("a.md", date="2026-01-05", slug="a", expires=day)
    site.build(now=before(instant)).ok()
    assert site.report["next_due"] == instant and "A title" in site.page("2026/01/a/index.html")
    site.build(now=instant).ok()
    assert "A title" not in site.page("2026/01/a/index.html")
    assert f'datetime="{day}T00:00:00' in site.page("2026/01/a/index.html")


@pytest.mark.parametrize("zone, instant, day", LAST_OF_MONTH)
def test_an_article_belongs_to_the_day_and_month_that_it_is_in_the_site(
    site: SiteTest, zone: str, instant: str, day: str
) -> None:
    in_zone(site, zone).write("a.md", date=instant, tags=["t"], section="Politics")
    site.settings((site.folder / "sitegen.toml").read_text() + "[listings]\nfront = 1\n")
    site.write("b.md", date="2027-01-20", tags=["t"], section="Politics")
    site.build(now="2027-02-01T00:00:00Z").ok()
    month = day[:7].replace("-", "/")
    assert f"{month}/a/index.html" in site.bytes
    assert f'href="/{month}/a/"' in site.page(f"{month}/index.html")
    assert f'href="/{month}/a/"' in site.page(f"politics/{month}/index.html")
    assert f'href="/{month}/a/"' in site.page(f"tags/t/{day[:4]}/index.html")
    assert f'<time datetime="{day}T' in site.page(f"{month}/a/index.html")
    months = [path[:7] for path in site.bytes if path.count("/") == 2 and path.startswith("20")]
    assert sorted(months) == sorted([month, "2027/01"])


def test_an_embargo_may_be_in_another_zone_than_the_date(site: SiteTest) -> None:
    fields = {"date": "2026-11-22 09:00 -05:00", "embargo": "2026-11-22T18:15:00+03:00"}
    in_zone(site, RIYADH).write("a.md", article(**fields))
    appears_at(site, "2026-11-22T15:15:00Z")
    assert 'datetime="2026-11-22T17:00:00+03:00"' in site.page("2026/11/a/index.html")
    fields["embargo"] = "2026-11-22 14:00 +01:00"
    appears_at(site.write("a.md", article(**fields)), "2026-11-22T14:00:00Z")


SHOWN = (
    (LONDON, "2026-10-25T00:30:00Z", "2026-10-25 01:30 BST (Europe/London; 2026-10-25T00:30:00Z)"),
    (LONDON, "2026-10-25T01:30:00Z", "2026-10-25 01:30 GMT (Europe/London; 2026-10-25T01:30:00Z)"),
    (NEW_YORK, "2026-11-01T06:30:00Z", "2026-11-01 01:30 EST (America/New_York; "),
    (RIYADH, "2026-11-30T21:00:00Z", "2026-12-01 00:00 +03 (Asia/Riyadh; 2026-11-30T21:00:00Z)"),
    (LORD_HOWE, "2026-04-04T15:15:05Z", "2026-04-05 01:45:05 +1030 (Australia/Lord_Howe; "),
    ("UTC", "2026-04-04T15:15:00Z", "2026-04-04 15:15 UTC"),
)


@pytest.mark.parametrize("zone, instant, words", SHOWN)
def test_people_are_told_instants_on_the_clock_of_the_site_with_its_name(
    site: SiteTest, zone: str, instant: str, words: str
) -> None:
    in_zone(site, zone).write("a.md", date=instant).write("b.md", status="draft")
    command = ["build", "-s", str(site.folder), "--jobs", "1", "--now", "2026-01-01T00:00:00Z"]
    told = CliRunner().invoke(main, command).stderr
    assert f"held back: content/a.md (scheduled: until {words}" in told
    assert "held back: content/b.md (draft: until somebody publishes it)" in told
    assert f"next change due {words}" in told
    assert told.index("content/a.md") < told.index("content/b.md"), "the next to appear first"
