"""Everything that an importer finds, sorted onto the shelf."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace

from sitegen.importers.shelf import Shelf
from sitegen.importers.things import (
    Event,
    Found,
    Importer,
    Left,
    Loss,
    Media,
    Setting,
    Thing,
    Unanswered,
)
from sitegen.model import Progress, Show


@dataclass(slots=True)
class Gathered:
    """How much was found."""

    whole: bool = True
    """The source was read to its end: no limit was reached."""
    carried: int = 0
    """Records that became things."""
    left: int = 0
    """Records that became none."""


def gather(importer: Importer, shelf: Shelf, limit: int, show: Show) -> Gathered:
    """Put all that `importer` finds onto the shelf."""
    stories = 0
    gathered = Gathered()
    with closing(importer.events()) as events:
        for event in events:
            if isinstance(event, Thing) and event.kind in ("article", "page"):
                if limit and stories == limit:
                    gathered.whole = False
                    break
                stories += 1
            if isinstance(event, Progress):
                show(event)
                continue
            gathered.carried += event.records if isinstance(event, Thing) else 0
            gathered.left += event.records if isinstance(event, Left) else 0
            _put(shelf, event)
    return gathered


def _put(shelf: Shelf, event: Event) -> None:
    match event:
        case Media():
            key = f"{event.folder}/{event.path}"
            if event.data:  # apart: media are looked through many at a time
                shelf.put("data", key, event.data)
            shelf.put("media", key, replace(event, data=b""))
        case Found():
            shelf.put("found", event.kind, (shelf.get("found", event.kind) or 0) + event.number)
        case Thing():
            shelf.add("thing", event)
        case Left():
            shelf.add("left", event)
        case Loss():
            shelf.add("loss", event)
        case Unanswered():
            shelf.add("unanswered", event)
        case Setting():
            shelf.add("setting", event)
