"""`sitegen schema`: what may be written where, for programs in which people write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.desk.editors import Editor

_KINDS = ("article", "page", "author", "tag", "settings")
_EDITORS = ("decap", "sveltia", "pages-cms")
_UNNAMED = "OWNER/REPOSITORY"


@click.command()
@click.argument("kind", type=click.Choice(_KINDS), required=False, metavar="[KIND]")
@click.option(
    "-s",
    "--site",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="The site whose sections, types and languages are known.  [default: this folder, "
    "if it is one]",
)
@click.option(
    "--for",
    "editor",
    type=click.Choice(_EDITORS),
    help="Instead, the configuration of this editor in the browser.",
)
@click.option("--write", is_flag=True, help="Write the files into the site instead of printing.")
@click.option("--repo", metavar="OWNER/NAME", help="With --for: the site's repository.")
@click.option("--branch", default="main", show_default=True, help="With --for: its branch.")
@click.option(
    "--backend",
    type=click.Choice(["github", "gitlab", "git-gateway"]),
    default="github",
    show_default=True,
    help="With --for: where the repository is.",
)
def schema(
    kind: str | None,
    site: Path | None,
    editor: Editor | None,
    write: bool,
    repo: str | None,
    branch: str,
    backend: str,
) -> None:
    """Print the JSON Schema of a file, or an editor's configuration.

    KIND is article, page, author, tag or settings; article when it is left out.

    \b
      sitegen schema settings > settings.json
      sitegen schema --for pages-cms > .pages.yml
      sitegen schema --write     for editors on the desktop
    """
    if kind and (editor or write):
        raise click.UsageError("KIND stands alone: leave it out with --for and --write")
    if editor:
        _for_editor(editor, site or Path(), write, repo, branch, backend)
    elif write:
        _for_desktop(site or Path())
    else:
        _print(kind or "article", site)


def _print(kind: str, site: Path | None) -> None:
    from sitegen.config import FILE, load_config
    from sitegen.desk.schema import schema as schema_of

    within = site is not None or Path(FILE).is_file()
    # The settings' own schema is for settings that may be wrong.
    config = load_config(site or Path()) if within and kind != "settings" else None
    _out(json.dumps(schema_of(kind, config), indent=2, ensure_ascii=False) + "\n")


def _for_editor(
    editor: Editor, site: Path, write: bool, repo: str | None, branch: str, backend: str
) -> None:
    if backend == "git-gateway" and editor != "decap":
        raise click.UsageError(f"{editor} has no git-gateway; use github or gitlab")
    if backend != "github" and editor == "pages-cms":
        raise click.UsageError("pages-cms works with GitHub only")
    from sitegen.config import load_config
    from sitegen.desk.decap import Repository
    from sitegen.desk.editors import browser_files, prefix_of
    from sitegen.desk.survey import survey

    config = load_config(site)
    found = survey(site, config)
    repository = Repository(backend, repo or _UNNAMED, branch, prefix_of(site))
    files = browser_files(editor, site, config, repository, pickers=not found.other_dates)
    if write:
        _write(files, site)
    else:
        _out(next(iter(files.values())))
    for remark in found.remarks():
        click.echo(f"note: {remark}", err=True)
    if not repo and editor != "pages-cms" and backend != "git-gateway":
        click.echo(
            f"put the name of your repository in place of {_UNNAMED}, or use --repo", err=True
        )


def _for_desktop(site: Path) -> None:
    from sitegen.config import FILE, load_config
    from sitegen.desk.editors import desktop_files

    if not (site / FILE).is_file():
        load_config(site)  # which says what is missing; what is wrong in them does not matter here
    _write(desktop_files(), site)


def _write(files: Mapping[str, str], site: Path) -> None:
    from sitegen.desk.editors import write

    written, left = write(files, site)
    for path in written:
        click.echo(f"wrote {path}", err=True)
    for path in left:
        click.echo(f"left alone: {path} is there already, with another text", err=True)
    if not written and not left:
        click.echo("nothing to write: everything is there already", err=True)


def _out(text: str) -> None:
    """Print as UTF-8, whatever the terminal's encoding: it is going to be a file."""
    click.echo(text.encode(), nl=False)
