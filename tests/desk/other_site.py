"""Another site, on this machine: a real server that answers as it is told, and keeps a log."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Reply(NamedTuple):
    """What the site answers; status 0 breaks the connection off."""

    status: int = 200
    headers: Mapping[str, str] = {}
    seconds: float = 0.0
    """How long it takes."""


class Meeting:
    """How many requests were under way at the same time, at most."""

    def __init__(self) -> None:
        self.most = 0
        self._now = 0
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._now -= 1


class OtherSite(ThreadingHTTPServer):
    """Answers each path with its replies, one after the other, and then with the last again."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies: dict[str, Sequence[Reply]] = {}
        self.refuses_head = False
        self.log: list[str] = []
        """`HEAD /path` of each request, in the order of arrival."""
        self.agents: set[str] = set()
        self.here, self.meeting = Meeting(), Meeting()
        """Of this site alone, and of all that share one."""
        self.stop = threading.Event()
        self._asked: defaultdict[str, int] = defaultdict(int)
        self._lock = threading.Lock()

    def at(self, path: str) -> str:
        """The whole address of a path."""
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def asked(self, path: str) -> list[str]:
        """The methods with which a path was asked for."""
        return [line.split()[0] for line in self.log if line.split()[1] == path]

    def handle_error(self, request: object, client_address: object) -> None:
        """Who asks may go away at any time."""

    @contextmanager
    def request(self, method: str, path: str) -> Iterator[Reply]:
        """Count one request in and out again."""
        with self._lock:
            self.log.append(f"{method} {path}")
            replies = self.replies.get(path, [Reply()])
            reply = replies[min(self._asked[path], len(replies) - 1)]
            if method == "HEAD" and self.refuses_head:
                reply = Reply(405)
            else:
                self._asked[path] += 1
        with self.here, self.meeting:
            yield reply


class _Handler(BaseHTTPRequestHandler):
    server: OtherSite

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()
        with suppress(OSError, ValueError):  # the asker has what it wanted
            self.wfile.write(b"x" * 1000)

    def _answer(self) -> None:
        self.server.agents.add(self.headers["User-Agent"])
        with self.server.request(self.command, self.path) as reply:
            self.server.stop.wait(reply.seconds)
        # From here on it may be answered, and so the next request may come in.
        if not reply.status:
            self.close_connection = True
            self.connection.close()
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Not on the terminal."""


@contextmanager
def other_site() -> Iterator[OtherSite]:
    """A running site."""
    with OtherSite() as site:
        thread = threading.Thread(target=site.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield site
        finally:
            site.stop.set()
            site.shutdown()
            thread.join()
