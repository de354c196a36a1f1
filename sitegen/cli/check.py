"""`sitegen check`: its options, how it shows what it finds, its exit code."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.advice import Severity
from sitegen.cli.console import progress, say, show_problems
from sitegen.cli.options import SITE, STATE, instant
from sitegen.errors import SitegenError, counted

if TYPE_CHECKING:
    from sitegen.desk.check import Checked

FOUND = 1
_MOST = 20
"""Findings with one code that are shown without --verbose."""


@click.command()
@SITE
@STATE
@click.option("--now", metavar="INSTANT", help="Check as of this instant.  [default: the clock]")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes to work in.  [default: all]")
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@click.option(
    "--against",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="MANIFEST",
    help="Compare with the last deploy, whose build wrote this file: build --manifest.",
)
@click.option("--explain", metavar="CODE", help="Say what a code means, and check nothing.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="How to report.",
)
@click.option("-q", "--quiet", is_flag=True, help="Only errors.")
@click.option("-v", "--verbose", is_flag=True, help="List every finding.")
def check(
    site: Path,
    state: Path,
    now: str | None,
    jobs: int | None,
    strict: bool,
    against: Path | None,
    explain: str | None,
    form: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """Find every mistake in the content, without writing a site.

    All that a build refuses, and what an experienced editor would remark: broken links, pictures
    without a description, tags that are nearly the same, and more.

    \b
    Exit codes: 0 nothing that must be mended; 1 errors, or warnings with --strict;
    2 wrong use; 3 a mistake in sitegen.
    """
    if explain is not None:
        from sitegen.desk.explain import explanation

        click.echo(explanation(explain))
        return
    from sitegen.desk.annotations import as_github, as_json, as_sarif
    from sitegen.desk.check import check as run
    from sitegen.desk.check import refused

    with progress(quiet or form != "text") as show:
        try:
            checked = run(site, state, instant(now), show, jobs=jobs, against=against)
        except SitegenError as error:  # of the settings or the theme: told in the same form
            checked = refused(error)
    if form == "json":
        click.echo(json.dumps(as_json(checked, strict=strict), ensure_ascii=False))
    elif form == "sarif":
        click.echo(json.dumps(as_sarif(checked, site.as_posix()), ensure_ascii=False, indent=1))
    elif form == "github":
        for line in as_github(checked, site.as_posix()):
            click.echo(line)
    else:
        _show(checked, site, quiet, verbose)
    sys.exit(0 if checked.good(strict=strict) else FOUND)


def _show(checked: Checked, site: Path, quiet: bool, verbose: bool) -> None:
    shown: Counter[str] = Counter()
    # The gravest come last: they stand next to the summary when the screen has scrolled.
    for severity in (Severity.ERROR,) if quiet else tuple(Severity)[::-1]:
        for problem in checked.of(severity):
            shown[problem.code] += 1
            if verbose or shown[problem.code] <= _MOST:
                show_problems([problem], severity.value, site)
    for code, number in sorted(shown.items()):
        if not verbose and number > _MOST:
            say(f"and {number - _MOST:,} more of {code}: --verbose lists them")
    if quiet:
        return
    told = [counted(len(found), s.value) for s in Severity if (found := checked.of(s))]
    say(f"{counted(checked.articles, 'article')} checked: {', '.join(told) or 'nothing found'}")
    if told:
        say("sitegen check --explain CODE says more about a code, which stands in brackets")
