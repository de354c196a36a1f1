"""Options that several commands have, and the instant that `--now` names."""

from __future__ import annotations

import os
import time
from pathlib import Path

import click

from sitegen.instants import parse_instant, to_seconds, zone

SITE = click.option(
    "-s",
    "--site",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    show_default=True,
    help="The site's folder, with sitegen.toml in it.",
)
STATE = click.option(
    "--state",
    type=click.Path(path_type=Path, file_okay=False),
    default=".sitegen",
    show_default=True,
    help="Where sitegen remembers what it did; safe to delete.",
)


def instant(now: str | None) -> int:
    """What `--now` says, or SOURCE_DATE_EPOCH, or the clock; seconds since 1970.

    Raises click's errors for what is no instant.
    """
    if now is not None:
        try:
            return to_seconds(parse_instant(now, zone("UTC")))
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--now") from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return int(time.time())
    try:
        return int(epoch)
    except ValueError:
        message = f"SOURCE_DATE_EPOCH must be whole seconds since 1970, not “{epoch}”"
        raise click.UsageError(message) from None
