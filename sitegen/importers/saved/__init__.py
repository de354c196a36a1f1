"""HTML: pages of an old site that somebody has saved, or a copy of all its files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path

from sitegen.i18n import is_language
from sitegen.importers.addresses import Home, bare, joined, key_of, split
from sitegen.importers.embedded import set_aside
from sitegen.importers.homes import usual_home
from sitegen.importers.page import LIST, OldSite
from sitegen.importers.saved.coding import text_of
from sitegen.importers.saved.common import Common
from sitegen.importers.saved.facts import facts_of
from sitegen.importers.saved.files import mirrored, pages_in
from sitegen.importers.saved.layout import parsed
from sitegen.importers.saved.lists import Lists
from sitegen.importers.saved.page import Saved
from sitegen.importers.saved.stories import Stories
from sitegen.importers.saved.story import extract, is_list
from sitegen.importers.shelf import Shelf
from sitegen.importers.things import About, Event, Found, Left, Thing, Wishes
from sitegen.importers.tidy import is_picture
from sitegen.model import Progress

_NO_PAGE = re.compile(r"(?i)/[^/ ]*(404|not-?found|error|search|login|print)[^/ ]*(/| |$)")
"""Pages that search engines are to leave out, and that no reader misses."""
_WORDS_OF_MOVED = 300
"""Characters of a page that has nothing to say but where another is."""
_FILES = (".pdf", ".mp3", ".m4a", ".ogg", ".mp4", ".zip", ".csv", ".xlsx", ".docx")


class SavedPages:
    """A page, or a folder of pages."""

    def __init__(self, source: Path, wishes: Wishes) -> None:
        """Raises SitegenError where there is no page."""
        self._source = source
        self._pages, self._others = pages_in(source)
        # Pictures may lie where the site had them.
        folder = source if source.is_dir() else source.parent
        self._wishes = replace(wishes, media=wishes.media or folder)
        self._shelf = Shelf()
        self._home = ""
        self._site_name = ""
        self._languages: Counter[str] = Counter()
        self._common = Common()
        self._lists = Lists(wishes)
        self.origin = "html "

    def about(self) -> About:
        return About(self._site_name, self._home, self._language, timezone=self._wishes.timezone)

    @property
    def _language(self) -> str:
        """The site's, or else that of most pages."""
        if not self._wishes.new_site:
            return self._wishes.language
        return min(self._languages, key=lambda lang: (-self._languages[lang], lang), default="en")

    def events(self) -> Generator[Event]:
        """Each page is read twice: first its address, so that links between pages can be kept."""
        for number, file in enumerate(self._pages, 1):
            yield Progress("looking", number, len(self._pages))
            self._look_at(file)
        addresses = (saved.address for saved in self._shelf.values("page"))
        self._home = self._wishes.address or usual_home(addresses)
        self.origin = f"html {bare(parts.hostname) if (parts := split(self._home)) else ''} "
        home = Home([self._home], self._wishes.base_url)
        self._site_name = self._common.site()
        for saved in self._shelf.values("page"):
            self._know(saved, home)
        site = OldSite(home, self._wishes, self._story_at, _file_at)
        stories = Stories(site, self._source, self._wishes, self._story_in)
        for number, saved in enumerate(self._shelf.values("page"), 1):
            yield Progress("reading", number, len(self._pages))
            yield Found("page")
            yield from self._page(self._placed(saved, home), stories, home)
        yield from self._lists.events()
        for file in self._others:
            yield Found("page")
            yield Left("form", file.relative_to(self._source).as_posix())

    def _look_at(self, file: Path) -> None:
        soup = parsed(set_aside(text_of(file.read_bytes()))[0])
        facts = facts_of(soup)
        lies_at = mirrored(self._source, file, self._wishes.address)
        address = joined(lies_at, facts.address) if facts.address else lies_at
        if facts.moved_to and _is_same(address, joined(address, facts.moved_to)):
            elsewhere = bool(lies_at) and not _is_same(lies_at, address)
            if elsewhere and len(soup.get_text()) < _WORDS_OF_MOVED:
                address = lies_at  # it names what it leads to as its own
            else:
                facts = replace(facts, moved_to="")  # it loads itself anew
        folder = self._source if self._source.is_dir() else self._source.parent
        name = file.relative_to(folder).as_posix()
        if facts.language:
            self._languages[facts.language] += 1
        listed = facts.kind == "other" or is_list(soup, address)
        listed = listed or (facts.hidden and bool(_NO_PAGE.search(f"/{name} {address}")))
        is_article = facts.kind == "article"
        own = bool(address) and _is_same(lies_at, address)
        saved = Saved(file, name, facts, address, listed and not is_article, is_own=own)
        self._common.learn(facts, address or name)
        self._shelf.put("page", name, saved)

    def _placed(self, saved: Saved, home: Home) -> Saved:
        """With what can be said of it once all pages are known."""
        path = home.path(saved.address)
        lang = _primary(saved.facts.language)
        other = lang if lang != _primary(self._language) and is_language(lang) else ""
        return replace(
            saved,
            facts=self._common.without(saved.facts, self._site_name),
            is_list=saved.is_list or bool(LIST.match(path or "")),
            identity=self._identity(saved, path),
            lang=other,
        )

    def _know(self, saved: Saved, home: Home) -> None:
        path = home.path(saved.address)
        identity = self._identity(saved, path)
        if not self._site_name and _primary(saved.facts.language) == _primary(self._language):
            self._site_name = saved.facts.site
        if saved.is_list or saved.facts.moved_to:
            return
        if path is not None and "?" not in path:
            self._shelf.claim("story", key_of(path), identity)
        if saved.is_own:  # rather than one for printing or for telephones, which names this one
            self._shelf.claim("made", identity, saved.name)
        self._shelf.put("file", str(saved.file.resolve()), identity)

    def _identity(self, saved: Saved, path: str | None) -> str:
        return f"{self.origin}{path.partition('#')[0] if path else saved.name}"

    def _story_at(self, path: str) -> str | None:
        found: str | None = None if "?" in path else self._shelf.get("story", key_of(path))
        return found

    def _story_in(self, file: Path) -> str | None:
        found: str | None = self._shelf.get("file", str(file))
        return found

    def _page(self, saved: Saved, stories: Stories, home: Home) -> Iterator[Event]:
        path = home.path(saved.address)
        if saved.is_list and path and not saved.facts.moved_to and not _NO_PAGE.search(f"{path} "):
            self._lists.old(path, saved.name)
        if saved.facts.moved_to:
            yield Left("moved", saved.name, saved.facts.moved_to)
            to = home.path(home.whole(saved.facts.moved_to, saved.address))
            if old := path or home.path(mirrored(self._source, saved.file, self._home)):
                self._lists.moved(old, to or saved.facts.moved_to)
        elif self._shelf.claim("made", saved.identity, saved.name) != saved.name:
            yield Left("again", saved.name, saved.address)
        else:
            text, aside = set_aside(text_of(saved.file.read_bytes()))
            soup = parsed(text)
            for event in stories.events(saved, soup, extract(str(soup), saved.address), aside):
                if isinstance(event, Thing) and event.kind == "article":
                    self._lists.article(event.matter)
                yield event


def _is_same(one: str, other: str) -> bool:
    """Whether two addresses are of one page."""
    first, second = split(one), split(other)
    if first is None or second is None:
        return False
    pairs = [(bare(p.hostname), key_of(p.path), p.query) for p in (first, second)]
    return pairs[0] == pairs[1]


def _primary(language: str) -> str:
    """`en` of `en-GB`."""
    return language.partition("-")[0].lower()


def _file_at(path: str) -> str:
    plain = path.partition("?")[0].partition("#")[0]
    return plain if is_picture(plain) or plain.lower().endswith(_FILES) else ""
