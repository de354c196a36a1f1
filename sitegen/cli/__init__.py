"""The command line: the only part that prints, and the only one that exits."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

import click

from sitegen import __version__
from sitegen.cli.console import show_problems
from sitegen.errors import SitegenError

INTERNAL = 3
INTERRUPTED = 130
"""128 + SIGINT, as shells count it."""


_COMMANDS = {
    "build": "build",
    "check": "check",
    "correct": "publish",
    "deploy": "deploy",
    "diff": "diff",
    "import": "importing",
    "init": "start",
    "new": "start",
    "publish": "publish",
    "remove": "remove",
    "schema": "schema",
    "serve": "serve",
    "why": "why",
}
"""Each command, and the module that has it: it is loaded when the command is wanted."""


class _Group(click.Group):
    """Turns what commands raise into messages and exit codes; nothing else does."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"sitegen.cli.{_COMMANDS[cmd_name]}")
        named = "import_" if cmd_name == "import" else cmd_name  # a word of Python's own
        command: click.Command = getattr(module, named)
        return command

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
            import traceback  # 7 ms that nobody else waits for

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
