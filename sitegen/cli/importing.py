"""`sitegen import`."""

from __future__ import annotations

import gc
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.console import progress
from sitegen.cli.options import format_option, site_option

if TYPE_CHECKING:
    from sitegen.importers.report import Report
    from sitegen.importers.target import Target
    from sitegen.importers.things import Wishes

NAMES = (
    *("wordpress", "ghost", "hugo", "jekyll", "pelican", "zola", "eleventy"),
    *("feed", "html"),
)
"""Formats; a test compares them with those of `importers.formats`, which take time to load."""


@click.command("import")
@click.argument("form_of_source", type=click.Choice(NAMES), metavar="FORMAT")
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@site_option
@click.option(
    "--media",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Where the old site's uploads lie on this machine: what articles show is copied.",
)
@click.option(
    "--address",
    metavar="URL",
    default="",
    help="Where the old site is, if the source does not say.",
)
@click.option(
    "--type",
    "types",
    multiple=True,
    metavar="NAME",
    help="A further kind of record that is to become articles; may be repeated.",
)
@click.option("--timezone", metavar="NAME", help="Of the site, such as Europe/London.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only so many articles.")
@click.option("--dry-run", "dry", is_flag=True, help="Write nothing; only report.")
@format_option
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what is wrong.")
def import_(
    form_of_source: str,
    source: Path,
    site: Path,
    media: Path | None,
    address: str,
    types: tuple[str, ...],
    timezone: str | None,
    limit: int | None,
    dry: bool,
    form: str,
    quiet: bool,
) -> None:
    """Bring the archive of another system: write its articles into content/.

    SOURCE is an export of it, or its folder. What could not be carried over is in
    import-report.md. Run it again with a newer export: files that you have edited stay as they are.
    """
    from sitegen.importers import Task, run
    from sitegen.importers.formats import open_source
    from sitegen.importers.target import Target

    target = Target(site, _zone(timezone))
    wishes = replace(_wishes(target, timezone), media=media, types=types, address=address)
    importer = open_source(form_of_source, source, wishes)
    gc.enable()  # a page of HTML is a tree whose parts know each other: nothing else frees one
    task = Task(form_of_source, source, site, limit or 0, dry)
    with progress(quiet) as show:
        report = run(task, importer, target, show)
    if form == "json":
        for piece in report.json():
            click.echo(piece, nl=False)
    elif not quiet:
        _tell(report)


def _zone(timezone: str | None) -> str:
    from sitegen.instants import zone

    try:
        zone(timezone or "UTC")
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--timezone") from None
    return timezone or ""


def _wishes(target: Target, timezone: str | None) -> Wishes:
    """What the site asks for."""
    from sitegen.importers.things import Wishes

    config = target.config
    if config is not None:
        if timezone not in (None, config.site.timezone):
            message = f"your sitegen.toml says {config.site.timezone}: change it there"
            raise click.UsageError(message)
        return Wishes(
            config.site.timezone,
            config.site.language,
            tuple(config.languages),
            config.urls.slugs == "ascii",
            config.site.base_url,
            {name: getattr(config.urls, name) for name in ("section", "tag", "author")},
            {name: found.url or f"/{name}/{{slug}}/" for name, found in config.taxonomies.items()},
            media_url=config.images.base_url,
            settings_hold=target.is_ours,
        )
    return Wishes(timezone or "UTC", new_site=True, settings_hold=True)


def _tell(report: Report) -> None:
    for line in report.lines():
        click.echo(line, err=True)
    if report.task.dry:
        click.echo("Nothing was written.", err=True)
        return
    click.echo(f"The report is in {report.task.site / 'import-report.md'}", err=True)
