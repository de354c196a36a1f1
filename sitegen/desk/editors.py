"""Files that make editors understand a site: in the browser, and on the desktop.

Everything is made as text first; `write` is the only function here that touches a disk.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any, Literal

import yaml

from sitegen.config import FILE, Config
from sitegen.desk import decap, pages_cms
from sitegen.desk.decap import Repository
from sitegen.desk.schema import schema

Editor = Literal["decap", "sveltia", "pages-cms"]
_NAMES: Mapping[Editor, str] = {
    "decap": "Decap CMS",
    "sveltia": "Sveltia CMS",
    "pages-cms": "Pages CMS",
}

SCHEMA_FILE = ".vscode/sitegen.schema.json"
_SCRIPTS: Mapping[Editor, str] = {
    "decap": "https://unpkg.com/decap-cms@^3.0.0/dist/decap-cms.js",
    "sveltia": "https://unpkg.com/@sveltia/cms/dist/sveltia-cms.js",
}
"""Where the editors that are a page of the site come from."""
_PAGE = """\
<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>{name}</title>
  </head>
  <body>
    <script src="{script}"></script>
  </body>
</html>
"""
_HEAD = """\
# What {name} shows of this site. sitegen made it from the site's settings and folders. When they
# change, delete it and run again: sitegen schema --for {editor} --write
"""


def browser_files(
    editor: Editor, site: Path, config: Config, repository: Repository, *, pickers: bool
) -> Mapping[str, str]:
    """Path → text of the files that an editor in the browser needs, relative to the site.

    The first is its configuration. `pickers`: every date is written as date pickers write it.
    """
    head = _HEAD.format(name=_NAMES[editor], editor=editor)
    if editor == "pages-cms":
        settings = pages_cms.configuration(site, config, repository.prefix)
        up = "../" * repository.prefix.count("/")  # it looks in the root of the repository
        return {f"{up}.pages.yml": head + _yaml(settings)}
    sveltia = editor == "sveltia"
    settings = decap.configuration(site, config, repository, sveltia=sveltia, pickers=pickers)
    page = _PAGE.format(name=_NAMES[editor], script=_SCRIPTS[editor])
    return {"static/admin/config.yml": head + _yaml(settings), "static/admin/index.html": page}


def desktop_files() -> Mapping[str, str]:
    """Path → text of the files that editors on the desktop read, relative to the site.

    The schema of the settings, for every editor that knows Taplo (VS Code with Even Better TOML,
    Zed, Helix, Neovim); for VS Code also what to install, and a task that lists mistakes. Front
    matter within Markdown is checked by no editor (redhat-developer/vscode-yaml, issue 207); the
    task does it.
    """
    taplo = f'[[rule]]\ninclude = ["{FILE}"]\n\n[rule.schema]\npath = "{SCHEMA_FILE}"\n'
    return {
        SCHEMA_FILE: _json(schema("settings")),
        ".taplo.toml": f"# Where editors find what may stand in {FILE}.\n{taplo}",
        ".vscode/extensions.json": _json({"recommendations": ["tamasfe.even-better-toml"]}),
        ".vscode/settings.json": _json(_VSCODE),
        ".vscode/tasks.json": _json(_TASKS),
    }


_VSCODE: Mapping[str, Any] = {
    "files.encoding": "utf8",
    "files.eol": "\n",
    "[markdown]": {
        "editor.wordWrap": "on",
        "editor.quickSuggestions": {"other": False, "comments": False, "strings": False},
        "editor.unicodeHighlight.ambiguousCharacters": False,
        "files.trimTrailingWhitespace": False,
    },
    "[yaml]": {"editor.insertSpaces": True},
    "search.exclude": {"public": True, "preview": True, ".sitegen": True},
}

_TASKS: Mapping[str, Any] = {
    "version": "2.0.0",
    "tasks": [
        {
            "label": "sitegen: check",
            "type": "shell",
            "command": "sitegen check",
            "group": {"kind": "test", "isDefault": True},
            "presentation": {"reveal": "silent"},
            "problemMatcher": {
                "owner": "sitegen",
                "source": "sitegen",
                "fileLocation": ["relative", "${workspaceFolder}"],
                "pattern": {
                    "regexp": r"^(error|warning): ([^:]+\.\w+)(?::(\d+))?(?::(\d+))?: (.*)$",
                    "severity": 1,
                    "file": 2,
                    "line": 3,
                    "column": 4,
                    "message": 5,
                },
            },
        }
    ],
}


def write(files: Mapping[str, str], site: Path) -> tuple[list[str], list[str]]:
    """Write files into the site; return the paths that were written, and those left alone.

    A file that is there with another text is somebody's, and stays; only the schema is replaced.
    """
    written, left = [], []
    for path, text in files.items():
        target = site / path
        if target.exists() and path != SCHEMA_FILE:
            if target.read_text(encoding="utf-8", errors="replace") != text:
                left.append(path)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    return written, left


def prefix_of(site: Path) -> str:
    """The folder of the site in its git repository: empty for its root, else ending in a slash."""
    folder = site.resolve()
    for parent in (folder, *folder.parents):
        if (parent / ".git").exists():
            path = folder.relative_to(parent).as_posix()
            return "" if path == "." else f"{path}/"
    return ""


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _yaml(value: Mapping[str, Any]) -> str:
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=2000)


class _Dumper(yaml.SafeDumper):
    """Calls what stands in a file more than once by its own name: `*summary`, not `*id007`."""

    def generate_anchor(self, node: yaml.Node) -> str:
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        names = [value.value for key, value in pairs if key.value == "name"]
        name = re.sub(r"[^a-z0-9_-]", "-", names[0]) if names else "part"
        taken = set(self.anchors.values())
        numbered = (f"{name}{number or ''}" for number in count())
        return next(anchor for anchor in numbered if anchor not in taken)
