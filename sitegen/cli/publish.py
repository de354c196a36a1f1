"""`sitegen publish` and `sitegen correct`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.options import WORDS, instant_in, now_in, site_option

if TYPE_CHECKING:
    from sitegen.desk.publish import Published


@click.command()
@click.argument("file", type=WORDS)
@site_option
@click.option("--date", metavar="INSTANT", help="Give it this date, such as 2026-11-22 06:30.")
@click.option("--keep-date", is_flag=True, help="Leave its date as it is.")
def publish(file: str, site: Path, date: str | None, keep_date: bool) -> None:
    """Make the draft FILE an article that readers can see, from now on.

    What made it a draft is taken away and its date set; everything else in the file stays. The
    next build publishes it.
    """
    from sitegen.config import load_config
    from sitegen.desk.publish import publish as run

    if date and keep_date:
        raise click.UsageError("--date and --keep-date cannot both be meant")
    config = load_config(site)
    now = now_in(config)
    moment = instant_in(config, date, "--date") if date else now
    _tell(run(site, config, file, None if keep_date else moment, now))


def _tell(done: Published) -> None:
    for removed in done.removed:
        click.echo(f"{done.source}: removed “{removed}”", err=True)
    if done.date:
        other = done.date_before not in ("", done.date)
        before = f" (it was {done.date_before})" if other else ""
        click.echo(f"{done.source}: the date is {done.date} now{before}", err=True)
    then = "With the next build"
    if done.move_to:
        place = "It lies among the drafts, and is not published until you move it"
        click.echo(f"{place}: to {done.move_to}", err=True)
        then = "Once it is there,"
    click.echo(f"{then} {done.visible.sentence()}", err=True)


@click.command()
@click.argument("file", type=WORDS)
@click.argument("text", type=WORDS)
@site_option
@click.option("--minor", is_flag=True, help="A slip that changes nothing in substance.")
@click.option("--date", metavar="INSTANT", help="When it was put right.  [default: now]")
def correct(file: str, text: str, site: Path, minor: bool, date: str | None) -> None:
    """Tell readers of the article FILE what was wrong in it: TEXT, with its date.

    Put the words themselves right in the file's text. Everything else in the file stays.
    """
    from sitegen.config import load_config
    from sitegen.desk.correct import correct as run

    config = load_config(site)
    now = now_in(config)
    moment = instant_in(config, date, "--date") if date else now
    done = run(site, config, file, text, moment, now, minor=minor)
    click.echo(f"{done.source}: added a correction of {done.date}", err=True)
    click.echo(f"With the next build {done.visible.sentence()}", err=True)
    click.echo("The correction stands at the foot of the article", err=True, nl=False)
    click.echo("" if minor else ", and its date at the top", err=True, nl=False)
    click.echo(f"; and in the log of corrections: {done.log}" if done.log else ".", err=True)
