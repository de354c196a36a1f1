"""Home: what is breaking, a lead, a second rank, opinion apart, the sections' newest, the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from sitegen import urls
from sitegen.config import Config
from sitegen.model import OPINIONS, Archive, Article, Edit, Json, ListingId, State
from sitegen.outputs import Need, Page, Touched
from sitegen.plan.listings import pictures, summaries
from sitegen.plan.periods import divide
from sitegen.plan.versions import others

TOP = 4
"""Stories of the second rank."""
IN_SECTION = 4
LATEST = 10
PAID = "sponsored"
"""The type of articles that others paid for: none of them is the newsroom's headline."""


def pages(archive: Archive, config: Config) -> Iterator[Page]:
    """Home, in every language."""
    for lang in config.all_languages:
        yield _home_now(archive, config, lang)


def touched(archive: Archive, config: Config, edits: Sequence[Edit]) -> Iterator[Touched]:
    """All of them: any article may be the newest of something."""
    yield from ((page.path, page) for page in pages(archive, config))


def page_at(archive: Archive, config: Config, path: str) -> Page | None:
    """The page that `pages` has at a path."""
    for lang in config.all_languages:
        if path == urls.path_of(f"{config.prefix(lang)}/"):
            return _home_now(archive, config, lang)
    return None


def _home_now(archive: Archive, config: Config, lang: str) -> Page:
    """Home as it is; the archive is told when a choice by hand ends that is seen on it."""
    now = archive.moment.now
    written = _written_picks(archive, lang)
    home = _home(archive, config, lang, _current(written, now))
    for end in sorted(end for end in ends(written) if end > now):
        if _home(archive, config, lang, _current(written, end)) != home:
            archive.due_at(end)
            break
    return home


def _home(archive: Archive, config: Config, lang: str, picks: Mapping[str, Json]) -> Page:
    live = archive.live(lang)
    ranked = list(_ranked(archive, picks, ListingId(lang, "site"), archive.featured(lang)))
    lead, top = ranked[:1], ranked[1 : TOP + 1]
    taken = {article.source for article in (*lead, *top)}
    opinions = _newest(archive.opinions(lang), IN_SECTION, taken)
    writers = {
        article.url: [key for key in archive.terms(article) if key.startswith("term:author:")]
        for article in opinions
    }
    taken |= {article.source for article in opinions}
    needs: list[Need] = [
        ("lead", summaries(lead)),
        ("top", summaries(top)),
        ("opinions", summaries(opinions)),
        ("writers", tuple(dict.fromkeys(key for keys in writers.values() for key in keys))),
        ("breaking", summaries(list(breaking(archive, lang)))),
        ("newest", summaries(list(islice(editorial(live), 1)))),
    ]
    shown = set(taken)
    needs.append(pictures(lead))
    for slug in config.sections:
        section = ListingId(lang, "section", slug)
        members = archive.listings().get(section, ())
        chosen = _ranked(archive, picks.get("sections", {}).get(slug, {}), section)
        first = [article for article in chosen if article.source not in taken]
        known = taken | {article.source for article in first}
        newest = _newest(members, IN_SECTION - len(first), known)
        every = [*first[:IN_SECTION], *newest]
        if all(article.type in OPINIONS for article in every):
            every = []  # a section of opinion stands apart already
        shown.update(article.source for article in every)
        needs.append((f"sections.{slug}", summaries(every)))
    needs.append(("latest", summaries(_newest(live, LATEST, shown))))
    site = ListingId(lang, "site")
    division = divide(live, config.grain("site"), config.listings.front, all_periods=True)
    base = config.listing_base(site)
    values = {
        "opinion": _opinion_section(archive, config, opinions),
        "years": [[year.name, base + year.address] for year in reversed(division.years)],
        "writers": {url: [key.split(":")[2] for key in keys] for url, keys in writers.items()},
        "today": live[-1].day if live else "",
        **others(config, lang, lambda code: f"{config.prefix(code)}/"),
    }
    path = urls.path_of(f"{config.prefix(lang)}/")
    return Page(path, "home.html", "home", lang, tuple(needs), values)


def _opinion_section(archive: Archive, config: Config, opinions: Sequence[Article]) -> str:
    """Where the first opinion's section is, if all that its front lists is opinion; else empty."""
    if not opinions or not opinions[0].section:
        return ""
    section = ListingId(opinions[0].lang, "section", opinions[0].section)
    listed = archive.listings()[section][-config.listings.front :]
    all_opinion = all(article.type in OPINIONS for article in listed)
    return config.front_url(section) if all_opinion else ""


def _written_picks(archive: Archive, lang: str) -> Mapping[str, Json]:
    """What `front.toml` says for a language."""
    for document in archive.documents:
        if document.kind == "front" and lang in document.facts:
            picks: Mapping[str, Json] = document.facts[lang]
            return picks
    return {}


def ends(picks: Mapping[str, Json]) -> set[int]:
    """The instants at which choices end by themselves."""
    parts = (picks, *picks.get("sections", {}).values())
    return {part["until"] for part in parts if part.get("until") is not None}


def _current(picks: Mapping[str, Json], now: int) -> Mapping[str, Json]:
    """The choices that still hold at the instant `now`."""
    sections = {s: _current(part, now) for s, part in picks.get("sections", {}).items()}
    until = picks.get("until")
    if until is not None and until <= now:
        return {"sections": sections}
    return {**picks, "sections": sections}


def _ranked(
    archive: Archive,
    picks: Mapping[str, Json],
    id: ListingId,
    featured: Sequence[Article] | None = None,
) -> Iterator[Article]:
    """The picked articles of a listing, then `featured` ones and the newest, if these are given.

    Each comes once. What was paid for is there only when it was picked.
    """
    chosen = [ref for ref in (picks.get("lead", ""), *picks.get("top", ())) if ref]
    sources = dict.fromkeys(archive.source_of(ref) for ref in chosen)
    picked = [article for source in sources if (article := _seen_in(archive, source, id))]
    yield from picked
    if featured is not None:
        seen = {article.source for article in picked}
        yield from _first(editorial(featured), TOP + 1, seen)
        yield from _first(editorial(archive.live(id.lang)), TOP + 1, seen)


def _seen_in(archive: Archive, source: str | None, id: ListingId) -> Article | None:
    """The article of a source, where readers see it in a listing."""
    article = archive.article(source) if source else None
    if article is None or article.lang != id.lang:
        return None
    term = f"term:{id.kind}:{id.slug}:{id.lang}"
    listed = id.kind == "site" or term in archive.terms(article)
    return article if listed and archive.state(article.source) is State.LIVE else None


def _first(articles: Iterable[Article], count: int, seen: set[str]) -> Iterator[Article]:
    for article in articles:
        if count == 0:
            return
        if article.source not in seen:
            seen.add(article.source)
            count -= 1
            yield article


def _newest(live: Sequence[Article], count: int, without: Iterable[str]) -> list[Article]:
    return list(_first(reversed(live), max(count, 0), set(without)))


def editorial(live: Sequence[Article]) -> Iterator[Article]:
    """The newsroom's own articles, newest first: all but what was paid for."""
    return (article for article in reversed(live) if article.type != PAID)


def breaking(archive: Archive, lang: str) -> Iterator[Article]:
    """Articles that are breaking at the moment, newest first."""
    yield from editorial(archive.breaking(lang))
