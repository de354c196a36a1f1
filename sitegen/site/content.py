"""Bring the index up to date with the site's files: scan, read what changed, store it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sitegen.config import FILE, Config
from sitegen.digest import canonical, digest, engine_digest
from sitegen.errors import Problem, SitegenError, did_you_mean
from sitegen.index.articles import Articles
from sitegen.index.changes import Change, changes_by, departures
from sitegen.index.packing import packed
from sitegen.index.rows import Row, Source
from sitegen.index.store import Store
from sitegen.model import Progress, Show, State, Told, state_of
from sitegen.outputs import File
from sitegen.pool import Pool
from sitegen.read import read_file
from sitegen.read.batches import FEW, batches_of, contents
from sitegen.read.place import Place, place_of
from sitegen.read.scan import Found, Scanned, scan_site
from sitegen.site.digests import FileDigests
from sitegen.spool import Spool, batches
from sitegen.validation import line_of, unknown_keys

if TYPE_CHECKING:
    from sitegen.read.file import ReadFile


FOLLOWED = 500
"""So many files that were read anew are compared with what was known of them: what follows from
more is planned faster with all that there is."""
_TOGETHER = 500
"""Files whose digests are asked for at a time."""
FIRST_STORED, MOST_STORED = 512, 8192
"""Files that are stored in one transaction: those of the first, of which a preview may wait, then
twice as many each time. An interrupted first build keeps what it had stored.
"""


@dataclass(frozen=True, slots=True)
class Content:
    """The site's files, as the index now knows them."""

    sources: Collection[str]
    """The files of content/ that were read, good or bad."""
    static: tuple[File, ...]
    files: Mapping[str, File]
    """The files of content/ that may be copied, by name."""
    problems: tuple[Problem, ...]
    """What is wrong with names and links, before any file is opened."""
    remarks: tuple[Problem, ...] = ()
    passed_over: tuple[str, ...] = ()
    """The files of content/ that are neither read nor copied; `remarks` say why."""
    changes: tuple[Change, ...] | None = None
    """The files that were read anew, or are gone; None where more changed than articles, their
    texts and what may be copied."""
    added: frozenset[str] = frozenset()
    """The files of content/ that may be copied now and could not before, by name."""
    lost: Mapping[str, bytes] = field(default_factory=dict)
    """Those that could be copied before, and the digests that they had."""
    replaced: Mapping[str, bytes] = field(default_factory=dict)
    """Those that have other bytes, and nothing else that is to be said of them; likewise."""
    static_changed: Mapping[str, bytes] = field(default_factory=dict)
    """The files of static/ that are new, gone or replaced so, by name; likewise."""


READING = "sitegen.read.article"
"""The module that workers need to read articles."""
_Wanted = tuple[Place, Found]
"""A file to read."""


class _Task(NamedTuple):
    config: Config
    card_extra: tuple[str, ...]
    reading: bytes
    now: int | None
    files: tuple[_Wanted, ...]


@dataclass(slots=True)
class _SortedOut:
    gone: list[str]
    wanted: Spool[_Wanted]
    copied: list[Found] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)


def update(
    site: Path,
    config: Config,
    card_extra: Collection[str],
    store: Store,
    workers: Pool,
    show: Show,
    now: int | None = None,
    scanned: Scanned | None = None,
) -> Content:
    """Read what changed under `site` and store it; everything else is as the index has it.

    Of the texts of articles that are withdrawn at `now` nothing is stored. `scanned` are its files,
    if they were looked at since the state last changed.
    """
    show(Progress("looking at files"))
    shown = tuple(sorted(card_extra))
    reading = reading_of(config, shown)
    articles = Articles(store)
    if now is not None:
        articles.restore(now)
    if store.meta("reading") != reading.hex():
        _check_names(site, config)
        store.remember("reading", reading.hex())
    found = scanned or scan_site(site, articles.stats(reading), store.scratch)
    sorted_out = _sort_out(found, articles, config, reading, store.scratch, show)
    # The last names first: where folders are called by date, these are the newest articles, and a
    # preview that waits for them can show home before the rest is read.
    show(Progress("reading"))
    settings = (config, shown, reading, now)
    changes = _read(sorted_out.wanted, articles, settings, workers, show)
    if sorted_out.gone:
        gone = departures(articles, sorted_out.gone) if len(sorted_out.gone) <= FOLLOWED else None
        changes = None if changes is None or gone is None else (*changes, *gone)
        with store.transaction():
            articles.remove(sorted_out.gone)
            store.untidy()
    show(Progress("reading files"))
    digests = FileDigests(store, workers, config.images.model_dump_json())
    of_static = tuple(digests.files("static", found.static, show))
    copied = digests.files("content", sorted_out.copied, show)
    problems = found.problems
    return Content(
        articles.read,
        of_static,
        {file.name: file for file in copied},
        problems,
        tuple(sorted_out.remarks),
        tuple(sorted_out.passed_over),
        None if digests.changed or problems else changes,
        frozenset(digests.added),
        digests.lost,
        digests.replaced,
        digests.static,
    )


def reading_of(config: Config, card_extra: Collection[str]) -> bytes:
    """The digest of what reading a file depends on beside its bytes."""
    return digest(engine_digest() + canonical((config.reading(), sorted(card_extra))))


def _check_names(site: Path, config: Config) -> None:
    """Raise SitegenError for settings that map a field to one that does not exist."""
    if not config.front_matter.names:
        return
    from sitegen.read.fields import FrontMatter, StandingFields, TermFields

    models = (FrontMatter, StandingFields, TermFields)
    known = {*config.taxonomies, *(name for model in models for name in model.model_fields)}
    text = (site / FILE).read_text(encoding="utf-8-sig")
    problems = []
    for name, target in config.front_matter.names.items():
        group, _, inner = target.partition(".")
        parts = {key for model in models for key in unknown_keys(model, [group])}
        if group not in known or (inner and inner not in parts):
            path = ("front_matter", "names", name)
            message = f"there is no field called “{target}”"
            hint = did_you_mean(inner or group, parts if inner else known)
            line = line_of(text, path)
            problems.append(Problem("config", message, FILE, line, ".".join(path), hint))
    if problems:
        raise SitegenError(*problems)


def _sort_out(
    scanned: Scanned,
    articles: Articles,
    config: Config,
    reading: bytes,
    scratch: Path | None,
    show: Show,
) -> _SortedOut:
    """Which files are to be read, which are gone, and which are only copied."""
    result = _SortedOut([*scanned.gone], Spool(folder=scratch))
    done, total = 0, len(scanned.other)
    for some in batches(scanned.other, most=_TOGETHER):
        done += len(some)
        same = _with_same_bytes((file for file, was_read in some if was_read), articles, reading)
        if same:
            articles.touch((file.source, file.stat, file.settled) for file in same.values())
            show(Progress("looking at files", done, total))
        for file, was_read in some:
            if file.source in same:
                continue
            place = place_of(file.source, config)
            if place.kind not in ("asset", "index") and not (
                place.kind == "term" and place.in_drafts
            ):
                result.wanted.add((place, file))
                continue
            if was_read:  # with other settings
                result.gone.append(file.source)
            if place.kind == "asset":
                result.copied.append(file)
                continue
            message = "a section's own page has no place here, and is passed over"
            if place.kind == "term":
                message = "it lies among the drafts, and is passed over"
            result.remarks.append(Problem("passed-over", message, f"content/{file.source}"))
            result.passed_over.append(file.source)
    return result


def _with_same_bytes(
    files: Iterable[Found], articles: Articles, reading: bytes
) -> dict[str, Found]:
    """Those of some files, by source, that are as they were when they were last read so.

    Not for workers: to hand a file over takes longer than to look at it.
    """
    named = {file.source: file for file in files}
    before = articles.digests_read(named, reading)
    same: dict[str, Found] = {}
    for batch in batches_of((name, named[name]) for name in before):
        for (name, file), data in zip(batch, contents([file for _, file in batch]), strict=True):
            # If it cannot be read, reading it says why.
            if isinstance(data, bytes) and digest(data) == before[name]:
                same[name] = file
    return same


def _read(
    wanted: Spool[_Wanted],
    articles: Articles,
    settings: tuple[Config, tuple[str, ...], bytes, int | None],
    workers: Pool,
    show: Show,
) -> tuple[Change, ...] | None:
    """Read files and store what they say; returns what changed, as `Content.changes` has it."""
    tasks = (_Task(*settings, tuple(batch)) for batch in batches_of(reversed(wanted)))
    done, total = 0, len(wanted)
    if not total:
        return ()
    read = workers.map(_read_batch, tasks, alone=total <= FEW)
    read = chain([next(read)], read)  # the workers are there before a transaction is begun
    some = FIRST_STORED
    changes: list[Change] | None = []
    while done < total:
        with articles.together():
            for rows in _enough(read, some):
                done += len(rows)
                show(Progress("reading", done, total))
                if changes is not None:
                    more = changes_by(articles, rows) if total <= FOLLOWED else None
                    changes = None if more is None else changes + more
                articles.put(rows)
        some = min(2 * some, MOST_STORED)
    return None if changes is None else tuple(changes)


def _enough(read: Iterator[list[Row]], number: int) -> Iterator[list[Row]]:
    """So many rows at least, if there are, some at a time."""
    for rows in read:
        yield rows
        number -= len(rows)
        if number <= 0:
            break


def _read_batch(task: _Task) -> list[Row]:
    """In a worker: what the files say."""
    every = zip(task.files, contents([file for _, file in task.files]), strict=True)
    return [_read_one(task, place, file, data) for (place, file), data in every]


def _read_one(task: _Task, place: Place, file: Found, data: bytes | OSError) -> Row:
    if isinstance(data, OSError):
        problem = Problem("file-unreadable", f"it cannot be read: {data.strerror}", place.source)
        return Row(place.source, Source("", False, b"", b""), None, None, {}, Told((problem,)))
    read = read_file(place, data, task.config, task.card_extra)
    return row_of(read, Source(file.stat, file.settled, read.digest, task.reading), task.now)


def row_of(read: ReadFile, known: Source, now: int | None) -> Row:
    """What reading a file gave, ready to be stored; of an article withdrawn at `now`, no text."""
    article = read.article
    gone = article and now is not None and state_of(article, now) is State.WITHDRAWN
    facts = {} if gone else {key: (digest(v), packed(v)) for key, v in read.facts.items()}
    return Row(read.source, known, article, read.document, facts, read.told())
