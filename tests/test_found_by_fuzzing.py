"""What random inputs broke: each has its test by name here, so that it stays mended."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from sitegen.read.files import read_data
from tests.site_test import SETTINGS, SiteTest, article

MANY = 20_000
PATIENCE = 3.5
"""Seconds of processor time; what looks at all of a text for each part of it takes minutes."""
USUAL = 0.06
"""Seconds of processor time that a million steps take on a machine that is not slow."""
OWN_THEME = SETTINGS.replace("[site]", '[site]\ntheme = "own"')


def patience() -> float:
    """`PATIENCE`, or more where the machine is slow at the moment."""
    began = time.process_time()
    sum(number * number for number in range(1_000_000))
    return PATIENCE * max(1.0, (time.process_time() - began) / USUAL)


def is_in_time(site: SiteTest) -> bool:
    """Whether a build from nothing takes no longer; of a busy machine the best of three tries."""
    for _ in range(3):
        began = time.process_time()
        site.build("--clean")
        if time.process_time() - began < patience():
            return True
    return False


def page(site: SiteTest, body: str) -> str:
    """The article's part of the page that an article with this body makes."""
    site.write("a.md", body=body, slug="a").build().ok()
    return site.page("2026/11/a/index.html").partition("<main")[2].partition("</main>")[0]


def only_error(site: SiteTest) -> dict[str, object]:
    (error,) = site.errors
    return error


@pytest.mark.parametrize(
    "body",
    [
        '<input class="task-list-item-checkbox" autofocus onfocus=alert(1)>',
        'Words <input class="task-list-item-checkbox" onfocus=alert(1)> and words',
        "<label>\n<script>alert(1)</script>",
        "</label>\n<img src=/x onerror=alert(1)>",
    ],
)
def test_html_that_looks_like_a_box_of_a_task_is_sanitised(site: SiteTest, body: str) -> None:
    assert not re.search(r"<script|onfocus|onerror", page(site, body))


def test_a_task_has_its_box_whatever_space_follows_the_brackets(site: SiteTest) -> None:
    html = page(site, "- [x]\tdone\n- [ ] open\n- [ ]\n- [x](b.html)\n- [x] <b>bold</b>\n\nEnd")
    assert html.count("<label><input") == html.count("</label>") == 3
    assert html.count('checked="checked"') == 2


@pytest.mark.parametrize(
    "body",
    [
        "[words](sitegen-ref:99)",
        "![words](sitegen-ref:99)",
        '<a href="sitegen-ref:99">words</a>',
        "[words](sitegen-ref:x)",
        "[words](sitegen-ref:٣)",
    ],
)
def test_an_address_that_looks_like_one_of_ours_leads_nowhere(site: SiteTest, body: str) -> None:
    html = page(site, body)
    assert "words" in html and "sitegen-ref" not in html


@pytest.mark.parametrize(
    "line, field",
    [
        ("image: sitegen-ref:9", "image.src"),
        ("image: javascript:alert(1)", "image.src"),
        ("audio: {src: /a.mp3, transcript: 'javascript:alert(1)'}", "audio.transcript"),
        ("audio: {src: 'data:text/html,x'}", "audio.src"),
    ],
)
def test_a_file_cannot_have_an_address_of_a_strange_kind(
    site: SiteTest, line: str, field: str
) -> None:
    site.write("a.md", f"---\ntitle: A\ndate: 2026-11-01\n{line}\n---\n").build()
    error = only_error(site)
    assert (error["field"], error["line"], site.exit_code) == (field, 4, 1)


SEPARATORS = "\u2028\u2029\x85"


def test_separators_of_pasted_text_do_not_move_the_line_that_a_mistake_is_told_on(
    site: SiteTest,
) -> None:
    head = f'---\ntitle: "A{SEPARATORS}B"\n'
    site.write("field.md", f"{head}date: 2026-11-01\nfeatured: perhaps\n---\n")
    site.write("syntax.md", f'{head}date: "2026-11-01\n---\n')
    site.write("twice.md", f"{head}date: 2026-11-01\ndate: 2026-11-01\n---\n")
    site.write("picture.md", f"{head}date: 2026-11-01\n---\n{SEPARATORS}\n![A](no.png)\n").build()
    places = {error["source"]: (error["line"], error["column"]) for error in site.errors}
    assert places["content/field.md"] == (4, 11)
    assert places["content/syntax.md"] == (3, 7)
    assert places["content/twice.md"] == (4, 1)
    assert places["content/picture.md"][0] == 6


def test_separators_in_the_settings_do_not_move_lines(site: SiteTest) -> None:
    site.settings(f"# {SEPARATORS}\n{SETTINGS}titel = 'A'\n").write("a.md").build()
    assert only_error(site)["line"] == SETTINGS.count("\n") + 2


def test_a_control_character_in_front_matter_is_told_at_its_place(site: SiteTest) -> None:
    site.write("a.md", "---\ntitle: A\ndate: 2026-11-01\nkicker: a\x0bb\n---\n").build()
    error = only_error(site)
    assert (error["code"], error["line"], error["column"]) == ("matter-syntax", 4, 10)


@pytest.mark.parametrize(
    "file", ["sitegen.toml", "themes/own/theme.toml", "themes/own/i18n/en.toml", "data/facts.toml"]
)
def test_toml_that_ends_too_early_is_told_on_its_last_line(site: SiteTest, file: str) -> None:
    site.settings(OWN_THEME).write("a.md")
    site.file("themes/own/theme.toml", 'extends = "broadsheet"\n[data.facts]\n')
    site.file(file, '[a]\nb = 1\nc = """open').build()
    error = only_error(site)
    assert (error["source"], error["line"], site.exit_code) == (file, 3, 1)


def test_settings_without_their_table_are_told_on_the_first_line(site: SiteTest) -> None:
    site.settings("# nothing\n").write("a.md").build()
    error = only_error(site)
    assert (error["field"], error["line"]) == ("site", 1)


@pytest.mark.parametrize("depth", [150, 300, 600, 1200])
def test_toml_that_is_nested_deeply_is_a_mistake_and_no_crash(site: SiteTest, depth: int) -> None:
    deep = ".".join("a" * depth)
    site.settings(OWN_THEME).file("data/facts.toml", f"{deep} = 1\n")
    site.file("themes/own/theme.toml", 'extends = "broadsheet"\n[data.facts]\n')
    site.file("content/front.toml", f"{deep} = 1\n")
    site.write("a.md", f"+++\ntitle = 'A'\ndate = 2026-11-01\nextra.{deep} = 1\n+++\n").build()
    assert site.exit_code == 1
    assert {error["code"] for error in site.errors} == {
        "data-syntax",
        "front-syntax",
        "matter-syntax",
    }


def test_a_cell_of_a_table_keeps_its_line_ends(tmp_path: Path) -> None:
    (tmp_path / "prices.csv").write_text('fish,note\nherring,"one\ntwo\u2028three"\n', "utf-8")
    assert read_data(tmp_path, "prices") == [{"fish": "herring", "note": "one\ntwo\u2028three"}]


@pytest.mark.parametrize("written", [r"no\_such.png", "no%5Fsuch.png", "no&#95;such.png"])
def test_a_missing_picture_is_found_however_its_name_is_written(
    site: SiteTest, written: str
) -> None:
    site.write("a.md", body=f"Words.\n\n![A pier]({written})").build()
    error = only_error(site)
    assert (error["code"], error["line"]) == ("image-missing", 7)


def test_a_title_that_is_folded_over_two_lines_has_a_line(site: SiteTest) -> None:
    site.write("a.md", title="Storm closes harbour", date="2026-10-01")
    site.write("b.md", "---\ndate: 2026-11-01\nTITLE: Storm closes\n  harbour\n---\nText.\n")
    site.run("check", "-s", str(site.folder), "--now", site.now, "--format", "json")
    (twice,) = (note for note in site.report["notes"] if note["code"] == "title-twice")
    assert (twice["source"], twice["line"]) == ("content/b.md", 3)


def test_a_file_whose_name_is_decomposed_has_lines_too(site: SiteTest) -> None:
    site.write("cafe\u0301.md", title="Twice", body="![A pier](no.png)").build()
    error = only_error(site)
    assert (error["source"], error["line"]) == ("content/caf\u00e9.md", 5)


@pytest.mark.parametrize("template", ["home.html", "front.html", "standing.html"])
def test_a_template_for_pages_of_another_kind_is_a_mistake_of_the_article_alone(
    site: SiteTest, template: str
) -> None:
    site.write("good.md", slug="good").write("bad.md", template=template).build("--keep-going")
    error = only_error(site)
    assert (error["code"], error["source"]) == ("template-missing", "content/bad.md")
    assert (error["line"], error["field"], site.exit_code) == (4, "template", 4)
    assert "2026/11/good/index.html" in site.bytes


@pytest.mark.parametrize(
    "body",
    [
        "- [ ] a\n" * MANY,
        " ".join(f"[a](/x{n}/)" for n in range(MANY)),
        "\n".join(f"[a{n}]: /b{n}/" for n in range(MANY // 2))
        + "\n\n"
        + " ".join(f"[a{n}]" for n in range(MANY // 2)),
        "{{" * MANY,
        "{%" * MANY + "<b>",
        "".join("[*_`<&~'\"^{|"[n % 12] for n in range(MANY)),
        "it's " * MANY,
        "[it's](/x 'it\\'s') " * (MANY // 4),
    ],
    ids=["tasks", "links", "definitions", "braces", "codes", "signs", "apostrophes", "titles"],
)
def test_a_very_long_text_is_read_in_time(site: SiteTest, body: str) -> None:
    site.write("a.md", body=body, slug="a")
    assert is_in_time(site)
    site.ok()


def test_front_matter_with_thousands_of_names_is_refused_in_time(site: SiteTest) -> None:
    names = "".join(f"name{n}: &a{n} value\n" for n in range(MANY))
    site.write("a.md", article().replace("---\nText", f"{names}---\nText"))
    assert is_in_time(site)
    error = only_error(site)
    assert (error["code"], error["line"]) == ("matter-shape", 1)
    assert "20,002 names" in str(error["message"])


@pytest.mark.parametrize("kind", ["bool", "int", "float", "timestamp"])
def test_a_type_that_is_written_out_changes_no_text(site: SiteTest, kind: str) -> None:
    """PyYAML's own constructors fail with what is no such value, and with a traceback."""
    site.write("a.md", f"---\ntitle: !!{kind} The quay\ndate: !!{kind} 2026-11-01\n---\nText.\n")
    site.write("b.md", f"---\ntitle: B\ndate: 2026-11-01\n!!{kind} mood: calm\n---\nText.\n")
    site.build().ok()
    assert "<h1>The quay</h1>" in site.page("2026/11/a/index.html")
    assert "mood" in site.output


def test_a_text_that_is_missing_is_told_at_a_line_that_is_there(site: SiteTest) -> None:
    """Of Pelican's form, whose front matter nothing closes."""
    site.settings(SETTINGS + '[front_matter]\npreset = "pelican"\n')
    site.write("a.md", "Title: The quay\nDate: 2026-11-01\nMood: calm")
    site.run("check", "-s", str(site.folder), "--format", "json")
    (empty,) = (w for w in site.report["warnings"] if w["code"] == "body-empty")
    assert empty["line"] == 3


def test_an_address_may_end_in_an_exclamation_mark(site: SiteTest) -> None:
    """It is no sign that the reference is a picture, nor that one sign of it is ours."""
    site.file("static/hey!", "x").write("a.md", body="![Sky](/hey!) [hello](/hey!) [ho](/ho!)")
    site.build().ok()
    page = site.page("2026/11/a/index.html")
    assert '<img src="/hey!"' in page and '<a href="/hey!">' in page and '<a href="/ho!">' in page
    site.run("check", "-s", str(site.folder), "--format", "json")
    assert [w["message"] for w in site.report["warnings"] if w["code"] == "link-broken"] == [
        "it links to /ho!, and there is no such page or file"
    ]
