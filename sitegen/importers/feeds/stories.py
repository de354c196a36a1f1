"""Entries of feeds as articles."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from bs4 import BeautifulSoup, Tag

from sitegen.importers.addresses import path_of, split
from sitegen.importers.blocks import take_blocks
from sitegen.importers.feeds.reading import Enclosure, Entry
from sitegen.importers.hero import take_hero
from sitegen.importers.html import soup_to_markdown
from sitegen.importers.markdown import escaped, link
from sitegen.importers.page import OldPage, OldSite
from sitegen.importers.placing import file_stem
from sitegen.importers.text import line_of, name_of, shortened
from sitegen.importers.things import Event, Setting, Thing, Value
from sitegen.importers.tree import words

_HEADLINE = 80
"""Characters of a headline that is made from a text."""
_WHOLE = 600
"""Characters from which on a description is taken for the whole text, where there is no other."""
_CUT = re.compile(r"(…|\.\.\.|\[\s*(…|&hellip;|\.\.\.)\s*\])\s*(\S+( \S+){0,4})?\s*$")
"""How a text ends that goes on elsewhere, with up to five words of a link such as “Read on”."""
_INDEX = ("index.html", "index.htm", "index.php", "default.aspx")


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
        page.shorten_own(soup)
        _tell_shortened(entry, soup, page)
        summary = _summary(entry, soup)
        image = take_hero(soup, page, entry.image or _of_type(entry, "image"))
        blocks = take_blocks(soup, page)
        body = "\n\n".join(filter(None, [soup_to_markdown(soup, page), *_others(entry, page)]))
        moment, status = _moment(entry, page)
        path, query = self._address(entry, page)
        authors = [name for author in entry.authors if (name := name_of(author))]
        for name in (*entry.authors, *entry.tags):
            if not name_of(name):
                page.lose("field", f"the name {name}")
        matter: dict[str, Value] = {
            "title": _title(entry, page, body),
            "date": moment,
            "tags": [name for tag in entry.tags if (name := name_of(tag))],
            "authors": [name for name in authors if name.casefold() != self._nobody],
            "summary": summary,
        }
        if entry.updated and entry.updated.date() > moment.date() and not status:
            matter["updated"] = entry.updated
        matter["image"] = image
        matter |= blocks
        matter |= {"audio": _audio(entry, page), "status": status, "url": path}
        matter["aliases"] = (query,) if query else ()
        file = f"{moment.year}/{stem_of(path, str(matter['title']))}.md"
        yield Thing(identity, "article", file, matter, body, entry.where, records)
        yield from page.events

    def _address(self, entry: Entry, page: OldPage) -> tuple[str, str]:
        """The address within the site; and one with “?”, which no host of files can have."""
        path = self._site.home.path(entry.url)
        if path is None:
            if entry.url:
                page.lose("address", f"{entry.url} is not below {self._site.home.base}")
            return "", ""
        path = path.partition("#")[0]
        return ("", path) if "?" in path else (path, "")


def stem_of(path: str, title: str) -> str:
    """What to call the file of an article with this address."""
    parts = [part for part in path_of(path).split("/") if part]
    if parts and parts[-1].lower() in _INDEX:
        parts.pop()
    name = posixpath.splitext(parts[-1])[0] if parts else ""
    return file_stem(name, title)


def _title(entry: Entry, page: OldPage, body: str) -> str:
    if title := line_of(entry.title):
        return title
    page.lose("title", "")
    return shortened(" ".join(body.split()) or f"Untitled {entry.id}", _HEADLINE)


def _moment(entry: Entry, page: OldPage) -> tuple[datetime, str]:
    found = entry.published or entry.updated
    if found is not None:
        return found, ""
    page.lose("date", "")
    return datetime(2000, 1, 1, tzinfo=UTC), "draft"


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


def _summary(entry: Entry, soup: Tag) -> str:
    """The standfirst, unless it is the beginning of the text, as programs make one."""
    said = line_of(entry.summary) if entry.content else ""
    start = re.sub(r"\W+", "", _CUT.sub("", said))
    return "" if re.sub(r"\W+", "", words(soup)).startswith(start) else said


def _of_type(entry: Entry, kind: str) -> str:
    return next((e.url for e in entry.enclosures if _kind(e) == kind), "")


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
