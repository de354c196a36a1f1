"""What a first reading of an export finds out, so that the second can make each thing at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sitegen import urls
from sitegen.importers.addresses import key_of, path_of, split
from sitegen.importers.media import media_path, originals
from sitegen.importers.shelf import Shelf
from sitegen.importers.text import line_of
from sitegen.importers.things import Wishes
from sitegen.importers.wordpress.addresses import OldHome, id_in
from sitegen.importers.wordpress.dates import ahead
from sitegen.importers.wordpress.languages import Languages
from sitegen.importers.wordpress.records import Author, Item, Named, Record, Term
from sitegen.importers.wordpress.taxonomies import OWN, Taxonomies
from sitegen.settings import TAKEN

STORIES = ("post", "page")
_UPLOADS = "wp-content/"
_UNSORTED = re.compile(
    r"un(cat|kat)egori[sz]ed.*|non-classe|sin-categoria|senza-categoria|sem-categoria"
)
"""Slugs of the category that WordPress gives to what has none, in several languages."""
_FIELDS = frozenset(
    {"footnotes", "enclosure", "wps_subtitle", "kia_subtitle", "subtitle", "standfirst", "deck"}
    | {"dek", "rank_math_description", "rank_math_primary_category", "rank_math_title"}
)
"""Those that are carried over, or told of each article."""
_MOST_FIELDS = 1000
_CREDIT = re.compile(r's:\d+:"credit";s:\d+:"(.*?)";')
"""In the values of an attachment, as PHP writes them: who made the picture, by the file itself."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or other file of the old site's."""

    id: str
    address: str
    title: str
    alt: str
    caption: str
    credit: str


class Known:
    """All that is known of the export, on a shelf."""

    def __init__(self, old: OldHome, wishes: Wishes, language: str) -> None:
        """`language`: that of the new site."""
        self.old = old
        self.stories = (*STORIES, *wishes.types)
        self.ascii_slugs = wishes.ascii_slugs
        self._shelf = Shelf()
        self.languages = Languages(self._shelf, language, wishes, old)
        self.taxonomies = Taxonomies(wishes, self.languages)
        self.clocks: Counter[int] = Counter()
        """Minutes ahead of UTC → how many articles were written then."""
        self.fields: Counter[str] = Counter()
        """Names of fields that WordPress shows to editors → how many items have one."""
        self.media_hosts: set[str] = set()
        """Where attachments lie: another host than the site's, on WordPress.com."""

    def learn(self, record: Record) -> None:
        """Remember what other records may ask for."""
        put = self._shelf.put
        if isinstance(record, Author):
            put("author", record.login, record.name)
        elif isinstance(record, Term):
            put("term", f"{record.taxonomy} {record.slug}", record)
            put("term id", record.id, record)
            self.languages.learn_term(record)
        elif record.type == "attachment":
            self._learn_file(record)
        elif record.type == "wp_block":
            put("block", record.id, record.content)
        elif record.type == "guest-author":
            login = record.meta.get("cap-user_login", record.slug)
            put("author", login, record.meta.get("cap-display_name") or line_of(record.title))
        elif record.type in self.stories:
            self._learn_story(record)

    def _learn_file(self, item: Item) -> None:
        parts = split(item.file)
        if parts is None:
            return
        if not self.old.owns(parts.hostname):
            self.media_hosts.add(parts.hostname or "")
        credit = item.meta.get("_media_credit") or ""
        if not credit and (found := _CREDIT.search(item.meta.get("_wp_attachment_metadata", ""))):
            credit = found[1]
        alt = item.meta.get("_wp_attachment_image_alt", "")
        texts = (item.title, alt, item.excerpt, credit)
        self._shelf.put("file", item.id, Attachment(item.id, item.file, *map(line_of, texts)))
        path = self.old.path(item.file) or parts.path
        self._shelf.put("file at", key_of(path), item.id)
        if item.parent in ("", "0"):
            return
        siblings = self._shelf.get("files of", item.parent) or []
        order = int(item.order) if item.order.lstrip("-").isdigit() else 0
        self._shelf.put("files of", item.parent, sorted([*siblings, (order, item.id)])[:500])

    def _learn_story(self, item: Item) -> None:
        if (minutes := ahead(item)) is not None:
            self.clocks[minutes] += 1
        path = self.old.path(item.link)
        if path and not id_in(path):
            if path != "/":  # home is sitegen's, whatever page that was
                self._shelf.put("story at", key_of(path), item.id)
            self._shelf.put("address of", item.id, path)
        else:
            self._shelf.put("address of", item.id, "")
        if item.status != "trash":
            self.languages.learn(item)
            if item.type != "page":
                self.taxonomies.learn(item)
        for name in item.meta:
            known = name in _FIELDS or own_field(name, item.meta)
            if not name.startswith("_") and not known and len(self.fields) < _MOST_FIELDS:
                self.fields[name] += 1
        if item.status != "publish" or item.password:
            return
        if item.type == "page":
            return
        for login in self.logins(item):
            self._count("author", login)
        section = self.section(item)
        language = self.languages.of(item)
        if section is not None:
            self._count("section", section.slug)
            self.claim("language", f"category {section.slug}", language)
        others = (term for term in item.terms if term.taxonomy not in OWN)
        for term in (*self.tags(item), *others):
            self._count("tag", f"{term.taxonomy} {term.slug}")
            self.claim("language", f"{term.taxonomy} {term.slug}", language)

    def _count(self, kind: str, key: str) -> None:
        self._shelf.put(f"used {kind}", key, self.uses(kind, key) + 1)

    # What can be asked.

    def language_of(self, term: Term) -> str:
        """The language of the first article that is in it; empty: the site's own."""
        language: str | None = self._shelf.get("claim language", f"{term.taxonomy} {term.slug}")
        return language if language and self.languages.allows(language) else ""

    def uses(self, kind: str, key: str) -> int:
        """By how many published articles an `author`, a `section` or another term is used."""
        return self._shelf.get(f"used {kind}", key) or 0

    def sections(self) -> Iterator[tuple[str, int]]:
        """Slugs of categories that are sections, with the number of their articles."""
        return self._shelf.each("used section")

    def attachment(self, id: str) -> Attachment | None:
        found: Attachment | None = self._shelf.get("file", id)
        return found

    def attachment_at(self, path: str) -> Attachment | None:
        id = self._shelf.get("file at", key_of(path))
        return self.attachment(id) if id else None

    def file_at(self, path: str) -> str:
        """The path of the original of a file, as far as anybody knows; empty: it is no file."""
        names = [f"/{name}" for name in originals(media_path(path)) if name]
        known = next((name for name in names if self.attachment_at(name)), "")
        return known or (path_of(path) if path.lstrip("/").startswith(_UPLOADS) else "")

    def fetched_at(self, path: str) -> str:
        """Where an attachment lies, which may be another host; empty: it is none."""
        file = self.attachment_at(path)
        return file.address if file else ""

    def files_of(self, id: str) -> list[str]:
        """The attachments of an article, in their order."""
        return [file for _, file in self._shelf.get("files of", id) or ()]

    def story_at(self, path: str) -> str:
        """The number of the article or page at an old address; empty: there is none."""
        id = id_in(path)
        if id:
            return id if self._shelf.get("address of", id) is not None else ""
        return self._shelf.get("story at", key_of(path)) or ""

    def block(self, id: str) -> str:
        """The content of a block that several articles share."""
        return self._shelf.get("block", id) or ""

    def author(self, login: str) -> str:
        return self._shelf.get("author", login) or line_of(login)

    def term(self, taxonomy: str, slug: str) -> Term | None:
        found: Term | None = self._shelf.get("term", f"{taxonomy} {slug}")
        return found

    def claim(self, kind: str, key: str, owner: str) -> bool:
        """Whether it is the first to ask for `key`."""
        return self._shelf.claim(f"claim {kind}", key, owner) == owner

    def logins(self, item: Item) -> list[str]:
        """Who wrote it; several where a plugin says so."""
        several = [term.name for term in item.terms if term.taxonomy == "author"]
        return several or ([item.creator] if item.creator else [])

    def section(self, item: Item) -> Named | None:
        """Of its categories the one that a plugin calls the first, else the first that tells."""
        usable = [term for term in item.terms if term.taxonomy == "category" and self._may_be(term)]
        first = item.meta.get("_yoast_wpseo_primary_category") or item.meta.get(
            "rank_math_primary_category", ""
        )
        known: Term | None = self._shelf.get("term id", first) if first else None
        chosen = [term for term in usable if known is not None and term.slug == known.slug]
        return next(iter([*chosen, *usable]), None)

    def tags(self, item: Item) -> list[Named]:
        """Its tags, and the categories that are not its section."""
        section = self.section(item)
        found = [term for term in item.terms if term.taxonomy == "post_tag"]
        found += [
            term
            for term in item.terms
            if term.taxonomy == "category" and term != section and not unsorted(term.slug)
        ]
        return [term for term in found if self.slug(term.name)]

    def slug(self, name: str) -> str:
        """What a term is called in addresses; empty where it can have none."""
        slug = urls.slug_of(line_of(name), ascii_only=self.ascii_slugs)
        try:
            urls.check_segment(slug)
        except ValueError:
            return ""
        return slug

    def _may_be(self, term: Named) -> bool:
        slug = self.slug(term.name)
        usable = bool(slug) and slug not in TAKEN and not re.fullmatch(r"\d{4}", slug)
        return usable and not unsorted(term.slug)


def own_field(name: str, meta: Mapping[str, str]) -> bool:
    """Whether it is a field of Advanced Custom Fields: `_name` says which, `field_5f3a…`."""
    return not name.startswith("_") and meta.get(f"_{name}", "").startswith("field_")


def unsorted(slug: str) -> bool:
    return bool(_UNSORTED.fullmatch(slug))
