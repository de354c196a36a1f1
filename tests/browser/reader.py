"""A reader's browser: opens pages, and remembers what went wrong in them."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, Route, WebError

HEADLINES = "**/headlines.json"


class Reader:
    """A fresh browser context at one site; every error there fails the test at its end."""

    def __init__(
        self, browser: Browser, origin: str, width: int = 1280, height: int = 800, **how: Any
    ) -> None:
        """`how` is what `Browser.new_context` takes: colour scheme, motion, script, …"""
        self.origin = origin
        self.expected: list[str] = []
        """Patterns of what may go wrong here, because the test makes it so."""
        self.requests: list[Request] = []
        self._troubles: list[str] = []
        self.context = browser.new_context(
            base_url=origin, viewport={"width": width, "height": height}, **how
        )
        self.context.set_default_timeout(10_000)
        self.context.on("console", self._console)
        self.context.on("weberror", self._error)
        self.context.on("request", self._request)
        self.context.on("dialog", self._dialog)
        self.page = self.context.new_page()

    def again(self) -> None:
        """Be as at first; for who has done no more than look."""
        self.expected.clear()
        self.requests.clear()
        self.resize(1280)
        self.page.emulate_media(media="screen", color_scheme="light")

    def open(self, address: str) -> Page:
        """The page at `address`, with the headlines that its script shows."""
        self.load(address)
        settle(self.page)
        return self.page

    def load(self, address: str) -> Page:
        """The page at `address` when it is loaded, whatever its ticker does."""
        self.page.goto(urljoin(self.origin, address))
        return self.page

    def answer(self, pattern: str, text: str) -> list[str]:
        """Answer requests to another host with `text`; returns the addresses asked for so far."""
        asked: list[str] = []

        def fulfill(route: Route) -> None:
            asked.append(route.request.url)
            route.fulfill(body=text)

        self.page.route(pattern, fulfill)
        return asked

    def resize(self, width: int, height: int = 800) -> None:
        self.page.set_viewport_size({"width": width, "height": height})

    @property
    def troubles(self) -> list[str]:
        """Errors of scripts, what the console says is wrong, requests to others; unexpected."""
        return [
            trouble
            for trouble in self._troubles
            if not any(re.search(pattern, trouble) for pattern in self.expected)
        ]

    def end(self) -> None:
        """Fails when something went wrong since it was last asked."""
        troubles = self.troubles
        self._troubles.clear()
        assert not troubles, "\n".join(troubles)

    def close(self) -> None:
        """Fails when something went wrong."""
        self.context.close()
        self.end()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        # The browser remarks on every answer that is no success, that of a 404 page itself too.
        address = message.location["url"]
        if message.page and address == message.page.url:
            return
        self._troubles.append(f"console: {message.text} ({address})")

    def _error(self, error: WebError) -> None:
        self._troubles.append(f"error: {error.error}")

    def _request(self, request: Request) -> None:
        self.requests.append(request)
        parts = urlsplit(request.url)
        if f"{parts.scheme}://{parts.netloc}" != self.origin:
            self._troubles.append(f"request to another host: {request.url}")

    def _dialog(self, dialog: Dialog) -> None:
        self._troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()


def settle(page: Page) -> None:
    """Wait until the script has put a headline of headlines.json into the ticker."""
    page.locator("[data-headline] a[lang]").wait_for(state="attached")
