"""WordPress: its export files (WXR 1.0 to 1.2), read twice: first what there is, then each item."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path

from sitegen.importers.links import reference
from sitegen.importers.text import line_of
from sitegen.importers.things import About, Event, Found, Left, Loss, Thing, Unanswered, Wishes
from sitegen.importers.wordpress.addresses import OldHome
from sitegen.importers.wordpress.dates import clock
from sitegen.importers.wordpress.known import Known
from sitegen.importers.wordpress.reading import channel_of, files_of, records
from sitegen.importers.wordpress.records import Author, Item, Record, Term
from sitegen.importers.wordpress.stories import Stories
from sitegen.importers.wordpress.terms import Terms
from sitegen.model import Progress

_AT_TOP = 5
"""Stories that home has room for at its top."""
_SYSTEM = (
    *("nav_menu_item", "revision", "custom_css", "customize_changeset", "acf-field"),
    *("acf-field-group", "polylang_mo", "user_request", "scheduled-action", "jp_img_sitemap"),
)


class WordPress:
    """An export: a file, or a folder of its parts."""

    def __init__(self, source: Path, wishes: Wishes) -> None:
        """Raises SitegenError for what is no export."""
        self._files = files_of(source)
        self._channel = channel_of(self._files[0])
        self._wishes = wishes
        self._old = OldHome(self._channel, wishes.base_url)
        self.origin = f"wordpress {self._old.base} "
        language = self.about().language if wishes.new_site else wishes.language
        self._known = Known(self._old, wishes, language)
        self._stories = Stories(self._channel, self._known, wishes, self.origin)
        self._sticky: dict[str, list[tuple[str, str, str]]] = {}
        """Language → (date, identity, address) of stories that are held at the top."""

    def about(self) -> About:
        return About(
            line_of(self._channel.title),
            self._old.base,
            self._channel.language.replace("_", "-"),
            line_of(self._channel.description),
            self._wishes.timezone,
        )

    def events(self) -> Generator[Event]:
        for file in self._files:
            for record in records(file):
                if isinstance(record, Progress):
                    yield Progress("looking", record.done, record.total)
                elif not isinstance(record, str):
                    self._known.learn(record)
        self._terms = Terms(self._known, self._wishes, self.origin)
        yield from self._terms.settings()
        yield from self._known.languages.settings(self.about().title)
        yield from self._known.taxonomies.settings()
        yield from self._zone()
        for name, number in sorted(self._known.fields.items()):
            where = f"{number:,} articles and pages" if number > 1 else "1 article or page"
            yield Loss("field", where, f"the custom field “{name}”")
        for file in self._files:
            for record in records(file):
                if isinstance(record, Progress):
                    yield record
                elif isinstance(record, str):
                    yield from self._broken(record, file)
                else:
                    yield from self._record(record)
        yield from self._front()

    def _zone(self) -> Iterator[Event]:
        """That a new site's clock is not that of the old one, where it is not."""
        found = [minutes for minutes, _ in self._known.clocks.most_common(2)]
        if self._wishes.settings_hold and self._wishes.timezone == "UTC" and any(found):
            clocks = " and ".join(clock(minutes) for minutes in sorted(found))
            yield Loss("zone", "all articles", f"the old site's clock was UTC {clocks}")

    def _broken(self, message: str, file: Path) -> Iterator[Event]:
        yield Found("end of file that is missing")
        yield Left("broken", file.name, message)

    def _record(self, record: Record) -> Iterator[Event]:
        if isinstance(record, Author):
            yield Found("author")
            yield from self._terms.author(record, f"author {record.login}")
        elif isinstance(record, Term):
            yield Found("term")
            yield from self._terms.term(record, f"{record.taxonomy} {record.slug}")
        else:
            yield Found(record.type or "record")
            yield from self._item(record)
            if record.comments:
                yield Found("comment", record.comments)
                yield Left("comment", record.where, "", record.comments)

    def _item(self, item: Item) -> Iterator[Event]:
        if not self._known.claim("item", self._stories.identity(item), str(item.line)):
            yield Left("again", item.where)
        elif item.type == "attachment":
            yield Left("media", item.where)
            yield from self._unanswered("media", item)
        elif item.type == "guest-author":
            yield from self._terms.guest(item, self._stories.page(item))
        elif item.type in _SYSTEM or item.type.startswith(("wp_", "oembed")):
            yield Left("system", item.where)
        elif item.trouble and not item.type:
            yield Left("broken", item.where, item.trouble)
        elif item.type not in self._known.stories:
            yield Left("type", item.where, item.type)
            if item.status == "publish":
                yield from self._unanswered("left", item)
        elif item.status == "trash":
            yield Left("trash", item.where)
        elif item.status == "auto-draft" and not (item.title or item.content):
            yield Left("system", item.where)
        else:
            self._hold_at_top(item)
            yield from self._stories.events(item)

    def _unanswered(self, kind: str, item: Item) -> Iterator[Event]:
        path = self._old.path(item.link)
        if path and path != "/" and "?" not in path:
            yield Unanswered(kind, path, item.where)

    def _hold_at_top(self, item: Item) -> None:
        if item.sticky and item.status == "publish" and not item.password:
            language = self._stories.language(item)
            identity = self._stories.identity(item)
            sticky = [*self._sticky.get(language, ()), (item.date, identity, item.link)]
            self._sticky[language] = sorted(sticky, reverse=True)[:_AT_TOP]

    def _front(self) -> Iterator[Event]:
        """The stories that WordPress holds at the top, the newest first, of each language."""
        lines: list[str] = []
        for language, sticky in sorted(self._sticky.items()):
            lead, *top = (f'"{reference(identity, link)}"' for _, identity, link in sticky)
            lines += [f"\n[{language}]"] if language else []
            lines += [f"lead = {lead}", *([f"top = [{', '.join(top)}]"] if top else [])]
        if lines:
            identity = f"{self.origin}front"
            where = "articles that are held at the top"
            text = "\n".join(lines).strip()
            yield Thing(identity, "front", "front.toml", {}, text, where, records=0)
