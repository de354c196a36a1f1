"""The archive in the state: asked for what is wanted of it, and never loaded as a whole.

It answers as `ArchiveAt` does, for readers: previews need more than the listings that are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial

from sitegen import urls
from sitegen.config import Config
from sitegen.index.answers import RELATED, Answers, Held
from sitegen.index.articles import Articles, in_order
from sitegen.index.listed import Kept, listings_of, month_of, place_of, places_of
from sitegen.index.recent import Recent
from sitegen.index.runs import ALWAYS, Rows, Run
from sitegen.index.store import Damaged
from sitegen.model import Article, Document, ListingId, Moment, State, state_of

_RECENT = 2_048
"""Articles that stay in memory, each in some 1.2 KB; and perhaps as many again."""
_NAMES = 16_384
"""Likewise the names of their files."""
_RUNS = 64
"""Likewise listings, of which each knows how many articles it has in each month."""


_KEPT = frozenset(Kept)


class Asked(Answers):
    """The articles of the state as they stand at `moment`."""

    def __init__(
        self, articles: Articles, documents: Sequence[Document], config: Config, moment: Moment
    ) -> None:
        """Raises Damaged where the state's listings are not as they were written."""
        assert is_answered(moment)
        super().__init__(documents, config, moment)
        self._articles = articles
        self._listings = articles.listings
        self._terms = self._listings.terms()
        self._known: Recent[int, Article] = Recent(_RECENT)
        self._names: Recent[int, str] = Recent(_NAMES)
        self._by_source: Recent[str, tuple[Article | None]] = Recent(_RECENT)
        self._others = {document.source for document in documents}
        self._runs: Recent[ListingId, Run] = Recent(_RUNS)
        self._groups: Recent[str, Sequence[Article]] = Recent(_RECENT)
        self._named: dict[ListingId, str] = {}
        self._notices: list[tuple[Article, State]] = []
        self._breaking: dict[str, list[Article]] = {lang: [] for lang in config.all_languages}
        self._hidden: dict[int, Article] = {}
        self._claims: dict[str, str] = {}
        unusual = self._decided_after(moment.now)
        for id, article in sorted(unusual.items(), key=lambda item: in_order(item[1])):
            self._add(id, article)

    def _decided_after(self, instant: int) -> dict[int, Article]:
        """The articles about which a later instant may decide, or any about their end."""
        later, then = "date > ?", [instant]
        every = ((Kept.ENDING, *ALWAYS), (Kept.WAITING, later, then), (Kept.SITE, later, then))
        found: set[int] = set()
        for kind, where, values in every:
            terms = [term for lang in self.config.all_languages for term in self._kept(kind, lang)]
            found.update(id for _, id in self._listings.rows(terms, where, values))
        articles = self._fetch(found)
        return {id: articles[id] for id in found}

    def _add(self, id: int, article: Article) -> None:
        state = state_of(article, self.moment.now)
        self._watch(article, state)
        if state is not State.LIVE:
            self._hidden[id] = article
        if state.held_back:
            self.held.append(Held(article, state))
            for url in (article.url, *article.aliases):
                self._claims.setdefault(url, article.source)
        elif state is not State.LIVE:
            self._notices.append((article, state))
        elif article.breaking is not None and article.breaking > self.moment.now:
            self._breaking[article.lang].append(article)

    def _ids_of(self, article: Article) -> set[ListingId]:
        """The listings that an article is in."""
        names = {(article.lang, kind, slug) for lang, kind, slug in listings_of(article) if lang}
        return {self._merged_into(ListingId(*name)) for name in names}

    def _kept(self, kind: Kept, lang: str = "") -> Sequence[int]:
        """The number of a listing of a language, or of none, if it has an article."""
        id = ListingId(lang, kind)
        return [self._terms[id]] if id in self._terms else []

    def _fetch(self, ids: Iterable[int]) -> Mapping[int, Article]:
        return self._known.all(ids, self._articles.numbered)

    def _sources(self, ids: Iterable[int]) -> Mapping[int, str]:
        return self._names.all(ids, self._articles.sources_of)

    def _merged_into(self, id: ListingId) -> ListingId:
        return id._replace(slug=self._merged.get((id.kind, id.slug), id.slug))

    def _run(self, id: ListingId) -> Run:
        return self._runs.get(id, self._new_run)

    def _rows(self, terms: Sequence[int]) -> Rows:
        return Rows(self._listings, terms, self._hidden, self._fetch, self._sources)

    def _new_run(self, id: ListingId) -> Run:
        rows = self._rows(self._terms_of.get(id, ()))
        return Run(rows, partial(self._months, id, rows), self._sizes.get(id))

    def _months(self, id: ListingId, rows: Rows) -> Mapping[int, int]:
        """How many visible articles a listing has in each month that has any."""
        return rows.months() - self._hidden_in.get(id, Counter())

    @cached_property
    def _hidden_in(self) -> Mapping[ListingId, Counter[int]]:
        """How many articles of each listing nobody can see, by month."""
        found: dict[ListingId, Counter[int]] = {}
        for article in self._hidden.values():
            for id in self._ids_of(article):
                found.setdefault(id, Counter())[month_of(article)] += 1
        return found

    @cached_property
    def _terms_of(self) -> Mapping[ListingId, Sequence[int]]:
        """The terms that are merged into each listing, by their numbers."""
        found: dict[ListingId, list[int]] = {}
        for id, number in self._terms.items():
            found.setdefault(self._merged_into(id), []).append(number)
        return found

    @cached_property
    def _sizes(self) -> Mapping[ListingId, int]:
        """How many visible articles each of the readers' listings has, if any."""
        every = self._listings.counts()
        found = {}
        for id, terms in self._terms_of.items():
            several = len(terms) > 1
            hidden = self._hidden_in.get(id, Counter()).total()
            size = self._count(id, terms) if several else every[terms[0]] - hidden
            if size and id.kind not in _KEPT:
                found[id] = size
        return found

    def _count(self, id: ListingId, terms: Sequence[int]) -> int:
        rows = self._rows(terms)
        return sum(self._months(id, rows).values())

    def live(self, lang: str) -> Sequence[Article]:
        return self._run(ListingId(lang, Kept.SITE))

    def featured(self, lang: str) -> Sequence[Article]:
        return self._run(ListingId(lang, Kept.FEATURED))

    def breaking(self, lang: str) -> Sequence[Article]:
        return self._breaking[lang]

    def corrected(self, lang: str) -> Sequence[Article]:
        return self._run(ListingId(lang, Kept.CORRECTED))

    def opinions(self, lang: str) -> Sequence[Article]:
        return self._run(ListingId(lang, Kept.OPINION))

    def of_type(self, lang: str, type: str) -> Sequence[Article]:
        return self._run(ListingId(lang, Kept.TYPE, type))

    def moved(self, lang: str) -> Sequence[Article]:
        return self._run(ListingId(lang, Kept.MOVED))

    def seen_since(self, lang: str, instant: int) -> Sequence[Article]:
        kept = (*self._kept(Kept.SITE, lang), *self._kept(Kept.WAITING, lang))
        ids = {id for _, id in self._listings.rows(kept, "date > ?", [instant])}
        articles = self._fetch(ids)
        found = (articles[id] for id in ids if id not in self._hidden)
        return [article for article in found if article.visible > instant]

    def notices(self) -> Sequence[tuple[Article, State]]:
        return self._notices

    def count(self) -> int:
        """How many articles there are at whose addresses readers find a page."""
        return sum(len(self.live(lang)) for lang in self.config.all_languages) + len(self._notices)

    def listings(self) -> Mapping[ListingId, Sequence[Article]]:
        return _Runs(self._sizes, self._run)

    def turned(self, since: int) -> list[Article]:
        """The articles about which an instant has decided since then, oldest first."""
        found, now = self._decided_after(since).values(), self.moment.now
        return sorted((a for a in found if state_of(a, since) != state_of(a, now)), key=in_order)

    def followers(self, article: Article) -> Iterator[Article]:
        """The articles that may lead to one: as the one before, one of a tag, in its language, or
        because they name it.
        """
        yield from self._run(ListingId(article.lang, Kept.SITE)).after(article, 1)
        for id in dict.fromkeys(self._listed_in(article, "tag")):
            if id in self._sizes:
                yield from self._run(id).after(article, RELATED)
        yield from (a for a in self.naming(article) if self._shown_as(a) is State.LIVE)
        yield from self.versions(article)

    def _line(self, id: ListingId) -> Run:
        return self._run(id)

    def oldest(self, id: ListingId) -> Article | None:
        """The first article of a listing; None when it has none."""
        return next(iter(self._run(id)), None)

    def name_of(self, id: ListingId) -> str:
        name = self._named.get(id)
        if name is None:
            oldest = self.oldest(id)
            terms = oldest.terms if oldest else ()
            named = (term.name for term in terms if self.listing_of(id.lang, term) == id)
            name = self._named[id] = next(named, id.slug)
        return name

    def article(self, source: str) -> Article | None:
        return self._by_source.get(source, self._called)[0]

    def expect(self, sources: Collection[str]) -> None:
        self._by_source.all(sources, self._several)

    def _several(self, sources: Collection[str]) -> Mapping[str, tuple[Article | None]]:
        return {article.source: (article,) for article in self._articles.all_called(sources)}

    def _called(self, source: str) -> tuple[Article | None]:
        found = self._articles.called(source)
        if found is None and source not in self._others and self._articles.is_good(source):
            raise Damaged(f"what was read of {source} is not there")
        return (found,)

    def versions(self, article: Article) -> Sequence[Article]:
        """Those that readers can see of an article and all that it shares its pair with."""
        pair = self._pair(article)
        return self._groups.get(pair, self._of_pair) if pair else ()

    def _of_pair(self, pair: str) -> Sequence[Article]:
        """Oldest first."""
        there = [a for a in self._by_place(Kept.PAIR, place_of(pair)) if a.pair == pair]
        named = (a for each in there for a in self.naming(each) if a.translation_of)
        every = {a.source: a for a in (*there, *named) if self._pair(a) == pair}
        return sorted((a for a in every.values() if self._shown_as(a) is State.LIVE), key=in_order)

    def _group(self, article: Article) -> Mapping[str, Article]:
        oldest = {other.lang: other for other in reversed(self.versions(article))}
        return {lang: oldest[lang] for lang in self.config.all_languages if lang in oldest}

    def at(self, url: str) -> list[Article]:
        """The articles that have an address, or nearly; whether anybody can see them or not."""
        return self._by_place(Kept.PLACE, place_of(url))

    def naming(self, article: Article) -> list[Article]:
        """The other articles that name one or its address, and perhaps a few that do not."""
        found = self.naming_any(article.url, f"source:{article.source}")
        return [other for other in found if other.source != article.source]

    def naming_any(self, *names: str) -> list[Article]:
        """The articles that name addresses, `source:…` or `file:…`, and perhaps a few others."""
        return [a for name in names for a in self._by_place(Kept.NAMED, place_of(name))]

    def naming_file(self, name: str) -> list[Article]:
        """Likewise those that name a file of content/, in whatever way.

        An address without a suffix is taken for that of a page, of which there may be no file.
        """
        refs = (f"url:/{urls.encode(name)}", f"file:{name}")
        places = (place for ref in refs for place in places_of(ref))
        return [article for place in places for article in self._by_place(Kept.NAMED, place)]

    def _by_place(self, kind: Kept, place: int) -> list[Article]:
        """Oldest first."""
        rows = self._listings.rows(self._kept(kind), "date = ?", [place])
        ids = [id for _, id in rows]
        articles = self._fetch(ids)
        return sorted((articles[id] for id in ids), key=in_order)

    def changes(self) -> Mapping[str, int]:
        """The last change of the articles of each month (`2026-11`) that search engines know."""
        return self._changes

    @cached_property
    def _changes(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for lang in self.config.all_languages:
            for term in self._kept(Kept.CHANGED, lang):
                for month, change in self._listings.newest(term, self._hidden).items():
                    name = f"{month // 100:04}-{month % 100:02}"
                    found[name] = max(change, found.get(name, change))
        return found

    def _seen_at(self, url: str) -> str | None:
        seen = (a.source for a in self.at(url) if a.url == url and not self._shown_as(a).held_back)
        return next(seen, None)

    def _claiming(self, url: str) -> str | None:
        return self._claims.get(url)


def is_answered(moment: Moment) -> bool:
    """Whether the state can answer what a site asks for."""
    return not moment.preview


def every_article(articles: Articles) -> Sequence[Article]:
    """All articles, whoever can see them, oldest first; they are decoded as they are looked at."""
    listings = articles.listings
    terms = [number for id, number in listings.terms().items() if id.kind == Kept.SITE]
    rows = Rows(listings, terms, (), articles.numbered, articles.sources_of)
    return Run(rows, rows.months)


class _Runs(Mapping[ListingId, Sequence[Article]]):
    """The listings that have an article; of each its articles are asked for when it is."""

    def __init__(self, sizes: Mapping[ListingId, int], run: Callable[[ListingId], Run]) -> None:
        self._sizes = sizes
        self._run = run

    def __getitem__(self, id: ListingId) -> Run:
        if id not in self._sizes:
            raise KeyError(id)
        return self._run(id)

    def __iter__(self) -> Iterator[ListingId]:
        return iter(self._sizes)

    def __len__(self) -> int:
        return len(self._sizes)
