"""`sitegen remove`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.console import progress, show_problems
from sitegen.cli.options import WORDS, instant_in, now_in, site_option, state_option
from sitegen.errors import Misuse, Problem

if TYPE_CHECKING:
    from sitegen.desk.remove import Removal

_BEYOND = """\
What sitegen cannot reach, and somebody may still find the text in:
  - the history of git, and every copy of the repository that somebody has
  - the caches of your CI, and the deployments that your host keeps of earlier builds
  - what search engines, web archives and social networks have stored
  - the programs of those who read your feed, and newsletters that were sent"""


@click.command()
@click.argument("file", type=WORDS)
@site_option
@state_option
@click.option(
    "--base-url", help="The address that it is published under, if not that of the settings."
)
@click.option(
    "--withdraw", type=WORDS, metavar="REASON", help="Put a notice with this reason in its place."
)
@click.option("--date", metavar="INSTANT", help="With --withdraw: from when.  [default: now]")
@click.option("--with-files", is_flag=True, help="Delete the pictures that only it uses, too.")
@click.option("--yes", is_flag=True, help="Delete without asking.")
def remove(
    file: str,
    site: Path,
    state: Path,
    base_url: str | None,
    withdraw: str | None,
    date: str | None,
    with_files: bool,
    yes: bool,
) -> None:
    """Take the article FILE back: delete it, or withdraw it with a reason.

    Every address whose page changes is printed on standard output, one a line, for you to purge
    from caches once the next build is published.
    """
    from sitegen.config import load_config
    from sitegen.desk.remove import removal, withdrawal
    from sitegen.desk.whole import Inquiry

    if withdraw is None and date:
        raise click.UsageError("--date is only for --withdraw")
    if withdraw is not None and with_files:
        raise click.UsageError("--with-files is not for --withdraw: the file stays, and needs them")
    config = load_config(site, base_url)
    now = now_in(config)
    with progress(quiet=False) as show:
        folder = site.resolve()
        inquiry = Inquiry(folder, config, (folder / state).resolve(), now, show)
        if withdraw is None:
            found = removal(inquiry, file)
        else:
            moment = instant_in(config, date, "--date") if date else now
            found = withdrawal(inquiry, file, withdraw, moment)
    _tell_before(found, with_files)
    if withdraw is None:
        _confirm(found, yes)
    found.carry_out(with_files=with_files)
    _tell_after(found, with_files)


def _tell_before(found: Removal, with_files: bool) -> None:
    effects = found.effects
    if not effects.readable:
        click.echo(
            f"warning: {found.source.name} has mistakes, so that sitegen does not know its address"
            " and its lists; what is printed below is not all",
            err=True,
        )
    for source in effects.translations:
        click.echo(f"{source} is the same article in another language, and stays", err=True)
    for file in effects.files if found.data is None else ():
        stays = "goes too" if with_files else "stays in the folder; --with-files deletes it"
        click.echo(f"content/{file.name}: only this article uses it; it {stays}", err=True)
    for name in effects.static:
        click.echo(
            f"static/{name}: only this article shows it; it stays published until you delete it",
            err=True,
        )
    if effects.problems:
        click.echo("The next build will stop at these, until you mend them:", err=True)
        show_problems(effects.problems, "error")


def _confirm(found: Removal, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        hint = "add --yes"
        message = f"nobody can be asked whether to delete {found.source.name}"
        raise Misuse(Problem("not-confirmed", message, hint=hint))
    click.confirm(f"Delete {found.source.name}?", abort=True, err=True)


def _tell_after(found: Removal, with_files: bool) -> None:
    name = found.source.name
    if found.data is None:
        for deleted in (name, *(f"content/{f.name}" for f in found.effects.files if with_files)):
            click.echo(f"deleted {deleted}", err=True)
        click.echo("Its pages go with the next build.", err=True)
    else:
        when = f"from {found.since} on" if found.since else "with the next build"
        click.echo(f"{name}: withdrawn; a notice takes its place {when}", err=True)
        click.echo(
            f"Its text still stands in {name}: delete it there if nobody is to read it.", err=True
        )
    for folder in found.holders:
        click.echo(
            f"{folder} holds a page of it: build there again, or delete the folder", err=True
        )
    if found.effects.urls:
        click.echo("Purge these addresses from caches once that build is published:", err=True)
        click.echo("\n".join(found.effects.urls))
    else:
        click.echo("No published page shows anything of it: there is nothing to purge.", err=True)
    click.echo(_BEYOND, err=True)
