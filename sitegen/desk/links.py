"""Links within the site that lead nowhere, and standing pages that nothing leads to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from html import unescape
from itertools import chain
from urllib.parse import unquote

from sitegen import urls
from sitegen.desk.look import Look
from sitegen.errors import At, Problem
from sitegen.index.places import Places
from sitegen.model import Document, Json, State
from sitegen.plan.redirects import OldAddresses, redirects_of
from sitegen.read.headings import ids_of
from sitegen.spool import batches

MOST_SUGGESTED = 50
"""Broken links for which a near address is looked for: it takes longer than all the rest."""
_TEXTS_AT_ONCE = 256
"""Texts that are in memory at a time."""
_ELSEWHERE = re.compile(r'<a [^>]*?href="((?:https?:)?//[^"]+)"')
_IDS_OF_ARTICLES = frozenset({"main", "corrections"})


def broken_links(look: Look, places: Places) -> Iterator[Problem]:
    """Links to an address that no page or file answers, and to a place that a page has not."""
    paths = {output.path for output in look.site.outputs}
    moved = OldAddresses(redirects_of(look.site.archive, look.site.archive.config))
    answers = _Answers(look, paths, moved)
    for source, refs in _references(look):
        for ref in refs:
            target = ref.partition(":")[2]
            if ref.startswith("url:") and not answers.knows(target):
                at = _place(places, source, target)
                message = f"it links to {target}, and there is no such page or file"
                hint = answers.near(target) or "correct the address, or remove the link"
                yield Problem("link-broken", message, source, at.line, "", hint, at.column)
    yield from _missing_anchors(look, places)


class _Answers:
    """Which addresses of the site something answers."""

    def __init__(self, look: Look, paths: set[str], moved: OldAddresses) -> None:
        self._archive = look.site.archive
        self._paths = paths
        self._moved = moved
        self._suggested = 0

    def knows(self, target: str) -> bool:
        try:
            url = urls.clean_url(target)
        except ValueError:
            return False
        path = urls.path_of(url)
        return (
            path in self._paths
            or path.removesuffix("/index.html") in self._paths  # a file without a suffix
            or urls.path_of(f"{url}/") in self._paths
            or url in self._moved
            or self._archive.source_of(f"url:{target}") is not None
        )

    def near(self, target: str) -> str:
        self._suggested += 1
        if self._suggested > MOST_SUGGESTED:
            return ""
        known = [urls.url_of(path) for path in self._paths]
        found = get_close_matches(target, known, n=1, cutoff=0.8)
        return f"did you mean “{found[0]}”?" if found else ""


def _references(look: Look) -> Iterator[tuple[str, Iterable[str]]]:
    """(source, what it links to) of everything that is or will be published."""
    hidden = {article.source for article, _ in look.site.archive.notices()}
    for article in look.site.articles:
        if article.source not in hidden:
            yield article.source, article.refs
    for document in look.site.archive.documents:
        if document.kind != "front":
            yield document.source, document.facts["refs"]


def _place(places: Places, source: str, target: str) -> At:
    return places.near(source, target, unquote(target).rstrip("/").rpartition("/")[2])


def _missing_anchors(look: Look, places: Places) -> Iterator[Problem]:
    archive = look.site.archive
    wanted = [
        (source, to, anchor)
        for source, told in look.site.told.items()
        for target, anchor in told.anchors
        if (to := archive.source_of(target)) and archive.state(to) is State.LIVE
    ]
    bodies = look.bodies(sorted({to for _, to, _ in wanted}))

    @cache
    def ids(source: str) -> set[str]:
        return ids_of(json.loads(bodies[source])["html"]) | _IDS_OF_ARTICLES

    for source, to, anchor in wanted:
        if anchor not in ids(to) and not anchor.startswith("block-"):
            at = _place(places, source, f"#{anchor}")
            message = f"it links to “#{anchor}” in {to}, which has no heading or id called so"
            hint = "a heading's id is its words in small letters with hyphens between them"
            yield Problem("anchor-missing", message, source, at.line, "", hint, at.column)


def links_elsewhere(look: Look) -> list[tuple[str, list[tuple[str, At]]]]:
    """(address, where it is linked) of every link to another site, in the order of the files."""
    places = Places(look.folder / "content")
    hidden = {article.source for article, _ in look.site.archive.notices()}
    pages = (d.source for d in look.site.archive.documents if d.kind == "page")
    shown = (a.source for a in look.site.articles if a.source not in hidden)
    found: dict[str, list[tuple[str, At]]] = {}
    for some in batches(sorted([*shown, *pages]), most=_TEXTS_AT_ONCE):
        for source, body in sorted(look.bodies(some).items()):
            for url in dict.fromkeys(_addresses(json.loads(body))):
                found.setdefault(url, []).append((source, _place(places, source, url)))
    return list(found.items())


def _addresses(body: Mapping[str, Json]) -> Iterator[str]:
    """The addresses of other sites that a page links."""
    texts = [body["html"], *body.get("key_points", ())]
    texts += [body.get(name, "") for name in ("why_it_matters", "what_it_means")]
    texts += [part["answer"] for part in body.get("faq", ())]
    texts += [part["text"] for part in body.get("corrections", ())]
    for text in texts:
        yield from map(unescape, _ELSEWHERE.findall(text))
    yield from (s["url"] for s in body.get("sources", ()) if s["url"].startswith("http"))


def unreachable_pages(look: Look) -> Iterator[Problem]:
    """Standing pages that no text, setting or template links to: readers cannot find them."""
    archive, config = look.site.archive, look.config
    pages = [document for document in archive.documents if document.kind == "page"]
    linked = {
        archive.source_of(ref)
        for source, refs in _references(look)
        for ref in refs
        if archive.source_of(ref) != source
    }
    named = {*config.publisher.policies.values(), *(link.url for link in config.publisher.follow)}
    named |= {config.newsletter.action, config.support.action, config.search.action}
    linked |= {archive.source_of(f"url:{url}") for url in named if url.startswith("/")}
    pairs = {page.facts["pair"] for page in pages if page.source in linked}
    templates = list(chain(look.theme.templates.values()))
    for page in pages:
        if page.source in linked or page.facts["pair"] in pairs or page.facts["draft"]:
            continue
        if not any(page.facts["url"] in template for template in templates):
            yield _unreachable(page)


def _unreachable(page: Document) -> Problem:
    message = f"nothing links to this page ({page.facts['url']}), so that readers cannot find it"
    hint = "link to it from another page, or name it in [publisher.policies]"
    return Problem("page-unreachable", message, page.source, 1, "", hint)
