"""Languages of an export: those of Polylang, and of WPML where its own plugin for exports was used.

Polylang keeps an item's language as a term of `language`, whose slug stands in addresses, and its
translations as those items that share a term of `post_translations`. Both are only in an export of
all content. WPML keeps them in tables that no export has, unless its plugin makes fields of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from sitegen import i18n
from sitegen.importers.shelf import Shelf
from sitegen.importers.things import Event, Loss, Setting, Wishes
from sitegen.importers.wordpress.records import Item, Term

TAXONOMIES = ("language", "post_translations", "term_language", "term_translations")
_LOCALE = re.compile(r's:6:"locale";s:\d+:"([\w-]+)"')
_CODE = "_wpml_import_language_code"
_GROUP = "_wpml_import_translation_group"
_OF_WPML = ("_wpml_", "_icl_")


class Languages:
    """Which language each item is in, and what it is a translation of."""

    def __init__(self, shelf: Shelf, own: str, wishes: Wishes) -> None:
        """`own`: the language of the new site."""
        self._shelf = shelf
        self._own = own
        self._wishes = wishes
        self._locales: dict[str, str] = {}
        self._found: dict[str, None] = {}
        """Further languages that items are in."""
        self._unsaid = False
        """WPML was there, and the export does not tell its languages."""

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
        elif _CODE not in item.meta and any(name.startswith(_OF_WPML) for name in item.meta):
            self._unsaid = True
        if group := _group(item):
            ids = self._shelf.get("translations", group) or {}
            self._shelf.put("translations", group, ids | {self.of(item): item.id})
            self._shelf.put("slug of", item.id, item.slug)

    def of(self, item: Item) -> str:
        """The code of its language; empty where that is the site's own, or nobody knows it."""
        named = (term.slug for term in item.terms if term.taxonomy == "language")
        slug = next(named, "") or item.meta.get(_CODE, "")
        code = slug if i18n.is_language(slug) else self._locales.get(slug, "")
        if not code or code.partition("-")[0].lower() == self._own.partition("-")[0].lower():
            return ""
        return code if i18n.is_language(code) else ""

    def allows(self, code: str) -> bool:
        """Whether the site has a language, or will have it."""
        return self._wishes.settings_hold or code in self._wishes.languages

    def original(self, item: Item) -> str:
        """The number of the item that it is a translation of; empty: of none."""
        group = _group(item)
        ids: dict[str, str] = (self._shelf.get("translations", group) if group else None) or {}
        known = [id for code, id in ids.items() if not code or self.allows(code)]
        original = ids.get("") or next(iter(known), "")
        return "" if original == item.id or self.of(item) not in ids else original

    def slug_of(self, id: str) -> str:
        return self._shelf.get("slug of", id) or ""

    def settings(self, title: str) -> Iterator[Event]:
        for code in self._found:
            yield Setting(("languages", code, "title"), title)
        if self._unsaid:
            yield Loss("language", "all articles", "WPML was used, and this export does not say")


def _group(item: Item) -> str:
    terms = (term.slug for term in item.terms if term.taxonomy == "post_translations")
    return next(terms, "") or item.meta.get(_GROUP, "")
