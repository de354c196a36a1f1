"""The facts that every page sees: what the settings say, in the page's language."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from sitegen import i18n
from sitegen.config import Config
from sitegen.model import Json, ListingId, Moment
from sitegen.render.chain import Strings
from sitegen.render.policy import security_policy
from sitegen.render.theme import Theme


def shared_facts(
    config: Config,
    theme: Theme,
    assets: Mapping[str, str],
    icons: Mapping[str, str],
    moment: Moment,
) -> dict[str, Json]:
    """Key → fact for `site:<lang>`, `strings:<lang>` and `assets`.

    In a page that stands alone the theme's files lie beside it, and all else is on the site.
    """
    if moment.only:
        assets = {name: url.removeprefix("/") for name, url in assets.items()}
        icons = {role: url.removeprefix("/") for role, url in icons.items()}
    facts: dict[str, Json] = {"assets": assets}
    labels = {key: list(texts) for key, texts in theme.labels.items()}
    for lang in config.all_languages:
        own = {"labels": labels, "icons": dict(icons)}
        facts[f"site:{lang}"] = {**_site(config, lang, icons, moment), **own}
        facts[f"strings:{lang}"] = _strings(config, theme, lang)
    return facts


def _site(config: Config, lang: str, icons: Mapping[str, str], moment: Moment) -> Json:
    own = config.languages.get(lang)
    site = config.site
    return {
        "title": (own and own.title) or site.title,
        "tagline": (own and own.tagline) or site.tagline,
        "description": (own and own.description) or site.description,
        "base_url": site.base_url,
        "base_path": site.base_url if moment.only else config.base_path,
        "timezone": site.timezone,
        "preview": moment.preview,
        "lang": lang,
        "dir": i18n.direction(lang),
        "home": f"{config.prefix(lang)}/",
        "archive": config.front_url(ListingId(lang, "site")),
        "corrections": config.corrections_url(lang),
        "manifest": "" if moment.only else config.manifest_url(lang),
        "feeds": [] if moment.preview else config.feed_links(ListingId(lang, "site")),
        "raw_html": config.markdown.html == "trust",
        "digits": (own and own.digits) or site.digits,
        "words_per_minute": (own and own.words_per_minute) or site.words_per_minute,
        "csp": security_policy(config, on_disk=bool(moment.only)),
        "languages": [
            {
                "lang": code,
                "dir": i18n.direction(code),
                "name": i18n.language_name(code),
                "home": f"{config.prefix(code)}/",
            }
            for code in config.all_languages
        ],
        "nav": [
            {
                "slug": slug,
                "title": config.section_texts(slug, lang).title or section.title or slug,
                "url": config.front_url(ListingId(lang, "section", slug)),
            }
            for slug, section in config.sections.items()
        ],
        "indexes": [
            {"kind": kind, "url": config.index_url(kind, lang)}
            for kind in ("tag", "author", *config.taxonomies)
        ],
        "taxonomies": {
            name: (own and own.taxonomies.get(name)) or taxonomy.title or name
            for name, taxonomy in config.taxonomies.items()
        },
        "types": {
            name: (own and own.types.get(name)) or kind.label for name, kind in config.types.items()
        },
        "schema_types": {name: kind.schema_type for name, kind in config.types.items()},
        "structured_data": config.structured_data.model_dump(),
        "publisher": _publisher(config, lang, icons),
        **_forms(config, lang),
        "share": list(config.share.networks),
    }


def _publisher(config: Config, lang: str, icons: Mapping[str, str]) -> Json:
    publisher = config.publisher
    return {
        "name": config.publisher_name(lang),
        "logo": publisher.logo or (icons["large"] if config.site.icon else ""),
        "founded": publisher.founded,
        "policies": dict(publisher.policies),
        "follow": [link.model_dump() for link in publisher.follow],
    }


def _forms(config: Config, lang: str) -> dict[str, Json]:
    """What readers can fill in; each is sent to somebody else's program."""
    own = config.languages.get(lang)
    newsletter, support = config.newsletter, config.support
    return {
        "newsletter": {
            "action": newsletter.action,
            "heading": (own and own.newsletter_heading) or newsletter.heading,
            "text": (own and own.newsletter_text) or newsletter.text,
            "field": newsletter.field,
        },
        "support": {
            **_get_form(support.action),
            "heading": (own and own.support_heading) or support.heading,
            "text": (own and own.support_text) or support.text,
            "button": (own and own.support_button) or support.button,
            "amounts": list(support.amounts),
            "currency": support.currency,
            "field": support.field,
        },
        "search": {**_get_form(config.search.action), "field": config.search.field},
    }


def _get_form(address: str) -> dict[str, Json]:
    """Where a form with GET is sent; fields carry the query, which the form would lose."""
    parts = urlsplit(address)
    return {
        "action": urlunsplit((parts.scheme, parts.netloc, parts.path, "", "")),
        "hidden": [list(pair) for pair in parse_qsl(parts.query, keep_blank_values=True)],
    }


def _strings(config: Config, theme: Theme, lang: str) -> Strings:
    """The theme's texts: of the language itself, else of its family, else English."""
    base = lang.partition("-")[0]
    fallback = theme.strings.get("en", {})
    return {**fallback, **theme.strings.get(base, {}), **theme.strings.get(lang, {})}
