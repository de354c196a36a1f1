"""The values that cross the borders between stages, and the door through which plan sees the index.

Facts themselves travel as canonical JSON bytes (see `digest.canonical`): they are written once by
read, hashed and stored as they are, and decoded only by the renderer. The TypedDicts here say what
is in them; themes see exactly these names.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, NamedTuple, Protocol, TypedDict

from sitegen.errors import Problem

Json = Any
"""A value that JSON can hold; mypy has no recursive spelling of it that themes would profit by."""

Key = str
"""Names a fact: `body:politics/vote.md`, `summary:…`, `term:tag:harbour:en`, `site:en`, …"""


REF = "sitegen-ref:"
"""Begins what stands in HTML and facts in place of an address: `sitegen-ref:N` is the N-th Ref."""


PICTURE = "!"
"""Stands before what a reference to a picture leads to; others begin with their kind."""


TYPES = (
    "news",
    "analysis",
    "opinion",
    "explainer",
    "report",
    "review",
    "interview",
    "obituary",
    "editorial",
    "letter",
    "sponsored",
)
"""The types of articles that every site has."""


class Ref(TypedDict):
    """Where a link or picture of an article points, before anybody knows if that is published."""

    to: str
    """`source:politics/vote.md`, `url:/about/` or `file:media/map.png`."""
    tail: str
    """What follows the address: a fragment, a query, or nothing."""


class Picture(TypedDict):
    src: str
    """An absolute address, or `ref:N`, the N-th of the article's links."""
    alt: str
    caption: str
    credit: str
    focus: str
    creator: str
    """Who made it, for machines; what the file itself says stands in for it, likewise below."""
    copyright: str
    license: str


class Summary(TypedDict):
    """What other pages may show of an article."""

    url: str
    title: str
    short_title: str
    summary: str
    kicker: str
    date: str
    section: str
    type: str
    lang: str
    featured: bool
    modified: str
    """The last substantial change, when there was one after publication."""
    image: Picture | None
    links: Sequence[Ref]
    """Of a card: that of its picture alone."""
    extra: Mapping[str, Json]


class Body(Summary):
    """What only an article's own page and full-text feeds show."""

    description: str
    standfirst: str
    """The summary that the author wrote, if any; `summary` falls back on the first words."""
    timed: bool
    """Whether its date has a time of day; without one there is none to show."""
    html: str
    words: int
    headings: Sequence[Mapping[str, Json]]
    key_points: Sequence[str]
    why_it_matters: str
    what_it_means: str
    faq: Sequence[Mapping[str, str]]
    sources: Sequence[Mapping[str, str]]
    corrections: Sequence[Mapping[str, Json]]
    updated: str
    updated_timed: bool
    """Whether that has a time of day."""
    canonical_url: str
    noindex: bool
    paywall: bool
    withheld: bool
    """Whether this is only what everybody may read of it, because the rest is for subscribers."""
    ai: Mapping[str, str] | None
    audio: Mapping[str, str] | None
    aliases: Sequence[str]


class Corrections(TypedDict):
    """What the log of corrections shows of an article."""

    url: str
    title: str
    corrections: Sequence[Mapping[str, Json]]
    links: Sequence[Ref]


class Term(NamedTuple):
    """One of an article's names in a kind of listing: a tag, an author, the section, a place."""

    kind: str
    slug: str
    name: str


class Article(NamedTuple):
    """What plan knows of an article without opening it. Instants are seconds since 1970, UTC."""

    source: str
    card: Key
    """The key of its Summary."""
    lang: str
    url: str
    date: int
    day: str
    """The date in the site's zone, `2026-11-22`: it names periods and headings."""
    section: str
    type: str
    draft: bool
    embargo: int | None
    expires: int | None
    withdrawn: int | None
    reason: str
    """Why it was withdrawn, for its notice."""
    breaking: int | None
    """When it stops being breaking; None: it never was."""
    featured: bool
    noindex: bool
    elsewhere: bool
    """Whether its canonical address is another than its own."""
    paywall: bool
    template: str
    pair: str
    """What an article and its translations share; empty in a site of one language."""
    translation_of: str
    modified: int
    """The last substantial change, or the date."""
    updated: int | None
    corrected: int | None
    """The newest of its corrections, minor ones too."""
    picture: str
    """The reference of its hero, with “!” before it; empty when there is none or it is remote."""
    focus: str
    """Which point of it must stay in sight, as the author wrote it."""
    terms: tuple[Term, ...]
    related: tuple[str, ...]
    refs: tuple[str, ...]
    open_refs: tuple[str, ...]
    """Of an article for subscribers: the references of what everybody may read of it."""
    recording: tuple[str, ...]
    """The references among them that are its recording and that one's text, which must exist."""
    aliases: tuple[str, ...]

    @property
    def visible(self) -> int:
        """The instant from which readers may see it."""
        return self.date if self.embargo is None else max(self.date, self.embargo)

    @property
    def indexed(self) -> bool:
        """Whether search engines are to know it by this address."""
        return not (self.noindex or self.elsewhere)


class Document(NamedTuple):
    """A file of content/ that is no article: a standing page, an author's or term's file."""

    source: str
    kind: Literal["page", "term", "front"]
    lang: str
    facts: Mapping[str, Json]


OPINIONS = frozenset({"opinion", "editorial", "letter"})
"""Types of articles that say what somebody thinks; readers must see them apart from news."""


class State(StrEnum):
    """What readers may see of an article at an instant. One predicate decides for every output."""

    LIVE = "live"
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    EMBARGOED = "embargoed"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"

    @property
    def held_back(self) -> bool:
        return self in (State.DRAFT, State.SCHEDULED, State.EMBARGOED)


def state_of(article: Article, now: int) -> State:
    """The state of `article` at the instant `now`, in seconds since 1970."""
    if article.draft:
        return State.DRAFT
    if article.withdrawn is not None and article.withdrawn <= now and article.visible <= now:
        return State.WITHDRAWN
    if article.visible > now:
        embargoed = article.embargo is not None and article.embargo > article.date
        return State.EMBARGOED if embargoed else State.SCHEDULED
    if article.expires is not None and article.expires <= now:
        return State.EXPIRED
    return State.LIVE


@dataclass(frozen=True, slots=True)
class Moment:
    """The instant that a site is built for, and who is to see it."""

    now: int
    preview: bool = False
    embargoed: bool = False
    """With preview: show embargoed articles too."""
    only: str = ""
    """With preview: of all that readers cannot see yet, this source alone."""

    def shows(self, state: State, source: str) -> bool:
        """Whether a preview shows what readers cannot see yet."""
        if not self.preview or not state.held_back or self.only not in ("", source):
            return False
        return self.embargoed or state is not State.EMBARGOED


class ListingId(NamedTuple):
    """A listing: the whole site's, a section's, a tag's, an author's, a term's; in one language."""

    lang: str
    kind: str
    slug: str = ""


class Counted(Sequence[Article]):
    """A listing that can say how it is divided by time without its articles being looked at."""

    @abstractmethod
    def counts(self, length: int) -> Sequence[tuple[str, int]]:
        """How many articles each year or month has, by so many first letters of their days."""

    @abstractmethod
    def within(self, name: str) -> Sequence[Article]:
        """The articles of one of them, oldest first."""

    @abstractmethod
    def cards(self) -> Sequence[Key]:
        """The facts that the cards of all of its articles need, oldest first."""


class Archive(Protocol):
    """What plan may ask of the articles that readers can see at a moment; oldest come first."""

    @property
    def moment(self) -> Moment: ...

    @property
    def documents(self) -> Sequence[Document]: ...

    @property
    def marks(self) -> Mapping[str, State]: ...

    def live(self, lang: str) -> Sequence[Article]: ...

    def featured(self, lang: str) -> Sequence[Article]: ...

    def breaking(self, lang: str) -> Sequence[Article]: ...

    def corrected(self, lang: str) -> Sequence[Article]: ...

    def opinions(self, lang: str) -> Sequence[Article]: ...

    def of_type(self, lang: str, type: str) -> Sequence[Article]: ...

    def moved(self, lang: str) -> Sequence[Article]: ...

    def seen_since(self, lang: str, instant: int) -> Sequence[Article]: ...

    def notices(self) -> Sequence[tuple[Article, State]]: ...

    def listings(self) -> Mapping[ListingId, Sequence[Article]]: ...

    def previous(self, article: Article) -> Key | None: ...

    def related(self, article: Article) -> Sequence[Key]: ...

    def led_back(self, lang: str) -> Iterable[tuple[Article, Key | None, Sequence[Key]]]: ...

    def translations(self, article: Article) -> Sequence[str]: ...

    def original(self, article: Article) -> str: ...

    def article(self, source: str) -> Article | None: ...

    def url_of(self, source: str) -> str: ...

    def terms(self, article: Article) -> Sequence[Key]: ...

    def text_of(self, article: Article) -> Key: ...

    def refs_of(self, article: Article) -> tuple[str, ...]: ...

    def profile_of(self, id: ListingId) -> Mapping[str, Json] | None: ...

    def source_of(self, ref: str) -> str | None: ...

    def state(self, source: str) -> State | None: ...

    def due_at(self, instant: int | None) -> None: ...


class Edit(NamedTuple):
    """An article before and after it was edited, as readers see it; None: they do not see it."""

    before: Article | None
    after: Article | None

    @property
    def both(self) -> Sequence[Article]:
        """What there is of the two."""
        return [article for article in self if article is not None]


class Edited(Archive, Protocol):
    """What plan may ask of an archive to find the pages that an edit touches."""

    def followers(self, article: Article) -> Iterable[Article]: ...

    def versions(self, article: Article) -> Sequence[Article]: ...

    def changes(self) -> Mapping[str, int]: ...


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of a long piece of work: `done` of `total` in the stage called `stage`.

    Without numbers it says that this stage begins.
    """

    stage: str
    done: int = 0
    total: int = 0


Show = Callable[[Progress], None]
"""Who is told of each step."""


class Note(NamedTuple):
    """Something in a file that is no mistake; a build says it once for the whole archive."""

    code: str
    kind: str
    """What differs from file to file: a field's name, a number of characters."""
    times: int
    line: int
    column: int = 0
    hint: str = ""


class Told(NamedTuple):
    """What reading a file had to say of it, kept with it: a build that re-reads nothing says it."""

    errors: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()
    anchors: tuple[tuple[str, str], ...] = ()
    """(target, fragment) of its links to a place within another page."""
    silence: tuple[str, ...] = ()
    """Codes of what the file does not want to be told."""
