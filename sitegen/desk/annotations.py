"""A check's findings in the forms that other programs read: JSON, GitHub's, SARIF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import quote

from sitegen import __version__
from sitegen.advice import Severity
from sitegen.desk.check import Checked, Finding
from sitegen.errors import Problem
from sitegen.model import Json
from sitegen.report import problem_as_json

_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_json(checked: Checked, *, strict: bool) -> Mapping[str, Json]:
    """The object that `check --format json` prints."""
    groups = {
        f"{severity.value}s": [problem_as_json(problem) for problem in checked.of(severity)]
        for severity in Severity
    }
    return {"ok": checked.good(strict=strict), "articles": checked.articles, **groups}


def as_github(checked: Checked, base: str) -> Iterator[str]:
    """Workflow commands of GitHub Actions, which annotate lines; `base` leads to the site."""
    for severity, problem in checked.findings:
        where = {"file": _path(problem, base), "line": problem.line, "col": problem.column}
        where |= {"title": problem.code}
        named = ",".join(
            f"{name}={_escaped(str(value), ':,')}" for name, value in where.items() if value
        )
        yield f"::{_GITHUB[severity]} {named}::{_escaped(_sentence(problem), '')}"


def _escaped(text: str, more: str) -> str:
    for sign in f"%\r\n{more}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def _sentence(problem: Problem) -> str:
    field = f"{problem.field}: " if problem.field else ""
    return f"{field}{problem.message}" + (f"\n{problem.hint}" if problem.hint else "")


def _path(problem: Problem, base: str) -> str:
    return (PurePosixPath(base) / problem.source).as_posix() if problem.source else ""


def as_sarif(checked: Checked, base: str) -> Mapping[str, Json]:
    """A log of the Static Analysis Results Interchange Format, version 2.1.0 (OASIS)."""
    codes = sorted({finding.problem.code for finding in checked.findings})
    driver = {
        "name": "sitegen",
        "semanticVersion": __version__,
        "rules": [{"id": code, "name": code} for code in codes],
    }
    results = [_result(finding, base) for finding in checked.findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(finding: Finding, base: str) -> Mapping[str, Json]:
    problem = finding.problem
    result: dict[str, Json] = {
        "ruleId": problem.code,
        "level": finding.severity.value,
        "message": {"text": _sentence(problem)},
    }
    if problem.source:
        place: dict[str, Json] = {"artifactLocation": {"uri": quote(_path(problem, base))}}
        if problem.line:
            column = {"startColumn": problem.column} if problem.column else {}
            place["region"] = {"startLine": problem.line, **column}
        result["locations"] = [{"physicalLocation": place}]
    return result
