"""Two outputs that would be one file, on some file system at least."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from sitegen import urls
from sitegen.errors import Mistake, Problem
from sitegen.numbers import Numbers
from sitegen.outputs import Output, Page


class Collisions:
    """Looks for outputs that would be one, of which it keeps a number each."""

    def __init__(self) -> None:
        self._places = Numbers()
        self._folders = Numbers()
        self._folder = ""
        self._above: set[str] = set()

    def see(self, output: Output) -> None:
        """One of the outputs; each is to be seen."""
        if output.family == "redirects":
            return  # `moved` tells of these
        place = urls.same_place(output.path)
        self._places.add(place)
        folder = place.rpartition("/")[0]
        if folder == self._folder:
            return
        self._folder = folder
        while folder:
            self._folders.add(folder)
            folder = folder.rpartition("/")[0]
            if folder in self._above:
                break
            self._above.add(folder)

    def mistakes(self, outputs: Iterable[Output]) -> list[Mistake]:
        """A mistake for every output whose path another has, or has as a folder.

        `outputs` are those that were seen; they are looked at again where two may be one.
        """
        doubtful = self._places.doubled(self._folders)
        if not doubtful:
            return []

        def is_doubtful(output: Output) -> bool:
            place = urls.same_place(output.path)
            return any(hash(each) in doubtful for each in (place, *folders_of(place)))

        return _collisions(filter(is_doubtful, outputs))


def _collisions(outputs: Iterable[Output]) -> list[Mistake]:
    taken: dict[str, Output] = {}
    found: list[Mistake] = []
    folders: dict[str, Output] = {}
    for output in outputs:
        if output.family == "redirects":
            continue
        place = urls.same_place(output.path)
        if (other := taken.setdefault(place, output)) is not output:
            found.append(_same(output, other))
        folder = place.rpartition("/")[0]
        while folder and folder not in folders:
            folders[folder] = output
            folder = folder.rpartition("/")[0]
    for place in taken.keys() & folders.keys():
        found.append(_same(taken[place], folders[place]))
    return found


def are_apart(paths: Collection[str], others: Iterable[str]) -> bool:
    """Whether no path is that of another, or a folder of one, on any file system."""
    places = [urls.same_place(path) for path in paths]
    folders = {folder for place in places for folder in folders_of(place)}
    if len(set(places)) < len(places) or not folders.isdisjoint(places):
        return False
    theirs, below = folders.union(places), tuple(f"{place}/" for place in places)
    taken = map(urls.same_place, others)
    return not any(place in theirs or place.startswith(below) for place in taken)


def folders_of(place: str) -> Iterator[str]:
    """The folders that a file lies in."""
    folder = place.rpartition("/")[0]
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def _same(output: Output, other: Output) -> Mistake:
    """Of two outputs at one place, the one that somebody wrote gives way."""
    if not _can_give_way(output) and _can_give_way(other):
        output, other = other, output
    url, others = urls.url_of(output.path), urls.url_of(other.path)
    nearly = "the same address" if url == others else f"nearly the same address, {others} beside"
    message = f"{_name(other)} has {nearly} {url}"
    hint = "give one of the two another slug: or url:"
    if not _can_give_way(output) and output.source.startswith("static/"):
        hint = "remove it from static/, or give it another name"
    if "host" in (output.family, other.family):
        hint = f'take it away, or leave {url} to yourself: [host] target = "plain"'
    problem = Problem("url-taken", message, _name(output), 0, "slug", hint)
    if not _can_give_way(output):
        return Mistake("", problem)
    return Mistake(output.source, replace(problem, source=output.source))


def _can_give_way(output: Output) -> bool:
    return output.family in ("articles", "standing") and bool(output.source)


def _name(output: Output) -> str:
    if _can_give_way(output):
        return f"content/{output.source}"
    if output.family == "host":
        return "what the host is told"
    kind = output.values.get("kind", "") if isinstance(output, Page) else ""
    return output.source or f"the {kind or output.family} page {urls.url_of(output.path)}"
