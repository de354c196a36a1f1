"""Whether anything changed since the last build: asked of stats, data/ and the state alone."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple

from sitegen.due import Finished, data_of, recalled
from sitegen.index.articles import Articles
from sitegen.index.store import Damaged, Store, damage_raises
from sitegen.index.traces import Traces
from sitegen.model import Progress, Show
from sitegen.options import Options
from sitegen.read.scan import Scanned, scan_site
from sitegen.report import Report
from sitegen.write.survey import bytes_as_recorded


class Looked(NamedTuple):
    """What a look at the site showed."""

    same: bool
    """Whether a build would find its output as it left it."""
    scanned: Scanned | None = None
    """The site's files, if they were looked at."""
    edition: str = ""
    """What the state knew of them then; see `Store.edition`."""


def look(options: Options, made_with: str, report: Report, show: Show) -> Looked:
    """Look whether anything changed; where nothing did, `report` is filled in.

    `made_with` is what a build would be made with; see `due.made_with`. Nothing is written, and
    nothing but stats, data/ and the state is read.
    """
    if options.clean or options.verify or options.manifest or options.only or options.prune:
        return Looked(same=False)
    with suppress(Damaged, OSError), damage_raises(options.state):  # a build says what is wrong
        show(Progress("opening the state"))
        with Store(options.state, reading=True) as store:
            last, edition = recalled(store, options.root), store.edition()
            if (
                last is None
                or is_due(last, options)
                or not holds(last, options, made_with, edition)
            ):
                return Looked(same=False)
            show(Progress("looking at files"))
            articles, reading = Articles(store), bytes.fromhex(store.meta("reading"))
            scanned = scan_site(options.site, articles.stats(reading), store.scratch)
            changed = Looked(False, scanned, edition)
            report.sources = len(articles.read)
            if last.data != data_of(options) or not _are_known(scanned, last, store):
                return changed
            show(Progress("looking at the output"))
            size = bytes_as_recorded(options.output, Traces(store, options.root).files())
        if size is None:
            return changed
        last.repeat(report)
        report.bytes = size
        report.dry_run = options.dry_run
        return changed._replace(same=True)
    return Looked(same=False)


def holds(last: Finished, options: Options, made_with: str, edition: str) -> bool:
    """Whether what the last build said holds, as far as no article is another than it was then.

    `edition` is what the state knows of the content; other commands write there, too.
    """
    said = last.words_due is None or options.now < last.words_due
    told = not (options.strict and last.warnings)
    same = (last.made_with, last.edition) == (made_with, edition)
    return same and last.now <= options.now and said and told


def is_due(last: Finished, options: Options) -> bool:
    """Whether an instant came since the last build at which outputs change by themselves."""
    return last.next_due is not None and last.next_due <= options.now


def _are_known(scanned: Scanned, last: Finished, store: Store) -> bool:
    """Whether these are the very files that the state knows: none changed, none new or gone."""
    if scanned.gone or scanned.problems or store.is_untidy():
        return False
    copied = store.stats()
    passed_over = set(last.passed_over)
    for file, was_read in scanned.other:
        known = None if was_read else copied.pop(f"content/{file.source}", None)
        if known != file.stat and file.source not in passed_over:
            return False
        passed_over.discard(file.source)
    if passed_over:
        return False
    if any(copied.pop(f"static/{file.source}", None) != file.stat for file in scanned.static):
        return False
    # What a theme brings is a part of what the build was made with.
    return all(name.startswith("theme/") for name in copied)
