"""Old addresses of lists and of pages that led on: which the new site answers, and from where."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sitegen import urls
from sitegen.importers.addresses import key_of, path_of
from sitegen.importers.placing import readable
from sitegen.importers.shelf import Shelf
from sitegen.importers.things import Event, Matter, Setting, Unanswered, Value, Wishes

_PATTERNS = {"section": "/{slug}/", "tag": "/tags/{slug}/", "author": "/authors/{slug}/"}
"""Those of a new site."""
_FIELDS = {"section": "section", "tags": "tag", "authors": "author"}
_KINDS = {
    **dict.fromkeys(("author", "authors"), "author"),
    **dict.fromkeys(("tag", "tags", "topic", "topics"), "tag"),
    **dict.fromkeys(("category", "categories", "section", "sections"), "section"),
}
"""What folders of lists are called."""
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

    def moved(self, path: str, to: str) -> None:
        """A page at this address led on."""
        self._shelf.put("moved", path, to)

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

    def events(self) -> Iterator[Event]:
        """Once all articles are known."""
        for path, where in self._shelf.each("old"):
            if "?" not in path and (now := self._now(path)):
                if key_of(now) != key_of(path):
                    yield Setting(("redirects", readable(path)), now)
            else:
                yield Unanswered("archive", path, where)
        for path, to in self._shelf.each("moved"):
            yield Setting(("redirects", readable(path)), self._now(to) or readable(to))

    def _now(self, path: str) -> str:
        """Where that list is in the new site; empty where there is none."""
        if self._shelf.get("answered", key_of(path)) is not None:
            return readable(path)
        folder, _, name = path_of(path).strip("/").partition("/")
        pattern = self._patterns.get(_KINDS.get(folder.lower(), ""), "")
        slug = urls.slug_of(name, ascii_only=self._ascii)
        if not pattern or not slug or "/" in name:
            return ""
        new = urls.permalink(pattern, {"slug": slug})
        return readable(new) if self._shelf.get("answered", key_of(new)) is not None else ""


def _names(value: Value | None) -> Iterator[str]:
    if isinstance(value, str) and value:
        yield value
    elif isinstance(value, list | tuple):
        yield from map(str, value)
