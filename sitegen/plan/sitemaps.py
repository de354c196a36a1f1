"""Sitemaps: articles by month of publication, all other pages, what is news, and their index.

Formats: sitemaps.org's protocol 0.9, with Google's image and news extensions and xhtml:link for
translations. Dates of change are those that articles have; what lists articles has none, because a
date that moves with every new one would tell nobody that a page is worth another visit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from sitegen import i18n, instants, urls
from sitegen.config import Config
from sitegen.model import PICTURE, Archive, Article, Edit, Edited, Json
from sitegen.outputs import Need, Page, Touched
from sitegen.plan.articles import link_keys
from sitegen.plan.home import PAID
from sitegen.plan.listings import summaries
from sitegen.plan.parts import divided
from sitegen.plan.periods import Period, divide

INDEX = "/sitemap.xml"
FOLDER = "sitemaps/"
NEWS = f"/{FOLDER}news.xml"
NEWS_AGE = 48 * 3600
"""Seconds from the instant of visibility for which an article is news (Google: two days)."""
MOST_NEWS = 1000
"""Articles that one news sitemap may hold."""
LISTED = frozenset({"home", "listings", "corrections", "standing"})
"""The families of pages that are in the sitemap of pages; articles are in those of their months."""

_MONTH = len("2026-11")
_ENTRY, _LINK = 400, 200
"""Bytes of an entry and of a link in it, beside addresses."""


class _Part(NamedTuple):
    """One sitemap."""

    page: Page
    changed: int
    """The newest change in it; 0: none is told."""


def pages(archive: Archive, config: Config, others: Iterable[Page]) -> Iterator[Page]:
    """The index and every sitemap; none in a preview. `others` are the other pages `as_listed`."""
    if archive.moment.preview:
        return
    listed = sorted(others, key=attrgetter("path"))
    parts = []
    for part in chain(_months(archive, config), _others(archive, config, listed)):
        parts.append([urls.url_of(part.page.path), part.changed and _utc(part.changed)])
        yield part.page
    yield _news(archive, config)
    yield _index(config, parts)


def touched(
    archive: Edited, config: Config, edits: Sequence[Edit], others: Sequence[Page], *, moved: bool
) -> Iterator[Touched]:
    """The sitemaps of the months of articles and their translations and of news, and the index.

    `others` are the site's other pages, of which those that are listed may be more or fewer now if
    anything `moved`. No month must have more than one part.
    """
    edited = [article for edit in edits for article in edit.both]
    versions = (version for article in edited for version in archive.versions(article))
    months = {article.day[:_MONTH] for article in (*edited, *versions)}
    yield from ((urls.path_of(_address(name, 1)), None) for name in months)
    for part in _months(archive, config, months):
        yield part.page.path, part.page
    news = _news(archive, config)
    yield news.path, news
    parts: list[Sequence[Json]]
    parts = [[_address(name, 1), _utc(last)] for name, last in sorted(archive.changes().items())]
    for part in _others(archive, config, sorted(others, key=attrgetter("path"))):
        parts.append([urls.url_of(part.page.path), part.changed and _utc(part.changed)])
        if moved:
            yield part.page.path, part.page
    index = _index(config, parts)
    yield index.path, index


def page_at(archive: Archive, config: Config, path: str) -> Page | None:
    """The sitemap at a path, of those that stand alone."""
    if archive.moment.preview or not stands_alone(path):
        return None
    if path == urls.path_of(NEWS):
        return _news(archive, config)
    name = path.removeprefix(FOLDER)[:_MONTH]
    months = (part.page for part in _months(archive, config, {name}))
    return next((page for page in months if page.path == path), None)


def stands_alone(path: str) -> bool:
    """Whether a sitemap lists no other pages than articles: that of a month, or of the news."""
    name = path.removeprefix(FOLDER)
    return path == urls.path_of(NEWS) or name[:4].isdigit()


def is_listed(page: Page) -> bool:
    """Whether a page is in the sitemap of pages."""
    return (
        page.family in LISTED and page.path.endswith(".html") and page.values.get("indexed", True)
    )


def as_listed(page: Page) -> Page:
    """A page without what its sitemap says nothing of: there are many, and all are kept for it."""
    values = {"others": page.values["others"]} if "others" in page.values else {}
    return page._replace(needs=page.needs if page.source else (), values=values)


def _months(
    archive: Archive, config: Config, names: Collection[str] | None = None
) -> Iterator[_Part]:
    """Articles of all languages, by the month of their dates; most months have one part.

    Only those of some months, where these are named.
    """
    months: dict[str, list[Period]] = {}
    for lang in config.all_languages:
        for month in divide(archive.live(lang), "month", 1, all_periods=True).leaves:
            if names is None or month.name in names:
                months.setdefault(month.name, []).append(month)
    weight = _Weight(archive, config)
    for name in sorted(months):
        every = chain.from_iterable(month.articles for month in months[name])
        articles = [article for article in every if article.indexed]
        if not articles:
            continue
        if len(config.all_languages) > 1:
            articles.sort(key=lambda article: (article.date, article.url))
        for number, some in sorted(divided(articles, attrgetter("url"), weight.of)):
            yield _month(archive, config, _address(name, number), some)


def _month(archive: Archive, config: Config, url: str, articles: Sequence[Article]) -> _Part:
    needs: list[Need] = [("articles", summaries(articles))]
    heroes = [
        f"picture:{article.picture.removeprefix(PICTURE)}"
        for article in articles
        if article.picture
    ]
    if heroes:
        needs.append(("_links", tuple(dict.fromkeys(heroes))))
    for article in articles:
        if translations := archive.translations(article):
            needs.append((f"alternates.{article.url}", tuple(f"url:{s}" for s in translations)))
        if more := _more_pictures(archive, article):
            needs.append((f"pictures.{article.url}", more))
    late = {a.url: _utc(a.visible) for a in articles if a.visible > a.modified}
    changed = max(max(article.modified, article.visible) for article in articles)
    return _Part(_page(config, url, "sitemap.xml", tuple(needs), {"seen": late}), changed)


def _more_pictures(archive: Archive, article: Article) -> tuple[str, ...]:
    """The pictures in an article's text; its hero comes with its card."""
    refs = archive.refs_of(article)
    more = [ref for ref in refs if ref.startswith(PICTURE) and ref != article.picture]
    return link_keys(tuple(more))


class _Weight:
    """About how many bytes articles take in a sitemap."""

    def __init__(self, archive: Archive, config: Config) -> None:
        self._archive = archive
        self._base = len(config.site.base_url)
        self._languages = len(config.all_languages)

    def of(self, article: Article) -> int:
        """As if it were translated into all languages, with addresses as long as its own."""
        link = _LINK + self._base + len(article.url)
        weight = _ENTRY + link
        if self._languages > 1:
            weight += (self._languages + 1) * link
        refs = self._archive.refs_of(article)
        if not refs:
            return weight
        # Three bytes for each letter that an address has to encode.
        return weight + sum(
            _LINK + self._base + 3 * len(ref) for ref in refs if ref.startswith(PICTURE)
        )


def _others(archive: Archive, config: Config, listed: Sequence[Page]) -> Iterator[_Part]:
    """Home, standing pages, fronts, indexes, periods; by address."""
    if not listed:
        return
    updated = {d.source: d.facts["updated"] for d in archive.documents if d.kind == "page"}

    def weight(page: Page) -> int:
        return (_ENTRY + 3 * len(page.path)) * (1 + len(config.all_languages))

    for number, some in sorted(divided(listed, attrgetter("path"), weight)):
        changes = {page.path: change for page in some if (change := updated.get(page.source))}
        entries = []
        translated: list[Need] = []
        for page in some:
            entry = {"url": urls.url_of(page.path), "lang": page.lang, "changed": ""}
            if page.path in changes:
                entry["changed"] = _utc(changes[page.path])
            if "others" in page.values:
                entry["others"] = page.values["others"]
            entries.append(entry)
            needs = page.needs if page.source else ()
            translated += [
                (f"alternates.{entry['url']}", n) for name, n in needs if name == "translations"
            ]
        url = _address("pages", number)
        page = _page(config, url, "sitemap-pages.xml", tuple(translated), {"pages": entries})
        yield _Part(page, max(changes.values(), default=0))


def _news(archive: Archive, config: Config) -> Page:
    """What readers could first see within two days; it ages out by itself, until it is empty."""
    since = archive.moment.now - NEWS_AGE
    recent = [
        article
        for lang in config.all_languages
        for article in archive.seen_since(lang, since)
        if article.indexed and article.type != PAID
    ]
    recent.sort(key=lambda article: (article.visible, article.url), reverse=True)
    articles = recent[:MOST_NEWS]
    if articles:
        archive.due_at(articles[-1].visible + NEWS_AGE)
    values = {
        "seen": {article.url: _utc(article.visible) for article in articles},
        "publications": {lang: _publication(config, lang) for lang in config.all_languages},
    }
    return _page(config, NEWS, "sitemap-news.xml", (("articles", summaries(articles)),), values)


def _publication(config: Config, lang: str) -> Mapping[str, Json]:
    return {"name": config.publisher_name(lang), "language": i18n.news_language(lang)}


def second_part(name: str) -> str:
    """The path of the part that the sitemap of a month, or of `pages`, has once it is divided."""
    return urls.path_of(_address(name, 2))


def _index(config: Config, parts: Sequence[Sequence[Json]]) -> Page:
    return _page(config, INDEX, "sitemap-index.xml", (), {"parts": parts})


def _address(name: str, number: int) -> str:
    """The first part keeps its address when a second one is born."""
    return f"/{FOLDER}{name}.xml" if number == 1 else f"/{FOLDER}{name}-{number}.xml"


def _page(
    config: Config, url: str, template: str, needs: tuple[Need, ...], values: Mapping[str, Json]
) -> Page:
    return Page(urls.path_of(url), template, "sitemaps", config.site.language, needs, values)


def _utc(seconds: int) -> str:
    return instants.utc(instants.from_seconds(seconds))
