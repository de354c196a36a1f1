"""The same page in other languages, where the settings alone say that there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from sitegen import urls
from sitegen.config import Config
from sitegen.model import Json, ListingId


def others(config: Config, lang: str, url_in: Callable[[str], str]) -> Mapping[str, Json]:
    """`others` for the values of a page in `lang`; nothing in a site of one language.

    `url_in` gives the page's address in a language. Translations of articles and standing pages
    are needs instead: which there are depends on what readers can see.
    """
    languages = [code for code in config.all_languages if code != lang]
    if not languages:
        return {}
    found = [{"lang": code, "url": url_in(code), "indexed": True} for code in languages]
    return {"others": found}


def by_path(config: Config) -> Mapping[str, Mapping[str, Json]]:
    """The pages but home that `others` is asked for, by their paths, and what it says of each."""
    return {
        urls.path_of(url_in(lang)): others(config, lang, url_in)
        for url_in in _in_all_languages(config)
        for lang in config.all_languages
    }


def _in_all_languages(config: Config) -> Iterator[Callable[[str], str]]:
    """The addresses, by language, of the archive, sections, indexes and corrections."""
    yield lambda lang: config.front_url(ListingId(lang, "site"))
    for slug in config.sections:
        yield partial(_section, config, slug)
    for kind in ("tag", "author", *config.taxonomies):
        yield partial(config.index_url, kind)
    if config.urls.corrections:
        yield config.corrections_url


def _section(config: Config, slug: str, lang: str) -> str:
    return config.front_url(ListingId(lang, "section", slug))


def are_told_by_paths(config: Config) -> bool:
    """Whether `language_at` is right: what a pattern makes could begin with a code, too.

    What `/{slug}/` makes of a code alone would be where the home of that language is.
    """
    doubtful = (*(f"/{code}/" for code in config.languages), "/{slug}/")
    own = (config.urls.section, config.urls.tag, config.urls.author)
    patterns = (*own, *(taxonomy.url or "" for taxonomy in config.taxonomies.values()))
    return not any(each.startswith(doubtful) and each != "/{slug}/" for each in patterns)


def language_at(config: Config, path: str) -> str:
    """Of a listing's page; addresses of a further language begin with its code."""
    first = path.partition("/")[0]
    return first if first in config.languages else config.site.language
