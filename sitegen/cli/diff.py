"""`sitegen diff`: what one deploy has that another had not, and what caches must forget."""

from __future__ import annotations

import json
from pathlib import Path

import click

from sitegen.cli.options import format_option


@click.command()
@click.argument("old", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("new", type=click.Path(path_type=Path, dir_okay=False))
@format_option
def diff(old: Path, new: Path, form: str) -> None:
    """Compare two manifests of build --manifest: OLD and NEW.

    Lists the files that are new (+), changed (~) and gone (-), and the addresses that a cache must
    forget, one a line, on standard output.

    \b
    Exit codes: 0 compared, whether or not there is a difference; 1 one of them is no manifest;
    2 wrong use; 3 a mistake in sitegen.
    """
    from sitegen.deploy.difference import difference

    found = difference(old, new)
    if form == "json":
        click.echo(json.dumps(found.as_json(), ensure_ascii=False))
        return
    for sign, paths in (("+", found.added), ("~", found.changed), ("-", found.removed)):
        for path in paths:
            click.echo(f"{sign} {path}")
    for address in found.purge:
        click.echo(f"purge {address}")
    told = f"{len(found.added):,} new, {len(found.changed):,} changed, {len(found.removed):,} gone"
    click.echo(f"{told}; {len(found.purge):,} to purge", err=True)
