"""A correction of a published article, written into its file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sitegen.config import Config
from sitegen.desk.changes import Add
from sitegen.desk.edit import edited, matter_in, written
from sitegen.desk.source import find_source, replace_file
from sitegen.desk.visible import Visible, readable, visible
from sitegen.errors import Misuse, Problem
from sitegen.read.matter import Plain
from sitegen.read.names import name_for


@dataclass(frozen=True, slots=True)
class Corrected:
    """What was written, and where readers see it."""

    source: str
    date: str
    visible: Visible
    log: str
    """The address of the log of corrections; empty when there is none."""


def correct(
    site: Path,
    config: Config,
    name: str,
    text: str,
    date: datetime,
    now: datetime,
    *,
    minor: bool = False,
) -> Corrected:
    """Add a correction to the article `name`.

    Raises Misuse without a text and for a file that is no article, SitegenError for one with
    mistakes.
    """
    source = find_source(site, config, name)
    if source.place.kind != "article":
        hint = "change its text; a standing page's field “updated” tells readers when"
        message = "only articles have corrections"
        raise Misuse(Problem("not-an-article", message, source.name, hint=hint))
    if not text.strip():
        hint = 'say what was wrong: sitegen correct FILE "The gates closed at 5, not at 6."'
        raise Misuse(Problem("text-missing", "the correction has no text", hint=hint))
    before = source.path.read_bytes()
    matter = matter_in(before, source.place.source, config)
    field = name_for("corrections", matter.values, config.front_matter, config.taxonomies)
    earlier = matter.values.get(field)
    last = earlier[-1] if isinstance(earlier, list) and earlier else {}
    like = last.get("date", "") if isinstance(last, dict) else ""
    entry: dict[str, str] = {"date": written(date, matter, config, like), "text": text.strip()}
    if minor:
        entry["minor"] = Plain("true")
    data = edited(before, source.place.source, config, [Add((field,), entry)])
    read = readable(source, data, config)
    replace_file(source.path, data)
    seen = visible(read, config, now)
    assert read.article is not None
    log = config.corrections_url(read.article.lang)
    base = config.site.base_url.removesuffix("/")
    return Corrected(source.name, entry["date"], seen, log and base + log)
