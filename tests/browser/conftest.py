"""The demo newspaper served, one browser for all, and readers to look with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests import programs
from tests.browser.demo import Demo
from tests.browser.reader import Reader
from tests.browser.server import serving
from tests.newspaper import Newspaper

SERVED = datetime(2026, 11, 21, tzinfo=UTC)
"""The clock of the server: two minutes after the demo's newest change, so its news is breaking."""

NewReader = Callable[..., Reader]

# These are a package's, not the session's: each worker makes them once, and gives up its threads
# and Playwright's event loop before tests that fork.


@pytest.fixture(scope="package")
def demo(newspaper: Newspaper) -> Demo:
    return Demo(newspaper.public)


@pytest.fixture(scope="package")
def origin(demo: Demo) -> Iterator[str]:
    """Where the demo newspaper is served."""
    with serving(demo.public, SERVED) as origin:
        yield origin


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    with launched(playwright, programs.browser()) as browser:
        yield browser


@contextmanager
def launched(playwright: Playwright, program: str | None) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=program, args=list(programs.CHROMIUM))
    yield browser
    browser.close()


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve a folder until the test ends."""
    with ExitStack() as stack:
        yield lambda folder: stack.enter_context(serving(folder, SERVED))


@pytest.fixture
def new_reader(browser: Browser, origin: str) -> Iterator[NewReader]:
    """Readers of the demo newspaper or another `origin`; errors in their pages fail the test."""
    with ExitStack() as stack:

        def make(origin: str = origin, **how: Any) -> Reader:
            reader = Reader(browser, origin, **how)
            stack.callback(reader.close)
            return reader

        yield make


@pytest.fixture(scope="module")
def same_reader(browser: Browser, origin: str) -> Iterator[Reader]:
    reader = Reader(browser, origin)
    yield reader
    reader.close()


@pytest.fixture
def visitor(same_reader: Reader) -> Iterator[Reader]:
    """A reader for tests that change nothing in the browser but its width and its colours.

    It is the same one for all of a module: a new window and its first page cost a second of a
    core, the next page a quarter of that. What a page leaves behind, the next ones would find.
    """
    same_reader.again()
    yield same_reader
    same_reader.end()


@pytest.fixture
def reader(new_reader: NewReader) -> Reader:
    return new_reader()
