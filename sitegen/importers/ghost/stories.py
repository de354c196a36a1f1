"""Posts and pages of an export as articles and standing pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from bs4 import BeautifulSoup

from sitegen.importers.addresses import key_of, split
from sitegen.importers.ghost.cards import settle_cards
from sitegen.importers.ghost.documents import html_of
from sitegen.importers.ghost.known import Known, Post, Term, moment_of, post_of
from sitegen.importers.ghost.reading import Record
from sitegen.importers.html import soup_to_markdown
from sitegen.importers.markdown import picture
from sitegen.importers.page import OldPage, OldSite
from sitegen.importers.placing import file_stem
from sitegen.importers.shelf import Shelf
from sitegen.importers.text import line_of, shortened
from sitegen.importers.things import Event, Kind, Matter, Thing, Unanswered, Value
from sitegen.importers.tree import words
from sitegen.importers.undated import is_later, stand_in
from sitegen.urls import slug_of

HERE = "__GHOST_URL__"
"""What stands in an export for the site's own address."""
_HEADLINE = 80
"""Characters of a headline that is made from a text."""
_FOR_MEMBERS = re.compile(r"<!--\s*members-only\s*-->")
_GATED = re.compile(
    r"<!--\s*kg-gated-block:begin\s([^>]*?)-->(.*?)<!--\s*kg-gated-block:end\s*-->", re.DOTALL
)
"""A part of a text that only some see, also of one that is for all."""
_TITLES = ("meta_title", "og_title", "twitter_title")
_FIELDS = ("og_image", "twitter_image", "twitter_description", "custom_template")
CODE = ("codeinjection_head", "codeinjection_foot")
_ALL = ("", "public")
"""Who may see what everybody may see."""


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
        post = post_of(record)
        identity = f"{self._origin}{self._known.story(post)}"
        url = self._known.url(post)
        page = OldPage(self._site, identity, where, self._site.home.at(url))
        html = self._html(record, page)
        body = _markdown(html, page)
        if post.is_page:
            body = f"{self._picture(record, page)}\n\n{body}".strip("\n")
        matter = self._matter(record, post, page, url, html)
        kind: Kind = "page" if post.is_page else "article"
        yield Thing(identity, kind, _path(record, matter, kind), matter, body, where)
        self._tell(record, post, html, page)
        yield from page.events
        if matter["status"] and url and self._was_seen(record, post):
            yield Unanswered("draft", url, where, identity)

    def _html(self, record: Record, page: OldPage) -> str:
        html = record.text("html")
        if not html.strip():
            try:
                html = html_of(record.text("lexical"), record.text("mobiledoc"), page)
            except ValueError as error:
                page.lose("html", f"its text cannot be read: {error}")
        base = self._site.home.base.rstrip("/")
        html = html.replace(f"{HERE}/", f"{base}/").replace(HERE, base or "/")
        return _GATED.sub(lambda found: _for_all(found, page), html)

    def _matter(self, record: Record, post: Post, page: OldPage, url: str, html: str) -> Matter:
        """In the order in which an editor would write it."""
        is_page, meta = post.is_page, self._known.meta(record.text("id"))
        moment, status = self._moment(record, post, page)
        tags = self._known.tags(record.text("id"))
        section = None if is_page else self._known.section(tags)
        matter: dict[str, Value] = {"title": self._title(record, page, html)}
        if not is_page:
            matter["date"] = moment
            matter["section"] = section.name if section else ""
            plain = (tag for tag in tags if not tag.internal and tag != section)
            matter["tags"] = _names(plain, page)
            matter["authors"] = _names(self._known.authors(record.text("id")), page)
        summary = record.line("custom_excerpt")
        description = _first(meta, record, "meta_description", "og_description")
        matter["summary"] = summary
        matter["description"] = "" if description == summary else description
        later = moment_of(record, "updated_at")
        if later is not None and not status and is_later(later, moment):
            matter["updated"] = later
        if not is_page:
            matter["image"] = self._image(record, page)
            if post.featured:
                matter["featured"] = True
            if record.text("visibility") not in _ALL:
                matter["paywall"] = True
        matter["status"] = status
        matter["url"] = url
        matter["aliases"] = tuple(self._aliases(url))
        canonical = record.text("canonical_url")
        if split(canonical) and self._site.home.path(canonical) is None:
            if is_page:
                page.lose("field", f"canonical_url: {canonical}")
            else:
                matter["canonical_url"] = canonical
        labels = [tag.name.lstrip("#") for tag in tags if tag.internal]
        matter["extra"] = {"labels": labels}
        return matter

    def _title(self, record: Record, page: OldPage, html: str) -> str:
        title = record.line("title")
        if title and title != "(Untitled)":
            return title
        page.lose("title", "")
        text = record.line("plaintext") or words(BeautifulSoup(html, "lxml"))
        return shortened(text or f"Untitled {record.text('id')}", _HEADLINE)

    def _moment(self, record: Record, post: Post, page: OldPage) -> tuple[date, str]:
        """When it was or will be published, and what holds it back, if anything does."""
        status = "" if post.is_public else "draft"
        if self._by_mail(record):
            page.lose("mail", "")
            status = "draft"
        who = record.text("visibility")
        if post.is_page and who not in _ALL:
            page.lose("members", f"a page for {who}: it is a draft, for pages have no paywall here")
            status = "draft"
        if post.published is not None:
            return post.published, status
        made, changed = moment_of(record, "created_at"), moment_of(record, "updated_at")
        if made is not None and status:  # a draft begins when somebody writes its first words
            return made, status
        known = (("its beginning", made), ("its last change", changed))
        return stand_in(record.text("published_at"), known, page.lose), status or "draft"

    def _by_mail(self, record: Record) -> bool:
        """Whether it was or will be sent alone, and is never on the site."""
        meta = self._known.meta(record.text("id"))
        return record.text("status") == "sent" or meta.says("email_only")

    def _was_seen(self, record: Record, post: Post) -> bool:
        """Whether its address answered: not that of a draft that never was anything else."""
        waits = record.text("status") == "scheduled"
        return post.published is not None and not waits and not self._by_mail(record)

    def _image(self, record: Record, page: OldPage) -> dict[str, Value]:
        src = self._whole(record.text("feature_image") or record.text("image"))
        shown = page.picture(src) if src else ""
        if not shown:
            return {}
        meta = self._known.meta(record.text("id"))
        caption = " ".join(_markdown(self._whole(meta.text("feature_image_caption")), page).split())
        return {"src": shown, "alt": meta.line("feature_image_alt"), "caption": caption}

    def _picture(self, record: Record, page: OldPage) -> str:
        """The one of a page, which has no field for it here: it stands above the text."""
        found = self._image(record, page)
        if not found:
            return ""
        caption = line_of(self._known.meta(record.text("id")).text("feature_image_caption"))
        return picture(str(found["src"]), str(found["alt"]), caption)

    def _whole(self, text: str) -> str:
        return text.replace(HERE, self._site.home.base.rstrip("/"))

    def _aliases(self, url: str) -> Iterator[str]:
        """What Ghost's redirects lead to it from."""
        if url:
            yield from self._moved.get("to", key_of(url)) or ()
            self._moved.put("used", key_of(url), True)

    def _tell(self, record: Record, post: Post, html: str, page: OldPage) -> None:
        """Name what has no place in an article."""
        meta, title = self._known.meta(record.text("id")), record.line("title")
        for name in (*_TITLES, *_FIELDS):
            value = _first(meta, record, name)
            if value and (name not in _TITLES or value != title):
                page.lose("field", f"{name}: {value.replace(HERE, '')}")
        for name in CODE:
            if record.text(name).strip():
                page.lose("code", f"{name}: {record.text(name).strip()}")
        who = record.text("visibility")
        if not post.is_page and who not in (*_ALL, "paid"):
            page.lose("members", f"for {who}")
        if who not in _ALL and _FOR_MEMBERS.search(html):
            page.lose("members", "a place in the text said where the free part ends")


def _names(terms: Iterable[Term], page: OldPage) -> list[str]:
    """Their names, each once as far as addresses tell. One that makes no address is told."""
    found: dict[str, str] = {}
    for term in terms:
        if term.name:
            found.setdefault(slug_of(term.name), term.name)
        else:
            page.lose("field", f"a name without a letter, {term.slug or term.id}")
    return list(found.values())


def _for_all(gated: re.Match[str], page: OldPage) -> str:
    """What everybody may see of a part of a text that is for some."""
    if "nonMember:true" in gated[1].replace(" ", ""):
        return gated[2]
    text = words(BeautifulSoup(gated[2], "lxml"))
    page.lose("members", f"a part of the text was for members alone, and is left out: {text}")
    return ""


def _markdown(html: str, page: OldPage) -> str:
    soup = BeautifulSoup(f"<body>{html}</body>", "lxml").body
    if soup is None:
        return ""
    settle_cards(soup, page)
    return soup_to_markdown(soup, page)


def _first(meta: Record, record: Record, *names: str) -> str:
    """The first of these that says something; older exports keep them in the post itself."""
    texts = (part.line(name) for name in names for part in (meta, record))
    return next(filter(None, texts), "")


def _path(record: Record, matter: Matter, kind: Kind) -> str:
    stem = file_stem(record.text("slug"), str(matter["title"]))
    if kind == "page":
        return f"pages/{stem}.md"
    moment = matter["date"]
    assert isinstance(moment, date)
    return f"{moment.year}/{stem}.md"
