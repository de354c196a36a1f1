"""`sitegen build`: its options, its report, its exit code."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection
from itertools import islice
from pathlib import Path

import click

from sitegen.cli.console import progress, show_problems
from sitegen.cli.options import format_option, instant, site_option, state_option
from sitegen.errors import Problem, SitegenError, counted
from sitegen.options import Options
from sitegen.report import Report

DONE, LEFT_OUT = 0, 4
_MOST_LINES = 20
"""Files of a kind that are listed by name without --verbose."""
_MOST_WARNINGS = 40


@click.command()
@site_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Where the pages go, within the site.  [default: public, or preview]",
)
@state_option
@click.option("--base-url", help="Publish under this address instead of the one in sitegen.toml.")
@click.option(
    "--now",
    metavar="INSTANT",
    help="Build as of this instant, such as 2026-11-22T06:00:00Z.  "
    "[default: SOURCE_DATE_EPOCH, or the clock]",
)
@click.option(
    "--jobs", type=click.IntRange(min=1), help="Processes to work in.  [default: all cores]"
)
@click.option(
    "--executor",
    type=click.Choice(["processes", "dask"]),
    default="processes",
    show_default=True,
    help="Where work is done: in processes of this machine, or by a cluster's workers.",
)
@click.option("--scheduler", metavar="ADDRESS", help="With --executor dask: the cluster's.")
@click.option("--clean", is_flag=True, help="Forget the state and render everything.")
@click.option("--verify", is_flag=True, help="Then build from nothing elsewhere and compare.")
@click.option("--explain", is_flag=True, help="Say for each rendered page why.")
@click.option(
    "--if-due",
    is_flag=True,
    help="For timers: build only if an article is due to appear or to go, or the settings or the "
    "theme changed.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@click.option(
    "--keep-going", is_flag=True, help="Publish the good articles; leave out and list the bad."
)
@click.option(
    "--prune",
    is_flag=True,
    help="Delete files in the output that are not sitegen's (never dotfiles).",
)
@click.option(
    "--max-removed",
    type=click.IntRange(min=0),
    metavar="N",
    help="Stop when more published articles than this would go; 0: no limit.  "
    "[default: 20, or the setting]",
)
@click.option(
    "--preview",
    is_flag=True,
    help="Drafts and scheduled articles too, marked, into preview/, for no search engine.",
)
@click.option(
    "--only",
    metavar="FILE",
    help="With --preview: this article's page and its pictures, to hand to somebody.",
)
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write what is published to this file, for a later check --against.",
)
@click.option("--embargoed", is_flag=True, help="With --preview: embargoed articles too.")
@click.option("--profile", is_flag=True, help="Say where the time went, by stage and by template.")
@format_option
@click.option("-q", "--quiet", is_flag=True, help="Only errors.")
@click.option("-v", "--verbose", is_flag=True, help="List every file.")
@click.option("--start-method", type=click.Choice(["fork", "spawn"]), hidden=True)
def build(
    site: Path,
    output: Path | None,
    state: Path,
    base_url: str | None,
    now: str | None,
    jobs: int | None,
    executor: str,
    scheduler: str | None,
    clean: bool,
    verify: bool,
    explain: bool,
    if_due: bool,
    dry_run: bool,
    strict: bool,
    keep_going: bool,
    prune: bool,
    max_removed: int | None,
    preview: bool,
    only: str | None,
    manifest: Path | None,
    embargoed: bool,
    profile: bool,
    form: str,
    quiet: bool,
    verbose: bool,
    start_method: str | None,
) -> None:
    """Make the website: content/ → public/.

    Only pages whose content changed are made again. When an article has a mistake, nothing is
    changed and all mistakes are listed.

    \b
    Exit codes: 0 done; 1 mistakes in the content or the site; 2 wrong use;
    3 a mistake in sitegen; 4 published, but articles were left out (--keep-going).
    """
    if embargoed and not preview:
        raise click.UsageError("--embargoed is only for --preview")
    if only is not None and not preview:
        raise click.UsageError("--only is only for --preview")
    if only is not None and if_due:
        raise click.UsageError("--only makes one page at once, and --if-due waits for many")
    if (executor == "dask") != bool(scheduler):
        raise click.UsageError("--executor dask and --scheduler ADDRESS are only for each other")
    options = Options(
        site=site,
        now=instant(now),
        output=output or Path("preview" if preview else "public"),
        state=state,
        base_url=base_url,
        jobs=jobs,
        scheduler=scheduler or "",
        clean=clean,
        verify=verify,
        dry_run=dry_run,
        strict=strict,
        keep_going=keep_going,
        prune=prune,
        max_removed=max_removed,
        preview=preview,
        embargoed=embargoed,
        only=only or "",
        manifest=manifest is not None,
        profile=profile,
        start_method=start_method,
    )
    report = _timed(options) if if_due else Report()
    silent = quiet or form == "json"
    code = _run(options, report, manifest, silent) if report.due else DONE
    if form == "json":
        click.echo(json.dumps(report.as_json(explain=explain), ensure_ascii=False))
    elif report.due:
        _show(report, code, site, explain, quiet, verbose)
        if only and code == DONE and not (quiet or dry_run):
            click.echo(f"open {site / options.output / 'index.html'}", err=True)
    elif not quiet:
        click.echo(report.summary(), err=True)
    if report.profile is not None and form == "text":
        from sitegen.cli.timings import lines

        click.echo("\n".join(lines(report.profile)), err=True)
    sys.exit(code)


def _timed(options: Options) -> Report:
    """`--if-due`: the whole report when nothing is due, else one that a build fills in."""
    from sitegen.due import look

    return look(options.resolved())


def _run(options: Options, report: Report, manifest: Path | None, quiet: bool) -> int:
    """Build, and say with which exit code that ends."""
    from sitegen.build import build as run

    try:
        with progress(quiet) as show:
            run(options, report, show)
        if manifest is not None and not options.dry_run:
            manifest.write_text(report.manifest + "\n", encoding="utf-8", newline="\n")
    except SitegenError as error:
        report.errors = list(error.problems)
        return error.exit_code
    except OSError as error:
        message = error.strerror or str(error)
        report.errors = [Problem("file-system", message, str(error.filename or ""))]
        return 1
    return LEFT_OUT if report.left_out else DONE


def _show(report: Report, code: int, site: Path, explain: bool, quiet: bool, verbose: bool) -> None:
    if not quiet:
        for remark in report.remarks:
            click.echo(f"note: {remark}", err=True)
        shown = report.warnings if verbose else report.warnings[:_MOST_WARNINGS]
        show_problems(shown, "warning")
        if more := len(report.warnings) - len(shown):
            click.echo(f"and {counted(more, 'more warning')}: --verbose lists them", err=True)
    show_problems(report.errors, "error", site)
    if explain:
        for path, reason in sorted(report.reasons):
            click.echo(f"{path}: {reason}", err=True)
    if code not in (DONE, LEFT_OUT):
        click.echo(_refusal(report.errors), err=True)
        return
    if quiet:
        return
    # The next to appear first: JSON has them in the order of their dates.
    held = sorted(report.held_back, key=lambda held: (held.until is None, held.until or 0))
    _list("held back", [each.line(report.timezone) for each in held], verbose)
    _list("left out", report.left_out, verbose)
    _list("not sitegen's, left alone (--prune deletes it)", report.not_owned, verbose)
    if verbose:
        _list("wrote", report.changed, verbose)
        _list("deleted", report.removed, verbose)
    click.echo(report.summary(), err=True)


def _list(title: str, paths: Collection[str], verbose: bool) -> None:
    for path in paths if verbose else islice(paths, _MOST_LINES):
        click.echo(f"{title}: {path}", err=True)
    if not verbose and len(paths) > _MOST_LINES:
        click.echo(f"{title}: and {len(paths) - _MOST_LINES:,} more", err=True)


_HALFWAY = frozenset({"verify-failed", "file-system", "worker-killed"})
"""What may go wrong when some files are in place already."""


def _refusal(errors: list[Problem]) -> str:
    told = counted(len(errors), "mistake")
    before = not any(error.code in _HALFWAY for error in errors)
    return f"{told}; nothing was changed" if before else told
