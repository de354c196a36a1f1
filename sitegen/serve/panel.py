"""The preview's own pages: what the site consists of, what is held back, why a page is as it is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from sitegen import urls
from sitegen.desk.answer import Made
from sitegen.desk.asked import near
from sitegen.desk.look import Look
from sitegen.desk.made import Outputs
from sitegen.folders import folders_of
from sitegen.index.store import Damaged, Store, damage_raises
from sitegen.model import Json, State
from sitegen.outputs import Output, Page
from sitegen.serve.edition import Edition
from sitegen.serve.live import OWN, InTurn, every_problem, in_short, in_words, marks_of
from sitegen.serve.preview import Preview
from sitegen.site import Site, inputs_of
from sitegen.site.content import Content

FILES = Path(__file__).parent / "files"
"""The preview's scripts, styles and templates."""
MOST = 500
"""Addresses, mistakes or articles that are held back: one list shows so many."""
_FEW = 12
"""What a page shows of one kind, before it is folded up."""
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
    held = sorted(
        edition.archive.held_back(), key=lambda each: (each[1] is None, each[1] or 0, each[0])
    )
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
                "href": _href(edition, edition.archive.url_of(source)) if drafts else "",
            }
            for source, until, state in held[:MOST]
        ],
    }


def _href(edition: Edition, url: str) -> str:
    """An address within the site as one of the preview."""
    return edition.config.base_path.rstrip("/") + url


def _why(href: str) -> str:
    return f"{OWN}/why?path={quote(unquote(href), safe='/')}"


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
        href = _href(edition, url)
        mark = edition.archive.marks.get(page.source) if page.source else None
        yield {
            "href": href,
            "shown": unquote(url),
            "title": titles.get(page.source, ""),
            "source": _file(page),
            "mark": mark.value if mark else "",
            "why": _why(href),
        }


def _titles(edition: Edition, pages: Sequence[Page]) -> Mapping[str, str]:
    """Source → headline of the articles among some pages."""
    articles = (edition.archive.article(page.source) for page in pages if page.source)
    cards = {article.source: article.card for article in articles if article}
    with suppress(Damaged):  # a build is storing them at this moment: addresses will do
        values = edition.facts.values(cards.values())
        return {source: json.loads(values[card])["title"] for source, card in cards.items()}
    return {}


def why(preview: Preview, path: str) -> Mapping[str, Json]:
    """What is shown of the page at a decoded path."""
    edition = preview.edition()
    found: dict[str, Json] = {
        "shown": path,
        "href": urls.encode(path) if path.startswith("/") else "/",
        "made": None,
        "few": _FEW,
        "most": MOST,
    }
    if edition is None:
        return found
    there = preview.show(path)
    answer, zone = there.answer, edition.config.site.timezone
    # Of an address where nothing is, the page that says so is not meant.
    output = answer.output if answer.status in (200, 410) else None
    output = output or edition.output_at(urls.path_of(path)) if answer.status == 404 else output
    made = _made(preview, edition, output) if output else None
    source = output.source if isinstance(output, Page) else ""
    state = edition.archive.state(source) if source else None
    return found | {
        "made": made,
        "source": f"content/{source}" if source else "",
        "marks": marks_of(edition, output, preview.asked.now),
        "held": bool(state and state.held_back),
        "leads": answer.headers.get("Location", ""),
        "told": list(_held_back(edition, path)) if made is None else [],
        "problems": in_words(there.problems, preview),
        "written": in_short(made.last_written, zone) if made and made.last_written else "",
        "differs": _differs(preview),
        "near": [] if made or "Location" in answer.headers else _near(edition, path),
    }


def _held_back(edition: Edition, path: str) -> Iterator[str]:
    """What is said of an address that an article will have."""
    url = urls.encode(f"/{path.removeprefix(edition.config.base_path)}")
    source = edition.archive.source_of(f"url:{url}")
    article = edition.archive.article(source) if source else None
    state = edition.archive.state(source) if source else None
    if source and state and state.held_back:
        zone = edition.config.site.timezone
        until = f" until {in_short(article.visible, zone)}" if article else ""
        until = "" if state is State.DRAFT else until
        yield f"This will be the address of content/{source}, which is {state.value}{until}."
        yield "sitegen serve --drafts shows it."


def _differs(preview: Preview) -> str:
    """The options that make this preview another site than a build makes."""
    asked = preview.asked
    options = {
        "--drafts": asked.drafts,
        "--now": asked.now is not None,
        "--base-url": asked.base_url is not None,
    }
    return ", ".join(name for name, given in options.items() if given)


def _near(edition: Edition, path: str) -> list[tuple[str, str]]:
    url = urls.encode(f"/{path.removeprefix(edition.config.base_path)}")
    known = [urls.url_of(output.path) for output in edition.outputs if isinstance(output, Page)]
    hrefs = (_href(edition, found) for found in near(url, known))
    return [(_why(href), unquote(href)) for href in hrefs]


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
