"""Asking other sites for an address, politely. Owns httpx.

Only headers are read, never a page. A host is asked one thing at a time, with a pause between, and
is left alone for as long as it says. Connections go to the very number that was looked up and found
to be public: an article must not be able to make a server ask its own network (CWE-918).
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from sitegen import __version__
from sitegen.desk.answers import Answer, Kind
from sitegen.desk.manners import Manners

AGENT = f"Mozilla/5.0 (compatible; sitegen/{__version__}; looks whether links still work)"
_AGAIN = frozenset({429, 500, 502, 503, 504})
"""What may be otherwise in a moment (RFC 6585, 4; RFC 9110, 15.6)."""
_SHY = frozenset({401, 403, 405, 406, 407, 429, 451, 501, 999})
"""Of sites that turn programs away, but not readers; 999 is an invention of some of them."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})


class _Private(OSError):
    """All numbers of a host are of private networks."""


@dataclass(slots=True)
class _Host:
    """One host: whose turn it is, until when it is left alone, how it has failed."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    failed: int = 0
    last: Answer | None = None


class Enquirer:
    """Asks for addresses; to be used `async with`."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._hosts: defaultdict[bytes, _Host] = defaultdict(_Host)
        self._slots = asyncio.Semaphore(manners.at_once)
        # httpx's client stumbles over wrong redirects even when it is not to follow any. No
        # connection is kept: two hosts may have one number, and not one certificate.
        limits = httpx.Limits(max_keepalive_connections=0)
        self._transport = httpx.AsyncHTTPTransport(limits=limits, trust_env=False)

    async def __aenter__(self) -> Enquirer:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._transport.aclose()

    async def ask(self, address: str) -> Answer:
        """What `address` answers in the end, redirects followed."""
        url = _url(address)
        if url is None:
            return Answer("address")
        permanent, new = True, ""
        for _ in range(self._manners.redirects + 1):
            answer, location = await self._in_turn(url)
            if not location:
                moved = new and answer.kind == "good"
                return replace(answer, kind="moved", detail=new) if moved else answer
            permanent = permanent and answer.status in _PERMANENT
            url = _url(location, url)
            if url is None:  # an address that a program on the reader's machine opens
                return replace(answer, kind="good")
            new = str(url) if permanent else new
        return Answer("loop")

    async def _in_turn(self, url: httpx.URL) -> tuple[Answer, str]:
        """What one address answers, and where it sends us; its host is asked nothing else then."""
        host = self._hosts[url.netloc]
        async with host.turn:
            if host.last is not None and host.failed >= self._manners.failures:
                return host.last, ""
            answer, location = await self._persist(host, url)
            host.failed = 0 if answer.status else host.failed + 1
            host.last = answer
            return answer, location

    async def _persist(self, host: _Host, url: httpx.URL) -> tuple[Answer, str]:
        """Try until there is an answer that will stay, or it has been enough."""
        method, tries = "HEAD", 0
        while True:
            if (early := host.free_at - time.monotonic()) > 0:
                await self._manners.sleep(early)
            async with self._slots:
                answer, headers = await self._send(method, url)
            host.free_at = time.monotonic() + self._manners.pause
            again = answer.kind in ("silent", "broken") or answer.status in _AGAIN
            refused, method = method == "HEAD" and answer.status >= 400, "GET"
            if refused and not again:
                continue  # many sites know GET alone, and say so in many ways
            tries += 1
            wait = _wait(headers, self._manners.backoff * 2 ** (tries - 1))
            if not again or tries == self._manners.tries or wait > self._manners.longest_wait:
                redirected = answer.status in _REDIRECTS
                return answer, headers.get("Location", "") if redirected else ""
            host.free_at = time.monotonic() + wait

    async def _send(self, method: str, url: httpx.URL) -> tuple[Answer, httpx.Headers]:
        """One request; only its headers are read."""
        nothing = httpx.Headers()
        try:
            async with asyncio.timeout(self._manners.timeout):
                response = await self._connected(method, url)
                await response.aclose()
        except (TimeoutError, httpx.TimeoutException):
            return Answer("silent"), nothing
        except _Private:
            return Answer("private"), nothing
        except (OSError, UnicodeError):  # of looking the name up; httpx has errors of its own
            return Answer("name"), nothing
        except httpx.TransportError as error:
            reasons = [e for e in _causes(error) if isinstance(e, ssl.SSLError)]
            if not reasons:
                return Answer("broken"), nothing
            return Answer("tls", detail=getattr(reasons[-1], "verify_message", "")), nothing
        status = response.status_code
        kind: Kind = "good" if status < 400 else "shy" if status in _SHY else "status"
        return Answer(kind, status), response.headers

    async def _connected(self, method: str, url: httpx.URL) -> httpx.Response:
        """The answer of the first of a host's numbers that can be connected to."""
        numbers, patience = await self._numbers(url), httpx.Timeout(self._manners.timeout).as_dict()
        name = url.raw_host.decode("ascii")
        for left, number in enumerate(numbers, 1 - len(numbers)):
            request = httpx.Request(
                method,
                url.copy_with(host=number),
                headers={"Host": url.netloc.decode("ascii"), "User-Agent": AGENT, "Accept": "*/*"},
                extensions={"sni_hostname": name, "timeout": patience},
            )
            try:
                return await self._transport.handle_async_request(request)
            except httpx.ConnectError:
                if not left:
                    raise
        raise _Private

    async def _numbers(self, url: httpx.URL) -> list[str]:
        """The numbers of a host, those of IPv4 first: many machines have no other network."""
        loop = asyncio.get_running_loop()
        name = url.raw_host.decode("ascii").strip("[]")
        found = await loop.getaddrinfo(name, url.port or 443, type=socket.SOCK_STREAM)
        numbers = dict.fromkeys(str(entry[4][0]) for entry in sorted(found, key=lambda e: e[0]))
        return [number for number in numbers if self._manners.private or _is_public(number)][:2]


def _url(address: str, base: httpx.URL | None = None) -> httpx.URL | None:
    """An address on the web, without its fragment; None for anything else."""
    try:
        url = base.join(address) if base else httpx.URL(address)
        on_web = url.scheme in ("http", "https") and url.host
        return url.copy_with(fragment=None) if on_web else None
    except (httpx.InvalidURL, ValueError):
        return None


def _is_public(number: str) -> bool:
    address = ipaddress.ip_address(number.partition("%")[0])
    return address.is_global and not address.is_multicast


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _wait(headers: httpx.Headers, usual: float) -> float:
    """Seconds to wait: what `Retry-After` says (RFC 9110, 10.2.3), else the usual time."""
    written = headers.get("Retry-After", "").strip()
    if written.isdecimal():
        return float(written)
    try:
        until = parsedate_to_datetime(written)
    except ValueError:
        return usual
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())
