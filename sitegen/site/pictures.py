"""What a site knows of pictures beside their files: what it refuses, and what lies elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sitegen.config import Config
from sitegen.errors import Problem, SitegenError
from sitegen.outputs import Copy, File, Output, Size
from sitegen.plan import Files
from sitegen.read.files import read_data

LIST = "pictures"
"""The file of data/ that has the sizes of pictures which lie elsewhere."""


def as_allowed(files: Mapping[str, File], config: Config) -> Mapping[str, File]:
    """The files of content/; drawings in trouble where the settings refuse them."""
    if config.images.svg != "refuse":
        return files
    return {name: _refused(file) for name, file in files.items()}


def _refused(file: File) -> File:
    image = file.image
    if image is None or image.format != "svg":
        return file
    trouble = "it is a drawing (SVG), and the settings refuse those"
    remedy = 'save it as a PNG, or set svg = "sanitize" in [images]'
    return file._replace(image=image._replace(trouble=trouble, remedy=remedy))


def sizes_elsewhere(folder: Path, config: Config, problems: list[Problem]) -> dict[str, Size]:
    """Width and height, in pixels, of pictures that lie elsewhere, by the site's list in data/.

    What is wrong with the list is added to `problems`.
    """
    if not config.images.base_url or not any(folder.glob(f"{LIST}.*")):
        return {}
    try:
        rows = read_data(folder, LIST)
    except SitegenError as error:
        problems += error.problems
        return {}
    found: dict[str, Size] = {}
    for number, row in enumerate(rows if isinstance(rows, list) else [], 2):
        try:
            found[str(row["path"]).lstrip("/")] = (int(row["width"]), int(row["height"]))
        except (KeyError, TypeError, ValueError):
            message = "this row has no path, width and height in pixels"
            hint = "write rows such as media/harbour.jpg,1600,1067"
            where = f"data/{LIST}.csv"
            problems.append(Problem("data-syntax", message, where, number, hint=hint))
    return found


def places_told(outputs: Iterable[Output], files: Files) -> Iterator[Problem]:
    """One warning of pictures that say where they were taken and are published as they are."""
    content = {name for name, file in files.content.items() if file.image and file.image.located}
    found = [f"static/{f.name}" for f in files.static if f.image and f.image.located]
    if content:
        found += [
            f"content/{output.source}"
            for output in outputs
            if isinstance(output, Copy) and output.form is None and output.source in content
        ]
    if found:
        one = "1 picture that is published as it is says where it was taken"
        many = f"{len(found):,} pictures that are published as they are say where they were taken"
        message = many if len(found) > 1 else one
        hint = "take the position out with a picture editor, or show the picture in place of a link"
        yield Problem("picture-located", message, found[0], hint=hint)
