"""The preview's own pages: what the site consists of, what is held back, what is wrong with it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from sitegen import urls
from sitegen.index.store import Damaged
from sitegen.model import Json, State
from sitegen.outputs import Page
from sitegen.serve.edition import Edition
from sitegen.serve.live import InTurn, every_problem, in_short, in_words, mark_of
from sitegen.serve.preview import Preview
from sitegen.serve.reasons import href_of, why, why_of

FILES = Path(__file__).parent / "files"
"""The preview's scripts, styles and templates."""
MOST = 500
"""Addresses, mistakes or articles that are held back: one list shows so many."""
_LABELS: Mapping[str, str] = {
    "articles": "Articles",
    "corrections": "Logs of corrections",
    "feeds": "Feeds",
    "headlines": "Headlines for the ticker",
    "home": "Home pages",
    "listings": "Listings",
    "redirects": "Old addresses that lead on",
    "sitemaps": "Sitemaps",
    "standing": "Standing pages",
    "webmanifest": "Manifests for telephones",
}
"""What families of pages are called here; one that is not among them keeps its name."""
_ENDED = (State.EXPIRED, State.WITHDRAWN)
_POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
_HEADERS = {"Cache-Control": "no-store", "Content-Security-Policy": _POLICY}


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
        return await self._page(request, "pages.html", addresses, family, wanted.strip())

    async def why(self, request: Request) -> Response:
        """What a page is made of, and what would change it."""
        path = request.query_params.get("path", "/")
        return await self._page(request, "why.html", why, path)

    async def _page(
        self, request: Request, template: str, work: Callable[..., Mapping[str, Json]], *given: str
    ) -> Response:
        context = await self._in_turn(_with_frame, work, self._preview, *given)
        return self._templates.TemplateResponse(request, template, dict(context), headers=_HEADERS)


def _with_frame(
    work: Callable[..., Mapping[str, Json]], preview: Preview, *given: str
) -> Mapping[str, Json]:
    """What a page shows, with what all of them do."""
    edition = preview.edition()
    config = edition.config if edition else None
    return {
        **work(preview, *given),
        "version": preview.version,
        "site": config.site.title if config else "",
        "base": config.base_path if config else "/",
        "drafts": preview.asked.drafts,
    }


def overview(preview: Preview) -> Mapping[str, Json]:
    """What the overview shows."""
    asked, problems = preview.asked, every_problem(preview)
    return {
        "here": "overview",
        "folder": asked.site,
        "state": asked.state,
        "fixed": asked.now is not None,
        "progress": preview.progress,
        "count": len(problems),
        "problems": in_words(problems[:MOST], preview),
        "warning_count": len(preview.warnings),
        "warnings": in_words(preview.warnings[:MOST], preview, excerpts=False),
        **_of_edition(preview.edition(), drafts=asked.drafts),
    }


def _of_edition(edition: Edition | None, *, drafts: bool) -> Mapping[str, Json]:
    if edition is None:
        return {"families": [], "page_count": 0, "held_back": [], "held_count": 0}
    families = Counter(output.family for output in edition.outputs if isinstance(output, Page))
    held = _held(edition)
    zone, due = edition.config.site.timezone, edition.archive.next_due
    return {
        "now": in_short(edition.moment.now, zone),
        "next_due": "" if due is None else in_short(due, zone),
        "families": [
            {"name": name, "label": _LABELS.get(name, name), "count": count}
            for name, count in sorted(families.items(), key=lambda each: (-each[1], each[0]))
        ],
        "page_count": families.total(),
        "files": len(edition.outputs) - families.total(),
        "held_count": len(held),
        "held_back": [
            {
                "source": f"content/{source}",
                "why": state.value,
                "until": "" if until is None else in_short(until, zone),
                "href": href_of(edition, edition.archive.url_of(source)) if drafts else "",
            }
            for source, until, state in held[:MOST]
        ],
    }


def _held(edition: Edition) -> Sequence[tuple[str, int | None, State]]:
    """(source, until when, why) of what readers cannot see yet; the soonest come first."""
    archive = edition.archive
    held = {source: (until, state) for source, until, state in archive.held_back()}
    for source, state in archive.marks.items():
        article = None if state is State.DRAFT else archive.article(source)
        held[source] = (article.visible if article else None, state)
    found = [(source, until, state) for source, (until, state) in held.items()]
    return sorted(found, key=lambda each: (each[1] is None, each[1] or 0, each[0]))


def addresses(preview: Preview, family: str, wanted: str) -> Mapping[str, Json]:
    """What the list of a family's pages shows: those whose address or file has `wanted` in it.

    Articles come newest first, others by address.
    """
    edition = preview.edition()
    found = [] if edition is None else _matching(edition, family, wanted.casefold())
    pages = list(_listed(edition, found[:MOST])) if edition else []
    label = _LABELS.get(family, family)
    return {"family": family, "label": label, "wanted": wanted, "total": len(found), "pages": pages}


def _matching(edition: Edition, family: str, wanted: str) -> Sequence[Page]:
    def date(page: Page) -> int:
        article = edition.archive.article(page.source) if page.source else None
        return -article.date if article else 0

    found = (page for page in edition.outputs if isinstance(page, Page) and page.family == family)
    names = ((page, f"/{page.path.removesuffix('index.html')}\n{_file(page)}") for page in found)
    return sorted(
        (page for page, name in names if wanted in name.casefold()),
        key=lambda page: (date(page), page.path),
    )


def _file(page: Page) -> str:
    return f"content/{page.source}" if page.source else ""


def _listed(edition: Edition, pages: Sequence[Page]) -> Iterator[Mapping[str, Json]]:
    titles = _titles(edition, pages)
    for page in pages:
        url = urls.url_of(page.path)
        href = href_of(edition, url)
        state = edition.archive.state(page.source) if page.source else None
        ended = state.value if state in _ENDED else ""
        yield {
            "href": href,
            "shown": unquote(url),
            "title": titles.get(page.source, ""),
            "source": _file(page),
            "mark": mark_of(edition, page) or ended,
            "why": why_of(href),
        }


def _titles(edition: Edition, pages: Sequence[Page]) -> Mapping[str, str]:
    """Source → headline of the articles among some pages; nobody has one of what is withdrawn."""
    shown = (page.source for page in pages if page.source)
    articles = (edition.archive.article(source) for source in shown)
    cards = {
        article.source: article.card
        for article in articles
        if article and edition.archive.state(article.source) is not State.WITHDRAWN
    }
    with suppress(Damaged):  # a build is storing them at this moment: addresses will do
        values = edition.facts.values(cards.values())
        return {source: json.loads(values[card])["title"] for source, card in cards.items()}
    return {}
