"""Entries of feeds as articles."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from datetime import date
from html import escape
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from sitegen.importers.addresses import bare, joined, key_of, path_of, split
from sitegen.importers.blocks import take_blocks
from sitegen.importers.bylines import authors_in, names_in
from sitegen.importers.feeds.entries import Enclosure, Entry, Picture
from sitegen.importers.hero import same_picture, take_hero
from sitegen.importers.homes import stem_of
from sitegen.importers.html import soup_to_markdown
from sitegen.importers.markdown import escaped, link, picture
from sitegen.importers.page import OldPage, OldSite
from sitegen.importers.text import line_of, plain_line, shortened
from sitegen.importers.things import Event, Kind, Setting, Thing, Unanswered, Value
from sitegen.importers.tree import words
from sitegen.importers.undated import is_later, stand_in

_HEADLINE = 80
"""Characters of a headline that is made from a text."""
_WHOLE = 600
"""Characters from which on a description is taken for the whole text, where there is no other."""
_CUT = re.compile(r"(…|\.\.\.|\[\s*(…|&hellip;|\.\.\.)\s*\])\s*(\S+( \S+){0,4})?\s*$")
"""How a text ends that goes on elsewhere, with up to five words of a link such as “Read on”."""


class Stories:
    """Makes things of entries."""

    def __init__(self, site: OldSite, nobody: str, origin: str) -> None:
        self._site = site
        self._nobody = line_of(nobody).casefold()
        """The feed's name: it stands in place of an author where there is none."""
        self._origin = origin

    def events(self, entry: Entry, records: int) -> Iterator[Event]:
        """The thing, and whatever was lost."""
        identity = f"{self._origin}{entry.id}"
        page = OldPage(self._site, identity, entry.where, entry.url)
        soup = BeautifulSoup(f"<body>{entry.content or entry.summary}</body>", "lxml").body
        assert soup is not None, "lxml makes what is missing"
        _make_whole(soup, entry.base)
        self._drop_signature(soup, entry)
        page.shorten_own(soup)
        _tell_shortened(entry, soup, page)
        title, summary = _title(entry, soup, page), self._summary(entry, soup)
        pictures = [*entry.pictures, *(_picture(e) for e in entry.enclosures if _is_image(e))]
        hero = pictures[0] if pictures else Picture("")
        extra = [p for p in pictures[1:] if not _is_in(soup, p.url)]
        image = _with_words(take_hero(soup, page, hero.url), hero)
        blocks = take_blocks(soup, page)
        below = [*(_shown(picture, page) for picture in extra), *_others(entry, page)]
        body = "\n\n".join(filter(None, [soup_to_markdown(soup, page), *below]))
        moment, status = _moment(entry, page)
        path, aliases = self._addresses(entry, page)
        description = line_of(entry.description)
        matter: dict[str, Value] = {"title": title}
        if entry.what == "page":
            matter |= {"summary": summary, "description": description, "status": status}
            body = "\n\n".join(filter(None, [_as_text(image), body]))
        else:
            matter |= self._dated(entry, moment, page)
            matter |= {"summary": summary, "description": description}
            if entry.updated and not status and is_later(entry.updated, moment):
                matter["updated"] = entry.updated
            matter |= {"image": image, **_with_sources(blocks, entry, self._site)}
            matter |= {"audio": _audio(entry, page), "status": status}
        matter |= {"url": path, "aliases": aliases}
        stem = stem_of(path, title)
        file = f"pages/{stem}.md" if entry.what == "page" else f"{moment.year}/{stem}.md"
        kind: Kind = "page" if entry.what == "page" else "article"
        yield Thing(identity, kind, file, matter, body, entry.where, records)
        yield from page.events
        if status and not entry.draft and path:
            yield Unanswered("draft", path, entry.where, identity)

    def _summary(self, entry: Entry, soup: Tag) -> str:
        """The standfirst, unless it is the beginning of the text, as programs make one."""
        if not entry.content:
            return ""
        given = BeautifulSoup(f"<body>{entry.summary}</body>", "lxml").body
        assert given is not None, "lxml makes what is missing"
        self._drop_signature(given, entry)
        said = plain_line(words(given))
        start = re.sub(r"\W+", "", _CUT.sub("", said))
        return "" if re.sub(r"\W+", "", words(soup)).startswith(start) else said

    def _drop_signature(self, soup: Tag, entry: Entry) -> None:
        """“The post … appeared first on …”: WordPress writes it below every text of a feed."""
        for paragraph in soup.find_all("p")[-1:]:
            links = [
                self._site.home.path(str(a.get("href") or "")) for a in paragraph.find_all("a")
            ]
            own = self._site.home.path(entry.url)
            if (
                own
                and len(links) == 2
                and links[1] == "/"
                and key_of(links[0] or "") == key_of(own)
            ):
                paragraph.decompose()

    def _dated(self, entry: Entry, moment: date, page: OldPage) -> dict[str, Value]:
        authors = authors_in(entry.authors, page)
        return {
            "date": moment,
            "tags": names_in(entry.tags, page),
            "authors": [name for name in authors if name.casefold() != self._nobody],
        }

    def _addresses(self, entry: Entry, page: OldPage) -> tuple[str, tuple[str, ...]]:
        """The address within the site; and others, such as one with “?”, which no file can have."""
        home = self._site.home
        path = home.path(entry.url)
        if path is None and not home.base and entry.url.startswith("/"):
            path = entry.url
        if path is None and entry.url:
            page.lose("address", f"{entry.url} is not below {home.base}")
        path = (path or "").partition("#")[0]
        found = (home.path(url) for url in entry.others)
        others = [other.partition("#")[0] for other in found if other is not None]
        return ("", (path, *others)) if "?" in path else (path, tuple(others))


def _make_whole(soup: Tag, base: str) -> None:
    """Addresses that are relative to what the feed says, and not to the article."""
    for el in soup.find_all(True) if base else ():
        for name in ("href", "src"):
            value = str(el.get(name) or "")
            if value and not value.startswith("#"):
                el[name] = joined(base, value)


def _title(entry: Entry, soup: Tag, page: OldPage) -> str:
    if title := line_of(entry.title):
        return title
    page.lose("title", "")
    return shortened(words(soup) or f"Untitled {entry.id}", _HEADLINE)


def _moment(entry: Entry, page: OldPage) -> tuple[date, str]:
    held = "draft" if entry.draft else ""
    found = entry.published or entry.updated
    return (found, held) if found else (stand_in(entry.date, (), page.lose), "draft")


def _tell_shortened(entry: Entry, soup: Tag, page: OldPage) -> None:
    """Whether the whole text is in the feed is told by its form alone."""
    text = words(soup)
    goes_on = bool(_CUT.search(text)) or (not entry.content and len(text) < _WHOLE)
    for paragraph in soup.find_all("p"):
        anchor = paragraph.find("a", href=entry.url) if entry.url else None
        if anchor is not None and words(anchor) == words(paragraph):  # “Read on”, and no more
            paragraph.decompose()
            goes_on = True
    if goes_on:
        page.lose("shortened", f"{len(text):,} characters")


def _kind(enclosure: Enclosure) -> str:
    """`audio`, `video`, `image` or something else, by its type or else its name."""
    if "/" in enclosure.type and not enclosure.type.startswith("application/octet"):
        return enclosure.type.partition("/")[0]
    suffix = posixpath.splitext(path_of(enclosure.url))[1].lower()
    known = {
        "audio": (".mp3", ".m4a", ".ogg", ".opus"),
        "image": (".jpg", ".jpeg", ".png", ".webp"),
    }
    return next((kind for kind, suffixes in known.items() if suffix in suffixes), "")


def _audio(entry: Entry, page: OldPage) -> dict[str, Value]:
    """The first recording; pages play it from where it is."""
    for enclosure in entry.enclosures:
        if _kind(enclosure) == "audio":
            src = page.link(enclosure.url)
            parts = split(src)
            if parts is not None:
                host = f"{parts.scheme}://{parts.netloc}"
                page.events.append(Setting(("csp", "media-src"), (host,)))
            return {"src": src, "title": line_of(enclosure.title), "duration": enclosure.duration}
    return {}


def _others(entry: Entry, page: OldPage) -> Iterator[str]:
    """Links to what is neither a picture nor the recording."""
    heard = False
    for enclosure in entry.enclosures:
        kind = _kind(enclosure)
        if kind == "image" or (kind == "audio" and not heard):
            heard = heard or kind == "audio"
            continue
        name = line_of(enclosure.title) or posixpath.basename(path_of(enclosure.url))
        yield link(escaped(name or enclosure.url), page.link(enclosure.url))


def _with_sources(blocks: dict[str, Value], entry: Entry, site: OldSite) -> Mapping[str, Value]:
    """The blocks, with what the entry speaks of among its sources."""
    told = [source for source in _listed(blocks.get("sources"))]
    known = {str(source.get("url")) for source in told if isinstance(source, Mapping)}
    for url in entry.about:
        if split(url) and url not in known and site.home.path(url) is None:
            known.add(url)
            told.append({"title": bare(urlsplit(url).hostname), "url": url})
    return {**blocks, "sources": told} if told else blocks


def _listed(value: Value | None) -> list[Value]:
    return list(value) if isinstance(value, list | tuple) else []


# Pictures.


def _is_in(soup: Tag, url: str) -> bool:
    images = soup.find_all("img")
    return any(same_picture(url, str(image.get("src") or "")) for image in images)


def _is_image(enclosure: Enclosure) -> bool:
    return _kind(enclosure) == "image"


def _picture(enclosure: Enclosure) -> Picture:
    return Picture(enclosure.url, escape(enclosure.title, quote=False))


def _shown(found: Picture, page: OldPage) -> str:
    src = page.picture(found.url)
    return picture(src, line_of(found.alt), "", line_of(found.credit)) if src else ""


def _with_words(image: dict[str, Value], said: Picture) -> dict[str, Value]:
    """With what the feed says of the picture, where the text says nothing."""
    if not image:
        return image
    more = {"alt": line_of(said.alt), "credit": line_of(said.credit)}
    return {**image, **{name: text for name, text in more.items() if text and not image.get(name)}}


def _as_text(image: Mapping[str, Value]) -> str:
    """The picture of a page, which has no field for it."""
    return picture(str(image["src"]), str(image.get("alt") or "")) if image else ""
