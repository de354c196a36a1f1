"""Builds before which articles were edited, or what stands beside them: of the last plan what that
touches is made anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import inf
from pathlib import Path
from typing import NamedTuple

from sitegen import urls
from sitegen.build.comparing import NOTABLE, Work, work_of
from sitegen.build.room import are_promised, have_room, leads_from
from sitegen.build.unchanged import is_due
from sitegen.config import Config
from sitegen.due import Finished
from sitegen.errors import Problem
from sitegen.index.asked import Asked
from sitegen.index.notes import CODES as NOTED
from sitegen.index.store import Store
from sitegen.index.traces import Trace, Traces, Written
from sitegen.model import Key, Moment, Progress, Show
from sitegen.options import Options
from sitegen.outputs import Copy, Output, Page
from sitegen.plan.outdated import compared, mark, need, needing
from sitegen.plan.touched import touched
from sitegen.render.theme import Theme
from sitegen.site import Site
from sitegen.site.content import Content
from sitegen.site.part import Part
from sitegen.site.plain import Plain, Turn, facts_of, turns_of
from sitegen.site.shown import Shown
from sitegen.write.survey import Survey, glance

MOST, SHARE = 500, 40
"""Outputs that are planned one by one, or one of so many of all: more are planned faster with all
others, each in a twentieth of the time."""
_TOUCHED = 10
"""Outputs that an article with another title, or another tag, touches at least, as a rule."""
_SOUGHT = 6
"""Needs for which the state is asked; it takes longer for each, and more are found in one go."""
_OF_SIZES = "host-limit"
"""The warning of how much all files are: that may be more now, or no longer too much."""
_OF_ARTICLES = {"articles", "redirects"}
"""The families of pages at addresses of articles, and at old ones, which may change places."""
HEAVY = "feed-heavy"
"""The warning of feeds that are too large, which is said anew of all that are."""


class Decided(NamedTuple):
    """What is to be done."""

    site: Site
    """It has the outputs that may be other than they were, and no more."""
    work: Work
    more: int
    """How many outputs there are more than after the last build."""
    archive: Asked | None
    """Where what readers find, and when, may be other than it was."""
    notes: Sequence[Problem] | None
    """What is to be told of single files, where that may be other than it was."""


def stands(last: Finished, content: Content, options: Options) -> bool:
    """Whether all that the last build planned and said holds, but for what was edited.

    Whether its settings, themes and options do is for `holds` to say.
    """
    if content.changes is None or options.preview:
        return False
    if options.manifest or options.only or options.prune:
        return False
    if tuple(last.passed_over) != content.passed_over:
        return False
    changed = {f"content/{change.source}" for change in content.changes}
    warned = (w["code"] for w in last.warnings if w["source"] in changed)
    of_sizes = any(warning["code"] == _OF_SIZES for warning in last.warnings)
    return changed.isdisjoint(last.left_out) and NOTED.issuperset(warned) and not of_sizes


def work_for_edits(
    last: Finished,
    options: Options,
    config: Config,
    theme: Theme,
    store: Store,
    content: Content,
    moment: Moment,
    show: Show,
    *,
    other_data: bool,
) -> Decided | None:
    """What is to be done where the last build `stands`; None where that is not easily said.

    With `other_data` a file of data/ changed, came or went.
    """
    show(Progress("looking at the output"))
    recorded = _Recorded(store, options.root)
    looked = glance(options.output, recorded.files(), last.not_owned)
    show(Progress("planning"))
    part = Part(options.site, config, theme, store, content, moment)
    if part.problems or part.knows(last.left_out):
        return None  # of what was left out the archive that is asked would show articles
    data = part.data_facts() if other_data else []
    data += part.facts_of_terms(content.changes or ())
    planned = _planned(part, content, last, looked, recorded, options, data)
    if planned is None:
        return None
    show(Progress("comparing"))
    site, gone, came, known, edited = planned
    archive = part.archive if edited else None
    work = _work(site, gone, known, looked, recorded, options.state)
    notes = part.notes() if any(change.noted for change in content.changes or ()) else None
    return Decided(site, work, len(came) - len(gone), archive, notes)


class _Planned(NamedTuple):
    """The outputs that may be other than they were, and what was recorded there."""

    site: Site
    gone: Sequence[str]
    came: Collection[str]
    known: Mapping[str, Trace]
    edited: bool
    """Whether more than texts were edited."""


def _planned(
    part: Part,
    content: Content,
    last: Finished,
    looked: Survey,
    recorded: _Recorded,
    options: Options,
    data: Collection[Key],
) -> _Planned | None:
    """The outputs that edits touch, found by their needs and by what became of articles.

    `data` are facts that may be others than they were. None where the outputs are many, or where
    others follow from which outputs there are.
    """
    config = part.archive.config
    most = max(MOST, recorded.number // SHARE)
    turns = turns_of(part.archive, content.changes or (), last.now)
    edits = _touched(part, content, turns, last, recorded, options, most)
    if edits is None:
        return None
    paths = _needing(part, content, turns, data, recorded) | looked.looks.keys()
    if any(warning["code"] == HEAVY for warning in last.warnings):
        paths |= _heavy(recorded, config)
    paths.difference_update(edits.pages, _recorded_at(edits.pages, recorded, config))
    if len(paths) > most:
        return None
    as_is = _as_they_were(content, recorded)
    still = as_is & part.copied_of(content.replaced)
    site = part.site(sorted(paths), edits.pages, recorded.has, still)
    if site is None or site.whole or paths - {output.path for output in site.outputs}:
        return None  # what was lost and belongs there is not easily said
    made = {output.path for output in site.outputs}
    gone = _gone(part, edits, as_is, made, recorded, config)
    if gone is None:
        return None
    paths = {*(output.path for output in site.outputs), *gone}
    known = {path: found[0] for path in paths if (found := recorded.last(path))}
    turned = [o for o in site.outputs if o.path in known and not _is_of(o, known[o.path])]
    if not all({o.family, known[o.path].family} <= _OF_ARTICLES for o in turned):
        return None  # an output of another kind was there
    came = [output for output in site.outputs if output.path not in recorded]
    others = [*came, *turned]
    if are_promised({*gone, *(output.path for output in others)}, config):
        return None
    if any(leads_from(part.archive, output) for output in others):
        return None
    new = {output.path for output in came}
    if (new or gone) and not have_room(part, new, gone, recorded, recorded.number, options):
        return None
    return _Planned(site, gone, new, known, edits.edited)


class _Touched(NamedTuple):
    """What edits of more than texts touch."""

    pages: Mapping[str, Page | None]
    dropped: Collection[str]
    """The files of which less may be copied."""
    edited: bool = True
    """Whether there are any."""


_NOTHING = _Touched({}, (), edited=False)


class _Recorded(Traces):
    """What is recorded of the output, and how much it is."""

    number = bytes = 0

    def has(self, copy: Copy) -> bool:
        """Whether a file of that name was copied to that path."""
        known = self.last(copy.path)
        return known is not None and _is_of(copy, known[0])

    def files(self) -> Iterator[Written]:
        self.number = self.bytes = 0
        for file in super().files():
            self.number += 1
            self.bytes += max(file.size, 0)
            yield file


def _touched(
    part: Part,
    content: Content,
    turns: Sequence[Turn],
    last: Finished,
    recorded: _Recorded,
    options: Options,
    most: int,
) -> _Touched | None:
    """What edits of more than texts touch; None where they may touch more than can be said.

    Of more than `most` outputs it is not asked.
    """
    files = (content.added, content.lost, content.replaced, content.static_changed)
    if len(turns) * _TOUCHED + sum(map(len, files)) > most:
        return None
    archive, config = part.archive, part.archive.config
    others = any(change.chosen or change.moved for change in content.changes or ())
    if not (turns or any(files) or others or is_due(last, options)):
        return _NOTHING
    if any(name in recorded for name in content.added):
        return None
    if config.site.icon in content.static_changed:
        return None  # all icons may be made of it
    told = {warning["code"] for warning in last.warnings}
    warned = {w["source"] for w in last.warnings if w["code"] not in NOTED}
    if not warned.isdisjoint(f"content/{turn.after.source}" for turn in turns if turn.after):
        return None  # what was told of an article may end with it
    shown = Shown(archive, part.files, content, told)
    plain = Plain(archive, shown, options.site / "content", content.sources, told)
    if not plain.are_plain(turns, part.wishes):
        return None
    edits = [turn.edit for turn in turns]
    removed = sum(edit.before is not None and edit.after is None for edit in edits)
    if removed > most_removed(options, config):
        return None
    pages = touched(archive, config, edits, recorded)
    if pages is None:
        return None
    lists = {page.path: page for page in part.lists()}
    return _Touched({**pages, **lists}, shown.dropped(edits))


def most_removed(options: Options, config: Config) -> float:
    """How many published articles a build may remove without being told so."""
    most = config.build.max_removed if options.max_removed is None else options.max_removed
    return most or inf


def _needing(
    part: Part, content: Content, turns: Sequence[Turn], data: Collection[Key], traces: Traces
) -> set[str]:
    """The outputs that need a fact which is another now."""
    before = [
        need(key, before)
        for change in content.changes or ()
        for key, before in change.facts.items()
    ]
    keys = [*data, *part.facts_of_files()]
    keys += facts_of(part.archive, [turn.edit for turn in turns])
    now = {mark(key): need(key, part.facts.digest(key)) for key in keys}
    if len(before) + len(now) > _SOUGHT:
        return set(needing(traces.every_need(), before, now))
    return {*traces.with_needs(before), *traces.with_others(now.items())}


def _heavy(recorded: _Recorded, config: Config) -> set[str]:
    """The feeds that may be too large; archives of feeds are none of them."""
    found = recorded.larger("feeds", NOTABLE)
    names = {path: path.rpartition("/")[2].removesuffix(".xml") for path in found}
    langs = config.all_languages
    archives = {config.feed_archive_url(lang, name) for lang in langs for name in names.values()}
    return names.keys() - {urls.path_of(url) for url in archives}


def _gone(
    part: Part,
    edits: _Touched,
    as_is: Collection[str],
    made: Collection[str],
    recorded: _Recorded,
    config: Config,
) -> Sequence[str] | None:
    """The outputs that nothing makes any more; None where others may be in their place.

    `as_is` are the files that were copied as they were and changed, `made` what is planned.
    """
    led = [path for path, page in edits.pages.items() if page and page.family == "redirects"]
    empty = [path for path, page in edits.pages.items() if page is None]
    empty += [path for path in sorted(as_is) if path not in made]
    gone = _recorded_at(empty, recorded, config)
    if any(map(part.makes, gone)):
        return None
    copied = set(recorded.copies_of(edits.dropped)) - part.copied_of(edits.dropped)
    # A smaller file may have no twin any more, and a page that leads on has none.
    less = sorted(copied.union(as_is, led).difference(gone))
    return gone + [path for path in _recorded_at(less, recorded, config) if path not in made]


def _recorded_at(paths: Iterable[str], recorded: _Recorded, config: Config) -> list[str]:
    """Those of some outputs, and of their twins, that there are."""
    found = []
    for path in paths:
        twins = (f"{path}.{coding}" for coding in config.build.precompress)
        found += [path] if path in recorded else []
        # A file of content/ may be called like a twin.
        found += [t for t in twins if (known := recorded.last(t)) and known[0].family == "twins"]
    return found


def _as_they_were(content: Content, recorded: _Recorded) -> set[str]:
    """The files that changed and were published as they were, by their paths."""
    found = content.replaced.keys() & set(recorded.copies_of(content.replaced))
    return {*found, *(name for name in content.static_changed if name in recorded)}


def _is_of(output: Output, trace: Trace) -> bool:
    """Whether what is recorded at an output's path is of the same kind and file."""
    return (trace.family, trace.source) == (output.family, output.source)


def _work(
    site: Site,
    gone: Sequence[str],
    known: Mapping[str, Trace],
    looked: Survey,
    recorded: _Recorded,
    scratch: Path,
) -> Work:
    every = compared(site.outputs, site.inputs, recorded.some, looked.looks, recorded.needs)
    work = work_of(every, len(site.outputs), looked, scratch)
    work.bytes += recorded.bytes - sum(max(trace.size, 0) for trace in known.values())
    work.orphans = [known[path] for path in gone]
    return work
