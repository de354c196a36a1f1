"""`sitegen serve` as a process of its own: asked over HTTP, listened to, and stopped."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from threading import Condition, Thread
from typing import Any
from urllib.parse import quote

from tests.servers.client import Answer, Client
from tests.site_test import NOW

PATIENCE = 60.0
"""Seconds that a busy machine gets for what takes a moment."""
BROWSER = {"Accept": "text/html", "Sec-Fetch-Dest": "document"}
"""What makes an answer one for a reader: the script of the preview is in it."""

Told = Mapping[str, Any]
"""What a page that is looked at was told: see sitegen/serve/live.py."""


class Server:
    """A server of the preview, as of NOW unless `now` is another instant or empty: the clock."""

    def __init__(
        self,
        site: Path,
        *args: str,
        port: int = 0,
        now: str = NOW,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        when = ("--now", now) if now else ()
        command = ("serve", "-s", str(site), "--port", str(port), *when, *args)
        self.lines: list[str] = []
        """What it has said so far."""
        self._said = Condition()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sitegen", *command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env={**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})},
            start_new_session=True,
        )
        self._reader = Thread(target=self._listen, daemon=True)
        self._reader.start()

    # What it says.

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            with self._said:
                self.lines.append(line.rstrip("\n"))
                self._said.notify_all()
        with self._said:
            self._said.notify_all()

    def line(self, words: str, *, after: int = 0) -> str:
        """The first line with these `words`, of those said `after` so many; waits for it."""

        def found() -> str | None:
            return next((line for line in self.lines[after:] if words in line), None)

        with self._said:
            self._said.wait_for(lambda: found() or not self._reader.is_alive(), PATIENCE)
        line = found()
        assert line is not None, (words, self.lines)
        return line

    @property
    def address(self) -> str:
        """Where it is, such as `http://127.0.0.1:40123/`; waits until it is known."""
        found = re.search(r"http://\S+/", self.line("the site is at "))
        assert found
        return found.group()

    @property
    def port(self) -> int:
        return int(self.address.rstrip("/").rpartition(":")[2])

    # What it answers.

    def get(self, path: str, **headers: str) -> Answer:
        """The answer to one address, to a program: the bytes of a build. `_` stands for `-`."""
        return Client(self.port).get(path, **headers)

    def read(self, path: str) -> str:
        """The page at an address, as a browser gets it."""
        headers = {name.replace("-", "_"): value for name, value in BROWSER.items()}
        return self.get(path, **headers).body.decode()

    def raw(self, request: bytes) -> bytes:
        """All that is answered to these very bytes, until the server hangs up."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as connection:
            connection.sendall(request)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    # What it tells pages that are looked at.

    def events(self, path: str = "/") -> Iterator[Told]:
        """What somebody who looks at a page is told, from now on; closing it goes away."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", f"/_sitegen/events?path={quote(path, safe='')}")
            for line in connection.getresponse():
                if line.startswith(b"data: "):
                    yield json.loads(line.removeprefix(b"data: "))
        finally:
            connection.close()

    def until(self, condition: Callable[[Told], object], path: str = "/") -> Told:
        """What somebody who looks at a page is told once it fulfils a condition; waits for it."""
        told: Told = {}
        for told in self.events(path):
            if condition(told):
                return told
        raise AssertionError(f"the stream ended; the last was {told}; said: {self.lines}")

    def whole(self) -> Server:
        """Wait until all articles are read."""
        self.until(lambda told: told["progress"] is None)
        return self

    # How it ends.

    def stop(self, how: int = signal.SIGINT) -> int:
        """End it as Ctrl-C does, or by another signal; its exit code."""
        self.process.send_signal(how)
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return code

    def kill(self) -> None:
        """End it and whatever it has started, if they are still there."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._reader.join(PATIENCE)
        assert self.process.stdout
        self.process.stdout.close()
