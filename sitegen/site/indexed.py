"""What the state has of content/, its archive, and what is wrong with its files together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sitegen.config import Config
from sitegen.errors import Mistake, Problem
from sitegen.index.answers import Answers
from sitegen.index.archive import ArchiveAt
from sitegen.index.articles import Articles
from sitegen.index.asked import Asked, every_article, is_answered
from sitegen.index.dates import changes_to_come
from sitegen.index.findings import Mistakes
from sitegen.index.picks import doubled_fronts
from sitegen.index.places import Places
from sitegen.model import Article, Document, Moment, State, Told, state_of
from sitegen.pool import uncollected
from sitegen.render.theme import Theme
from sitegen.site.content import Content
from sitegen.site.pictures import as_allowed
from sitegen.site.wishes import names_of, unknown_in_pages, unknown_in_theme

MANY = 30_000
"""Articles, of which more are asked for in the state and not loaded: that takes a fifth of the
memory, and a twentieth more time.
"""


class Indexed(NamedTuple):
    """What the state has of content/."""

    articles: Articles
    documents: Sequence[Document]
    told: Mapping[str, Told]
    every: Sequence[Article]
    """Oldest first, whoever can see them; of a large archive decoded as they are looked at."""
    large: bool
    """Whether the archive is to be asked of the state."""


def indexed_in(articles: Articles, moment: Moment) -> Indexed:
    """Raises Damaged where the state's listings are not as they were written."""
    told, documents = dict(articles.told()), articles.documents()
    articles.listings.terms()  # looked through before anything is believed of addresses
    if is_answered(moment) and articles.count() > MANY:
        return Indexed(articles, documents, told, every_article(articles), large=True)
    with uncollected():
        return Indexed(articles, documents, told, articles.articles(), large=False)


def archive_of(
    known: Indexed, left_out: Collection[str], config: Config, moment: Moment
) -> Answers:
    """The archive without the files that are left out."""
    out = known.articles.of(left_out)
    if known.large and not out:
        return Asked(known.articles, known.documents, config, moment)
    readable = (article for article in known.every if article.source not in out)
    others = [document for document in known.documents if document.source not in out]
    return ArchiveAt(readable, others, config, moment)


class Noticed(NamedTuple):
    """What stands out where all files are looked at."""

    mistakes: list[Mistake]
    """Of single files, beside others."""
    problems: list[Problem]
    """Of the site as a whole."""
    withdrawn: set[str]
    """The sources of articles that are withdrawn now."""


def noticed_in(
    known: Indexed, content: Content, config: Config, theme: Theme, moment: Moment, places: Places
) -> Noticed:
    """Look at all articles and documents, and at what the theme wants of them."""
    documents = known.documents
    copied = as_allowed(content.files, config)
    mistakes = Mistakes(known.articles, documents, content.sources, copied, places)
    seen = _seen_in(known.every, mistakes, moment)
    names = names_of(config, seen.sections)
    found = [
        *mistakes.found(),
        *doubled_fronts(documents, places),
        *changes_to_come(seen.late, documents, moment, config.site.timezone, places),
        *unknown_in_pages(documents, names, places.content),
    ]
    return Noticed(found, list(unknown_in_theme(theme, names)), seen.withdrawn)


@dataclass(slots=True)
class _Seen:
    """What is to be known of single articles."""

    withdrawn: set[str]
    """Their sources."""
    sections: set[str]
    late: list[Article]
    """Those that were changed or corrected at an instant that is still to come."""


def _seen_in(articles: Iterable[Article], mistakes: Mistakes, moment: Moment) -> _Seen:
    """Look at all articles once: they may be many, and in the state."""
    seen, now = _Seen(set(), set(), []), moment.now
    for article in articles:
        mistakes.see(article)
        if article.section:
            seen.sections.add(article.section)
        if article.withdrawn is not None and state_of(article, now) is State.WITHDRAWN:
            seen.withdrawn.add(article.source)
        if (article.updated or now) > now or (article.corrected or now) > now:
            seen.late.append(article)
    return seen
