"""Where an article or page stands: published since when, held back why, gone since when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sitegen.desk.answer import Answer
from sitegen.instants import shown
from sitegen.model import Article, State, state_of
from sitegen.site import Site

_DRAFTS = "_drafts/"


class Standing:
    """The articles and pages of a site at the moment of its archive."""

    def __init__(self, site: Site) -> None:
        self._now = site.archive.moment.now
        self._zone = site.archive.config.site.timezone
        self._articles = {article.source: article for article in site.articles}
        self._pages = {d.source: d for d in site.archive.documents if d.kind == "page"}

    def knows(self, source: str) -> bool:
        """Whether `source` is an article or a standing page that can be read."""
        return source in self._articles or source in self._pages

    def of(self, source: str, answer: Answer) -> Answer:
        """An answer about something made from `source`, with how that stands."""
        answer = replace(answer, source=f"content/{source}")
        if (article := self._articles.get(source)) is not None:
            state = state_of(article, self._now)
            until = article.visible if state in (State.SCHEDULED, State.EMBARGOED) else None
            told = (*answer.told, *self._sentences(article, state))
            return replace(answer, told=told, state=state.value, until=until)
        if (page := self._pages.get(source)) is not None:
            state = State.DRAFT if page.facts["draft"] else State.LIVE
            sentence = self._draft(source) if page.facts["draft"] else "It is published."
            return replace(answer, told=(*answer.told, sentence), state=state.value)
        return answer

    def _sentences(self, article: Article, state: State) -> Iterator[str]:
        visible = shown(article.visible, self._zone)
        if state is State.DRAFT:
            yield self._draft(article.source)
        elif state is State.SCHEDULED:
            yield f"It is not published: it is scheduled for {visible}."
        elif state is State.EMBARGOED:
            yield f"It is not published: it is under embargo until {visible}."
        elif state is State.EXPIRED and article.expires is not None:
            yield f"It expired at {shown(article.expires, self._zone)}; a notice stands there."
        elif state is State.WITHDRAWN and article.withdrawn is not None:
            reason = f": {article.reason}" if article.reason else "."
            since = shown(article.withdrawn, self._zone)
            yield f"It was withdrawn at {since}; a notice stands there{reason}"
        else:
            yield f"It is published since {visible}."
        if state.held_back:
            yield "Nothing of it is in the output; links to it are their words alone."
        if state is State.LIVE and (article.breaking or 0) > self._now:
            yield f"It is breaking news until {shown(article.breaking or 0, self._zone)}."

    def _draft(self, source: str) -> str:
        if _DRAFTS in f"/{source}":
            return "It is not published: it is a draft, because it lies in a folder _drafts."
        return "It is not published: it is a draft, because its front matter says so."

    def once_at(self, url: str) -> str:
        """The article or page that had an address before; empty: none had it."""
        found = (source for source, article in self._articles.items() if url in article.aliases)
        pages = (s for s, page in self._pages.items() if url in page.facts["aliases"])
        return next(found, "") or next(pages, "")
