"""What is wrong or remarkable in the archive as a whole, beyond single files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from urllib.parse import unquote

from sitegen import urls
from sitegen.errors import Mistake, Problem, counted
from sitegen.index.answers import Answers
from sitegen.index.articles import Articles
from sitegen.index.places import Places
from sitegen.model import PICTURE, Article, Document, State
from sitegen.outputs import File

_FIELD = re.compile(r"\s*(image|src|audio|transcript)\s*[:=]")
EXPIRED_SHARE = 10
"""Percent of the archive that may have expired before a build remarks on it."""


class Mistakes:
    """Looks for addresses that two sources claim, and for references that lead nowhere."""

    def __init__(
        self,
        articles: Articles,
        documents: Sequence[Document],
        sources: Collection[str],
        files: Mapping[str, File],
        places: Places,
    ) -> None:
        """`sources` are the files of content/ that were read, `files` those that may be copied."""
        self._articles = articles
        self._documents = documents
        self._check = _References(articles, documents, sources, files, places)
        self._in_texts: list[Mistake] = []
        self._in_fields: list[Mistake] = []

    def see(self, article: Article) -> None:
        """One of the articles; each is to be seen before anything is asked."""
        source, check = article.source, self._check
        for ref in article.refs:
            self._in_texts += check.text(source, ref)
        for ref in article.recording:
            self._in_fields += check.recording(source, ref)
        for ref in article.related:
            self._in_fields += check.field(source, "related", ref)
        if article.translation_of:
            self._in_fields += check.field(source, "translation_of", article.translation_of)

    def found(self) -> list[Mistake]:
        """All of them."""
        found = [*_taken(self._articles.sharing_places()), *self._in_texts]
        for document in self._documents:
            for ref in document.facts["refs"] if document.kind != "front" else ():
                found += self._check.text(document.source, ref)
        return found + self._in_fields


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
        articles: Articles,
        documents: Iterable[Document],
        sources: Collection[str],
        files: Mapping[str, File],
        places: Places,
    ) -> None:
        self._articles = articles
        self._pages = {d.facts["url"] for d in documents if d.kind == "page"}
        self._sources = sources
        self._files = files
        self._places = places

    def text(self, source: str, ref: str) -> list[Mistake]:
        """A link or picture in a text; only what must exist to be right is a mistake."""
        kind, _, target = ref.removeprefix(PICTURE).partition(":")
        if kind == "source" and target not in self._sources:
            message = f"it links to {target}, which does not exist"
            return [self._mistake("link-missing", source, target, message, self._sources)]
        if kind == "file" and ref.startswith(PICTURE) and target not in self._files:
            message = f"the picture {target} does not exist"
            return [self._mistake("image-missing", source, target, message, self._files)]
        if ref.startswith(PICTURE):
            return self._unusable(source, kind, target)
        return []

    def _unusable(self, source: str, kind: str, target: str) -> list[Mistake]:
        """A picture that is there, and that readers could not be shown."""
        name = target if kind == "file" else unquote(target).lstrip("/")
        image = self._files[name].image if name in self._files else None
        if image is None or not image.trouble:
            return []
        message = f"the picture {name} cannot be shown: {image.trouble}"
        found = self._mistake("image-unusable", source, target, message, ())
        return [Mistake(source, replace(found.problem, hint=image.remedy))]

    def recording(self, source: str, ref: str) -> list[Mistake]:
        """A recording or its text."""
        kind, _, target = ref.partition(":")
        if kind == "file" and target not in self._files:
            message = f"the file {target} does not exist"
            return [self._mistake("file-missing", source, target, message, self._files)]
        return []

    def field(self, source: str, field: str, ref: str) -> list[Mistake]:
        """`related` or `translation_of`."""
        kind, _, target = ref.partition(":")
        if kind == "source" and target not in self._sources:
            message = f"{target} does not exist"
            return [
                self._mistake("reference-missing", source, target, message, self._sources, field)
            ]
        if kind == "url" and not self._has_address(target):
            message = f"no article has the address {target}"
            return [self._mistake("reference-missing", source, target, message, self._urls, field)]
        return []

    @cached_property
    def _urls(self) -> Collection[str]:
        """All addresses, for a hint."""
        return self._pages.union(article.url for article in self._articles.articles())

    def _has_address(self, url: str) -> bool:
        try:
            url = urls.page_url(url)
        except ValueError:
            return False
        return url in self._pages or self._articles.has_address(url)

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
        problem = Problem(
            code, message, source, line or 1, field, self._near(target, known), column
        )
        return Mistake(source, problem)

    def _near(self, target: str, known: Collection[str]) -> str:
        name = posixpath.basename(target)
        # Some systems do not tell small letters from capitals, and the others do.
        like = [path for path in known if posixpath.basename(path).casefold() == name.casefold()]
        same = sorted(like, key=lambda path: (posixpath.basename(path) != name, path))
        near = same[:1] or get_close_matches(target, known, n=1, cutoff=0.8)
        return f"did you mean “{near[0]}”?" if near else "check its name, or remove it"


def cautions(archive: Answers, files: Collection[str], left_out: Collection[str]) -> list[Problem]:
    """What is no mistake, but should be known. A link's place is not looked up here."""
    open_paywall, pictures, sounds = _First(), _First(), _First()
    links: list[Problem] = []
    pictures_are_here = not archive.config.images.base_url
    for source, refs, article in _shown(archive):
        if article and article.paywall:
            open_paywall.add(source, "")
        for ref in refs:
            if ref.startswith(PICTURE) and pictures_are_here and _is_elsewhere(ref, files):
                pictures.add(source, ref)
            links += _link_caution(source, ref, archive, files, left_out)
        for ref in article.recording if article else ():
            if _is_elsewhere(ref, files):
                sounds.add(source, ref)
    found = [*many_expired(archive), *_open_paywall(archive, open_paywall)]
    return [*found, *_elsewhere(pictures, sounds), *links]


@dataclass(slots=True)
class _First:
    """The first of something that is told once, and how often it is met."""

    source: str = ""
    ref: str = ""
    number: int = 0

    def add(self, source: str, ref: str) -> None:
        if not self.number:
            self.source, self.ref = source, ref
        self.number += 1


def _shown(archive: Answers) -> Iterator[tuple[str, Iterable[str], Article | None]]:
    """(source, what its text refers to, the article that it is) of what readers can see."""
    for lang in archive.config.all_languages:
        for article in archive.live(lang):
            refs = [ref for ref in article.refs if ref not in article.recording]
            yield article.source, refs, article
    for document in archive.documents:
        if document.kind != "front" and not document.facts.get("draft"):
            yield document.source, document.facts["refs"], None


def many_expired(archive: Answers) -> Iterator[Problem]:
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


def _open_paywall(archive: Answers, paid: _First) -> Iterator[Problem]:
    """A script can only hide what is in the page already: whoever looks there reads it."""
    if paid.number and archive.config.paywall.text_in_page:
        message = (
            f"the whole text of {counted(paid.number, 'article')} for subscribers is in the pages, "
            "and everybody can read it there"
        )
        hint = "to publish only how they begin, remove text_in_page from [paywall]"
        yield Problem("paywall-open", message, paid.source, 0, "paywall", hint)


def _is_elsewhere(ref: str, files: Collection[str]) -> bool:
    """Whether a picture or sound has an address in the site at which no file of ours is."""
    kind, _, target = ref.removeprefix(PICTURE).partition(":")
    return kind == "url" and unquote(target[1:]) not in files


def _elsewhere(pictures: _First, sounds: _First) -> Iterator[Problem]:
    """Pictures with an address from the site's root that no file of ours answers: one warning."""
    number, first = pictures.number + sounds.number, pictures if pictures.number else sounds
    if number:
        verb = "are" if number > 1 else "is"
        message = f"{counted(number, 'picture or sound file')} {verb} not in static/ or content/"
        address = first.ref.removeprefix(PICTURE).partition(":")[2]
        hint = "put the files into static/, or correct the addresses"
        message = f"{message}, such as {address}"
        yield Problem("picture-elsewhere", message, first.source, 0, "", hint)


def _link_caution(
    source: str, ref: str, archive: Answers, files: Collection[str], left_out: Collection[str]
) -> list[Problem]:
    kind, _, target = ref.removeprefix(PICTURE).partition(":")
    if kind == "file":
        if target in files or ref.startswith(PICTURE):
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
