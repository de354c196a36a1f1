"""Front matter into names and values, with the line of each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.read.matter import Matter, MatterError, Plain, read_matter


def yaml(text: str, body: str = "Body.") -> Matter:
    return read_matter(f"---\n{text}\n---\n{body}", "a.md")


def test_plain_scalars_are_the_texts_that_the_author_wrote() -> None:
    values = yaml("a: 007\nb: no\nc: 2026-11-22\nd: 1e3\ne: '1'\nf: ~\ng:").values
    assert values == {
        "a": "007",
        "b": "no",
        "c": "2026-11-22",
        "d": "1e3",
        "e": "1",
        "f": None,
        "g": None,
    }
    assert isinstance(values["a"], Plain) and not isinstance(values["e"], Plain)


def test_a_place_in_nested_values_has_its_line() -> None:
    matter = yaml("title: A\nfaq:\n  - question: B\n    answer: C\n  - question: D")
    assert matter.at(("title",)).line == 2
    assert matter.at(("faq", 0, "answer")).line == 5
    assert matter.at(("faq", 1, "question")).line == 6
    assert matter.at(("faq", 1, "answer")).line == 6
    assert matter.at(("nothing",)).line == 1


def test_toml_knows_its_lines_too() -> None:
    matter = read_matter('+++\n\ntitle = "A"\nDate = 2026-11-22\n+++\nBody.', "a.md")
    assert (matter.at(("title",)).line, matter.at(("date",)).line) == (3, 4)


@pytest.mark.parametrize(
    "text, body, line",
    [
        ("---\ntitle: A\n---\nBody.\n", "Body.", 4),
        ("\n\n---\ntitle: A\n---\n\nBody.\n", "Body.", 6),
        ("---\ntitle: A\n---\nOne\n\n---\n\nTwo", "One\n\n---\n\nTwo", 4),
        ("+++\ntitle = 'A'\n+++\nBody.\n", "Body.", 4),
        ("---\ntitle: A\n---", "", 3),
    ],
)
def test_the_body_is_what_follows_and_knows_its_line(text: str, body: str, line: int) -> None:
    matter = read_matter(text, "a.md")
    assert matter.body.strip() == body
    before = matter.body[: len(matter.body) - len(matter.body.lstrip("\n"))].count("\n")
    assert matter.body_line + before >= line


@given(
    st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), st.text(max_size=20), max_size=5)
)
def test_what_json_writes_yaml_reads(fields: dict[str, str]) -> None:
    import json

    lines = [f"{name}: {json.dumps(value)}" for name, value in {"title": "A", **fields}.items()]
    try:
        values = yaml("\n".join(lines)).values
    except MatterError as error:
        assert all(problem.line and problem.message for problem in error.problems)
    else:
        assert values == {"title": "A", **fields}


@given(st.text(max_size=200))
def test_any_text_gives_matter_or_problems_with_a_line(text: str) -> None:
    for whole in (text, f"---\n{text}\n---\nBody", f"+++\n{text}\n+++\nBody"):
        try:
            matter = read_matter(whole, "a.md")
        except MatterError as error:
            assert all(problem.source == "a.md" and problem.line > 0 for problem in error.problems)
        else:
            assert isinstance(matter.values, dict)


def test_pelicans_lines_are_front_matter_only_where_asked_for() -> None:
    text = "Title: A: B\nTags: x,\n  y\n\nBody."
    assert read_matter(text, "a.md", meta_lines=True).values == {"Title": "A: B", "Tags": "x, y"}
    with pytest.raises(MatterError):
        read_matter(text, "a.md")
