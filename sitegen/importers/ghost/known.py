"""What a first reading of an export finds out: the tables stand by the alphabet, posts first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any

from sitegen import urls
from sitegen.importers.addresses import key_of
from sitegen.importers.ghost.reading import Record
from sitegen.importers.ghost.routes import Routes
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
    """Empty where it has none that makes an address."""
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
    featured: bool = False
    is_public: bool = False
    """Readers see it, or will once its date has come."""


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
                known = post_of(record)
                put("post", known.id, known)
                self._learn_owner(record)
            case "tags":
                put("tag", id, tag_of(record))
            case "users":
                put("author", id, author_of(record))
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
        place = order if isinstance(order, int) else 0
        related = [*(self._shelf.get(kind, post) or ()), (place, record.text(name))]
        self._shelf.put(kind, post, related)

    def settle(self) -> None:
        """Once all is learnt: note where posts are, and which tags and authors readers can see."""
        for _, post in self._shelf.each("post"):
            if url := self.url(post):
                self._shelf.claim("at", key_of(url), self.story(post))
            if not post.is_public or post.is_page:
                continue
            tags = self.tags(post.id)
            section = self.section(tags)
            for tag in tags:
                self._count("section" if tag == section else "tag", tag.id)
            for author in self.authors(post.id):
                self._count("author", author.id)

    def _count(self, kind: str, id: str) -> None:
        self._shelf.put(f"used {kind}", id, self.uses(kind, id) + 1)

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

    def uses(self, kind: str, id: str) -> int:
        """How many posts that readers see have it; `section` is a kind of its own."""
        return self._shelf.get(f"used {kind}", id) or 0

    def largest_sections(self, most: int) -> set[str]:
        """Ids of the tags that are the sections of the most posts."""
        ranked = sorted(self._shelf.each("used section"), key=lambda pair: (-pair[1], pair[0]))
        return {id for id, _ in ranked[:most]}

    @property
    def hash(self) -> str:
        """What names the database that Ghost has exported; empty where another program did."""
        return self.settings.get("db_hash") or self.settings.get("dbHash") or ""

    def name(self, kind: str, id: str, slug: str) -> str:
        """What a record is called in every export. Ids last in Ghost's own alone."""
        return f"{kind} {slug}" if slug and not self.hash else f"{kind} {id}"

    def story(self, post: Post) -> str:
        """The name of a post or page; what was turned from one into the other keeps its id."""
        return self.name("page" if post.is_page and not self.hash else "post", post.id, post.slug)

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
        public = [tag for tag in tags if tag.name and not tag.internal]
        return public[0] if public and self._routes.has_sections else None

    def url(self, post: Post) -> str:
        """Where Ghost shows it; empty: nowhere that anybody here could know."""
        if post.is_page:
            return self._routes.page.format(slug=post.slug) if post.slug else ""
        all_tags, authors = self.tags(post.id), self.authors(post.id)
        tags = [tag for tag in all_tags if not tag.internal]
        said = {
            "tag": frozenset(tag.slug for tag in all_tags),
            "primary_tag": frozenset(tag.slug for tag in tags[:1]),
            "author": frozenset(author.slug for author in authors),
            "primary_author": frozenset(author.slug for author in authors[:1]),
            "featured": frozenset([str(post.featured).lower()]),
        }
        where = next((c for c in self._routes.collections if c.holds(said)), None)
        if where is None or not post.slug:
            return ""
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
        """The name of the post or page at an address within the site."""
        found: str | None = self._shelf.get("at", key_of(path))
        return found


def tag_of(record: Record) -> Term:
    name = name_of(escape(record.text("name"), quote=False))
    internal = record.text("visibility") == "internal" or name.startswith("#")
    return Term(record.text("id"), name, record.text("slug"), internal)


def author_of(record: Record) -> Term:
    name = name_of(escape(record.text("name"), quote=False)) or name_of(record.text("slug"))
    return Term(record.text("id"), name, record.text("slug"))


def post_of(record: Record) -> Post:
    is_page = record.text("type") == "page" or record.says("page")
    slug = record.text("slug")
    return Post(
        record.text("id") or slug or record.line("title"),
        slug,
        is_page,
        moment_of(record, "published_at"),
        record.says("featured"),
        record.text("status") in ("published", "scheduled"),
    )


def moment_of(record: Record, name: str) -> datetime | None:
    """An instant, as newer versions write it (ISO 8601, UTC) or as milliseconds; None: none."""
    value = record.values.get(name)
    try:
        if isinstance(value, int | float) or (isinstance(value, str) and value.isdecimal()):
            number = float(value)
            seconds = number / 1000 if number >= 10 ** (_DIGITS - 3) else number
            moment: datetime | None = datetime.fromtimestamp(seconds, UTC)
        else:
            moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except (ValueError, OverflowError, OSError):
        return None
    if moment is None or not 1000 < moment.year < 9000:
        return None
    moment = moment.replace(microsecond=0)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
