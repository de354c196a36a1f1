"""Listings: of the whole site, sections, tags, authors, terms; fronts, periods and indexes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from sitegen import urls
from sitegen.config import Config
from sitegen.model import Archive, Article, Json, Key, ListingId
from sitegen.outputs import Need, Page, crop_key
from sitegen.plan.articles import link_keys
from sitegen.plan.periods import Period, divide
from sitegen.plan.versions import others


def pages(archive: Archive, config: Config) -> Iterator[Page]:
    """Every listing's front and periods, in every language, and the indexes of the listings."""
    listings = (_Listing(archive, config, *listing) for listing in _listings(archive, config))
    every = (page for listing in listings for page in listing.pages())
    # By period: the pages that show the same cards are rendered one after the other.
    yield from sorted(every, key=lambda page: page.values.get("period", ""))
    yield from _indexes(archive, config)


def page_at(archive: Archive, config: Config, path: str) -> Page | None:
    """The page that `pages` has at a path; of each listing but the one that it is of, no page."""
    url = urls.url_of(path)
    for id, articles in _listings(archive, config):
        front = config.front_url(id)
        # A front's address need not be that of a folder.
        if url == front or url.startswith(config.listing_base(id)):
            listing = _Listing(archive, config, id, articles)
            if page := next((page for page in listing.pages() if page.path == path), None):
                return page
    return next((page for page in _indexes(archive, config) if page.path == path), None)


def _listings(archive: Archive, config: Config) -> Iterator[tuple[ListingId, Sequence[Article]]]:
    for lang in config.all_languages:
        yield ListingId(lang, "site"), archive.live(lang)
        for slug in config.sections:
            if ListingId(lang, "section", slug) not in archive.listings():
                yield ListingId(lang, "section", slug), ()
    yield from archive.listings().items()


def summaries(articles: Sequence[Article]) -> tuple[Key, ...]:
    """The facts that cards of `articles` need."""
    return tuple([article.card for article in articles])


def pictures(articles: Iterable[Article]) -> Need:
    """The facts that the pictures of cards need."""
    return ("_links", link_keys(tuple(a.picture for a in articles if a.picture)))


def newest_change(articles: Iterable[Article]) -> int:
    """When the last of them was published or changed in substance; 0: there are none."""
    return max((max(a.modified, a.visible) for a in articles), default=0)


def _within_text(profile: Mapping[str, Json]) -> tuple[str, ...]:
    """The references of a term but its portrait, if its text does not show that too."""
    image = profile["image"]
    alone = image and not any(f'"{image["src"]}"' in text for text in profile["html"].values())
    return tuple(ref for ref in profile["refs"] if not (alone and ref == profile["picture"]))


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
        self._preview = archive.moment.preview
        self._profile = archive.profile_of(id)
        lasting = id.kind in ("site", "section", "author")
        self._thin = not lasting and len(articles) < config.listings.thin
        self._base = config.listing_base(id)
        self._front_url = config.front_url(id)
        self._grain = config.grain(id.kind)
        self._division = divide(
            articles, self._grain, config.listings.front, all_periods=id.kind == "site"
        )
        term = ("term", f"term:{id.kind}:{id.slug}:{id.lang}")
        self._needs: tuple[Need, ...] = () if id.kind == "site" else (term,)

    def pages(self) -> Iterator[Page]:
        """The front, the periods that list articles, and the years that list months."""
        yield self._front()
        leaves = self._division.leaves
        for index, leaf in enumerate(leaves):
            parent = f"{self._base}{leaf.name[:4]}/" if self._grain == "month" else ""
            values = self._around(leaves, index, parent)
            articles = ("articles", summaries(leaf.articles[::-1]))
            yield self._page(leaf, "period.html", (*self._needs, articles), values)
        if self._grain == "month":
            for index, year in enumerate(self._division.years):
                values = self._around(self._division.years, index, "")
                values["months"] = [
                    [month.name, self._base + month.address, len(month.articles)]
                    for month in reversed(year.months)
                ]
                yield self._page(year, "year.html", self._needs, values)

    def _front(self) -> Page:
        id, division, config = self._id, self._division, self._config
        shown = ("articles", summaries(division.front))
        needs = [*self._needs, shown]
        if id.kind != "site":
            needs.append(("profile", f"profile:{id.kind}:{id.slug}:{id.lang}"))
        if self._profile and self._profile["refs"]:
            links = link_keys(_within_text(self._profile))
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
        if id.kind != "site" and division.front and not self._preview:
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
        path = urls.path_of(self._base + period.address)
        return Page(path, template, "listings", self._id.lang, needs, values)


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
