"""Whether edits of articles are plain: then only their pages change, and nothing that a build says.

Whatever is not plain is worked out with all of the site, which finds every mistake and says it in
words. So a doubt here costs time and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from sitegen.index.articles import in_order
from sitegen.index.asked import Asked
from sitegen.index.changes import Change
from sitegen.index.findings import many_expired
from sitegen.index.listed import place_of, places_of
from sitegen.index.picks import Picks, doubled_fronts
from sitegen.index.places import Places
from sitegen.model import PICTURE, Article, Edit, Key, State, state_of
from sitegen.plan import Wish
from sitegen.plan.copies import file_of
from sitegen.plan.declared import may_change
from sitegen.plan.home import IN_SECTION, TOP
from sitegen.plan.listings import listed_in
from sitegen.plan.moved import is_page
from sitegen.plan.redirects import WITH_PAGES
from sitegen.site.shown import Shown
from sitegen.site.wishes import ALWAYS

_OF_ALL = frozenset({"many-expired", "pick-skipped"})
"""Warnings that any other article may bring to an end, or change."""
_SAME = (
    "lang",
    "pair",
    "translation_of",
    "template",
)
"""Fields of an article of which more follows than can be said here."""
_ALONE = ("aliases", "template")
"""Likewise where one comes or goes: it must have none of these."""
_GONE = (State.EXPIRED, State.WITHDRAWN)


class Turn(NamedTuple):
    """An article at the last build and now: it was edited, or an instant decided about it."""

    before: Article | None
    after: Article | None
    state_before: State | None
    """None: there was no such article; likewise the next."""
    state: State | None

    @property
    def edit(self) -> Edit:
        """What readers see of it."""
        was, is_now = self.state_before is State.LIVE, self.state is State.LIVE
        return Edit(self.before if was else None, self.after if is_now else None)


def turns_of(archive: Asked, changes: Iterable[Change], last: int) -> list[Turn]:
    """What became of articles since the instant `last`, beside their texts."""
    now = archive.moment.now

    def turn(before: Article | None, after: Article | None) -> Turn:
        states = before and state_of(before, last), after and state_of(after, now)
        return Turn(before, after, *states)

    edited = {change.source: change for change in changes}
    turns = [turn(c.before, c.after) for c in edited.values()]
    turns += [turn(a, a) for a in archive.turned(last) if a.source not in edited]
    return [turn for turn in turns if (turn.before, turn.state_before) != (turn.after, turn.state)]


@dataclass(frozen=True)
class Plain:
    """Looks at edits of articles within their site."""

    archive: Asked
    shown: Shown
    content: Path
    sources: Collection[str]
    """The files of content/ that were read."""
    told: Collection[str]
    """The codes of the last build's warnings."""

    def are_plain(self, turns: Sequence[Turn], wishes: Mapping[str, Wish]) -> bool:
        """Whether nothing that a build says follows from what became of articles, and of terms."""
        changes = self.shown.content.changes or ()
        if not all(self._stands_alone(change) for change in changes if change.moved):
            return False
        edits = [turn.edit for turn in turns]
        if not all(map(self.shown.counts_as_before, edits)):
            return False
        if next(many_expired(self.archive), None):
            return False  # of fewer articles, they are a larger share
        if not _OF_ALL.isdisjoint(self.told) or self._misfit():
            return False
        if self._are_listed(edits, wishes) or self._lose_a_section(turns, wishes):
            return False
        edited = {turn.after.source for turn in turns if turn.after}
        return all(map(self._is_plain, turns)) and self.shown.are_settled(edits, edited)

    def _stands_alone(self, change: Change) -> bool:
        """Whether nothing else is to be said where a file of a term came or went.

        Where another is of the same term, what both say depends on each other.
        """
        terms = (d for d in self.archive.documents if d.kind == "term")
        others = (d.facts for d in terms if d.source != change.source)
        if any((facts["kind"], facts["slug"]) == change.profile for facts in others):
            return False
        name = f"source:{change.source}"
        if change.source not in self.sources and (
            place_of(name) in self._places_of_documents or self.archive.naming_any(name)
        ):
            return False
        return all(map(self._leads_somewhere, change.refs))

    def _are_listed(self, edits: Sequence[Edit], wishes: Mapping[str, Wish]) -> bool:
        """Whether a list of the theme may change that is on pages of which nobody says which."""
        reached = (w.lists.values() for name, w in wishes.items() if name not in ALWAYS)
        return any(may_change(self.archive, wish, edits) for wish in chain.from_iterable(reached))

    def _lose_a_section(self, turns: Iterable[Turn], wishes: Mapping[str, Wish]) -> bool:
        """Whether a list names a section that may have no article any more, in no language."""
        pages = (d.facts["lists"] for d in self.archive.documents if d.kind == "page")
        lists = (*pages, *(wish.lists for wish in wishes.values()))
        named = {wish["section"] for group in lists for wish in group.values()}
        left = named & {turn.before.section for turn in turns if turn.before}
        if not left - {""}:
            return False
        there = {id.slug for id in self.archive.listings() if id.kind == "section"}
        return bool(left - {*there, *self.archive.config.sections, ""})

    @cached_property
    def _places_of_documents(self) -> Collection[int]:
        return {place for ref in self.shown.of_documents for place in places_of(ref)}

    def _misfit(self) -> bool:
        """Whether home cannot show a choice by hand, or two are made for it."""
        places = Places(self.content)
        if next(doubled_fronts(self.archive.documents, places), None):
            return True
        picks = Picks(self.archive, places, self.sources, TOP + 1, IN_SECTION)
        return next(picks.cautions(), None) is not None

    def _is_plain(self, turn: Turn) -> bool:
        before, after, was, now = turn
        ended = was in _GONE or now in _GONE
        if ended and (was, now) != (State.LIVE, State.EXPIRED):
            return False
        vanishes = after is None or (was is State.LIVE and now is not State.LIVE)
        stays = now is State.EXPIRED  # a notice is at its address
        if vanishes and before and not self._may_vanish(before, stays=stays):
            return False
        if after is None:
            return True
        if before is None:
            original = after.translation_of
            kept = not any(getattr(after, name) for name in _ALONE)
            kept = kept and (not original or self._is_live(original))
        else:
            kept = all(getattr(before, name) == getattr(after, name) for name in _SAME)
            kept = kept and self._keeps_addresses(turn)
        open_to_all = after.paywall and self.archive.config.paywall.text_in_page
        appears = before is None or (was is not now and now is State.LIVE)
        fits = not appears or self._may_appear(after, seen=now is State.LIVE)
        return kept and not open_to_all and fits and self._is_right(after, turn.edit.before)

    def _may_vanish(self, article: Article, *, stays: bool) -> bool:
        """Whether nothing else tells of an article that is gone, or that readers no longer see.

        Where something `stays` at its address, links lead there as before.
        """
        archive = self.archive
        alone = not archive.versions(article) and not article.translation_of
        odd = any(getattr(article, name) for name in _ALONE)
        shared = any(a.source != article.source for a in archive.at(article.url))
        return alone and not odd and not shared and (stays or not self._is_named(article))

    def _keeps_addresses(self, turn: Turn) -> bool:
        """Whether the addresses of an article that there was are what they were, or may change."""
        before, after, was, now = turn
        assert before and after, "what came or went has no place to keep"
        seen = was is now is State.LIVE
        moved = before.url != after.url
        if moved and (now is State.EXPIRED or not self._may_move(before, after, seen=seen)):
            return False
        held = all(state is not None and state.held_back for state in (was, now))
        if before.aliases != after.aliases:
            return seen and self._may_lead(before, after)
        if in_order(before) == in_order(after):
            return True
        if held:  # of two that want an address, the first is said to be what links lead to
            return not self._is_taken(after, after.url) and all(
                self._is_left(url, after, linked=False) for url in after.aliases
            )
        # Hosts are told of old addresses in the order of their articles.
        return not after.aliases or (seen and self._may_lead(before, after))

    def _may_move(self, before: Article, after: Article, *, seen: bool) -> bool:
        """Whether nothing else has, or follows from, the address that an article had or has now.

        What links there is told, if readers have `seen` it all along.
        """
        if any(other.source != after.source for other in self.archive.versions(after)):
            return False
        if place_of(before.url) == place_of(after.url):
            return False  # it is one file on some systems
        if self.archive.source_of(f"url:{before.url}"):
            return False  # what is held back waits for that address
        return all(self._is_left(url, after, linked=seen) for url in (before.url, after.url))

    def _may_lead(self, before: Article, after: Article) -> bool:
        """Whether the old addresses of an article are pages that lead there, and no more."""
        if self.archive.config.host_settings.target not in WITH_PAGES:
            return False
        every, others = {*before.aliases, *after.aliases}, {*before.aliases} ^ {*after.aliases}
        return all(map(is_page, every)) and all(
            self._is_left(url, after, linked=True) for url in others
        )

    def _is_left(self, url: str, article: Article, *, linked: bool) -> bool:
        """Whether an address is an article's alone: nobody else has it, or names it in a field.

        Texts may have `linked` there.
        """
        place = place_of(url)
        if self._is_taken(article, url) or not (linked or place not in self._places_of_documents):
            return False
        naming = self.archive.naming_any(url)
        refs = [ref for other in naming for ref in (*other.related, other.translation_of)]
        refs += [] if linked else [ref for other in naming for ref in other.refs]
        return not any(place in places_of(ref) for ref in refs)

    def _is_named(self, article: Article) -> bool:
        """Whether anything may link to an article."""
        ours = {place_of(article.url), place_of(f"source:{article.source}")}
        return not ours.isdisjoint(self._places_of_documents) or bool(self.archive.naming(article))

    def _may_appear(self, article: Article, *, seen: bool) -> bool:
        """Whether an article that readers did not see takes nobody's place."""
        archive = self.archive
        if self._is_taken(article, article.url) or article.aliases:
            return False
        naming = archive.naming(article)
        if naming and not seen:
            return False  # what links to it shows only words now
        if "link-held-back" in self.told and self._is_named(article):
            return False  # what links to it may have been told of
        translated = (a for a in naming if a.translation_of)
        return not any(archive.source_of(a.translation_of) == article.source for a in translated)

    def _is_taken(self, article: Article, url: str) -> bool:
        """Whether another article or a page has an address that one wants."""
        if any(other.source != article.source for other in self.archive.at(url)):
            return True
        pages = (d.facts for d in self.archive.documents if d.kind == "page")
        return place_of(url) in (place_of(u) for f in pages for u in (f["url"], *f["aliases"]))

    def _is_right(self, article: Article, before: Article | None) -> bool:
        """Whether there is nothing to say of what an article refers to, or of its dates.

        Of what it referred to `before` all was said.
        """
        old = {*before.refs, *before.recording, *before.related} if before else set()
        latest = max(self.archive.moment.now, article.visible)
        dates = (article.updated, article.corrected)
        return (
            all(date is None or date <= latest for date in dates)
            and all(self._leads_somewhere(ref) for ref in article.refs if ref not in old)
            and all(self.shown.is_file(ref) for ref in article.recording if ref not in old)
            and all(self._is_live(ref) for ref in article.related if ref not in old)
        )

    def _leads_somewhere(self, ref: str) -> bool:
        kind = ref.partition(":")[0]
        if kind.startswith(PICTURE):
            return self.shown.is_picture(ref)
        if self.shown.is_located(file_of(ref)):
            return False  # as it is linked to, it is published as it is
        if kind == "url":
            source = self.archive.source_of(ref)
            return source is None or not self._is_held(source)
        return self._is_live(ref) if kind == "source" else self.shown.is_there(ref)

    def _is_held(self, source: str) -> bool:
        state = self.archive.state(source)
        return state is not None and state.held_back

    def _is_live(self, ref: str) -> bool:
        source = self.archive.source_of(ref)
        return source is not None and self.archive.state(source) is State.LIVE


def facts_of(archive: Asked, edits: Iterable[Edit]) -> Iterator[Key]:
    """The facts beside those of the articles themselves that may be others now.

    These are what links to an article that appeared or moved is told of it, and the name of a term,
    which is written as in its oldest article.
    """
    for before, after in edits:
        if after is not None and (before is None or before.url != after.url):
            old = {place_of(before.url)} if before else set()
            naming = [*archive.naming(after), *(archive.naming_any(before.url) if before else ())]
            refs = [ref for a in naming for ref in (*a.refs, *a.open_refs)]
            refs += [r for d in archive.documents if d.kind != "front" for r in d.facts["refs"]]
            for ref in refs:
                if archive.source_of(ref) == after.source or not old.isdisjoint(places_of(ref)):
                    yield f"link:{ref}"
    for id in listed_in(archive, edits):
        oldest = archive.oldest(id)
        every = [article for edit in edits for article in edit.both]
        if oldest and any(in_order(article) <= in_order(oldest) for article in every):
            yield f"term:{id.kind}:{id.slug}:{id.lang}"
