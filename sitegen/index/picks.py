"""What is wrong with the stories that `front.toml` names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from sitegen.errors import Mistake, Problem
from sitegen.index.answers import Answers
from sitegen.index.places import Places
from sitegen.model import Document, Json, ListingId, State


def doubled_fronts(documents: Iterable[Document], places: Places) -> Iterator[Mistake]:
    """A language for which two files choose: nobody can know which of them is meant."""
    fronts = [document for document in documents if document.kind == "front"]
    for front in fronts:
        for other in fronts:
            if other is not front and front.lang in other.facts:
                message = f"content/{other.source} chooses stories in [{front.lang}] too"
                at, _ = places.of(other.source, f"[{front.lang}")
                hint = f"keep one of the two; the other is on line {at.line} there"
                yield Mistake(front.source, Problem("front", message, front.source, 1, "", hint))


@dataclass(frozen=True, slots=True)
class Picks:
    """Looks through the picks of an archive's fronts."""

    archive: Answers
    places: Places
    sources: Collection[str]
    """The files of content/ that were read, good or bad."""
    most: int
    """How many stories home shows at its top."""
    most_in_section: int

    def cautions(self) -> Iterator[Problem]:
        """Picks that home cannot show, and why."""
        for document in self.archive.documents:
            if document.kind == "front":
                for lang, picks in document.facts.items():
                    yield from self._part(document.source, picks, lang, "")
                    for slug, part in picks["sections"].items():
                        yield from self._part(document.source, part, lang, slug)

    def _part(
        self, source: str, picks: Mapping[str, Json], lang: str, section: str
    ) -> Iterator[Problem]:
        if picks["until"] is not None and picks["until"] <= self.archive.moment.now:
            return
        fitting: dict[str, str] = {}
        for ref in filter(None, (picks["lead"], *picks["top"])):
            why, hint = self._misfit(ref, lang, section)
            target = ref.partition(":")[2]
            if why:
                message = f"{target} {why}; it is skipped, and the next story takes its place"
                yield self._caution(source, target, section, message, hint)
            else:
                fitting.setdefault(str(self.archive.source_of(ref)), target)
        most = self.most_in_section if section else self.most
        for target in list(fitting.values())[most:]:
            where = f"the section “{section}”" if section else "the top of the page"
            message = f"{target} is not shown: {where} has room for {most} stories"
            yield self._caution(source, target, section, message, "take one out")

    def _caution(self, source: str, target: str, section: str, message: str, hint: str) -> Problem:
        at, _ = self.places.of(source, target)
        return Problem("pick-skipped", message, source, at.line, section, hint, at.column)

    def _misfit(self, ref: str, lang: str, section: str) -> tuple[str, str]:
        """Why a pick cannot stand there, and what to do; nothing when it can."""
        kind, _, target = ref.partition(":")
        source = self.archive.source_of(ref)
        if any(document.source == (source or target) for document in self.archive.documents):
            return "is no article", ""
        if source is None:
            if target in self.sources:
                return "is left out, because it has mistakes", ""
            return "does not exist", self._near(kind, target)
        state = self.archive.state(source)
        if state is not State.LIVE:
            held = state is not None and state.held_back
            return ("is not published" if held else f"is {state}"), ""
        if self.archive.lang_of(source) != lang:
            return f"is in another language ({self.archive.lang_of(source)})", ""
        members = self.archive.listings().get(ListingId(lang, "section", section), ())
        # From the newest: a pick seldom is an old one.
        if section and not any(article.source == source for article in reversed(members)):
            return f"is not in the section “{section}”", ""
        return "", ""

    def _near(self, kind: str, target: str) -> str:
        known = self.sources
        if kind == "url":
            every = (self.archive.live(lang) for lang in self.archive.config.all_languages)
            known = [article.url for articles in every for article in articles]
        name = target.rpartition("/")[2]
        same = sorted(path for path in known if kind != "url" and path.rpartition("/")[2] == name)
        near = same[:1] or get_close_matches(target, known, n=1, cutoff=0.6)
        return f"did you mean “{near[0]}”?" if near else "check its path, as seen from content/"
