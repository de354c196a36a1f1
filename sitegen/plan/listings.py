"""Listings: of the whole site, sections, tags, authors, terms; fronts, periods and indexes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import itemgetter

from sitegen import urls
from sitegen.config import Config
from sitegen.model import Archive, Article, Counted, Edit, Json, Key, ListingId
from sitegen.outputs import Need, Page, Touched, crop_key
from sitegen.plan.articles import link_keys
from sitegen.plan.periods import Period, around, divide, in_time
from sitegen.plan.versions import others


def pages(archive: Archive, config: Config) -> Iterator[Page]:
    """Every listing's front and periods, in every language, and the indexes of the listings."""
    periods: list[tuple[str, Callable[[], Page]]] = []  # thousands: not all of them at once
    for id in _listings(archive, config):
        listing = _Listing(archive, config, id, _articles(archive, id))
        yield listing.front()
        periods += listing.periods()
    for _, page in sorted(periods, key=itemgetter(0)):
        yield page()
    yield from _indexes(archive, config)


def touched(archive: Archive, config: Config, edits: Sequence[Edit]) -> Iterator[Touched]:
    """The pages of the listings that have or had the articles, as far as these may change them."""
    for lang in sorted({article.lang for edit in edits for article in edit.both}):
        site = ListingId(lang, "site")
        yield from _Listing(archive, config, site, _articles(archive, site)).touched(edits)
    for id in listed_in(archive, edits):
        listing = _Listing(archive, config, id, _articles(archive, id))
        there = id in archive.listings() or (id.kind == "section" and id.slug in config.sections)
        for path, page in listing.touched(edits):
            yield path, page if there else None
    if any(_terms(archive, edit.before) != _terms(archive, edit.after) for edit in edits):
        yield from ((page.path, page) for page in _indexes(archive, config))


def turned(archive: Archive, config: Config, edits: Sequence[Edit]) -> bool:
    """Whether edits make a listing thin that was not, or the other way round."""
    change: Counter[ListingId] = Counter()
    for before, after in edits:
        change.update({id_of(key): 1 for key in _terms(archive, after)})
        change.subtract({id_of(key): 1 for key in _terms(archive, before)})
    sizes = {id: len(archive.listings().get(id, ())) for id in change}
    return any(
        _is_thin(config, id, size) != _is_thin(config, id, size - change[id])
        for id, size in sizes.items()
    )


def thin_fronts(archive: Archive, config: Config) -> Iterator[str]:
    """The paths of the fronts that search engines are not to know, because they list too few."""
    for id, articles in archive.listings().items():
        if _is_thin(config, id, len(articles)):
            yield urls.path_of(config.front_url(id))


def _is_thin(config: Config, id: ListingId, size: int) -> bool:
    lasting = id.kind in ("site", "section", "author")
    return not lasting and size < config.listings.thin


def listed_in(archive: Archive, edits: Iterable[Edit]) -> list[ListingId]:
    """The listings that have or had the articles of some edits, but the whole site's."""
    keys = {key for edit in edits for article in edit.both for key in archive.terms(article)}
    return sorted(map(id_of, keys))


def id_of(key: Key) -> ListingId:
    """The listing that the fact of a term is about."""
    _, kind, slug, lang = key.split(":")
    return ListingId(lang, kind, slug)


def _terms(archive: Archive, article: Article | None) -> Sequence[Key]:
    return archive.terms(article) if article else ()


def page_at(archive: Archive, config: Config, path: str) -> Page | None:
    """The page that `pages` has at a path; of each listing but the one that it is of, no page."""
    url = urls.url_of(path)
    for id in _listings(archive, config):
        front = config.front_url(id)
        # A front's address need not be that of a folder.
        if url == front or url.startswith(config.listing_base(id)):
            listing = _Listing(archive, config, id, _articles(archive, id))
            if page := listing.at(path):
                return page
    return next((page for page in _indexes(archive, config) if page.path == path), None)


def _listings(archive: Archive, config: Config) -> Iterator[ListingId]:
    for lang in config.all_languages:
        yield ListingId(lang, "site")
        for slug in config.sections:
            if ListingId(lang, "section", slug) not in archive.listings():
                yield ListingId(lang, "section", slug)
    yield from archive.listings()


def _articles(archive: Archive, id: ListingId) -> Sequence[Article]:
    """The articles of a listing; of the archive in the state, not yet looked for."""
    return archive.live(id.lang) if id.kind == "site" else archive.listings().get(id, ())


def summaries(articles: Sequence[Article]) -> tuple[Key, ...]:
    """The facts that cards of `articles` need."""
    if isinstance(articles, Counted):
        return tuple(articles.cards())
    return tuple([article.card for article in articles])


def pictures(articles: Iterable[Article]) -> Need:
    """The facts that the pictures of cards need."""
    return ("_links", link_keys(tuple(a.picture for a in articles if a.picture)))


def newest_change(articles: Iterable[Article]) -> int:
    """When the last of them was published or changed in substance; 0: there are none."""
    return max((max(a.modified, a.visible) for a in articles), default=0)


def _portraits(profiles: Iterable[Mapping[str, Json]]) -> tuple[Key, ...]:
    """The facts of the portraits of terms that have one."""
    return tuple(
        crop_key("square", profile["picture"], profile["image"]["focus"])
        for profile in profiles
        if profile["picture"]
    )


class _Listing:
    """One listing, divided."""

    def __init__(
        self, archive: Archive, config: Config, id: ListingId, articles: Sequence[Article]
    ) -> None:
        self._id = id
        self._config = config
        self._articles = articles
        self._preview = archive.moment.preview
        self._profile = archive.profile_of(id)
        self._thin = _is_thin(config, id, len(articles))
        self._base = config.listing_base(id)
        self._front_url = config.front_url(id)
        self._grain = config.grain(id.kind)
        self._length = 4 if self._grain == "year" else 7
        self._division = divide(
            articles, self._grain, config.listings.front, all_periods=id.kind == "site"
        )
        term = ("term", f"term:{id.kind}:{id.slug}:{id.lang}")
        self._needs: tuple[Need, ...] = () if id.kind == "site" else (term,)

    def periods(self) -> Iterator[tuple[str, Callable[[], Page]]]:
        """When each page beside the front comes: periods with articles, years with months."""
        for index, leaf in enumerate(self._division.leaves):
            yield in_time(leaf.name), partial(self._leaf, index)
        for index, year in enumerate(self._division.years if self._grain == "month" else ()):
            yield in_time(year.name), partial(self._year, index)

    def at(self, path: str) -> Page | None:
        """The page that the listing has at a path."""
        if path == urls.path_of(self._front_url):
            return self.front()
        for index, leaf in enumerate(self._division.leaves):
            if self._path(leaf) == path:
                return self._leaf(index)
        for index, year in enumerate(self._division.years if self._grain == "month" else ()):
            if self._path(year) == path:
                return self._year(index)
        return None

    def touched(self, edits: Sequence[Edit]) -> Iterator[Touched]:
        """The front, and the periods that edits of articles may change, bear or end."""
        front = self.front()
        yield front.path, front
        days = {article.day for edit in edits for article in edit.both}
        # For each that came or went another one left the front, or came back to it.
        hidden = len(self._articles) - self._config.listings.front
        near = slice(max(0, hidden - len(edits)), max(0, hidden + len(edits)))
        days |= {article.day for article in self._articles[near]}
        leaves, years = self._division.leaves, self._division.years
        yield from self._touched(leaves, {day[: self._length] for day in days}, self._leaf)
        if self._grain == "month":
            yield from self._touched(years, {day[:4] for day in days}, self._year)

    def _touched(
        self, periods: Sequence[Period], names: set[str], page: Callable[[int], Page]
    ) -> Iterator[Touched]:
        yield from ((self._path(Period(name)), None) for name in sorted(names))
        for index in around(periods, names):
            yield self._path(periods[index]), page(index)

    def _leaf(self, index: int) -> Page:
        """A period that lists articles."""
        leaf = self._division.leaves[index]
        parent = f"{self._base}{leaf.name[:4]}/" if self._grain == "month" else ""
        values = self._around(self._division.leaves, index, parent)
        articles = ("articles", summaries(leaf.articles)[::-1])
        return self._page(leaf, "period.html", (*self._needs, articles), values)

    def _year(self, index: int) -> Page:
        """A year that lists months."""
        year = self._division.years[index]
        values = self._around(self._division.years, index, "")
        values["months"] = [
            [month.name, self._base + month.address, len(month.articles)]
            for month in reversed(year.months)
        ]
        return self._page(year, "year.html", self._needs, values)

    def front(self) -> Page:
        """The page of the newest articles."""
        id, division, config = self._id, self._division, self._config
        shown = ("articles", summaries(division.front))
        needs = [*self._needs, shown]
        if id.kind != "site":
            needs.append(("profile", f"profile:{id.kind}:{id.slug}:{id.lang}"))
        if self._profile and self._profile["refs"]:
            links = link_keys(tuple(self._profile["shown"]))
            needs.append(("_links", (*links, *_portraits([self._profile]))))
        top = id.kind in ("site", "section")
        values: dict[str, Json] = {
            "kind": id.kind,
            "years": [[year.name, self._base + year.address] for year in reversed(division.years)],
            "older": self._base + division.older.address if division.older else "",
            "parent": "" if top else config.index_url(id.kind, id.lang),
        }
        if self._thin:
            values["indexed"] = False
        if id.kind != "site" and shown[1] and not self._preview:
            values["feeds"] = config.feed_links(id)
        if id.kind == "site":
            values["periods"] = [
                [leaf.name, self._base + leaf.address, len(leaf.articles)]
                for leaf in division.leaves
            ]
        if id.kind == "site" or (id.kind == "section" and id.slug in config.sections):
            values |= others(config, id.lang, lambda lang: config.front_url(id._replace(lang=lang)))
        path = urls.path_of(self._front_url)
        return Page(path, "front.html", "listings", id.lang, tuple(needs), values)

    def _around(self, periods: Sequence[Period], index: int, parent: str) -> dict[str, Json]:
        """What a period's page links: older, newer and up, always in the same place."""
        newer = periods[index + 1].address if index + 1 < len(periods) else ""
        return {
            "kind": self._id.kind,
            "period": periods[index].name,
            "newer": self._base + newer if newer else self._front_url,
            "older": self._base + periods[index - 1].address if index else "",
            "parent": parent or self._front_url,
            "front": self._front_url,
        }

    def _page(
        self, period: Period, template: str, needs: tuple[Need, ...], values: dict[str, Json]
    ) -> Page:
        path, lang, time = self._path(period), self._id.lang, period.name
        return Page(path, template, "listings", lang, needs, values, time=time)

    def _path(self, period: Period) -> str:
        return urls.path_of(self._base + period.address)


def _indexes(archive: Archive, config: Config) -> Iterator[Page]:
    """All tags, all authors, all terms of a taxonomy, with the number of their articles."""
    for lang in config.all_languages:
        for kind in ("tag", "author", *config.taxonomies):
            ids = sorted(id for id in archive.listings() if id.lang == lang and id.kind == kind)
            values: dict[str, Json] = {
                "kind": kind,
                "counts": {id.slug: len(archive.listings()[id]) for id in ids},
            }
            names = [f"{kind}:{id.slug}:{lang}" for id in ids]
            needs: list[Need] = [("terms", tuple(f"term:{name}" for name in names))]
            if kind == "author":
                needs.append(("portraits", tuple(f"portrait:{name}" for name in names)))
                found = (archive.profile_of(id) for id in ids)
                needs.append(("_links", _portraits(profile for profile in found if profile)))
            path = urls.path_of(config.index_url(kind, lang))
            values |= others(config, lang, partial(config.index_url, kind))
            template = "authors.html" if kind == "author" else "terms.html"
            yield Page(path, template, "listings", lang, tuple(needs), values)
