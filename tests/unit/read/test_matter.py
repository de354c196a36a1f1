"""Front matter into names and values, with the line of each."""

from __future__ import annotations

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st

from sitegen.read.matter import Loader, Matter, MatterError, Plain, read_matter


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


NAMES = st.text(st.sampled_from("abc xyz-_1é"), min_size=1, max_size=6)
SCALARS = st.one_of(st.none(), st.text(st.sampled_from("ab 1:#'\"-\n~é"), max_size=8), NAMES)
GROUPS = st.dictionaries(
    NAMES,
    st.recursive(
        SCALARS,
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner)),
        max_leaves=8,
    ),
    min_size=1,
    max_size=4,
)


def kinds(value: object) -> object:
    """`value` with the type of every text in it."""
    if isinstance(value, dict):
        return [(type(name), name, kinds(inner)) for name, inner in value.items()]
    return [kinds(inner) for inner in value] if isinstance(value, list) else (type(value), value)


@given(GROUPS, st.sampled_from([None, '"', "'", "|"]), st.sampled_from([None, True, False]))
def test_values_are_what_pyyaml_constructs(
    group: dict[str, object], style: str | None, flow: bool | None
) -> None:
    text = pyyaml.safe_dump(
        group, default_style=style, default_flow_style=flow, allow_unicode=True, sort_keys=False
    )
    constructed = pyyaml.load(text, Loader)
    values = yaml(text).values
    assert [kinds(value) for value in values.values()] == [
        kinds(value) for value in constructed.values()
    ]
    assert list(values) == list(constructed)


@pytest.mark.parametrize(
    "text",
    [
        "a: &x [1, b]\nc: *x",
        "a: {<<: {b: 1}, c: 2}",
        "a: !!set {b, c}",
        "a: {~: b}",
        "a: !!str 1\nb: !!null x",
        "? [a]\n: b",
    ],
)
def test_unusual_values_are_what_pyyaml_constructs(text: str) -> None:
    try:
        constructed = {str(name): value for name, value in pyyaml.load(text, Loader).items()}
    except pyyaml.YAMLError:
        with pytest.raises(MatterError):
            yaml(text)
    else:
        assert kinds(yaml(text).values) == kinds(constructed)
