"""Somebody who looks at a page, and what is told about it meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from http.client import HTTPException
from threading import Condition, Thread
from time import monotonic

from tests.serve.server import PATIENCE, Server, Told

OFTEN = 0.25
"""Seconds between two looks at what no event tells of."""


class Look:
    """A page that is looked at until the server ends, over HTTP: a stream of events."""

    def __init__(self, server: Server, path: str = "/") -> None:
        self.path = path
        self.told: list[Told] = []
        """All that it was told so far."""
        self._server = server
        self._news = Condition()
        self._thread = Thread(target=self._listen, daemon=True)
        self._thread.start()
        self.until(lambda told: True)

    def _listen(self) -> None:
        try:
            for told in self._server.events(self.path):
                with self._news:
                    self.told.append(told)
                    self._news.notify_all()
        except (OSError, HTTPException):
            pass  # the server was killed

    def until(self, condition: Callable[[Told], object]) -> Told:
        """The last that was told, once it fulfils a condition; waits for it."""
        checked = 0

        def is_so() -> bool:
            nonlocal checked
            if checked == len(self.told):
                return False
            checked = len(self.told)
            return bool(condition(self.told[-1]))

        with self._news:
            found = self._news.wait_for(is_so, PATIENCE)
        assert found, (self.path, self.told[-1:], self._server.lines)
        return self.told[-1]

    def until_so(self, condition: Callable[[], object]) -> None:
        """Wait until something is so, which shows elsewhere; looked at whenever it may be."""
        end = monotonic() + PATIENCE
        while not condition():
            with self._news:
                self._news.wait(OFTEN)
            assert monotonic() < end, (self.path, self.told[-1:], self._server.lines)

    def shows(self, *words: str, but: str = "") -> str:
        """The page, once these words are in it and others are not; waits for it."""
        page = ""

        def is_shown(told: Told) -> bool:
            nonlocal page
            page = self._server.read(self.path)
            return all(each in page for each in words) and not (but and but in page)

        self.until(is_shown)
        return page

    @property
    def seen(self) -> list[str]:
        """What it was like, one after the other: a browser reloads when the next differs."""
        names = [str(told["seen"]) for told in self.told]
        return [name for n, name in enumerate(names) if n == 0 or name != names[n - 1]]
