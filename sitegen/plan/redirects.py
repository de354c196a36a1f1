"""Old addresses: which ones lead where, and the pages that lead there on hosts without rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from sitegen import urls
from sitegen.config import Config
from sitegen.model import Archive, Article, Edit, State
from sitegen.outputs import Page, Touched

APACHE_RULES = 2_000
"""Redirects in `.htaccess` at most: Apache reads all of it for each request. Others are pages."""
WITH_PAGES = frozenset({"plain", "github-pages", "s3"})
"""Hosts that are told of a redirect by a page alone (S3 also by what goes with it to its store)."""


class Redirect(NamedTuple):
    """An old address and what it leads to. Both are relative to the site."""

    old: str
    """With “*” at its end: every address that begins so."""
    new: str
    """An address of the site or of another, or GONE; with “*”: what “*” stood for comes there."""
    lang: str
    source: str = ""
    """Whose alias it is; empty for a rule of the settings."""

    @property
    def below(self) -> bool:
        """Whether it is a rule for all addresses that begin in one way."""
        return self.old.endswith("*")

    @property
    def gone(self) -> bool:
        return self.new == urls.GONE


def redirects_of(archive: Archive, config: Config) -> list[Redirect]:
    """Rules, then the aliases of what readers can see or could once see; none in a preview."""
    if archive.moment.preview:
        return []
    lang = config.site.language
    found = [Redirect(old, new, lang) for old, new in config.redirects.items()]
    for document in archive.documents:
        if document.kind == "page" and archive.state(document.source) is State.LIVE:
            url = document.facts["url"]
            for old in _elsewhere(url, document.facts["aliases"]):
                found.append(Redirect(old, url, document.lang, document.source))
    live = chain.from_iterable(archive.moved(lang) for lang in config.all_languages)
    for article in chain(live, (article for article, _ in archive.notices())):
        for old in _elsewhere(article.url, article.aliases):
            found.append(Redirect(old, article.url, article.lang, article.source))
    return found


def _elsewhere(url: str, aliases: Sequence[str]) -> Iterator[str]:
    """The old addresses, each once, but its own: that in other letters is one file with it."""
    own = urls.same_place(urls.path_of(url)) if aliases else ""
    for old in dict.fromkeys(aliases):
        if urls.same_place(urls.path_of(old)) != own:
            yield old


class OldAddresses:
    """The addresses of which a site's redirects say what became of them."""

    def __init__(self, redirects: Iterable[Redirect]) -> None:
        old = [redirect.old for redirect in redirects]
        self._single = frozenset(old)
        self._below = tuple(url[:-1] for url in old if url.endswith("*"))

    def __contains__(self, url: str) -> bool:
        return url in self._single or url.startswith(self._below)


def by_pages(redirects: list[Redirect], target: str) -> list[Redirect]:
    """Those that a page stands for on the host called `target`."""
    single = [r for r in redirects if not r.below and not r.gone]
    if target == "apache":
        return single[APACHE_RULES:]
    return single if target in WITH_PAGES else []


def pages(archive: Archive, config: Config) -> Iterator[Page]:
    """A page that leads on at each old address, where the host has no better way."""
    every = redirects_of(archive, config)
    yield from map(_page, by_pages(every, config.host_settings.target))


def touched(archive: Archive, config: Config, edits: Sequence[Edit]) -> Iterator[Touched]:
    """The pages at the old addresses of articles of which these are others, or lead elsewhere.

    The host must be one `WITH_PAGES` for all of them.
    """
    for before, after in edits:
        if not before or not after or _led(before) == _led(after):
            continue
        yield from ((urls.path_of(old), None) for old in before.aliases)
        for old in _elsewhere(after.url, after.aliases):
            page = _page(Redirect(old, after.url, after.lang, after.source))
            yield page.path, page


def _led(article: Article) -> tuple[str, Sequence[str]]:
    return article.url, article.aliases


def _page(redirect: Redirect) -> Page:
    old, new, lang, source = redirect
    return Page(urls.path_of(old), "redirect.html", "redirects", lang, (), {"to": new}, source)
