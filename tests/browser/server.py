"""Serves a built folder as a static host does: 404.html for what is not there, a set clock."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.utils import format_datetime
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote, urlsplit


@contextmanager
def serving(folder: Path, now: datetime) -> Iterator[str]:
    """The origin, such as `http://127.0.0.1:40123`, at which `folder` is served until the end."""
    handler = partial(_Handler, folder=folder, now=now)
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes on to another page hangs up; that is no error of the server's."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *args: Any, folder: Path, now: datetime) -> None:
        self.folder = folder
        self.now = now
        self.extensions_map = {**self.extensions_map, ".xml": "application/xml"}
        super().__init__(*args, directory=str(folder))

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Answers bear the time of the tests; files keep theirs."""
        if timestamp is None:
            return format_datetime(self.now, usegmt=True)
        return super().date_time_string(timestamp)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = self._not_found() if code == HTTPStatus.NOT_FOUND else None
        if page is None:
            super().send_error(code, message, explain)
            return
        text = page.read_bytes()
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def _not_found(self) -> Path | None:
        """The 404.html that is nearest to the address, as Cloudflare Pages has it."""
        address = unquote(urlsplit(self.path).path)
        place = self.folder / address.strip("/")
        above = [folder / "404.html" for folder in place.parents]
        return next((page for page in above if page.is_file()), None)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the tests say what went wrong."""
