"""The archive at a moment: what readers may see of it, in order, by listing.

Nothing here is stored: the state holds single articles, and every question that depends on the
instant or on other articles is answered anew.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sitegen import urls
from sitegen.config import Config
from sitegen.index.profiles import profiles
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


class _Listed(NamedTuple):
    """A listing, oldest first."""

    key: Key
    """Of the fact of its term."""
    articles: list[Article]
    numbers: list[int]
    """Of these articles, in the order of all visible ones: where one stands is quickly found."""

    def before(self, number: int, most: int) -> list[Article]:
        """The articles before that with a number, so many at most; the newest first."""
        end = bisect_left(self.numbers, number)
        return self.articles[max(0, end - most) : end][::-1]


class ArchiveAt:
    """All articles as they stand at `moment`. Articles must come oldest first."""

    def __init__(
        self,
        articles: Iterable[Article],
        documents: Sequence[Document],
        config: Config,
        moment: Moment,
    ) -> None:
        self.moment = moment
        self.config = config
        self.documents = documents
        self.held: list[Held] = []
        self.marks: dict[str, State] = {}
        """Articles that only a preview shows, and why."""
        self._live: dict[str, list[Article]] = {lang: [] for lang in config.all_languages}
        self._breaking: dict[str, list[Article]] = {lang: [] for lang in config.all_languages}
        self._featured: dict[str, list[Article]] = {lang: [] for lang in config.all_languages}
        self._notices: list[tuple[Article, State]] = []
        self._listings: dict[ListingId, list[Article]] = {}
        self._names: dict[ListingId, str] = {}
        self._numbers: dict[str, int] = {}
        """Of every visible article, in their order."""
        self._in_order = {lang: _Listed("", self._live[lang], []) for lang in config.all_languages}
        self._by_term: dict[tuple[str, Term], _Listed] = {}
        self._by_id: dict[ListingId, _Listed] = {}
        self._states: dict[str, State] = {}
        self._sources: dict[str, str] = {}
        self._claims: dict[str, str] = {}
        self._articles: dict[str, Article] = {}
        self._pages: dict[str, Document] = {}
        self._groups: dict[str, dict[str, Article]] = {}
        """Translations of each other, by language: of two in one language the older."""
        self._pair_of: dict[str, str] = {}
        self._profiles = profiles(documents, config.site.language)
        self._merged = {
            (kind, other): slug
            for (kind, slug), facts in self._profiles.items()
            for other in facts["merge"]
            if other != slug
        }
        self._due: int | None = None
        for article in articles:
            self._add(article)
        self._add_pages()
        if len(config.all_languages) > 1:
            for lang in config.all_languages:
                for article in self._live[lang]:
                    group = self._groups.setdefault(self._pair(article), {})
                    group.setdefault(lang, article)

    def _add(self, article: Article) -> None:
        state = state_of(article, self.moment.now)
        self._watch(article, state)
        self._articles[article.source] = article
        self._pair_of[article.source] = article.pair
        if self.moment.shows(state, article.source):
            self.marks[article.source] = state
            state = State.LIVE
        self._states[article.source] = state
        # An address is a visible article's first; one that is held back has it only else.
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
        self._live[article.lang].append(article)
        self._in_order[article.lang].numbers.append(number)
        for term in article.terms:
            _, listing, numbers = self._listing(article.lang, term)
            # Two of its terms may be merged into one.
            if not numbers or numbers[-1] != number:
                listing.append(article)
                numbers.append(number)
        if article.featured:
            self._featured[article.lang].append(article)
        if article.breaking is not None and article.breaking > self.moment.now:
            self._breaking[article.lang].append(article)

    def _listing(self, lang: str, term: Term) -> _Listed:
        """The listing that a term puts an article in."""
        known = self._by_term.get((lang, term))
        if known is None:
            slug = self._merged.get((term.kind, term.slug), term.slug)
            id = ListingId(lang, term.kind, slug)
            # Of a merged term too: a better spelling in a newer article would rename it everywhere.
            self._names.setdefault(id, term.name)
            known = self._by_id.get(id)
            if known is None:
                listing = self._listings[id] = []
                known = self._by_id[id] = _Listed(f"term:{id.kind}:{slug}:{lang}", listing, [])
            self._by_term[lang, term] = known
        return known

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

    def due_at(self, instant: int | None) -> None:
        """Something else changes the output at `instant`."""
        if instant is not None and instant > self.moment.now:
            self._due = instant if self._due is None else min(self._due, instant)

    def _add_pages(self) -> None:
        for document in self.documents:
            if document.kind == "page":
                facts = document.facts
                shown = self.moment.shows(State.DRAFT, document.source)
                draft = facts["draft"] and not shown
                self._states[document.source] = State.DRAFT if draft else State.LIVE
                claims = self._claims if draft else self._sources
                for url in (facts["url"], *(facts["aliases"] if draft else ())):
                    claims.setdefault(url, document.source)
                self._pages[document.source] = document

    @property
    def next_due(self) -> int | None:
        """The earliest later instant at which an output changes by itself."""
        return self._due

    def live(self, lang: str) -> Sequence[Article]:
        """The visible articles of a language, oldest first."""
        return self._live[lang]

    def featured(self, lang: str) -> Sequence[Article]:
        """Those of them that are marked to be shown first, oldest first."""
        return self._featured[lang]

    def breaking(self, lang: str) -> Sequence[Article]:
        """Those of them that are breaking at the moment, oldest first."""
        return self._breaking[lang]

    def notices(self) -> Sequence[tuple[Article, State]]:
        """Expired and withdrawn articles: a short notice stands in their place."""
        return self._notices

    def listings(self) -> Mapping[ListingId, Sequence[Article]]:
        """Every listing that has an article, but the whole site's; oldest first."""
        return self._listings

    def previous(self, article: Article) -> Article | None:
        """The article before this one, in its language."""
        before = self._in_order[article.lang].before(self._numbers[article.source], 1)
        return before[0] if before else None

    def related(self, article: Article) -> tuple[Key, ...]:
        """Cards of its strip: the explicit ones, then the newest earlier ones of its tags."""
        candidates = tuple(self._of_its_tags(article))[:RELATED]
        if not article.related:
            return candidates
        named = [source for ref in article.related if (source := self.source_of(ref))]
        shown = (s for s in named if self._states.get(s) is State.LIVE and s in self._numbers)
        explicit = [f"summary:{source}" for source in shown]
        return tuple(dict.fromkeys([*explicit, *candidates]))[: max(RELATED, len(explicit))]

    def _of_its_tags(self, article: Article) -> Mapping[Key, None]:
        """Cards of the newest earlier articles of its tags, of the first ones that give enough."""
        number = self._numbers[article.source]
        found: dict[Key, None] = {}
        for listing in self._listed_in(article, "tag"):
            if len(found) >= RELATED:
                break
            found |= {other.card: None for other in listing.before(number, RELATED)}
        return found

    def _listed_in(self, article: Article, kind: str = "") -> Iterator[_Listed]:
        """The listings of its terms, of one kind or of all; one in which two merge comes twice."""
        for term in article.terms:
            if kind in ("", term.kind):
                yield self._listing(article.lang, term)

    def translations(self, article: Article) -> tuple[str, ...]:
        """Sources of the same article in other languages, in the order of the settings."""
        if not self._groups:
            return ()
        group = self._groups[self._pair(article)]
        if group[article.lang] is not article:
            return ()  # they lead to an older one, and to lead there alone would confuse
        return tuple(other.source for lang, other in group.items() if lang != article.lang)

    def original(self, article: Article) -> str:
        """The source of what an article and its translations are translations of.

        That is the one that another names, else the one in the language that the settings name
        first.
        """
        group = self._groups.get(self._pair(article), {article.lang: article}).values()
        named = {self.source_of(a.translation_of) for a in group if a.translation_of}
        return next((a.source for a in group if a.source in named), next(iter(group)).source)

    def _pair(self, article: Article) -> str:
        """What it shares with its translations: the original's path, if it names one."""
        target = self.source_of(article.translation_of) if article.translation_of else None
        return self._pair_of.get(target or article.source, article.pair)

    def terms(self, article: Article) -> tuple[Key, ...]:
        """The keys of the terms that list it, each once, its section first."""
        return tuple(dict.fromkeys(listing.key for listing in self._listed_in(article)))

    def text_of(self, article: Article) -> Key:
        """The fact of its text: the whole, or what everybody may read of it."""
        return f"{'open' if self._withholds(article) else 'body'}:{article.source}"

    def refs_of(self, article: Article) -> tuple[str, ...]:
        """What that text refers to; nothing else of the article may be copied."""
        return article.open_refs if self._withholds(article) else article.refs

    def _withholds(self, article: Article) -> bool:
        in_page = self.config.paywall.text_in_page or self.moment.preview
        return article.paywall and not in_page

    def held_back(self) -> Iterator[tuple[str, int | None, State]]:
        """(source, when it will be visible, why not yet) of what readers cannot see."""
        for held in self.held:
            yield held.article.source, held.until, held.state
        for document in self.documents:
            if self._states.get(document.source) is State.DRAFT:
                yield document.source, None, State.DRAFT

    def name_of(self, id: ListingId) -> str:
        """A term's display name when no file gives one: as the oldest visible article writes it."""
        return self._names.get(id, id.slug)

    def profile_of(self, id: ListingId) -> Mapping[str, Json] | None:
        """What the file of a term says of it, when it has one."""
        return self._profiles.get((id.kind, id.slug))

    def article(self, source: str) -> Article | None:
        """The article that was read from a file, whether anybody can see it or not."""
        return self._articles.get(source)

    def url_of(self, source: str) -> str:
        """The address of an article or page."""
        if article := self._articles.get(source):
            return article.url
        return str(self._pages[source].facts["url"])

    def lang_of(self, source: str) -> str:
        """The language of an article or page."""
        return (self._articles.get(source) or self._pages[source]).lang

    def is_indexed(self, source: str) -> bool:
        """Whether search engines are to know an article or page by its address."""
        if article := self._articles.get(source):
            return article.indexed
        return not self._pages[source].facts["noindex"]

    def state(self, source: str) -> State | None:
        """The state of an article or page; None when there is none called so."""
        return self._states.get(source)

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
            if self._states[document.source] is State.LIVE:
                yield document

    def source_of(self, ref: str) -> str | None:
        """The article or page that `source:…` or `url:…` names; None when there is none."""
        kind, _, target = ref.partition(":")
        if kind == "source":
            return target if target in self._states else None
        try:
            url = urls.page_url(target)
        except ValueError:
            return None
        return self._sources.get(url) or self._claims.get(url)
