"""Posts and pages of an export as articles and standing pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from bs4 import BeautifulSoup

from sitegen.importers.addresses import key_of, split
from sitegen.importers.ghost.cards import settle_cards
from sitegen.importers.ghost.documents import html_of
from sitegen.importers.ghost.known import Known, moment_of, post_of
from sitegen.importers.ghost.reading import Record
from sitegen.importers.html import soup_to_markdown
from sitegen.importers.page import OldPage, OldSite
from sitegen.importers.placing import file_stem
from sitegen.importers.shelf import Shelf
from sitegen.importers.text import line_of, shortened
from sitegen.importers.things import Event, Kind, Matter, Thing, Unanswered, Value

HERE = "__GHOST_URL__"
"""What stands in an export for the site's own address."""
_HEADLINE = 80
"""Characters of a headline that is made from a text."""
_FOR_MEMBERS = re.compile(r"<!--\s*members-only\s*-->")
_CHANGED = ("meta_title", "og_title", "twitter_title", "custom_template")


class Stories:
    """Makes things of posts."""

    def __init__(self, known: Known, site: OldSite, moved: Shelf, origin: str) -> None:
        self._known = known
        self._site = site
        self._moved = moved
        """`moved`: what redirects to an address; what is asked for is noted as `used`."""
        self._origin = origin

    def events(self, record: Record, where: str) -> Iterator[Event]:
        """The thing, and whatever was lost."""
        identity = f"{self._origin}{record.text('id')}"
        url = self._known.url(post_of(record))
        page = OldPage(self._site, identity, where, self._site.home.at(url))
        html = self._html(record, page)
        body = _markdown(html, page)
        matter = self._matter(record, page, url, body)
        kind: Kind = "page" if post_of(record).is_page else "article"
        yield Thing(identity, kind, _path(record, matter, kind), matter, body, where)
        self._tell(record, html, page)
        yield from page.events
        if matter["status"] and url:
            yield Unanswered("draft", url, where, identity)

    def _html(self, record: Record, page: OldPage) -> str:
        html = record.text("html")
        if not html.strip():
            try:
                html = html_of(record.text("lexical"), record.text("mobiledoc"))
            except ValueError as error:
                page.lose("html", f"its text cannot be read: {error}")
        return html.replace(f"{HERE}/", "/").replace(HERE, "/")

    def _matter(self, record: Record, page: OldPage, url: str, body: str) -> Matter:
        """In the order in which an editor would write it."""
        is_page, meta = post_of(record).is_page, self._known.meta(record.text("id"))
        moment, status = self._moment(record, page)
        tags = self._known.tags(record.text("id"))
        section = None if is_page else self._known.section(tags)
        matter: dict[str, Value] = {"title": self._title(record, page, body)}
        if not is_page:
            matter["date"] = moment
            matter["section"] = section.name if section else ""
            matter["tags"] = [t.name for t in tags if not t.internal and t != section]
            matter["authors"] = [a.name for a in self._known.authors(record.text("id"))]
        summary = line_of(record.text("custom_excerpt"))
        description = _first(meta, record, "meta_description", "og_description")
        matter["summary"] = summary
        matter["description"] = "" if description == summary else description
        later = moment_of(record, "updated_at")
        if later is not None and later.date() > moment.date() and not status:
            matter["updated"] = later
        if not is_page:
            matter["image"] = self._image(record, meta, page)
            if record.values.get("featured") in (1, True):
                matter["featured"] = True
            if record.text("visibility") not in ("", "public"):
                matter["paywall"] = True
        matter["status"] = status
        matter["url"] = url
        matter["aliases"] = tuple(self._aliases(url))
        canonical = record.text("canonical_url")
        if not is_page and split(canonical) and self._site.home.path(canonical) is None:
            matter["canonical_url"] = canonical
        labels = [tag.name.lstrip("#") for tag in tags if tag.internal]
        matter["extra"] = {"labels": labels}
        return matter

    def _title(self, record: Record, page: OldPage, body: str) -> str:
        title = line_of(record.text("title"))
        if title and title != "(Untitled)":
            return title
        page.lose("title", "")
        words = line_of(record.text("plaintext")) or body or f"Untitled {record.text('id')}"
        return shortened(" ".join(words.split()), _HEADLINE)

    def _moment(self, record: Record, page: OldPage) -> tuple[datetime, str]:
        """When it was or will be published, and what holds it back, if anything does."""
        status = "" if record.text("status") in ("published", "scheduled") else "draft"
        if record.text("status") == "sent":
            page.lose("mail", "")
        moment = moment_of(record, "published_at")
        if moment is None and not status:
            page.lose("date", record.text("published_at"))
            status = "draft"
        made = moment or moment_of(record, "created_at") or moment_of(record, "updated_at")
        return made or datetime(2000, 1, 1, tzinfo=UTC), status

    def _image(self, record: Record, meta: Record, page: OldPage) -> dict[str, Value]:
        src = (record.text("feature_image") or record.text("image")).replace(HERE, "")
        shown = page.picture(src) if src else ""
        if not shown:
            return {}
        caption = meta.text("feature_image_caption").replace(HERE, "")
        return {
            "src": shown,
            "alt": line_of(meta.text("feature_image_alt")),
            "caption": " ".join(_markdown(caption, page).split()),
        }

    def _aliases(self, url: str) -> Iterator[str]:
        """What Ghost's redirects lead to it from."""
        if url:
            yield from self._moved.get("to", key_of(url)) or ()
            self._moved.put("used", key_of(url), True)

    def _tell(self, record: Record, html: str, page: OldPage) -> None:
        """Name what has no place in an article."""
        meta, title = self._known.meta(record.text("id")), line_of(record.text("title"))
        for name in _CHANGED:
            value = _first(meta, record, name)
            if value and value != title:
                page.lose("field", f"{name}: {value}")
        for name in ("codeinjection_head", "codeinjection_foot"):
            if record.text(name).strip():
                page.lose("code", f"{name}: {record.text(name).strip()}")
        who = record.text("visibility")
        if post_of(record).is_page and who not in ("", "public"):
            page.lose("members", f"a page for {who}: everybody can read it now")
        elif who not in ("", "public", "paid"):
            page.lose("members", f"for {who}")
        if _FOR_MEMBERS.search(html):
            page.lose("members", "a place in the text said where the free part ends")


def _markdown(html: str, page: OldPage) -> str:
    soup = BeautifulSoup(f"<body>{html}</body>", "lxml").body
    if soup is None:
        return ""
    settle_cards(soup, page)
    return soup_to_markdown(soup, page)


def _first(meta: Record, record: Record, *names: str) -> str:
    """The first of these that says something; older exports keep them in the post itself."""
    texts = (line_of(part.text(name)) for name in names for part in (meta, record))
    return next(filter(None, texts), "")


def _path(record: Record, matter: Matter, kind: Kind) -> str:
    stem = file_stem(record.text("slug"), str(matter["title"]))
    if kind == "page":
        return f"pages/{stem}.md"
    moment = matter["date"]
    assert isinstance(moment, datetime)
    return f"{moment.year}/{stem}.md"
