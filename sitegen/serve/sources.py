"""What was read of content/: as the state has it, and as files say that are newer than that.

The preview writes no state. What it reads of a file that was just saved is held here until the
survey, or a build, has stored the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from sitegen.config import Config
from sitegen.digest import digest
from sitegen.errors import Problem
from sitegen.index.articles import STORED, Articles
from sitegen.index.rows import Known
from sitegen.index.store import Damaged, Store, damage_raises
from sitegen.model import Article, Document, Key
from sitegen.read import read_file
from sitegen.read.file import ReadFile
from sitegen.read.place import place_of
from sitegen.read.scan import find


class Sources:
    """The articles and documents of a site, in memory; their texts stay where they are."""

    def __init__(self, site: Path, state: Path) -> None:
        self._site = site
        self._state = state
        self._content = site / "content"
        self._digests: dict[str, bytes] = {}
        """Of the files, as they were read."""
        self._newer: dict[str, Mapping[Key, bytes]] = {}
        """Facts of the files that the state does not have, or has otherwise."""
        self._gone: set[str] = set()
        """Files that are not there any more, and that the state may still have."""
        self.articles: dict[str, Article] = {}
        self.documents: dict[str, Document] = {}
        self._mistakes: dict[str, tuple[Problem, ...]] = {}
        """What keeps files from being read, by source."""

    def errors(self) -> list[Problem]:
        """What is wrong with single files; their sources are relative to content/."""
        return [error for errors in self._mistakes.values() for error in errors]

    def load(self, at_most: int) -> int:
        """Begin with what the state has, the last names first; how many files that were.

        Raises Damaged where there is no state.
        """
        with damage_raises(self._state), Store(self._state, reading=True) as store:
            found = Articles(store).last_known(at_most)
        for source, known in found.items():
            self._put(source, known)
        return len(found)

    def names(self) -> Iterable[str]:
        """The files that are known."""
        return self._digests

    def take_over(self, changed: Collection[str] | None) -> bool:
        """Take over what the state has of some files; whether more than their own texts changed.

        What was saved since the state was written is newer here, and stays. With None all is
        compared, and the state is newer. Raises Damaged where there is no state.
        """
        with damage_raises(self._state), Store(self._state, reading=True) as store:
            stored = Articles(store)
            if changed is None:
                there = {source: known.digest for source, known in stored.sources().items()}
                asked = {s for s, known in there.items() if self._digests.get(s) != known}
                asked |= self._digests.keys() - there.keys()
                asked |= self._mistakes.keys()
            else:
                asked = {*changed, *self._newer, *self._gone}
            found = stored.known(asked)
        if changed is None:
            self._newer.clear()
            self._gone.clear()
        more = False
        for source in asked:
            known = found.get(source)
            if known is None:
                more |= source not in self._newer and self.forget(source)
                self._gone.discard(source)
            elif source in self._gone:
                continue
            elif source not in self._newer:
                more |= self._put(source, known)
            elif self._digests[source] == known.digest and not known.told.errors:
                del self._newer[source]
        return more

    def _put(self, source: str, known: Known) -> bool:
        """One file, as the state knows it; whether more than its own texts changed.

        An article that cannot be read any more stays as it was, if its facts are here.
        """
        self._digests[source] = known.digest
        self._mistakes.pop(source, None)
        if known.told.errors:
            self._mistakes[source] = known.told.errors
        if known.told.errors and source in self._newer:
            return False
        before = self.articles.pop(source, None), self.documents.pop(source, None)
        if known.article:
            self.articles[source] = known.article
        if known.document:
            self.documents[source] = known.document
        return before != (known.article, known.document)

    def read(
        self, source: str, config: Config, card_extra: Collection[str], *, anew: bool = False
    ) -> bool:
        """Read a file that was saved, or one `anew`; whether more than its own texts changed.

        One that is not there any more is forgotten. An article that cannot be read stays as it
        was, so that its page is there to be looked at.
        """
        found = find(self._content, self._site, source, time.time_ns())
        place = place_of(source, config)
        if found is None or place.kind == "index" or (place.kind == "term" and place.in_drafts):
            return self.forget(source)
        try:
            data = Path(found.file).read_bytes()
        except OSError:
            return self.forget(source)
        if self._digests.get(source) == digest(data) and not anew:
            return False
        return self._take(read_file(place, data, config, tuple(sorted(card_extra))))

    def _take(self, read: ReadFile) -> bool:
        self._gone.discard(read.source)
        known = Known(read.digest, read.told(), read.article, read.document)
        if known.told.errors:
            self._newer.setdefault(read.source, self._stored(read.source))
        else:
            self._newer[read.source] = read.facts
        return self._put(read.source, known)

    def _stored(self, source: str) -> dict[Key, bytes]:
        """All facts that the state has of a file."""
        found: dict[Key, bytes] = {}
        for kind in STORED:
            try:
                found |= self._from_state(Articles.values, [f"{kind}:{source}"])
            except (Damaged, OSError):
                continue  # not every file has a fact of each kind
        return found

    def forget(self, source: str) -> bool:
        """A file is gone; whether anything was known of it."""
        known = source in self._digests
        if known:
            self._gone.add(source)
        self._digests.pop(source, None)
        self._newer.pop(source, None)
        self._mistakes.pop(source, None)
        self.articles.pop(source, None)
        self.documents.pop(source, None)
        return known

    def digests_of(self, keys: Iterable[Key]) -> dict[Key, bytes]:
        """Key → digest of the facts called `keys`, as far as they are there."""
        newer, others = self._divided(keys)
        found = {key: digest(value) for key, value in newer.items()}
        return found | self._from_state(Articles.digests_of, others) if others else found

    def values(self, keys: Iterable[Key], *, packed: bool = False) -> dict[Key, bytes]:
        """Key → bytes, of which none stay packed.

        Raises Damaged where neither the state nor a file has one.
        """
        newer, others = self._divided(keys)
        return newer | self._from_state(Articles.values, others) if others else newer

    def _divided(self, keys: Iterable[Key]) -> tuple[dict[Key, bytes], list[Key]]:
        """The facts that are newer than the state, and those that may be in it."""
        found: dict[Key, bytes] = {}
        others: list[Key] = []
        for key in keys:
            newer = self._newer.get(key.partition(":")[2])
            if newer is not None and key in newer:
                found[key] = newer[key]
            else:
                others.append(key)
        return found, others

    def _from_state(
        self, asked: Callable[[Articles, list[Key]], dict[Key, bytes]], keys: list[Key]
    ) -> dict[Key, bytes]:
        # Opened for each page: whoever makes the state anew could not delete it while it is open,
        # on Windows.
        with damage_raises(self._state), Store(self._state, reading=True) as store:
            return asked(Articles(store), keys)
