"""A channel for SFTP to a server: opened when it is asked for, and again when it was lost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

import asyncssh
from asyncssh import SFTPClient

from sitegen.deploy.login import Login
from sitegen.deploy.target import failed
from sitegen.errors import SitegenError

T = TypeVar("T")

LOST = (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection, asyncssh.ConnectionLost)
"""What is raised when the connection is gone."""
_PAUSES = (1.0, 4.0, 16.0)
"""Seconds before each further try of a connection that fails."""
_FAREWELL = 5
"""Seconds at most to end the connection in good order."""


class Channel:
    """The one channel of the one connection to a server."""

    def __init__(self, login: Login) -> None:
        self._login = login
        self._runner = asyncio.Runner()
        self._connection: asyncssh.SSHClientConnection | None = None
        self._client: SFTPClient | None = None

    def run(self, work: Callable[[SFTPClient], Awaitable[T]]) -> T:
        """Do `work`, again from its beginning where the connection fails.

        Raises SitegenError when it fails four times, or the server does not let us in.
        """
        for pause in _PAUSES:
            try:
                return self._runner.run(self._once(work))
            except (OSError, *LOST):
                time.sleep(pause)  # nothing tells when a connection that failed would hold
        try:
            return self._runner.run(self._once(work))
        except (OSError, *LOST) as error:
            message = f"the server cannot be reached, or is lost: {error or 'it does not answer'}"
            raise SitegenError(failed(message, str(self._login))) from None

    async def _once(self, work: Callable[[SFTPClient], Awaitable[T]]) -> T:
        try:
            if self._connection is None:
                self._connection = await self._login.connected()
            if self._client is None:
                self._client = await self._opened(self._connection)
            return await work(self._client)
        except (OSError, *LOST):
            if self._connection is not None:
                self._connection.abort()
            self._connection = self._client = None
            raise

    async def _opened(self, connection: asyncssh.SSHClientConnection) -> SFTPClient:
        try:
            return await connection.start_sftp_client()
        except LOST:
            raise
        except asyncssh.Error as error:
            message = f"the server offers no SFTP: {error.reason}"
            raise SitegenError(failed(message, str(self._login))) from None

    def close(self, last: Callable[[SFTPClient], Awaitable[None]]) -> None:
        """Do `last` if the connection still holds, whether or not it succeeds, and end it."""
        if self._connection is not None:
            with suppress(asyncssh.Error, OSError):
                self._runner.run(self._leave(self._connection, last))
        self._runner.close()

    async def _leave(
        self,
        connection: asyncssh.SSHClientConnection,
        last: Callable[[SFTPClient], Awaitable[None]],
    ) -> None:
        async with asyncio.timeout(_FAREWELL):
            if self._client is not None:
                with suppress(asyncssh.Error):
                    await last(self._client)
            connection.close()
            await connection.wait_closed()


@contextmanager
def refusals(path: str) -> Iterator[None]:
    """What a server refuses, as a message with its place; a lost connection is none."""
    try:
        yield
    except LOST:
        raise
    except asyncssh.SFTPError as error:
        denied = isinstance(error, asyncssh.SFTPPermissionDenied)
        hint = "give the user of the address the right to write there" if denied else ""
        message = f"the server refuses it: {error.reason}"
        raise SitegenError(failed(message, path, hint)) from None
