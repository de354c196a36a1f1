"""Two outputs that would be one file, on some file system at least."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen import urls
from sitegen.errors import Problem
from sitegen.model import Output, Page


def collisions(outputs: Iterable[Output]) -> list[Problem]:
    """A problem for every output whose path another has, or has as a folder."""
    taken: dict[str, Output] = {}
    problems: list[Problem] = []
    folders: dict[str, Output] = {}
    for output in outputs:
        place = urls.same_place(output.path)
        if (other := taken.get(place)) is not None:
            problems.append(_same(output, other))
        taken.setdefault(place, output)
        folder = place.rpartition("/")[0]
        while folder and folder not in folders:
            folders[folder] = output
            folder = folder.rpartition("/")[0]
    for place in taken.keys() & folders.keys():
        problems.append(_same(taken[place], folders[place]))
    return problems


def _same(output: Output, other: Output) -> Problem:
    first, second = sorted((_name(output), _name(other)))
    url = urls.url_of(output.path)
    if output.path == other.path:
        message = f"{second} has the same address, {url}"
    else:
        message = f"{second} has nearly the same address, {urls.url_of(other.path)} beside {url}"
    hint = "give one of them another slug: or url:"
    return Problem("url-taken", message, first, hint=hint)


def _name(output: Output) -> str:
    if output.source:
        return output.source
    kind = output.values.get("kind", "") if isinstance(output, Page) else ""
    return f"the {kind or output.family} page {urls.url_of(output.path)}"
