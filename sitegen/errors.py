"""Errors as data: what is wrong, where, and how to mend it. Only the command line shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class At(NamedTuple):
    """A place in a file, counted from 1; 0 where it is not known."""

    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake, in words for a person who is no programmer."""

    code: str
    """Stable name of the kind of mistake, such as `date-missing`."""
    message: str
    source: str = ""
    """The file, relative to the site's folder; empty where no one file is at fault."""
    line: int = 0
    """1-based; 0 where no line is known."""
    field: str = ""
    hint: str = ""
    """What to do about it."""
    column: int = 0
    """1-based, in characters; 0 where only the line is known."""

    def place(self) -> str:
        """`file:line:column`, as far as they are known."""
        return ":".join([self.source, *(str(n) for n in (self.line, self.column) if n)])

    def text(self) -> str:
        """The whole message on one or two lines."""
        where = ": ".join(part for part in (self.place(), self.field) if part)
        head = f"{where}: {self.message}" if where else self.message
        return f"{head}\n    {self.hint}" if self.hint else head


@dataclass(frozen=True, slots=True)
class Mistake:
    """A problem of the site as a whole that leaving one source out would mend."""

    source: str
    """Relative to content/; empty where no source is at fault."""
    problem: Problem
    about: str = ""
    """What to look for in the file, where the problem has no line yet."""


class SitegenError(Exception):
    """The content or the site has mistakes; the output is as it was."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(problem.text() for problem in problems))
        self.problems = problems

    def __reduce__(self) -> tuple[type[SitegenError], tuple[Problem, ...]]:
        """So that one which a worker raises arrives with its problems."""
        return type(self), self.problems


class Misuse(SitegenError):
    """The command was called in a way that cannot be meant."""

    exit_code = 2


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean “title”?`, or nothing when no known word is near."""
    from difflib import get_close_matches  # only a mistake needs it

    near = get_close_matches(word.lower(), sorted(known), n=1, cutoff=0.6)
    return f"did you mean “{near[0]}”?" if near else ""


def counted(number: int, noun: str) -> str:
    """“1 article”, “2,000 articles”."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
