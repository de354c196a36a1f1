"""Saved pages as articles and standing pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

from sitegen.importers.addresses import split
from sitegen.importers.blocks import take_blocks, take_questions
from sitegen.importers.bylines import authors_in, names_in
from sitegen.importers.hero import is_shown, take_hero
from sitegen.importers.homes import stem_of
from sitegen.importers.html import soup_to_markdown
from sitegen.importers.page import OldPage, OldSite
from sitegen.importers.placing import file_stem
from sitegen.importers.saved.facts import Facts, standfirst_of
from sitegen.importers.saved.page import Saved, SavedPage
from sitegen.importers.saved.story import Extracted, prune, root_of, story_in
from sitegen.importers.shelf import Shelf
from sitegen.importers.text import line_of
from sitegen.importers.things import Event, Kind, Left, Setting, Thing, Unanswered, Value, Wishes
from sitegen.importers.tree import elements, words
from sitegen.importers.undated import is_later, stand_in
from sitegen.instants import parse_instant, zone
from sitegen.urls import slug_of

_LEAST = 140
"""Characters of a text that is worth a page."""
_HEADLINES = ("h1", "h2", "p", "font", "b", "strong", "div", "span")
"""What a headline may stand in, where it is no heading."""
_FIRST = 6
_CUT = re.compile(r"\s*(\[?(…|\.\.\.)\]?)\s*$")
_IN_ADDRESS = re.compile(r"/(\d{4})/(\d{1,2})/(?:(\d{1,2})/)?")


class Stories:
    """Makes things of pages."""

    def __init__(
        self, site: OldSite, source: Path, wishes: Wishes, at: Callable[[Path], str | None]
    ) -> None:
        self._site = site
        self._source = source
        self._address = wishes.address
        self._zone = zone(wishes.timezone)
        self._taken = Shelf()
        self._at = at
        """The identity of the article in a file."""

    def events(
        self, saved: Saved, soup: BeautifulSoup, found: Extracted | None, aside: Sequence[str]
    ) -> Iterator[Event]:
        """The thing and what was lost; or why it is none. `aside`: see `embedded.set_aside`."""
        facts, path = saved.facts, self._site.home.path(saved.address)
        why = _no_article(saved, found)
        if why or found is None:
            yield Left(why, saved.name, facts.title)
            if path and path != "/" and why != "listing":
                yield Unanswered("left", path, saved.name)
            return
        page = SavedPage(
            self._site, saved, self._source, self._at, self._taken, self._address, aside
        )
        page.shorten_own(soup)
        moment = self._moment(facts.published)
        dated = moment or _guessed(saved.address, found.date, alone=False)
        kind: Kind = "article" if facts.kind == "article" or dated else "page"
        root = root_of(soup, found.texts)
        matter: dict[str, Value] = {"title": facts.title or line_of(found.title)}
        if kind == "article":
            matter |= self._dated(saved, found, page, moment)
        standfirst = standfirst_of(root)
        summary = words(standfirst) if standfirst else ""
        if standfirst is not None:
            standfirst.decompose()
        matter["summary"] = summary
        matter["description"] = ""
        if kind == "article":
            matter |= self._more(saved, soup, root, page, matter)
        text = _text_of(root, found, str(matter["title"]))
        if facts.description != summary and not _begins_with(text, facts.description):
            matter["description"] = facts.description
        body = soup_to_markdown(text, page)
        if not matter["title"]:
            page.lose("title", "")
            matter["title"] = saved.file.stem
        matter["url"] = path.partition("#")[0] if path and "?" not in path else ""
        matter["aliases"] = (path,) if path and "?" in path else ()
        if facts.hidden:
            matter["noindex"] = True
        stem = (
            stem_of(saved.address, str(matter["title"])) if path else file_stem(saved.file.stem, "")
        )
        folder = "pages" if kind == "page" else _year(matter)
        if saved.lang:
            folder = f"{saved.lang}/{folder}"
            yield Setting(("languages", saved.lang, "title"), facts.site or saved.lang)
        yield Thing(saved.identity, kind, f"{folder}/{stem}.md", matter, body, saved.name)
        yield from page.events
        if matter.get("status") and matter["url"]:
            yield Unanswered("draft", str(matter["url"]), saved.name, saved.identity)

    def _dated(
        self, saved: Saved, found: Extracted, page: OldPage, moment: datetime | date | None
    ) -> dict[str, Value]:
        """The fields that stand first in an article."""
        facts = saved.facts
        held = ""
        if moment is None and (moment := _guessed(saved.address, found.date)):
            page.lose("guessed", f"{moment}")
        if moment is None:
            known = (("its last change", self._moment(facts.modified)),)
            moment, held = stand_in(facts.published, known, page.lose), "draft"
        authors = authors_in(facts.authors, page)
        if not authors:
            guessed = (name for name in found.author.split("; ") if name != facts.site)
            authors = authors_in(guessed, page)
            if authors:
                page.lose("author", ", ".join(authors))
        return {
            "date": moment,
            "section": self._section(facts, page),
            "tags": names_in(facts.tags, page),
            "authors": authors,
            "status": held,
        }

    def _more(
        self, saved: Saved, whole: Tag, root: Tag, page: OldPage, matter: dict[str, Value]
    ) -> dict[str, Value]:
        """The date of change, the picture and the boxes, which are taken out of `root`."""
        facts = saved.facts
        more: dict[str, Value] = {}
        later, first = self._moment(facts.modified), matter["date"]
        if later is not None and isinstance(first, date) and is_later(later, first):
            more["updated"] = later
        # One that no reader saw is the site's sign mostly, or made for networks.
        shown = is_shown(whole, facts.image)
        more["image"] = take_hero(whole if shown else root, page, facts.image if shown else "")
        more |= take_blocks(root, page)
        if facts.questions and "faq" not in more:
            more["faq"] = take_questions(root, page, facts.questions)
        if not facts.free:
            more["paywall"] = True
        status = matter.pop("status")
        return more | {"status": status}

    def _section(self, facts: Facts, page: OldPage) -> str:
        """Its name, or, where its address says another one, that: so that its list stays there."""
        path = self._site.home.path(facts.section_url)
        slug = path.strip("/") if path else ""
        name = next(iter(names_in([facts.section], page)), "")
        if not name or not slug or "/" in slug or "?" in slug or slug == slug_of(name):
            return name
        page.events.append(Setting(("sections", slug, "title"), name))
        return slug

    def _moment(self, text: str) -> datetime | date | None:
        if not text.strip():
            return None
        try:
            moment = parse_instant(text.strip(), self._zone)
        except ValueError:
            return None
        return moment.astimezone(UTC) if ":" in text else moment.date()


def _no_article(saved: Saved, found: Extracted | None) -> str:
    """Why a page is no article; empty: it is one."""
    if saved.is_list:
        return "listing"
    enough = found is not None and found.prose >= _LEAST
    return "" if enough or (found and found.length and saved.facts.kind == "article") else "other"


def _text_of(root: Tag, found: Extracted, title: str) -> Tag:
    """The text alone, once headline and boxes are taken out."""
    story = story_in(root, found.texts)
    prune(story, found.texts)
    for el in elements(story, _HEADLINES)[:_FIRST]:
        if title and words(el) == title:
            while (after := el.next_sibling) is not None and _is_blank(after):
                after.extract()
            el.decompose()
            break
    return story


def _is_blank(node: PageElement) -> bool:
    return node.name == "br" if isinstance(node, Tag) else not str(node).strip()


def _begins_with(text: Tag, description: str) -> bool:
    """Whether a description is the beginning of the text, as programs make one."""
    start = re.sub(r"\W+", "", _CUT.sub("", description))
    return re.sub(r"\W+", "", words(text)).startswith(start)


def _of_address(address: str) -> date | None:
    """The day that an address names, as many do: /2019/03/04/."""
    parts = split(address)
    found = _IN_ADDRESS.search(parts.path if parts else "")
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1)) if found else None
    except ValueError:
        return None


def _guessed(address: str, words: str, *, alone: bool = True) -> date | None:
    """The day by the address; by what a library makes of the words, where these know better.

    `alone`: the words count also where the address says nothing like it.
    """
    named, read = _of_address(address), _day(words)
    if named is None:
        year = read is not None and f"/{read.year}/" in address
        return read if alone or year else None
    near = read is not None and (read.year, read.month, 1) == (named.year, named.month, named.day)
    return read if near else named


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _year(matter: dict[str, Value]) -> str:
    moment = matter["date"]
    assert isinstance(moment, date)
    return str(moment.year)
