"""Mistakes in front matter: each is told with file, line, field and remedy, and nothing moves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.site_test import SETTINGS, SiteTest

JARGON = re.compile(
    r"(?i)input should|pattern|validator|pydantic|function-|NoneType|traceback|codec"
)
"""Words that no editor of a newspaper has ever used."""


def stamps(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Path → (bytes, mtime) of every file below `folder`."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@contextmanager
def nothing_published_changes(site: SiteTest) -> Iterator[None]:
    """What happens inside must leave every published byte and every mtime alone."""
    before = stamps(site.public)
    assert before, "publish a good site first"
    yield
    assert stamps(site.public) == before


def good(site: SiteTest) -> SiteTest:
    """A site with one article, published."""
    return site.write("good.md", title="Good").build().ok()


def refused(site: SiteTest, *args: str) -> SiteTest:
    """Build: it must exit 1 and change nothing that is published."""
    with nothing_published_changes(site):
        site.build(*args)
    assert site.exit_code == 1, site.output
    assert site.errors and not site.report["ok"]
    return site


def only_error(site: SiteTest, path: str) -> Mapping[str, Any]:
    """The one error of the file content/`path`, which must be in plain words."""
    found = [error for error in site.errors if error["source"] == f"content/{path}"]
    assert len(found) == 1, (path, site.errors)
    (error,) = found
    assert not JARGON.search(error["message"] + error["hint"]), error
    assert says_what_to_do(error), error
    return error


def says_what_to_do(error: Mapping[str, Any]) -> bool:
    return bool(error["hint"]) or "must" in error["message"] or "there are" in error["message"]


LONG = "x" * 300
DEEP = "/" + "/".join(["d" * 200] * 30) + "/"

WRONG_VALUES: Mapping[str, str] = {
    "title: [a, b]": "title",
    "title: {a: b}": "title",
    "title:": "title",
    'title: "  "': "title",
    "date:": "date",
    "date: [2026-11-01]": "date",
    "date: {day: 1}": "date",
    "date: yesterday": "date",
    "date: 03/04/2026": "date",
    "date: 20261122": "date",
    "date: 2026-02-30": "date",
    "date: 2026-13-01": "date",
    "date: 2026-11-01 25:00": "date",
    "date: 2026-03-29 01:30": "date",
    "date: 2026-11-01 10:00 EST": "date",
    "date: 99999-01-01": "date",
    "slug: [a]": "slug",
    "slug: ../../etc/passwd": "slug",
    "slug: /etc/passwd": "slug",
    "slug: a/b": "slug",
    "slug: '..'": "slug",
    "slug: .hidden": "slug",
    'slug: "a\\u0007b"': "slug",
    "slug: con": "slug",
    "slug: 'a:b'": "slug",
    "slug: 'a\\b'": "slug",
    "slug: end.": "slug",
    f"slug: {LONG}": "slug",
    "url: [a]": "url",
    "url: ../../etc/passwd": "url",
    "url: /../../etc/passwd": "url",
    "url: /a/%2e%2e/b/": "url",
    "url: //evil.example/x/": "url",
    "url: https://evil.example/x/": "url",
    "url: C:\\x": "url",
    "url: x/y/": "url",
    "url: /x?y=1": "url",
    'url: "/a\\u0007b/"': "url",
    f"url: /{LONG}/": "url",
    f"url: {DEEP}": "url",
    "section: [a, b]": "section",
    "section: '!!!'": "section",
    "tags: {a: b}": "tags",
    "tags: [[a]]": "tags",
    "tags: ['—']": "tags",
    "authors: {a: b}": "authors",
    "authors: [[a]]": "authors",
    "summary: [a]": "summary",
    "kicker: [a]": "kicker",
    "short_title: {a: b}": "short_title",
    "description: [a]": "description",
    "updated: maybe": "updated",
    "updated: [2026-11-01]": "updated",
    "image: [[a]]": "image",
    "image: {alt: a}": "image",
    "image: {src: a.png, focus: left}": "image",
    "image: {src: a.png, caption: [a]}": "image",
    "image: {src: a.png, atl: a}": "image",
    "key_points: {a: b}": "key_points",
    "key_points: [[a]]": "key_points",
    "why_it_matters: [a]": "why_it_matters",
    "what_it_means: {a: b}": "what_it_means",
    "faq: text": "faq",
    "faq: [text]": "faq",
    "faq: [{question: a}]": "faq",
    "faq: [{question: a, answer: [b]}]": "faq",
    "breaking: maybe": "breaking",
    "breaking: [true]": "breaking",
    "type: rumour": "type",
    "type: [news]": "type",
    "sources: [{url: 'ftp://a'}]": "sources",
    "sources: [{titel: a}]": "sources",
    "sources: [[a]]": "sources",
    "corrections: text": "corrections",
    "corrections: [{text: a}]": "corrections",
    "corrections: [{date: soon, text: a}]": "corrections",
    "corrections: [{date: 2026-11-02, text: a, minor: maybe}]": "corrections",
    "status: hidden": "status",
    "status: [draft]": "status",
    "embargo: soon": "embargo",
    "embargo: [2026-11-02]": "embargo",
    "expires: later": "expires",
    "expires: {date: 2026-11-02}": "expires",
    "withdrawn: true": "withdrawn",
    "withdrawn: {reason: a}": "withdrawn",
    "withdrawn: {date: a}": "withdrawn",
    "aliases: {a: b}": "aliases",
    "aliases: [../x]": "aliases",
    "aliases: ['https://other.example/x']": "aliases",
    "related: {a: b}": "related",
    "related: [[a]]": "related",
    "translation_of: [a]": "translation_of",
    "featured: maybe": "featured",
    "featured: [true]": "featured",
    "lang: xx": "lang",
    "lang: [en]": "lang",
    "canonical_url: /relative/": "canonical_url",
    "canonical_url: 'javascript:alert(1)'": "canonical_url",
    "noindex: maybe": "noindex",
    "noindex: [true]": "noindex",
    "paywall: maybe": "paywall",
    "paywall: {a: b}": "paywall",
    "ai: magic": "ai",
    "ai: {use: assisted, reviewed_by: [a]}": "ai",
    "audio: [a]": "audio",
    "audio: {title: a}": "audio",
    "template: ../../secret.html": "template",
    "template: [a]": "template",
    "extra: text": "extra",
    "extra: [a]": "extra",
}
"""A line of front matter that cannot be right → the field that the message must name."""


def with_line(line: str) -> str:
    """An article whose front matter holds `line`, on line 4 unless it is the title or the date."""
    fields = {"title": "title: A", "date": "date: 2026-11-01"}
    name = line.partition(":")[0]
    more = [] if name in fields else [line]
    fields |= {name: line} if name in fields else {}
    return "\n".join(["---", *fields.values(), *more, "---", "Text.", ""])


def file_for(line: str) -> str:
    return f"wrong-{list(WRONG_VALUES).index(line)}.md"


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> SiteTest:
    """A published site, then every wrong value at once: one file each, one build."""
    site = good(SiteTest(tmp_path_factory.mktemp("wrong") / "site"))
    for line in WRONG_VALUES:
        site.write(file_for(line), with_line(line))
    return refused(site)


@pytest.mark.parametrize("line", WRONG_VALUES, ids=lambda line: line[:40])
def test_a_wrong_value_is_told_once_with_file_line_field_and_remedy(
    wrong: SiteTest, line: str
) -> None:
    error = only_error(wrong, file_for(line))
    field = WRONG_VALUES[line]
    assert re.match(rf"{field}\b", error["field"]), error
    if error["code"] not in ("title-missing", "date-missing"):
        assert error["line"] == {"title": 2, "date": 3}.get(field, 4), error
    assert error["line"] > 0


def test_every_mistake_of_every_file_is_told_in_one_run(wrong: SiteTest) -> None:
    assert len(wrong.errors) == len(WRONG_VALUES)


def test_the_text_of_a_mistake_names_file_line_field_and_remedy(site: SiteTest) -> None:
    good(site).write("a.md", with_line("slug: ../../etc/passwd"))
    with nothing_published_changes(site):
        site.run("build", "-s", str(site.folder), "--now", site.now, "--jobs", "1")
    assert site.exit_code == 1
    assert "error: content/a.md:4:7: slug: a slug is one part of an address" in site.output
    assert "\n    4 | slug: ../../etc/passwd\n      |       ^\n" in site.output
    assert "1 mistake; nothing was changed" in site.output


def test_a_time_that_the_clocks_skip_is_told_with_the_time_to_write(site: SiteTest) -> None:
    refused(good(site).write("a.md", date="2026-03-29 01:30"))
    error = only_error(site, "a.md")
    assert "did not exist in Europe/London" in error["message"]
    assert "write 2026-03-29 02:30" in error["hint"]


@pytest.mark.parametrize(
    "text, field",
    [
        ("---\ntitle: A\ndate: 2026-11-01\ntags: [CON]\n---\n", "tags"),
        (f"---\ntitle: A\ndate: 2026-11-01\ntags: [{LONG}]\n---\n", "tags"),
        (f"---\ntitle: A\ndate: 2026-11-01\nauthors: [{LONG}]\n---\n", "authors"),
        (f"---\ntitle: A\ndate: 2026-11-01\nsection: {LONG}\n---\n", "section"),
        ("---\ntitle: A\ndate: 2026-11-01\ntemplate: nope.html\n---\n", "template"),
        ("---\ntitle: A\ndate: 2026-11-01\nimage: nope.png\n---\n", "image"),
        ("---\ntitle: A\ndate: 2026-11-01\nrelated: nope.md\n---\n", "related"),
        ("---\ntitle: A\ndate: 2026-11-01\nrelated: /2020/01/nope/\n---\n", "related"),
        ("---\ntitle: A\ndate: 2026-11-01\ntranslation_of: nope.md\n---\n", "translation_of"),
        ("---\ntitle: A\ndate: 2026-11-01\nurl: /feed.xml\n---\n", "url"),
        ("---\ntitle: A\ndate: 2026-11-01\nurl: /politics/\n---\n", "url"),
        ("---\ntitle: A\nslug: a\ndate: !!int x\n---\n", ""),
        ("+++\ntitle = 'A'\nslug = 'a'\ndate = 06:30:00\n+++\n", "date"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_value_that_is_wrong_in_this_archive_is_no_internal_error(
    site: SiteTest, text: str, field: str
) -> None:
    refused(good(site).write("a.md", text))
    error = only_error(site, "a.md")
    assert error["field"].startswith(field) and error["line"] > 0, error


def test_a_date_with_a_yaml_tag_is_read_or_refused(site: SiteTest) -> None:
    good(site).write("a.md", "---\ntitle: A\ndate: !!timestamp 2026-11-01 10:00:00\n---\n").build()
    assert site.exit_code == 0 or only_error(site, "a.md")["field"] == "date"


def test_a_name_that_stands_twice_is_a_mistake(site: SiteTest) -> None:
    refused(good(site).write("a.md", "---\ntitle: A\ndate: 2026-11-01\ntitle: B\n---\n"))
    error = only_error(site, "a.md")
    assert (error["line"], error["field"]) == (4, "title")
    assert "twice, first on line 2" in error["message"] and error["hint"]


@pytest.mark.parametrize(
    "text, line, word",
    [
        ("---\ntitle: A: B\ndate: 2026-11-01\n---\n", 2, "not YAML"),
        ('---\ndate: 2026-11-01\ntitle: "A\n---\n', 3, "not YAML"),
        ("---\ntitle: A\n\tdate: 2026-11-01\n---\n", 3, "not YAML"),
        ("---\ndate: 2026-11-01\ntitle: *a\n---\n", 3, "not YAML"),
        ("---\ntitle: A\ndate: 2026-11-01\n", 1, "not closed"),
        ("---\n- a\n- b\n---\n", 1, "no names and values"),
        ("---\n---\nText.\n", 1, "no names and values"),
        ("+++\ndate = 2026-11-01\ntitle = A\n+++\n", 3, "not TOML"),
        ("Just words.\n", 1, "no front matter"),
        ("", 1, "no front matter"),
    ],
)
def test_front_matter_that_cannot_be_read_is_told_with_its_line(
    site: SiteTest, text: str, line: int, word: str
) -> None:
    refused(good(site).write("a.md", text))
    error = only_error(site, "a.md")
    assert word in error["message"] and error["line"] == line, error


def test_missing_title_and_date_are_told_with_what_to_add(site: SiteTest) -> None:
    refused(good(site).write("a.md", "---\nsummary: A\n---\nText.\n"))
    told = {error["code"]: error for error in site.errors}
    assert set(told) == {"title-missing", "date-missing"}
    assert "title: " in told["title-missing"]["hint"]
    assert "date: 2026-" in told["date-missing"]["hint"]
    assert all(error["source"] == "content/a.md" and error["line"] for error in site.errors)


def test_a_date_in_a_files_name_that_does_not_exist_is_a_mistake(site: SiteTest) -> None:
    refused(good(site).write("2026-02-30-storm.md", "---\ntitle: A\n---\n"))
    assert only_error(site, "2026-02-30-storm.md")["field"] == "date"


def test_an_unknown_field_is_one_warning_with_a_suggestion(site: SiteTest) -> None:
    site.write("a.md", sumary="A").write("b.md", sumary="B", slug="b").build().ok()
    (warning,) = site.warnings
    assert "“sumary”" in warning["message"] and "2 files" in warning["message"]
    assert "did you mean “summary”?" in warning["hint"]
    assert (warning["source"], warning["line"]) == ("content/a.md", 4)


def test_an_unknown_field_is_an_error_where_the_settings_say_so(site: SiteTest) -> None:
    good(site).settings(SETTINGS + '[front_matter]\nunknown = "error"\n')
    refused(site.write("a.md", sumary="A"))
    error = only_error(site, "a.md")
    assert (error["line"], error["field"]) == (4, "sumary")
    assert "did you mean “summary”?" in error["hint"]


def test_an_unknown_field_is_silent_where_the_settings_say_so(site: SiteTest) -> None:
    site.settings(SETTINGS + '[front_matter]\nunknown = "ignore"\n')
    assert not site.write("a.md", sumary="A").build().ok().warnings


def test_a_field_that_a_section_requires_is_a_mistake_when_missing(site: SiteTest) -> None:
    good(site).settings(SETTINGS + 'required = ["authors", "image.alt"]\n')
    refused(site.write("a.md", section="Politics", image="/x.png", authors=["Sam"]))
    error = only_error(site, "a.md")
    assert error["field"] == "image.alt" and "“Politics” requires" in error["message"]
