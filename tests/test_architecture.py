"""Who may import whom, and which module owns which library: ARCHITECTURE.md, executed."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "sitegen"

LEAVES = {
    *(
        "",
        "__main__",
        "advice",
        "errors",
        "controls",
        "digest",
        "folders",
        "options",
        "urls",
        "instants",
    ),
    *(
        "i18n",
        "kept",
        "lists",
        "machines",
        "numbers",
        "pictures",
        "serving",
        "settings",
        "validation",
        "model",
        "outputs",
        "renditions",
        "spool",
        "timings",
    ),
}
BASE = {*LEAVES, "config"}
"""What every stage may import."""
STAGES = {"read", "index", "plan", "render", "write", "pool"}
MAY_IMPORT = {
    **{leaf: LEAVES for leaf in LEAVES},
    "__main__": {"cli"},
    "config": LEAVES,
    "report": LEAVES,
    "locks": LEAVES,
    "due": LEAVES | {"index", "report", "due"},
    **{stage: BASE | {stage} for stage in STAGES},
    "cluster": BASE | {"pool", "cluster"},
    "site": BASE | (STAGES - {"write"}) | {"site"},
    "build": BASE | STAGES | {"build", "cluster", "site", "report", "locks", "due"},
    "desk": BASE | (STAGES - {"write"}) | {"desk", "site", "locks", "report"},
    "importers": BASE | {"read", "importers"},
    "deploy": LEAVES | {"deploy", "site", "index", "due", "locks"},
    "serve": BASE | (STAGES - {"write"}) | {"serve", "site", "desk"},
    "cli": BASE | {"cli", "build", "desk", "deploy", "importers", "serve", "report", "due"},
}

OWNERS = {
    "asyncssh": {"deploy.channel", "deploy.login", "deploy.sftp"},
    "babel": {"i18n"},
    "boto3": {"deploy.s3"},
    "botocore": {"deploy.s3"},
    "brotli": {"render.codings"},
    "bs4": {"importers"},
    "click": {"cli"},
    "dask": {"cluster"},
    "dateutil": {"instants"},
    "distributed": {"cluster"},
    "docutils": {"importers.generators.pelican.rst"},
    "feedparser": {"importers.feeds.reading"},
    "filelock": {"locks"},
    "frontmatter": {"read.matter"},
    "httpx": {"desk.enquiry"},
    "ijson": {"importers.ghost.reading"},
    "isal": {"index.packing"},
    "jinja2": {"render"},
    "lxml": {"importers.wordpress.reading"},
    "markdownify": {"importers.html"},
    "markdown_it": {
        "read.markdown",
        "read.headings",
        "read.tasks",
        "read.quick",
        "read.prose",
        "read.tokens",
        "importers.ghost.documents",  # cards of Markdown within other texts
    },
    "markdown_it_pyrs": {"read.quick", "read.tokens"},
    "markupsafe": {"render"},
    "mdit_py_plugins": {"read.markdown"},
    "PIL": {"pictures.opened", "render.pictures", "render.colours"},
    "py_svg_hush": {"render.drawings"},
    "multiprocessing": {"pool"},
    "orjson": {"digest"},
    "concurrent": {"pool", "cluster", "deploy.threads", "serve"},
    "nh3": {"read.sanitise", "render.syndication"},  # a feed is no place for what a site trusts
    "pydantic": {
        "config",
        "settings",
        "lists",
        "machines",
        "desk.forms",  # reads the types, to describe them
        "validation",
        "read.fields",
        "read.file",
        "read.documents",
        "render.chain",
        "site.manifest",
        "deploy.record",
    },
    "pydantic_core": {"validation"},
    "rich": {"cli.console"},
    "slugify": {"urls"},
    "starlette": {"serve.app", "serve.panel"},
    "uvicorn": {"serve"},
    "watchfiles": {"serve.watch"},
    "pickle": {
        # Files that nobody else can open, gone with the process.
        *("importers.shelf", "spool"),
        "cluster",  # what its workers are sent; whoever can do that runs what they like there
    },
    "sqlite3": {"index.store", "importers.shelf"},
    "trafilatura": {"importers.saved.story"},
    "tomlkit": {"desk.edit_toml"},
    "yaml": {
        "read.composed",
        "read.matter",
        "read.outline",
        "desk.editors",
        "importers.matter",
        "importers.ghost.routes",
    },
    "zoneinfo": {"instants", "read.fields", "importers.matter"},  # the others name the type
    "tempfile": {"locks", "build", "deploy.rsync", "spool"},
    "shutil": {"write", "deploy.folder", "deploy.rsync", "importers.files"},
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    """(dotted name below sitegen, its tree) of every module."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        yield name, ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[str]:
    """Everything that a module imports, wherever in it; as dotted names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""
            if node.module == "sitegen":
                yield from (f"sitegen.{alias.name}" for alias in node.names)


MODULES = dict(modules())
IMPORTS = {name: frozenset(imports(tree)) for name, tree in MODULES.items()}
"""Looked for once: for each library anew, that took a hundred times as long."""


def part_of(name: str) -> str:
    return name.split(".")[0]


def test_every_module_has_a_place() -> None:
    assert {part_of(name) for name in MODULES} == set(MAY_IMPORT)


def test_the_plan_of_the_house_names_every_room() -> None:
    """ARCHITECTURE.md's table: what each part consists of, but for commands and importers."""
    table = (
        (ROOT / "ARCHITECTURE.md").read_text().partition("| part | owns |")[2].partition("\n\n")[0]
    )
    rows = [line.split("|")[1:3] for line in table.splitlines()[2:]]
    parts = {part: about for parts, about in rows for part in re.findall(r"`(\w+)/?`", parts)}
    assert set(MAY_IMPORT) - {"", "__main__"} <= parts.keys()
    for name in MODULES:
        part, _, room = name.partition(".")
        if room and "." not in room and part not in ("cli", "importers"):
            assert re.search(rf"[`/]{room}\b", parts.get(part, "")), name


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_what_its_place_allows(name: str) -> None:
    imported = {
        part_of(i.removeprefix("sitegen").strip("."))
        for i in IMPORTS[name]
        if i.startswith("sitegen")
    }
    constants = {i for i in imported if i.startswith("__") and i != "__main__"}
    allowed = MAY_IMPORT[part_of(name)] | constants | {""}
    assert imported - allowed == set()


@pytest.mark.parametrize("library", OWNERS)
def test_a_library_has_its_owners_and_no_others(library: str) -> None:
    users = {name for name, found in IMPORTS.items() for i in found if part_of(i) == library}
    owners = OWNERS[library]
    strangers = {user for user in users if user not in owners and part_of(user) not in owners}
    assert strangers == set()
    unused = {o for o in owners if not any(u == o or u.startswith(f"{o}.") for u in users)}
    assert unused == set()


@pytest.mark.parametrize("name", MODULES)
def test_a_module_says_what_it_owns_and_has_no_ambient_state(name: str) -> None:
    tree = MODULES[name]
    assert ast.get_docstring(tree)
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Global)]


def test_only_write_the_state_and_commands_for_it_change_files() -> None:
    changing = {"write_text", "write_bytes", "unlink", "rmdir", "rmtree", "replace", "rename"}
    doers = {
        name
        for name, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in changing - {"replace"}
    }
    assert doers == {
        "cli.build",
        "deploy.folder",
        "deploy.sftp",  # folders there that are empty
        "deploy.rsync",  # lists and the record, in temporary folders
        "desk.answers",
        "desk.editors",
        "desk.remove",
        "desk.source",
        "desk.start",
        "importers.files",
        "index.store",
        "kept",
        "write",
        "write.staging",
    }


def test_asking_for_the_version_loads_nothing_heavy() -> None:
    heavy = (
        "jinja2",
        "markdown_it",
        "pydantic",
        "rich",
        "babel",
        "yaml",
        "sqlite3",
        "tomlkit",
        "boto3",
        "asyncssh",
        "distributed",
        "bs4",
        "docutils",
        "feedparser",
        "ijson",
        "lxml",
        "trafilatura",
    )
    script = (
        "import sys; from click.testing import CliRunner; from sitegen.cli import main; "
        "assert CliRunner().invoke(main, ['--version']).exit_code == 0; "
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
