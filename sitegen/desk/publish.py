"""A draft becomes an article that readers can see: its file says so, and nothing else changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath

from sitegen.config import Config
from sitegen.desk.changes import Change, Drop, Put
from sitegen.desk.edit import edited, matter_in, written
from sitegen.desk.source import CONTENT, Source, find_source, replace_file
from sitegen.desk.visible import Visible, readable, visible
from sitegen.errors import Misuse, Problem
from sitegen.read.matter import Matter
from sitegen.read.names import name_for, our_names
from sitegen.read.place import place_of

_DRAFTS, _POSTS = "_drafts", "_posts"


@dataclass(slots=True)
class Published:
    """What was done to a file, and what readers will see."""

    source: str
    removed: list[str] = field(default_factory=list)
    """The fields that held it back, as they were written."""
    date: str = ""
    """As it is written now; empty where it was kept."""
    date_before: str = ""
    move_to: str = ""
    """Where the file, or a bundle's folder, must lie, when it lies among the drafts."""
    visible: Visible = field(default_factory=Visible)


def publish(
    site: Path, config: Config, name: str, date: datetime | None, now: datetime
) -> Published:
    """Take away what makes the file `name` a draft and set its date; None keeps the date.

    Raises Misuse for a file that is no draft, SitegenError for one that has mistakes.
    """
    source = find_source(site, config, name)
    before = source.path.read_bytes()
    matter = matter_in(before, source.place.source, config)
    result = Published(source.name)
    changes = list(_changes(source, matter, config, date, result))
    if not result.removed and not source.place.in_drafts:
        raise Misuse(_no_draft(source, before, config, now))
    data = edited(before, source.place.source, config, changes)
    if source.place.in_drafts:
        source, result.move_to = _moved(source, config, now)
    result.visible = visible(readable(source, data, config), config, now)
    if data != before:
        replace_file(source.path, data)
    return result


def _changes(
    source: Source, matter: Matter, config: Config, date: datetime | None, result: Published
) -> Iterator[Change]:
    """What is to be done to the fields, noted in `result`."""
    values = dict(matter.values)
    while True:
        named = our_names(values, config.front_matter, config.taxonomies)
        if named.values.get("status") != "draft":
            break
        name = named.written["status"]
        result.removed.append(f"{name}: {values.pop(name)}")
        yield Drop((name,))
    if date is not None and source.place.kind == "article":
        name = name_for("date", values, config.front_matter, config.taxonomies)
        old = values.get(name, "")
        result.date, result.date_before = written(date, matter, config, old), str(old)
        yield Put((name,), result.date)


def _no_draft(source: Source, data: bytes, config: Config, now: datetime) -> Problem:
    if source.place.kind == "term":
        message = "it is not an article: it is published when an article names it"
        return Problem("not-a-draft", message, source.name)
    seen = visible(readable(source, data, config), config, now)
    return Problem("not-a-draft", f"it is no draft: {seen.sentence()}", source.name)


def _moved(source: Source, config: Config, now: datetime) -> tuple[Source, str]:
    """The file where it does not lie among the drafts, and the name of what is to be moved there.

    Jekyll keeps what is published in `_posts`, with a date before its name.
    """
    path = PurePosixPath(source.place.source)
    at = path.parts.index(_DRAFTS)
    above, below = path.parts[:at], path.parts[at + 1 :]
    content = source.path.parents[len(path.parts) - 1]
    if content.joinpath(*above, _POSTS).is_dir():
        above = (*above, _POSTS)
        below = (*below[:-1], f"{now:%Y-%m-%d}-{below[-1]}")
    target = "/".join((*above, *below))
    shown = f"{CONTENT}/{target}"
    if below[-1] == "index.md" and len(below) > 1:
        shown = shown.removesuffix("index.md")
    return Source(source.path, place_of(target, config)), shown
