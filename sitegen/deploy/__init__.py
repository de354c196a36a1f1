"""A deploy: what changed in the output goes to where readers get it, in an order that is safe.

Look at the output → ask the target what it has → decide → mark as in flight → send, turn by turn →
delete → record.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from sitegen.deploy.difference import addresses
from sitegen.deploy.file import File
from sitegen.deploy.order import in_the_way, in_turns, last_of_all
from sitegen.deploy.output import Built, built
from sitegen.deploy.record import Record, read_record
from sitegen.deploy.report import Deployed
from sitegen.deploy.target import Access, Target, target_at
from sitegen.errors import Problem, SitegenError
from sitegen.folders import Folders
from sitegen.locks import locked
from sitegen.model import Progress, Show


@dataclass(frozen=True, slots=True)
class Options:
    """A deploy's options; the command line has their names and defaults."""

    folders: Folders
    target: str
    access: Access
    dry_run: bool = False
    take_over: bool = False
    """Go on although another site was deployed there."""


@dataclass(frozen=True, slots=True)
class _Work:
    """What is to be done at the target."""

    marks: Mapping[str, str]
    """Path → mark of everything that it is to have."""
    send: Sequence[File]
    gone: Sequence[str]
    """To delete, in this order."""
    begun: Record
    """What is to be remembered before anything is done."""
    done: Record

    @property
    def nothing(self) -> bool:
        return not self.send and not self.gone


def deploy(options: Options, report: Deployed, show: Show) -> None:
    """Bring the target up to date with the output, filling in `report`.

    The output is locked meanwhile: a build waits. Raises SitegenError when the output is not a
    finished build's, or the target refuses; what was sent until then is whole, and the next deploy
    does the rest.
    """
    began = time.perf_counter()
    report.dry_run = options.dry_run
    target = target_at(options.target, options.access, options.folders, report.remarks.append)
    with closing(target), locked(options.folders.state, options.folders.output):
        site = built(options.folders)
        record = _record(target, site, report, options)
        work = _work(target, site, record)
        report.files = len(work.marks)
        if options.dry_run:
            report.sent = [file.path for turn in in_turns(work.send) for file in turn]
            report.sent_bytes = sum(file.size for file in work.send)
            report.deleted = list(work.gone)
        elif work.done != record:
            _do(target, work, report, show)
        report.purge = _to_forget(site, record, work)
    report.seconds = time.perf_counter() - began


def _record(target: Target, site: Built, report: Deployed, options: Options) -> Record | None:
    """What the target remembers. Raises SitegenError when it is of another site."""
    data = target.record()
    record = read_record(data)
    if record is None:
        found = "nothing is remembered there" if data is None else "what is remembered is damaged"
        report.remarks.append(f"{found}: files are compared one by one, and none is deleted")
        return None
    if record.site != site.base_url and not options.take_over:
        message = f"another site is deployed there: {record.site}"
        hint = "correct the target; if its files may go, use --take-over"
        raise SitegenError(Problem("deploy-other-site", message, options.target, hint=hint))
    report.resumed = bool(record.in_flight)
    if report.resumed:
        report.remarks.append("the last deploy did not come to its end: this one does the rest")
    return record


def _work(target: Target, site: Built, record: Record | None) -> _Work:
    """Decide: what is to be sent, and what is to be deleted.

    Where the record is sure, nobody is asked; where it is not, the target is.
    """
    files = {path: file for path, file in site.files.items() if target.takes(path)}
    marks = {path: target.mark(file) for path, file in files.items()}
    if record is None:
        known: Mapping[str, str] = {}
        doubtful, lost = list(files), []
    else:
        known = record.files
        doubtful = [path for path in record.in_flight if path in files]
        lost = [path for path in record.in_flight if path not in files]
    there = target.same([files[path] for path in doubtful])
    unsure = {*doubtful, *lost}
    send = [
        file
        for path, file in files.items()
        if path not in there and (path in unsure or known.get(path) != marks[path])
    ]
    gone = {path for path in known if path not in files and path not in unsure}
    gone |= target.existing(lost)
    in_flight = {*(file.path for file in send), *gone}
    kept = {path: mark for path, mark in known.items() if path not in {*in_flight, *unsure}}
    kept |= {path: marks[path] for path in there}
    begun = Record(site=site.base_url, files=kept, in_flight=tuple(sorted(in_flight)))
    done = Record(site=site.base_url, files=marks)
    return _Work(marks, send, last_of_all(gone), begun, done)


def _to_forget(site: Built, record: Record | None, work: _Work) -> Sequence[str]:
    """What caches may have an old answer of: all that changes and was, or may have been, there."""
    paths = [*(file.path for file in work.send), *work.gone]
    if record is None:
        return addresses(site.base_url, paths)
    known = [path for path in paths if path in record.ours]
    return addresses(site.base_url, [*known, *record.in_flight])


def _do(target: Target, work: _Work, report: Deployed, show: Show) -> None:
    """Do: mark, send, delete, record; the order is what makes a kill harmless."""
    total = len(work.send) + len(work.gone)
    sizes = {file.path: file.size for file in work.send}

    def sent(path: str) -> None:
        report.sent.append(path)
        report.sent_bytes += sizes[path]
        show(Progress("sending", len(report.sent) + len(report.deleted), total))

    def deleted(path: str) -> None:
        report.deleted.append(path)
        show(Progress("sending", len(report.sent) + len(report.deleted), total))

    if not work.nothing:
        target.remember(work.begun.as_bytes())
    first = in_the_way(work.gone, sizes.keys())
    _delete(target, first, deleted)
    for turn in in_turns(work.send):
        target.send(turn, sent)
    _delete(target, [path for path in work.gone if path not in set(first)], deleted)
    target.remember(work.done.as_bytes())


def _delete(target: Target, paths: Collection[str], done: Callable[[str], None]) -> None:
    if paths:
        target.delete(list(paths), done)
