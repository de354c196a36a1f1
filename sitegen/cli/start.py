"""`sitegen init` and `sitegen new`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def init(folder: Path) -> None:
    """Make a new site in DIR that builds at once."""
    from sitegen.desk.start import new_site

    for path in new_site(folder, datetime.now(UTC)):
        click.echo(f"wrote {path}", err=True)
    click.echo(f"now run: sitegen build -s {folder}", err=True)


@click.command()
@click.argument("headline")
@click.option(
    "-s",
    "--site",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    show_default=True,
    help="The site's folder.",
)
def new(headline: str, site: Path) -> None:
    """Write the file of a new article, a draft called HEADLINE."""
    from sitegen.config import load_config
    from sitegen.desk.start import new_article
    from sitegen.instants import zone

    config = load_config(site)
    path = new_article(site, config, headline, datetime.now(zone(config.site.timezone)))
    click.echo(f"wrote {path}", err=True)
