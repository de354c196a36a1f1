"""What an import did, and what it left behind: `import-report.json` and `import-report.md`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitegen.errors import counted
from sitegen.importers.files import write_whole
from sitegen.importers.gathering import Gathered
from sitegen.importers.ledger import Ledger
from sitegen.importers.losses import ADDRESSES, LEFT, LOSSES, Explained
from sitegen.importers.markdown import code, escaped, escaped_start
from sitegen.importers.shelf import Shelf
from sitegen.importers.text import plain_line
from sitegen.importers.things import Loss, Unanswered

if TYPE_CHECKING:
    from sitegen.importers import Task

FILE = "import-report"
FETCH = "import-media.txt"
"""Addresses of what is to be fetched from the old site, one a line."""
_SHOWN = 50
"""Places of one kind that are listed for people; all are in the JSON."""
FILES = ("created", "updated", "unchanged", "edited", "deleted", "kept")
"""What becomes of an imported thing's file."""
SETTINGS: Mapping[str, str] = {
    "created": "sitegen.toml is new.",
    "updated": "sitegen.toml was as an import had left it, and has more lines now.",
    "unchanged": "",
    "yours": "",
}
"""What becomes of sitegen.toml, in words."""
MEDIA = ("copied", "there", "differs", "elsewhere", "missing")
_LISTED = ("edited", "deleted", "differs", "missing")


@dataclass(slots=True)
class Report:
    """Numbers, and lists on the shelf."""

    task: Task
    shelf: Shelf
    gathered: Gathered = field(default_factory=Gathered)
    became: Counter[str] = field(default_factory=Counter)
    vanished: int = 0
    settings_file: str = ""
    """What became of sitegen.toml: one of `SETTINGS`."""
    settings: str = ""
    """TOML that is to be pasted into sitegen.toml."""

    def tell(self, what: str, path: str) -> None:
        """A file was dealt with."""
        self.became[what] += 1
        if what in _LISTED:
            self.shelf.add(what, path)

    @property
    def found(self) -> Mapping[str, int]:
        return dict(self.shelf.each("found"))

    @property
    def balanced(self) -> bool:
        """Records in = records in files + records listed. Anything else is a mistake of ours."""
        gathered = self.gathered
        return not gathered.whole or sum(self.found.values()) == gathered.carried + gathered.left

    def summary(self) -> dict[str, Any]:
        """All that does not grow with the source."""
        return {
            "ok": self.balanced,
            "format": self.task.format,
            "source": self.task.source.name,
            "dry_run": self.task.dry,
            "complete": self.gathered.whole,
            "found": self.found,
            "records": {
                "found": sum(self.found.values()),
                "carried": self.gathered.carried,
                "left_out": self.gathered.left,
            },
            "files": {what: self.became[what] for what in FILES},
            "media": {what: self.became[what] for what in MEDIA},
            "settings_file": self.settings_file,
            "settings": self.settings,
        }

    def json(self) -> Iterator[str]:
        """The whole report, piece by piece."""
        shelf = self.shelf
        lists: Mapping[str, Iterable[Any]] = {
            "edited": shelf.values("edited"),
            "deleted": shelf.values("deleted"),
            "vanished": (asdict(entry) for entry in shelf.values("vanished")),
            "media_kept": shelf.values("differs"),
            "media_missing": shelf.values("missing"),
            "left_out": (asdict(left) for left in shelf.values("left")),
            "losses": (self._loss(loss) for loss in shelf.values("loss")),
            "unanswered": (self._unanswered(one) for one in shelf.values("unanswered")),
        }
        head = json.dumps(self.summary(), ensure_ascii=False, indent=2)
        yield head.removesuffix("\n}")
        for name, items in lists.items():
            yield f",\n  {json.dumps(name)}: ["
            comma = ""
            for item in items:
                yield f"{comma}\n    {json.dumps(item, ensure_ascii=False)}"
                comma = ","
            yield "\n  ]" if comma else "]"
        yield "\n}\n"

    def _loss(self, loss: Any) -> dict[str, str]:
        path = self.shelf.get("path", loss.identity) if loss.identity else ""
        file = f"content/{path}" if path else ""
        return {"kind": loss.kind, "where": loss.where, "file": file, "detail": loss.detail}

    def _unanswered(self, one: Any) -> dict[str, str]:
        places = (self.shelf.get(kind, one.identity) for kind in ("own address", "url"))
        to = next(filter(None, places), "") if one.identity else ""
        found = {"kind": one.kind, "address": one.address, "where": one.where}
        return found | ({"to": to} if to else {})

    def counts(self, kind: str) -> Counter[str]:
        """How often there is each kind of `left`, `loss` or `unanswered`."""
        found: Counter[str] = Counter()
        for item in self.shelf.values(kind):
            found[item.kind] += getattr(item, "records", 1)
        return found

    def markdown(self) -> Iterator[str]:
        """For people: what was done, then each kind of loss with its remedy and places."""
        yield f"# Import of {escaped(self.task.source.name)} ({self.task.format})\n\n"
        yield from (f"- {line}\n" for line in self.lines())
        for title, name in (
            ("Files that you have edited, and that stayed as they are", "edited"),
            ("Files that you have deleted, and that were not written again", "deleted"),
            ("Media that are there already in another form, and stayed", "differs"),
            ("Pictures and other files to be fetched from the old site", "missing"),
        ):
            yield from _section(title, "", map(code, self.shelf.values(name)))
        gone = (
            f"{code(f'content/{entry.path}')} ({escaped(entry.identity)})"
            for entry in self.shelf.values("vanished")
        )
        title = "Files whose record is no longer in the source"
        yield from _section(title, "They stay. Delete them, if that is meant.", gone)
        for heading, kind, kinds in (
            ("What became no file", "left", LEFT),
            ("What was lost within files", "loss", LOSSES),
            ("Old addresses that have no page and no redirect", "unanswered", ADDRESSES),
        ):
            yield from self._kinds(heading, kind, kinds)
        if self.settings:  # at the end: there may be a redirect for each of a thousand tags
            yield "\n## To be added to sitegen.toml\n\n"
            yield "Where your file has a group of that name already, write the lines into it.\n\n"
            yield f"```toml\n{self.settings}```\n"

    def _kinds(self, heading: str, kind: str, kinds: Mapping[str, Explained]) -> Iterator[str]:
        counts = self.counts(kind)
        if counts:
            yield f"\n## {heading}\n"
        for name, number in sorted(counts.items()):
            title, remedy = kinds[name]
            places = (self._place(item) for item in self.shelf.values(kind) if item.kind == name)
            if name == "shortcode":
                remedy = f"{remedy}\n\n{self._names_of_tags()}"
            yield from _section(f"{title}: {number:,}", remedy, places, level="###")

    def _place(self, item: Any) -> str:
        """One place: its file or its old address, where it was in the source, what was lost."""
        if isinstance(item, Unanswered):
            told = self._unanswered(item)
            to = told.get("to", item.address)
            first = code(item.address) + (f" → {code(to)}" if to != item.address else "")
        else:
            file = self._loss(item)["file"] if isinstance(item, Loss) else ""
            first = code(file) if file and not item.where.startswith(file) else ""
        texts = (escaped(plain_line(text)) for text in (item.where, getattr(item, "detail", "")))
        return ": ".join(filter(None, (first, *texts)))

    def _names_of_tags(self) -> str:
        """How often each was met, the most frequent first."""
        losses = (loss for loss in self.shelf.values("loss") if loss.kind == "shortcode")
        counts = Counter(" ".join(loss.detail.split()) for loss in losses)
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        told = [f"{code(name)} {number:,}" for name, number in ranked[:_SHOWN]]
        return f"{', '.join(told)}{' …' if len(ranked) > _SHOWN else ''}."

    def lines(self) -> Iterator[str]:
        """What was done, in sentences."""
        found = ", ".join(counted(number, kind) for kind, number in self.found.items())
        yield f"In the source: {found or 'nothing'}."
        if not self.gathered.whole:
            yield f"Articles and pages after the first {self.task.limit:,} were not asked for."
        done = {
            "created": "new",
            "updated": "updated",
            "unchanged": "as before",
            "edited": "edited by you and left alone",
            "deleted": "deleted by you and not written again",
        }
        files = [f"{self.became[w]:,} {words}" for w, words in done.items() if self.became[w]]
        yield f"Files: {', '.join(files) or 'none'}."
        if words := SETTINGS[self.settings_file]:
            yield words
        if self.settings:
            number = sum(" = " in line for line in self.settings.splitlines())
            yield f"{counted(number, 'setting')} to be added to your sitegen.toml: see the report."
        if self.became["copied"] or self.became["there"]:
            yield f"Media: {self.became['copied']:,} copied, {self.became['there']:,} there before."
        if missing := self.became["missing"]:
            yield f"{counted(missing, 'file')} to be fetched from the old site: see {FETCH}."
        if self.gathered.left:
            yield f"{counted(self.gathered.left, 'record')} became no file; each is listed."
        if losses := self.shelf.count("loss"):
            yield f"{counted(losses, 'thing')} within files could not be carried wholly."
        yield from self._addresses()
        if self.vanished:
            yield f"{counted(self.vanished, 'file')} came from records that are gone now."
        if not self.balanced:
            yield "The numbers do not add up: please report this as a mistake in sitegen."

    def _addresses(self) -> Iterator[str]:
        counts = self.counts("unanswered")
        queries = counts.pop("query", 0)
        if number := sum(counts.values()):
            yield f"Nothing answers at {number:,} old addresses any more; each is listed."
        if queries:
            yield f"{queries:,} addresses such as /?p=12 cannot be told apart by most hosts."


def _section(title: str, remedy: str, items: Iterable[str], level: str = "##") -> Iterator[str]:
    """A heading and a list, shortened; nothing where there is nothing to list."""
    number = 0
    for number, item in enumerate(items, 1):
        if number == 1:
            yield f"\n{level} {title}\n\n{remedy}\n\n" if remedy else f"\n{level} {title}\n\n"
        if number <= _SHOWN:
            yield f"- {escaped_start(item)}\n"
    if number > _SHOWN:
        yield f"- and {number - _SHOWN:,} more, in {FILE}.json\n"


def vanished(origin: str, ledger: Ledger, shelf: Shelf, report: Report) -> None:
    """List files of this source whose records were not met this time."""
    for entry in ledger.entries():
        if entry.identity.startswith(origin) and not shelf.get("seen", entry.identity):
            shelf.add("vanished", entry)
            report.vanished += 1


def write_report(report: Report) -> tuple[Path, Path]:
    """Write both files; where they are."""
    site = report.task.site
    files = site / f"{FILE}.json", site / f"{FILE}.md"
    write_whole(files[0], report.json())
    write_whole(files[1], report.markdown())
    fetch = site / FETCH
    if report.became["missing"] or fetch.exists():
        write_whole(fetch, (f"{address}\n" for address in report.shelf.values("missing")))
    return files
