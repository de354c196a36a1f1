"""Where the preview listens: the port that was asked for, or the next that is free."""

from __future__ import annotations

import errno
import os
import socket

from sitegen.errors import Misuse, Problem

TRIES = 20
"""Ports that are tried, one after the other."""


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens at an address, on `port` or the next free one; 0: any.

    Raises Misuse where this machine has no such address, or none of the ports is free.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for number in range(port, min(port + TRIES, 65536)):
        # Named as TCP, or asyncio leaves Nagle on: then each answer waits 40 ms for a delayed ACK.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        if os.name == "posix":  # on Windows it would take a port that another program has
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, number))
            listener.listen(128)
        except OSError as error:
            listener.close()
            if error.errno in (errno.EADDRINUSE, errno.EACCES) and number:
                continue
            message = f"cannot listen at {host}: {error.strerror}"
            raise Misuse(Problem("address", message, hint="leave --host out")) from None
        return listener
    message = f"none of the ports {port} to {min(port + TRIES, 65536) - 1} is free"
    raise Misuse(Problem("address", message, hint="name another with --port"))
