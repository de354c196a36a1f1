"""Bring the index up to date with the site's files: scan, read what changed, store it."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from sitegen.config import FILE, Config
from sitegen.digest import canonical, digest, digest_of, engine_digest
from sitegen.errors import Problem, SitegenError, did_you_mean
from sitegen.index.articles import Articles, Row, Source
from sitegen.index.changes import Change, changes_by, departures
from sitegen.index.store import KnownFile, Store
from sitegen.model import Progress, State, Told, state_of
from sitegen.outputs import File
from sitegen.pool import Pool
from sitegen.read import read_file
from sitegen.read.pictures import image_of
from sitegen.read.place import Place, place_of
from sitegen.read.scan import Found, Scanned, scan_site
from sitegen.spool import Spool, batches
from sitegen.validation import line_of, unknown_keys

if TYPE_CHECKING:
    from sitegen.read.file import ReadFile

Show = Callable[[Progress], None]

BATCH = 64
"""Files that a worker reads at a time, at most; long ones are fewer."""
HEAVY = 2_000_000
"""Bytes of such a batch that are enough: memory must not depend on how long articles are."""
FEW = 24
"""So few files are read here: starting workers would take longer."""
FOLLOWED = 500
"""So many files that were read anew are compared with what was known of them: what follows from
more is planned faster with all that there is."""
LIGHT = 20_000_000
"""Bytes of files to be digested, of which the same is true."""
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
    texts and what may be copied of them."""
    added: frozenset[str] = frozenset()
    """The files of content/ that may be copied now and could not before, by name."""
    lost: Mapping[str, bytes] = field(default_factory=dict)
    """Those that could be copied before, and the digests that they had."""


_Wanted = tuple[Place, Found]
"""A file to read."""
_Unknown = tuple[str, Found, tuple[bytes, KnownFile | None]]
"""A file to look at: its name in the state; its digest, or nothing if that is not known; and what
is known of it if its digest is as it was."""
_W = TypeVar("_W", bound=_Wanted | _Unknown)


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
    digests = articles.digests_read(named, reading)
    return {name: named[name] for name, before in digests.items() if _has(named[name], before)}


def _has(file: Found, before: bytes) -> bool:
    """Whether a file has bytes with a digest. If it cannot be read, reading it says why."""
    with suppress(OSError):
        return digest(_bytes_of(file)) == before
    return False


def _bytes_of(file: Found) -> bytes:
    """Of each of a million files, so not by way of a Path: 5 µs, not 9. Raises OSError."""
    with open(file.file, "rb", buffering=0) as opened:  # noqa: PTH123 - a Path is slow
        return opened.read()


def _read(
    wanted: Spool[_Wanted],
    articles: Articles,
    settings: tuple[Config, tuple[str, ...], bytes, int | None],
    workers: Pool,
    show: Show,
) -> tuple[Change, ...] | None:
    """Read files and store what they say; returns what changed, as `Content.changes` has it."""
    tasks = (_Task(*settings, tuple(batch)) for batch in _batches(reversed(wanted)))
    done, total = 0, len(wanted)
    if total > FEW:
        importlib.import_module("sitegen.read.article")  # once, before workers are forked
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


def _batches(wanted: Iterable[_W]) -> Iterator[list[_W]]:
    batch: list[_W] = []
    size = 0
    for item in wanted:
        batch.append(item)
        size += item[1].size
        if len(batch) == BATCH or size >= HEAVY:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read_batch(task: _Task) -> list[Row]:
    """In a worker: what the files say."""
    return [_read_one(task, place, file) for place, file in task.files]


def _read_one(task: _Task, place: Place, file: Found) -> Row:
    try:
        data = _bytes_of(file)
    except OSError as error:
        problem = Problem("file-unreadable", f"it cannot be read: {error.strerror}", place.source)
        return Row(place.source, Source("", False, b"", b""), None, None, {}, Told((problem,)))
    read = read_file(place, data, task.config, task.card_extra)
    return row_of(read, Source(file.stat, file.settled, read.digest, task.reading), task.now)


def row_of(read: ReadFile, known: Source, now: int | None) -> Row:
    """What reading a file gave, ready to be stored; of an article withdrawn at `now`, no text."""
    article = read.article
    gone = article and now is not None and state_of(article, now) is State.WITHDRAWN
    facts = {} if gone else read.facts
    return Row(read.source, known, article, read.document, facts, read.told())


class FileDigests:
    """Digests of files that are copied, kept by their stat."""

    def __init__(
        self,
        store: Store,
        workers: Pool | None = None,
        settings: str = "",
        *,
        stores: bool = True,
    ) -> None:
        """`settings` are what it depends on which pictures are decoded at all.

        With `stores` what was found is stored.
        """
        self._store = store
        self._stores = stores
        self._now = f"{engine_digest().hex()} {digest(settings.encode()).hex()}"
        self._known = store.known_files()
        self._workers = workers or Pool(1)
        self.changed = False
        """Whether what was known of any file is other than before, its stat aside, or one of
        static/ is new or gone."""
        self.added: set[str] = set()
        """The files of content/ that are new."""
        self.lost: dict[str, bytes] = {}
        """Those that are gone, and the digests that they had."""

    def files(
        self, group: str, found: Iterable[Found], show: Show = lambda progress: None
    ) -> list[File]:
        """Each file of a group with its digest; only those whose stat is new are opened.

        Raises OSError when one of them cannot be read.
        """
        named = {f"{group}/{file.source}": file for file in found}
        fresh = self._fresh(group, named, show)
        gone = [key for key in self._known if key.startswith(f"{group}/") and key not in named]
        old = {key: self._known[key] for key in fresh.keys() & self._known.keys()}
        new = {named[key].source for key in fresh.keys() - old.keys()}
        same = all(old[key][2:] == fresh[key][2:] for key in old)
        self.changed |= not same or (group != "content" and bool(gone or new))
        if group == "content":
            self.added |= new
            self.lost |= {key.removeprefix("content/"): self._known[key].digest for key in gone}
        if self._stores:
            if fresh or gone:
                self._store.put_files(fresh.items(), gone)
            if self._measured(group) != self._now:
                self._store.remember(f"measured {group}", self._now)
        known = self._known | fresh
        return [
            File(file.source, file.file, known[key].digest, known[key].image, file.size)
            for key, file in named.items()
        ]

    def _measured(self, group: str) -> str:
        """How the files of a group were last looked at: by which sitegen, for which settings."""
        return self._store.meta(f"measured {group}")

    def _fresh(self, group: str, named: Mapping[str, Found], show: Show) -> dict[str, KnownFile]:
        """What is known now of those files of which it was not known before."""
        before = self._measured(group)
        again = before.partition(" ")[0] != self._now.partition(" ")[0]
        wanted = list(self._wanted(named, again, before != self._now))
        looked = chain.from_iterable(self._looked(wanted, show))
        return {name: known for name, known in looked if known != self._known.get(name)}

    def _wanted(
        self, named: Mapping[str, Found], again: bool, otherwise: bool
    ) -> Iterator[_Unknown]:
        """The files to look at; `again` when another sitegen did it before.

        With settings that are `otherwise` what was broken may be shown as it is.
        """
        for key, file in named.items():
            known = self._known.get(key)
            if known is None or not known.settled or known.stat != file.stat:
                # What decoding the same bytes once showed is not forgotten: it would show it again.
                yield key, file, (b"", None if again or otherwise else known)
            elif again or (otherwise and known.image and known.image.trouble):
                yield key, file, (known.digest, None)

    def _looked(self, wanted: list[_Unknown], show: Show) -> Iterator[list[tuple[str, KnownFile]]]:
        done, total = 0, len(wanted)
        alone = total <= FEW and sum(file.size for _, file, _ in wanted) < LIGHT
        for result in self._workers.map(_look_at, _batches(wanted), alone=alone):
            done += len(result)
            if not alone:
                show(Progress("reading files", done, total))
            yield result


def _look_at(files: list[_Unknown]) -> list[tuple[str, KnownFile]]:
    """In a worker: what is known of each file, by its name in the state."""
    return [(key, _known_now(file, *before)) for key, file, before in files]


def _known_now(file: Found, found: bytes, before: KnownFile | None) -> KnownFile:
    found = found or digest_of(file.file)
    same = before is not None and before.digest == found
    image = before.image if before and same else image_of(file.file)
    return KnownFile(file.stat, file.settled, found, image)
