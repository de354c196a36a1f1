"""`sitegen deploy`: its options, its report, its exit code."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.console import progress, show_problems
from sitegen.cli.options import format_option, output_option, site_option, state_option
from sitegen.errors import Problem, SitegenError

if TYPE_CHECKING:
    from sitegen.deploy import Options
    from sitegen.deploy.report import Deployed

_MOST = 20
"""Files that are listed by name without --verbose."""


@click.command()
@click.argument("target")
@site_option
@output_option
@state_option
@click.option("--endpoint-url", default="", help="For s3://: the address of storage of others.")
@click.option(
    "--threads",
    type=click.IntRange(1, 64),
    default=8,
    show_default=True,
    help="Files that are sent at a time.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be sent and deleted, and do nothing.")
@click.option("--take-over", is_flag=True, help="Go on although another site was deployed there.")
@format_option
@click.option("-q", "--quiet", is_flag=True, help="Only errors.")
@click.option("-v", "--verbose", is_flag=True, help="List every file.")
def deploy(
    target: str,
    site: Path,
    output: Path,
    state: Path,
    endpoint_url: str,
    threads: int,
    dry_run: bool,
    take_over: bool,
    form: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """Send what changed in the output to TARGET, where readers get it.

    TARGET is a folder, s3://bucket/folder, sftp://user@host/folder, user@host:folder or
    rsync://host/module/folder. Files that pages need go first, then articles, lists, home and
    feeds; deletions come last. A deploy that was stopped is ended by the next one.

    \b
    Exit codes: 0 done; 1 the output is no finished build's, or the target refuses;
    2 wrong use; 3 a mistake in sitegen.
    """
    from sitegen.deploy import Options
    from sitegen.deploy.report import Deployed
    from sitegen.deploy.target import Access
    from sitegen.folders import folders_of

    folders = folders_of(site, output, state)
    options = Options(folders, target, Access(endpoint_url, threads), dry_run, take_over)
    report = Deployed(target)
    code = _run(options, report, quiet or form == "json")
    if form == "json":
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        _show(report, quiet, verbose)
    sys.exit(code)


def _run(options: Options, report: Deployed, quiet: bool) -> int:
    from sitegen.deploy import deploy as run

    try:
        with progress(quiet) as show:
            run(options, report, show)
    except SitegenError as error:
        report.errors = list(error.problems)
        return error.exit_code
    except OSError as error:
        message = error.strerror or str(error)
        report.errors = [Problem("file-system", message, str(error.filename or ""))]
        return 1
    return 0


def _show(report: Deployed, quiet: bool, verbose: bool) -> None:
    if not quiet:
        for remark in report.remarks:
            click.echo(f"note: {remark}", err=True)
        gone = "would delete" if report.dry_run else "deleted"
        sent = "would send" if report.dry_run else "sent"
        for title, paths in ((sent, report.sent), (gone, report.deleted)):
            shown = paths if verbose else paths[:_MOST] if report.dry_run else []
            for path in shown:
                click.echo(f"{title}: {path}", err=True)
            if report.dry_run and len(paths) > len(shown):
                click.echo(f"{title}: and {len(paths) - len(shown):,} more", err=True)
    show_problems(report.errors, "error")
    if not quiet and not (report.errors and not report.sent):
        click.echo(report.summary(), err=True)
