"""Languages of an export: those of Polylang, and of WPML where its own plugin for exports was used.

Polylang keeps an item's language as a term of `language`, whose slug stands in addresses, and its
translations as those items that share a term of `post_translations`. Both are only in an export of
all content. WPML keeps them in tables that no export has, unless its plugin “Export and Import” is
active: that gives each item the fields below. Else addresses tell, since WPML makes each post's in
its own language: by a folder or behind “?”. Copies that it made itself say what they are copies of.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from sitegen import i18n
from sitegen.importers.addresses import Home
from sitegen.importers.shelf import Shelf
from sitegen.importers.things import Event, Loss, Setting, Wishes
from sitegen.importers.wordpress.records import Item, Term

TAXONOMIES = ("language", "post_translations", "term_language", "term_translations")
_LOCALE = re.compile(r's:6:"locale";s:\d+:"([\w-]+)"')
_CODE = "_wpml_import_language_code"
_SOURCE = "_wpml_import_source_language_code"
"""Empty for what is no translation."""
_GROUP = "_wpml_import_translation_group"
_COPY = "_icl_lang_duplicate_of"
"""The number of the item that WPML has copied into another language."""
_OF_WPML = ("_wpml_", "_icl_")
_IN_ADDRESS = re.compile(r"/([a-z]{2,3}(?:-[a-z]{2,4})?)(?:/|$)|.*[?&]lang=([a-z-]+)")


class Languages:
    """Which language each item is in, and what it is a translation of."""

    def __init__(self, shelf: Shelf, own: str, wishes: Wishes, old: Home) -> None:
        """`own`: the language of the new site."""
        self._shelf = shelf
        self._old = old
        self._own = own
        self._wishes = wishes
        self._locales: dict[str, str] = {}
        self._found: dict[str, None] = {}
        """Further languages that items are in."""
        self._unsaid = False
        """WPML was there, and the export does not tell its languages."""
        self._guessed = False
        """They are those of addresses."""

    @property
    def found(self) -> Collection[str]:
        """Further languages that items are in, and that the site has."""
        return {*self._found, *self._wishes.languages}

    def learn_term(self, term: Term) -> None:
        if term.taxonomy == "language" and (found := _LOCALE.search(term.description)):
            self._locales[term.slug] = found[1].replace("_", "-")

    def learn(self, item: Item) -> None:
        if code := self.of(item):
            self._found[code] = None
            self._guessed = self._guessed or _is_silent(item)
        self._unsaid = self._unsaid or _is_silent(item)
        if _is_silent(item):
            self._shelf.put("slug of", item.id, item.slug)
        if group := _group(item):
            ids = self._shelf.get("translations", group) or {}
            self._shelf.put("translations", group, ids | {self.of(item): item.id})
            self._shelf.put("slug of", item.id, item.slug)
            if _CODE in item.meta and not item.meta.get(_SOURCE):
                self._shelf.put("original", group, self.of(item))

    def of(self, item: Item) -> str:
        """The code of its language; empty where that is the site's own, or nobody knows it."""
        named = (term.slug for term in item.terms if term.taxonomy == "language")
        slug = next(named, "") or item.meta.get(_CODE, "") or self._in_address(item)
        code = slug if i18n.is_language(slug) else self._locales.get(slug, "")
        if not code or code.partition("-")[0].lower() == self._own.partition("-")[0].lower():
            return ""
        return code if i18n.is_language(code) else ""

    def _in_address(self, item: Item) -> str:
        found = _IN_ADDRESS.match(self._old.path(item.link) or "") if _is_silent(item) else None
        return (found[1] or found[2]) if found else ""

    def allows(self, code: str) -> bool:
        """Whether the site has a language, or will have it."""
        return self._wishes.settings_hold or code in self._wishes.languages

    def original(self, item: Item) -> str:
        """The number of the item that it is a translation of; empty: of none."""
        if (copied := item.meta.get(_COPY, "")) and _is_silent(item):
            return copied if self.of(item) and self._shelf.get("slug of", copied) else ""
        group = _group(item)
        ids: dict[str, str] = (self._shelf.get("translations", group) if group else None) or {}
        known = {code: id for code, id in ids.items() if not code or self.allows(code)}
        said: str = (self._shelf.get("original", group) if group else None) or ""
        original = known.get("") or known.get(said) or next(iter(known.values()), "")
        return "" if original == item.id or self.of(item) not in ids else original

    def slug_of(self, id: str) -> str:
        return self._shelf.get("slug of", id) or ""

    def settings(self, title: str) -> Iterator[Event]:
        for code in self._found:
            yield Setting(("languages", code, "title"), title)
        if self._guessed:
            detail = (
                "WPML was used: languages are those in addresses, such as /fr/, and nobody knows"
            )
            yield Loss("language", "all articles", f"{detail} which articles are translations")
        elif self._unsaid:
            yield Loss("language", "all articles", "WPML was used, and this export does not say")


def _is_silent(item: Item) -> bool:
    """Whether WPML has marked it, and its language is not told."""
    return _CODE not in item.meta and any(name.startswith(_OF_WPML) for name in item.meta)


def _group(item: Item) -> str:
    terms = (term.slug for term in item.terms if term.taxonomy == "post_translations")
    return next(terms, "") or item.meta.get(_GROUP, "")
