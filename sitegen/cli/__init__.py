"""The command line: the only part that prints, and the only one that exits."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from contextlib import suppress
from typing import NoReturn

import click

from sitegen import __version__
from sitegen.cli.build import build
from sitegen.cli.check import check
from sitegen.cli.console import show_problems
from sitegen.cli.deploy import deploy
from sitegen.cli.diff import diff
from sitegen.cli.importing import import_
from sitegen.cli.publish import correct, publish
from sitegen.cli.remove import remove
from sitegen.cli.schema import schema
from sitegen.cli.serve import serve
from sitegen.cli.start import init, new
from sitegen.cli.why import why
from sitegen.errors import SitegenError

INTERNAL = 3
INTERRUPTED = 130
"""128 + SIGINT, as shells count it."""


class _Group(click.Group):
    """Turns what commands raise into messages and exit codes; nothing else does."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except SitegenError as error:
            show_problems(error.problems, "error")
            sys.exit(error.exit_code)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            command = ctx.invoked_subcommand or ""
            what = command if command in ("deploy", "import") else "build"
            click.echo(f"stopped; the next {what} goes on from here", err=True)
            sys.exit(INTERRUPTED)
        except OSError as error:
            place = f" ({error.filename})" if error.filename else ""
            click.echo(f"error: {error.strerror or error}{place}", err=True)
            sys.exit(1)
        except Exception:  # whatever else comes is our mistake, and must say so
            traceback.print_exc()
            click.echo(
                "This is a mistake in sitegen. Please report it with the lines above.", err=True
            )
            sys.exit(INTERNAL)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sitegen")
def main() -> None:
    """Turn a folder of Markdown articles into the static website of a news archive.

    \b
    A first site:
      sitegen init my-paper
      sitegen serve -s my-paper
      sitegen build -s my-paper
    """


main.add_command(init)
main.add_command(new)
main.add_command(build)
main.add_command(serve)
main.add_command(check)
main.add_command(publish)
main.add_command(correct)
main.add_command(remove)
main.add_command(why)
main.add_command(schema)
main.add_command(diff)
main.add_command(deploy)
main.add_command(import_)


def run() -> NoReturn:
    """The command in a process of its own, which the system frees faster than Python does.

    To free a site's objects one by one took a tenth of a build with nothing to do.
    """
    gc.disable()  # until a build says how often: modules are a quarter faster to load without
    code: object = 0
    try:
        main()
    except SystemExit as end:
        code = end.code
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # nobody reads it any more
            if stream is not None:
                stream.flush()
    os._exit(code if isinstance(code, int) else INTERNAL)
