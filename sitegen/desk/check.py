"""Every mistake and every remark about a site's content, without writing a site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from sitegen.advice import Severity, severity_of
from sitegen.desk.against import changes_since
from sitegen.desk.links import broken_links, unreachable_pages
from sitegen.desk.look import Look, look_at
from sitegen.desk.names import dates_far_away, doubled_titles, tags_alike, tags_once
from sitegen.errors import Problem, SitegenError
from sitegen.index.notes import each, heard
from sitegen.index.places import Places
from sitegen.model import Progress
from sitegen.site import in_content

LABELS = ("why_it_matters", "what_it_means")
"""The texts of a theme that stand above fields of an article."""

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

    def good(self, *, strict: bool) -> bool:
        """Whether nothing must be mended; with `strict` warnings must be."""
        grave = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
        return not any(finding.severity in grave for finding in self.findings)

    def of(self, severity: Severity) -> Sequence[Problem]:
        """What was found that is as grave as that."""
        return [finding.problem for finding in self.findings if finding.severity is severity]


def check(
    folder: Path,
    state: Path,
    now: int,
    show: Callable[[Progress], None],
    *,
    jobs: int | None = None,
    against: Path | None = None,
) -> Checked:
    """Look at the whole site in `folder` as it stands at `now`, in seconds since 1970.

    `against` is the manifest of the last deploy, to compare with.

    Raises SitegenError when its settings or theme cannot be read.
    """
    with look_at(folder, state, now, show, jobs) as look:
        site = look.site
        errors = [Finding(Severity.ERROR, problem) for problem in (*site.errors, *site.whole)]
        told = site.told
        remarks = [*_notes(look), *_located(site.cautions, look)]
        remarks += [
            p for p in map(in_content, _of_the_whole(look, against)) if heard(p, told, look.config)
        ]
        found = [*errors, *(Finding(severity_of(p.code), p) for p in remarks)]
        return Checked(len(site.articles), sorted(dict.fromkeys(found), key=_place))


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
    yield from tags_once(look)
    yield from doubled_titles(look, places)
    yield from dates_far_away(look, places)
    if against is not None:
        yield from changes_since(look, against)


def _notes(look: Look) -> Iterator[Problem]:
    """What reading each file noted, at its place."""
    labels = {
        _bare(strings[name])
        for strings in look.theme.strings.values()
        for name in LABELS
        if isinstance(strings.get(name), str)
    }
    for problem in each(look.site.told, look.config):
        label = problem.message.partition("“")[2].partition("”")[0]
        if problem.code != "label-repeated" or _bare(label) in labels:
            yield in_content(problem)


def _bare(text: object) -> str:
    return " ".join(str(text).split()).casefold()


def _located(cautions: Iterable[Problem], look: Look) -> Iterator[Problem]:
    """A build does not look up where a link stands; a check does."""
    places = Places(look.folder / "content")
    for caution in cautions:
        if caution.line or not caution.code.startswith("link-"):
            yield caution
            continue
        target = caution.message.removeprefix("it links to ").partition(",")[0]
        at, _ = places.of(caution.source.removeprefix("content/"), target.rpartition("/")[2])
        yield replace(caution, line=at.line, column=at.column)
