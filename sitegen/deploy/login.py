"""The way to a server by ssh: who we are, and whether it is the server that we mean.

Both go by what ssh itself keeps: `~/.ssh/config`, keys, the agent, `known_hosts`. A server that is
not known is never asked for anything, whatever the settings say.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncssh

from sitegen.deploy.target import failed
from sitegen.errors import Problem, SitegenError

PASSWORD = "SITEGEN_SFTP_PASSWORD"
"""The variable with the password, for servers that take no key. In no setting and no address:
these are kept and shown."""
_PATIENCE = 30
"""Seconds for a connection, and as many again for the login."""
_ALIVE = 15
"""Seconds of silence after which the server is asked whether it is still there; three times."""
_SSH_PORT = 22
_KNOWN_HOSTS = ("~/.ssh/known_hosts", "/etc/ssh/ssh_known_hosts")
"""Where keys of servers are, unless ssh's settings say otherwise (ssh_config(5))."""


@dataclass(frozen=True, slots=True)
class Login:
    """A server, and a name there. What is empty is what `~/.ssh/config` says, as with ssh."""

    host: str
    user: str = ""
    port: int | None = None

    def __str__(self) -> str:
        user = f"{self.user}@" if self.user else ""
        return f"sftp://{user}{self.host}{f':{self.port}' if self.port else ''}"

    @property
    def _given(self) -> dict[str, Any]:
        given: dict[str, Any] = {
            "connect_timeout": _PATIENCE,
            "login_timeout": _PATIENCE,
            "keepalive_interval": _ALIVE,
        }
        if self.port:
            given["port"] = self.port
        if self.user:
            given["username"] = self.user
        if password := os.environ.get(PASSWORD):
            given["password"] = password
        return given

    async def connected(self) -> asyncssh.SSHClientConnection:
        """A connection to the server, once it has shown a key that is known.

        Raises SitegenError where another try would end in the same way, and OSError or
        asyncssh.ConnectionLost where it may not.
        """
        try:
            options: Any = await asyncssh.SSHClientConnectionOptions.construct(
                host=self.host, config=(), **self._given
            )
            if options.known_hosts is None:  # UserKnownHostsFile none: asyncssh asks no more then
                raise SitegenError(self._unchecked())
            known = _known_hosts(options.known_hosts)
        except (OSError, ValueError, asyncssh.Error) as error:
            raise SitegenError(self._unreadable(error)) from None
        try:
            return await asyncssh.connect(self.host, known_hosts=known, **self._given)
        except asyncssh.HostKeyNotVerifiable:
            raise SitegenError(self._stranger(options, known)) from None
        except asyncssh.PermissionDenied:
            raise SitegenError(self._refused(options.username)) from None
        except (FileNotFoundError, PermissionError, ValueError) as error:
            raise SitegenError(self._unreadable(error)) from None
        except asyncssh.ConnectionLost:
            raise
        except asyncssh.Error as error:
            message = f"the server and sitegen find no way to talk: {error.reason}"
            raise SitegenError(failed(message, str(self))) from None

    def _stranger(self, options: Any, known: list[str] | bytes) -> Problem:
        """That the server's key is not the one that is known, or that none is."""
        name = options.host_key_alias or options.host or self.host
        port = options.port or _SSH_PORT
        if _is_known(known, name, port):
            message = "the server shows another key than the one in known_hosts: somebody may stand"
            hint = (
                "ask whoever runs the server whether its key is a new one; if so, ssh-keygen -R "
                f"{_named(name, port)} forgets the old one"
            )
            return failed(f"{message} between you and it", str(self), hint)
        asked = f"-p {port} {name}" if port != _SSH_PORT else name
        hint = (
            f"ssh-keyscan {asked} >> ~/.ssh/known_hosts, once, and compare the key with what the "
            "host tells of it; for CI keep that line among the secrets: docs/hosting.md"
        )
        return failed("the server's key is not known, so that it may be anybody", str(self), hint)

    def _refused(self, user: str) -> Problem:
        hint = (
            "ssh-add the key, name it as IdentityFile in ~/.ssh/config, or put it into "
            f"~/.ssh/id_ed25519; for a password there is the variable {PASSWORD}"
        )
        return failed(f"the server takes no key or password of “{user}”", str(self), hint)

    def _unchecked(self) -> Problem:
        hint = "take the line UserKnownHostsFile none out of ~/.ssh/config"
        message = "ssh's settings leave the server's key unchecked: nothing is sent then"
        return failed(message, str(self), hint)

    def _unreadable(self, error: Exception) -> Problem:
        hint = "look at ~/.ssh/config, and at the keys and files that it names"
        return failed(f"ssh's settings or keys cannot be used: {error}", str(self), hint)


def _known_hosts(named: list[str]) -> list[str] | bytes:
    """The files of known keys that are there, as ssh passes over those that are not."""
    places = [Path(name).expanduser() for name in named or _KNOWN_HOSTS]
    return [str(place) for place in places if place.is_file()] or b""


def _is_known(known: list[str] | bytes, name: str, port: int) -> bool:
    """Whether a key of the server is known at all."""
    found = asyncssh.match_known_hosts(known, name, "", port if port != _SSH_PORT else None)
    return any(found[:2])


def _named(name: str, port: int) -> str:
    """A server as known_hosts names it (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT)."""
    return name if port == _SSH_PORT else f"'[{name}]:{port}'"
