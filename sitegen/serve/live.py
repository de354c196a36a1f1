"""Who looks at which page, and what they are told when it changes (server-sent events, WHATWG)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Protocol, TypeVar

from sitegen.errors import Problem
from sitegen.model import Json
from sitegen.serve.excerpt import lines_around
from sitegen.serve.preview import Preview

R = TypeVar("R")

BEAT = 10.0
"""Seconds after which something is said, so that a browser that went away is noticed."""


class InTurn(Protocol):
    """Calls what uses the preview, one after the other, and gives its result."""

    def __call__(self, work: Callable[..., R], *given: object) -> Awaitable[R]: ...


class Live:
    """Tells browsers when what they show is not what is there any more."""

    def __init__(self, preview: Preview, in_turn: InTurn) -> None:
        self._preview = preview
        self._in_turn = in_turn
        self._changed = asyncio.Condition()
        self._ended = False
        self.watching = 0
        """How many pages are being looked at."""

    async def announce(self) -> None:
        """Something changed, or may have."""
        async with self._changed:
            self._changed.notify_all()

    async def end(self) -> None:
        """Let every stream come to its end."""
        self._ended = True
        await self.announce()

    async def events(self, path: str) -> AsyncIterator[str]:
        """What to tell whoever looks at the page of a decoded path, now and from now on."""
        self.watching += 1
        try:
            told = None
            while not self._ended:
                version = self._preview.version
                now = await self._in_turn(_look, self._preview, path)
                if now == told:
                    yield ": still here\n\n"
                else:
                    yield f"data: {json.dumps(now, ensure_ascii=False)}\n\n"
                    told = now
                await self._wait(version)
        finally:
            self.watching -= 1

    async def _wait(self, version: int) -> None:
        """Until there is another version, or a while has gone by."""
        async with self._changed:
            if self._ended or self._preview.version != version:
                return
            try:
                await asyncio.wait_for(self._changed.wait(), BEAT)
            except TimeoutError:
                return


def _look(preview: Preview, path: str) -> Mapping[str, Json]:
    """What a page that is shown needs to know, to be as it would be if it were asked for now."""
    shown = preview.show(path)
    return {
        "seen": shown.seen,
        "styles": preview.styles(),
        "progress": asdict(preview.progress) if preview.progress else None,
        "problems": told(preview, shown.problems),
    }


def told(preview: Preview, of_page: Sequence[Problem]) -> list[Mapping[str, Json]]:
    """What is wrong with a page and the site, with the lines around each place."""
    every = dict.fromkeys((*of_page, *preview.problems()))
    return [_in_words(problem, preview) for problem in every]


def _in_words(problem: Problem, preview: Preview) -> Mapping[str, Json]:
    return {
        "place": problem.place(),
        "field": problem.field,
        "message": problem.message,
        "hint": problem.hint,
        "line": problem.line,
        "lines": lines_around(preview.asked.site, problem.source, problem.line),
    }
