"""Texts of dates into moments: exact, or refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitegen.instants import (
    from_seconds,
    parse_instant,
    to_seconds,
    utc,
    write_instant,
    zone,
)

LONDON = zone("Europe/London")


@pytest.mark.parametrize(
    "text, expected",
    [
        ("2015-12-08 14:00:00 -5", "2015-12-08T19:00:00Z"),
        ("2011-11-28 8:32:24 -0400", "2011-11-28T12:32:24Z"),
        ("2026-11-22", "2026-11-22T00:00:00Z"),
        ("2026-07-01", "2026-06-30T23:00:00Z"),
        ("2026/7/1 6:30", "2026-07-01T05:30:00Z"),
        ("2026-11-22T06:30:00+05:30", "2026-11-22T01:00:00Z"),
        ("2026-11-22 06:30 Z", "2026-11-22T06:30:00Z"),
        ("2026-11-22 06:30 UTC", "2026-11-22T06:30:00Z"),
        ("2026-11-22 06:30 GMT", "2026-11-22T06:30:00Z"),
        ("2026-11-22 6:30 PM", "2026-11-22T18:30:00Z"),
        ("Sun, 22 Nov 2026 06:30:00 +0000", "2026-11-22T06:30:00Z"),
        ("22 November 2026", "2026-11-22T00:00:00Z"),
        ("November 22nd, 2026", "2026-11-22T00:00:00Z"),
        ("2026-11-22T06:30:00.999Z", "2026-11-22T06:30:00Z"),
        ("2026-10-25 01:30", "2026-10-25T00:30:00Z"),
        ("2026-11-22 10:00 UTC+3", "2026-11-22T07:00:00Z"),
        ("2026-11-22 10:00 GMT-5", "2026-11-22T15:00:00Z"),
        ("1899-12-31 12:00", "1899-12-31T12:00:00Z"),
    ],
)
def test_a_date_is_read_exactly(text: str, expected: str) -> None:
    assert utc(parse_instant(text, LONDON)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "today",
        "03/04/2026",
        "3.4.2026",
        "04-03-2026",
        "20261122",
        "1764000000",
        "2026",
        "2026-11",
        "11-22",
        "2026-02-29",
        "2026-02-30",
        "2026-13-01",
        "2026-11-22 25:00",
        "2026-11-22 06:60",
        "2026-11-22 06:30 EST",
        "2026-11-22 06:30 CET",
        "2026-11-22 06:30 +99:00",
        "2026-11-22 around noon",
        "November 2026",
        "06:30 November 2026",
        "6:30 PM November 2026",
        "10 November",
        "0001-01-01",
        "9999-12-31",
        "Nov 5 2026 2027",
        "2026-11-22 " + "1" * 40,
    ],
)
def test_what_is_no_one_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_instant(text, LONDON)


def test_a_time_that_clocks_skip_is_refused_with_the_time_to_write() -> None:
    with pytest.raises(ValueError, match=r"did not exist in Europe/London.*write 2026-03-29 02:30"):
        parse_instant("2026-03-29 01:30", LONDON)


def test_a_day_whose_midnight_clocks_skip_begins_an_hour_later() -> None:
    moment = parse_instant("2018-11-04", zone("America/Sao_Paulo"))
    assert utc(moment) == "2018-11-04T03:00:00Z" and moment.hour == 1


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../zoneinfo/UTC", "/etc/passwd", "Europe"])
def test_a_zone_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        zone(name)


@given(st.integers(1, 12), st.integers(1, 12), st.integers(1900, 2100), st.sampled_from("/.- "))
def test_day_and_month_are_never_guessed(a: int, b: int, year: int, mark: str) -> None:
    for text in (f"{a}{mark}{b}{mark}{year}", f"{a:02}{mark}{b:02}{mark}{year % 100:02}"):
        with pytest.raises(ValueError):
            parse_instant(text, LONDON)


@given(
    st.datetimes(datetime(1000, 1, 2), datetime(9998, 12, 30)).map(
        lambda d: d.replace(microsecond=0)
    )
)
@example(datetime(1999, 10, 31, 0, 0))
@example(datetime(1999, 10, 31, 1, 0))
def test_an_instant_survives_being_written_and_read(moment: datetime) -> None:
    aware = moment.replace(tzinfo=UTC)
    # In UTC: Python calls no two instants of other zones equal within an hour that is repeated.
    assert parse_instant(utc(aware), LONDON).astimezone(UTC) == aware
    assert from_seconds(to_seconds(aware)) == aware


@given(
    st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1)),
    st.sampled_from(["Europe/London", "UTC"]),
)
def test_a_time_without_a_zone_is_that_time_in_the_zone_or_refused(
    local: datetime, name: str
) -> None:
    text = f"{local:%Y-%m-%d %H:%M:%S}"
    try:
        moment = parse_instant(text, zone(name))
    except ValueError:
        assert name == "Europe/London"
        return
    assert f"{moment:%Y-%m-%d %H:%M:%S}" == text


@given(st.text(max_size=40))
def test_any_text_gives_a_moment_or_a_message(text: str) -> None:
    try:
        moment = parse_instant(text, LONDON)
    except ValueError as error:
        assert str(error)
    else:
        assert moment.tzinfo is not None and moment - moment.astimezone(UTC) == timedelta(0)


@pytest.mark.parametrize(
    ("like", "written"),
    [
        ("", "2026-07-01 13:00"),
        ("2026-06-01", "2026-07-01 13:00"),
        ("1 June 2026", "2026-07-01 13:00"),
        ("2026-06-01 06:30:10", "2026-07-01 13:00:00"),
        ("2026-06-01T06:30", "2026-07-01T13:00"),
        ("2026-06-01T06:30:00Z", "2026-07-01T12:00:00Z"),
        ("2026-06-01T06:30:00+05:00", "2026-07-01T13:00:00+01:00"),
        ("2026-06-01 06:30 -0500", "2026-07-01 13:00+01:00"),
    ],
)
def test_an_instant_is_written_in_the_form_of_another(like: str, written: str) -> None:
    moment = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    assert write_instant(moment, LONDON, like) == written


@settings(deadline=None)  # a zone's first use reads its file
@given(
    st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1)).map(
        lambda d: d.replace(microsecond=0, tzinfo=UTC)
    ),
    st.sampled_from(["Europe/London", "Australia/Lord_Howe", "America/New_York", "Asia/Riyadh"]),
    st.sampled_from(["", "2026-11-22T06:30:00", "2026-11-22T06:30Z"]),
)
@example(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "Europe/London", "")
@example(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Europe/London", "")
def test_an_instant_that_is_written_is_read_as_the_same(
    moment: datetime, name: str, like: str
) -> None:
    text = write_instant(moment, zone(name), like)
    assert parse_instant(text, zone(name)).astimezone(UTC) == moment


def test_the_zone_that_a_place_is_in_is_named_when_only_the_place_was_written() -> None:
    with pytest.raises(ValueError, match="did you mean Europe/London"):
        zone("London")
    with pytest.raises(ValueError, match="did you mean America/New_York"):
        zone("new york")
    with pytest.raises(ValueError, match=r"“Nowhere at all”$"):
        zone("Nowhere at all")
