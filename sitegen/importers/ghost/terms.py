"""Tags and authors of an export: files where there is something to say, redirects of lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sitegen import urls
from sitegen.importers.addresses import split
from sitegen.importers.ghost.known import Known, Term
from sitegen.importers.ghost.reading import Record
from sitegen.importers.ghost.routes import Routes
from sitegen.importers.ghost.stories import HERE
from sitegen.importers.page import OldPage, OldSite
from sitegen.importers.placing import readable
from sitegen.importers.text import line_of, name_of
from sitegen.importers.things import Event, Left, Setting, Thing, Unanswered, Value, Wishes

_NETWORKS = {
    "facebook": ("Facebook", "https://www.facebook.com/{}"),
    "twitter": ("X", "https://x.com/{}"),
    "threads": ("Threads", "https://www.threads.net/@{}"),
    "bluesky": ("Bluesky", "https://bsky.app/profile/{}"),
    "mastodon": ("Mastodon", "https://{}"),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/in/{}"),
    "instagram": ("Instagram", "https://www.instagram.com/{}"),
    "youtube": ("YouTube", "https://www.youtube.com/@{}"),
    "tiktok": ("TikTok", "https://www.tiktok.com/@{}"),
}
"""Where Ghost's names of accounts are found."""


class Terms:
    """Makes things of tags and authors."""

    def __init__(
        self, known: Known, routes: Routes, wishes: Wishes, site: OldSite, origin: str
    ) -> None:
        self._known = known
        self._old: Mapping[str, str] = {"tag": routes.tag, "author": routes.author}
        self._new = self._old if wishes.new_site else wishes.terms
        self._new_site = wishes.new_site
        self._site = site
        self._origin = origin

    def settings(self) -> Iterator[Event]:
        """What a new site needs, so that lists keep their addresses; and the feeds' redirects."""
        if self._new_site:
            for kind, pattern in self._old.items():
                yield Setting(("urls", kind), pattern)
        for old in ("/rss/", "/feed/"):
            yield Setting(("redirects", old), "/feed.xml")
        yield Unanswered("archive", "/page/2/", "further pages of all lists")

    def tag(self, record: Record, where: str) -> Iterator[Event]:
        term = Term(record.text("id"), name_of(record.text("name")), record.text("slug"))
        if record.text("visibility") == "internal" or term.name.startswith("#"):
            yield Left("internal", where)
            return
        slug = self._known.slug(term.name)
        if not slug or not self._known.uses("tag", term.id):
            yield Unanswered("left", self._at(self._old["tag"], term.slug), where)
            yield Left("unused", where)
            return
        yield from self._moved("tag", term.slug, slug)
        identity = f"{self._origin}tag {term.id}"
        page = OldPage(self._site, identity, where)
        matter: dict[str, Value] = {"title": term.name}
        text = line_of(record.text("description"))
        matter["image"] = self._picture(record.text("feature_image"), page)
        if not (text or matter["image"]) or not self._known.claim("tag", slug, term.id):
            yield Left("unused", where)
            return
        yield Thing(identity, "tag", f"tags/{slug}.md", matter, text, where)
        yield from page.events

    def author(self, record: Record, where: str) -> Iterator[Event]:
        name = name_of(record.text("name")) or record.text("slug")
        slug = self._known.slug(name)
        if not slug or not self._known.uses("author", record.text("id")):
            yield Left("unused", where)
            return
        yield from self._moved("author", record.text("slug"), slug)
        if not self._known.claim("author", slug, record.text("id")):
            yield Left("unused", where, "another author has the same name: both are one here")
            return
        identity = f"{self._origin}author {record.text('id')}"
        page = OldPage(self._site, identity, where)
        matter: dict[str, Value] = {"name": name}
        src = record.text("profile_image") or record.text("image")
        matter["image"] = self._picture(src, page)
        matter["links"] = list(_links(record))
        text = line_of(record.text("bio"))
        yield Thing(identity, "author", f"authors/{slug}.md", matter, text, where)
        yield from page.events

    def _picture(self, src: str, page: OldPage) -> str:
        return page.picture(src.replace(HERE, "")) if src else ""

    def _moved(self, kind: str, old_slug: str, slug: str) -> Iterator[Event]:
        """Redirects of a list and of its feed."""
        old, new = self._at(self._old[kind], old_slug), self._at(self._new[kind], slug)
        if new and old and old != new:
            yield Setting(("redirects", readable(old)), readable(new))
        if new and old:
            yield Setting(("redirects", readable(f"{old}rss/")), readable(f"{new}feed.xml"))

    def _at(self, pattern: str, slug: str) -> str:
        try:
            return urls.clean_url(urls.permalink(pattern, {"slug": slug}))
        except (ValueError, KeyError):
            return ""


def _links(record: Record) -> Iterator[Mapping[str, Value]]:
    website = record.text("website")
    if split(website):
        yield {"label": "Website", "url": website}
    for name, (label, pattern) in _NETWORKS.items():
        account = record.text(name).strip().lstrip("@")
        if account:
            yield {"label": label, "url": account if split(account) else pattern.format(account)}
