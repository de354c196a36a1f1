"""What a build did, as data, and its one rendering as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from sitegen.errors import Problem, counted
from sitegen.instants import from_seconds, shown, utc
from sitegen.model import Json
from sitegen.spool import Spool

if TYPE_CHECKING:
    from sitegen.timings import Timings

MOST_PATHS = 1000
"""Paths that `changed` and `removed` list at most."""


@dataclass(frozen=True, slots=True)
class HeldBack:
    """An article that readers cannot see yet."""

    source: str
    until: int | None
    """Seconds since 1970; None: not by itself."""
    why: str

    def line(self, timezone: str) -> str:
        """What it is and how long it is held back, for people in `timezone`."""
        if self.until is None:
            return f"{self.source} ({self.why}: until somebody publishes it)"
        return f"{self.source} ({self.why}: until {shown(self.until, timezone)})"


@dataclass(slots=True)
class Report:
    """One build. Filled in while it goes on, so that a failed one tells what it knows."""

    due: bool = True
    """False: with --if-due nothing was, so that nothing was done or looked at."""
    articles: int = 0
    """Published, expired and withdrawn ones: those that have a page."""
    pages: int = 0
    """Outputs, copies included."""
    bytes: int = 0
    """Of all outputs together."""
    rendered: int = 0
    written: int = 0
    unchanged: int = 0
    deleted: int = 0
    changed: Spool[str] = field(default_factory=Spool)
    removed: list[str] = field(default_factory=list)
    held_back: list[HeldBack] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    """Sources with mistakes, with --keep-going."""
    not_owned: list[str] = field(default_factory=list)
    """Files in the output that sitegen did not make."""
    reasons: Iterable[tuple[str, str]] = ()
    """(path, why it was rendered or deleted)."""
    remarks: list[str] = field(default_factory=list)
    """What is good to know and nobody has to mend."""
    next_due: int | None = None
    words_due: int | None = None
    """When a build would say something else, though no output changes; seconds since 1970."""
    timezone: str = "UTC"
    """The site's, for the times that people read."""
    seconds: float = 0.0
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    dry_run: bool = False
    manifest: str = ""
    """The manifest of what is published now, as JSON, where it was asked for."""
    sources: int = 0
    """Files of content/ that say something of the site, whether they were read again or not."""
    profile: Timings | None = None
    """Where the time went, where it was asked for."""

    @property
    def ok(self) -> bool:
        """Whether the site was published whole."""
        return not self.errors

    def as_json(self, *, explain: bool = False) -> Mapping[str, Json]:
        """The object that `--format json` prints; with `explain` the reasons too."""
        asked: dict[str, Json] = {"reasons": dict(self.reasons)} if explain else {}
        if self.profile is not None:
            asked["profile"] = self.profile.as_json()
        return asked | {
            "ok": self.ok,
            "due": self.due,
            "articles": self.articles,
            "pages": self.pages,
            "bytes": self.bytes,
            "rendered": self.rendered,
            "written": self.written,
            "unchanged": self.unchanged,
            "deleted": self.deleted,
            "changed": list(islice(self.changed, MOST_PATHS)),
            "removed": self.removed[:MOST_PATHS],
            "held_back": [
                {
                    "source": held.source,
                    "until": None if held.until is None else utc(from_seconds(held.until)),
                    "why": held.why,
                }
                for held in self.held_back
            ],
            "left_out": self.left_out,
            "not_owned": self.not_owned[:MOST_PATHS],
            "next_due": None if self.next_due is None else utc(from_seconds(self.next_due)),
            "seconds": round(self.seconds, 2),
            "dry_run": self.dry_run,
            "errors": [problem_as_json(problem) for problem in self.errors],
            "warnings": [problem_as_json(problem) for problem in self.warnings],
        }

    def summary(self) -> str:
        """What was done, in one or two lines."""
        if not self.due:
            return self._nothing_due()
        verb = "would render" if self.dry_run else "rendered"
        line = (
            f"{counted(self.articles, 'article')}, {counted(self.pages, 'file')}: "
            f"{verb} {self.rendered:,}, wrote {self.written:,}, "
            f"deleted {self.deleted:,}, left {self.unchanged:,} as they were "
            f"({self.seconds:.2f} s)"
        )
        if self.next_due is not None:
            line += f"\nnext change due {shown(self.next_due, self.timezone)}"
        return line

    def _nothing_due(self) -> str:
        if self.next_due is None:
            return "nothing is due, and nothing will be until somebody edits something"
        return f"nothing is due until {shown(self.next_due, self.timezone)}"


def problem_as_json(problem: Problem) -> Mapping[str, Json]:
    """An entry of `errors` or `warnings`."""
    return {
        "code": problem.code,
        "source": problem.source,
        "line": problem.line,
        "column": problem.column,
        "field": problem.field,
        "message": problem.message,
        "hint": problem.hint,
    }
