"""docs/ci.md and the hook of pre-commit: what people copy from there can be read, and is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from tests.commands import BY_NAME

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
COMMANDS = sorted(
    {
        (name, rest.strip())
        for name, rest in re.findall(r"\bsitegen ([a-z]+)([^\n`|&>]*)", TEXT)
        if name in BY_NAME
    }
)


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_every_example_is_yaml_that_names_what_is_to_be_done(block: str) -> None:
    read = yaml.safe_load(block)
    assert isinstance(read, dict)
    assert list(runs(read)) or "repos" in read


def runs(value: Any) -> Iterator[str]:
    """The shell commands of a pipeline, wherever they are in it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            written = inner if isinstance(inner, list) else [inner]
            if name in ("run", "script", "before_script", "after_script"):
                yield from map(str, written)
            else:
                yield from runs(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from runs(inner)


def test_a_workflow_of_github_has_steps_that_use_or_run_something() -> None:
    workflows = [read for block in BLOCKS if (read := yaml.safe_load(block)) and "jobs" in read]
    assert len(workflows) == 3
    for workflow in workflows:
        assert workflow[True], "YAML 1.1 reads the name “on” as true, and GitHub knows"
        for job in workflow["jobs"].values():
            assert all(("uses" in step) != ("run" in step) for step in job["steps"])


@pytest.mark.parametrize("name, rest", COMMANDS, ids=" ".join)
def test_every_command_has_the_options_that_it_is_given(name: str, rest: str) -> None:
    command = BY_NAME[name]
    known = {option for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"(?<!\S)--?[a-z-]+", rest)) <= known


def test_the_forms_of_a_check_are_those_that_it_has() -> None:
    forms = next(p.type for p in BY_NAME["check"].params if p.name == "form")
    assert isinstance(forms, click.Choice)
    assert {"github", "sarif"} <= set(forms.choices)
    assert set(re.findall(r"sitegen check --format (\w+)", TEXT)) <= set(forms.choices)


def test_the_hook_runs_a_check_where_a_file_of_the_site_changed() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    _, name = hook["entry"].split()
    assert hook["id"] == "sitegen-check" and hook["id"] in BLOCKS[0]
    assert name in BY_NAME
    assert hook["language"] == "python" and hook["pass_filenames"] is False
    for path in ("content/a.md", "sitegen.toml", "themes/own/theme.toml", "data/facts.csv"):
        assert re.search(hook["files"], path)
    for path in ("README.md", "public/index.html", "docs/sitegen.toml"):
        assert not re.search(hook["files"], path)
