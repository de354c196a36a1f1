"""Changing one thing in a front matter changes nothing else, however it is written."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitegen.config import Config
from sitegen.desk.changes import Add, Change, Drop, Put
from sitegen.desk.edit import edited
from sitegen.errors import SitegenError
from sitegen.read.file import matter_of
from sitegen.read.matter import Plain
from sitegen.read.outline import yaml_text

CONFIG = Config.model_validate({"site": {"title": "T", "base_url": "https://test.example/"}})
PELICAN = Config.model_validate(
    {
        "site": {"title": "T", "base_url": "https://test.example/"},
        "front_matter": {"preset": "pelican"},
    }
)

YAML = """\
---
# first of all
title: "A: b"   # c
date: 2026-11-20
# before
status: draft   # remove me

summary: >
  Two
  lines.

# about the tags
tags: [a, b]  # two
image:
  src: x.png
  alt: A picture   # alt
corrections:
- date: 2026-11-01
  text: One.
- text: Two.   # second
  date: 2026-11-02
Extra-Field: kept
---
Body: not a field.
"""

TOML = """\
+++
title = "A"  # c
date = 2026-11-20T06:30:00Z
draft = true # remove me
tags = ["a", "b"]   # two

# tables
[image]
src = 'x.png'
alt = "A picture"
[[corrections]]
date = 2026-11-01
text = "One."  # first
+++
Body.
"""


def change(text: str, *changes: Change, config: Config = CONFIG) -> str:
    return edited(text.encode(), "a.md", config, changes).decode()


def lines_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that are gone and those that are new."""
    found = list(difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True)))
    gone = [line[2:].rstrip("\n") for line in found if line.startswith("- ")]
    new = [line[2:].rstrip("\n") for line in found if line.startswith("+ ")]
    return gone, new


MOMENT = Plain("2026-11-22 12:00")
CORRECTION = Add(("corrections",), {"date": MOMENT, "text": "It's: wrong"})

CASES: list[tuple[Change, list[str], list[str]]] = [
    (Put(("date",), MOMENT), ["date: 2026-11-20"], ["date: 2026-11-22 12:00"]),
    (Put(("title",), "New"), ['title: "A: b"   # c'], ['title: "New"   # c']),
    (Put(("summary",), "# One"), ["summary: >", "  Two", "  lines."], ["summary: '# One'"]),
    (Put(("embargo",), MOMENT), [], ["embargo: 2026-11-22 12:00"]),
    (Put(("image", "alt"), "B"), ["  alt: A picture   # alt"], ["  alt: B   # alt"]),
    (Put(("image", "credit"), "C"), [], ["  credit: C"]),
    (Put(("tags", 0), "c, d"), ["tags: [a, b]  # two"], ["tags: ['c, d', b]  # two"]),
    (Put(("corrections", 0, "text"), "Zero"), ["  text: One."], ["  text: Zero"]),
    (Drop(("status",)), ["status: draft   # remove me"], []),
    (Add(("tags",), "c"), ["tags: [a, b]  # two"], ["tags: [a, b, c]  # two"]),
    (Add(("places",), "d"), [], ["places:", "  - d"]),
    (Drop(("tags",)), ["tags: [a, b]  # two"], []),
    (Drop(("tags", 1)), ["tags: [a, b]  # two"], ["tags: [a]  # two"]),
    (Drop(("tags", 0)), ["tags: [a, b]  # two"], ["tags: [b]  # two"]),
    (Drop(("summary",)), ["summary: >", "  Two", "  lines."], []),
    (Drop(("image", "src")), ["  src: x.png"], []),
    (Drop(("corrections", 0)), ["- date: 2026-11-01", "  text: One."], []),
    (Drop(("corrections", 1)), ["- text: Two.   # second", "  date: 2026-11-02"], []),
    (
        Drop(("corrections", 1, "text")),
        ["- text: Two.   # second", "  date: 2026-11-02"],
        ["- date: 2026-11-02"],
    ),
    (CORRECTION, [], ["- date: 2026-11-22 12:00", '  text: "It\'s: wrong"']),
    (
        Put(("withdrawn",), {"date": MOMENT, "reason": "R"}),
        [],
        ["withdrawn:", "  date: 2026-11-22 12:00", "  reason: R"],
    ),
    (
        Put(("image",), {"src": "y.png"}),
        ["  src: x.png", "  alt: A picture   # alt"],
        ["  src: y.png"],
    ),
]


@pytest.mark.parametrize(("what", "gone", "new"), CASES)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_change_in_yaml_touches_its_own_lines_and_keeps_all_others(
    what: Change, gone: list[str], new: list[str], ends: str
) -> None:
    after = change("\ufeff" + YAML.replace("\n", ends), what)
    assert after.startswith("\ufeff---")
    assert set(after.replace(ends, "")) & {"\r", "\n"} == set()
    assert lines_changed(YAML, after[1:].replace(ends, "\n")) == (gone, new)


@pytest.mark.parametrize(
    ("written", "added"),
    [
        ("", "corrections:\n  - date: 2026-11-22 12:00\n    text: T\n"),
        (
            "corrections:   # none\n",
            "corrections:   # none\n  - date: 2026-11-22 12:00\n    text: T\n",
        ),
        ("corrections: []\n", "corrections:\n  - date: 2026-11-22 12:00\n    text: T\n"),
        ("corrections: [ ] # n\n", "corrections: # n\n  - date: 2026-11-22 12:00\n    text: T\n"),
        (
            "corrections: [{date: 2026-11-01, text: a}] # n\n",
            "corrections: [{date: 2026-11-01, text: a}, {date: 2026-11-22 12:00, text: T}] # n\n",
        ),
        (
            'corrections: [\n  {"date": "2026", "text": "a"}, # n\n]\n',
            'corrections: [\n  {"date": "2026", "text": "a"}, '
            '{"date": "2026-11-22 12:00", "text": "T"}, # n\n]\n',
        ),
        (
            "corrections:\n    -   text: |\n          a\n\n          b\n# end\n",
            "corrections:\n    -   text: |\n          a\n\n          b\n"
            "    - date: 2026-11-22 12:00\n      text: T\n# end\n",
        ),
        (
            "corrections:\n  - text: |+\n      a\n\n\n",
            "corrections:\n  - text: |+\n      a\n\n\n  - date: 2026-11-22 12:00\n    text: T\n",
        ),
        (
            "corrections: &all\n  - *one\n",
            "corrections: &all\n  - *one\n  - date: 2026-11-22 12:00\n    text: T\n",
        ),
    ],
)
def test_a_list_of_any_shape_gets_one_item_more(written: str, added: str) -> None:
    before = f"---\ntitle: A\nextra: &one {{text: x}}\n{written}---\n"
    item = {"date": MOMENT, "text": "T"}
    after = change(before, Add(("corrections",), item))
    assert after.count(added) == 1
    assert after.replace(added, "") == before.replace(written, "")


def test_a_list_in_a_list_gets_one_item_more() -> None:
    before = "---\ntitle: A\ntags:\n  - [a]\n---\n"
    assert change(before, Add(("tags", 0), "b")) == before.replace("[a]", "[a, b]")


def test_front_matter_on_one_line_stays_on_it() -> None:
    before = '---\n{"title": "A", "status": "draft", "date": "2026-11-20"}\n---\n'
    after = change(before, Drop(("status",)), Put(("date",), MOMENT), CORRECTION)
    assert after == (
        '---\n{"title": "A", "date": "2026-11-22 12:00", '
        '"corrections": [{"date": "2026-11-22 12:00", "text": "It\'s: wrong"}]}\n---\n'
    )
    assert change("---\n{title: A, status: draft}\n---\n", Drop(("title",)), Put(("a",), "b")) == (
        "---\n{status: draft, a: b}\n---\n"
    )


SECONDS = Plain("2026-11-22 12:00:00")
TOML_CASES: list[tuple[Change, list[str], list[str]]] = [
    (Put(("date",), SECONDS), ["date = 2026-11-20T06:30:00Z"], ["date = 2026-11-22T12:00:00"]),
    (Put(("title",), "New “x”"), ['title = "A"  # c'], ['title = "New “x”"  # c']),
    (Put(("image", "src"), "y.png"), ["src = 'x.png'"], ["src = 'y.png'"]),
    (Put(("image", "src"), "it's"), ["src = 'x.png'"], ['src = "it\'s"']),
    (Drop(("draft",)), ["draft = true # remove me"], []),
    (Drop(("tags", 0)), ['tags = ["a", "b"]   # two'], ['tags = ["b"]   # two']),
    (Drop(("image", "alt")), ['alt = "A picture"'], []),
    (
        Add(("corrections",), {"date": SECONDS, "text": "T"}),
        [],
        ["[[corrections]]", "date = 2026-11-22T12:00:00", 'text = "T"'],
    ),
    (
        Drop(("corrections", 0)),
        ["[[corrections]]", "date = 2026-11-01", 'text = "One."  # first'],
        [],
    ),
]


@pytest.mark.parametrize(("what", "gone", "new"), TOML_CASES)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_change_in_toml_touches_its_own_lines_and_keeps_all_others(
    what: Change, gone: list[str], new: list[str], ends: str
) -> None:
    after = change(TOML.replace("\n", ends), what)
    assert set(after.replace(ends, "")) & {"\r", "\n"} == set()
    assert lines_changed(TOML, after.replace(ends, "\n")) == (gone, new)


def test_toml_gets_tables_below_what_there_is() -> None:
    plain = '+++\ntitle = "A"\ncorrections = [] # none\n+++\n'
    item = {"date": SECONDS, "text": "T"}
    table = '[[corrections]]\ndate = 2026-11-22T12:00:00\ntext = "T"\n'
    assert change(plain, Add(("corrections",), item)) == f'+++\ntitle = "A"\n{table}+++\n'
    inline = plain.replace("[]", '[{date = 2026-11-01, text = "a"}]')
    assert change(inline, Add(("corrections",), item)) == inline.replace(
        "}]", '}, {date = 2026-11-22T12:00:00, text = "T"}]'
    )
    withdrawn = change(plain, Put(("withdrawn",), {"date": SECONDS, "reason": "R"}))
    assert withdrawn.startswith(plain.removesuffix("+++\n"))
    assert '[withdrawn]\ndate = 2026-11-22T12:00:00\nreason = "R"\n+++\n' in withdrawn


def test_lines_without_a_fence_can_be_changed_and_hold_no_groups() -> None:
    before = "Title: A\nStatus: draft\nSummary: one\n  two\nDate: 2026-11-20\n\nBody.\n"
    after = change(before, Drop(("Status",)), Put(("Date",), MOMENT), config=PELICAN)
    assert after == "Title: A\nSummary: one\n  two\nDate: 2026-11-22 12:00\n\nBody.\n"
    assert "\nslug: x\n\nBody" in change(before, Put(("slug",), "x"), config=PELICAN)
    assert "two" not in change(before, Drop(("Summary",)), config=PELICAN)
    with pytest.raises(SitegenError, match="three dashes"):
        change(before, CORRECTION, config=PELICAN)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("---\na: &x {status: draft}\n<<: *x\n---\n", Drop(("status",))),
        ("---\na: &x draft\nstatus: *x\n---\n", Drop(("a",))),
        ("---\na: &x [b, c]\ntags: *x\n---\n", Drop(("a", 0))),
        ("---\nstatus: draft\n---\n", Drop(("status",))),
        ("---\ntitle: A\ncorrections: some\n---\n", CORRECTION),
        ("---\ntitle: A\ntags:\n- - a\n---\n", Add(("tags", 0), "b")),
        ("+++\na = 1\n+++\n", Put(("a", "b"), "c")),
    ],
)
def test_what_cannot_be_changed_safely_is_left_as_it_is_and_said(text: str, what: Change) -> None:
    with pytest.raises(SitegenError) as error:
        change(text, what)
    (problem,) = error.value.problems
    assert (problem.code, problem.source) == ("edit-failed", "content/a.md")
    assert "nothing was changed" in problem.hint


NAMES = ("title", "date", "summary", "tags", "image", "status", "own")
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@st.composite
def fields(draw: st.DrawFn) -> dict[str, list[str]]:
    """Name → the lines of a field, written in one of the ways that YAML has."""
    found = {}
    for name in draw(st.permutations(NAMES)):
        text = draw(words)
        ways = [
            [f"{name}: {yaml_text(text)}"],
            [f"{name}: {yaml_text(text, chr(34))}   # a remark: with signs"],
            [f"{name}: >-", "  folded", "", "  text"],
            [f"{name}: |", "  kept", "    indented # no remark"],
            [f"{name}: [a, {yaml_text(text)}]  # list"],
            [f"{name}:", f"- {yaml_text(text)}", "# within", "- b"],
            [f"{name}:", f"    src: {yaml_text(text)} # inner", "    alt: x"],
            [f"{name}: {{src: a, alt: {yaml_text(text)}}}"],
            [f"{name}:  # nothing"],
        ]
        found[name] = draw(st.sampled_from(ways))
    return found


@settings(deadline=None)  # a busy machine is no mistake
@given(fields(), words, st.sampled_from(NAMES), st.sampled_from(["\n", "\r\n"]), st.booleans())
@example({"title": ["title: A"], "own": ["own: B"]}, "\u2028", "own", "\n", True)
def test_whatever_is_written_around_it_a_field_changes_alone(
    written: dict[str, list[str]], text: str, name: str, ends: str, drop: bool
) -> None:
    lines = ["---", *(line for field in written.values() for line in field), "---", "Body"]
    before = ends.join(lines).encode()
    what: Change = Drop((name,)) if drop else Put((name,), text)
    after = edited(before, "a.md", CONFIG, [what]).decode()
    assert after.count(ends) == after.count("\n")
    names = list(written)
    above, below = names[: names.index(name)], names[names.index(name) + 1 :]
    head = ["---", *(line for other in above for line in written[other])]
    tail = [*(line for other in below for line in written[other]), "---", "Body"]
    kept = after.split(ends)
    assert (kept[: len(head)], kept[-len(tail) :]) == (head, tail)
    if drop:
        assert len(kept) == len(head) + len(tail)
    else:
        assert matter_of(after.encode(), "a.md", CONFIG).values[name] == text


@settings(deadline=None)
@given(words)
def test_any_text_comes_back_as_it_was_meant(text: str) -> None:
    for front in ("---\ntitle: A\n---\n", '+++\ntitle = "A"\n+++\n'):
        item = {"date": SECONDS, "text": text}
        after = change(front, Add(("corrections",), item), Put(("title",), text))
        values = matter_of(after.encode(), "a.md", CONFIG).values
        assert (values["title"], values["corrections"][0]["text"]) == (text, text)
