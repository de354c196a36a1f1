"""What search engines are told of a page: values of schema.org's types, from what the page shows.

Every function is a filter of templates. It sees nothing but what the page has declared, and its
value stays as it is for the same facts; `json_ld` writes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from sitegen.digest import canonical_texts
from sitegen.model import Json
from sitegen.render import vocabulary as schema
from sitegen.render.addresses import absolute, address
from sitegen.render.links import linked
from sitegen.render.publisher import imprint
from sitegen.render.social import face_of, hero_of, told_of_hero

_TYPES: Mapping[str, str] = {
    "analysis": "AnalysisNewsArticle",
    "editorial": "OpinionNewsArticle",
    "explainer": "BackgroundNewsArticle",
    "letter": "OpinionNewsArticle",
    "opinion": "OpinionNewsArticle",
    "report": "ReportageNewsArticle",
    "sponsored": "AdvertiserContentArticle",
}
"""Our types of articles; the others are NewsArticle, and those of the settings name their own."""

_SOURCES: Mapping[str, str] = {
    "generated": "https://schema.org/TrainedAlgorithmicMediaDigitalSource",
    "assisted": "https://schema.org/AlgorithmicallyEnhancedDigitalSource",
}
"""What artificial intelligence did → the member of IPTCDigitalSourceEnumeration."""

_DIGITAL_SOURCES: Mapping[str, str] = {
    "trainedalgorithmicmedia": _SOURCES["generated"],
    "algorithmicallyenhanced": _SOURCES["assisted"],
}
"""What a picture's file says of itself (IPTC's digital source types), in small letters."""

PAYWALL = ".paywall"
"""The class of what subscribers alone may read; search engines take a class, and nothing else."""
_ALOUD = (("h1", "title"), (".standfirst", "standfirst"), (".key-points", "key_points"))
"""What can be read aloud: where it stands, and the fact without which it is not there."""


@pass_context
def news_article(context: Context, article: Mapping[str, Json]) -> schema.NewsArticle:
    """An article, as NewsArticle or the kind of Article that its type is."""
    site, page, terms = context["site"], context["page"], context["terms"]
    url = article["canonical_url"] or absolute(context, article["url"])
    modified = article["modified"] or article["date"]
    return {
        "@type": site["schema_types"].get(article["type"])
        or _TYPES.get(article["type"], "NewsArticle"),
        "@id": article_id(context, article["url"]),
        "headline": article["title"],
        "description": article["description"],
        "url": url,
        "mainEntityOfPage": url,
        "inLanguage": page["lang"],
        "datePublished": article["date"],
        "dateModified": modified,
        "author": _authors(context, terms),
        "editor": _editor(article["ai"]),
        "publisher": imprint(context),
        "image": list(_images(context, article)),
        "audio": _audio(context, article),
        "articleSection": next((t["name"] for t in terms if t["kind"] == "section"), ""),
        "keywords": [t["name"] for t in terms if t["kind"] not in ("section", "author")],
        "wordCount": article["words"],
        "isAccessibleForFree": not article["paywall"],
        "hasPart": _for_subscribers() if article["paywall"] else {},
        "correction": [_correction(context, article, c) for c in article["corrections"]],
        "citation": [_citation(context, article, source) for source in article["sources"]],
        "digitalSourceType": _SOURCES.get(article["ai"]["use"], "") if article["ai"] else "",
        "speakable": _speakable(context, article),
        **_translations(context),
    }


def article_id(context: Context, url: str) -> str:
    """What names an article for machines: the page that it is on has the address itself."""
    return f"{absolute(context, url)}#article"


def _authors(
    context: Context, terms: Sequence[Mapping[str, Json]]
) -> list[schema.Person | schema.Organization]:
    """Whoever signed it; the publisher where nobody did."""
    authors: list[schema.Person | schema.Organization] = [
        {"@type": "Person", "name": term["name"], "url": absolute(context, term["url"])}
        for term in terms
        if term["kind"] == "author"
    ]
    return authors or [_organization(context)]


def _organization(context: Context) -> schema.Organization:
    name = context["site"]["publisher"]["name"]
    return {"@type": "Organization", "name": name, "url": absolute(context, "/")}


def _editor(ai: Mapping[str, str] | None) -> schema.Person:
    """Who answers for what a machine had a part in."""
    return {"@type": "Person", "name": ai["reviewed_by"]} if ai and ai["reviewed_by"] else {}


def _images(context: Context, article: Mapping[str, Json]) -> Iterator[schema.ImageObject]:
    """The crops of an article's picture, or the picture itself where there are none."""
    hero = hero_of(context, article)
    if hero is None:
        return
    image = article["image"]
    told = told_of_hero(context, article) or {"crops": ()}
    same: schema.ImageObject = {
        "@type": "ImageObject",
        "caption": _text(context, image["caption"], article),
        "creditText": image["credit"] or told.get("credit", ""),
        "creator": _photographer(image["creator"] or told.get("creator", "")),
        "copyrightNotice": image["copyright"] or told.get("copyright", ""),
        "license": image["license"] or told.get("license", ""),
        "digitalSourceType": _DIGITAL_SOURCES.get(told.get("source_type", "").lower(), ""),
    }
    crops = [(absolute(context, c["src"]), c["width"], c["height"]) for c in told["crops"]]
    for url, width, height in crops or [(hero.url, hero.width, hero.height)]:
        yield {
            **same,
            "url": url,
            "contentUrl": url,
            "width": _distance(width),
            "height": _distance(height),
        }


def _photographer(name: str) -> schema.Person:
    return {"@type": "Person", "name": name} if name else {}


def _distance(pixels: int) -> str:
    """schema.org's Distance: a number and its unit; nothing where nobody knows."""
    return f"{pixels} px" if pixels else ""


def _audio(context: Context, article: Mapping[str, Json]) -> schema.AudioObject:
    audio = article["audio"]
    found = address(context, audio["src"], article, whole=True) if audio else ""
    if not found:
        return {}
    return {"@type": "AudioObject", "name": audio["title"], "contentUrl": found}


def _for_subscribers() -> schema.WebPageElement:
    return {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": PAYWALL}


def _correction(
    context: Context, article: Mapping[str, Json], correction: Mapping[str, Json]
) -> schema.CorrectionComment:
    text = _text(context, correction["text"], article)
    return {"@type": "CorrectionComment", "text": text, "datePublished": correction["date"]}


def _citation(
    context: Context, article: Mapping[str, Json], source: Mapping[str, Json]
) -> schema.CreativeWork:
    url = address(context, source["url"], article, whole=True)
    publisher: schema.Organization = {}
    if source["publisher"]:
        publisher = {"@type": "Organization", "name": source["publisher"]}
    return {
        "@type": "CreativeWork",
        "name": source["title"] or url,
        "url": url,
        "publisher": publisher,
    }


def _speakable(context: Context, article: Mapping[str, Json]) -> schema.SpeakableSpecification:
    if not context["site"]["structured_data"]["speakable"] or article["lang"][:2] != "en":
        return {}
    there = [selector for selector, fact in _ALOUD if article[fact]]
    return {"@type": "SpeakableSpecification", "cssSelector": there}


def _translations(context: Context) -> schema.NewsArticle:
    """The original of a translation; of an original its translations."""
    if not context["translations"]:
        return {}
    if original := context["page"].get("original", ""):
        return {"translationOfWork": {"@id": article_id(context, original)}}
    others = [article_id(context, other["url"]) for other in context["translations"]]
    return {"workTranslation": [{"@id": other} for other in others]}


@pass_context
def faq_page(context: Context, article: Mapping[str, Json]) -> schema.FAQPage | None:
    """Its questions and answers, when the settings want them told; None: there are none."""
    if not article["faq"] or not context["site"]["structured_data"]["faq"]:
        return None
    questions: list[schema.Question] = [
        {
            "@type": "Question",
            "name": item["question"],
            "acceptedAnswer": {"@type": "Answer", "text": _text(context, item["answer"], article)},
        }
        for item in article["faq"]
    ]
    return {
        "@type": "FAQPage",
        "url": absolute(context, article["url"]),
        "inLanguage": article["lang"],
        "mainEntity": questions,
    }


@pass_context
def breadcrumbs(
    context: Context, trail: Sequence[Mapping[str, Json]]
) -> schema.BreadcrumbList | None:
    """The way from home to this page; each step has a `url`, and a `name` or `title`.

    None where the page is home itself.
    """
    if not trail:
        return None
    site = context["site"]
    steps = [(site["title"], site["home"])]
    steps += [(step["name"] if "name" in step else step["title"], step["url"]) for step in trail]
    items: list[schema.ListItem] = [
        {"@type": "ListItem", "position": n, "name": name, "item": absolute(context, url)}
        for n, (name, url) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


@pass_context
def web_site(context: Context, site: Mapping[str, Json]) -> schema.WebSite:
    """The site in one language, by its home page."""
    home = absolute(context, site["home"])
    return {
        "@type": "WebSite",
        "@id": f"{home}#website",
        "name": site["title"],
        "url": home,
        "description": site["description"],
        "inLanguage": site["lang"],
        "publisher": imprint(context),
    }


@pass_context
def profile_page(
    context: Context, author: Mapping[str, Json], profile: Mapping[str, Json]
) -> schema.ProfilePage:
    """The page of an author, a term, with what its profile says of them."""
    page = context["page"]
    url = absolute(context, page["url"])
    portrait = face_of(context, profile)
    links = (address(context, link["url"], profile, whole=True) for link in profile["profiles"])
    return {
        "@type": "ProfilePage",
        "url": url,
        "name": author["name"],
        "inLanguage": page["lang"],
        "mainEntity": {
            "@type": "Person",
            "name": author["name"],
            "url": absolute(context, author["url"]),
            "jobTitle": profile["role"],
            "description": _text(context, profile["html"], profile),
            "image": portrait,
            "sameAs": [link for link in links if link.startswith(("http://", "https://"))],
            "worksFor": _organization(context),
        },
    }


def _text(context: Context, html: str, item: Mapping[str, Json]) -> str:
    """HTML of front matter as readers read it; a link to what is not published is its label."""
    return linked(context, html, item).striptags() if html else ""


_ESCAPED = tuple((sign, f"\\u{ord(sign):04x}") for sign in "<>&\u2028\u2029")


def json_ld(value: schema.Thing | None) -> Markup:
    """A value as an element of its own, which ends nowhere but at its end; nothing for None.

    JSON-LD 1.1, 7 (in HTML). What could end the element, or a line of JavaScript, is escaped as
    JSON allows; letters of other scripts stay as they are. Empty properties are left out.
    """
    if not value:
        return Markup("")
    text = canonical_texts({"@context": "https://schema.org", **_told(value)}).decode()
    for sign, escaped in _ESCAPED:
        text = text.replace(sign, escaped)
    return Markup(f'<script type="application/ld+json">{text}</script>')


class _Fraction(float):
    """A number that `canonical_texts` leaves to Python, with or without orjson."""


def _told(value: Any) -> Any:
    """`value` without what is empty; `false` says something, and 0 is a number nobody knows."""
    if isinstance(value, dict):
        return {
            key: inner if type(inner) is str else _told(inner)
            for key, inner in value.items()
            if inner or inner is False
        }
    if isinstance(value, float):
        return _Fraction(value)
    return [_told(inner) for inner in value] if isinstance(value, (list, tuple)) else value
