"""A server that speaks Amazon's S3 over HTTP on this machine, by moto; a process of its own.

It prints its port, then a line of JSON for each request that it answered. On standard input it
takes `hold N`: requests that write wait from the N-th on, and once all others are answered it says
"held"; `go`: those that waited are refused, and later ones are not; and `mark`. It repeats each
command when it is done.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

Start = Callable[..., Any]
_WRITES = ("PUT", "DELETE")


class _Watched:
    """An application of WSGI that tells of every request, and can hold them up."""

    def __init__(self, app: Callable[[Any, Any], Iterable[bytes]]) -> None:
        self._app = app
        self._left: int | None = None
        self._at_work = 0
        self._changed = threading.Condition()

    def command(self, line: str) -> None:
        """Do what a line of standard input says."""
        with self._changed:
            word, _, number = line.strip().partition(" ")
            if word == "hold":
                self._left = int(number)
            elif word == "go":
                self._left = None
                self._changed.notify_all()
            _say(word)

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] in _WRITES and self._is_held():
            start("503 Service Unavailable", [("Content-Length", "0")])
            return [b""]
        said: list[str] = []

        def started(status: str, headers: Any, *more: Any) -> Any:
            said.append(status)
            return start(status, headers, *more)

        with self._changed:
            self._at_work += 1
        try:
            body = b"".join(self._app(environ, started))
        finally:
            with self._changed:
                self._at_work -= 1
                self._changed.notify_all()
                _say(_told(environ, said))
        return [body]

    def _is_held(self) -> bool:
        """Whether a request is refused, when it waited for that."""
        with self._changed:
            if self._left is None:
                return False
            if self._left > 0:
                self._left -= 1
                return False
            self._changed.wait_for(lambda: self._at_work == 0)
            _say("held")
            self._changed.wait_for(lambda: self._left is None)
            return True


def _told(environ: dict[str, Any], said: list[str]) -> dict[str, Any]:
    return {
        "method": environ["REQUEST_METHOD"],
        "path": environ["PATH_INFO"].encode("latin-1").decode(),
        "status": int(said[0][:3]) if said else 500,
    }


def _say(word: object) -> None:
    print(json.dumps(word), flush=True)


class _Silent(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, *_: Any) -> None:
        """Nothing: what was asked is told on standard output."""


def main() -> None:
    """Serve until the standard input ends."""
    app = _Watched(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    _say(server.server_port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for line in sys.stdin:
        app.command(line)


if __name__ == "__main__":
    main()
