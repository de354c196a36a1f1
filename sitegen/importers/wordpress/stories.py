"""Items of an export as articles and standing pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote

from sitegen.importers.addresses import split
from sitegen.importers.links import reference
from sitegen.importers.page import OldSite
from sitegen.importers.placing import file_stem
from sitegen.importers.text import line_of, shortened
from sitegen.importers.things import (
    Event,
    Kind,
    Left,
    Loss,
    Matter,
    Thing,
    Unanswered,
    Value,
    Wishes,
)
from sitegen.importers.undated import is_later, stand_in
from sitegen.importers.wordpress import fields
from sitegen.importers.wordpress.addresses import id_in, redated
from sitegen.importers.wordpress.content import markdown_of, pages_of
from sitegen.importers.wordpress.dates import modified, of_rfc_822, published
from sitegen.importers.wordpress.known import Known
from sitegen.importers.wordpress.page import ItemPage
from sitegen.importers.wordpress.records import Channel, Item
from sitegen.importers.wordpress.taxonomies import OWN, is_system
from sitegen.urls import slug_of

_PUBLISHED = ("publish", "future")
_HELD = {"draft": "draft", "auto-draft": "draft", "pending": "pending", "private": "private"}
_SHORTCODE = re.compile(r"\[/?[a-zA-Z][\w-]*(?:\s[^\]]*)?\]")
_HEADLINE = 80
"""Characters of a headline that is made from a text."""


class Stories:
    """Makes things of items."""

    def __init__(self, channel: Channel, known: Known, wishes: Wishes, origin: str) -> None:
        self._channel = channel
        self._known = known
        self._origin = origin
        self._site = OldSite(
            known.old, wishes, self._story_at, known.file_at, fetched_at=known.fetched_at
        )

    def _story_at(self, path: str) -> str | None:
        story = self._known.story_at(path)
        return f"{self._origin}{story}" if story else None

    def identity(self, item: Item) -> str:
        return f"{self._origin}{item.id or item.guid or item.link}"

    def page(self, item: Item) -> ItemPage:
        return ItemPage(item, self.identity(item), self._site, self._known)

    def events(self, item: Item) -> Iterator[Event]:
        """The thing, and whatever was lost."""
        identity = self.identity(item)
        page = self.page(item)
        if item.damaged:
            page.lose("characters", "")
        if item.trouble:
            page.lose("damaged", item.trouble)
        body = markdown_of(page)
        if not body and self._known.old.path(item.link) == "/":
            yield Left("listing", item.where)
            return
        if not (body or page.faq):
            page.lose("empty", "")
        matter = self._matter(item, page)
        path = self._path(item, matter)
        kind: Kind = "page" if item.type == "page" else "article"
        yield Thing(identity, kind, path, matter, body, item.where)
        yield from page.events
        yield from self._unanswered(item, identity)

    def _matter(self, item: Item, page: ItemPage) -> Matter:
        """In the order in which an editor would write it."""
        is_page = item.type == "page"
        moment, status = self._moment(item, page)
        section = None if is_page else self._known.section(item)
        summary = line_of(item.excerpt) or fields.subtitle(item)
        description = fields.description(item, page)
        matter: dict[str, Value] = {"title": self._title(item, page)}
        terms = self._terms(item, page)
        if not is_page:
            matter["date"] = moment
            matter["section"] = line_of(section.name) if section else ""
            matter["tags"] = self._tags(item, page)
            matter |= terms
            matter["authors"] = self._authors(item, page)
        matter["summary"] = summary
        matter["description"] = "" if description == summary else description
        later = modified(item)
        if later is not None and not status and is_later(later, moment):
            matter["updated"] = later
        image = page.featured()
        if not is_page:
            matter["image"] = image
            matter["faq"] = page.faq
            matter["audio"] = _audio(item, page)
        elif image:
            page.lose("field", f"its featured picture: {image['src']}")
        matter["status"] = status
        matter["url"] = self._url(item)
        matter["aliases"] = tuple(self._aliases(item))
        matter["lang"] = self.language(item)
        if not is_page and (matter["lang"] or not self._known.languages.of(item)):
            matter["translation_of"] = self._original(item)
        if self._known.languages.of(item) != matter["lang"]:
            page.lose("language", self._known.languages.of(item))
        if item.meta.get("_yoast_wpseo_meta-robots-noindex") == "1":
            matter["noindex"] = True
        canonical = item.meta.get("_yoast_wpseo_canonical", "")
        if not is_page and split(canonical) and self._known.old.path(canonical) is None:
            matter["canonical_url"] = canonical
        matter["extra"] = fields.extra(item, page)
        return matter

    def language(self, item: Item) -> str:
        """The code of its language, if the site has that; empty: it is the site's own."""
        code = self._known.languages.of(item)
        return code if self._known.languages.allows(code) else ""

    def _original(self, item: Item) -> str:
        original = self._known.languages.original(item)
        return reference(f"{self._origin}{original}", "") if original else ""

    def _title(self, item: Item, page: ItemPage) -> str:
        title = line_of(item.title)
        if title:
            return title
        page.lose("title", "")
        words = line_of(item.excerpt) or line_of(_SHORTCODE.sub(" ", item.content))
        words = words or f"Untitled {item.id}"
        return shortened(words, _HEADLINE)

    def _moment(self, item: Item, page: ItemPage) -> tuple[date, str]:
        """When it was published, and what holds it back, if anything does."""
        status = _HELD.get(item.status, "")
        if not status and item.status not in _PUBLISHED:  # a plugin's, or none at all
            page.lose("held", f"its status was “{item.status}”")
            status = "draft"
        if item.password:
            page.lose("password", "")
            status = "draft"
        moment = published(item)
        if moment is None:
            return self._stand_in(item, page), status or "draft"
        return moment, status

    def _stand_in(self, item: Item, page: ItemPage) -> date:
        exported = of_rfc_822(self._channel.date)
        known = (("its last change", modified(item)), ("the export", exported))
        return stand_in(item.date or item.published, known, page.lose)

    def _authors(self, item: Item, page: ItemPage) -> list[str]:
        names = dict.fromkeys(self._known.author(login) for login in self._known.logins(item))
        for name in names:
            if not self._known.slug(name):
                page.lose("name", f"author {name}")
        return [name for name in names if self._known.slug(name)]

    def _tags(self, item: Item, page: ItemPage) -> list[str]:
        names: dict[str, str] = {}
        for term in self._known.tags(item):
            names.setdefault(self._known.slug(term.name), line_of(term.name))
        for term in item.terms:
            if term.taxonomy in OWN and not self._known.slug(term.name):
                page.lose("name", f"{term.taxonomy.removeprefix('post_')} {term.name}")
        return list(names.values())

    def _terms(self, item: Item, page: ItemPage) -> dict[str, Value]:
        """Its terms in taxonomies of themes and plugins; those of a page have no place here."""
        found: dict[str, dict[str, str]] = {}
        is_page = item.type == "page"
        for term in item.terms:
            name, slug = (
                self._known.taxonomies.names.get(term.taxonomy),
                self._known.slug(term.name),
            )
            if name and slug and not is_page:
                found.setdefault(name, {}).setdefault(slug, line_of(term.name))
            elif not is_system(term.taxonomy) and (is_page or term.taxonomy not in OWN):
                page.lose("field", f"{term.taxonomy}: {line_of(term.name)}")
        return {name: list(terms.values()) for name, terms in found.items()}

    # Addresses.

    def _url(self, item: Item) -> str:
        path = self._known.old.path(item.link)
        kept = path is not None and path != "/" and not id_in(path) and "?" not in path
        return path or "" if kept else ""

    def _aliases(self, item: Item) -> Iterator[str]:
        """Addresses that WordPress leads on from: earlier slugs and days, further pages of it."""
        url = self._url(item)
        if not url:
            return
        for slug in item.old_slugs:
            earlier = [slug if part == item.slug else part for part in url.split("/")]
            last = earlier[-1].removeprefix(f"{item.slug}.")  # `/2019/03/storm.html`
            if item.slug and last != earlier[-1]:
                earlier[-1] = f"{slug}.{last}"
            if slug and (address := "/".join(earlier)) != url:
                yield address
        for day in item.old_dates:
            if (address := redated(url, item.date, day)) != url:
                yield address
        for number in range(2, pages_of(item.content) + 1):
            yield f"{url.rstrip('/')}/{number}/"

    def _unanswered(self, item: Item, identity: str) -> Iterator[Event]:
        query = "page_id" if item.type == "page" else "p"
        if item.id and item.status == "publish":  # else nobody but editors ever had that address
            yield Unanswered("query", f"/?{query}={item.id}", item.where, identity)
        path = self._known.old.path(item.link)
        if path and "?" in path and not id_in(path):
            yield Unanswered("query", path, item.where, identity)
        if path == "/":
            yield Loss("address", item.where, "it was the home page, which sitegen makes", identity)
        undated = item.status in _PUBLISHED and published(item) is None
        if path and (item.password or undated):
            yield Unanswered("draft", path, item.where, identity)
        if path is None and item.link:
            yield Loss(
                "address", item.where, f"{item.link} is not below {self._known.old.base}", identity
            )

    def _path(self, item: Item, matter: Matter) -> str:
        code = self.language(item)
        folder = f"{code}/" if code else ""
        slug = item.slug
        if code and item.type == "page":  # translations of pages have the same name
            slug = self._known.languages.slug_of(self._known.languages.original(item)) or slug
        stem = file_stem(line_of(_decoded(slug)), slug_of(_decoded(str(matter["title"]))))
        if stem == "unnamed":
            stem = f"{item.type}-{item.id}"
        if item.type == "page":
            return f"{folder}pages/{stem}.md"
        moment = matter["date"]
        assert isinstance(moment, date)
        return f"{folder}{moment.year}/{stem}.md"


def _audio(item: Item, page: ItemPage) -> str:
    """A podcast's recording: its address, its length in bytes and its kind, on three lines."""
    address, _, rest = item.meta.get("enclosure", "").partition("\n")
    if "audio/" not in rest or not split(address) or address.strip() in item.content:
        return ""
    return page.link(address)


def _decoded(slug: str) -> str:
    """WordPress percent-encodes what is not Latin, in small letters."""
    return unquote(slug)
