"""The commands of the command line, as click has them."""

import click

from sitegen.cli import main

_CONTEXT = click.Context(main)
BY_NAME = {
    name: command
    for name in main.list_commands(_CONTEXT)
    if (command := main.get_command(_CONTEXT, name))
}
