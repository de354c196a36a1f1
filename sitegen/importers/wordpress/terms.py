"""Authors, categories and tags: files where there is something to say, settings, redirects."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen import urls
from sitegen.importers.addresses import split
from sitegen.importers.placing import readable
from sitegen.importers.text import line_of
from sitegen.importers.things import Event, Left, Setting, Thing, Unanswered, Value, Wishes
from sitegen.importers.wordpress.known import Known
from sitegen.importers.wordpress.page import ItemPage
from sitegen.importers.wordpress.records import Author, Item, Term
from sitegen.importers.wordpress.taxonomies import OWN, is_system

PATTERNS = {"section": "/category/{slug}/", "tag": "/tag/{slug}/", "author": "/author/{slug}/"}
"""Where WordPress shows them, if nobody has said otherwise: a new site keeps that."""
_IN_NAVIGATION = 12
"""Sections in the navigation of a new site: those with the most articles."""


class Terms:
    """Makes things of authors and terms."""

    def __init__(self, known: Known, wishes: Wishes, origin: str) -> None:
        self._known = known
        self._origin = origin
        terms = PATTERNS if wishes.new_site else wishes.terms
        self._patterns = {**PATTERNS, **terms, **known.taxonomies.patterns}
        self._new_site = wishes.new_site
        ranked = sorted(known.sections(), key=lambda found: (-found[1], found[0]))
        self._shown = {slug for slug, _ in ranked[:_IN_NAVIGATION]}

    def settings(self) -> Iterator[Event]:
        """What a new site needs, so that lists keep their addresses; and the feeds' redirects."""
        if self._new_site:
            for kind, pattern in PATTERNS.items():
                yield Setting(("urls", kind), pattern)
        for old in ("/feed/", "/feed/rss/", "/feed/rss2/", "/feed/atom/", "/rss/"):
            yield Setting(("redirects", old), "/feed.xml")
        yield Unanswered("feed", "/comments/feed/")
        yield Unanswered(
            "feed", "/tag/…/feed/", "the feeds of tags, and of the comments on articles"
        )
        yield Unanswered("archive", "/page/2/", "further pages of all lists")
        yield Unanswered("archive", "/2019/03/04/", "the archives of single days")

    def author(self, author: Author, where: str) -> Iterator[Event]:
        slug = self._known.slug(author.name)
        old = f"/author/{urls.slug_of(author.login)}/"
        if not slug or not self._known.uses("author", author.login):
            yield Left("unused", where)
            return
        to = self._at("author", slug)
        yield from self._moved(old, to)
        yield from self._moved(f"{old}feed/", f"{to}feed.xml")
        if not self._known.claim("author", slug, author.login):
            yield Left("unused", where, "another author has the same name: both are one here")
            return
        matter = {"name": line_of(author.name)}
        identity = f"{self._origin}author {author.login}"
        yield Thing(identity, "author", f"authors/{slug}.md", matter, "", where)

    def guest(self, item: Item, page: ItemPage) -> Iterator[Event]:
        """An author of a plugin's, who has no account."""
        name = item.meta.get("cap-display_name") or item.title
        slug = self._known.slug(name)
        login = item.meta.get("cap-user_login", item.slug)
        if not slug or not self._known.claim("author", slug, login):
            yield Left("unused", item.where)
            return
        if self._known.uses("author", login):
            yield from self._moved(f"/author/{urls.slug_of(login)}/", self._at("author", slug))
        matter: dict[str, Value] = {"name": line_of(name), "image": page.featured()}
        if parts := split(address := item.meta.get("cap-website", "").strip()):
            matter["links"] = [{"label": parts.hostname or address, "url": address}]
        bio = line_of(item.meta.get("cap-description", ""))
        identity = f"{self._origin}author {login}"
        yield Thing(identity, "author", f"authors/{slug}.md", matter, bio, item.where)
        yield from page.events

    def term(self, term: Term, where: str) -> Iterator[Event]:
        if is_system(term.taxonomy):
            yield Left("system", where)
        elif term.taxonomy == "category" and self._known.uses("section", term.slug):
            yield from self._section(term, where)
        elif term.taxonomy in OWN:
            yield from self._term(term, "tag", "tags", where)
        elif name := self._known.taxonomies.names.get(term.taxonomy):
            yield from self._term(term, name, name, where)
        else:
            yield Left("type", where)
            if self._known.uses("tag", f"{term.taxonomy} {term.slug}"):
                yield Unanswered("left", self._old(term), where)

    def _section(self, term: Term, where: str) -> Iterator[Event]:
        slug = self._known.slug(term.name)
        to = self._at("section", slug, self._known.language_of(term))
        yield from self._moved(self._old(term), to)
        yield from self._moved(f"{self._old(term)}feed/", f"{to}feed.xml")
        description = line_of(term.description)
        shown = term.slug in self._shown
        if shown:
            yield Setting(("sections", slug, "title"), line_of(term.name))
            if description:
                yield Setting(("sections", slug, "description"), description)
        detail = "" if shown or not description else f"its description: {description[:200]}"
        yield Left("section", where, detail)

    def _term(self, term: Term, kind: str, folder: str, where: str) -> Iterator[Event]:
        """A tag, or a term of a further taxonomy: a file where there is something to say of it."""
        slug = self._known.slug(term.name)
        used = slug and self._known.uses("tag", f"{term.taxonomy} {term.slug}")
        if used:
            to = self._at(kind, slug, self._known.language_of(term))
            yield from self._moved(self._old(term), to)
            if kind != "tag" and term.parent:  # some themes show them below their parents
                yield from self._moved(self._old(term, self._below_parents(term)), to)
        else:
            yield Unanswered("left", self._old(term), where)
        text = line_of(term.description.strip())
        if not used or not text or not self._known.claim(kind, slug, term.slug):
            yield Left("unused", where)
            return
        matter = {"title": line_of(term.name)}
        identity = f"{self._origin}{term.taxonomy} {term.slug}"
        yield Thing(identity, "tag", f"{folder}/{slug}.md", matter, text, where)

    def _old(self, term: Term, path: str = "") -> str:
        """Where WordPress shows it: a category below its parents."""
        language = self._known.language_of(term)
        prefix = f"/{language}" if language else ""
        if term.taxonomy == "category":
            return f"{prefix}/category/{self._below_parents(term)}/"
        folder = "tag" if term.taxonomy == "post_tag" else term.taxonomy
        return f"{prefix}/{folder}/{path or term.slug}/"

    def _below_parents(self, term: Term) -> str:
        path, parent = term.slug, term.parent
        for _ in range(10):  # however many parents, and never in a circle
            above = self._known.term(term.taxonomy, parent) if parent else None
            if above is None:
                break
            path, parent = f"{above.slug}/{path}", above.parent
        return path

    def _at(self, kind: str, slug: str, language: str = "") -> str:
        prefix = f"/{language}" if language else ""
        pattern = prefix + self._patterns[kind]
        try:
            return urls.clean_url(urls.permalink(pattern, {"slug": slug}))
        except ValueError:
            return "/"

    def _moved(self, old: str, new: str) -> Iterator[Event]:
        try:
            same = urls.clean_url(old) == new
        except ValueError:
            same = False
        if not same and new != "/":
            yield Setting(("redirects", old), readable(new))
