"""The archive in memory: all articles as they stand at a moment, in order, by listing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from sitegen.config import Config
from sitegen.index.answers import Answers, Held
from sitegen.model import (
    OPINIONS,
    Article,
    Document,
    Key,
    ListingId,
    Moment,
    State,
    Term,
    state_of,
)


class _Listed(NamedTuple):
    """A listing, oldest first."""

    articles: list[Article]
    numbers: list[int]
    """Of these articles, in the order of all visible ones: where one stands is quickly found."""
    every: Mapping[str, int]
    """The numbers of all visible articles."""

    def add(self, article: Article, number: int) -> None:
        # Two terms of an article may be merged into one.
        if not self.numbers or self.numbers[-1] != number:
            self.articles.append(article)
            self.numbers.append(number)

    def before(self, article: Article, most: int) -> Sequence[Key]:
        end = bisect_left(self.numbers, self.every[article.source])
        return [other.card for other in self.articles[max(0, end - most) : end][::-1]]


class ArchiveAt(Answers):
    """All articles as they stand at `moment`. Articles must come oldest first."""

    def __init__(
        self,
        articles: Iterable[Article],
        documents: Sequence[Document],
        config: Config,
        moment: Moment,
    ) -> None:
        super().__init__(documents, config, moment)
        languages = config.all_languages
        self._breaking: dict[str, list[Article]] = {lang: [] for lang in languages}
        self._featured: dict[str, list[Article]] = {lang: [] for lang in languages}
        self._notices: list[tuple[Article, State]] = []
        self._numbers: dict[str, int] = {}
        """Of every visible article, in their order."""
        self._live = {lang: self._nothing() for lang in languages}
        self._listed: dict[ListingId, _Listed] = {}
        self._listings: dict[ListingId, list[Article]] = {}
        self._names: dict[ListingId, str] = {}
        self._by_term: dict[tuple[str, Term], _Listed] = {}
        self._states: dict[str, State] = {}
        self._sources: dict[str, str] = {}
        self._claims: dict[str, str] = {}
        self._articles: dict[str, Article] = {}
        self._groups: dict[str, dict[str, Article]] = {}
        """Translations of each other, by language: of two in one language the older."""
        for article in articles:
            self._add(article)
        if len(languages) > 1:
            for lang in languages:
                for article in self.live(lang):
                    group = self._groups.setdefault(self._pair(article), {})
                    group.setdefault(lang, article)

    def _nothing(self) -> _Listed:
        return _Listed([], [], self._numbers)

    def _add(self, article: Article) -> None:
        state = state_of(article, self.moment.now)
        self._watch(article, state)
        self._articles[article.source] = article
        if self.moment.shows(state, article.source):
            self.marks[article.source] = state
            state = State.LIVE
        self._states[article.source] = state
        claims = self._claims if state.held_back else self._sources
        claims.setdefault(article.url, article.source)
        if state.held_back:
            for alias in article.aliases:  # its old addresses would tell of it too
                self._claims.setdefault(alias, article.source)
            self.held.append(Held(article, state))
        elif state is not State.LIVE:
            self._notices.append((article, state))
        else:
            self._list(article)

    def _list(self, article: Article) -> None:
        """Add the newest article so far."""
        number = self._numbers[article.source] = len(self._numbers)
        self._live[article.lang].add(article, number)
        for term in article.terms:
            self._listing(article.lang, term).add(article, number)
        if article.featured:
            self._featured[article.lang].append(article)
        if article.breaking is not None and article.breaking > self.moment.now:
            self._breaking[article.lang].append(article)

    def _listing(self, lang: str, term: Term) -> _Listed:
        """The listing that a term puts an article in."""
        known = self._by_term.get((lang, term))
        if known is None:
            id = self.listing_of(lang, term)
            # Of a merged term too: a better spelling in a newer article would rename it everywhere.
            self._names.setdefault(id, term.name)
            known = self._listed.setdefault(id, self._nothing())
            self._listings[id] = known.articles
            self._by_term[lang, term] = known
        return known

    def live(self, lang: str) -> Sequence[Article]:
        return self._live[lang].articles

    def featured(self, lang: str) -> Sequence[Article]:
        return self._featured[lang]

    def breaking(self, lang: str) -> Sequence[Article]:
        return self._breaking[lang]

    def corrected(self, lang: str) -> Sequence[Article]:
        return [article for article in self.live(lang) if article.corrected is not None]

    def opinions(self, lang: str) -> Sequence[Article]:
        return [article for article in self.live(lang) if article.type in OPINIONS]

    def of_type(self, lang: str, type: str) -> Sequence[Article]:
        return self._by_type.get((lang, type), ())

    @cached_property
    def _by_type(self) -> Mapping[tuple[str, str], Sequence[Article]]:
        """Sorted once where a list asks for a type; it may be on every page."""
        found: dict[tuple[str, str], list[Article]] = {}
        for lang in self.config.all_languages:
            for article in self.live(lang):
                found.setdefault((lang, article.type), []).append(article)
        return found

    def moved(self, lang: str) -> Sequence[Article]:
        return [article for article in self.live(lang) if article.aliases]

    def seen_since(self, lang: str, instant: int) -> Sequence[Article]:
        return [article for article in self.live(lang) if article.visible > instant]

    def notices(self) -> Sequence[tuple[Article, State]]:
        return self._notices

    def listings(self) -> Mapping[ListingId, Sequence[Article]]:
        return self._listings

    def _line(self, id: ListingId) -> _Listed:
        return self._live[id.lang] if id.kind == "site" else self._listed[id]

    def _group(self, article: Article) -> Mapping[str, Article]:
        return self._groups.get(self._pair(article), {})

    def name_of(self, id: ListingId) -> str:
        return self._names.get(id, id.slug)

    def expect(self, sources: Collection[str]) -> None:
        """Nothing is to be fetched: all articles are in memory."""

    def article(self, source: str) -> Article | None:
        return self._articles.get(source)

    def _article_state(self, source: str) -> State | None:
        return self._states.get(source)

    def _seen_at(self, url: str) -> str | None:
        return self._sources.get(url)

    def _claiming(self, url: str) -> str | None:
        return self._claims.get(url)
