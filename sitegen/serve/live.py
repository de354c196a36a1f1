"""Who looks at which page, and what they are told when it changes (server-sent events, WHATWG)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import Protocol, TypeVar

from sitegen.errors import Problem
from sitegen.instants import shown
from sitegen.model import Json, State
from sitegen.outputs import Output, Page
from sitegen.serve.edition import Edition
from sitegen.serve.excerpt import lines_around
from sitegen.serve.preview import Preview

R = TypeVar("R")

OWN = "/_sitegen"
"""What begins the addresses of the preview's own pages."""
BEAT = 10.0
"""Seconds after which something is said, so that a browser that went away is noticed."""
RETRY = 1_000
"""Milliseconds after which a browser asks again, when the preview was stopped."""
MOST = 20
"""Mistakes that are shown over a page; the overview lists all."""


class InTurn(Protocol):
    """Calls what uses the preview, one after the other, and gives its result."""

    def __call__(self, work: Callable[..., R], *given: object) -> Awaitable[R]: ...


class Live:
    """Tells browsers when what they show is not what is there any more."""

    def __init__(self, preview: Preview, in_turn: InTurn) -> None:
        self._preview = preview
        self._in_turn = in_turn
        self._changed = asyncio.Event()
        self._ended = False
        self.watching = 0
        """How many pages are being looked at."""

    async def announce(self) -> None:
        """Something changed, or may have."""
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def end(self) -> None:
        """Let every stream come to its end."""
        self._ended = True
        await self.announce()

    async def events(self, path: str) -> AsyncIterator[str]:
        """What to tell whoever looks at the page of a decoded path, now and from now on."""
        self.watching += 1
        try:
            told = None
            yield f"retry: {RETRY}\n\n"
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
        changed = self._changed
        if self._ended or self._preview.version != version:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(BEAT):
                await changed.wait()


def _look(preview: Preview, path: str) -> Mapping[str, Json]:
    """What a page that is shown needs to know, to be as it would be if it were asked for now."""
    if path.startswith(f"{OWN}/"):
        return {"version": preview.version}
    there = preview.show(path)
    problems, edition = every_problem(preview, there.problems), preview.edition()
    return {
        "seen": there.seen,
        # Nothing is there any more, or the way to another page: only a new request shows it.
        "left": not there.seen and not there.problems and there.answer.status not in (200, 503),
        "styles": preview.styles(),
        "progress": asdict(preview.progress) if preview.progress else None,
        "mark": mark_of(edition, there.answer.output) if edition else "",
        "as_of": _as_of(edition, preview.asked.now) if edition else "",
        "stuck": bool(there.problems),
        "count": len(problems),
        "problems": in_words(problems[:MOST], preview),
    }


def every_problem(preview: Preview, of_page: Sequence[Problem] = ()) -> Sequence[Problem]:
    """What is wrong with a page and the site; what is wrong with the page comes first."""
    return list(dict.fromkeys((*of_page, *preview.problems())))


def in_words(
    problems: Sequence[Problem], preview: Preview, *, excerpts: bool = True
) -> list[Mapping[str, Json]]:
    """Problems as the browser shows them, with the lines around each place."""
    site = preview.asked.site
    return [
        {
            "place": problem.place(),
            "file": problem.source,
            "line": problem.line,
            "field": problem.field,
            "message": problem.message,
            "hint": problem.hint,
            "lines": lines_around(site, problem.source, problem.line, problem.column)
            if excerpts
            else (),
        }
        for problem in problems
    ]


def mark_of(edition: Edition, output: Output | None) -> str:
    """That readers cannot see a page yet: “scheduled until 2026-11-24 06:00”; or nothing."""
    state = edition.archive.marks.get(output.source) if isinstance(output, Page) else None
    if not state or not isinstance(output, Page):
        return ""
    article = edition.archive.article(output.source)
    if article is None or state is State.DRAFT:
        return state.value
    return f"{state.value} until {_without_zone(article.visible, edition)}"


def _as_of(edition: Edition, asked: int | None) -> str:
    return "" if asked is None else f"as of {_without_zone(asked, edition)}"


def _without_zone(instant: int, edition: Edition) -> str:
    return in_short(instant, edition.config.site.timezone).rpartition(" ")[0]


def in_short(instant: int, zone: str) -> str:
    """An instant as the clocks of the site's readers show it: `2026-11-24 06:00 GMT`."""
    return shown(instant, zone).partition(" (")[0]
