"""Old addresses of lists: which of them the new site answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sitegen import urls
from sitegen.importers.addresses import key_of
from sitegen.importers.shelf import Shelf
from sitegen.importers.things import Matter, Unanswered, Value, Wishes

_PATTERNS = {"section": "/{slug}/", "tag": "/tags/{slug}/", "author": "/authors/{slug}/"}
"""Those of a new site."""
_FIELDS = {"section": "section", "tags": "tag", "authors": "author"}
_ALWAYS = ("/", "/archive/", "/tags/", "/authors/")


class Lists:
    """Is told of all lists and of all articles."""

    def __init__(self, wishes: Wishes) -> None:
        self._shelf = Shelf()
        self._patterns = {**_PATTERNS, **wishes.terms}
        self._ascii = wishes.ascii_slugs
        for path in _ALWAYS:
            self._answer(path)

    def _answer(self, path: str) -> None:
        self._shelf.put("answered", key_of(path), True)

    def old(self, path: str, where: str) -> None:
        """There was a list at this address."""
        self._shelf.claim("old", path.partition("#")[0], where)

    def article(self, matter: Matter) -> None:
        """There is an article, and so the lists that it is in."""
        for field, kind in _FIELDS.items():
            for name in _names(matter.get(field)):
                slug = urls.slug_of(name, ascii_only=self._ascii)
                self._answer(urls.permalink(self._patterns[kind], {"slug": slug}))
        day = matter.get("date")
        if isinstance(day, date):
            self._answer(f"/{day:%Y}/")
            self._answer(f"/{day:%Y/%m}/")

    def unanswered(self) -> Iterator[Unanswered]:
        for path, where in self._shelf.each("old"):
            if "?" in path or self._shelf.get("answered", key_of(path)) is None:
                yield Unanswered("archive", path, where)


def _names(value: Value | None) -> Iterator[str]:
    if isinstance(value, str) and value:
        yield value
    elif isinstance(value, list | tuple):
        yield from map(str, value)
