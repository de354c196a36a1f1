"""Tags and authors of an export: files where there is something to say, redirects of lists."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from sitegen import urls
from sitegen.importers.addresses import split
from sitegen.importers.ghost.known import Known, Term, author_of, tag_of
from sitegen.importers.ghost.reading import Record
from sitegen.importers.ghost.routes import Routes
from sitegen.importers.ghost.stories import CODE, HERE
from sitegen.importers.markdown import escaped, escaped_start
from sitegen.importers.page import OldPage, OldSite
from sitegen.importers.placing import readable
from sitegen.importers.text import plain_line
from sitegen.importers.things import Event, Left, Loss, Setting, Thing, Unanswered, Value, Wishes

_IN_NAVIGATION = 12
"""Sections in the navigation of a new site: those with the most articles."""
_UNSEEN = ("meta_title", "meta_description", "og_title", "og_description", "cover_image")
"""Fields of tags and authors that have no place here."""
_MENUS = ("navigation", "secondary_navigation")
_AT_HOST = re.compile(r"@?([^@/\s]+)@([^@/\s]+)")
_NETWORKS = {
    "facebook": ("Facebook", "https://www.facebook.com/{}"),
    "twitter": ("X", "https://x.com/{}"),
    "threads": ("Threads", "https://www.threads.net/@{}"),
    "bluesky": ("Bluesky", "https://bsky.app/profile/{}"),
    "mastodon": ("Mastodon", "https://{}"),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/in/{}"),
    "instagram": ("Instagram", "https://www.instagram.com/{}"),
    "youtube": ("YouTube", "https://www.youtube.com/{}"),
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
        self._new = {"section": "/{slug}/", **self._old} if wishes.new_site else wishes.terms
        self._shown = known.largest_sections(_IN_NAVIGATION)
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
        for name in CODE:
            if code := self._known.settings.get(name, "").strip():
                yield Loss("code", "the settings", f"{name}: {code[:200]}")
        for name in _MENUS:
            if entries := ", ".join(_entries(self._known.settings.get(name, ""))):
                yield Loss("field", "the settings", f"{name}: {entries[:200]}")

    def tag(self, record: Record, where: str) -> Iterator[Event]:
        term = tag_of(record)
        if term.internal:
            yield Left("internal", where)
            return
        slug = self._known.slug(term.name)
        uses = {kind: self._known.uses(kind, term.id) for kind in ("section", "tag")}
        if not slug or not any(uses.values()):
            yield Unanswered("left", self._at(self._old["tag"], term.slug), where)
            yield Left("unused", where, _said_of(record, "description"))
            return
        if uses["section"]:
            yield from self._section(term, slug, record.line("description"))
        yield from self._moved(term.slug, "tag", slug, "tag" if uses["tag"] else "section")
        if not uses["tag"]:
            yield Left("section", where, record.text("feature_image").replace(HERE, ""))
            return
        identity = f"{self._origin}{self._known.name('tag', term.id, term.slug)}"
        page = OldPage(self._site, identity, where)
        matter: dict[str, Value] = {"title": term.name}
        text = _escaped_text(record.text("description"))
        matter["image"] = self._picture(record.text("feature_image"), page)
        if not (text or matter["image"]) or not self._known.claim("tag", slug, term.id):
            yield Left("unused", where)
            return
        yield Thing(identity, "tag", f"tags/{slug}.md", matter, text, where)
        _tell(record, page)
        yield from page.events

    def _section(self, term: Term, slug: str, description: str) -> Iterator[Event]:
        if term.id not in self._shown:
            if description:
                yield Loss("field", f"tag {term.name}", f"description: {description[:200]}")
            return
        yield Setting(("sections", slug, "title"), term.name)
        if description:
            yield Setting(("sections", slug, "description"), description)

    def author(self, record: Record, where: str) -> Iterator[Event]:
        term = author_of(record)
        slug = self._known.slug(term.name)
        if not slug or not self._known.uses("author", term.id):
            yield Left("unused", where, _said_of(record, "bio"))
            return
        yield from self._moved(term.slug, "author", slug, "author")
        if not self._known.claim("author", slug, term.id):
            yield Left("unused", where, "another author has the same name: both are one here")
            return
        identity = f"{self._origin}{self._known.name('author', term.id, term.slug)}"
        page = OldPage(self._site, identity, where)
        matter: dict[str, Value] = {"name": term.name}
        src = record.text("profile_image") or record.text("image")
        matter["image"] = self._picture(src, page)
        matter["links"] = list(_links(record))
        text = _escaped_text(record.text("bio"))
        yield Thing(identity, "author", f"authors/{slug}.md", matter, text, where)
        _tell(record, page)
        yield from page.events

    def _picture(self, src: str, page: OldPage) -> str:
        return page.picture(src.replace(HERE, "")) if src else ""

    def _moved(self, old_slug: str, kind: str, slug: str, new_kind: str) -> Iterator[Event]:
        """Redirects of a list and of its feed."""
        old, new = self._at(self._old[kind], old_slug), self._at(self._new[new_kind], slug)
        if new and old and old != new:
            yield Setting(("redirects", readable(old)), readable(new))
        if new and old:
            yield Setting(("redirects", readable(f"{old}rss/")), readable(f"{new}feed.xml"))

    def _at(self, pattern: str, slug: str) -> str:
        try:
            return urls.clean_url(urls.permalink(pattern, {"slug": slug}))
        except (ValueError, KeyError):
            return ""


def _escaped_text(text: str) -> str:
    """A text that Ghost shows as it is, line by line, as Markdown."""
    lines = (plain_line(line) for line in text.splitlines())
    return "\\\n".join(escaped_start(escaped(line)) for line in lines if line)


def _entries(menu: str) -> Iterator[str]:
    """What a menu of the old site leads to; here the sections are it."""
    try:
        found = json.loads(menu)
    except (ValueError, RecursionError):
        return
    for entry in found if isinstance(found, list) else []:
        if isinstance(entry, dict):
            url = str(entry.get("url", "")).replace(HERE, "")
            yield plain_line(f"{entry.get('label', '')} {url}")


def _said_of(record: Record, name: str) -> str:
    """That a description is lost with a record that no article names."""
    text = record.line(name)
    return f"no published article names it; {name}: {text[:200]}" if text else ""


def _tell(record: Record, page: OldPage) -> None:
    for name in _UNSEEN:
        if text := record.line(name):
            page.lose("field", f"{name}: {text.replace(HERE, '')}")
    for name in CODE:
        if text := record.text(name).strip():
            page.lose("code", f"{name}: {text}")


def _links(record: Record) -> Iterator[Mapping[str, Value]]:
    website = record.text("website")
    if split(website):
        yield {"label": "Website", "url": website}
    for name, (label, pattern) in _NETWORKS.items():
        if account := record.text(name).strip().lstrip("/"):
            yield {"label": label, "url": _account(name, account, pattern)}


def _account(network: str, account: str, pattern: str) -> str:
    """Where an account is found: Ghost keeps a name, a part of the address, or all of it."""
    if split(account):
        return account
    if network == "mastodon":
        at_host = _AT_HOST.fullmatch(account)
        return f"https://{at_host[2]}/@{at_host[1]}" if at_host else pattern.format(account)
    if network == "youtube":
        return pattern.format(account if "/" in account else f"@{account.lstrip('@')}")
    if network == "linkedin" and "/" in account:
        return f"https://www.linkedin.com/{account}"
    return pattern.format(account.lstrip("@"))
