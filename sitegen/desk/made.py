"""How the outputs of a site are made, and how those that are there have been."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from sitegen import urls
from sitegen.desk.answer import Made
from sitegen.desk.look import Look
from sitegen.desk.wording import Wording
from sitegen.digest import digest
from sitegen.folders import Folders
from sitegen.index.traces import Trace, Traces
from sitegen.instants import shown
from sitegen.outputs import Copy, Output, Page
from sitegen.outputs import Look as FileLook
from sitegen.plan.outdated import compared
from sitegen.render.theme import drawn_in
from sitegen.site import references_in


class Outputs:
    """The outputs of a site as it stands, beside what was built of them."""

    def __init__(self, look: Look, where: Folders) -> None:
        self._look = look
        self._folder = where.output
        self._traces = Traces(look.store, where.root)
        self._words = Wording(look.site)

    @cached_property
    def _by_place(self) -> Mapping[str, Output]:
        return {urls.same_place(output.path): output for output in self._look.site.outputs}

    def at(self, url: str) -> Output | None:
        """The output at an address; that of a file such as `/404.html` without its suffix too."""
        path = urls.path_of(url)
        for name in (path, f"{path.removesuffix('/index.html')}.html"):
            if output := self._by_place.get(urls.same_place(name)):
                return output
        return None

    def of(self, source: str) -> list[Output]:
        """What is made from one file, but what leads on from its old addresses."""
        made = (output for output in self._look.site.outputs if output.source == source)
        return [output for output in made if output.family != "redirects"]

    def file_of(self, copy: Copy) -> str:
        """The file that is copied, relative to the site where it lies in it."""
        return self._words.file_of(copy)

    def drawn_in(self, template: str) -> set[str]:
        """The names of all templates that rendering one can read, itself among them."""
        return self._drawn_in.get(template, {template})

    @cached_property
    def _drawn_in(self) -> Mapping[str, set[str]]:
        return drawn_in(self._look.theme, references_in(self._look.theme, self._look.store))

    def left_over(self, url: str) -> str:
        """What is said of a file in the output that nothing makes; empty: there is none."""
        path = urls.path_of(url)
        if self._traces.last(path) is not None:
            return f"Nothing makes {url} any more: the next build deletes the file {path}."
        if (self._folder / path).is_file():
            return f"{path} is a file in the output that sitegen did not make and leaves alone."
        return ""

    def made(self, output: Output) -> Made:
        """How an output is made, and how the file that is there was."""
        last = self._traces.last(output.path)
        trace, last_reason = last or (None, "")
        page = output if isinstance(output, Page) else None
        return Made(
            output.path,
            self._words.what(output),
            self._template(page) if page else "",
            tuple(self._words.shows(page)) if page else (),
            tuple(self._changes(page)) if page else ("An edit of that file.",),
            self._reason(output, trace),
            last_reason,
            self._written(output),
        )

    def _reason(self, output: Output, trace: Trace | None) -> str:
        known = {output.path: trace} if trace else {}
        looks = {output.path: _look(self._folder / output.path, trace)} if trace else {}
        inputs, needs = self._look.site.inputs, self._traces.needs
        found = next(compared([output], inputs, lambda paths: known, looks, needs))
        return found.stale.reason if found.stale else ""

    def _written(self, output: Output) -> int | None:
        try:
            return int((self._folder / output.path).stat().st_mtime)
        except OSError:
            return None

    def _template(self, page: Page) -> str:
        return self._look.theme.files.get(page.template, page.template)

    def _changes(self, page: Page) -> Iterator[str]:
        """What changes a page beside an edit of what it shows."""
        archive = self._look.site.archive
        others = len(self.drawn_in(page.template)) - 1
        drawn = f" and {others} that it draws in" if others else ""
        yield (
            f"An edit of what it shows, of the template {page.template}{drawn}, of the theme's "
            f"words ({page.lang}) or the names of its files, or of a setting that pages show; "
            "another version of sitegen."
        )
        yield from self._words.moved_by(page)
        for instant, what in self._words.future(page):
            yield f"On {shown(instant, archive.config.site.timezone)} {what}."


def _look(file: Path, trace: Trace) -> FileLook:
    try:
        info = file.lstat()
        same = (info.st_size, info.st_mtime_ns) == (trace.size, trace.mtime)
        ours = same or digest(file.read_bytes()) == trace.digest
    except OSError:
        return FileLook.MISSING
    return FileLook.OURS if ours else FileLook.FOREIGN
