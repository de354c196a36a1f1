"""A small news site with one of everything, and all that it must become, byte for byte.

`golden/site` is the site, `golden/expected` its whole output, `golden/report.json` what the build
reports of it. When a change of theme or code is meant to change the output, rewrite them, look at
the difference in git, and commit both together:

    UPDATE_GOLDEN=1 python -m pytest tests/test_golden.py
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import pytest
from click.testing import CliRunner

from sitegen.cli import main
from tests.site_test import NOW, tree

GOLDEN = Path(__file__).parent / "golden"
EXPECTED = GOLDEN / "expected"
REPORT = GOLDEN / "report.json"
UPDATE = os.environ.get("UPDATE_GOLDEN", "") not in ("", "0")

MOST_FILES, MOST_LINES = 5, 30
"""Differences that a failure shows: files, and lines of each."""


class Golden:
    """The golden site, built once."""

    def __init__(self, folder: Path) -> None:
        where = ["-o", str(folder / "public"), "--state", str(folder / "state")]
        command = ["build", "-s", str(GOLDEN / "site"), *where, "--now", NOW, "--jobs", "1"]
        result = CliRunner().invoke(main, [*command, "--format", "json"], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        self.files = tree(folder / "public")
        report = json.loads(result.stdout)
        del report["seconds"]
        self.report = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
        if UPDATE:
            self._rewrite(folder / "public")

    def _rewrite(self, public: Path) -> None:
        shutil.rmtree(EXPECTED, ignore_errors=True)
        shutil.copytree(public, EXPECTED)
        REPORT.write_text(self.report, encoding="utf-8", newline="\n")


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Golden:
    return Golden(tmp_path_factory.mktemp("golden"))


def difference(path: str, expected: bytes, found: bytes) -> str:
    """What differs, as lines; of files that are no text only the sizes."""
    try:
        old, new = expected.decode().splitlines(), found.decode().splitlines()
    except UnicodeDecodeError:
        return f"{path}: {len(found)} other bytes in place of {len(expected)}"
    lines = list(unified_diff(old, new, f"expected/{path}", f"found/{path}", lineterm="", n=1))
    more = [f"… and {len(lines) - MOST_LINES} more lines"] if len(lines) > MOST_LINES else []
    return "\n".join([*lines[:MOST_LINES], *more]) or f"{path}: the ends of its lines differ"


def differences(expected: dict[str, bytes], found: dict[str, bytes]) -> Iterator[str]:
    """Every file that is missing, unused or different."""
    yield from (f"missing in the output: {path}" for path in sorted(expected.keys() - found.keys()))
    yield from (f"not expected: {path}" for path in sorted(found.keys() - expected.keys()))
    changed = [p for p in sorted(expected.keys() & found.keys()) if expected[p] != found[p]]
    yield from (difference(path, expected[path], found[path]) for path in changed[:MOST_FILES])
    yield from (f"different too: {path}" for path in changed[MOST_FILES:])


def test_the_golden_site_becomes_its_expected_output_byte_for_byte(golden: Golden) -> None:
    found = list(differences(tree(EXPECTED), golden.files))
    assert not found, "\n".join([*found, "if this is meant: UPDATE_GOLDEN=1, see above"])


def test_the_golden_site_is_reported_as_expected(golden: Golden) -> None:
    assert golden.report == REPORT.read_text(encoding="utf-8")


def test_the_golden_site_holds_one_of_everything(golden: Golden) -> None:
    report = json.loads(golden.report)
    assert {held["why"] for held in report["held_back"]} == {"draft", "scheduled"}
    text = {path: data.decode(errors="replace") for path, data in golden.files.items()}
    assert 'class="ticker is-breaking"' in text["index.html"] and not report["errors"]
    pictures = [path for path in golden.files if path.startswith("_pictures/")]
    assert any("/plan-" in path for path in pictures)
    assert not any("unused" in path for path in golden.files)
    assert "tags/film/index.html" in text and "tags/cinema/index.html" not in text
    assert {"ar/2026/10/bridge/index.html", "ar/about/index.html", "tags/film/2024/index.html"} <= (
        text.keys()
    )
    assert "Night swim" not in text["ar/index.html"]
    for notice in ("2026/03/spring-offer", "2026/04/the-tunnel"):
        assert "noindex" in text[f"{notice}/index.html"] and f"/{notice}/" not in text["feed.xml"]


def test_a_byte_a_missing_file_and_an_unused_one_are_each_told() -> None:
    old = {"a.html": b"<p>one</p>\n<p>two</p>\n", "b.png": b"\xff\xd8", "gone.html": b""}
    new = {"a.html": b"<p>one</p>\n<p>2</p>\n", "b.png": b"\xff", "new.html": b""}
    told = "\n".join(differences(old, new))
    assert "missing in the output: gone.html" in told and "not expected: new.html" in told
    assert "-<p>two</p>\n+<p>2</p>" in told and "b.png: 1 other bytes in place of 2" in told
    assert list(differences(old, dict(old))) == []
    assert list(differences({"c.txt": b"a\r\n"}, {"c.txt": b"a\n"})) == [
        "c.txt: the ends of its lines differ"
    ]
