"""`sitegen.toml`: its settings as one typed, frozen value."""

import re
import tomllib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    ValidationError,
)

from sitegen import folders, i18n, instants, urls
from sitegen.advice import silenceable
from sitegen.errors import Misuse, Problem, SitegenError, did_you_mean
from sitegen.model import ListingId
from sitegen.validation import Written, explain, line_of, line_told, unknown_keys

FILE = folders.SETTINGS

Grain = Literal["month", "year"]
Preset = Literal["", "hugo", "jekyll", "zola", "pelican", "wordpress"]
Host = Literal["plain", "netlify", "cloudflare", "github-pages", "s3", "nginx", "apache"]
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


def _base_url(url: str) -> str:
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


def _source(text: str) -> str:
    if not text or re.search(r"[\s;,]", text):
        raise ValueError("it must be one source, such as https://pictures.example")
    return text


def _rotation(seconds: int) -> int:
    if seconds != 0 and not 5 <= seconds <= 60:
        raise ValueError("it must be 0, for headlines that stand still, or 5 to 60")
    return seconds


def _page_url(url: str) -> str:
    return urls.clean_url(url) if url else url


ARTICLE_PARTS = ("year", "month", "day", "section", "slug")
Language = Annotated[str, AfterValidator(_language), Written("language")]
Permalink = Annotated[str, _pattern("slug", ARTICLE_PARTS), Written("permalink")]
Code = Annotated[str, AfterValidator(silenceable), Written("code")]
Whole = Annotated[int, Strict()]
TermUrl = Annotated[str, _pattern("slug", ("slug",)), Written("term address")]
WebAddress = Annotated[str, AfterValidator(_web_address), Written("link")]
ReaderLink = Annotated[str, AfterValidator(_reader_link), Written("link")]
Pace = Annotated[int, Strict(), Field(ge=0, le=2000)]
Source = Annotated[str, AfterValidator(_source), Written("source")]


TAKEN = frozenset(
    {"archive", "assets", "authors", "pages", "tags", "author", "section", "site", "tag", "title"}
)
"""Names of folders in the output or in content/ that sitegen gives a meaning."""


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Link(_Settings):
    label: str
    url: ReaderLink


class Site(_Settings):
    title: str = Field(min_length=1)
    base_url: Annotated[str, AfterValidator(_base_url), Written("web")]
    tagline: str = ""
    description: str = ""
    language: Language = "en"
    timezone: Annotated[str, AfterValidator(_zone), Written("zone")] = "UTC"
    theme: Annotated[str, AfterValidator(_theme), Written("theme")] = "broadsheet"
    digits: i18n.Digits = "latn"
    words_per_minute: Pace = 0
    """How fast readers read; 0: as is usual for the language."""


class Urls(_Settings):
    permalink: Permalink = "/{year}/{month}/{slug}/"
    section: TermUrl = "/{slug}/"
    tag: TermUrl = "/tags/{slug}/"
    author: TermUrl = "/authors/{slug}/"
    slugs: Literal["keep", "ascii"] = "keep"
    corrections: Annotated[str, AfterValidator(_page_url), Written("page")] = "/corrections/"
    """Where the log of corrections is; empty: there is none."""


class Publisher(_Settings):
    name: str = ""
    logo: WebAddress = ""
    policies: Mapping[str, ReaderLink] = {}
    follow: tuple[Link, ...] = ()


class Section(_Settings):
    title: str = ""
    description: str = ""
    required: tuple[str, ...] = ()


class Taxonomy(_Settings):
    title: str = ""
    description: str = ""
    url: TermUrl | None = None
    """Address of a term's front; default `/<taxonomy>/{slug}/`."""


class ArticleType(_Settings):
    label: str
    schema_type: str = Field(default="NewsArticle", alias="schema")


class Newsletter(_Settings):
    action: WebAddress = ""
    heading: str = ""
    text: str = ""
    field: str = "email"


class Support(_Settings):
    """The box that asks readers for money: a form of the provider that takes it."""

    action: WebAddress = ""
    heading: str = ""
    text: str = ""
    button: str = ""
    amounts: tuple[Annotated[int, Strict(), Field(ge=1)], ...] = ()
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "EUR"
    field: str = "amount"


class SectionTexts(_Settings):
    """What a section is called, and what it is about, in a further language."""

    title: str = ""
    description: str = ""


def _section_texts(value: object) -> object:
    return {"title": value} if isinstance(value, str) else value


_Texts = Annotated[SectionTexts, BeforeValidator(_section_texts), Written(word="title")]


class LanguageSettings(_Settings):
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


class FrontMatterSettings(_Settings):
    preset: Preset = ""
    unknown: Literal["warn", "error", "ignore"] = "warn"
    names: Annotated[Mapping[str, str], BeforeValidator(_plain_names)] = {}


class MarkdownSettings(_Settings):
    html: Literal["sanitize", "escape", "trust"] = "sanitize"


class Embeds(_Settings):
    hosts: tuple[Annotated[str, AfterValidator(_host), Written("host")], ...] = ()


class Listings(_Settings):
    front: Whole = Field(default=20, ge=1, le=500)
    periods: Mapping[str, Grain] = {}


class Ticker(_Settings):
    items: Whole = Field(default=10, ge=1, le=50)
    breaking_hours: Whole = Field(default=6, ge=1, le=168)
    max_stale_hours: Whole = Field(default=6, ge=1, le=168)
    rotate_seconds: Annotated[Whole, AfterValidator(_rotation), Written("rotation")] = 0
    """How long a headline stands before the next one; 0: the first one stays."""


class Feeds(_Settings):
    items: Whole = Field(default=50, ge=1, le=500)


class Search(_Settings):
    action: WebAddress = ""
    field: str = "q"


class Share(_Settings):
    networks: tuple[Network, ...] = ("facebook", "whatsapp", "bluesky", "x", "email")


class Paywall(_Settings):
    """What becomes of the text of articles for subscribers."""

    teaser: Whole = Field(default=1, ge=0, le=20)
    """Paragraphs that everybody may read."""
    text_in_page: bool = False
    """Publish the whole text all the same, for a script to hide."""


class Assets(_Settings):
    fingerprint: bool = False


class BuildSettings(_Settings):
    max_removed: Whole = Field(default=20, ge=0)


class Check(_Settings):
    silence: tuple[Code, ...] = ()
    """Codes of warnings and notes that nobody wants to be told."""


class HostSettings(_Settings):
    target: Host = "plain"


class Config(_Settings):
    """All settings of a site. Pure data: it can be sent to another process."""

    site: Site
    urls: Urls = Urls()
    publisher: Publisher = Publisher()
    languages: Mapping[Language, LanguageSettings] = {}
    sections: Mapping[str, Section] = {}
    taxonomies: Mapping[str, Taxonomy] = {}
    types: Mapping[str, ArticleType] = {}
    front_matter: FrontMatterSettings = FrontMatterSettings()
    markdown: MarkdownSettings = MarkdownSettings()
    embeds: Embeds = Embeds()
    listings: Listings = Listings()
    ticker: Ticker = Ticker()
    feeds: Feeds = Feeds()
    search: Search = Search()
    newsletter: Newsletter = Newsletter()
    support: Support = Support()
    share: Share = Share()
    paywall: Paywall = Paywall()
    assets: Assets = Assets()
    csp: Mapping[Directive, tuple[Source, ...]] = {}
    build: BuildSettings = BuildSettings()
    check: Check = Check()
    host_settings: HostSettings = Field(default=HostSettings(), alias="host")

    @cached_property
    def all_languages(self) -> tuple[str, ...]:
        """The site's language first, then the further ones in the order of the file."""
        return (self.site.language, *(code for code in self.languages))

    @cached_property
    def host(self) -> str:
        """The host that the site is published under; links to it are not external."""
        return urlsplit(self.site.base_url).hostname or ""

    @cached_property
    def base_path(self) -> str:
        """The path that the site is published under: `/`, or `/repo/`."""
        return urlsplit(self.site.base_url).path

    def prefix(self, lang: str) -> str:
        """What addresses of a language begin with: nothing, or `/ar`."""
        return "" if lang == self.site.language else f"/{lang}"

    def front_url(self, id: ListingId) -> str:
        """The address of a listing's front."""
        return self.listing_base(id) if id.kind != "site" else f"{self.prefix(id.lang)}/archive/"

    def listing_base(self, id: ListingId) -> str:
        """The address that a listing's periods stand under: its front's, or `/` for the site."""
        patterns = {
            "site": "/",
            "section": self.urls.section,
            "tag": self.urls.tag,
            "author": self.urls.author,
        }
        pattern = patterns.get(id.kind)
        if pattern is None:
            pattern = self.taxonomies[id.kind].url or f"/{id.kind}/{{slug}}/"
        return urls.clean_url(self.prefix(id.lang) + urls.permalink(pattern, {"slug": id.slug}))

    def index_url(self, kind: str, lang: str) -> str:
        """The address of the index of all tags, authors or terms of a kind."""
        names = {"tag": "tags", "author": "authors"}
        return f"{self.prefix(lang)}/{names.get(kind, kind)}/"

    def loads_from(self, host: str) -> bool:
        """Whether pages may load pictures or sounds of another host."""
        sources = (*self.csp.get("img-src", ()), *self.csp.get("media-src", ()))
        hosts = (source.partition("://")[2] or source for source in sources)
        return any(
            name in ("*", "https:", "http:", host)
            or (name.startswith("*.") and host.endswith(name[1:]))
            for name in hosts
        )

    def section_texts(self, slug: str, lang: str) -> SectionTexts:
        """What a section is called and is about, in a language alone: nothing of another's."""
        if lang != self.site.language:
            return self.languages[lang].sections.get(slug, SectionTexts())
        section = self.sections.get(slug, Section())
        return SectionTexts(title=section.title, description=section.description)

    def corrections_url(self, lang: str) -> str:
        """The address of the log of corrections; empty when there is none."""
        return self.urls.corrections and self.prefix(lang) + self.urls.corrections

    def corrections_feed_url(self, lang: str) -> str:
        """The address of the feed of corrections, below their log; empty when there is none."""
        log = self.corrections_url(lang)
        folder = log if log.endswith("/") else f"{log.rpartition('.')[0]}/"
        return log and f"{folder}feed.xml"

    def grain(self, kind: str) -> Grain:
        """How the listings of a kind (`site`, `section`, `tag`, `author`, …) are divided."""
        return self.listings.periods.get(kind, "month" if kind in ("site", "section") else "year")

    def reading(self) -> tuple[object, ...]:
        """The settings that what is read from an article depends on; others re-read nothing."""
        address = (self.host, self.base_path)
        site = (self.site.language, self.site.timezone, address, self.all_languages)
        taxonomies = sorted(self.taxonomies)
        required = sorted((slug, s.required) for slug, s in self.sections.items())
        types = sorted(self.types)
        parts = (self.urls, self.front_matter, self.markdown, self.embeds)
        values = [part.model_dump(mode="json") for part in parts]
        numbers = (self.ticker.breaking_hours, self.paywall.teaser)
        return (site, taxonomies, required, types, numbers, values)


def checked(name: str, text: str) -> str:
    """`text` as the setting `site.<name>`. Raises ValueError, in words for people."""
    needed = {"title": "-", "base_url": "https://example.org/"}
    try:
        settings = Site.model_validate({**needed, name: text})
    except ValidationError as error:
        raise ValueError("; ".join(map(explain, error.errors()))) from None
    return str(getattr(settings, name))


def load_config(folder: Path, base_url: str | None = None) -> Config:
    """Read `sitegen.toml` in `folder`, with `base_url` in place of its own.

    Raises SitegenError with every mistake of the file.
    """
    path = folder / FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text)
    except FileNotFoundError:
        hint = "name the site's folder with --site, or make a new site: sitegen init DIR"
        raise SitegenError(
            Problem("config-missing", f"there is no {FILE} in this folder", FILE, hint=hint)
        ) from None
    except UnicodeDecodeError:
        hint = "save the file as UTF-8"
        raise SitegenError(
            Problem("config-syntax", "it is not UTF-8", FILE, 1, hint=hint)
        ) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = line_told(error, text)
        raise SitegenError(
            Problem("config-syntax", f"this is not TOML: {error}", FILE, line)
        ) from None
    if base_url is not None and isinstance(data.get("site"), dict):
        try:
            _base_url(base_url)
        except ValueError as error:
            raise Misuse(Problem("base-url", f"“{base_url}” is no address: {error}")) from None
        data["site"]["base_url"] = base_url
    try:
        config = Config.model_validate(data)
    except ValidationError as error:
        raise SitegenError(*_problems(error, text)) from None
    _check_names(config, text)
    return config


def _problems(error: ValidationError, text: str) -> list[Problem]:
    found = []
    for item in error.errors():
        path = tuple(str(part) for part in item["loc"] if part != "[key]")
        hint = did_you_mean(path[-1], unknown_keys(Config, path[:-1]))
        if item["type"] != "extra_forbidden":
            hint = ""
        message = explain(item)
        found.append(Problem("config", message, FILE, line_of(text, path), ".".join(path), hint))
    return found


def _check_names(config: Config, text: str) -> None:
    """Names that one setting uses and another must define."""
    problems: list[Problem] = []
    kinds = {"site", "section", "tag", "author", *config.taxonomies}

    def wrong(path: tuple[str, ...], message: str, hint: str) -> None:
        line = line_of(text, path)
        problems.append(Problem("config", message, FILE, line, ".".join(path), hint))

    for kind in config.listings.periods:
        if kind not in kinds:
            hint = did_you_mean(kind, kinds) or f"there are {', '.join(sorted(kinds))}"
            message = f"there is no kind of listing called “{kind}”"
            wrong(("listings", "periods", kind), message, hint)
    for group, names in (("taxonomies", config.taxonomies), ("sections", config.sections)):
        for name in names:
            if urls.slug_of(name) != name:
                hint = f"write [{group}.{urls.slug_of(name)}], and the name as its title"
                wrong((group, name), f"“{name}” cannot be part of an address as it is", hint)
            elif name in TAKEN or name in config.languages or re.fullmatch(r"\d{4}", name):
                message = f"“{name}” cannot be used: sitegen has that already"
                wrong((group, name), message, "choose another name")
    if config.site.language in config.languages:
        path = ("languages", config.site.language)
        wrong(path, "this is the site's own language already", "remove this table")
    if problems:
        raise SitegenError(*problems)
