"""How other sites are asked whether links to them still work: how often, and how patiently."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Manners:
    """What is polite, and what is enough. Times are in seconds."""

    total: float = 600.0
    """For all links; what was not reached by then is asked next time."""
    at_once: int = 16
    """Requests under way at the same time, each to another host."""
    pause: float = 1.0
    """Between two requests to one host."""
    timeout: float = 10.0
    """For one request, from looking up the host's name to the last header."""
    tries: int = 3
    backoff: float = 2.0
    """Before the second try; twice as long before the third."""
    longest_wait: float = 30.0
    """A host that wants to be left alone for longer is not asked again."""
    redirects: int = 10
    failures: int = 3
    """Failed connections in a row after which the rest of a host's addresses is not tried."""
    private: bool = False
    """Whether addresses of this machine and of private networks may be asked."""
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
