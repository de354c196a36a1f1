"""serve: the site as it is being written, page by page as a browser asks for them.

It never builds the site, and writes nothing but what the state knows of files that were read.
"""

from __future__ import annotations

import asyncio
import socket
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import TypeVar

import uvicorn

from sitegen.errors import Problem, SitegenError
from sitegen.folders import SHIPPED
from sitegen.model import Progress
from sitegen.pool import collect_rarely
from sitegen.pool.aside import Aside
from sitegen.serve.app import application
from sitegen.serve.live import Live
from sitegen.serve.preview import UNREADABLE, Asked, Preview
from sitegen.serve.survey import Stored, Surveyed, survey
from sitegen.serve.watch import Watch

R = TypeVar("R")

CALM = 0.3
"""Seconds without a change after which the whole is looked through."""
AGAIN = 2.0
"""Seconds between two looks at what is read so far."""

_BEHIND = 10
"""How far the look through the whole stands behind what a browser waits for; see `Aside`."""

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
        self._aside = Aside(_BEHIND)
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
        except UNREADABLE:
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
            with _going_on():
                if not await self._in_turn(self._preview.notice, paths):
                    await self._announce()
            self._survey_wanted.set()

    async def _survey_when_calm(self) -> None:
        while True:
            await self._survey_wanted.wait()
            while self._survey_wanted.is_set():
                self._survey_wanted.clear()
                await asyncio.sleep(CALM)
            with _going_on():
                await self._survey()

    async def _survey(self) -> None:
        """Look the whole through, elsewhere."""
        loop = asyncio.get_running_loop()

        def tell(said: Progress | Stored) -> None:
            loop.call_soon_threadsafe(self._heard.put_nowait, said)

        await self._in_turn(self._preview.begin_survey)
        try:
            order = self._asked.order()
            surveyed: Surveyed = await asyncio.to_thread(self._aside.do, survey, order, tell)
        except SitegenError as error:
            if error.problems[0].code == "locked":  # another sitegen is at work
                self._survey_wanted.set()
            else:
                await self._in_turn(self._preview.give_up_survey)
                await self._announce()
            return
        except EOFError:  # it was killed, or met a file that vanished while it was read
            await asyncio.sleep(AGAIN)
            self._survey_wanted.set()
            return
        await self._heard.join()
        await self._in_turn(self._preview.judge, surveyed)
        await self._announce()

    async def _hear(self) -> None:
        """What surveys tell on their way."""
        while True:
            said = await self._heard.get()
            with _going_on():
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
        preview = self._preview
        if preview.is_waiting and preview.is_whole:
            return  # another survey comes, and nobody shall see the half of it
        everything = preview.is_settling
        if await self._in_turn(preview.settle) or not preview.is_whole:
            await self._load_all()
        else:
            await self._in_turn(partial(preview.take_over, everything=everything), stored)
        await self._announce()


@contextmanager
def _going_on() -> Iterator[None]:
    """Whatever happens to one piece of work, the preview goes on with the next."""
    try:
        yield
    except Exception:  # a mistake of ours, which must be seen and must not stop the others
        traceback.print_exc()
