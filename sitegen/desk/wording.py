"""Outputs, and what they are made of, in words that an editor understands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from sitegen import i18n
from sitegen.desk.answer import Shown
from sitegen.model import Key, State
from sitegen.outputs import Copy, Output, Page, Text, Twin
from sitegen.plan.outdated import describe
from sitegen.site import Site

_SHOWN: Mapping[str, str] = {
    "article": "the text",
    "standing": "the text",
    "terms": "the names",
    "previous": "the headline of the article before it",
    "related": "cards of related articles",
    "translations": "links to its translations",
    "corrected": "the corrections",
    "articles": "its articles",
    "lead": "the first story",
    "top": "the next stories",
    "opinions": "opinion",
    "writers": "who wrote that",
    "breaking": "breaking news",
    "newest": "the newest article",
    "latest": "more stories",
    "term": "the name",
    "profile": "what there is to say",
    "portraits": "portraits",
    "_links": "what it links to or has in it",
}
"""What a page's need stands for, in front of the list of what it names."""
_GROUPS: Mapping[str, str] = {
    "sections": "the part of the section {}",
    "lists": "the list “{}”",
    "terms_of": "the names of {}",
    "data": "the data",
    "alternates": "the translations of {}",
    "pictures": "the pictures in the text of {}",
}
_WORKED_OUT: Mapping[str, str] = {
    "articles": "since when a notice stands there, and its reason",
    "listings": "the years and months that there are, and the numbers of their articles",
    "home": "the years that there are, and the day of the newest article",
    "feeds": "the instants of the articles that it holds, and addresses of other feeds",
    "headlines": "the instants of the articles that it holds",
    "sitemaps": "the addresses and instants of what it lists",
}
"""What plan works out for the pages of a family, apart from facts."""
_OTHER: Mapping[str, str] = {
    "corrections.html": "the log of corrections",
    "corrections.xml": "the feed of corrections",
    "headlines.json": "the headlines that the ticker reads",
    "404.html": "the page for addresses that are not there",
    "sitemap-index.xml": "the list of all sitemaps",
    "sitemap.xml": "a sitemap of a month's articles",
    "sitemap-pages.xml": "the sitemap of all pages that are no articles",
    "sitemap-news.xml": "the sitemap of what is news",
    "site.webmanifest": "the manifest for telephones",
    "llms.txt": "a list of what the site offers, for language models",
}
_TEXTS: Mapping[str, str] = {
    "host": "what the host is told",
    "wellknown": "a file that machines look for",
}
_FEEDS: Mapping[str, str] = {"feed.xml": "", "feed.json": " as JSON", "atom.xml": " in Atom"}
_INDEXES = {"tag": "tags", "author": "authors"}


class Wording:
    """Words for the outputs of one site."""

    def __init__(self, site: Site) -> None:
        self._archive = site.archive
        self._facts = site.facts
        self._articles = {article.source: article for article in site.articles}

    def what(self, output: Output) -> str:
        """What an output is: “the page of content/storm.md”."""
        if isinstance(output, Copy):
            return self._copy(output)
        if isinstance(output, Twin):
            return f"{self.what(output.of)}, compressed"
        if isinstance(output, Text):
            return _TEXTS[output.family]
        lang = f" ({output.lang})" if len(self._archive.config.all_languages) > 1 else ""
        if output.family == "articles" and "state" in output.values:
            return f"the notice in the place of content/{output.source}"
        if output.family == "redirects":
            return f"the page that leads on to {output.values['to']}"
        if output.source:
            return f"the page of content/{output.source}"
        if output.family == "home":
            return f"the home page{lang}"
        if output.family == "listings":
            return f"{self._listing(output)}{lang}"
        if output.template in _FEEDS:
            return f"{self._feed(output)}{lang}"
        return _OTHER.get(output.template, f"a page of the kind “{output.family}”") + lang

    def _copy(self, copy: Copy) -> str:
        file, form = self.file_of(copy), copy.form
        if form is None:
            return f"a copy of {file}"
        if copy.family == "icons":
            return f"an icon made from {file}"
        size = f", {form.width} by {form.height} pixels" if form.width else ""
        return f"the picture {file} as {form.format.upper()}{size}"

    def _feed(self, page: Page) -> str:
        term = next((key for name, key in page.needs if name == "term"), "")
        of = f" of {self.named(str(term))}" if term else ""
        if "period" in page.values:
            of = f" of all articles of {i18n.month_name(page.values['period'], 'en')}"
        return f"the feed{of}{_FEEDS[page.template]}"

    def _listing(self, page: Page) -> str:
        kind, period = page.values["kind"], page.values.get("period", "")
        if "counts" in page.values:
            return f"the list of all {_INDEXES.get(kind, kind)}"
        term = next((key for name, key in page.needs if name == "term"), "")
        of = self.named(str(term)) if term else "the archive"
        if not period:
            return f"the front of {of}"
        if "months" in page.values:
            return f"the months of {period} in {of}"
        name = i18n.month_name(period, "en") if "-" in period else period
        return f"the list of {name} in {of}"

    def file_of(self, copy: Copy) -> str:
        """The file that is copied, as an editor knows it."""
        theme, static = copy.source.startswith("theme: "), copy.source.startswith("static/")
        return copy.source if theme or static else f"content/{copy.source}"

    def shows(self, page: Page) -> Iterator[Shown]:
        """What a page shows, part by part."""
        for name, need in page.needs:
            keys = (need,) if isinstance(need, str) else need
            of = tuple(dict.fromkeys(filter(None, map(self.named, keys))))
            if of:
                group, _, inner = name.partition(".")
                what = _GROUPS[group].format(inner) if group in _GROUPS else _SHOWN.get(name, name)
                yield Shown(what, of)
        if page.values and (worked_out := _WORKED_OUT.get(page.family)):
            yield Shown(worked_out, ())

    def named(self, key: Key) -> str:
        """What a fact is of; empty for what only comes with another."""
        kind, _, rest = key.partition(":")
        if kind in ("body", "summary", "corrections", "url"):
            return f"content/{rest}"
        if kind in ("term", "profile", "portrait"):
            listing, slug, lang = rest.split(":")
            fact = f"term:{listing}:{slug}:{lang}"
            return f"the {listing} {json.loads(self._facts.values([fact])[fact])['name']}"
        if kind in ("hero", "square"):
            rest = rest.partition(":")[2]
        if kind in ("link", "picture", "hero", "square"):
            return self._linked(rest)
        if kind == "data":
            return f"data/{rest}"
        return "" if kind == "length" else describe(key)

    def _linked(self, ref: str) -> str:
        kind, _, target = ref.partition(":")
        if kind == "file":
            return f"content/{target}"
        source = self._archive.source_of(ref)
        if source is None:
            return target
        state = self._archive.state(source)
        held = state is None or state.held_back
        return f"content/{source}" + (" (not published: its words alone)" if held else "")

    def moved_by(self, page: Page) -> Iterator[str]:
        """Whether new articles change a page, as a sentence."""
        if page.family == "articles":
            yield "A new article leaves it alone."
        elif page.family == "home":
            yield "New articles, the end of breaking news, and the end of a choice by hand."
        elif "counts" in page.values:
            yield "An article more or less with one of these names: their numbers stand there."
        elif page.template == "sitemap-news.xml":
            yield "An article that is new or changed; one that is two days old leaves it."
        elif page.family in ("listings", "feeds") or page.template == "sitemap.xml":
            yield "An article among them that is new, changed or gone."

    def future(self, page: Page) -> Iterator[tuple[int, str]]:
        """The instants at which an article's page changes by itself, and what happens then."""
        article = self._articles.get(page.source) if page.family == "articles" else None
        if article is None or page.values.get("state") == State.WITHDRAWN:
            return
        ends = [(article.expires, "it expires"), (article.withdrawn, "it is withdrawn")]
        later = [(i, what) for i, what in ends if i is not None and i > self._archive.moment.now]
        for instant, what in sorted(later):
            yield instant, f"{what}, and a notice takes its place"
            return
