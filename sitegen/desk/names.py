"""Names that are nearly the same, and headlines and dates that look like slips."""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from sitegen.desk.look import Look
from sitegen.errors import Problem, counted
from sitegen.index.articles import Articles
from sitegen.index.places import Places
from sitegen.instants import from_seconds
from sitegen.model import Article, ListingId, Term

SHORTEST = 5
"""Letters: shorter names may well differ in one and mean two things."""
SECTION_LIKENESS = 0.75
"""Of difflib's ratio: “sprot” is 0.8 of “sport”."""
OLDEST = -5_364_662_400
"""1800-01-01: hardly any newspaper's archive begins before; in seconds since 1970."""
FARTHEST = 366 * 86_400
"""Seconds from now beyond which a date is rather a slip than a plan."""


def tags_alike(look: Look, places: Places) -> Iterator[Problem]:
    """Names in one kind of listing that differ only in case, accents or a letter."""
    sizes = {id: len(articles) for id, articles in look.site.archive.listings().items()}
    groups: dict[tuple[str, str], dict[str, list[ListingId]]] = defaultdict(dict)
    for id in sizes:
        groups[id.lang, id.kind].setdefault(_folded(id.slug), []).append(id)
    for (_, kind), group in groups.items():
        if kind == "section" and look.config.sections:
            continue  # the settings say which is right, however often another is written
        for rare, common in _pairs(group, sizes):
            yield _alike(look, places, rare, common, sizes)


def sections_alike(look: Look, places: Places) -> Iterator[Problem]:
    """Sections that the settings do not have, and that are nearly one that they have."""
    known = look.config.sections
    for id, articles in look.site.archive.listings().items():
        if id.kind != "section" or id.slug in known:
            continue
        for slug in get_close_matches(id.slug, known, n=1, cutoff=SECTION_LIKENESS):
            source, name = articles[0].source, look.site.archive.name_of(id)
            at = places.near(source, name, "section")
            title = known[slug].title or slug
            number = counted(len(articles), "article")
            message = f"the section “{name}” ({number}) is not in the settings"
            hint = f"did you mean “{title}”? if it is right, add [sections.{id.slug}]"
            yield Problem("tag-near", message, source, at.line, "", hint, at.column)


def _pairs(
    group: Mapping[str, Sequence[ListingId]], sizes: Mapping[ListingId, int]
) -> Iterator[tuple[ListingId, ListingId]]:
    """(the rarer, the commoner) of names that are nearly the same, each rarer one once."""
    near: dict[str, set[str]] = defaultdict(set)
    for name in group:
        if len(name) >= SHORTEST and not any(letter.isdecimal() for letter in name):
            near[name].add(name)
            # Two names that share a form with one letter less differ in one letter at most.
            for n in range(len(name)):
                near[name[:n] + name[n + 1 :]].add(name)
    seen: set[ListingId] = set()
    alike = [ids for ids in group.values() if len(ids) > 1]
    alike += [[id for name in sorted(names) for id in group[name]] for names in near.values()]
    for ids in alike:
        common, *rest = sorted(ids, key=lambda id: (-sizes[id], id.slug))
        for rare in rest:
            if rare not in seen:
                seen.add(rare)
                yield rare, common


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in plain if c.isalnum())


def _alike(
    look: Look,
    places: Places,
    rare: ListingId,
    common: ListingId,
    sizes: Mapping[ListingId, int],
) -> Problem:
    archive = look.site.archive
    article = archive.listings()[rare][0]
    names = archive.name_of(rare), archive.name_of(common)
    at = places.near(article.source, names[0], rare.kind)
    message = (
        f"the {rare.kind} “{names[0]}” ({counted(sizes[rare], 'article')}) is nearly "
        f"“{names[1]}” ({sizes[common]:,})"
    )
    hint = f"did you mean “{names[1]}”? if both are right, silence tag-near in this file"
    return Problem("tag-near", message, article.source, at.line, "", hint, at.column)


def written_otherwise(look: Look) -> Iterator[tuple[Article, Term, str]]:
    """(article, one of its terms, the name that readers are shown) where the two differ."""
    archive = look.site.archive
    for id, articles in archive.listings().items():
        if id.kind == "section" or archive.profile_of(id):
            continue
        name = archive.name_of(id)
        for article in articles:
            for term in article.terms:
                if (term.kind, term.slug) == (id.kind, id.slug) and term.name != name:
                    yield article, term, name


def tags_written_otherwise(look: Look, places: Places) -> Iterator[Problem]:
    """One tag in two ways of writing: readers are shown one of them everywhere."""
    for article, term, name in written_otherwise(look):
        at = places.near(article.source, term.name, term.kind)
        message = f"the {term.kind} “{term.name}” is shown as “{name}”"
        hint = f"write it like that here too: {name}; sitegen check --fix does"
        yield Problem("tag-written", message, article.source, at.line, "", hint, at.column)


def tags_once(look: Look) -> Iterator[Problem]:
    """Tags that lead to one article only: each costs a page, and takes readers nowhere else."""
    once: dict[str, list[str]] = defaultdict(list)
    for id, articles in look.site.archive.listings().items():
        if id.kind == "tag" and len(articles) == 1:
            once[id.lang].append(look.site.archive.name_of(id))
    for lang, names in once.items():
        if len(names) == 1:
            continue
        shown = ", ".join(f"“{name}”" for name in sorted(names)[:3])
        message = (
            f"{counted(len(names), 'tag')} ({lang}) stand in one article each and cost "
            f"{counted(len(names), 'file')}; among them: {shown}"
        )
        hint = "use tags that will be used again, or merge them: content/tags/…md, merge: [ … ]"
        yield Problem("tag-once", message, hint=hint)


def doubled_titles(look: Look, places: Places) -> Iterator[Problem]:
    """Two articles under one headline: search results and lists show the same line twice."""
    gone = {article.source for article, _ in look.site.archive.notices()}
    articles = [article for article in look.site.articles if article.source not in gone]
    facts = Articles(look.store).values(article.card for article in articles)
    first: dict[tuple[str, str], Article] = {}
    for article in articles:
        title = json.loads(facts[article.card])["title"]
        other = first.setdefault((article.lang, title.casefold()), article)
        if other is not article:
            at = places.near(article.source, title, "title")
            message = f"content/{other.source} has the same headline"
            hint = "say what is different in one of them"
            yield Problem("title-twice", message, article.source, at.line, "title", hint, at.column)


def dates_far_away(look: Look, places: Places) -> Iterator[Problem]:
    """Dates in the far past or future, which most often are slips."""
    now = look.site.archive.moment.now
    for article in look.site.articles:
        if not OLDEST <= article.date <= now + FARTHEST:
            at = places.near(article.source, "date")
            where = "past" if article.date < OLDEST else "future"
            message = f"{from_seconds(article.date):%Y-%m-%d} is in the far {where}"
            hint = "is the year right?"
            yield Problem("date-far", message, article.source, at.line, "date", hint, at.column)
