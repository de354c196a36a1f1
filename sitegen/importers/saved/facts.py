"""What a page says of itself to machines: JSON-LD, Open Graph, other `meta`, marked elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, Tag

from sitegen.importers.text import line_of, name_of
from sitegen.importers.tree import words

_ARTICLE = re.compile(r"Article$|Posting$|^Report$|^Review$|^Recipe$")
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")
"""What browsers write at the top of a page that they save."""
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
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Facts:
    """All texts are on one line; dates are as the page writes them."""

    kind: str
    """`article`, `other` (a list, a home page), or empty: it does not say."""
    title: str = ""
    published: str = ""
    modified: str = ""
    authors: tuple[str, ...] = ()
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
    graph = list(_graph(soup))
    story = next((node for node in graph if _ARTICLE.search(_type(node))), {})
    meta = _metas(soup)
    site = line_of(meta.get("og:site_name", "") or _name(_of(graph, "WebSite")))
    section, section_url = _section(story, meta, graph)
    return Facts(
        _kind(story, graph, meta),
        _title(story, meta, soup, site),
        _said(story, "datePublished", "dateCreated") or _date(soup, meta, _PUBLISHED, "published"),
        _said(story, "dateModified") or _date(soup, meta, _MODIFIED, "modified"),
        tuple(dict.fromkeys(_authors(story, meta, soup, site))),
        tuple(dict.fromkeys(_tags(story, meta, soup))),
        section,
        section_url,
        line_of(meta.get("description", "") or meta.get("og:description", "")),
        _url_in(story.get("image")) or meta.get("og:image", "") or meta.get("twitter:image", ""),
        _address(soup, story, meta),
        str((soup.html.get("lang") if soup.html else "") or ""),
        site,
        _moved(soup),
        "noindex" in meta.get("robots", "").lower(),
        _said(story, "isAccessibleForFree").lower() != "false",
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


def _graph(soup: BeautifulSoup) -> Iterator[Mapping[str, Any]]:
    """Every thing that JSON-LD describes, however deep."""
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            yield from _nodes(json.loads(script.string or "", strict=False), 0)
        except ValueError:
            continue


def _nodes(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list) and depth < _DEEPEST:
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from _nodes(value.get("@graph", []), depth + 1)
        yield from _nodes(value.get("mainEntity", []), depth + 1)


def _type(node: Mapping[str, Any]) -> str:
    found = node.get("@type", "")
    return str(found[0]) if isinstance(found, list) and found else str(found)


def _of(graph: list[Mapping[str, Any]], *types: str) -> Mapping[str, Any]:
    return next((node for node in graph if _type(node) in types), {})


def _said(node: Mapping[str, Any], *names: str) -> str:
    found = (node.get(name) for name in names)
    return next((str(v) for v in found if isinstance(v, str | int | bool) and v != ""), "")


def _name(value: Any) -> str:
    return (
        _said(value, "name") if isinstance(value, dict) else value if isinstance(value, str) else ""
    )


def _url_in(value: Any) -> str:
    """The address of a picture, which may be a text, an object or a list of these."""
    if isinstance(value, list):
        return next(filter(None, map(_url_in, value)), "")
    if isinstance(value, dict):
        return _said(value, "contentUrl", "url", "@id")
    return value if isinstance(value, str) else ""


def _metas(soup: BeautifulSoup) -> dict[str, str]:
    """Name in small letters → content; the first of each wins."""
    found: dict[str, str] = {}
    for el in soup.find_all("meta"):
        name = str(el.get("property") or el.get("name") or el.get("itemprop") or "").lower()
        content = str(el.get("content") or "").strip()
        if name and content:
            found.setdefault(name, content)
    return found


def _kind(story: Mapping[str, Any], graph: list[Mapping[str, Any]], meta: Mapping[str, str]) -> str:
    if story or meta.get("og:type", "").lower() in ("article", "news.article"):
        return "article"
    lists = ("CollectionPage", "SearchResultsPage", "ItemList", "ProfilePage", "WebSite")
    return "other" if _of(graph, *lists) else ""


def _title(
    story: Mapping[str, Any], meta: Mapping[str, str], soup: BeautifulSoup, site: str
) -> str:
    heads = soup.find_all("h1")
    alone = words(heads[0]) if len(heads) == 1 else ""
    said = line_of(_said(story, "headline"))
    if alone and said and alone.startswith(said.rstrip(".… ")):
        return line_of(alone)  # it was cut, as search engines ask for
    named = next((meta[name] for name in _TITLES if name in meta), "")
    whole = words(soup.title) if soup.title else ""
    title = line_of(said or named or alone or whole)
    for mark in (" | ", " – ", " — ", " - ", " :: ", " » "):
        if site and title.endswith(f"{mark}{site}"):
            return title.removesuffix(f"{mark}{site}")
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
    return str((chosen or moments)[0]["datetime"]) if moments else ""


def _is_published(el: Tag) -> bool:
    return bool(re.search(r"publish|entry-date|posted", str(el.get("class"))))


def _authors(
    story: Mapping[str, Any], meta: Mapping[str, str], soup: BeautifulSoup, site: str
) -> Iterator[str]:
    """Names of people; a newspaper that names itself has no author."""
    found = story.get("author")
    people = found if isinstance(found, list) else [found]
    names = [_name(person) for person in people]
    if not any(names):
        names = [meta[n] for n in _AUTHORS if n in meta and "://" not in meta[n]][:1]
    if not any(names):
        marked = soup.select('[rel~="author"], [itemprop="author"] [itemprop="name"], .byline a')
        names = [words(el) for el in marked]
    publisher = _name(story.get("publisher"))
    for name in names:
        plain = re.sub(r"^(by|von|par|por)\s+", "", name_of(name), flags=re.IGNORECASE)
        if plain and plain.casefold() not in (site.casefold(), publisher.casefold()):
            yield plain


def _tags(story: Mapping[str, Any], meta: Mapping[str, str], soup: BeautifulSoup) -> Iterator[str]:
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
    yield from filter(None, map(name_of, names))


def _section(
    story: Mapping[str, Any], meta: Mapping[str, str], graph: list[Mapping[str, Any]]
) -> tuple[str, str]:
    """Its name, and where breadcrumbs say that it is."""
    found = story.get("articleSection")
    name = found[0] if isinstance(found, list) and found else found
    section = name_of(str(name or meta.get("article:section", "")))
    crumbs = _of(graph, "BreadcrumbList").get("itemListElement")
    for crumb in crumbs if isinstance(crumbs, list) else []:
        item = crumb.get("item") if isinstance(crumb, dict) else None
        named = _name(crumb) or _name(item)
        if section and line_of(named).casefold() == section.casefold():
            return section, _said(item, "@id", "url") if isinstance(item, dict) else str(item or "")
    return section, ""


def _address(soup: BeautifulSoup, story: Mapping[str, Any], meta: Mapping[str, str]) -> str:
    link = soup.find("link", rel="canonical")
    if isinstance(link, Tag) and str(link.get("href") or "").startswith("http"):
        return str(link["href"])
    entity = story.get("mainEntityOfPage")
    said = _said(entity, "@id", "url") if isinstance(entity, dict) else entity
    for found in (meta.get("og:url"), said, _said(story, "url")):
        if isinstance(found, str) and found.startswith("http"):
            return found
    for remark in soup.find_all(string=_SAVED_FROM, limit=1):
        if saved := _SAVED_FROM.search(str(remark)):
            return saved[1]
    return ""


def _moved(soup: BeautifulSoup) -> str:
    el = soup.find("meta", attrs={"http-equiv": re.compile("^refresh$", re.IGNORECASE)})
    found = (
        re.match(r"\s*\d+\s*;\s*url=['\"]?([^'\"]+)", str(el.get("content")), re.IGNORECASE)
        if (isinstance(el, Tag))
        else None
    )
    return found[1].strip() if found else ""


def _questions(graph: list[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Of FAQPage (schema.org); the page's own text of an answer is better, where it shows it."""
    for node in graph:
        answer = node.get("acceptedAnswer")
        if isinstance(answer, list) and answer:
            answer = answer[0]
        question = line_of(_said(node, "name"))
        if _type(node) == "Question" and question and isinstance(answer, dict):
            yield question, _said(answer, "text")
