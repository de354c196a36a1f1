"""Feeds: of the site and each of its listings, in every language; all of the site's by month.

A feed of the newest articles changes with each of them; behind the site's stand archives by month,
which are `sealed`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import merge
from operator import attrgetter

from sitegen import instants, urls
from sitegen.config import FEEDS, Config
from sitegen.model import Archive, Article, Edit, Json, ListingId
from sitegen.outputs import Need, Page, Touched
from sitegen.plan import sealed
from sitegen.plan.articles import link_keys
from sitegen.plan.listings import listed_in, newest_change, pictures, summaries
from sitegen.plan.periods import Period


def pages(archive: Archive, config: Config) -> Iterator[Page]:
    """Every feed; a preview has none."""
    if archive.moment.preview:
        return
    months = {lang: _months(archive, config, lang) for lang in config.all_languages}
    for lang, some in months.items():
        yield from _newest(archive, config, lang, some)
    archives = (_archives(archive, config, lang, some) for lang, some in months.items())
    yield from merge(*archives, key=attrgetter("time"))
    for id, articles in archive.listings().items():
        yield from _current(archive, config, id, articles)


def touched(archive: Archive, config: Config, edits: Sequence[Edit]) -> Iterator[Touched]:
    """The feeds that have or had the articles, or name an archive that these begin or end."""
    for lang in sorted({article.lang for edit in edits for article in edit.both}):
        months = _months(archive, config, lang)
        yield from ((page.path, page) for page in _newest(archive, config, lang, months))
        if "rss" in config.feeds.formats:
            gone, wanted = sealed.touched(months, _of_lang(edits, lang))
            yield from ((urls.path_of(config.feed_archive_url(lang, n)), None) for n in gone)
            found = _archives(archive, config, lang, months, wanted)
            yield from ((page.path, page) for page in found)
    for id in listed_in(archive, edits):
        articles = archive.listings().get(id)
        for page in _current(archive, config, id, articles or ()):
            yield page.path, page if articles else None


def _of_lang(edits: Iterable[Edit], lang: str) -> Iterator[Edit]:
    """What edits are of articles in a language."""
    for edit in edits:
        yield Edit(*(article if article and article.lang == lang else None for article in edit))


def page_at(archive: Archive, config: Config, path: str) -> Page | None:
    """The page that `pages` has at a path; the feeds of other listings are not planned."""
    url = urls.url_of(path)
    if archive.moment.preview or not url.endswith((".xml", ".json")):
        return None
    name = url.rpartition("/")[2].removesuffix(".xml")
    for lang in config.all_languages:
        months = _months(archive, config, lang)
        if url == config.feed_archive_url(lang, name):
            wanted = sealed.Wanted((), (name,))
            return next(_archives(archive, config, lang, months, wanted), None)
        for page in _newest(archive, config, lang, months):
            if page.path == path:
                return page
    found = (
        page
        for id, articles in archive.listings().items()
        if any(url == config.feed_url(id, format) for format in config.feed_formats(id.kind))
        for page in _current(archive, config, id, articles)
    )
    return next((page for page in found if page.path == path), None)


def _months(archive: Archive, config: Config, lang: str) -> Sequence[Period]:
    """The months that have archives."""
    return sealed.months_of(archive, lang) if "rss" in config.feeds.formats else ()


def _newest(
    archive: Archive, config: Config, lang: str, months: Sequence[Period]
) -> Iterator[Page]:
    """The feed of all of a language's articles."""
    newest = config.feed_archive_url(lang, sealed.last(months[-1])) if months else ""
    yield from _current(archive, config, ListingId(lang, "site"), archive.live(lang), newest)


def _archives(
    archive: Archive,
    config: Config,
    lang: str,
    months: Sequence[Period],
    wanted: sealed.Wanted | None = None,
) -> Iterator[Page]:
    """The archives behind that feed, or some."""
    id = ListingId(lang, "site")

    def url(name: str) -> str:
        return config.feed_archive_url(lang, name) if name else ""

    for each in sealed.archives(months, wanted):
        about = {"period": each.month, "current": config.feed_url(id, "rss")}
        about |= {"older": url(each.older), "newer": url(each.newer)}
        newest_first = each.articles[::-1]
        yield _page(archive, config, id, newest_first, url(each.name), FEEDS["rss"], about)


def _current(
    archive: Archive,
    config: Config,
    id: ListingId,
    articles: Sequence[Article],
    newest_archive: str = "",
) -> Iterator[Page]:
    """A listing's newest articles, in each format that it has."""
    shown = articles[: -config.feeds.items - 1 : -1]
    for format in config.feed_formats(id.kind):
        about = {"older": newest_archive if format == "rss" else "", "hub": config.feeds.hub}
        url = config.feed_url(id, format)
        yield _page(archive, config, id, shown, url, FEEDS[format], about)


def _page(
    archive: Archive,
    config: Config,
    id: ListingId,
    articles: Sequence[Article],
    url: str,
    template: str,
    about: Mapping[str, Json],
) -> Page:
    full = config.feed_text(id.kind) == "full"
    needs = list(_texts(archive, articles) if full else _cards(articles))
    needs += [(f"terms_of.{article.url}", tuple(archive.terms(article))) for article in articles]
    if id.kind != "site":
        needs.append(("term", f"term:{id.kind}:{id.slug}:{id.lang}"))
    values: dict[str, Json] = {
        "kind": id.kind,
        "front": f"{config.prefix(id.lang)}/" if id.kind == "site" else config.front_url(id),
        "about": _description(config, id),
        "full": full,
        "updated": _utc(newest_change(articles)) if articles else "",
        "ids": dict(_first_addresses(archive, config, articles)),
        **{"hub": "", "current": "", "older": "", "newer": ""},
        **about,
    }
    path, time = urls.path_of(url), str(about.get("period", ""))
    return Page(path, template, "feeds", id.lang, tuple(needs), values, time=time)


def _texts(archive: Archive, articles: Sequence[Article]) -> Iterator[Need]:
    """What full text is made of: never more of an article than everybody may read."""
    refs = (ref for article in articles for ref in archive.refs_of(article))
    sounds = (ref for a in articles for ref in a.recording if ref in archive.refs_of(a))
    yield ("articles", tuple(archive.text_of(article) for article in articles))
    yield ("_links", link_keys(tuple(refs)) + tuple(f"length:{ref}" for ref in sounds))


def _cards(articles: Sequence[Article]) -> Iterator[Need]:
    yield ("articles", summaries(articles))
    yield pictures(articles)


def _description(config: Config, id: ListingId) -> str:
    """What the settings say that a section is about, in its language."""
    return config.section_texts(id.slug, id.lang).description if id.kind == "section" else ""


def _first_addresses(
    archive: Archive, config: Config, articles: Sequence[Article]
) -> Iterator[tuple[str, str]]:
    """(address, first address) of the articles that were moved: feed readers know the first.

    Of the old addresses, that is the first one which `urls.permalink` can have made. Others, such
    as a short one on a poster, never named the article in a feed.
    """
    for article in articles:
        pattern = _pattern(config.prefix(article.lang) + config.urls.permalink)
        for alias in article.aliases:
            if pattern.fullmatch(alias) and archive.source_of(f"url:{alias}") is None:
                yield article.url, alias
                break


@lru_cache(maxsize=8)
def _pattern(permalink: str) -> re.Pattern[str]:
    """What the addresses have in common that a permalink makes."""
    parts = {"year": r"\d{4}", "month": r"\d\d", "day": r"\d\d", "slug": "[^/]+"}
    pattern = re.escape(permalink).replace(r"\{section\}/", "(?:[^/]+/)?")
    pattern = pattern.replace(r"\{section\}", "[^/]*")
    for name, part in parts.items():
        pattern = pattern.replace(rf"\{{{name}\}}", part)
    return re.compile(pattern)


def _utc(seconds: int) -> str:
    return instants.utc(instants.from_seconds(seconds))
