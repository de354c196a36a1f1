"""What is wrong with the picture that the site's icons are made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sitegen.config import FILE, Config
from sitegen.errors import Problem, did_you_mean
from sitegen.outputs import File
from sitegen.plan.icons import LEAST
from sitegen.validation import line_of


def icon_mistakes(config: Config, static: Iterable[File], folder: Path) -> Iterator[Problem]:
    """A problem when `site.icon` is no square picture that is large enough."""
    name = config.site.icon
    if not name:
        return
    pictures = {file.name: file for file in static if file.name.lower().endswith(".png")}
    hint = f"make it a square PNG of {LEAST} pixels or more"
    if name not in pictures:
        message = f"there is no picture static/{name}"
        hint = did_you_mean(name, pictures) or "put it there, or remove this line"
    elif (size := pictures[name].size) is None:
        message = f"static/{name} is no picture that can be read"
    elif (image := pictures[name].image) and image.trouble:
        message = f"static/{name} is no picture that can be read: {image.trouble}"
    elif size[0] != size[1]:
        message = f"static/{name} is {size[0]} pixels wide and {size[1]} high"
    elif size[0] < LEAST:
        message = f"static/{name} has only {size[0]} pixels each way"
    else:
        return
    path = ("site", "icon")
    line = line_of((folder / FILE).read_text(encoding="utf-8-sig"), path)
    yield Problem("icon", message, FILE, line, ".".join(path), hint)
