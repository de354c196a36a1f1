"""What a page says of itself to machines: JSON-LD, Open Graph, other `meta`, marked elements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from sitegen.importers.addresses import joined, split
from sitegen.importers.saved.linked import Graph, Node, said, text, types_of
from sitegen.importers.text import line_of
from sitegen.importers.tree import words
from sitegen.instants import SHAPE

_ARTICLE = re.compile(r"Article$|Posting$|^Report$|^Review$|^Recipe$")
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)|saved with SingleFile\s+url:\s*(\S+)")
"""What browsers and their extension SingleFile write at the top of a page that they save."""
_LISTS = ("CollectionPage", "SearchResultsPage", "ItemList", "ProfilePage")
_AT_ONCE = 10
"""Seconds: a page that waits longer before it asks for another is one to be read."""
MARKS = (" | ", " – ", " — ", " - ", " :: ", " » ", " · ", ": ")
"""What stands between the title of a page and that of its site."""
_DATE = re.compile(r"(^|[-_ ])(date(line)?|posted(-on)?|published|pub-?date|timestamp)($|[-_ ])")
_WRITTEN_DATE = re.compile(rf"\b{SHAPE}")
_PUBLISHED = (
    *("article:published_time", "og:published_time", "datepublished", "date", "pubdate"),
    *("publishdate", "publish-date", "dc.date", "dc.date.issued", "dcterms.created"),
    *("dcterms.issued", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime"),
)
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified")
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator")
_TITLES = ("og:title", "twitter:title", "dc.title", "parsely-title")
_STANDFIRST = re.compile(
    r"(^|[-_ ])(standfirst|deck|dek|sub-?title|subhead(line)?|strapline|lede|intro)($|[-_ ])"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """All texts are on one line; dates are as the page writes them."""

    kind: str
    """`article`, `other` (a list, a home page), or empty: it does not say."""
    title: str = ""
    published: str = ""
    modified: str = ""
    authors: tuple[str, ...] = ()
    """As bylines have them."""
    tags: tuple[str, ...] = ()
    section: str = ""
    section_url: str = ""
    description: str = ""
    image: str = ""
    address: str = ""
    """Its own, as it is to be known."""
    language: str = ""
    site: str = ""
    moved_to: str = ""
    """It only leads on to another address."""
    hidden: bool = False
    """Search engines are to leave it out."""
    free: bool = True
    """Everybody may read it."""
    questions: Mapping[str, str] = field(default_factory=dict)
    """Question → answer in HTML."""


def facts_of(soup: BeautifulSoup) -> Facts:
    """What the page says of itself, the most deliberate first."""
    graph = Graph(soup)
    story = next((n for n in graph.nodes if any(map(_ARTICLE.search, types_of(n)))), {})
    meta = _metas(soup)
    site = line_of(meta.get("og:site_name", "") or graph.name(graph.of("WebSite")))
    section, section_url = _section(story, meta, graph)
    return Facts(
        _kind(story, graph, meta),
        _title(story, meta, soup, site),
        said(story, "datePublished", "dateCreated") or _date(soup, meta, _PUBLISHED, "published"),
        said(story, "dateModified") or _date(soup, meta, _MODIFIED, "modified"),
        tuple(dict.fromkeys(_authors(story, graph, meta, soup, site))),
        tuple(dict.fromkeys(_tags(story, meta, soup))),
        section,
        section_url,
        line_of(meta.get("description", "") or meta.get("og:description", "")),
        graph.url(story.get("image")) or meta.get("og:image", "") or meta.get("twitter:image", ""),
        _address(soup, story, meta),
        str((soup.html.get("lang") if soup.html else "") or ""),
        site,
        _moved(soup),
        "noindex" in meta.get("robots", "").lower(),
        said(story, "isAccessibleForFree").lower() != "false",
        dict(_questions(graph)),
    )


def standfirst_of(root: Tag) -> Tag | None:
    """The sentence below the headline, by what its class is called."""
    for el in root.find_all(["p", "h2", "div"], class_=_STANDFIRST):
        if (
            isinstance(el, Tag)
            and not el.find(["p", "h1", "h2", "ul"])
            and 20 < len(words(el)) < 600
        ):
            return el
    return None


def _metas(soup: BeautifulSoup) -> dict[str, str]:
    """Name in small letters → content; the first of each wins."""
    found: dict[str, str] = {}
    for el in soup.find_all("meta"):
        name = str(el.get("property") or el.get("name") or el.get("itemprop") or "").lower()
        content = str(el.get("content") or "").strip()
        if name and content:
            found.setdefault(name, content)
    return found


def _kind(story: Node, graph: Graph, meta: Mapping[str, str]) -> str:
    if story or meta.get("og:type", "").lower() in ("article", "news.article"):
        return "article"
    types = {name for node in graph.nodes for name in types_of(node)}
    # Some programs describe the whole site on every page of it.
    home = "WebSite" in types and not any(name.endswith("Page") for name in types)
    return "other" if types & {*_LISTS} or home else ""


def _title(story: Node, meta: Mapping[str, str], soup: BeautifulSoup, site: str) -> str:
    heads = soup.find_all("h1")
    alone = words(heads[0]) if len(heads) == 1 else ""
    headline = line_of(said(story, "headline"))
    if alone and headline and alone.startswith(headline.rstrip(".… ")):
        return line_of(alone)  # it was cut, as search engines ask for
    named = next((meta[name] for name in _TITLES if name in meta), "")
    whole = words(soup.title) if soup.title else ""
    return without_site(line_of(headline or named or alone or whole), site)


def without_site(title: str, site: str) -> str:
    """The title of a page without that of its site."""
    for mark in MARKS if site else ():
        if title.endswith(f"{mark}{site}"):
            return title.removesuffix(f"{mark}{site}")
        if title.startswith(f"{site}{mark}"):
            return title.removeprefix(f"{site}{mark}")
    return title


def _date(soup: BeautifulSoup, meta: Mapping[str, str], names: tuple[str, ...], which: str) -> str:
    for name in names:
        if name in meta:
            return meta[name]
    marked = soup.find(["time", "span", "abbr", "p"], itemprop=f"date{which.capitalize()}")
    if isinstance(marked, Tag):
        return str(marked.get("datetime") or marked.get("content") or words(marked))
    if which == "modified":
        return ""
    box = soup.find("article") or soup.find("main") or soup
    moments = box.find_all("time", attrs={"datetime": True}) if isinstance(box, Tag) else []
    chosen = [el for el in moments if el.get("pubdate") is not None or _is_published(el)]
    return str((chosen or moments)[0]["datetime"]) if moments else _shown_date(box)


def _shown_date(box: Any) -> str:
    """A date that readers see, in an element that is called so."""
    for el in box.find_all(class_=_DATE):
        if found := _WRITTEN_DATE.search(words(el)):
            return found[0]
    return ""


def _is_published(el: Tag) -> bool:
    return bool(re.search(r"publish|entry-date|posted", str(el.get("class"))))


def _authors(
    story: Node, graph: Graph, meta: Mapping[str, str], soup: BeautifulSoup, site: str
) -> Iterator[str]:
    """Bylines; a newspaper that names itself has no author."""
    found = story.get("author")
    names = [graph.name(person) for person in (found if isinstance(found, list) else [found])]
    if not any(names):
        names = [meta[n] for n in _AUTHORS if n in meta and "://" not in meta[n]][:1]
    if not any(names):
        marked = soup.select('[rel~="author"], [itemprop="author"] [itemprop="name"], .byline a')
        names = [words(el) for el in marked]
    own = {site.casefold(), line_of(graph.name(story.get("publisher"))).casefold(), ""}
    yield from (name for name in map(line_of, names) if name.casefold() not in own)


def _tags(story: Node, meta: Mapping[str, str], soup: BeautifulSoup) -> Iterator[str]:
    found = story.get("keywords")
    if isinstance(found, str):
        found = found.split(",")
    names = [str(name) for name in found] if isinstance(found, list) else []
    if not names:
        several = soup.find_all("meta", property="article:tag")
        names = [str(el.get("content") or "") for el in several]
    if not names:
        names = [words(el) for el in soup.select('a[rel~="tag"]')]
    if not names:
        names = meta.get("news_keywords", "").split(",")
    yield from filter(None, map(str.strip, names))


def _section(story: Node, meta: Mapping[str, str], graph: Graph) -> tuple[str, str]:
    """Its name, and where breadcrumbs say that it is."""
    found = story.get("articleSection")
    name = found[0] if isinstance(found, list) and found else found
    section = line_of(str(name or meta.get("article:section", "")))
    crumbs = graph.of("BreadcrumbList").get("itemListElement")
    for crumb in crumbs if isinstance(crumbs, list) else []:
        item = graph.whole(crumb.get("item")) if isinstance(crumb, dict) else None
        named = graph.name(crumb) or graph.name(item)
        if section and line_of(named).casefold() == section.casefold():
            return section, said(item, "@id", "url") if isinstance(item, dict) else text(item)
    return section, ""


def _address(soup: BeautifulSoup, story: Node, meta: Mapping[str, str]) -> str:
    """Whole, or, where nothing says of which site it is, as it is written."""
    saved = _saved_from(soup)
    link = soup.find("link", rel="canonical")
    canonical = str(link.get("href") or "") if isinstance(link, Tag) else ""
    entity = story.get("mainEntityOfPage")
    of_story = said(entity, "@id", "url") if isinstance(entity, dict) else text(entity)
    named = [canonical, meta.get("og:url", ""), of_story, said(story, "url"), saved]
    base = next(filter(split, named), "")
    whole = [address for name in named if name and split(address := joined(base, name))]
    # There are themes that give every page the address of the first.
    deep = [address for address in whole if urlsplit(address).path not in ("", "/")]
    return next(iter([*deep, *whole]), canonical)


def _saved_from(soup: BeautifulSoup) -> str:
    for remark in soup.find_all(string=_SAVED_FROM, limit=1):
        if found := _SAVED_FROM.search(str(remark)):
            return found[1] or found[2]
    return ""


def _moved(soup: BeautifulSoup) -> str:
    el = soup.find("meta", attrs={"http-equiv": re.compile("^refresh$", re.IGNORECASE)})
    content = str(el.get("content")) if isinstance(el, Tag) else ""
    found = re.match(r"\s*(\d{1,9})\s*[;,]\s*url=['\"]?([^'\"]+)", content, re.IGNORECASE)
    return found[2].strip() if found and int(found[1]) <= _AT_ONCE else ""


def _questions(graph: Graph) -> Iterator[tuple[str, str]]:
    """Of FAQPage (schema.org); the page's own text of an answer is better, where it shows it."""
    for node in graph.nodes:
        answer = node.get("acceptedAnswer")
        if isinstance(answer, list) and answer:
            answer = answer[0]
        question = line_of(said(node, "name"))
        if "Question" in types_of(node) and question and isinstance(answer, dict):
            yield question, said(answer, "text")
