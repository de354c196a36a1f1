"""What readers see of one file, and from when: for those who have just changed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sitegen.config import Config
from sitegen.desk.source import Source
from sitegen.errors import SitegenError
from sitegen.instants import from_seconds, to_seconds, write_instant, zone
from sitegen.model import Article, State, state_of
from sitegen.read import read_file
from sitegen.read.file import ReadFile
from sitegen.site.located import in_content


@dataclass(frozen=True, slots=True)
class Visible:
    """Where a page is, and what readers see there at a moment."""

    url: str = ""
    """The whole address."""
    state: State = State.LIVE
    since: str = ""
    """The instant, with the zone's name, that the state depends on."""

    def sentence(self) -> str:
        """In words, to go on after a colon."""
        words = {
            State.LIVE: f"readers see it at {self.url}",
            State.DRAFT: "readers do not see it",
            State.SCHEDULED: f"readers see it from {self.since}, at {self.url}",
            State.EMBARGOED: f"it is under embargo; readers see it from {self.since}, "
            f"at {self.url}",
            State.EXPIRED: f"it expired on {self.since}; readers see a notice at {self.url}",
            State.WITHDRAWN: f"it is withdrawn; readers see a notice at {self.url}",
        }
        return words[self.state]


def readable(source: Source, data: bytes, config: Config) -> ReadFile:
    """What `data` says in the place of `source`. Raises SitegenError for what is wrong with it."""
    read = read_file(source.place, data, config)
    if read.errors:
        raise SitegenError(*map(in_content, read.errors))
    return read


def visible(read: ReadFile, config: Config, now: datetime) -> Visible:
    """What readers see at `now` of a file without mistakes."""
    base = config.site.base_url.removesuffix("/")
    if article := read.article:
        state = state_of(article, to_seconds(now))
        return Visible(base + article.url, state, _since(article, state, config))
    assert read.document is not None
    facts = read.document.facts
    if read.document.kind != "page":
        return Visible()
    return Visible(base + facts["url"], State.DRAFT if facts["draft"] else State.LIVE)


def _since(article: Article, state: State, config: Config) -> str:
    instant = article.expires if state is State.EXPIRED else article.visible
    text = write_instant(from_seconds(instant or 0), zone(config.site.timezone))
    return f"{text} ({config.site.timezone})"
