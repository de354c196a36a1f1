"""What is wrong or remarkable in the archive as a whole, beyond single files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any
from urllib.parse import unquote

from sitegen import urls
from sitegen.errors import Mistake, Problem, counted
from sitegen.index.archive import ArchiveAt
from sitegen.index.places import Places
from sitegen.model import Article, Document, State

_FIELD = re.compile(r"\s*(image|src|audio|transcript)\s*[:=]")
EXPIRED_SHARE = 10
"""Percent of the archive that may have expired before a build remarks on it."""


def mistakes(
    articles: Sequence[Article],
    documents: Sequence[Document],
    sources: Collection[str],
    files: Collection[str],
    places: Places,
) -> list[Mistake]:
    """Addresses that two sources claim, and references that lead nowhere."""
    pages = [d for d in documents if d.kind == "page"]
    known_urls = {article.url for article in articles} | {page.facts["url"] for page in pages}
    found = list(_taken(articles))
    check = _References(sources, files, known_urls, places)
    for article in articles:
        for ref in article.refs:
            found += check.text(article.source, ref)
        for ref in article.related:
            found += check.field(article.source, "related", ref)
        if article.translation_of:
            found += check.field(article.source, "translation_of", article.translation_of)
    for page in pages:
        for ref in page.facts["refs"]:
            found += check.text(page.source, ref)
    return found


def _taken(articles: Iterable[Article]) -> Iterator[Mistake]:
    """The older of two articles keeps the address; drafts claim none yet."""
    first: dict[str, Article] = {}
    for article in articles:
        if article.draft:
            continue
        other = first.setdefault(urls.same_place(article.url), article)
        if other is not article:
            message = f"content/{other.source} has the same address, {other.url}"
            hint = "give one of the two another slug: or url:"
            yield Mistake(
                article.source, Problem("url-taken", message, article.source, 0, "slug", hint)
            )


class _References:
    """Looks up what references name."""

    def __init__(
        self,
        sources: Collection[str],
        files: Collection[str],
        known_urls: Collection[str],
        places: Places,
    ) -> None:
        self._sources = sources
        self._files = files
        self._urls = known_urls
        self._places = places

    def text(self, source: str, ref: str) -> list[Mistake]:
        """A link or picture in a text; only what must exist to be right is a mistake."""
        kind, _, target = ref.rstrip("!").partition(":")
        if kind == "source" and target not in self._sources:
            message = f"it links to {target}, which does not exist"
            return [self._mistake("link-missing", source, target, message, self._sources)]
        if kind == "file" and ref.endswith("!") and target not in self._files:
            message = f"the picture {target} does not exist"
            return [self._mistake("image-missing", source, target, message, self._files)]
        return []

    def field(self, source: str, field: str, ref: str) -> list[Mistake]:
        """`related` or `translation_of`."""
        kind, _, target = ref.partition(":")
        if kind == "source" and target not in self._sources:
            message = f"{target} does not exist"
            return [
                self._mistake("reference-missing", source, target, message, self._sources, field)
            ]
        if kind == "url" and self._clean(target) not in self._urls:
            message = f"no article has the address {target}"
            return [self._mistake("reference-missing", source, target, message, self._urls, field)]
        return []

    def _clean(self, url: str) -> str:
        try:
            return urls.page_url(url)
        except ValueError:
            return ""

    def _mistake(
        self,
        code: str,
        source: str,
        target: str,
        message: str,
        known: Collection[str],
        field: str = "",
    ) -> Mistake:
        (line, column), written = self._places.of(source, posixpath.basename(target.rstrip("/")))
        if not field and (named := _FIELD.match(written)):
            field = named[1]
        problem = Problem(code, message, source, line, field, self._near(target, known), column)
        return Mistake(source, problem)

    def _near(self, target: str, known: Collection[str]) -> str:
        name = posixpath.basename(target)
        same = sorted(path for path in known if posixpath.basename(path) == name)
        near = same[:1] or get_close_matches(target, known, n=1, cutoff=0.8)
        return f"did you mean “{near[0]}”?" if near else "check its name, or remove it"


def cautions(
    archive: ArchiveAt, files: Collection[str], left_out: Collection[str]
) -> list[Problem]:
    """What is no mistake, but should be known. A link's place is not looked up here."""
    found = [*_expired(archive), *_pictures_elsewhere(archive, files)]
    for lang in archive.config.all_languages:
        for article in archive.live(lang):
            for ref in article.refs:
                found += _link_caution(article.source, ref, archive, files, left_out)
    for document in archive.documents:
        if document.kind == "front":
            for picks in document.facts.values():
                found += _pick_cautions(document.source, picks, archive)
    return found


def _expired(archive: ArchiveAt) -> Iterator[Problem]:
    """A field that other systems use otherwise must not silence an archive unseen."""
    expired = [article for article, state in archive.notices() if state is State.EXPIRED]
    visible = sum(len(archive.live(lang)) for lang in archive.config.all_languages)
    if len(expired) > archive.config.build.max_removed:
        share = 100 * len(expired) // (len(expired) + visible)
        if share >= EXPIRED_SHARE:
            message = (
                f"{counted(len(expired), 'article')} of {len(expired) + visible:,} have expired: "
                "readers see a short notice in place of their text"
            )
            hint = "if that is not meant, remove what you map to “expires” in [front_matter.names]"
            yield Problem("many-expired", message, expired[0].source, 0, "expires", hint)


def _pictures_elsewhere(archive: ArchiveAt, files: Collection[str]) -> Iterator[Problem]:
    """Pictures with an address from the site's root that no file of ours answers: one warning."""
    missing = [
        (article.source, ref[4:-1])
        for lang in archive.config.all_languages
        for article in archive.live(lang)
        for ref in article.refs
        if ref.startswith("url:") and ref.endswith("!")
        if unquote(ref[5:-1]) not in files
    ]
    if missing:
        source, address = missing[0]
        number = counted(len(missing), "picture")
        message = f"{number} with no file in static/ or content/, such as {address}"
        hint = "put the files into static/, or correct the addresses"
        yield Problem("picture-elsewhere", message, source, 0, "", hint)


def _link_caution(
    source: str, ref: str, archive: ArchiveAt, files: Collection[str], left_out: Collection[str]
) -> list[Problem]:
    kind, _, target = ref.rstrip("!").partition(":")
    if kind == "file":
        if target in files or ref.endswith("!"):
            return []
        message = f"it links to {target}, which is no file beside it; only the words are shown"
        hint = "write the address from the site's root, such as /about/"
        return [Problem("link-unknown", message, source, 0, "", hint)]
    to = archive.source_of(ref)
    if to is None and kind == "url":
        return []
    state = archive.state(to) if to else None
    if to in left_out or target in left_out or (state is not None and state.held_back):
        message = f"it links to {to or target}, which is not published; only the words are shown"
        return [Problem("link-held-back", message, source)]
    return []


def _pick_cautions(source: str, picks: Mapping[str, Any], archive: ArchiveAt) -> Iterator[Problem]:
    parts = [(picks, ""), *((part, name) for name, part in picks["sections"].items())]
    for part, name in parts:
        if part["until"] is not None and part["until"] <= archive.moment.now:
            continue
        for ref in filter(None, (part["lead"], *part["top"])):
            to = archive.source_of(ref)
            if to is None or archive.state(to) is not State.LIVE:
                target = ref.partition(":")[2]
                message = f"{target} is not published; the newest article takes its place"
                yield Problem("pick-skipped", message, source, 0, name)
