"""`sitegen why`: which page comes from which facts; what would change it; why it was made."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.console import progress, say, show_problems
from sitegen.cli.options import (
    format_option,
    instant,
    output_option,
    site_option,
    state_option,
)
from sitegen.errors import counted

if TYPE_CHECKING:
    from sitegen.desk.answer import Answer, Made, Shown

UNKNOWN = 1
_MOST = 5
"""Names of a kind that are listed without --verbose."""


@click.command()
@click.argument("asked", metavar="URL-OR-FILE")
@site_option
@output_option
@state_option
@click.option("--base-url", help="The address that the site was built for with build --base-url.")
@click.option("--now", metavar="INSTANT", help="Answer as of this instant.  [default: the clock]")
@format_option
@click.option("-v", "--verbose", is_flag=True, help="List every name.")
def why(
    asked: str,
    site: Path,
    output: Path,
    state: Path,
    base_url: str | None,
    now: str | None,
    form: str,
    verbose: bool,
) -> None:
    """Say what a page is made of, what changes it, and why it was made.

    Of a file: which pages come from it, and where it shows. Of an article that is not published:
    why not, and until when. Nothing but the index is brought up to date.

    \b
    Exit codes: 0 there is an answer; 1 there is no such address or file;
    2 wrong use; 3 a mistake in sitegen.
    """
    from sitegen.desk.why import why as ask
    from sitegen.folders import folders_of

    where = folders_of(site, output, state)
    with progress(form == "json") as show:
        answer = ask(asked, where, instant(now), base_url, show)
    if form == "json":
        click.echo(json.dumps(answer.as_json(), ensure_ascii=False))
    else:
        _show(answer, site, None if verbose else _MOST)
    sys.exit(UNKNOWN if answer.kind == "nothing" else 0)


def _show(answer: Answer, site: Path, most: int | None) -> None:
    for sentence in answer.told:
        say(sentence)
    show_problems(answer.problems, "error", site)
    if answer.near and answer.kind == "nothing":
        say(f"Did you mean {' or '.join(answer.near)}?")
    for made in answer.pages:
        say("")
        say(made.path, "bold")
        _show_made(made, answer.timezone, most)
    if answer.shown_on:
        pages = counted(len(answer.shown_on), "other page" if answer.pages else "page")
        say("")
        say(f"It shows on {pages}: {_some(answer.shown_on, most)}")


def _show_made(made: Made, timezone: str, most: int | None) -> None:
    from sitegen.instants import shown

    for title, lines in (
        ("shows", [_part(part, most) for part in made.shows]),
        ("template", [made.template] if made.template else []),
        ("changed by", made.changes),
        ("now", [f"the next build makes it: {made.reason}" if made.reason else "up to date"]),
        ("last made", [f"because: {made.last_reason}"] if made.last_reason else []),
        ("written", [shown(made.last_written, timezone)] if made.last_written else []),
    ):
        for number, line in enumerate(lines):
            say(f"  {'' if number else title:<11}", "dim", line)


def _part(part: Shown, most: int | None) -> str:
    return f"{part.what}: {_some(part.of, most)}" if part.of else part.what


def _some(names: Iterable[str], most: int | None) -> str:
    """“A, B and 7 more”."""
    listed = list(names)
    shown = listed if most is None or len(listed) <= most + 1 else listed[:most]
    more = len(listed) - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more else "")
