"""The site over HTTP: pages as a build would write them, and for browsers a script beside them."""

from __future__ import annotations

import asyncio
import html
from collections.abc import Mapping, Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sitegen.errors import Problem
from sitegen.folders import SHIPPED
from sitegen.outputs import Copy
from sitegen.render.broken import PictureBroken
from sitegen.serve.developing import developed
from sitegen.serve.live import InTurn, Live
from sitegen.serve.panel import FILES, Panel
from sitegen.serve.preview import Preview, Shown

OWN = "/_sitegen"
"""What begins the addresses of the preview's own pages."""
_PICTURES_AT_ONCE = 2
"""Pictures that are decoded at a time: each of 50 megapixels takes 300 MB."""
_HTML = "text/html; charset=utf-8"


class Site:
    """Answers requests for pages and files of the site."""

    def __init__(self, preview: Preview, in_turn: InTurn) -> None:
        self._preview = preview
        self._in_turn = in_turn
        self._developing = asyncio.Semaphore(_PICTURES_AT_ONCE)

    async def answer(self, request: Request) -> Response:
        """The answer that the site's host would give, but for the script."""
        path = request.scope["path"]
        shown: Shown = await self._in_turn(self._preview.show, path)
        answer = shown.answer
        headers = dict(answer.headers)
        if answer.keeps_query and request.url.query:
            headers["Location"] += f"?{request.url.query}"
        if shown.problems or (answer.status == 503 and answer.output is None):
            return _without_page(path, shown.problems)
        if isinstance(answer.output, Copy):
            return await self._file(answer.output, headers, request)
        if shown.data is None:
            return _bare(answer.status, headers, path, request)
        data = shown.data
        if answer.is_page and _is_for_reading(request):
            data = with_script(data, path, shown.seen)
            headers["Cache-Control"] = "no-store"
        else:
            headers["ETag"] = f'"{shown.seen}"'
            if answer.status == 200 and _has_already(request, headers["ETag"]):
                return Response(status_code=304, headers=headers)
        return Response(data, answer.status, headers)

    async def _file(self, copy: Copy, headers: dict[str, str], request: Request) -> Response:
        headers["ETag"] = f'"{copy.digest.hex()}"'
        if _has_already(request, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        asked = self._preview.asked
        if not _is_there(copy.file, asked.site):
            return Response("it is not there any more\n", 404)
        if copy.form is None:
            return FileResponse(copy.file, headers=headers, media_type=headers["Content-Type"])
        async with self._developing:
            try:
                data = await asyncio.to_thread(developed, copy, asked.state)
            except (PictureBroken, OSError) as error:
                return Response(f"{copy.source}: {error}\n", 500)
        return Response(data, headers=headers)


def _has_already(request: Request, tag: str) -> bool:
    """Whether who asks has what the tag names (If-None-Match, RFC 9110, 13.1.2)."""
    asked = request.headers.get("If-None-Match", "")
    return tag in (each.strip().removeprefix("W/") for each in asked.split(",")) or asked == "*"


def _is_there(file: str, site: Path) -> bool:
    """Whether a file of the site is one still, and not a link out of it since it was read."""
    inside = [site, *(site / name for name in ("content", "static")), *site.glob("themes/*")]
    real = Path(file).resolve()
    folders = (folder.resolve() for folder in (*inside, *SHIPPED))
    return real.is_file() and any(real.is_relative_to(folder) for folder in folders)


def _is_for_reading(request: Request) -> bool:
    """Whether a browser shows the answer as a page: programs get the very bytes of a build."""
    destination = request.headers.get("Sec-Fetch-Dest")
    if destination is not None:
        return destination in ("document", "iframe")
    return "text/html" in request.headers.get("Accept", "")


def with_script(data: bytes, path: str, seen: str) -> bytes:
    """A page with the script of the preview, which knows which page that is."""
    tag = (
        f'<script src="{OWN}/files/preview.js" defer data-path="{html.escape(path)}"'
        f' data-seen="{seen}"></script>'
    ).encode()
    before, end, after = data.rpartition(b"</body>")
    return before + tag + end + after if end else data + tag


def _bare(status: int, headers: Mapping[str, str], path: str, request: Request) -> Response:
    if "Location" in headers or not _is_for_reading(request):
        return Response(status_code=status, headers=headers)
    return _plain(status, path, "There is no page at this address.")


def _without_page(path: str, problems: Sequence[Problem]) -> Response:
    """In place of a page that could not be made, or is not read yet; the script says why."""
    if problems:
        return _plain(500, path, "This page could not be made.")
    return _plain(503, path, "This page is still being read. It will be here in a moment.")


def _plain(status: int, path: str, words: str) -> Response:
    page = (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Preview</title>'
        f'<link rel="stylesheet" href="{OWN}/files/panel.css">'
        f"<body><main><p>{html.escape(words)}</p></main></body></html>"
    )
    data = with_script(page.encode(), path, "")
    return Response(data, status, {"Content-Type": _HTML, "Cache-Control": "no-store"})


def application(preview: Preview, in_turn: InTurn, live: Live, hosts: Sequence[str]) -> Starlette:
    """The whole server, which answers requests that name one of `hosts`."""
    site, panel = Site(preview, in_turn), Panel(preview, in_turn)

    async def events(request: Request) -> Response:
        path = request.query_params.get("path", "/")
        kind = {"Cache-Control": "no-store"}
        return StreamingResponse(live.events(path), headers=kind, media_type="text/event-stream")

    own = [
        Route("/events", events),
        Route("/", panel.overview),
        Route("/pages/{family}", panel.pages),
        Route("/why", panel.why),
        Mount("/files", StaticFiles(directory=FILES)),
    ]
    routes = [Mount(OWN, routes=own), Route("/{path:path}", site.answer)]
    # Pages of other sites could otherwise read drafts: a name that leads here would be enough.
    guard = Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False)
    return Starlette(routes=routes, middleware=[guard])
