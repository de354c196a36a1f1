"""`sitegen serve`: look at the site while it is being written."""

from __future__ import annotations

import ipaddress
import signal
import socket
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import click

from sitegen.cli.console import say
from sitegen.cli.options import instant, site_option, state_option
from sitegen.errors import Misuse, Problem, SitegenError

LOCAL = ("localhost", "127.0.0.1", "::1")
"""Names of this machine by which nobody else can reach it."""


@click.command()
@site_option
@state_option
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Listen at this address; 0.0.0.0 is for everybody in your network.",
)
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Listen on this port, or the next that is free; 0: any.",
)
@click.option(
    "--allow-host",
    "names",
    multiple=True,
    callback=lambda ctx, param, names: _names(names),
    metavar="NAME",
    help="Answer requests to this name, too.",
)
@click.option("--base-url", help="Show the site as if it were published at this address.")
@click.option(
    "--drafts", is_flag=True, help="Show drafts, scheduled and embargoed articles too, marked."
)
@click.option(
    "--now", metavar="INSTANT", help="Show the site as of this instant.  [default: the clock]"
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="Processes that read the archive.  [default: all cores]",
)
@click.option("--open", "opens", is_flag=True, help="Open the site in your browser.")
@click.option("-q", "--quiet", is_flag=True, help="Print mistakes only.")
def serve(
    site: Path,
    state: Path,
    host: str,
    port: int,
    names: tuple[str, ...],
    base_url: str | None,
    drafts: bool,
    now: str | None,
    jobs: int | None,
    opens: bool,
    quiet: bool,
) -> None:
    """Show the site in a browser while you write; what you save is there at once.

    Pages are made when they are asked for, with the same bytes as build makes. Nothing is
    published. Stop it with Ctrl-C.
    """
    # Whoever stops it, and however early, it ends well.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        from sitegen.folders import folders_of
        from sitegen.serve import serve as run
        from sitegen.serve.preview import Asked
        from sitegen.serve.sockets import listening

        where = folders_of(site, Path("public"), state, preview=base_url is not None)
        _check(where.site, base_url)
        moment = None if now is None else instant(now)
        listener = listening(host, port)
        address = f"http://{_shown(host)}:{listener.getsockname()[1]}/"
        if not quiet:
            if port and listener.getsockname()[1] != port:
                say(f"port {port} is taken")
            say("the site is at ", "", address, "bold", "; Ctrl-C stops it")
        if opens:
            click.launch(address)
        asked = Asked(where.site, where.state, base_url, drafts, moment, jobs)
        run(asked, listener, _hosts(host, names), _tell)


def _names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names to be answered, where they are names."""
    for name in names:
        if "*" in name or "/" in name or not name:
            raise click.BadParameter(f"“{name}” is no name of a host, such as desk.example")
    return names


def _check(site: Path, base_url: str | None) -> None:
    """Raise SitegenError where nobody could make the folder a site by mending a file of it.

    All other mistakes are shown in the browser, until they are mended.
    """
    from sitegen.config import load_config

    try:
        load_config(site, base_url)
    except Misuse:
        raise
    except SitegenError as error:
        if error.problems[0].code == "config-missing" and not (site / "content").is_dir():
            raise


def _shown(host: str) -> str:
    """An address as it stands in a URL: one of this machine where it stands for all."""
    if host in ("0.0.0.0", "::"):
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _hosts(host: str, names: Sequence[str]) -> list[str]:
    """The names in requests that are answered."""
    found = [*LOCAL, host, *names]
    with suppress(ValueError):
        if ipaddress.ip_address(host).is_unspecified:
            found += [socket.gethostname(), *_addresses()]
    # Addresses of IPv6 stand in brackets there (RFC 3986, 3.2.2).
    return [f"[{name}]" if ":" in name else name for name in found]


def _addresses() -> list[str]:
    """The addresses that this machine has in its networks."""
    with suppress(OSError):
        return [str(each[4][0]) for each in socket.getaddrinfo(socket.gethostname(), None)]
    return []


def _tell(problems: Sequence[Problem]) -> None:
    """One line for each mistake; and one once there is none any more."""
    for problem in problems:
        where = ": ".join(part for part in (problem.place(), problem.field) if part)
        say("error: ", "bold red", f"{where}: " if where else "", "bold", problem.message)
    if not problems:
        say("no mistakes any more", "green")
