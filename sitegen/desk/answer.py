"""What there is to say of an address or a file, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal, NamedTuple

from sitegen import urls
from sitegen.errors import Problem
from sitegen.instants import from_seconds, utc
from sitegen.model import Json

Kind = Literal["page", "file", "held-back", "alias", "left-over", "unused", "mistakes", "nothing"]


class Shown(NamedTuple):
    """A part of a page, and what it comes from."""

    what: str
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A file of the output: what it is made of, and why it is as it is."""

    path: str
    what: str
    template: str
    """The template's file; empty for a copy."""
    shows: tuple[Shown, ...]
    changes: tuple[str, ...]
    """What else changes it, as sentences."""
    reason: str
    """Why the next build makes it again; empty: it is up to date."""
    last_reason: str
    """Why it was made last; empty: nobody knows."""
    last_written: int | None
    """When its bytes last changed, in seconds since 1970; None: it is not there."""

    def as_json(self) -> Mapping[str, Json]:
        """An entry of `pages`."""
        return {
            "path": self.path,
            "url": urls.url_of(self.path),
            "what": self.what,
            "template": self.template,
            "shows": [{"what": part.what, "of": list(part.of)} for part in self.shows],
            "changes": list(self.changes),
            "up_to_date": not self.reason,
            "reason": self.reason,
            "last_reason": self.last_reason,
            "last_written": _utc(self.last_written),
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer to one question."""

    kind: Kind
    told: tuple[str, ...]
    """Sentences."""
    source: str = ""
    """The file of content/ or static/ that it is about, relative to the site."""
    state: str = ""
    """Of an article or page: `live`, `draft`, `scheduled`, `embargoed`, `expired`, `withdrawn`."""
    until: int | None = None
    """When what is held back appears by itself, in seconds since 1970."""
    pages: tuple[Made, ...] = ()
    shown_on: tuple[str, ...] = ()
    """Addresses of other pages that show something of it, or link to it."""
    near: tuple[str, ...] = ()
    """What may have been meant instead."""
    problems: tuple[Problem, ...] = ()
    timezone: str = "UTC"
    """The site's, for the times that people read."""

    def as_json(self) -> Mapping[str, Json]:
        """The object that `--format json` prints."""
        return {
            "kind": self.kind,
            "told": list(self.told),
            "source": self.source,
            "state": self.state,
            "until": _utc(self.until),
            "pages": [made.as_json() for made in self.pages],
            "shown_on": list(self.shown_on),
            "near": list(self.near),
            "errors": [asdict(problem) for problem in self.problems],
        }


def _utc(seconds: int | None) -> str | None:
    return None if seconds is None else utc(from_seconds(seconds))
