"""Options that commands share, and the instants that they take."""

from __future__ import annotations

import os
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sitegen.config import Config


class _Words(click.types.StringParamType):
    """A text that can be written into a file: some terminals send what is no text at all."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(super().convert(value, param, ctx))
        try:
            text.encode()
        except UnicodeEncodeError:
            self.fail("it is not UTF-8; type it anew, or set the terminal to UTF-8", param, ctx)
        return text


WORDS = _Words()

site_option = click.option(
    "-s",
    "--site",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    show_default=True,
    help="The site's folder, with sitegen.toml in it.",
)
state_option = click.option(
    "--state",
    type=click.Path(path_type=Path, file_okay=False),
    default=".sitegen",
    show_default=True,
    help="Where sitegen remembers what it did; safe to delete.",
)
output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default="public",
    show_default=True,
    help="Where the pages are, within the site.",
)
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to report.",
)


def clock() -> int:
    """Seconds since 1970: of SOURCE_DATE_EPOCH, or of this machine."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return int(time.time())
    try:
        return int(epoch)
    except ValueError:
        message = f"SOURCE_DATE_EPOCH must be whole seconds since 1970, not “{epoch}”"
        raise click.UsageError(message) from None


def instant(now: str | None) -> int:
    """What `--now` says, or the clock; seconds since 1970. One without a zone is UTC."""
    if now is None:
        return clock()
    from sitegen.instants import parse_instant, to_seconds, zone

    try:
        return to_seconds(parse_instant(now, zone("UTC")))
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--now") from None


def now_in(config: Config) -> datetime:
    """The clock's minute in the site's zone: people write no seconds."""
    from sitegen.instants import from_seconds, zone

    return from_seconds(clock()).astimezone(zone(config.site.timezone)).replace(second=0)


def instant_in(config: Config, text: str, option: str) -> datetime:
    """What was given to `option`, in the site's zone where it names none."""
    from sitegen.instants import parse_instant, zone

    try:
        return parse_instant(text, zone(config.site.timezone))
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=option) from None
