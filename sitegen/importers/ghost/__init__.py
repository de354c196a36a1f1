"""Ghost: its JSON exports, read twice: first what there is, then each post."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path

from sitegen.errors import counted
from sitegen.importers.addresses import Home, bare, key_of, split
from sitegen.importers.ghost.known import Known, post_of
from sitegen.importers.ghost.reading import Record, export_in, records
from sitegen.importers.ghost.routes import plain, redirects_in, routes_in
from sitegen.importers.ghost.stories import HERE, Stories
from sitegen.importers.ghost.terms import Terms
from sitegen.importers.page import OldSite
from sitegen.importers.shelf import Shelf
from sitegen.importers.text import plain_line
from sitegen.importers.things import About, Event, Found, Left, Loss, Setting, Unanswered, Wishes
from sitegen.model import Progress

_OURS = ("posts", "tags", "users")
_RELATIONS = ("posts_tags", "posts_authors", "posts_meta", "settings")
"""Tables whose rows are no records of their own."""
_FILES = ("/content/images/", "/content/media/", "/content/files/")
_SIZED = re.compile(r"^/content/images/size/w\d+(?:h\d+)?(?:/format/\w+)?/")
"""What Ghost puts into the address of a picture that it made smaller."""


class Ghost:
    """An export: a file, or the folder in which it lies beside `redirects.yaml`."""

    def __init__(self, source: Path, wishes: Wishes) -> None:
        """Raises SitegenError for what is no export."""
        self._file = export_in(source)
        self._wishes = wishes
        self._home = Home([wishes.address], wishes.base_url)
        # Where the old site was in a folder of the new one's host, it stays there.
        self._folder = (self._home.path(f"{wishes.address.rstrip('/')}/") or "").rstrip("/")
        self._routes = routes_in(self._file.parent).below(self._folder)
        self._known = Known(self._routes, wishes.ascii_slugs)
        self._moved = Shelf()
        for old, new in redirects_in(self._file.parent):
            self._learn_redirect(old, new.replace(HERE, ""))
        self.origin = "ghost "

    def _learn_redirect(self, old: str, new: str) -> None:
        address = plain(old)
        if not address or re.search(r"\$\d", new):
            self._moved.add("pattern", (old, new))
            return
        self._moved.add("plain", (address, new))
        if new.startswith("/"):
            key = key_of(new)
            self._moved.put("to", key, [*(self._moved.get("to", key) or ()), address])

    def about(self) -> About:
        said = self._known.settings
        return About(
            plain_line(said.get("title", "")),
            self._wishes.address,
            (said.get("locale") or said.get("lang") or "en").replace("_", "-"),
            plain_line(said.get("description", "")),
            self._wishes.timezone if self._wishes.timezone != "UTC" else self._known.timezone,
        )

    def events(self) -> Generator[Event]:
        for record in records(self._file):
            if isinstance(record, Progress):
                yield Progress("looking", record.done, record.total)
            elif not isinstance(record, str):
                self._known.learn(record)
        self._known.settle()
        self._open()
        yield from self._terms.settings()
        number, others = 0, Counter[str]()
        for record in records(self._file):
            if isinstance(record, Progress):
                yield record
            elif isinstance(record, str):
                yield Found("end of file that is missing")
                yield Left("broken", self._file.name, record)
            elif record.table in _OURS:
                number += 1
                yield from self._record(record, number)
            elif record.table not in _RELATIONS:
                others[record.table] += 1
        for table, count in others.items():
            yield Found("system record", count)
            yield Left("system", f"the table {table}", counted(count, "record"), count)
        yield from self._redirects()
        yield from self._unanswered()

    def _open(self) -> None:
        """All that needs what was learnt. Ghost does not tell an export's address: it has an id."""
        wishes, parts = self._wishes, split(self._wishes.address)
        self.origin = f"ghost {self._known.hash or (bare(parts.hostname) if parts else '')} "
        site = OldSite(self._home, wishes, self._story_at, self._file_at)
        self._stories = Stories(self._known, site, self._moved, self.origin)
        self._terms = Terms(self._known, self._routes, wishes, site, self.origin)

    def _story_at(self, path: str) -> str | None:
        name = self._known.story_at(path)
        return f"{self.origin}{name}" if name else None

    def _file_at(self, path: str) -> str:
        """The path of the file as it was uploaded, if there is one at this address."""
        plain = path.partition("?")[0].partition("#")[0].removeprefix(self._folder)
        whole = _SIZED.sub("/content/images/", plain)
        return f"{self._folder}{whole}" if whole.startswith(_FILES) else ""

    def _record(self, record: Record, number: int) -> Iterator[Event]:
        name = record.line("title") or record.line("name") or record.text("slug")
        match record.table:
            case "posts":
                post = post_of(record)
                kind = "page" if post.is_page else "post"
                yield Found(kind)
                where = f"{kind} {post.id} “{name}”"
                if self._known.claim("story", self._known.story(post), str(number)):
                    yield from self._stories.events(record, where)
                else:
                    yield Left("again", where)
            case "tags":
                yield Found("tag")
                yield from self._terms.tag(record, f"tag {name}")
            case "users":
                yield Found("author")
                yield from self._terms.author(record, f"author {name}")

    def _redirects(self) -> Iterator[Event]:
        """Those that lead to no article; the others are its aliases."""
        for old, new in self._moved.values("plain"):
            if not new.startswith("/") or not self._moved.get("used", key_of(new)):
                yield Setting(("redirects", old), new)
        for old, new in self._moved.values("pattern"):
            yield Unanswered("pattern", old, f"led to {new}")

    def _unanswered(self) -> Iterator[Event]:
        """What `routes.yaml` asks for and nobody here can do."""
        for collection in self._routes.collections:
            if collection.unknown:
                detail = f"{collection.permalink} for {collection.unknown}"
                yield Loss("address", "routes.yaml", detail)
        for address in self._routes.lists:
            if self._known.story_at(address) is None:
                yield Unanswered("archive", address, "routes.yaml")
