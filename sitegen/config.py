"""`sitegen.toml`: its settings as one typed, frozen value."""

import re
import tomllib
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import (
    Field,
    ValidationError,
)

from sitegen import folders, urls
from sitegen.errors import Misuse, Problem, SitegenError, did_you_mean
from sitegen.machines import IndexNow, Llms, Robots, Security, Trust
from sitegen.model import ListingId
from sitegen.serving import media_type
from sitegen.settings import (
    TAKEN,
    ArticleType,
    Assets,
    BuildSettings,
    Check,
    Directive,
    Embeds,
    FeedFormat,
    Feeds,
    FeedText,
    FrontMatterSettings,
    Grain,
    HostSettings,
    Images,
    Language,
    LanguageSettings,
    Listings,
    MarkdownSettings,
    NewAddress,
    Newsletter,
    OldAddress,
    Paywall,
    Publisher,
    Search,
    Section,
    SectionTexts,
    Settings,
    Share,
    Site,
    Source,
    StructuredData,
    Support,
    Taxonomy,
    Ticker,
    Urls,
    whole_base_url,
)
from sitegen.validation import explain, line_of, line_told, unknown_keys

FILE = folders.SETTINGS
FEEDS: Mapping[FeedFormat, str] = {"rss": "feed.xml", "json": "feed.json", "atom": "atom.xml"}
"""Format → the file's name. RSS 2.0, JSON Feed 1.1, RFC 4287."""
_LABELS: Mapping[FeedFormat, str] = {"rss": "RSS", "json": "JSON Feed", "atom": "Atom"}


class Config(Settings):
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
    images: Images = Images()
    listings: Listings = Listings()
    ticker: Ticker = Ticker()
    feeds: Feeds = Feeds()
    robots: Robots = Robots()
    security: Security = Security()
    trust: Trust = Trust()
    llms: Llms = Llms()
    indexnow: IndexNow = IndexNow()
    search: Search = Search()
    newsletter: Newsletter = Newsletter()
    support: Support = Support()
    share: Share = Share()
    paywall: Paywall = Paywall()
    structured_data: StructuredData = StructuredData()
    assets: Assets = Assets()
    csp: Mapping[Directive, tuple[Source, ...]] = {}
    build: BuildSettings = BuildSettings()
    check: Check = Check()
    redirects: Mapping[OldAddress, NewAddress] = {}
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
        return _address(self.prefix(id.lang), pattern, id.slug)

    def index_url(self, kind: str, lang: str) -> str:
        """The address of the index of all tags, authors or terms of a kind."""
        names = {"tag": "tags", "author": "authors"}
        return f"{self.prefix(lang)}/{names.get(kind, kind)}/"

    def publisher_name(self, lang: str) -> str:
        """Who publishes the site, as readers of a language know it."""
        own = self.languages.get(lang, LanguageSettings())
        name = own.publisher_name or own.title or self.publisher.name
        return name or self.site.title

    def loads_from(self, host: str) -> bool:
        """Whether pages may load pictures or sounds of another host."""
        sources = [*self.csp.get("img-src", ()), *self.csp.get("media-src", ())]
        if self.images.base_url:
            sources.append(f"https://{urlsplit(self.images.base_url).hostname}")
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
        return log and _below(log, FEEDS["rss"])

    def feed_formats(self, kind: str) -> tuple[FeedFormat, ...]:
        """The formats of the feeds that listings of a kind (`site`, `section`, `tag`, …) have.

        An archive has thousands of tags, authors and terms: their feeds are one file each.
        """
        if self.feeds.listings.get(kind) == "none":
            return ()
        return self.feeds.formats if kind in ("site", "section") else self.feeds.formats[:1]

    def feed_text(self, kind: str) -> FeedText:
        """What the feeds of listings of a kind hold of an article."""
        usual = self.feeds.text if kind in ("site", "section") else "summary"
        found = self.feeds.listings.get(kind, usual)
        return usual if found == "none" else found

    def feed_url(self, id: ListingId, format: FeedFormat) -> str:
        """The address of a listing's feed, below its front; the site's is at the root."""
        base = f"{self.prefix(id.lang)}/" if id.kind == "site" else self.listing_base(id)
        return _below(base, FEEDS[format])

    def feed_links(self, id: ListingId) -> list[dict[str, str]]:
        """What pages say of a listing's feeds: `type`, `label` and `url` of each."""
        urls = ((format, self.feed_url(id, format)) for format in self.feed_formats(id.kind))
        return [
            {"type": media_type(url), "label": _LABELS[format], "url": url} for format, url in urls
        ]

    def feed_archive_url(self, lang: str, name: str) -> str:
        """The address of the feed that holds articles of a month; `name` is `plan.feeds`'."""
        return f"{self.prefix(lang)}/feeds/{name}.xml"

    def manifest_url(self, lang: str) -> str:
        """The address of the manifest of a language's pages."""
        return f"{self.prefix(lang)}/site.webmanifest"

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


@lru_cache(maxsize=16_384)
def _address(prefix: str, pattern: str, slug: str) -> str:
    """The address of a listing, which each of its pages and feeds asks for."""
    return urls.clean_url(prefix + urls.permalink(pattern, {"slug": slug}))


def _below(url: str, name: str) -> str:
    """The address of what belongs to a page: in its folder, or in one of the page's own name."""
    return f"{url if url.endswith('/') else url.rpartition('.')[0] + '/'}{name}"


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
            whole_base_url(base_url)
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


def _trouble_with(name: str) -> str:
    """Why a name cannot be part of an address; empty: it can."""
    try:
        urls.check_segment(name)
    except ValueError as error:
        return str(error)
    return ""


def _check_names(config: Config, text: str) -> None:
    """Names that one setting uses and another must define."""
    problems: list[Problem] = []
    kinds = {"site", "section", "tag", "author", *config.taxonomies}

    def wrong(path: tuple[str, ...], message: str, hint: str) -> None:
        line = line_of(text, path)
        problems.append(Problem("config", message, FILE, line, ".".join(path), hint))

    with_kinds = (
        (("listings", "periods"), config.listings.periods, kinds),
        (("feeds", "listings"), config.feeds.listings, kinds - {"site"}),
    )
    for path, named, known in with_kinds:
        for kind in named:
            if kind not in known:
                hint = did_you_mean(kind, known) or f"there are {', '.join(sorted(known))}"
                message = f"there is no kind of listing called “{kind}”"
                wrong((*path, kind), message, hint)
    for group, names in (("taxonomies", config.taxonomies), ("sections", config.sections)):
        for name in names:
            if urls.slug_of(name) != name:
                hint = f"write [{group}.{urls.slug_of(name)}], and the name as its title"
                wrong((group, name), f"“{name}” cannot be part of an address as it is", hint)
            elif trouble := _trouble_with(name):
                wrong((group, name), trouble, "choose another name")
            elif name in TAKEN or name in config.languages or re.fullmatch(r"\d{4}", name):
                message = f"“{name}” cannot be used: sitegen has that already"
                wrong((group, name), message, "choose another name")
    for old, new in config.redirects.items():
        if new.endswith("*") and not old.endswith("*"):
            message = "“*” stands for what is below the old address, which has none"
            wrong(("redirects", old), message, f'write "{old}*", or remove “*” from both')
    if config.site.language in config.languages:
        path = ("languages", config.site.language)
        wrong(path, "this is the site's own language already", "remove this table")
    if problems:
        raise SitegenError(*problems)
