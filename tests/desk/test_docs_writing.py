"""What docs/writing.md says: each option, each command, each name in the forms, each file."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from sitegen.desk.collections import _IN_FILES_ONLY
from sitegen.desk.editors import desktop_files
from sitegen.desk.forms import article_forms, title_of
from tests.commands import BY_NAME
from tests.site_test import SiteTest
from tests.test_docs import named, tables

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "writing.md").read_text(encoding="utf-8")
COMMANDS = [
    line for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines()
]


def test_every_option_has_its_row() -> None:
    rows = {frozenset(named(row[0])): row for row in tables("writing.md", "Option")}
    options = {
        frozenset(option.opts): option
        for option in BY_NAME["schema"].params
        if isinstance(option, click.Option)
    }
    options[frozenset({"-h", "--help"})] = click.Option(["-h", "--help"], is_flag=True)
    assert rows.keys() == options.keys()
    for opts, option in options.items():
        _, value, default, meaning = rows[opts]
        assert meaning.endswith("."), opts
        assert (value == "") == option.is_flag, opts
        if isinstance(option.type, click.Choice):
            assert named(value) == list(option.type.choices), opts
        if isinstance(option.default, str):
            assert default == f"`{option.default}`", opts


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_does_what_it_says(command: str, site: SiteTest) -> None:
    program, *args = shlex.split(command)
    assert program == "sitegen"
    site.run(*args, "-s", str(site.folder)).ok()
    assert "wrote" in site.output and "OWNER" not in site.output
    site.write("a.md").build().ok()


def test_every_kind_of_file_is_named() -> None:
    (kind,) = (p for p in BY_NAME["schema"].params if isinstance(p, click.Argument))
    assert isinstance(kind.type, click.Choice)
    section = TEXT.partition("## `sitegen schema`")[2]
    assert all(re.search(rf"`(sitegen schema )?{name}`", section) for name in kind.type.choices)


def test_the_names_in_the_forms_are_those_of_the_table() -> None:
    table = {named(file)[0]: form for form, file in tables("writing.md", "In the form")[:-1]}
    titles = {name: form.title for name, form in article_forms().items()}
    other = {name: title for name, title in titles.items() if title != title_of(name)}
    shown = {name: title for name, title in other.items() if name not in _IN_FILES_ONLY}
    assert table == shown


def test_what_no_form_shows_is_told() -> None:
    sentence = TEXT.partition("No form shows")[2].partition(":")[0]
    assert set(named(sentence)) == set(_IN_FILES_ONLY)


def test_every_file_for_the_desktop_has_its_row() -> None:
    rows = [named(row[0])[0] for row in tables("writing.md", "File")]
    assert rows == list(desktop_files())


def test_no_other_document_of_ours_is_linked_that_is_not_there() -> None:
    for target in re.findall(r"\]\(([\w-]+\.md)", TEXT):
        assert (ROOT / "docs" / target).is_file()
