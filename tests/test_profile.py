"""`build --profile`: where the time went, by stage and by template, what was kept, who worked."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.build.rendering import FEW
from sitegen.read import scan
from tests.site_test import NOW, SiteTest
from tests.test_docs import named, tables

SLOW = """\
{% extends "broadsheet/article.html" %}
{% block byline %}
{% for n in range(1000000) %}{% endfor %}
{% for n in range(3) %}
{{ 'stamp.html'|part(number=1) }}{{ 'list.html'|part(words=['a']) }}
{% endfor %}
{% endblock %}
"""


@pytest.fixture
def slow(site: SiteTest) -> SiteTest:
    """Two articles, in a theme that takes its time for them."""
    site.file("sitegen.toml", '[site]\ntitle = "T"\nbase_url = "https://t.example/"\ntheme = "m"\n')
    site.file("themes/m/theme.toml", 'extends = "broadsheet"\n')
    site.file("themes/m/templates/article.html", SLOW)
    site.file("themes/m/templates/stamp.html", "<b>{{ number }}</b>")
    site.file("themes/m/templates/list.html", "<i>{{ words|joined }}</i>")
    return site.write("a.md", title="Harbour").write("b.md", title="Bridge")


def profile(site: SiteTest) -> dict[str, Any]:
    found: dict[str, Any] = site.report["profile"]
    return found


def stages(site: SiteTest) -> dict[str, dict[str, Any]]:
    return {stage["name"]: stage for stage in profile(site)["stages"]}


def kept(site: SiteTest) -> dict[str, tuple[int, int]]:
    return {row["name"]: (row["kept"], row["made"]) for row in profile(site)["kept"]}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_each_template_has_its_pages_and_the_slow_one_is_first(slow: SiteTest, jobs: str) -> None:
    slow.build("--profile", "--jobs", jobs).ok()
    assert slow.bytes == slow.clean_bytes()
    rows = profile(slow)["templates"]
    assert rows[0]["name"] == "article.html" and rows[0]["files"] == 2
    assert rows[0]["mean"] == pytest.approx(rows[0]["seconds"] / 2, abs=1e-5)
    assert sum(row["files"] for row in rows) == slow.report["rendered"]
    assert sum(row["bytes"] for row in rows) == slow.report["bytes"]
    slowest = profile(slow)["slowest"]
    assert len(slowest) == 10
    assert {"content/a.md", "content/b.md"} <= {page["source"] for page in slowest}
    assert [p["seconds"] for p in slowest] == sorted((p["seconds"] for p in slowest), reverse=True)
    (page,) = (page for page in slowest if page["source"] == "content/a.md")
    assert (page["path"], page["template"]) == ("2026/11/a/index.html", "article.html")
    assert page["bytes"] == len(slow.bytes[page["path"]])


def test_a_part_is_made_once_unless_it_is_given_a_list(slow: SiteTest) -> None:
    # Another theme than in other tests: in this one process their parts are at hand still.
    slow.file("themes/m/templates/stamp.html", "<em>{{ number }}</em>").build("--profile").ok()
    parts = {part["name"]: (part["shown"], part["made"]) for part in profile(slow)["parts"]}
    assert parts["stamp.html"] == (6, 1)
    assert parts["list.html"] == (6, 6)
    shown, made = (sum(column) for column in zip(*parts.values(), strict=True))
    assert kept(slow)["parts"] == (shown - made, made)
    assert profile(slow)["compiled"] > len(parts)


def test_workers_say_what_they_did(slow: SiteTest) -> None:
    for number in range(FEW):  # so few need no worker
        slow.write(f"{number}.md", title=f"Bridge {number}")
    slow.build("--profile", "--jobs", "2").ok()
    workers = profile(slow)["workers"]
    assert sum(worker["tasks"] for worker in workers) >= 1
    busy = sum(template["seconds"] for template in profile(slow)["templates"])
    assert sum(worker["seconds"] for worker in workers) >= busy > 0
    told = sum(stage["workers"] for stage in profile(slow)["stages"])
    assert told == pytest.approx(sum(worker["cpu"] for worker in workers), abs=1e-4)
    assert stages(slow)["rendering"]["workers"] > 0


def test_stages_are_the_whole_time(slow: SiteTest) -> None:
    slow.build("--profile").ok()
    inside = [stage["seconds"] for name, stage in stages(slow).items() if name != "starting"]
    assert sum(inside) == pytest.approx(slow.report["seconds"], rel=0.1, abs=0.05)
    assert stages(slow)["rendering"]["seconds"] >= profile(slow)["slowest"][0]["seconds"]


def test_where_nothing_changed_the_time_went_into_looking(
    slow: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "RACY", 0)
    slow.build().ok()
    assert "profile" not in slow.report
    slow.build("--profile").ok()
    assert {"looking at files", "looking at the output"} < stages(slow).keys()
    assert not {"loading", "planning", "rendering"} & stages(slow).keys()
    assert (profile(slow)["templates"], profile(slow)["slowest"]) == ([], [])
    assert kept(slow)["sources"] == (2, 0)
    assert kept(slow)["files"] == (slow.report["pages"], 0)
    slow.write("a.md", title="Harbour", body="New words.").build("--profile").ok()
    assert kept(slow)["sources"] == (1, 1)
    pages, rendered = slow.report["pages"], slow.report["rendered"]
    assert rendered and kept(slow)["files"] == (pages - rendered, rendered)


def test_a_build_that_fails_says_where_its_time_went_until_then(slow: SiteTest) -> None:
    slow.write("c.md", title="").build("--profile")
    assert slow.exit_code == 1
    assert "planning" in stages(slow) and "rendering" not in stages(slow)
    slow.remove("c.md").file("themes/m/templates/list.html", "{{ nothing.at.all }}")
    slow.build("--profile")
    assert slow.exit_code == 1 and "rendering" in stages(slow)


def test_on_a_terminal_it_is_columns_after_the_report(slow: SiteTest) -> None:
    slow.run("build", "-s", str(slow.folder), "--now", NOW, "--jobs", "2", "--profile")
    report, *tables_ = slow.output.split("\n\n")
    assert "2 articles" in report
    firsts = [line.split("  ")[0] for table in tables_ for line in table.splitlines()]
    for name in ("where the time went", "rendering", "all of it", "article.html", "stamp.html"):
        assert firsts.count(name) == 1, name
    (line,) = (line for line in slow.output.splitlines() if line.startswith("2026/11/a/"))
    assert line.split()[-2:] == ["article.html", "content/a.md"]
    assert not [line for line in slow.output.splitlines() if line != line.rstrip()]


def test_every_stage_and_kind_has_its_row_in_the_documentation(slow: SiteTest) -> None:
    slow.write("flood.md", body="[A note](note.txt)").write("note.txt", "Note.\n")
    slow.build("--profile", "--verify").ok()
    first = stages(slow).keys()
    slow.build("--clean", "--profile").ok()
    rows = {name for row in tables("performance.md", "Stage") for name in named(row[0])}
    assert first | stages(slow).keys() == rows
    kinds = {name for row in tables("performance.md", "Kind") for name in named(row[0])}
    assert {row["name"] for row in profile(slow)["templates"] if "." not in row["name"]} <= kinds
    caches = {name for row in tables("performance.md", "Kept") for name in named(row[0])}
    assert kept(slow).keys() == caches
    assert sum(row["files"] for row in profile(slow)["templates"]) == slow.report["rendered"]
