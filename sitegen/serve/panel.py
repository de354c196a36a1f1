"""The preview's own pages: what the site consists of, what is held back, why a page is as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from sitegen import urls
from sitegen.desk.answer import Made
from sitegen.desk.look import Look
from sitegen.desk.made import Outputs
from sitegen.folders import folders_of
from sitegen.index.store import Store, damage_raises
from sitegen.instants import shown
from sitegen.model import Json
from sitegen.outputs import Output, Page
from sitegen.serve.answers import answer_to
from sitegen.serve.edition import Edition
from sitegen.serve.live import InTurn, told
from sitegen.serve.preview import Preview
from sitegen.site import Site, inputs_of
from sitegen.site.content import Content

FILES = Path(__file__).parent / "files"
"""The preview's scripts, styles and templates."""
MOST = 500
"""Addresses that one page of the panel lists."""


class Panel:
    """Answers requests for the pages under `/_sitegen/`."""

    def __init__(self, preview: Preview, in_turn: InTurn) -> None:
        self._preview = preview
        self._in_turn = in_turn
        self._templates = Jinja2Templates(FILES)

    async def overview(self, request: Request) -> Response:
        """The families of pages, what is held back, mistakes and warnings."""
        return await self._page(request, "overview.html", overview)

    async def pages(self, request: Request) -> Response:
        """The addresses of one family of pages."""
        family, wanted = request.path_params["family"], request.query_params.get("q", "")
        return await self._page(request, "pages.html", addresses, family, wanted)

    async def why(self, request: Request) -> Response:
        """What a page is made of, and what would change it."""
        path = request.query_params.get("path", "/")
        return await self._page(request, "why.html", why, path)

    async def _page(
        self, request: Request, template: str, work: Callable[..., Mapping[str, Json]], *given: str
    ) -> Response:
        context = await self._in_turn(work, self._preview, *given)
        headers = {"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'self'"}
        return self._templates.TemplateResponse(request, template, dict(context), headers=headers)


def overview(preview: Preview) -> Mapping[str, Json]:
    """What the overview shows."""
    edition = preview.edition()
    found = {
        "problems": told(preview, ()),
        "warnings": [problem.text() for problem in preview.warnings],
        "progress": preview.progress,
        "drafts": preview.asked.drafts,
        "families": [],
        "held_back": [],
    }
    if edition is None:
        return found
    zone = edition.config.site.timezone
    families = Counter(output.family for output in edition.outputs if isinstance(output, Page))
    held = sorted(
        edition.archive.held_back(), key=lambda each: (each[1] is None, each[1] or 0, each[0])
    )
    return found | {
        "title": edition.config.site.title,
        "base": edition.config.base_path,
        "families": sorted(families.items()),
        "files": len(edition.outputs) - sum(families.values()),
        "held_back": [
            (f"content/{source}", state.value, shown(until, zone) if until is not None else "")
            for source, until, state in held
        ],
        "next_due": _moment(edition.archive.next_due, zone),
        "now": shown(edition.moment.now, zone),
    }


def _moment(instant: int | None, zone: str) -> str:
    return "" if instant is None else shown(instant, zone)


def addresses(preview: Preview, family: str, wanted: str) -> Mapping[str, Json]:
    """What the list of a family's pages shows; with `wanted` those whose address has that in it."""
    edition = preview.edition()
    found: list[tuple[str, str]] = []
    if edition is not None:
        found = sorted(
            (urls.url_of(output.path), output.source)
            for output in edition.outputs
            if isinstance(output, Page) and output.family == family
        )
    matching = [each for each in found if wanted.lower() in each[0].lower()]
    return {
        "family": family,
        "wanted": wanted,
        "total": len(matching),
        "pages": matching[:MOST],
        "base": edition.config.base_path.rstrip("/") if edition else "",
    }


def why(preview: Preview, path: str) -> Mapping[str, Json]:
    """What is shown of the page at a decoded path."""
    edition = preview.edition()
    output = answer_to(edition, path).output if edition else None
    if edition is None or output is None:
        return {"path": path, "made": None, "source": ""}
    made = _made(preview, edition, output)
    source = f"content/{output.source}" if isinstance(output, Page) and output.source else ""
    zone = edition.config.site.timezone
    return {
        "path": path,
        "made": made,
        "source": source,
        "written": _moment(made.last_written, zone),
    }


def _made(preview: Preview, edition: Edition, output: Output) -> Made:
    """How a build makes it, and how it was made last."""
    asked = preview.asked
    folder = folders_of(asked.site, Path("public"), asked.state).output
    with damage_raises(asked.state), Store(asked.state, reading=True) as store:
        inputs = inputs_of(edition.facts, edition.theme, store)
        what = (edition.archive, edition.facts, inputs, [output])
        site = Site(*what, [], [], [], {}, edition.articles, [])
        look = Look(asked.site, edition.config, edition.theme, store, _NOTHING, site)
        return Outputs(look, folder).made(output)


_NOTHING = Content(frozenset(), (), {}, ())
