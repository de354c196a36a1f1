"""Imported front matter: as a person would write it, and read back as it was."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.importers.matter import matter_text
from sitegen.importers.settings import toml_text
from sitegen.importers.things import Value
from sitegen.instants import zone
from sitegen.read.matter import read_matter

LONG = "This is a text of many words that does not fit on one line of a file " * 3
TEXTS = st.one_of(
    st.text(min_size=1, max_size=40).map(str.strip).filter(bool),
    st.text(alphabet="ab c:#-'\"\n|>&*!%@`{}[],?yesno0.1~é\u00a0\u0085\u2028😀", min_size=1),
    st.sampled_from(["yes", "No", "null", "~", "1984", "1.10", "12:30", "0x1F", "- a", "a: b"]),
    st.sampled_from(["2019-03-04", "'", "''", "<<", "=", "a #b", "\n\na", f"{LONG}\n\nMore. "]),
    st.just(LONG),
).filter(str.strip)
GROUPS = st.dictionaries(
    st.sampled_from(["a", "b c", "yes", "1"]),
    st.one_of(TEXTS, st.lists(TEXTS, min_size=1, max_size=3)),
    min_size=1,
    max_size=3,
)
VALUES: st.SearchStrategy[Value] = st.one_of(
    TEXTS,
    st.lists(TEXTS, min_size=1, max_size=3),
    GROUPS,
    st.lists(GROUPS, min_size=1, max_size=3),
    st.dictionaries(st.sampled_from(["a", "b"]), GROUPS, min_size=1),
)


@given(st.dictionaries(st.sampled_from(["title", "tags", "image", "faq"]), VALUES, min_size=1))
def test_any_values_are_read_back_as_they_were(matter: dict[str, Value]) -> None:
    text = f"---\n{matter_text(matter, zone('UTC'))}---\n\nBody\n"
    assert plain(read_matter(text, "a.md").values) == matter, text


def plain(value: Any) -> Any:
    """Without the marks of how a text was written."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else str(value)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Storm closes the harbour", "x: Storm closes the harbour\n"),
        ("Storm: calm", "x: 'Storm: calm'\n"),
        ("It's calm: now", 'x: "It\'s calm: now"\n'),
        ("1984", "x: '1984'\n"),
        (datetime(2019, 3, 4, 23, 30, tzinfo=UTC), "x: 2019-03-04 23:30\n"),
        (datetime(2019, 3, 4, 23, 30, 5, tzinfo=UTC), "x: 2019-03-04 23:30:05\n"),
        (datetime(2019, 3, 4, 9, 0), "x: 2019-03-04 09:00\n"),
        (date(2019, 3, 4), "x: 2019-03-04\n"),
        (True, "x: true\n"),
        (["Sea", "Two words"], "x: [Sea, Two words]\n"),
        (["a", "b" * 90], f"x:\n  - a\n  - {'b' * 90}\n"),
        ({"src": "/a.jpg", "alt": ""}, "x:\n  src: /a.jpg\n"),
        ([{"q": "A", "a": "B"}, {"q": "C"}], "x:\n  - q: A\n    a: B\n  - q: C\n"),
        ("One.\n\nTwo.", "x: |-\n  One.\n\n  Two.\n"),
        ("", ""),
        ([], ""),
        ({"alt": ""}, ""),
    ],
)
def test_values_are_written_as_people_write_them(value: Value, written: str) -> None:
    assert matter_text({"x": value}, zone("UTC")) == written


def test_a_long_text_goes_on_below() -> None:
    lines = matter_text({"summary": LONG.strip()}, zone("UTC")).splitlines()
    assert lines[0] == "summary: >-"
    assert len(lines) > 2 and all(len(line) <= 102 for line in lines)


@given(st.dictionaries(st.text(min_size=1), st.one_of(st.text(), st.lists(st.text())), min_size=1))
def test_settings_of_any_texts_are_toml(values: dict[str, Any]) -> None:
    assert tomllib.loads(toml_text({"group": {"a b": values}})) == {"group": {"a b": values}}
