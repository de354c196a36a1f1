"""What an archive answers at a moment, wherever its articles are: in memory or in the state.

Nothing here is stored: the state holds single articles, and every question that depends on the
instant or on other articles is answered anew.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from sitegen import urls
from sitegen.config import Config
from sitegen.index.profiles import profiles
from sitegen.index.recent import Recent
from sitegen.model import (
    Article,
    Document,
    Json,
    Key,
    ListingId,
    Moment,
    State,
    Term,
    state_of,
)

_NEVER = (None, None, None)
_KEPT = 1024
"""Terms whose keys are at hand."""
RELATED = 4
"""Cards in the strip of related articles, and how far back it looks within each tag."""


class Held(NamedTuple):
    """An article that readers cannot see yet."""

    article: Article
    state: State

    @property
    def until(self) -> int | None:
        """When it will be visible; None: not by itself."""
        return None if self.state is State.DRAFT else self.article.visible


class Line(Protocol):
    """Articles in their order."""

    def before(self, article: Article, most: int) -> Sequence[Key]:
        """The cards of the articles before one, so many at most; the newest first."""
        ...


class Answers(ABC):
    """An archive at `moment`, without where its articles are."""

    def __init__(self, documents: Sequence[Document], config: Config, moment: Moment) -> None:
        self.moment = moment
        self.config = config
        self.documents = documents
        self.held: list[Held] = []
        """Oldest first."""
        self.marks: dict[str, State] = {}
        """Articles that only a preview shows, and why."""
        self._profiles = profiles(documents, config.site.language)
        self._merged = {
            (kind, other): slug
            for (kind, slug), facts in self._profiles.items()
            for other in facts["merge"]
            if other != slug
        }
        self._keys: Recent[tuple[str, Term], Key] = Recent(_KEPT)
        """Of terms, by their language: each article asks for seven, in each feed that it is in."""
        self._due: int | None = None
        self._pages: dict[str, Document] = {}
        self._page_states: dict[str, State] = {}
        self._page_sources: dict[str, str] = {}
        self._page_claims: dict[str, str] = {}
        self._add_pages()

    def _add_pages(self) -> None:
        for document in self.documents:
            if document.kind == "page":
                facts = document.facts
                shown = self.moment.shows(State.DRAFT, document.source)
                draft = facts["draft"] and not shown
                self._page_states[document.source] = State.DRAFT if draft else State.LIVE
                claims = self._page_claims if draft else self._page_sources
                for url in (facts["url"], *(facts["aliases"] if draft else ())):
                    claims.setdefault(url, document.source)
                self._pages[document.source] = document

    @abstractmethod
    def live(self, lang: str) -> Sequence[Article]:
        """The visible articles of a language, oldest first."""

    @abstractmethod
    def featured(self, lang: str) -> Sequence[Article]:
        """Those of them that are marked to be shown first, oldest first."""

    @abstractmethod
    def breaking(self, lang: str) -> Sequence[Article]:
        """Those of them that are breaking at the moment, oldest first."""

    @abstractmethod
    def corrected(self, lang: str) -> Sequence[Article]:
        """Those of them that were corrected, oldest first."""

    @abstractmethod
    def opinions(self, lang: str) -> Sequence[Article]:
        """Those of them that say what somebody thinks, oldest first."""

    @abstractmethod
    def of_type(self, lang: str, type: str) -> Sequence[Article]:
        """Those of them that are of a type, oldest first."""

    @abstractmethod
    def moved(self, lang: str) -> Sequence[Article]:
        """Those of them that have old addresses, oldest first."""

    @abstractmethod
    def seen_since(self, lang: str, instant: int) -> Sequence[Article]:
        """Those of them that readers could not see before `instant` or at it; in any order."""

    @abstractmethod
    def notices(self) -> Sequence[tuple[Article, State]]:
        """Expired and withdrawn articles: a short notice stands in their place."""

    @abstractmethod
    def listings(self) -> Mapping[ListingId, Sequence[Article]]:
        """Every listing that has an article, but the whole site's; oldest first."""

    @abstractmethod
    def name_of(self, id: ListingId) -> str:
        """A term's display name when no file gives one: as the oldest visible article writes it."""

    @abstractmethod
    def article(self, source: str) -> Article | None:
        """The article that was read from a file, whether anybody can see it or not."""

    @abstractmethod
    def expect(self, sources: Collection[str]) -> None:
        """These articles will be asked for next: those that must be fetched, are so together."""

    @abstractmethod
    def _group(self, article: Article) -> Mapping[str, Article]:
        """An article that readers see and its translations, by language: of two the older.

        The languages have the order of the settings; there are none in a site of one language.
        """

    @abstractmethod
    def _line(self, id: ListingId) -> Line:
        """A listing; the whole site's of a language has the kind `site`."""

    @abstractmethod
    def _seen_at(self, url: str) -> str | None:
        """The article at an address that readers see or could once see."""

    @abstractmethod
    def _claiming(self, url: str) -> str | None:
        """The article that will be at an address, or whose old address it is, and is held back."""

    def _article_state(self, source: str) -> State | None:
        article = self.article(source)
        return self._shown_as(article) if article else None

    def _shown_as(self, article: Article) -> State:
        """The state of an article, as whoever the site is for sees it."""
        state = state_of(article, self.moment.now)
        return State.LIVE if self.moment.shows(state, article.source) else state

    def translations(self, article: Article) -> tuple[str, ...]:
        """Sources of the same article in other languages, in the order of the settings."""
        group = self._group(article)
        if article.lang not in group or group[article.lang].source != article.source:
            return ()  # they lead to an older one, and to lead there alone would confuse
        return tuple(other.source for lang, other in group.items() if lang != article.lang)

    def original(self, article: Article) -> str:
        """The source of what an article and its translations are translations of.

        That is the one that another names, else the one in the language that the settings name
        first.
        """
        group = list(self._group(article).values()) or [article]
        named = {self.source_of(a.translation_of) for a in group if a.translation_of}
        return next((a.source for a in group if a.source in named), group[0].source)

    def _pair(self, article: Article) -> str:
        """What it shares with its translations: the original's path, if it names one."""
        target = self.source_of(article.translation_of) if article.translation_of else None
        original = self.article(target) if target else None
        return original.pair if original else article.pair

    def listing_of(self, lang: str, term: Term) -> ListingId:
        """The listing that a term puts an article in."""
        return ListingId(lang, term.kind, self._merged.get((term.kind, term.slug), term.slug))

    def previous(self, article: Article) -> Key | None:
        """The card of the article before this one, in its language."""
        before = self._line(ListingId(article.lang, "site")).before(article, 1)
        return before[0] if before else None

    def related(self, article: Article) -> tuple[Key, ...]:
        """Cards of its strip: the explicit ones, then the newest earlier ones of its tags."""
        return self._strip(article, lambda id: self._line(id).before(article, RELATED))

    def led_back(self, lang: str) -> Iterator[tuple[Article, Key | None, tuple[Key, ...]]]:
        """Every visible article of a language, oldest first, with its `previous` and `related`.

        They are noted as the articles pass: to ask for those of each takes the state three times
        as long as all else that is planned.
        """
        previous: Key | None = None
        newest: dict[ListingId, tuple[Key, ...]] = {}
        for article in self.live(lang):
            yield article, previous, self._strip(article, lambda id: newest.get(id, ()))
            previous = article.card
            for id in {*self._listed_in(article, "tag")}:
                newest[id] = (article.card, *newest.get(id, ()))[:RELATED]

    def _strip(
        self, article: Article, before: Callable[[ListingId], Sequence[Key]]
    ) -> tuple[Key, ...]:
        """Its `related`; `before` gives the newest earlier cards of a listing."""
        candidates = tuple(self._of_its_tags(article, before))[:RELATED]
        if not article.related:
            return candidates
        named = [source for ref in article.related if (source := self.source_of(ref))]
        explicit = [f"summary:{source}" for source in named if self._is_seen(source)]
        return tuple(dict.fromkeys([*explicit, *candidates]))[: max(RELATED, len(explicit))]

    def _of_its_tags(
        self, article: Article, before: Callable[[ListingId], Sequence[Key]]
    ) -> Mapping[Key, None]:
        """Cards of the newest earlier articles of its tags, of the first ones that give enough."""
        found: dict[Key, None] = {}
        for id in self._listed_in(article, "tag"):
            if len(found) >= RELATED:
                break
            found |= dict.fromkeys(before(id))
        return found

    def _is_seen(self, source: str) -> bool:
        """Whether a source is an article that readers see."""
        return self._article_state(source) is State.LIVE

    def _listed_in(self, article: Article, kind: str) -> Iterator[ListingId]:
        """The listings of its terms of a kind; one in which two merge comes twice."""
        for term in article.terms:
            if term.kind == kind:
                yield self.listing_of(article.lang, term)

    def terms(self, article: Article) -> tuple[Key, ...]:
        """The keys of the terms that list it, each once, its section first."""
        lang = article.lang
        keys = [self._keys.get((lang, term), self._key_of) for term in article.terms]
        return tuple(dict.fromkeys(keys))

    def _key_of(self, listed: tuple[str, Term]) -> Key:
        id = self.listing_of(*listed)
        return f"term:{id.kind}:{id.slug}:{id.lang}"

    def text_of(self, article: Article) -> Key:
        """The fact of its text: the whole, or what everybody may read of it."""
        return f"{'open' if self._withholds(article) else 'body'}:{article.source}"

    def refs_of(self, article: Article) -> tuple[str, ...]:
        """What that text refers to; nothing else of the article may be copied."""
        return article.open_refs if self._withholds(article) else article.refs

    def _withholds(self, article: Article) -> bool:
        in_page = self.config.paywall.text_in_page or self.moment.preview
        return article.paywall and not in_page

    def profile_of(self, id: ListingId) -> Mapping[str, Json] | None:
        """What the file of a term says of it, when it has one."""
        return self._profiles.get((id.kind, id.slug))

    def url_of(self, source: str) -> str:
        """The address of an article or page."""
        if article := self.article(source):
            return article.url
        return str(self._pages[source].facts["url"])

    def lang_of(self, source: str) -> str:
        """The language of an article or page."""
        return (self.article(source) or self._pages[source]).lang

    def is_indexed(self, source: str) -> bool:
        """Whether search engines are to know an article or page by its address."""
        if article := self.article(source):
            return article.indexed
        return not self._pages[source].facts["noindex"]

    def state(self, source: str) -> State | None:
        """The state of an article or page; None when there is none called so."""
        return self._article_state(source) or self._page_states.get(source)

    def source_of(self, ref: str) -> str | None:
        """The article or page that `source:…` or `url:…` names; None when there is none."""
        kind, _, target = ref.partition(":")
        if kind == "source":
            return target if self.state(target) else None
        try:
            url = urls.page_url(target)
        except ValueError:
            return None
        # An address is a visible article's first; one that is held back has it only else.
        seen = self._seen_at(url) or self._page_sources.get(url)
        return seen or self._claiming(url) or self._page_claims.get(url)

    def in_language(self, url: str, lang: str) -> str:
        """The address of a standing page in `lang`; `url` itself where there is no translation."""
        address, mark, fragment = url.partition("#")
        source = self.source_of(f"url:{address}")
        pair = next((p.facts["pair"] for p in self._visible() if p.source == source), None)
        for page in self._visible():
            if page.facts["pair"] == pair and page.lang == lang:
                return f"{page.facts['url']}{mark}{fragment}"
        return url

    def _visible(self) -> Iterator[Document]:
        """The standing pages that readers can see."""
        for document in self._pages.values():
            if self._page_states[document.source] is State.LIVE:
                yield document

    def held_back(self) -> Iterator[tuple[str, int | None, State]]:
        """(source, when it will be visible, why not yet) of what readers cannot see."""
        for held in self.held:
            yield held.article.source, held.until, held.state
        for document in self.documents:
            if self._page_states.get(document.source) is State.DRAFT:
                yield document.source, None, State.DRAFT

    @property
    def next_due(self) -> int | None:
        """The earliest later instant at which an output changes by itself."""
        return self._due

    def due_at(self, instant: int | None) -> None:
        """Something else changes the output at `instant`."""
        if instant is not None and instant > self.moment.now:
            self._due = instant if self._due is None else min(self._due, instant)

    def _watch(self, article: Article, state: State) -> None:
        """Note the next instant at which anything changes for this article."""
        instants = (article.visible, article.withdrawn, article.expires, article.breaking)
        if state is State.LIVE and instants[1:] == _NEVER:
            return  # as nearly all are
        shown = state is State.LIVE or self.moment.shows(state, article.source)
        for instant in sorted(i for i in instants if i is not None and i > self.moment.now):
            ends_breaking = shown and instant == article.breaking
            if ends_breaking or state_of(article, instant) is not state:
                self.due_at(instant)
                return
