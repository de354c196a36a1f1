"""A server that speaks Amazon's S3 over HTTP on this machine, by moto; a process of its own.

It prints its port, then a line of JSON for each request that was answered: method, path, headers
that matter, status. With `--hold N` the requests that write wait from the N-th on, and it says
"held", until a line comes on standard input; those that waited are then refused.
"""

from __future__ import annotations

import argparse
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

    def __init__(self, app: Callable[[Any, Any], Iterable[bytes]], hold: int) -> None:
        self._app = app
        self._left = hold
        self._lock = threading.Lock()
        self._go = threading.Event()

    def wait(self) -> None:
        """Until somebody lets go."""
        sys.stdin.readline()
        self._left = -1
        self._go.set()

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] in _WRITES and self._is_held():
            self._go.wait()
            start("503 Service Unavailable", [("Content-Length", "0")])
            return [b""]
        said: list[str] = []

        def started(status: str, headers: Any, *more: Any) -> Any:
            said.append(status)
            return start(status, headers, *more)

        body = b"".join(self._app(environ, started))
        self._tell(environ, said[0])
        return [body]

    def _is_held(self) -> bool:
        with self._lock:
            if self._left < 0:
                return False
            if self._left > 0:
                self._left -= 1
                return False
            print(json.dumps("held"), flush=True)
            return True

    def _tell(self, environ: dict[str, Any], status: str) -> None:
        line = {
            "method": environ["REQUEST_METHOD"],
            "path": environ["PATH_INFO"].encode("latin-1").decode(),
            "query": environ.get("QUERY_STRING", ""),
            "status": int(status[:3]),
        }
        with self._lock:
            print(json.dumps(line), flush=True)


class _Silent(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, *_: Any) -> None:
        """Nothing: what was asked is told on standard output."""


def main() -> None:
    """Serve until the standard input ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--hold", type=int, default=-1)
    hold = parser.parse_args().hold
    app = _Watched(DomainDispatcherApplication(create_backend_app), hold)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    print(json.dumps(server.server_port), flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app.wait()
    sys.stdin.read()


if __name__ == "__main__":
    main()
