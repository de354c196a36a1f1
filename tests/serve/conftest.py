"""Servers that end with their test, the demo newspaper as built, one browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.newspaper import PROJECT, build
from tests.programs import CHROMIUM, find
from tests.serve.server import Server

Serve = Callable[..., Server]

# As in tests/browser, these are the package's: each worker makes them once.


class Demo(NamedTuple):
    """The demo newspaper; of each picture only one small form, which is soon made."""

    site: Path
    public: Path
    state: Path


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo")
    site = folder / "site"
    site.mkdir()
    settings = (PROJECT / "sitegen.toml").read_text(encoding="utf-8")
    few = settings.replace("[images]\n", "[images]\nwidths = [200]\nformats = []\n")
    (site / "sitegen.toml").write_text(few, encoding="utf-8")
    for name in ("content", "static", "themes"):
        (site / name).symlink_to(PROJECT / name, target_is_directory=True)
    return Demo(site, build(folder, site), folder / "state")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find("chromium"), args=list(CHROMIUM))
        yield browser
        browser.close()


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts servers; each takes what `Server` takes, and is killed at the end of the test."""
    with ExitStack() as stack:

        def start(site: Path, *args: str, **how: object) -> Server:
            server = Server(site, *args, **how)  # type: ignore[arg-type]  # as they were given
            stack.callback(server.kill)
            return server

        yield start
