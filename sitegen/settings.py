"""The groups of `sitegen.toml`: what each setting may hold, as types that pydantic checks."""

import re
from collections.abc import Mapping
from typing import Annotated, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict

from sitegen import i18n, instants, urls
from sitegen.advice import silenceable
from sitegen.outputs import Coding
from sitegen.validation import Written

Grain = Literal["month", "year"]
Preset = Literal["", "hugo", "jekyll", "zola", "pelican", "wordpress"]
Schema = Literal[
    "AdvertiserContentArticle",
    "AnalysisNewsArticle",
    "Article",
    "AskPublicNewsArticle",
    "BackgroundNewsArticle",
    "BlogPosting",
    "LiveBlogPosting",
    "NewsArticle",
    "OpinionNewsArticle",
    "Report",
    "ReportageNewsArticle",
    "ReviewNewsArticle",
    "SatiricalArticle",
    "ScholarlyArticle",
    "SocialMediaPosting",
    "TechArticle",
]
"""The kinds of Article of schema.org that an article may be."""
Host = Literal["plain", "netlify", "cloudflare", "github-pages", "s3", "nginx", "apache"]
T = TypeVar("T")
PictureFormat = Literal["avif", "webp"]
Crop = Literal["1.91:1", "16:9", "4:3", "1:1"]
FeedFormat = Literal["rss", "json", "atom"]
FeedText = Literal["full", "summary"]
Network = Literal["facebook", "whatsapp", "bluesky", "x", "email", "telegram", "linkedin"]
Directive = Literal[
    "child-src",
    "connect-src",
    "font-src",
    "form-action",
    "frame-src",
    "img-src",
    "manifest-src",
    "media-src",
    "script-src",
    "style-src",
    "worker-src",
]


def _language(code: str) -> str:
    if not i18n.is_language(code):
        raise ValueError(f"“{code}” is no language code like en-GB or ar (BCP 47)")
    return code


def whole_base_url(url: str) -> str:
    """`url` with its last slash. Raises ValueError, saying why, for what no site can be below."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("it must be a whole address such as https://news.example.org/")
    if parts.query or parts.fragment:
        raise ValueError("it must not hold “?” or “#”")
    return url if url.endswith("/") else f"{url}/"


def _pattern(required: str, allowed: tuple[str, ...]) -> AfterValidator:
    def check(pattern: str) -> str:
        names = set(re.findall(r"\{(.*?)\}", pattern))
        if unknown := sorted(names - set(allowed)):
            raise ValueError(f"unknown part {{{unknown[0]}}}; there are {', '.join(allowed)}")
        if required not in names:
            raise ValueError(f"it must contain {{{required}}}")
        if not pattern.startswith("/") or re.search(r"\.\.|[?#\s]", pattern):
            raise ValueError("it must begin with “/” and hold no “..”, “?”, “#” or space")
        return pattern

    return AfterValidator(check)


def _theme(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]+", name):
        raise ValueError("a theme's name is that of its folder: letters, digits, - and _ only")
    return name


def _icon(name: str) -> str:
    plain = name and not name.startswith("/") and ".." not in name.split("/")
    if name and not (plain and name.lower().endswith(".png")):
        raise ValueError("it must be the name of a PNG file in static/, such as emblem.png")
    return name


def _founded(day: str) -> str:
    if day and not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", day):
        raise ValueError("it must be a year or a day: 1987 or 1987-05-03")
    return day


def _zone(name: str) -> str:
    instants.zone(name)
    return name


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    whole = parts.scheme in ("http", "https") and parts.hostname
    ours = url.startswith("/") and not url.startswith("//")
    if url and not whole and not ours:
        raise ValueError("it must be an address such as https://example.org/form or /form/")
    return url


def _reader_link(url: str) -> str:
    """Where a link for readers leads; a scheme such as javascript: would run in their browsers."""
    try:
        if url and (re.match(r"mailto:[^\s?]+@[^\s?]+", url) or _web_address(url)):
            return url
    except ValueError:
        pass
    raise ValueError("it must be an address such as /about/, https://example.org/ or mailto:a@b.c")


def _host(name: str) -> str:
    if not re.fullmatch(r"(\*\.)?([A-Za-z0-9-]+\.)*[A-Za-z0-9-]+", name):
        raise ValueError(f"“{name}” is no host's name; write it like player.example.org")
    return name.lower()


def _domain(name: str) -> str:
    if name.startswith("*") or (name and "." not in name):
        raise ValueError("it must be one whole domain, such as news.example.org")
    return _host(name) if name else name


def _source(text: str) -> str:
    if not text or re.search(r"[\s;,]", text):
        raise ValueError("it must be one source, such as https://pictures.example")
    return text


def _rotation(seconds: int) -> int:
    if seconds != 0 and not 5 <= seconds <= 60:
        raise ValueError("it must be 0, for headlines that stand still, or 5 to 60")
    return seconds


def _each_once(names: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(names))


def _rising(widths: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(set(widths)))


def _media_url(url: str) -> str:
    return whole_base_url(url) if url else url


def _page_url(url: str) -> str:
    return urls.clean_url(url) if url else url


OldAddress = Annotated[str, AfterValidator(urls.old_address), Written("address")]
NewAddress = Annotated[str, AfterValidator(urls.new_address), Written("link")]
ARTICLE_PARTS = ("year", "month", "day", "section", "slug")
Language = Annotated[str, AfterValidator(_language), Written("language")]
Permalink = Annotated[str, _pattern("slug", ARTICLE_PARTS), Written("permalink")]
Code = Annotated[str, AfterValidator(silenceable), Written("code")]
Whole = Annotated[int, Strict()]
Pixels = Annotated[int, Strict(), Field(ge=16, le=5000)]
TermUrl = Annotated[str, _pattern("slug", ("slug",)), Written("term address")]
WebAddress = Annotated[str, AfterValidator(_web_address), Written("link")]
ReaderLink = Annotated[str, AfterValidator(_reader_link), Written("link")]
Pace = Annotated[int, Strict(), Field(ge=0, le=2000)]
Source = Annotated[str, AfterValidator(_source), Written("source")]


TAKEN = frozenset(
    {"archive", "assets", "authors", "feeds", "pages", "sitemaps", "tags"}
    | {"author", "section", "site", "tag", "title"}
)
"""Names of folders in the output or in content/ that sitegen gives a meaning."""


class Settings(BaseModel):
    """A group of settings."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Link(Settings):
    label: str
    url: ReaderLink


class Site(Settings):
    title: str = Field(min_length=1)
    base_url: Annotated[str, AfterValidator(whole_base_url), Written("web")]
    tagline: str = ""
    description: str = ""
    language: Language = "en"
    timezone: Annotated[str, AfterValidator(_zone), Written("zone")] = "UTC"
    theme: Annotated[str, AfterValidator(_theme), Written("theme")] = "broadsheet"
    digits: i18n.Digits = "latn"
    words_per_minute: Pace = 0
    """How fast readers read; 0: as is usual for the language."""
    icon: Annotated[str, AfterValidator(_icon), Written("icon")] = ""
    """A picture of static/ that all icons are made from."""


class Urls(Settings):
    permalink: Permalink = "/{year}/{month}/{slug}/"
    section: TermUrl = "/{slug}/"
    tag: TermUrl = "/tags/{slug}/"
    author: TermUrl = "/authors/{slug}/"
    slugs: Literal["keep", "ascii"] = "keep"
    corrections: Annotated[str, AfterValidator(_page_url), Written("page")] = "/corrections/"
    """Where the log of corrections is; empty: there is none."""


class Publisher(Settings):
    name: str = ""
    logo: WebAddress = ""
    founded: Annotated[str, AfterValidator(_founded), Written("founded")] = ""
    policies: Mapping[str, ReaderLink] = {}
    follow: tuple[Link, ...] = ()


class Section(Settings):
    title: str = ""
    description: str = ""
    required: tuple[str, ...] = ()


class Taxonomy(Settings):
    title: str = ""
    description: str = ""
    url: TermUrl | None = None
    """Address of a term's front; default `/<taxonomy>/{slug}/`."""


class ArticleType(Settings):
    label: str
    schema_type: Schema = Field(default="NewsArticle", alias="schema")


class Newsletter(Settings):
    action: WebAddress = ""
    heading: str = ""
    text: str = ""
    field: str = "email"


class Support(Settings):
    """The box that asks readers for money: a form of the provider that takes it."""

    action: WebAddress = ""
    heading: str = ""
    text: str = ""
    button: str = ""
    amounts: tuple[Annotated[int, Strict(), Field(ge=1)], ...] = ()
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "EUR"
    field: str = "amount"


class SectionTexts(Settings):
    """What a section is called, and what it is about, in a further language."""

    title: str = ""
    description: str = ""


def _section_texts(value: object) -> object:
    return {"title": value} if isinstance(value, str) else value


_Texts = Annotated[SectionTexts, BeforeValidator(_section_texts), Written(word="title")]


class LanguageSettings(Settings):
    """Texts of one further language; what is left out is as in the site's own language."""

    title: str = ""
    tagline: str = ""
    description: str = ""
    publisher_name: str = ""
    newsletter_heading: str = ""
    newsletter_text: str = ""
    support_heading: str = ""
    support_text: str = ""
    support_button: str = ""
    digits: i18n.Digits | None = None
    words_per_minute: Pace = 0
    sections: Mapping[str, _Texts] = {}
    """A section's texts, or its title alone, by its slug."""
    taxonomies: Mapping[str, str] = {}
    """Taxonomy's name → its title in this language; likewise types."""
    types: Mapping[str, str] = {}


def _plain_names(names: object) -> object:
    """Names of fields as they are compared: in small letters, `-` as `_`."""
    if not isinstance(names, dict):
        return names
    return {str(name).lower().replace("-", "_"): field for name, field in names.items()}


class FrontMatterSettings(Settings):
    preset: Preset = ""
    unknown: Literal["warn", "error", "ignore"] = "warn"
    names: Annotated[Mapping[str, str], BeforeValidator(_plain_names)] = {}


class MarkdownSettings(Settings):
    html: Literal["sanitize", "escape", "trust"] = "sanitize"


class Embeds(Settings):
    hosts: tuple[Annotated[str, AfterValidator(_host), Written("host")], ...] = ()


class Listings(Settings):
    front: Whole = Field(default=20, ge=1, le=500)
    thin: Whole = Field(default=0, ge=0, le=500)
    """Articles below which the list of a tag or term is kept out of search engines."""
    periods: Mapping[str, Grain] = {}


class Ticker(Settings):
    items: Whole = Field(default=10, ge=1, le=50)
    breaking_hours: Whole = Field(default=6, ge=1, le=168)
    max_stale_hours: Whole = Field(default=6, ge=1, le=168)
    rotate_seconds: Annotated[Whole, AfterValidator(_rotation), Written("rotation")] = 0
    """How long a headline stands before the next one; 0: the first one stays."""


class Feeds(Settings):
    items: Whole = Field(default=30, ge=1, le=500)
    formats: Annotated[tuple[FeedFormat, ...], AfterValidator(_each_once)] = ("rss", "json")
    """Those of the site and its sections; other listings have the first of them alone."""
    text: FeedText = "full"
    listings: Mapping[str, FeedText | Literal["none"]] = {}
    """Kind of listing → what its feeds hold of an article."""
    hub: WebAddress = ""
    """The WebSub hub (W3C Recommendation of 2018) that tells subscribers of changes."""


class Search(Settings):
    action: WebAddress = ""
    field: str = "q"


class Share(Settings):
    networks: tuple[Network, ...] = ("facebook", "whatsapp", "bluesky", "x", "email")


class Paywall(Settings):
    """What becomes of the text of articles for subscribers."""

    teaser: Whole = Field(default=1, ge=0, le=20)
    """Paragraphs that everybody may read."""
    text_in_page: bool = False
    """Publish the whole text all the same, for a script to hide."""


class StructuredData(Settings):
    """What search engines are told beside what they are told anyway."""

    faq: bool = False
    speakable: bool = False
    """Mark what can be read aloud; in English alone, as nobody reads other languages aloud."""


class Assets(Settings):
    fingerprint: bool = False


class BuildSettings(Settings):
    max_removed: Whole = Field(default=20, ge=0)
    precompress: tuple[Coding, ...] = ()
    """Codings in which texts lie beside themselves, for servers that can send them so."""


class Images(Settings):
    """What readers get of a picture."""

    widths: Annotated[tuple[Pixels, ...], AfterValidator(_rising)] = (480, 800, 1200)
    """Pixels; none: pictures are published as they are."""
    formats: Annotated[tuple[PictureFormat, ...], AfterValidator(_each_once)] = ("webp",)
    """Beside the one that every browser shows; the one that browsers are to prefer first."""
    quality: Mapping[Literal["avif", "jpeg", "webp"], Annotated[Whole, Field(ge=1, le=100)]] = {}
    crops: Annotated[tuple[Crop, ...], AfterValidator(_each_once)] = ("16:9", "4:3", "1:1")
    """Of an article's own picture, for search engines and social networks; those get the first."""
    svg: Literal["sanitize", "refuse", "trust"] = "sanitize"
    base_url: Annotated[str, AfterValidator(_media_url), Written("link")] = ""
    """Where pictures lie that are not with the content; addresses from the root go there."""


class Check(Settings):
    silence: tuple[Code, ...] = ()
    """Codes of warnings and notes that nobody wants to be told."""


class HostSettings(Settings):
    target: Host = "plain"
    cname: Annotated[str, AfterValidator(_domain), Written("host")] = ""
    """The site's own domain, for GitHub Pages."""
    max_files: Whole = Field(default=0, ge=0)
    """Files that the host takes; 0: what it takes in its smallest plan."""
