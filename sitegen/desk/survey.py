"""How a site's articles are written, as far as editors in a browser would stumble over it.

They know one form of each field: where one text stands for a list or a group, Decap CMS does not
open the article, and the others drop the value when the article is saved. So it is told before.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sitegen.config import Config
from sitegen.desk.forms import Form, article_forms
from sitegen.read.file import decode
from sitegen.read.matter import MatterError, read_matter
from sitegen.read.place import place_of
from sitegen.read.scan import scan

_PICKED = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}")
"""A date as the pickers of editors read and write it: `2026-11-22 06:30`."""


@dataclass(slots=True)
class Survey:
    """What was found in the articles."""

    misfits: dict[str, list[str]] = field(default_factory=dict)
    """Field → the files in which it is written as no form has it."""
    other_dates: list[str] = field(default_factory=list)
    """Files with dates that a picker would change."""

    def remarks(self) -> Iterator[str]:
        """A sentence for each field that articles write in a short form."""
        for name, sources in sorted(self.misfits.items()):
            number = len(sources)
            told = "1 article writes" if number == 1 else f"{number:,} articles write"
            yield (
                f"{told} “{name}” in a short form, such as {sources[0]}: "
                "the editor may drop it; write it out as a list or a group first"
            )


def survey(site: Path, config: Config) -> Survey:
    """Look at the front matter of every article; one that cannot be read is passed over."""
    found, forms = Survey(), article_forms()
    for file in scan(site / "content", site, time.time_ns()).files:
        if place_of(file.source, config).kind != "article":
            continue
        try:
            matter = read_matter(decode(Path(file.file).read_bytes(), file.source), file.source)
        except MatterError:
            continue
        _look(matter.values, forms, f"content/{file.source}", found)
    return found


def _look(values: Mapping[str, Any], forms: Mapping[str, Form], source: str, found: Survey) -> None:
    known = {name: form for name, form in forms.items() if values.get(name)}
    for name, form in known.items():
        if not _fits(form, values[name]):
            found.misfits.setdefault(name, []).append(source)
    dates = [date for name, form in known.items() for date in _dates(form, values[name])]
    if not all(map(_PICKED.fullmatch, dates)):
        found.other_dates.append(source)


def _fits(form: Form, value: object) -> bool:
    """Whether a form shows the value as it is written."""
    if form.shape == "list" and form.item is not None:
        item = form.item
        return isinstance(value, list) and all(_fits(item, each) for each in value)
    if form.shape == "group":
        return isinstance(value, dict)
    return form.shape == "map" or isinstance(value, str)


def _dates(form: Form, value: object) -> Iterator[str]:
    if form.kind == "moment":
        yield str(value)
    elif isinstance(value, list) and form.item is not None:
        for each in value:
            yield from _dates(form.item, each)
    elif isinstance(value, dict):
        for name, inner in form.fields.items():
            if value.get(name):
                yield from _dates(inner, value[name])
