"""Servers that end with their test, and one browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import launched
from tests.programs import browser as program
from tests.serve.server import Server

Serve = Callable[..., Server]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, launched(playwright, program()) as browser:
        yield browser


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts servers; each takes what `Server` takes, and is killed at the end of the test."""
    with ExitStack() as stack:

        def start(site: Path, *args: str, **how: object) -> Server:
            server = Server(site, *args, **how)  # type: ignore[arg-type]  # as they were given
            stack.callback(server.kill)
            return server

        yield start
