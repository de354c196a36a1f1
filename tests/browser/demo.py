"""The demo newspaper as built: which addresses show a kind of page, found in what came out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

KINDS = {
    "home": "index.html",
    "section": "harbour/index.html",
    "tag": "tags/*/index.html",
    "author": "authors/*/index.html",
    "archive": "archive/index.html",
    "year": "2*/index.html",
    "month": "2*/*/index.html",
    "tag index": "tags/index.html",
    "author index": "authors/index.html",
    "place index": "place/index.html",
    "standing page": "about/index.html",
    "corrections log": "corrections/index.html",
}
"""Kinds of pages that both languages have, and where they lie; a page that is not there is next."""
ENGLISH_KINDS = {
    "tag's year": "tags/*/2*/index.html",
    "section's month": "harbour/2*/*/index.html",
    "section's year": "harbour/2*/index.html",
}
ARTICLES = "articles"
NOTICE = "notice"
NOT_FOUND = "not found"
ENGLISH = (*KINDS, *ENGLISH_KINDS, ARTICLES, NOTICE, NOT_FOUND)
ARABIC = tuple(f"arabic {kind}" for kind in (*KINDS, ARTICLES, NOT_FOUND))
ALL = (*ENGLISH, *ARABIC)

BLOCKS = (
    'class="key-points"',
    'class="faq"',
    'id="corrections"',
    'class="corrected"',
    'class="sources"',
    'class="why"',
    'class="means"',
    'class="hero"',
    'class="ai"',
    'class="translations"',
    'class="tags"',
    'class="related"',
    'class="paywall"',
    'class="footnotes"',
    'class="embed"',
    "<audio",
    "<blockquote",
    "<table",
    "<pre",
)
"""What an article may show; what none of the demo shows is left out."""


@dataclass(frozen=True)
class Demo:
    """A build of the demo newspaper."""

    public: Path

    def addresses(self, kind: str) -> list[str]:
        """Where pages of a `kind` are: one, or as many articles as show every block."""
        name = kind.removeprefix("arabic ")
        root = "ar/" if kind.startswith("arabic ") else ""
        if name == NOT_FOUND:
            return [f"/{root}no-such-page/"]
        if name == ARTICLES:
            return self.articles(root)
        if name == NOTICE:
            return [self.first('class="notice"')]
        pattern = root + (KINDS | ENGLISH_KINDS)[name]
        found = [path for path in self.pages if Path(path).match(pattern)]
        found = [path for path in found if path.count("/") == pattern.count("/")]
        assert found, f"the demo has no page {pattern}"
        return [address(max(found, key=lambda path: len(self.pages[path])))]

    def articles(self, root: str = "") -> list[str]:
        """Few articles of a language that together show every block that any of them shows."""
        lang = 'lang="ar"' if root else 'lang="en-GB"'
        held = {
            path: {block for block in BLOCKS if block in text}
            for path, text in self.pages.items()
            if '<p class="byline">' in text and f"<html {lang}" in text
        }
        missing = set().union(*held.values())
        few = []
        while missing:
            best = max(held, key=lambda path: (len(held[path] & missing), path))
            few.append(address(best))
            missing -= held[best]
        return few

    def first(self, *texts: str, without: str = "\0") -> str:
        """The address of the largest page that holds all `texts`."""
        found = [
            path
            for path, html in self.pages.items()
            if all(text in html for text in texts) and without not in html
        ]
        assert found, f"no page of the demo holds {texts}"
        return address(max(found, key=lambda path: len(self.pages[path])))

    @cached_property
    def pages(self) -> dict[str, str]:
        """Path → text of every HTML file."""
        return {
            path.relative_to(self.public).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(self.public.rglob("*.html"))
        }


def address(path: str) -> str:
    """The address at which a host serves the file `path`."""
    return "/" + quote(path.removesuffix("index.html"))
