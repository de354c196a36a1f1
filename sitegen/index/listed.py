"""Which articles each listing has, by date: so that few are decoded to answer for all."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from itertools import chain
from typing import NamedTuple
from urllib.parse import unquote
from zlib import crc32

from sitegen import urls
from sitegen.digest import digest
from sitegen.index.store import Damaged, Store
from sitegen.model import OPINIONS, PICTURE, Article, ListingId

_NEVER = 1 << 38
"""An instant that no build reaches, in seconds since 1970: that of a draft (year 10,680)."""
_SUM = "listed"


class Kept(StrEnum):
    """Listings that are kept beside those which readers see: no taxonomy has such a name."""

    SITE = "site"
    FEATURED = " featured"
    CORRECTED = " corrected"
    OPINION = " opinion"
    TYPE = " type"
    """Those of each type."""
    MOVED = " moved"
    """Those that have old addresses."""
    WAITING = " waiting"
    """Those that an instant beside their date decides about, by the last such instant."""
    ENDING = " ending"
    """Those that expire or are withdrawn, at any time."""
    CHANGED = " changed"
    """Those that search engines are to know, by their last change that readers can see."""
    PLACE = " place"
    """All of them, by `place_of` their address in place of a date; of no language."""
    PAIR = " pair"
    """Likewise by what they share with their translations, in a site of several languages."""
    NAMED = " named"
    """Likewise all that name an address or a file in content/, by that one."""


class Listed(NamedTuple):
    """A row: an article in a listing. `term` and `article` are numbers of this state alone."""

    term: int
    date: int
    article: int
    month: int
    """As a number, `202611`."""


class Listings:
    """Which articles are in which listings, whoever can see them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._db = store.db
        self._added: list[Listed] = []
        self._dropped: list[Listed] = []

    def add(self, articles: Iterable[tuple[int, Article]]) -> None:
        """List articles by their numbers, once that is `settled`."""
        self._added += self._rows(articles)

    def drop(self, articles: Iterable[tuple[int, Article]]) -> None:
        """Take articles out of all listings, likewise."""
        self._dropped += self._rows(articles)

    @contextmanager
    def settled(self) -> Iterator[None]:
        """Write at the end what is added and dropped within, in its order; in one transaction.

        An article is in a dozen listings. Article by article, each row is in another page of the
        file: of a million articles each 500 left 40 MB in SQLite's log.
        """
        try:
            yield
            self._settle()
        finally:
            self._added, self._dropped = [], []

    def _settle(self) -> None:
        added, dropped = sorted(self._added), sorted(self._dropped)
        terms = {row.term for row in dropped}
        if added and dropped:  # some may be put as they were, or twice
            balance = Counter(added)
            balance.subtract(dropped)
            added = sorted(row for row, number in balance.items() if number > 0)
            dropped = sorted(row for row, number in balance.items() if number < 0)
        keys = (row[:3] for row in dropped)
        self._db.executemany("DELETE FROM listed WHERE term=? AND date=? AND article=?", keys)
        self._db.executemany("INSERT INTO listed VALUES(?, ?, ?, ?)", added)
        self._sum_changes(sum(map(_weight, added)) - sum(map(_weight, dropped)))
        for term in terms:
            # A word that nothing is listed under any more must not stay in the state.
            if not self._db.execute("SELECT 1 FROM listed WHERE term=?", (term,)).fetchone():
                query = "SELECT id, lang, kind, slug FROM terms WHERE id=?"
                self._sum_changes(-_term_weight(*self._db.execute(query, (term,)).fetchone()))
                self._db.execute("DELETE FROM terms WHERE id=?", (term,))

    def _rows(self, articles: Iterable[tuple[int, Article]]) -> list[Listed]:
        rows = []
        known: dict[tuple[str, str, str], int] = {}
        for id, article in articles:
            month = month_of(article)
            every = [*listings_of(article).items(), *((_NAMES, place) for place in _named(article))]
            for name, date in every:
                term = known.get(name) or known.setdefault(name, self._term(*name))
                rows.append(Listed(term, date, id, month))
        return rows

    def _term(self, lang: str, kind: str, slug: str) -> int:
        """The number of a listing; a new one where it has none."""
        query = "SELECT id FROM terms WHERE lang=? AND kind=? AND slug=?"
        if row := self._db.execute(query, (lang, kind, slug)).fetchone():
            return int(row[0])
        query = "INSERT INTO terms(lang, kind, slug) VALUES(?, ?, ?)"
        id = self._db.execute(query, (lang, kind, slug)).lastrowid
        assert id is not None, "SQLite numbers every row that it inserts"
        self._sum_changes(_term_weight(id, lang, kind, slug))
        return id

    def _sum_changes(self, by: int) -> None:
        if by:
            self._store.remember(_SUM, str(int(self._store.meta(_SUM) or 0) + by))

    def terms(self) -> dict[ListingId, int]:
        """The number of every listing that has an article, in their order.

        Raises Damaged where these tables are not as they were written: no row has a digest of
        its own, which would be longer than the row.
        """
        query = "SELECT id, lang, kind, slug FROM terms ORDER BY lang, kind, slug"
        terms = self._db.execute(query).fetchall()
        query = "SELECT sum(term * 7919 + date + article * 127 + month * 8191) FROM listed"
        (rows,) = self._db.execute(query).fetchone()
        found = (rows or 0) + sum(_term_weight(*term) for term in terms)
        if found != int(self._store.meta(_SUM) or 0):
            raise Damaged("the listings are not as they were written")
        return {ListingId(lang, kind, slug): id for id, lang, kind, slug in terms}

    def counts(self) -> dict[int, int]:
        """How many articles each listing has, by its number."""
        return dict(self._db.execute("SELECT term, count(*) FROM listed GROUP BY term"))

    def doubled(self) -> list[int]:
        """The articles that share the place of their address with others, by their numbers."""
        (places,) = self._db.execute(
            "SELECT id FROM terms WHERE lang='' AND kind=?", (Kept.PLACE,)
        ).fetchone() or (None,)
        shared = "SELECT date FROM listed WHERE term=? GROUP BY date HAVING count(*) > 1"
        query = f"SELECT article FROM listed WHERE term=? AND date IN ({shared})"
        return [id for (id,) in self._db.execute(query, (places, places))]

    def at(self, place: int) -> list[int]:
        """The articles that have a place, by their numbers."""
        query = (
            "SELECT article FROM listed WHERE date=? AND term="
            "(SELECT id FROM terms WHERE lang='' AND kind=?)"
        )
        return [id for (id,) in self._db.execute(query, (place, Kept.PLACE))]

    def months(self, terms: Sequence[int]) -> Counter[int]:
        """How many articles some listings have together in each month."""
        if len(terms) == 1:
            # Counted here: SQLite would sort all of them in memory.
            rows = self._db.execute("SELECT month FROM listed WHERE term=?", terms)
            return Counter(chain.from_iterable(rows))
        columns = "month, count(DISTINCT article)"
        query = f"SELECT {columns} FROM listed WHERE {_any(terms)} GROUP BY month"
        return Counter(dict(self._db.execute(query, terms)))

    def newest(self, term: int, hidden: Collection[int]) -> dict[int, int]:
        """The newest date of a listing in each month, without those of some articles."""
        # Grouped here, the newest coming last: SQLite would sort all of them in memory.
        query = "SELECT month, date FROM listed WHERE term=? AND article NOT IN "
        query += "(SELECT value FROM json_each(?)) ORDER BY date"
        return dict(self._db.execute(query, (term, json.dumps(sorted(hidden)))))

    def rows(
        self, terms: Sequence[int], where: str, values: Sequence[int], *, newest_first: bool = False
    ) -> Iterator[tuple[int, int]]:
        """(date, number) of the articles of some listings by date, as far as `where` holds."""
        query = f"SELECT DISTINCT date, article FROM listed WHERE {_any(terms)} AND {where}"
        order = "DESC" if newest_first else "ASC"
        found = self._db.execute(f"{query} ORDER BY date {order}", (*terms, *values))
        for row in found:  # noqa: UP028 - `yield from` closes a cursor, whose connection may be gone
            yield row


_NAMES = ("", Kept.NAMED.value, "")


def listings_of(article: Article) -> dict[tuple[str, str, str], int]:
    """(language, kind, slug) of all that lists an article → the date that it has there."""
    lang, date = article.lang, article.date
    found = {("", Kept.PLACE.value, ""): place_of(article.url), (lang, Kept.SITE.value, ""): date}
    if article.pair:
        found["", Kept.PAIR, ""] = place_of(article.pair)
    found |= {(lang, term.kind, term.slug): date for term in article.terms}
    if article.featured:
        found[lang, Kept.FEATURED, ""] = date
    if article.corrected is not None:
        found[lang, Kept.CORRECTED, ""] = date
    found[lang, Kept.TYPE, article.type] = date
    if article.type in OPINIONS:
        found[lang, Kept.OPINION, ""] = date
    if article.aliases:
        found[lang, Kept.MOVED, ""] = date
    if article.indexed:
        found[lang, Kept.CHANGED, ""] = max(article.modified, article.visible)
    if article.draft or article.embargo is not None or article.breaking is not None:
        last = max(article.visible, article.breaking or article.visible)
        found[lang, Kept.WAITING, ""] = _NEVER if article.draft else last
    if article.withdrawn is not None or article.expires is not None:
        found[lang, Kept.ENDING, ""] = date
    return found


def _named(article: Article) -> set[int]:
    """The places that an article names: where it links to, leads from, or belongs."""
    refs = {*article.refs, *article.open_refs, *article.related, article.translation_of}
    named = {f"url:{url}" for url in article.aliases}
    return {place for ref in refs | named for place in places_of(ref)}


def places_of(ref: str) -> Iterator[int]:
    """The place of the page or file that a reference names, if it names one."""
    kind, _, target = ref.removeprefix(PICTURE).partition(":")
    if kind in ("source", "file"):
        yield place_of(f"{kind}:{target}")
    elif kind == "url":
        with suppress(ValueError):
            yield place_of(urls.page_url(target))


def month_of(article: Article) -> int:
    """The month of its date in the site's zone, as a number: `202611`."""
    return int(article.day[:4] + article.day[5:7])


def place_of(url: str) -> int:
    """What addresses share that are one on some file system, and others hardly ever."""
    path = unquote(url) if "%" in url else url
    return int.from_bytes(digest(urls.same_place(path).encode())[:4])


def _any(terms: Sequence[int]) -> str:
    return f"term IN ({', '.join('?' * len(terms))})"


def _weight(row: Listed) -> int:
    """What a row adds to the sum of all, which SQLite works out in the same way."""
    return row.term * 7919 + row.date + row.article * 127 + row.month * 8191


def _term_weight(id: int, lang: str, kind: str, slug: str) -> int:
    return crc32(f"{id} {lang} {kind} {slug}".encode())
