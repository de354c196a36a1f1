"""Why a page of the preview is as it is: what `sitegen why` says, of one page, at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, unquote

from sitegen import urls
from sitegen.desk.answer import Made
from sitegen.desk.asked import near
from sitegen.desk.look import Look
from sitegen.desk.made import Outputs
from sitegen.folders import folders_of
from sitegen.index.store import Store, damage_raises
from sitegen.model import Json, State
from sitegen.outputs import Output, Page
from sitegen.serve.edition import Edition
from sitegen.serve.live import OWN, in_short, in_words, mark_of
from sitegen.serve.preview import Preview
from sitegen.site import Site, inputs_of
from sitegen.site.content import Content

_MOST = 500
"""Names of one kind that a page shows, and that are listed."""
_FEW = 12
"""Of these so many before they are folded up."""


def href_of(edition: Edition, url: str) -> str:
    """An address within the site as one of the preview."""
    return edition.config.base_path.rstrip("/") + url


def why_of(href: str) -> str:
    """Where it is told why the page at an address of the preview is as it is."""
    return f"{OWN}/why?path={quote(unquote(href), safe='/')}"


def why(preview: Preview, path: str) -> Mapping[str, Json]:
    """What is shown of the page at a decoded path."""
    edition = preview.edition()
    found: dict[str, Json] = {
        "shown": path,
        "href": urls.encode(path) if path.startswith("/") else "/",
        "made": None,
        "few": _FEW,
        "most": _MOST,
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
    return found | {
        "made": made,
        "source": f"content/{source}" if source else "",
        "mark": mark_of(edition, output),
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
    hrefs = (href_of(edition, found) for found in near(url, known))
    return [(why_of(href), unquote(href)) for href in hrefs]


def _made(preview: Preview, edition: Edition, output: Output) -> Made:
    """How a build makes it, and how it was made last."""
    asked = preview.asked
    where = folders_of(asked.site, Path("public"), asked.state)
    with damage_raises(asked.state), Store(asked.state, reading=True) as store:
        inputs = inputs_of(edition.facts, edition.theme, store)
        what = (edition.archive, edition.facts, inputs, [output])
        site = Site(*what, [], [], [], {}, edition.articles, [])
        look = Look(asked.site, edition.config, edition.theme, store, _NOTHING, site)
        return Outputs(look, where).made(output)


_NOTHING = Content(frozenset(), (), {}, ())
