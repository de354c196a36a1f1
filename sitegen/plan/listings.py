"""Listings: of the whole site, sections, tags, authors, terms; fronts, periods and indexes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sitegen import urls
from sitegen.config import Config
from sitegen.model import Archive, Article, Json, Key, ListingId, Page
from sitegen.plan.articles import link_keys
from sitegen.plan.periods import Division, Period, divide


def pages(archive: Archive, config: Config) -> Iterator[Page]:
    """Every listing's front and periods, in every language, and the indexes of the listings."""
    for id, articles in _listings(archive, config):
        division = divide(
            articles,
            config.grain(id.kind),
            config.listings.front,
            all_periods=id.kind == "site",
        )
        yield _front(archive, config, id, division)
        yield from _leaves(config, id, division)
        if config.grain(id.kind) == "month":
            yield from _years_of_months(config, id, division)
    yield from _indexes(archive, config)


def _listings(archive: Archive, config: Config) -> Iterator[tuple[ListingId, Sequence[Article]]]:
    for lang in config.all_languages:
        yield ListingId(lang, "site"), archive.live(lang)
        for slug in config.sections:
            if ListingId(lang, "section", slug) not in archive.listings():
                yield ListingId(lang, "section", slug), ()
    yield from archive.listings().items()


def summaries(articles: Sequence[Article]) -> tuple[Key, ...]:
    """The facts that cards of `articles` need."""
    return tuple(f"summary:{article.source}" for article in articles)


def _of_term(id: ListingId) -> list[tuple[str, Key | tuple[Key, ...]]]:
    return [] if id.kind == "site" else [("term", f"term:{id.kind}:{id.slug}:{id.lang}")]


def _front(archive: Archive, config: Config, id: ListingId, division: Division) -> Page:
    base = config.listing_base(id)
    needs = [*_of_term(id), ("articles", summaries(division.front))]
    if id.kind != "site":
        needs.append(("profile", f"profile:{id.kind}:{id.slug}:{id.lang}"))
        profile = archive.profile_of(id)
        if profile and profile["refs"]:
            needs.append(("_links", link_keys(tuple(ref["to"] for ref in profile["refs"]))))
    values = {
        "kind": id.kind,
        "years": [[year.name, base + year.address] for year in reversed(division.years)],
        "older": base + division.older.address if division.older else "",
        "parent": "" if id.kind in ("site", "section") else config.index_url(id.kind, id.lang),
    }
    return Page(
        urls.path_of(config.front_url(id)), "front.html", "listings", id.lang, tuple(needs), values
    )


def _leaves(config: Config, id: ListingId, division: Division) -> Iterator[Page]:
    base, front = config.listing_base(id), config.front_url(id)
    for index, leaf in enumerate(division.leaves):
        newer = division.leaves[index + 1 : index + 2]
        by_month = "-" in leaf.name
        values = {
            "kind": id.kind,
            "period": leaf.name,
            "newer": base + newer[0].address if newer else front,
            "older": base + division.leaves[index - 1].address if index else "",
            "parent": base + f"{leaf.name[:4]}/" if by_month else front,
            "front": front,
        }
        articles = summaries(leaf.articles[::-1])
        needs = (*_of_term(id), ("articles", articles))
        yield _period_page(id, base, leaf, needs, values)


def _years_of_months(config: Config, id: ListingId, division: Division) -> Iterator[Page]:
    base, front = config.listing_base(id), config.front_url(id)
    for index, year in enumerate(division.years):
        newer = division.years[index + 1 : index + 2]
        values = {
            "kind": id.kind,
            "period": year.name,
            "newer": base + newer[0].address if newer else front,
            "older": base + division.years[index - 1].address if index else "",
            "parent": front,
            "front": front,
            "months": [
                [month.name, base + month.address, len(month.articles)]
                for month in reversed(year.months)
            ],
        }
        yield _period_page(id, base, year, tuple(_of_term(id)), values)


def _period_page(
    id: ListingId,
    base: str,
    period: Period,
    needs: tuple[tuple[str, Key | tuple[Key, ...]], ...],
    values: dict[str, Json],
) -> Page:
    template = "year.html" if "months" in values else "period.html"
    path = urls.path_of(base + period.address)
    return Page(path, template, "listings", id.lang, needs, values)


def _indexes(archive: Archive, config: Config) -> Iterator[Page]:
    """All tags, all authors, all terms of a taxonomy, with the number of their articles."""
    for lang in config.all_languages:
        for kind in ("tag", "author", *config.taxonomies):
            ids = sorted(id for id in archive.listings() if id.lang == lang and id.kind == kind)
            values = {"kind": kind, "counts": [len(archive.listings()[id]) for id in ids]}
            keys = tuple(f"term:{kind}:{id.slug}:{lang}" for id in ids)
            path = urls.path_of(config.index_url(kind, lang))
            yield Page(path, "terms.html", "listings", lang, (("terms", keys),), values)
