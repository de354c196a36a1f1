"""What a first reading of an export finds out: the tables stand by the alphabet, posts first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sitegen import urls
from sitegen.importers.addresses import key_of
from sitegen.importers.ghost.reading import Record
from sitegen.importers.ghost.routes import Collection, Routes
from sitegen.importers.shelf import Shelf
from sitegen.importers.text import name_of
from sitegen.instants import zone

_DIGITS = 13
"""A number of that many digits is milliseconds; older exports have those."""


@dataclass(frozen=True, slots=True)
class Term:
    """A tag or an author."""

    id: str
    name: str
    slug: str
    internal: bool = False
    """A tag that only editors see."""


@dataclass(frozen=True, slots=True)
class Post:
    """What an address is made of."""

    id: str
    slug: str
    is_page: bool
    published: datetime | None
    """None: it is not."""


class Known:
    """All that is known of the export, on a shelf."""

    def __init__(self, routes: Routes, ascii_slugs: bool) -> None:
        self._shelf = Shelf()
        self._routes = routes
        self._ascii = ascii_slugs
        self.settings: dict[str, str] = {}

    def learn(self, record: Record) -> None:
        """Remember what other records may ask for."""
        put, id = self._shelf.put, record.text("id")
        post = record.text("post_id")
        match record.table:
            case "posts":
                put("post", record.text("slug"), post_of(record))
                self._learn_owner(record)
            case "tags":
                put("tag", id, _tag(record))
            case "users":
                name = name_of(record.text("name")) or record.text("slug")
                put("author", id, Term(id, name, record.text("slug")))
            case "posts_tags":
                self._relate("tags", post, record, "tag_id")
            case "posts_authors":
                self._relate("authors", post, record, "author_id")
            case "posts_meta":
                put("meta", post, record)
            case "settings":
                self.settings[record.text("key")] = record.text("value")

    def _learn_owner(self, record: Record) -> None:
        """Older exports name one author in the post itself."""
        if owner := record.text("author_id"):
            self._shelf.put("owner", record.text("id"), owner)

    def _relate(self, kind: str, post: str, record: Record, name: str) -> None:
        order = record.values.get("sort_order")
        related = [*(self._shelf.get(kind, post) or ()), (order or 0, record.text(name))]
        self._shelf.put(kind, post, related)

    def settle(self) -> None:
        """Once all is learnt: note which tags and authors readers can see."""
        for _, post in self._shelf.each("post"):
            if post.published is not None and not post.is_page:
                for kind, terms in (("tag", self.tags(post.id)), ("author", self.authors(post.id))):
                    for term in terms:
                        self._shelf.put(f"used {kind}", term.id, True)

    # What can be asked.

    def tags(self, post: str) -> list[Term]:
        """In the order that the editor gave them; the first that is not internal is the primary."""
        return list(self._related("tags", "tag", post))

    def authors(self, post: str) -> list[Term]:
        found = list(self._related("authors", "author", post))
        if not found and (owner := self._shelf.get("owner", post)) is not None:
            known = self._shelf.get("author", owner)
            return [known] if known else []
        return found

    def _related(self, kind: str, single: str, post: str) -> Iterator[Term]:
        for _, id in sorted(self._shelf.get(kind, post) or (), key=lambda pair: pair[0]):
            if (term := self._shelf.get(single, id)) is not None:
                yield term

    def uses(self, kind: str, id: str) -> bool:
        return self._shelf.get(f"used {kind}", id) is not None

    def claim(self, kind: str, key: str, owner: str) -> bool:
        """Whether it is the first to ask for `key`."""
        return self._shelf.claim(f"claim {kind}", key, owner) == owner

    def meta(self, post: str) -> Record:
        """What newer versions keep of a post in a table of its own."""
        found: Record | None = self._shelf.get("meta", post)
        return found or Record("posts_meta", {})

    def slug(self, name: str) -> str:
        return urls.slug_of(name, ascii_only=self._ascii)

    def section(self, tags: list[Term]) -> Term | None:
        """The first tag, where addresses say that it is more than a tag."""
        public = [tag for tag in tags if not tag.internal]
        return public[0] if public and self._routes.has_sections else None

    def url(self, post: Post) -> str:
        """Where Ghost shows it; empty: nowhere that anybody here could know."""
        if post.is_page:
            return f"/{post.slug}/"
        tags = [tag for tag in self.tags(post.id) if not tag.internal]
        where = next((c for c in self._routes.collections if _is_in(c, tags)), None)
        if where is None:
            return ""
        authors = self.authors(post.id)
        moment = (post.published or datetime(2000, 1, 1, tzinfo=UTC)).astimezone(self._zone())
        parts = {
            **{"slug": post.slug, "id": post.id},
            "primary_tag": tags[0].slug if tags else "all",
            "primary_author": authors[0].slug if authors else "all",
            **{"year": f"{moment:%Y}", "month": f"{moment:%m}", "day": f"{moment:%d}"},
        }
        url = where.permalink
        for name, value in parts.items():
            url = url.replace(f"{{{name}}}", value).replace(f":{name}", value)
        return url

    def _zone(self) -> Any:
        try:
            return zone(self.timezone)
        except ValueError:
            return UTC

    @property
    def timezone(self) -> str:
        return self.settings.get("timezone") or self.settings.get("activeTimezone") or ""

    def story_at(self, path: str) -> str | None:
        """The id of the post or page at an address within the site."""
        key = key_of(path)
        post: Post | None = self._shelf.get("post", key.rpartition("/")[2])
        return post.id if post and key_of(self.url(post)) == key else None


def _is_in(collection: Collection, tags: list[Term]) -> bool:
    if collection.unknown:
        return False
    if not collection.tag:
        return True
    asked = tags[:1] if collection.primary else tags
    return collection.tag in [tag.slug for tag in asked]


def _tag(record: Record) -> Term:
    name = name_of(record.text("name"))
    internal = record.text("visibility") == "internal" or name.startswith("#")
    return Term(record.text("id"), name, record.text("slug"), internal)


def post_of(record: Record) -> Post:
    is_page = record.text("type") == "page" or record.values.get("page") in (1, True)
    return Post(record.text("id"), record.text("slug"), is_page, moment_of(record, "published_at"))


def moment_of(record: Record, name: str) -> datetime | None:
    """An instant, as newer versions write it (ISO 8601, UTC) or as milliseconds; None: none."""
    value = record.values.get(name)
    try:
        if isinstance(value, int | float) or (isinstance(value, str) and value.isdigit()):
            number = float(value)
            return datetime.fromtimestamp(
                number / 1000 if number >= 10 ** (_DIGITS - 3) else number, UTC
            )
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except (ValueError, OverflowError, OSError):
        return None
    if moment is None or moment.year < 1000:
        return None
    moment = moment.replace(microsecond=0)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
