"""Every mistake and every remark about a site's content, without writing a site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from sitegen.advice import Severity, severity_of
from sitegen.config import load_config
from sitegen.desk.against import changes_since
from sitegen.desk.fix import bare, fix, labels
from sitegen.desk.links import broken_links, links_elsewhere, unreachable_pages
from sitegen.desk.look import Look
from sitegen.desk.names import (
    dates_far_away,
    doubled_titles,
    sections_alike,
    tags_alike,
    tags_once,
    tags_written_otherwise,
)
from sitegen.desk.outgoing import check_outgoing
from sitegen.desk.source import find_source
from sitegen.desk.whole import Inquiry, Whole
from sitegen.errors import Problem, SitegenError, counted
from sitegen.index.notes import each, heard
from sitegen.index.places import Places
from sitegen.instants import from_seconds
from sitegen.model import Show
from sitegen.site.located import in_content

_ORDER = tuple(Severity)


class Finding(NamedTuple):
    """Something that was found, and how grave it is."""

    severity: Severity
    problem: Problem


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, the gravest first within each file."""

    articles: int
    findings: Sequence[Finding] = field(default_factory=list)
    mended: Sequence[str] = ()
    """What was mended, in sentences."""

    def good(self, *, strict: bool) -> bool:
        """Whether nothing must be mended; with `strict` warnings must be."""
        grave = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
        return not any(finding.severity in grave for finding in self.findings)

    def of(self, severity: Severity) -> Sequence[Problem]:
        """What was found that is as grave as that."""
        return [finding.problem for finding in self.findings if finding.severity is severity]


@dataclass(frozen=True, slots=True)
class Options:
    """What `sitegen check` was asked to do."""

    site: Path
    now: int
    """Seconds since 1970."""
    state: Path = Path(".sitegen")
    """Relative to the site."""
    files: Sequence[str] = ()
    """With some, only what concerns them is told; as an editor names them."""
    jobs: int | None = None
    against: Path | None = None
    """The manifest of the last deploy, to compare with."""
    fix: bool = False
    """Mend first what leaves every page as it is."""
    external: bool = False
    """Ask after the links to other sites, too."""


def check(options: Options, show: Show) -> Checked:
    """Look at a whole site.

    Raises SitegenError when its settings or theme cannot be read, Misuse for a file that is none.
    """
    folder = options.site.resolve()
    config = load_config(folder)
    named = {find_source(folder, config, file).name for file in options.files}
    state = (folder / options.state).resolve()
    inquiry = Inquiry(folder, config, state, from_seconds(options.now), show, options.jobs)
    mended = inquiry.ask(lambda whole: fix(Look.at(whole))) if options.fix else ()

    def question(whole: Whole) -> Checked:
        look = Look.at(whole)
        found = sorted(dict.fromkeys(_findings(look, options, state, show)), key=_place)
        told = [one for one in found if not named or one.problem.source in named]
        return Checked(len(look.site.articles), told, mended)

    return inquiry.ask(question)


def _findings(look: Look, options: Options, state: Path, show: Show) -> Iterator[Finding]:
    site = look.site
    for problem in (*site.errors, *site.whole):
        yield Finding(Severity.ERROR, problem)
    seen = [*_of_the_whole(look, options.against)]
    if options.external:
        seen += _outgoing(look, state, show)
    heard_of = (p for p in map(in_content, seen) if heard(p, site.told, look.config))
    for problem in (*_notes(look), *_located(site.cautions, look), *heard_of):
        yield Finding(severity_of(problem.code), problem)


def refused(error: SitegenError) -> Checked:
    """What was found where nothing could be looked at."""
    return Checked(0, [Finding(Severity.ERROR, problem) for problem in error.problems])


def _place(finding: Finding) -> tuple[str, int, int, int, str]:
    problem = finding.problem
    grave = _ORDER.index(finding.severity)
    return problem.source, problem.line, problem.column, grave, problem.message


def _of_the_whole(look: Look, against: Path | None) -> Iterator[Problem]:
    """What only shows when all files are seen together; places are relative to content/."""
    places = Places(look.folder / "content")
    yield from broken_links(look, places)
    yield from unreachable_pages(look)
    yield from tags_alike(look, places)
    yield from sections_alike(look, places)
    yield from tags_written_otherwise(look, places)
    yield from tags_once(look)
    yield from doubled_titles(look, places)
    yield from dates_far_away(look, places)
    if against is not None:
        yield from changes_since(look, against)


def _outgoing(look: Look, state: Path, show: Show) -> Iterator[Problem]:
    """What is wrong with links to other sites, as far as the time allows to ask."""
    outgoing = check_outgoing(links_elsewhere(look), state, look.site.archive.moment.now, show)
    yield from outgoing.problems
    if outgoing.left:
        message = f"{counted(outgoing.left, 'link')} to other sites were not reached in time"
        yield Problem("outgoing-left", message, hint="check once more: it goes on from here")


def _notes(look: Look) -> Iterator[Problem]:
    """What reading each file noted, at its place."""
    known = labels(look)
    for problem in each(look.site.told, look.config):
        label = problem.message.partition("“")[2].partition("”")[0]
        if problem.code != "label-repeated" or bare(label) in known:
            yield in_content(problem)


def _located(cautions: Iterable[Problem], look: Look) -> Iterator[Problem]:
    """A build does not look up where a link stands; a check does."""
    places = Places(look.folder / "content")
    for caution in cautions:
        if caution.line or not caution.code.startswith("link-"):
            yield caution
            continue
        target = caution.message.removeprefix("it links to ").partition(",")[0]
        at = places.near(caution.source.removeprefix("content/"), target.rpartition("/")[2])
        yield replace(caution, line=at.line, column=at.column)
