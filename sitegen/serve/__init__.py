"""serve: the site as it is being written, page by page as a browser asks for them.

It never builds the site, and writes nothing but what the state knows of files that were read.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from types import FrameType
from typing import TypeVar

import uvicorn

from sitegen.errors import Problem, SitegenError
from sitegen.folders import SHIPPED
from sitegen.index.store import Damaged
from sitegen.model import Progress
from sitegen.pool import Aside, collect_rarely
from sitegen.serve.app import application
from sitegen.serve.live import Live
from sitegen.serve.preview import Asked, Preview
from sitegen.serve.survey import Stored, Surveyed, survey
from sitegen.serve.watch import Watch

R = TypeVar("R")

CALM = 0.3
"""Seconds without a change after which the whole is looked through."""
AGAIN = 2.0
"""Seconds between two looks at what is read so far."""

Say = Callable[[Sequence[Problem]], None]


def serve(asked: Asked, listener: socket.socket, hosts: Sequence[str], say: Say) -> None:
    """Answer requests that name one of `hosts` until somebody stops it.

    `say` is called with what is wrong, each time that this changes.
    """
    collect_rarely()
    asyncio.run(_Serving(asked, hosts, say).run(listener))


class _Server(uvicorn.Server):
    """Ends streams of events when it is told to end: it would wait for them."""

    def __init__(self, config: uvicorn.Config, ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._ending = ending

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self._ending()


class _Serving:
    """Everything that goes on at the same time."""

    def __init__(self, asked: Asked, hosts: Sequence[str], say: Say) -> None:
        self._asked = asked
        self._preview = Preview(asked)
        self._maker = ThreadPoolExecutor(1, "sitegen-maker")
        self._live = Live(self._preview, self._in_turn)
        self._app = application(self._preview, self._in_turn, self._live, hosts)
        self._say = say
        self._said: tuple[Problem, ...] = ()
        self._aside = Aside()
        self._looked_at = 0.0
        self._survey_wanted = asyncio.Event()
        self._heard: asyncio.Queue[Progress | Stored] = asyncio.Queue()

    async def _in_turn(self, work: Callable[..., R], *given: object) -> R:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._maker, partial(work, *given))

    async def run(self, listener: socket.socket) -> None:
        """Serve until it is stopped."""
        loop = asyncio.get_running_loop()
        watch = Watch(self._asked.site, SHIPPED)

        def ending() -> None:
            watch.stop()
            self._aside.stop()
            asyncio.run_coroutine_threadsafe(self._live.end(), loop)

        config = uvicorn.Config(
            self._app, log_level="critical", lifespan="off", timeout_graceful_shutdown=1
        )
        server = _Server(config, ending)
        tasks = [
            asyncio.create_task(work)
            for work in (
                self._begin(),
                self._keep_up(watch),
                self._survey_when_calm(),
                self._hear(),
            )
        ]
        try:
            await server.serve([listener])
        finally:
            for task in tasks:
                task.cancel()
            self._aside.stop()
            self._maker.shutdown(wait=False, cancel_futures=True)

    async def _begin(self) -> None:
        if not await self._in_turn(self._preview.begin) and not self._preview.is_whole:
            await self._load_all()
        self._survey_wanted.set()
        await self._announce()

    async def _load_all(self) -> None:
        """Show all that the state has, once it is loaded; until then a part is shown."""
        try:
            material = await asyncio.to_thread(self._preview.material)
        except Damaged:
            return
        await self._in_turn(partial(self._preview.install, whole=True), *material)

    async def _announce(self) -> None:
        await self._live.announce()
        problems = await self._in_turn(self._preview.problems)
        if problems != self._said:
            self._said = problems
            self._say(problems)

    async def _keep_up(self, watch: Watch) -> None:
        """Take notice of what is saved."""
        async for paths in watch.changes():
            if not await self._in_turn(self._preview.notice, paths):
                await self._announce()
            self._survey_wanted.set()

    async def _survey_when_calm(self) -> None:
        while True:
            await self._survey_wanted.wait()
            while self._survey_wanted.is_set():
                self._survey_wanted.clear()
                await asyncio.sleep(CALM)
            if not await self._survey():
                self._survey_wanted.set()

    async def _survey(self) -> bool:
        """Look the whole through, elsewhere; whether that came to its end."""
        loop = asyncio.get_running_loop()

        def tell(said: Progress | Stored) -> None:
            loop.call_soon_threadsafe(self._heard.put_nowait, said)

        try:
            order = self._asked.order()
            surveyed: Surveyed = await asyncio.to_thread(self._aside.do, survey, order, tell)
        except SitegenError as error:
            # Another sitegen is at work; else the settings are wrong, which is told already.
            return error.problems[0].code != "locked"
        except EOFError:
            return True
        await self._heard.join()
        await self._in_turn(self._preview.judge, surveyed)
        await self._announce()
        return True

    async def _hear(self) -> None:
        """What surveys tell on their way."""
        while True:
            said = await self._heard.get()
            if isinstance(said, Stored):
                await self._take_over(said)
            elif not self._preview.is_whole:
                await self._in_turn(self._preview.proceed, said)
                await self._show_first()
                await self._live.announce()
            self._heard.task_done()

    async def _show_first(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._looked_at > AGAIN:
            self._looked_at = now
            await self._in_turn(self._preview.show_first)

    async def _take_over(self, stored: Stored) -> None:
        if self._preview.outdated or not self._preview.is_whole:
            await self._load_all()
        else:
            await self._in_turn(self._preview.take_over, stored)
        await self._announce()
