"""`sitegen check`: each finding at its place, and nothing where nothing is wrong."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sitegen.advice import CHECKS
from sitegen.desk.manners import Manners
from tests.site_test import SETTINGS, SiteTest, article, tree

GOOD: dict[str, Any] = {
    "title": "Storm closes the harbour",
    "summary": "No ship will leave before Sunday, says the harbour master.",
    "date": "2026-11-20 06:30",
}
LONG = "This happened on the mole, and then it happened again. " * 8


def check(site: SiteTest, *args: str) -> list[dict[str, Any]]:
    """What a check finds: its errors, warnings and notes, each with its gravity."""
    command = ["check", "-s", str(site.folder), "--now", site.now, "--jobs", "1"]
    site.run(*command, *args, "--format", "json")
    return [
        {**problem, "severity": severity}
        for severity in ("error", "warning", "note")
        for problem in site.report[f"{severity}s"]
    ]


def good(site: SiteTest, name: str = "good.md", **more: Any) -> SiteTest:
    return site.write(name, **{**GOOD, **more})


def numbered(text: str, words: str) -> tuple[int, int]:
    """The line and column of `words` in a text, counted from 1."""
    before = text[: text.index(words)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def test_a_site_without_faults_has_no_findings(site: SiteTest) -> None:
    good(site, body="## What happened\n\nThe gates [were closed](#what-happened).")
    assert check(site) == []
    assert site.exit_code == 0 and site.report["ok"] and site.report["articles"] == 1


def test_a_check_writes_no_site(site: SiteTest) -> None:
    good(site)
    before = {path for path in tree(site.folder) if not path.startswith(".sitegen/")}
    check(site)
    after = {path for path in tree(site.folder) if not path.startswith(".sitegen/")}
    assert after == before


IN_ONE_FILE: list[tuple[str, str, dict[str, Any], str]] = [
    # code, severity, what differs from a good article, the words that it is told at
    ("summary-missing", "note", {"summary": ""}, ""),
    ("summary-long", "note", {"summary": LONG}, '"This happened'),
    ("summary-title", "warning", {"summary": "Storm closes  the HARBOUR"}, '"Storm closes  the'),
    ("key-point-long", "note", {"key_points": ["Short", LONG]}, '"This happened'),
    (
        "label-repeated",
        "note",
        {"why_it_matters": "Why this matters: because."},
        '"Why this matters',
    ),
    ("updated-early", "warning", {"updated": "2026-11-19"}, '"2026-11-19"'),
    ("breaking-end", "warning", {"breaking": "2026-11-19 09:00"}, '"2026-11-19 09:00"'),
    ("breaking-end", "warning", {"breaking": "2036-11-20"}, '"2036-11-20"'),
    (
        "correction-early",
        "warning",
        {"corrections": [{"date": "2026-11-01", "text": "It was six."}]},
        '"2026-11-01"',
    ),
    ("body-empty", "warning", {"body": ""}, ""),
    ("date-far", "warning", {"date": "1066-10-14"}, "date"),
    ("date-far", "warning", {"date": "2062-11-20"}, "date"),
    ("heading-jump", "note", {"body": "## A\n\nText.\n\n#### Deep\n\nMore."}, "#### Deep"),
    ("image-alt", "warning", {"body": "Text.\n\n![](/p.png)"}, "![](/p.png)"),
    ("image-alt", "warning", {"body": "![photo of a pier](/p.png)"}, "![photo"),
    (
        "image-alt",
        "warning",
        {"body": 'One.\n\n![The pier](/p.png "the pier")'},
        "![The pier]",
    ),
    ("picture-text", "warning", {"image": "/p.png"}, '"/p.png"'),
    ("anchor-missing", "warning", {"body": "Text.\n\n[a](#nowhere)"}, "#nowhere"),
    ("link-broken", "warning", {"body": "Text.\n\n[a](/2026/11/gone/)"}, "/2026/11/gone/"),
    ("html-removed", "warning", {"body": "<script>alert(1)</script>"}, "<script>"),
    ("shortcode", "warning", {"body": "Text.\n\nSee {{< video x >}}"}, "video x"),
    ("field-unknown", "warning", {"sumary": "x"}, '"x"'),
    ("image-missing", "error", {"body": "![The mole](mole.png)"}, "mole.png"),
]


@pytest.mark.parametrize("code, severity, more, words", IN_ONE_FILE)
def test_a_fault_is_found_at_its_place(
    code: str, severity: str, more: dict[str, Any], words: str, site: SiteTest
) -> None:
    site.file("static/p.png", b"a picture")
    text = article(**{**GOOD, **more})
    site.write("a.md", text)
    found = [finding for finding in check(site) if finding["code"] == code]
    assert [finding["severity"] for finding in found][:1] == [severity], site.output
    assert found[0]["source"] == "content/a.md"
    assert found[0]["message"] and found[0]["hint"]
    if words:
        line, column = numbered(text, words)
        assert found[0]["line"] == line
        assert found[0]["column"] in (0, column)


def test_every_code_that_only_check_has_is_found_by_some_test() -> None:
    told = {code for code, *_ in IN_ONE_FILE}
    tests = Path(__file__).parent.glob("test_*.py")
    source = "".join(path.read_text(encoding="utf-8") for path in tests)
    assert {code for code in CHECKS if code not in told and f'"{code}"' not in source} == set()


def codes(findings: list[dict[str, Any]]) -> list[str]:
    return [finding["code"] for finding in findings]


def test_tags_that_differ_in_an_accent_or_a_letter_are_found_in_the_rarer_one(
    site: SiteTest,
) -> None:
    good(site, "a.md", title="A", tags=["Elections", "Café"])
    good(site, "b.md", title="B", tags=["Elections", "Café"])
    good(site, "c.md", title="C", tags=["Electoins", "Cafe", "Budget 2026"])
    good(site, "d.md", title="D", tags=["Budget 2027"])
    near = [finding for finding in check(site) if finding["code"] == "tag-near"]
    assert {finding["source"] for finding in near} == {"content/c.md"}
    assert {"Electoins", "Cafe"} == {f["message"].split("“")[1].split("”")[0] for f in near}
    assert all("did you mean “" in finding["hint"] for finding in near)


def test_a_section_is_compared_with_those_of_the_settings_even_with_an_empty_one(
    site: SiteTest,
) -> None:
    good(site, "a.md", title="A", section="Polittics")
    good(site, "b.md", title="B", section="Polittics")
    good(site, "c.md", title="C", section="World")
    (near,) = [finding for finding in check(site) if finding["code"] == "tag-near"]
    assert near["source"] == "content/a.md" and "did you mean “Politics”?" in near["hint"]
    good(site, "d.md", title="D", section="Politics")
    (near,) = [finding for finding in check(site) if finding["code"] == "tag-near"]
    assert near["source"] == "content/a.md" and "did you mean “Politics”?" in near["hint"]


def test_a_name_that_is_written_with_escapes_has_a_place_too(site: SiteTest) -> None:
    good(site, "a.md", title="A", tags=["Elections"])
    good(site, "b.md", title="B", tags=["Elections"])
    text = article(**{**GOOD, "title": "C", "tags": ["Electoins"]})
    site.write("c.md", text.replace("Electoins", "Elect\\u006fins"))
    (near,) = [finding for finding in check(site) if finding["code"] == "tag-near"]
    assert (near["source"], near["line"]) == ("content/c.md", 5)


def test_one_tag_in_two_writings_is_found_unless_a_file_names_it(site: SiteTest) -> None:
    good(site, "a.md", title="A", tags=["budget"])
    good(site, "b.md", title="B", tags=["Budget"], date="2026-11-21")
    (found,) = [finding for finding in check(site) if finding["code"] == "tag-written"]
    assert (found["source"], found["line"]) == ("content/b.md", 5)
    site.write("tags/budget.md", "---\ntitle: The budget\n---\n")
    assert "tag-written" not in codes(check(site))


def test_tags_of_one_article_are_summed_up_with_what_they_cost(site: SiteTest) -> None:
    good(site, tags=["Ferries", "Weather", "Moot"])
    (found,) = [finding for finding in check(site) if finding["code"] == "tag-once"]
    assert "3 tags" in found["message"] and "3 files" in found["message"]


def test_two_articles_with_one_headline_are_found(site: SiteTest) -> None:
    good(site, "a.md", slug="a")
    good(site, "gone.md", slug="gone", withdrawn={"date": "2026-11-21", "reason": "R"})
    good(site, "b.md", slug="b", title="Storm closes the Harbour")
    (found,) = check(site)
    assert (found["code"], found["source"]) == ("title-twice", "content/b.md")
    assert "content/a.md" in found["message"]


def test_a_place_in_another_page_is_looked_up(site: SiteTest) -> None:
    good(site, "a.md", title="A", body="[b](b.md#the-gates) [c](b.md#the-walls)")
    good(site, "b.md", title="B", body="## The gates\n\nText.")
    (found,) = check(site)
    assert (found["code"], found["source"]) == ("anchor-missing", "content/a.md")
    assert "#the-walls" in found["message"]


def test_links_to_what_the_site_makes_are_not_broken(site: SiteTest) -> None:
    site.file("static/report.pdf", b"pdf").write("pages/about.md", "---\ntitle: About\n---\nUs.")
    good(site, "b.md", title="B", tags=["Ferries"], aliases=["/old/b/"])
    fine = "/ /about/ /tags/ferries/ /tags/ /archive/ /2026/11/ /report.pdf /feed.xml /old/b/"
    links = " ".join(f"[x]({address})" for address in fine.split())
    good(site, "a.md", title="A", body=f"{links} [q](/2026/11/b/?from=a) [h](/about) [r](/nope/)")
    found = [finding for finding in check(site) if finding["code"] == "link-broken"]
    assert [finding["message"].split()[3] for finding in found] == ["/nope/,"]


def test_a_standing_page_that_nothing_links_to_is_found(site: SiteTest) -> None:
    site.write("pages/about.md", "---\ntitle: About\n---\nUs.")
    site.write("pages/hidden.md", "---\ntitle: Hidden\n---\nSee [about](about.md).")
    good(site)
    assert [f["source"] for f in check(site) if f["code"] == "page-unreachable"] == [
        "content/pages/hidden.md"
    ]


def test_a_draft_is_checked_too(site: SiteTest) -> None:
    good(site, status="draft", body="[x](/nowhere/)")
    assert codes(check(site)) == ["link-broken"]


def test_all_that_a_build_refuses_is_an_error_and_so_is_the_exit_code(site: SiteTest) -> None:
    site.write("a.md", "---\ntitle: A\n---\nText.").write("b.md", "no front matter")
    assert {(f["code"], f["severity"]) for f in check(site)} >= {
        ("date-missing", "error"),
        ("matter-missing", "error"),
    }
    assert site.exit_code == 1 and not site.report["ok"]


def test_mistakes_of_the_settings_are_told_in_the_form_that_was_asked_for(site: SiteTest) -> None:
    good(site).settings("[site]\ntitle = 1\n")
    assert {finding["source"] for finding in check(site)} == {"sitegen.toml"}
    assert site.exit_code == 1
    site.run("check", "-s", str(site.folder), "--format", "github")
    assert site.output.startswith("::error file=")
    site.run("check", "-s", str(site.folder))
    assert "    2 | title = 1\n" in site.output


def test_warnings_pass_unless_strict(site: SiteTest) -> None:
    good(site, body="[x](/nowhere/)")
    check(site)
    assert site.exit_code == 0
    check(site, "--strict")
    assert site.exit_code == 1


def test_a_finding_is_silenced_for_the_site_or_for_one_file(site: SiteTest) -> None:
    for name in ("a", "b"):
        good(site, f"{name}.md", title=name, slug=name, summary="", body="[x](/nowhere/)")
    assert sorted(codes(check(site))) == ["link-broken"] * 2 + ["summary-missing"] * 2
    silent = {"title": "b", "slug": "b", "summary": "", "silence": ["link-broken"]}
    good(site, "b.md", **silent, body="[x](/nowhere/)")
    found = check(site)
    assert [f["source"] for f in found if f["code"] == "link-broken"] == ["content/a.md"]
    settings = (site.folder / "sitegen.toml").read_text(encoding="utf-8")
    site.settings(f'{settings}\n[check]\nsilence = ["summary-missing"]\n')
    assert codes(check(site)) == ["link-broken"]


def test_an_error_cannot_be_silenced_and_a_code_must_exist(site: SiteTest) -> None:
    good(site, silence=["date-missing"])
    (error,) = check(site)
    assert error["field"] == "silence[1]" and "no warning or note" in error["message"]
    good(site, silence=["summary-mising"])
    (error,) = check(site)
    assert "summary-missing" in error["hint"]


def test_a_second_check_reads_no_file_again_and_says_the_same(site: SiteTest) -> None:
    good(site, summary="", body="[x](/nowhere/)")
    first = check(site)
    assert check(site) == first


def test_text_shows_the_line_with_a_mark_and_the_code(site: SiteTest) -> None:
    good(site, body="One.\n\nSee [x](/nowhere/).")
    site.run("check", "-s", str(site.folder), "--now", site.now)
    assert "warning: content/good.md:8:9: it links to /nowhere/" in site.output
    assert "    8 | See [x](/nowhere/).\n      |         ^\n" in site.output
    assert "[link-broken]" in site.output
    assert "1 article checked: 1 warning" in site.output
    assert "\x1b[" not in site.output


def test_single_files_are_checked_by_whatever_name(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    good(site, "a.md", title="A", summary="")
    good(site, "sport/b.md", title="B", summary="", body="[x](/nowhere/)")
    for name in ("sport/b.md", "content/sport/b.md"):
        assert {f["source"] for f in check(site, name)} == {"content/sport/b.md"}
    monkeypatch.chdir(site.folder / "content" / "sport")
    assert codes(check(site, "b.md")) == ["link-broken", "summary-missing"]
    site.run("check", "-s", str(site.folder), "c.md")
    assert site.exit_code == 2 and "did you mean content/sport/b.md" in site.output


def test_many_findings_of_a_kind_are_counted(site: SiteTest) -> None:
    for number in range(25):
        good(site, f"a{number}.md", title=f"A {number}", slug=f"a{number}", summary="")
    site.run("check", "-s", str(site.folder), "--now", site.now)
    assert site.output.count("there is no summary") == 20
    assert "and 5 more of summary-missing" in site.output
    site.run("check", "-s", str(site.folder), "--now", site.now, "-v")
    assert site.output.count("there is no summary") == 25


def test_github_is_told_in_its_own_commands(site: SiteTest) -> None:
    good(site, body="One.\n\n[100%](/no,where/)")
    site.run("check", "-s", str(site.folder), "--now", site.now, "--format", "github")
    (line,) = site.output.splitlines()
    head, _, message = line.removeprefix("::").partition("::")
    kind, _, rest = head.partition(" ")
    named = dict(pair.split("=", 1) for pair in rest.split(","))
    assert kind == "warning" and named["title"] == "link-broken"
    assert named["file"].endswith("/content/good.md") and named["line"] == "8"
    assert "\n" not in message and "%0A" in message


def test_sarif_has_a_rule_for_each_code_and_a_place_for_each_finding(site: SiteTest) -> None:
    good(site, "ä b.md", slug="a", summary="", body="[x](/nowhere/)")
    site.run("check", "-s", str(site.folder), "--now", site.now, "--format", "sarif")
    log = json.loads(site.output)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert rules == {result["ruleId"] for result in run["results"]}
    levels = {result["ruleId"]: result["level"] for result in run["results"]}
    assert levels == {"link-broken": "warning", "summary-missing": "note"}
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"].endswith("/content/%C3%A4%20b.md")
        assert place["region"]["startLine"] >= 1


def test_a_code_is_explained(site: SiteTest) -> None:
    site.run("check", "--explain", "link-broken")
    assert site.exit_code == 0 and "What to do:" in site.output
    site.run("check", "--explain", "link-borken")
    assert site.exit_code == 2 and "did you mean “link-broken”" in site.output


def test_fix_mends_what_leaves_every_page_as_it_is(site: SiteTest) -> None:
    good(site, "a.md", title="A", tags=["Budget 2027"], date="2026-11-01")
    text = """\
---
title: B   # a comment
date: 2026-11-20 06:30
summary: Something.
tags:
  - Ferries
  - budget 2027   # of the city
kicker: budget 2027
why_it_matters: "**Why this matters:** the ferries stop"
what_it_means: "Note: nothing."
---
Text.
"""
    site.write("b.md", text.replace("\n", "\r\n")).build().ok()
    before = site.bytes
    assert sorted(codes(check(site))) == ["label-repeated", "tag-written"]
    found = check(site, "--fix")
    assert not {"label-repeated", "tag-written"} & set(codes(found))
    assert len(site.report["mended"]) == 2
    after = text.replace("- budget 2027", "- Budget 2027").replace(
        '"**Why this matters:** the ferries stop"', '"The ferries stop"'
    )
    assert (site.folder / "content/b.md").read_bytes() == after.replace("\n", "\r\n").encode()
    assert site.build().ok().bytes == before
    check(site, "--fix")
    assert site.report["mended"] == []


# Links to other sites; how they are asked is tested in test_outgoing.


def test_links_to_other_sites_are_asked_after_only_when_it_is_wanted(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    good(site, body="Text.\n\nSee [x](http://127.0.0.1:9/x).")
    assert check(site) == []
    (found,) = check(site, "--external")
    assert (found["code"], found["source"]) == ("outgoing-broken", "content/good.md")
    assert (found["line"], found["column"]) == (8, 9)
    monkeypatch.setattr("sitegen.desk.outgoing.Manners", partial(Manners, total=0.0))
    good(site, body="See [x](http://127.0.0.1:9/other).")
    assert codes(check(site, "--external")) == ["outgoing-left"]


# Compared with the last deploy.


def deployed(site: SiteTest) -> Path:
    manifest = site.folder / "manifest.json"
    site.build("--manifest", str(manifest)).ok()
    return manifest


def test_a_text_that_changed_in_silence_is_found(site: SiteTest) -> None:
    good(site, body="Five gates.")
    manifest = deployed(site)
    assert check(site, "--against", str(manifest)) == []
    good(site, body="Six gates.")
    (found,) = check(site, "--against", str(manifest))
    assert (found["code"], found["source"]) == ("changed-silently", "content/good.md")
    good(site, body="Six gates.", updated="2026-11-21")
    assert check(site, "--against", str(manifest)) == []
    correction = [{"date": "2026-11-21", "text": "There are six.", "minor": True}]
    good(site, body="Six gates.", corrections=correction)
    assert check(site, "--against", str(manifest)) == []


def test_an_address_that_vanished_is_found_and_an_alias_mends_it(site: SiteTest) -> None:
    good(site)
    good(site, "other.md", title="Other")
    manifest = deployed(site)
    site.remove("other.md")
    good(site, slug="renamed")
    found = check(site, "--against", str(manifest))
    assert codes(found) == ["url-vanished", "url-vanished"]
    assert 'aliases: ["/2026/11/good/"]' in found[0]["hint"] + found[1]["hint"]
    good(site, slug="renamed", aliases=["/2026/11/good/"])
    (found_other,) = check(site, "--against", str(manifest))
    assert found_other["source"] == "content/other.md"


def test_a_deploy_of_another_version_is_compared_by_addresses_alone(site: SiteTest) -> None:
    good(site)
    manifest = deployed(site)
    other = json.loads(manifest.read_text(encoding="utf-8"))
    other["engine"] = "00"
    manifest.write_text(json.dumps(other), encoding="utf-8")
    good(site, body="Changed.")
    assert codes(check(site, "--against", str(manifest))) == ["texts-not-compared"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 2}', "\xff"])
def test_what_is_no_manifest_is_told_kindly(text: str, site: SiteTest) -> None:
    good(site).file("m.json", text)
    site.run("check", "-s", str(site.folder), "--against", str(site.folder / "m.json"))
    assert site.exit_code == 1 and "[manifest]" in site.output
    site.run("check", "-s", str(site.folder), "--against", str(site.folder / "none.json"))
    assert site.exit_code == 1 and "[manifest]" in site.output


def test_a_picture_of_another_host_without_measures_is_noted(site: SiteTest) -> None:
    far = "https://pictures.example"
    body = (
        f"Text.\n\n![One]({far}/1.png?a=1&b=2)\n\n"
        f'<img src="{far}/2.png" alt="Two" width="3" height="4">\n'
    )
    site.write("a.md", image=f"{far}/hero.png", body=body)
    wanted = ("picture-unmeasured", "media-elsewhere")
    assert {f["code"] for f in check(site) if f["code"] in wanted} == {"media-elsewhere"}
    site.settings(SETTINGS + f'[csp]\nimg-src = ["{far}"]\n')
    found = [(f["code"], f["line"], f["column"]) for f in check(site) if f["code"] in wanted]
    assert found == [("picture-unmeasured", 4, 8), ("picture-unmeasured", 8, 8)]
