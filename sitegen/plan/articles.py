"""The pages of articles: the article itself, or a notice where it expired or was withdrawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import merge

from sitegen import instants, urls
from sitegen.config import Config
from sitegen.model import PICTURE, Archive, Article, Edit, Edited, Json, Key, State
from sitegen.outputs import Need, Page, Touched, crop_key
from sitegen.plan.copies import file_of

_MONTH = len("2026-11")


def pages(archive: Archive, config: Config) -> Iterator[Page]:
    """One page for every article that readers can see or could once see."""
    languages = map(archive.led_back, config.all_languages)
    for article, previous, related in merge(*languages, key=lambda each: each[0].day[:_MONTH]):
        yield _page(archive, article, previous, related)
    for article, state in archive.notices():
        yield _notice(article, state)


def touched(archive: Edited, config: Config, edits: Sequence[Edit]) -> Iterator[Touched]:
    """Their own pages, and those that lead back to them, or did."""
    found = {urls.path_of(article.url) for edit in edits for article in edit.both}
    for article in {each for edit in edits for each in edit.both}:
        found |= {urls.path_of(other.url) for other in archive.followers(article)}
    for path in sorted(found):
        yield path, page_at(archive, path)


def page_at(archive: Archive, path: str) -> Page | None:
    """The page that `pages` has at a path."""
    source = archive.source_of(f"url:{urls.url_of(path)}")
    article = archive.article(source) if source else None
    if article is None or urls.path_of(article.url) != path:
        return None
    state = archive.state(article.source)
    if state is None or state.held_back:
        return None
    if state is not State.LIVE:
        return _notice(article, state)
    return _page(archive, article, archive.previous(article), archive.related(article))


def _page(archive: Archive, article: Article, previous: Key | None, related: Sequence[Key]) -> Page:
    translations = archive.translations(article)
    values: dict[str, Json] = {}
    needs: list[Need] = [
        ("article", archive.text_of(article)),
        ("terms", tuple(archive.terms(article))),
        ("previous", (previous,) if previous else ()),
        ("related", tuple(related)),
    ]
    if translations:
        needs.append(("translations", tuple(f"url:{source}" for source in translations)))
        original = archive.original(article)
        values["original"] = "" if original == article.source else archive.url_of(original)
    if refs := archive.refs_of(article):
        links = link_keys(refs)
        if article.picture in refs and not archive.moment.preview:
            links = (*links, crop_key("hero", article.picture, article.focus))
        needs.append(("_links", links))
    if mark := archive.marks.get(article.source):
        values["held"] = mark.value
    if not article.indexed:
        values["indexed"] = False
    return Page(
        urls.path_of(article.url),
        article.template or "article.html",
        "articles",
        article.lang,
        tuple(needs),
        values,
        article.source,
        article.day[:_MONTH],
    )


def link_keys(refs: tuple[str, ...]) -> tuple[Key, ...]:
    """The facts that resolve the references of a text; those of pictures have “!” before them."""
    return tuple(
        dict.fromkeys(
            f"picture:{ref[1:]}" if ref.startswith(PICTURE) else f"link:{ref}" for ref in refs
        )
    )


def facts_of_file(article: Article, name: str) -> Iterator[Key]:
    """The facts by which pages show or play a file of content/ that an article names."""
    refs = (ref for ref in (*article.refs, *article.open_refs) if file_of(ref) == name)
    yield from link_keys(tuple(refs))
    if file_of(article.picture) == name:
        yield crop_key("hero", article.picture, article.focus)
    yield from (f"length:{ref}" for ref in article.recording if file_of(ref) == name)


def _notice(article: Article, state: State) -> Page:
    instant = article.withdrawn if state is State.WITHDRAWN else article.expires
    values = {
        "state": state.value,
        "since": instants.utc(instants.from_seconds(instant or article.date)),
        "reason": article.reason if state is State.WITHDRAWN else "",
    }
    path = urls.path_of(article.url)
    return Page(path, "notice.html", "articles", article.lang, (), values, article.source)
