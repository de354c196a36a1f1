"""A command on a terminal of its own, with somebody who answers its questions."""

from __future__ import annotations

import os
import pty
import select
import sys
import time
from collections.abc import Sequence

PATIENCE = 60


def on_a_terminal(command: Sequence[str], answers: Sequence[str]) -> tuple[int, str]:
    """`sitegen` with `command`, each answer typed when it waits: its exit code and its screen."""
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-m", "sitegen", *command])
    screen, left = b"", list(answers)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        waits = screen.rstrip(b" ").endswith(b":") and not screen.endswith(b"\n")
        if waits and left and not select.select([terminal], [], [], 0.2)[0]:
            os.write(terminal, left.pop(0).encode() + b"\n")
        try:
            data = os.read(terminal, 4096)
        except OSError:  # it has ended, and the terminal is closed
            break
        screen += data
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), screen.decode().replace("\r\n", "\n")
