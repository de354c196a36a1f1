"""The archives of other systems as content files of a site: `sitegen import`.

An importer reads one source and says what is in it (`things`); it writes nothing. What it says is
gathered, then everything gets its place and address, then files are written and reported.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sitegen.importers.gathering import gather
from sitegen.importers.placing import Placing
from sitegen.importers.present import Present
from sitegen.importers.report import Report, vanished, write_report
from sitegen.importers.settings import all_settings, without_pages
from sitegen.importers.shelf import Shelf
from sitegen.importers.target import Target
from sitegen.importers.things import Importer
from sitegen.importers.writing import Writer
from sitegen.model import Show


@dataclass(frozen=True, slots=True)
class Task:
    """What `sitegen import` was asked to do."""

    format: str
    source: Path
    site: Path
    limit: int = 0
    """Articles and pages at most; 0: all."""
    dry: bool = False
    """Write nothing."""


def run(task: Task, importer: Importer, target: Target, show: Show) -> Report:
    """Import a source into a site; a new one gets its settings."""
    shelf, ledger = target.shelf, target.ledger
    report = Report(task, shelf)
    report.gathered = gather(importer, shelf, task.limit, show)
    about = importer.about()
    config = target.understood(about, target.all_of(all_settings(shelf)))
    placing = Placing(target.folder / "content", shelf, ledger, config)
    _place(placing, Present(target.folder, shelf, ledger, config), shelf)
    settings = without_pages(target.all_of(all_settings(shelf)), shelf)
    report.settings_file = target.write(about, settings, dry=task.dry)
    report.settings = target.wanting(settings)
    for step in Writer(report, config, ledger, placing).write_all():
        show(step)
    if report.gathered.whole:
        vanished(importer.origin, ledger, shelf, report)
    if not task.dry:
        ledger.close()
        write_report(report)
    return report


def _place(placing: Placing, present: Present, shelf: Shelf) -> None:
    for thing in shelf.values("thing"):
        shelf.put("now", thing.identity, True)
        placing.reserve(thing)
    present.look()
    for thing in shelf.values("thing"):
        placing.path(thing)
        placing.address(thing)
    for key, thing in shelf.each("thing"):
        shelf.put("aliases", key, placing.aliases(thing))
