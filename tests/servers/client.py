"""Asking a server as a browser does, one answer at a time, without following redirects."""

from __future__ import annotations

import socket
from http.client import HTTPConnection
from typing import NamedTuple
from urllib.parse import quote


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    """By their names in small letters; a name that comes twice has its values joined."""
    body: bytes

    @property
    def type(self) -> str:
        """The media type without its charset."""
        return self.headers.get("content-type", "").partition(";")[0]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


class Client:
    """One server on this machine."""

    def __init__(self, port: int) -> None:
        self.port = port

    def get(self, url: str, **headers: str) -> Answer:
        """The answer to one address; what is not ASCII in it is percent-encoded."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", quote(url, safe="/%?=&$'()*+,;:@!~#"), headers=named)
            response = connection.getresponse()
            found: dict[str, str] = {}
            for name, value in response.getheaders():
                name = name.lower()
                found[name] = f"{found[name]}, {value}" if name in found else value
            return Answer(response.status, found, response.read())
        finally:
            connection.close()
