"""Feeds: of the site and each of its listings, in every language; all of the site's by month.

A feed of the newest articles changes with each of them; behind the site's stand archives by month
(RFC 5005, section 4), which are sealed: a new article changes one of its own month alone. A month
of very many articles has several.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import attrgetter

from sitegen import instants, urls
from sitegen.config import FEEDS, Config
from sitegen.model import Archive, Article, Edit, Json, ListingId
from sitegen.outputs import Need, Page, Touched
from sitegen.plan.articles import link_keys
from sitegen.plan.listings import listed_in, newest_change, pictures, summaries
from sitegen.plan.parts import divided
from sitegen.plan.periods import Period, around, divide

MOST = 250
"""Articles that one archive may hold: whole texts of as many are 1 to 3 MB."""
_MONTH = len("2026-11")


def pages(archive: Archive, config: Config) -> Iterator[Page]:
    """Every feed; a preview has none."""
    if archive.moment.preview:
        return
    for lang in config.all_languages:
        yield from _of_site(archive, config, lang)
    for id, articles in archive.listings().items():
        yield from _current(archive, config, id, articles)


def touched(archive: Archive, config: Config, edits: Sequence[Edit]) -> Iterator[Touched]:
    """The feeds that have or had the articles, or name a month that these begin or end."""
    names = {article.day[:_MONTH] for edit in edits for article in edit.both}
    for lang in sorted({article.lang for edit in edits for article in edit.both}):
        archives = (config.feed_archive_url(lang, name) for name in _were(archive, lang, edits))
        yield from ((urls.path_of(url), None) for url in archives)
        found = _of_site(archive, config, lang, names)
        yield from ((page.path, page) for page in found)
    for id in listed_in(archive, edits):
        articles = archive.listings().get(id)
        for page in _current(archive, config, id, articles or ()):
            yield page.path, page if articles else None


def page_at(archive: Archive, config: Config, path: str) -> Page | None:
    """The page that `pages` has at a path; the feeds of other listings are not planned."""
    url = urls.url_of(path)
    if archive.moment.preview or not url.endswith((".xml", ".json")):
        return None
    name = url.rpartition("/")[2][:_MONTH]
    found = chain(
        *(
            _current(archive, config, id, articles)
            for id, articles in archive.listings().items()
            if any(url == config.feed_url(id, format) for format in config.feed_formats(id.kind))
        ),
        *(_of_site(archive, config, lang, {name}) for lang in config.all_languages),
    )
    return next((page for page in found if page.path == path), None)


def _of_site(
    archive: Archive, config: Config, lang: str, names: Collection[str] | None = None
) -> Iterator[Page]:
    """The feed of a language's newest articles, and those of its months; or of some and theirs."""
    live, newest = archive.live(lang), ""
    months = _months_of(archive, lang) if "rss" in config.feeds.formats else ()
    if months:
        newest = config.feed_archive_url(lang, _last(months[-1]))
    yield from _current(archive, config, ListingId(lang, "site"), live, newest)
    wanted = range(len(months)) if names is None else around(months, names)
    yield from _archives(archive, config, lang, months, wanted)


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


def _months_of(archive: Archive, lang: str) -> Sequence[Period]:
    """All months of a language, oldest first, whatever the listings' periods are."""
    return divide(archive.live(lang), "month", 0, all_periods=True).leaves


def _archives(
    archive: Archive, config: Config, lang: str, months: Sequence[Period], wanted: Iterable[int]
) -> Iterator[Page]:
    """The archives of some months, each of which names those beside it."""
    id = ListingId(lang, "site")

    def url(name: str) -> str:
        return config.feed_archive_url(lang, name) if name else ""

    lasts = {-1: ""}
    for index in wanted:
        older = lasts[index - 1] if index - 1 in lasts else _last(months[index - 1])
        parts = _parts(months[index])
        after = [name for name, _ in parts[1:]] + [m.name for m in months[index + 1 : index + 2]]
        for (name, articles), newer in zip(parts, [*after, ""], strict=False):
            about = {"period": months[index].name, "current": config.feed_url(id, "rss")}
            about |= {"older": url(older), "newer": url(newer)}
            yield _page(archive, config, id, articles[::-1], url(name), FEEDS["rss"], about)
            older = name
        lasts[index] = older


def _parts(month: Period) -> list[tuple[str, Sequence[Article]]]:
    """(name, articles, oldest first) of a month's archives; the first is called as the month is."""
    parts = sorted(divided(month.articles, attrgetter("url"), most=MOST))
    return [(_name(month.name, number), articles) for number, articles in parts]


def _last(month: Period) -> str:
    """The name of the last of a month's archives."""
    return month.name if month.number <= MOST else _parts(month)[-1][0]


def _name(month: str, number: int) -> str:
    return month if number == 1 else f"{month}-{number}"


def _were(archive: Archive, lang: str, edits: Sequence[Edit]) -> Iterator[str]:
    """The names of all archives that the months of edited articles have, or had before."""
    edited = {article for edit in edits for article in edit.both if article.lang == lang}
    months = {month.name: month for month in _months_of(archive, lang)}
    for name in sorted({article.day[:_MONTH] for article in edited}):
        now = months[name].articles if name in months else ()
        known = {article.url for article in now}
        known |= {article.url for article in edited if article.day[:_MONTH] == name}
        # A month of fewer articles has none that it would not have with more.
        yield from (_name(name, n) for n, _ in divided(sorted(known), str, most=MOST))


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
    return Page(urls.path_of(url), template, "feeds", id.lang, tuple(needs), values)


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
