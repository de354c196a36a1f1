"""When the output changes next by itself; and building as of an earlier instant."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.site_test import SETTINGS, SiteTest, article, tree

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
    site.settings(SETTINGS + '[languages.ar]\ntitle = "T"\n')
    for day in range(1, 8):
        site.write(f"a{day}.md", slug=f"a{day}", date=f"2026-11-0{day}", section="politics")
        site.write(f"ar/b{day}.md", slug=f"b{day}", date=f"2026-11-0{day}")
    lead = "ar/b1.md" if table == "[ar]\n" else "a1.md"
    site.write("front.toml", f'{table}lead = "{lead}"\nuntil = 2026-11-25T06:00:00Z\n').build().ok()
    assert site.report["next_due"] == "2026-11-25T06:00:00Z"
    assert site.build(now="2026-11-25T06:00:00Z").ok().report["next_due"] is None
    assert site.changed == {"ar/index.html" if table == "[ar]\n" else "index.html"}


def test_the_end_of_a_choice_that_changes_nothing_is_not_due(site: SiteTest) -> None:
    site.write("a.md").write("held.md", status="draft")
    site.write("front.toml", 'lead = "a.md"\nuntil = 2026-11-25T06:00:00Z\n').build().ok()
    assert site.report["next_due"] is None


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


INSTANTS = [f"2026-11-2{day}T{hour:02}:30:00Z" for day in range(1, 5) for hour in range(0, 24, 4)]
"""Around NOW, and few, so that some fall together."""


def some_instants(pick: random.Random) -> dict[str, Any]:
    """An article's fields with instants in any order, sensible or not."""
    fields: dict[str, Any] = {"date": pick.choice(INSTANTS)}
    for field in ("embargo", "expires", "breaking"):
        if pick.random() < 0.35:
            fields[field] = pick.choice(INSTANTS)
    if pick.random() < 0.2:
        fields["breaking"] = True
    if pick.random() < 0.25:
        fields["withdrawn"] = {"date": pick.choice(INSTANTS), "reason": "Wrong."}
    if pick.random() < 0.15:
        fields["status"] = "draft"
    if pick.random() < 0.3:
        fields["featured"] = True
    return fields


def some_picks(pick: random.Random, names: Sequence[str]) -> str:
    """`front.toml`: stories by hand, each choice with an end of its own or none."""
    lines = []
    for table in ("", "[sections.politics]", "[ar]"):
        if pick.random() < 0.5:
            lines += [table, f'lead = "{pick.choice(names)}"']
            lines += [f'top = ["{pick.choice(names)}"]'] if pick.random() < 0.5 else []
            lines += [f"until = {pick.choice(INSTANTS)}"] if pick.random() < 0.8 else []
    return "\n".join(lines) + "\n"


def some_site(site: SiteTest, seed: int) -> SiteTest:
    pick = random.Random(seed)
    site.settings(SETTINGS + '[languages.ar]\ntitle = "T"\n[ticker]\nitems = 2\n')
    names = [f"a{number}.md" for number in range(pick.randint(1, 5))]
    for name in names:
        fields = some_instants(pick)
        if pick.random() < 0.5:
            fields |= {"section": "Politics", "tags": ["t"]}
        site.write(name, article(f"T {name}", **fields))
    if pick.random() < 0.6:
        site.write("front.toml", some_picks(pick, names))
    return site


@pytest.mark.parametrize("args", [(), ("--preview",), ("--preview", "--embargoed")])
@pytest.mark.parametrize("seed", range(12))
def test_nothing_changes_before_the_next_due_instant_and_something_does_then(
    site: SiteTest, seed: int, args: Sequence[str]
) -> None:
    output = site.folder / ("preview" if args else "public")
    some_site(site, seed)
    due: str | None = "2026-11-20T00:00:00Z"
    bytes_before: dict[str, bytes] = {}
    for _ in range(len(INSTANTS) + 2):
        site.build(*args, now=due).ok()
        assert tree(output) != bytes_before, f"nothing changed at {due}"
        bytes_before, due = tree(output), site.report["next_due"]
        if due is None:
            break
        before = datetime.fromisoformat(due) - timedelta(seconds=1)
        site.build(*args, now=before.isoformat()).ok()
        assert tree(output) == bytes_before, f"something changed before {due}"
        assert site.report["next_due"] == due
    else:
        raise AssertionError("there is always something due")
    site.build(*args, now="2030-01-01T00:00:00Z").ok()
    assert tree(output) == bytes_before
