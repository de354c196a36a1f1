"""Files that are no good as files: encodings, names, links, sizes, bombs."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
import unicodedata

import pytest

from tests.site_test import SiteTest, article
from tests.test_bad_input import good, nothing_published_changes, only_error, refused


def build_apart(site: SiteTest, megabytes: int = 600) -> subprocess.CompletedProcess[str]:
    """`sitegen build` in a process of its own with so much memory: a crash there is only seen."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    command = [sys.executable, "-m", "sitegen", "build", "-s", str(site.folder)]
    return subprocess.run(
        [*command, "--now", site.now, "--jobs", "1"],
        capture_output=True,
        text=True,
        timeout=60,
        preexec_fn=limit,
        check=False,
    )


@pytest.mark.parametrize(
    "data, line",
    [
        (article(body="Caf\xe9").encode("latin-1"), 5),
        (article(title="A").encode("utf-16"), 1),
        (article(title="A").encode("utf-16-le"), 1),
        (article(title="A").encode("utf-16-be"), 1),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 1),
        (b"---\ntitle: A\ndate: 2026-11-01\n---\nA\0B", 5),
    ],
    ids=["latin-1", "utf-16 with mark", "utf-16-le", "utf-16-be", "a picture", "NUL"],
)
def test_a_file_that_is_no_utf8_text_is_refused(site: SiteTest, data: bytes, line: int) -> None:
    refused(good(site).write("a.md", data))
    error = only_error(site, "a.md")
    assert error["line"] == line and "UTF-8" in error["hint"]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_marks_make_no_difference(
    site: SiteTest, end: str, mark: bytes
) -> None:
    text = article(title="Same", body="One line.\n\nAnother *line*.\n")
    site.write("a.md", text).build().ok()
    before = site.bytes
    site.write("a.md", mark + text.replace("\n", end).encode()).build().ok()
    assert site.bytes == before and not site.warnings


@pytest.mark.parametrize("inside", ["front matter", "body"])
def test_an_unresolved_merge_conflict_is_refused(site: SiteTest, inside: str) -> None:
    conflict = "<<<<<<< HEAD\nsummary: A\n=======\nsummary: B\n>>>>>>> topic\n"
    head, tail = (conflict, "") if inside == "front matter" else ("", conflict)
    good(site).write("a.md", f"---\ntitle: A\ndate: 2026-11-01\n{head}---\nText.\n{tail}")
    refused(site)
    error = only_error(site, "a.md")
    assert "merge conflict" in error["message"] and "<<<<<<<" in error["hint"]
    assert error["line"] == (4 if head else 6)


def test_a_file_of_50_megabytes_is_refused(site: SiteTest) -> None:
    refused(good(site).write("a.md", article().encode() + b"words " * (50 * 2**20 // 6)))
    error = only_error(site, "a.md")
    assert "too large" in error["message"] and "MB" in error["message"] and error["hint"]


BOMB = "\n".join(
    ["a: &a [x, x, x, x, x, x, x, x, x]"]
    + [
        f"{n}: &{n} [{', '.join([f'*{p}'] * 9)}]"
        for p, n in zip("abcdefgh", "bcdefghi", strict=True)
    ]
)


@pytest.mark.parametrize(
    "yaml",
    [
        f"{BOMB}\nextra: *i",
        f"extra:\n  {BOMB}".replace("\n", "\n  "),
        "extra: &a [*a]",
        "extra: &a {b: *a}",
        "extra: {a: &a {b: {c: *a}}}",
        f"extra: {'[' * 600}{']' * 600}",
        f"extra: {{a: {'[' * 600}x{']' * 600}}}",
        f"extra: {'[' * 60_000}{']' * 60_000}",
        f"extra: {'{a: ' * 60_000}{'}' * 60_000}",
        f"extra: {'[' * 60_000}",
        f"extra:\n  {'- ' * 60_000}x",
    ],
    ids=[
        "billion laughs",
        "billion laughs within extra",
        "a list in itself",
        "a map in itself",
        "a map in itself, deeper",
        "600 deep, empty",
        "600 deep",
        "60,000 deep",
        "60,000 maps deep",
        "60,000 open",
        "60,000 dashes",
    ],
)
def test_a_yaml_bomb_is_refused_at_once_in_little_memory(site: SiteTest, yaml: str) -> None:
    good(site).write("a.md", f"---\ntitle: A\ndate: 2026-11-01\n{yaml}\n---\nText.\n")
    began = time.process_time()
    with nothing_published_changes(site):
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        result = build_apart(site)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - spent.ru_utime - spent.ru_stime
    assert result.returncode == 1, (result.returncode, result.stderr[-500:])
    assert "content/a.md" in result.stderr and "Traceback" not in result.stderr
    assert seconds < 2.0 and time.process_time() - began < 1.0, seconds


def test_a_toml_bomb_is_refused(site: SiteTest) -> None:
    nest = "[" * 5000 + "]" * 5000
    good(site).write("a.md", f"+++\ntitle = 'A'\ndate = 2026-11-01\nextra = {{a = {nest}}}\n+++\n")
    refused(site)
    assert "deep" in only_error(site, "a.md")["message"]


def test_a_few_aliases_are_no_bomb(site: SiteTest) -> None:
    fields = "title: &t A\nshort_title: *t\ndate: 2026-11-01\ntags: &x [p, q]\nextra: {x: *x}"
    site.write("a.md", f"---\n{fields}\n---\n").build().ok()
    assert "/tags/p/" in site.page("2026/11/a/index.html")


def test_names_that_differ_only_in_case_are_one_mistake(site: SiteTest) -> None:
    refused(good(site).write("storm.md", title="A").write("Storm.md", title="B"))
    (error,) = site.errors
    told = error["source"] + error["message"]
    assert "Storm.md" in told and "storm.md" in told and error["hint"]


def test_names_that_differ_only_in_unicode_form_are_a_mistake(site: SiteTest) -> None:
    composed, decomposed = (unicodedata.normalize(form, "café.md") for form in ("NFC", "NFD"))
    refused(good(site).write(composed, title="A").write(decomposed, title="B"))
    assert any("two forms of Unicode" in error["message"] for error in site.errors)
    assert all(error["source"] == f"content/{composed}" for error in site.errors)


def test_a_decomposed_name_has_the_address_of_the_composed_one(site: SiteTest) -> None:
    site.write(unicodedata.normalize("NFD", "café.md"), title="A").build().ok()
    assert unicodedata.normalize("NFC", "2026/11/café/index.html") in site.bytes


def test_a_name_that_is_no_utf8_is_a_mistake(site: SiteTest) -> None:
    good(site)
    site.write(os.fsdecode(b"caf\xe9.md"), article())
    refused(site)
    (error,) = site.errors
    assert "UTF-8" in error["message"] and error["source"].startswith("content/") and error["hint"]


def test_a_name_as_long_as_a_file_system_takes_is_published(site: SiteTest) -> None:
    stem = "s" * 252
    site.write(f"{stem}.md", title="A").build().ok()
    assert f"2026/11/{stem}/index.html" in site.bytes


def test_a_name_that_grows_too_long_in_the_address_is_a_mistake(site: SiteTest) -> None:
    # Each of these is 2 bytes in UTF-8; the folder's name is the slug.
    refused(good(site).write("a.md", slug="é" * 128))
    assert only_error(site, "a.md")["field"] == "slug"


@pytest.mark.parametrize("place", ["content/a.md", "content/sub", "static/a.txt", "data/a.json"])
def test_a_symbolic_link_out_of_the_site_is_a_mistake(site: SiteTest, place: str) -> None:
    good(site)
    outside = site.folder.parent / "outside"
    outside.mkdir()
    (outside / "a.md").write_text(article(title="SENTINEL"), encoding="utf-8")
    (outside / "a.json").write_text('"SENTINEL"', encoding="utf-8")
    link = site.folder / place
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(outside / ("a.json" if "." in place and "md" not in place else "a.md"))
    if place == "content/sub":
        link.unlink()
        link.symlink_to(outside)
    site.write("pages/p.md", "---\ntitle: P\ndata: [a]\n---\n") if place.startswith(
        "data"
    ) else None
    refused(site)
    assert [error["source"] for error in site.errors] == [place]
    assert "out of the site" in site.errors[0]["message"] and site.errors[0]["hint"]


def test_a_symbolic_link_out_of_the_site_in_a_theme_is_a_mistake(site: SiteTest) -> None:
    good(site)
    secret = site.folder.parent / "secret.txt"
    secret.write_text("SENTINEL", encoding="utf-8")
    site.file("themes/own/theme.toml", 'extends = "broadsheet"\n')
    (site.folder / "themes/own/static").mkdir()
    (site.folder / "themes/own/static/secret.txt").symlink_to(secret)
    site.settings(
        (site.folder / "sitegen.toml").read_text().replace("[site]", '[site]\ntheme = "own"')
    )
    refused(site)
    assert "themes/own/static/secret.txt" in site.errors[0]["source"]


def test_a_link_that_leads_nowhere_and_one_into_itself_are_mistakes(site: SiteTest) -> None:
    good(site)
    (site.folder / "content/gone.md").symlink_to(site.folder / "content/no.md")
    (site.folder / "content/sub").mkdir()
    (site.folder / "content/sub/loop").symlink_to(site.folder / "content/sub")
    refused(site)
    told = {error["source"] for error in site.errors}
    assert told == {"content/gone.md", "content/sub/loop"}


def test_a_link_within_the_site_is_followed(site: SiteTest) -> None:
    site.file("shared/note.md", article(title="Linked"))
    (site.folder / "content").mkdir()
    (site.folder / "content/note.md").symlink_to(site.folder / "shared/note.md")
    assert "2026/11/note/index.html" in site.build().ok().bytes


def test_what_cannot_stand_in_xml_is_taken_out_of_a_text(site: SiteTest) -> None:
    from xml.etree import ElementTree

    site.write(
        "a.md", title="A\u0008B", body="Text\u0008 with a bell\u0007 and \ufffe."
    ).build().ok()
    assert ElementTree.fromstring(site.page("feed.xml")).tag == "rss"
    assert "\u0008" not in site.page("2026/11/a/index.html")
