"""`sitegen schema --write`: what editors on the desktop find, and what it is worth."""

from __future__ import annotations

import json
import re
import tomllib

from jsonschema import Draft202012Validator

from sitegen.desk.editors import SCHEMA_FILE, desktop_files
from tests.site_test import SiteTest


def write(site: SiteTest) -> SiteTest:
    return site.run("schema", "--write", "-s", str(site.folder)).ok()


def test_the_files_lie_where_editors_look(site: SiteTest) -> None:
    write(site)
    rule = tomllib.loads((site.folder / ".taplo.toml").read_text())["rule"][0]
    assert rule["include"] == ["sitegen.toml"]
    found = json.loads((site.folder / rule["schema"]["path"]).read_text(encoding="utf-8"))
    settings = tomllib.loads((site.folder / "sitegen.toml").read_text())
    assert Draft202012Validator(found).is_valid(settings)
    for path, text in desktop_files().items():
        assert (site.folder / path).read_bytes() == text.encode()
        assert text.endswith("\n") and (not path.endswith(".json") or json.loads(text))


def test_what_is_there_already_stays_and_the_schema_is_renewed(site: SiteTest) -> None:
    site.file(".vscode/settings.json", '{"editor.fontSize": 15}\n').file(SCHEMA_FILE, "{}")
    write(site)
    assert "left alone: .vscode/settings.json is there already" in site.output
    assert (site.folder / ".vscode" / "settings.json").read_text() == '{"editor.fontSize": 15}\n'
    assert (site.folder / SCHEMA_FILE).read_text() != "{}"
    write(site)
    assert site.output.count("wrote") == 1 and f"wrote {SCHEMA_FILE}" in site.output


def test_the_task_finds_the_places_in_what_sitegen_prints(site: SiteTest) -> None:
    write(site)
    tasks = json.loads((site.folder / ".vscode" / "tasks.json").read_text())["tasks"]
    pattern = tasks[0]["problemMatcher"]["pattern"]
    site.write("a.md", title="A", tags={"a": "b"}).write("b.md", "Words.\n").write("c.md", stuff=1)
    command = tasks[0]["command"].split()[1:]
    site.run(*command, "-s", str(site.folder))
    lines = (re.match(pattern["regexp"], line) for line in site.output.splitlines())
    found = {
        tuple(match[pattern[name]] for name in ("severity", "file", "line", "column"))
        for match in lines
        if match
    }
    assert ("error", "content/a.md", "4", "7") in found
    assert ("error", "content/b.md", "1", None) in found
    assert any(severity == "warning" for severity, *_ in found)


def test_hidden_files_of_editors_are_no_part_of_the_site(site: SiteTest) -> None:
    write(site).write("a.md").build().ok()
    assert not [path for path in site.bytes if "vscode" in path or "taplo" in path]
