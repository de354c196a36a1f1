"""The preview: the newest edition of the site, what is wrong with it, and its answers.

One thread uses it, so that nothing in it is locked.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from sitegen.config import Config, load_config
from sitegen.digest import digest
from sitegen.errors import Problem, SitegenError
from sitegen.index.store import Damaged
from sitegen.model import Moment, Progress
from sitegen.outputs import Copy, File, Output, Page, Text, Twin
from sitegen.read.place import place_of
from sitegen.render.broken import TemplateBroken
from sitegen.render.theme import Theme, load_theme
from sitegen.serve.answers import Answer, answer_to
from sitegen.serve.changes import Changes, changed_since, changes_in
from sitegen.serve.edition import Edition, Material
from sitegen.serve.files import SiteFiles
from sitegen.serve.sources import Sources
from sitegen.serve.survey import Order, Stored, Surveyed
from sitegen.site.content import reading_of
from sitegen.site.located import in_content

MANY = 64
"""Saved files that are read here, one by one; more are read in several processes."""
AT_ONCE = 20_000
"""Articles that are loaded before the first answer."""
FIRST = 2_000
"""Of more, or where they are still being read, so many are shown at first."""
UNREADABLE = (Damaged, OSError)
"""What using a state raises that is not there, or is being made anew, or is locked for long."""
_KEPT = 500
"""Pages whose bytes are kept for the next who ask."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What `sitegen serve` was asked to show."""

    site: Path
    state: Path
    base_url: str | None = None
    drafts: bool = False
    now: int | None = None
    """Seconds since 1970; None: as time goes by."""
    jobs: int | None = None

    def order(self) -> Order:
        return Order(self.site, self.state, self.base_url, self.jobs)


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer with its bytes."""

    answer: Answer
    data: bytes | None = None
    """None: they are those of a file, or of a picture that is still to be made."""
    problems: tuple[Problem, ...] = ()
    """Why a page could not be made."""
    seen: str = ""
    """A name of what a reader sees there; the same as long as nothing of it changed."""


class Preview:
    """The site as it is being written."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.version = 0
        """Grows whenever something that is shown may have changed."""
        self.progress: Progress | None = Progress("reading", 0, 0)
        """How far the first reading is; None: all is read."""
        self.warnings: tuple[Problem, ...] = ()
        self._site_errors: tuple[Problem, ...] = ()
        self._settings: tuple[Config, Theme] | None = None
        self._settings_problems: tuple[Problem, ...] = ()
        self._sources = Sources(asked.site, asked.state)
        self._files = SiteFiles(asked.site, asked.state)
        self._is_there = False
        """Whether anything is known of the site's files."""
        self._edition: Edition | None = None
        self._shown: dict[str, Shown] = {}
        self._waiting: set[Path] = set()
        """What changed and is taken notice of when a survey has stored it."""
        self._surveyed: set[Path] = set()
        """Of that what the survey that is under way stores."""

    @property
    def is_whole(self) -> bool:
        """Whether all articles are known."""
        return self.progress is None

    # What is known.

    def load_settings(self) -> None:
        """Read the settings and the theme; what is wrong with them is among the problems."""
        self._changed()
        self._edition = None
        try:
            self._settings = self._settings_now()
            self._settings_problems = ()
        except SitegenError as error:
            self._settings_problems = error.problems

    def _settings_now(self) -> tuple[Config, Theme]:
        config = load_config(self.asked.site, self.asked.base_url)
        return config, load_theme(config.site.theme, self.asked.site)

    def begin(self) -> bool:
        """Show what the state has; whether that is all, as the files are now.

        Of what the state does not have, or of a large archive, a part is shown at first.
        """
        self.load_settings()
        if self._settings is None:
            return False
        try:
            asked = self.asked
            changed = changed_since(asked.site, asked.state, self._reading(), AT_ONCE)
            if changed is None:
                self.install(*self.material(FIRST), whole=False)
                return False
            self.install(*self.material(), whole=True)
        except UNREADABLE:
            return False
        return not self.notice(changed)

    def show_first(self) -> None:
        """Show as much as is read by now."""
        if self._settings is None:
            return
        try:
            self.install(*self.material(FIRST), whole=False)
        except UNREADABLE:
            return

    def install(self, sources: Sources, files: SiteFiles, *, whole: bool) -> None:
        """Show these from now on; `whole`: they are all that there is."""
        self._sources, self._files, self._edition = sources, files, None
        self._is_there = True
        if whole:
            self.progress = None
        self._changed()

    def material(self, at_most: int = -1) -> tuple[Sources, SiteFiles]:
        """What the state has, of at most so many files; another thread may ask for it.

        Raises Damaged or OSError where there is no state that can be read.
        """
        sources = Sources(self.asked.site, self.asked.state)
        sources.load(at_most)
        files = SiteFiles(self.asked.site, self.asked.state)
        if self._settings:
            files.bring_up_to_date(*self._settings)
        return sources, files

    def begin_survey(self) -> None:
        """A survey begins: it finds what waits for one."""
        self._surveyed |= self._waiting
        self._waiting.clear()

    def settle(self) -> bool:
        """A survey has stored what waited for it; whether all must be loaded anew.

        Files that changed since then wait for another, so that nobody sees the half of it.
        """
        if not self._surveyed:
            return False
        before = self._reading()
        changes = self._changes_in(self._surveyed)
        self._surveyed = set()
        if changes.settings:
            self.load_settings()
        if changes.data:
            self._edition = None
        return before != self._reading()

    def give_up_survey(self) -> None:
        """The settings or the theme cannot be read: that is told, and all else waits."""
        self._waiting |= self._surveyed
        self._surveyed = set()
        self.load_settings()

    def take_over(self, stored: Stored, *, everything: bool) -> None:
        """Another process has stored what it read; `everything` is compared with it, or a part."""
        if self._settings is None:
            return
        try:
            more = self._sources.take_over(None if everything else stored.changed)
            more |= self._files.bring_up_to_date(*self._settings)
        except UNREADABLE:
            return  # it is being made anew: the next survey says when it is there
        if more:
            self._edition = None
        if more or everything or stored.changed:
            self._changed()

    @property
    def is_waiting(self) -> bool:
        """Whether files changed that only a survey takes notice of."""
        return bool(self._waiting)

    @property
    def is_settling(self) -> bool:
        """Whether a survey is under way that such files waited for."""
        return bool(self._surveyed)

    def judge(self, surveyed: Surveyed) -> None:
        """The whole was looked through."""
        if (self._site_errors, self.warnings) != (surveyed.errors, surveyed.warnings):
            self._site_errors, self.warnings = surveyed.errors, surveyed.warnings
            self.version += 1

    def proceed(self, progress: Progress) -> None:
        """The first reading is so far."""
        self.progress = progress
        self.version += 1

    def _changed(self) -> None:
        self.version += 1
        self._shown.clear()

    # What was saved.

    def notice(self, paths: Collection[Path]) -> bool:
        """Files were saved, made or deleted; whether they wait for a survey, which reads many.

        A few are read here and now.
        """
        changes = self._changes_in(paths)
        many = len(changes.content) > MANY or (changes.settings and self._is_read_otherwise())
        if many or self._waiting or self._surveyed:
            self._waiting |= set(paths)
            return True
        if changes.settings:
            self.load_settings()
        if self._settings is not None:
            for name in changes.content:
                self._read(name)
            if changes.files:
                self._look_at_files()
        if changes.data:
            self._edition = None
        self._changed()
        return False

    def _changes_in(self, paths: Collection[Path]) -> Changes:
        def known() -> Iterable[str]:
            return chain(self._sources.names(), self._files.names())

        return changes_in(paths, self.asked.site, known)

    def _is_read_otherwise(self) -> bool:
        """Whether articles are read in another way now than those that are shown."""
        try:
            return self._reading_of(self._settings_now()) != self._reading()
        except SitegenError:
            return False

    def _reading(self) -> bytes:
        """What reading depends on; nothing where there are no settings yet."""
        return self._reading_of(self._settings) if self._settings else b""

    def _reading_of(self, settings: tuple[Config, Theme]) -> bytes:
        config, theme = settings
        return reading_of(config, theme.settings.card_extra)

    def _read(self, name: str) -> None:
        assert self._settings
        config, theme = self._settings
        if place_of(name, config).kind == "asset":
            changed = self._files.read(name, config)
        else:
            changed = self._sources.read(name, config, theme.settings.card_extra)
        if changed:
            self._edition = None

    def _look_at_files(self) -> None:
        assert self._settings
        try:
            if self._files.bring_up_to_date(*self._settings):
                self._edition = None
        except UNREADABLE:
            return  # the next survey looks once more

    # What is asked.

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the settings, the theme, single files, and the site as a whole."""
        single = map(in_content, self._sources.errors())
        of_edition = self._edition.problems if self._edition else ()
        every = (*self._settings_problems, *single, *of_edition, *self._site_errors)
        return tuple(dict.fromkeys(every))

    def styles(self) -> str:
        """A name of the style sheets; the same as long as they are."""
        sheets = (file.digest for file in self._of_theme() if file.name.endswith(".css"))
        return digest(b"".join(sheets)).hex()

    def show(self, path: str) -> Shown:
        """What is at a decoded `path`, as it stands in a request."""
        edition = self._current()
        if edition is None:
            return Shown(Answer(503))
        if path not in self._shown:
            if len(self._shown) >= _KEPT:
                self._shown.clear()
            self._shown[path] = self._make(edition, path)
        return self._shown[path]

    def edition(self) -> Edition | None:
        """The newest edition; None as long as there is nothing to make one of."""
        return self._current()

    def _current(self) -> Edition | None:
        if self._settings is None or not self._is_there:
            return None
        due = self._edition.archive.next_due if self._edition else None
        if due is not None and self.asked.now is None and due <= time.time():
            self._edition = None
            self._changed()
        if self._edition is None:
            config, theme = self._settings
            material = Material(self.asked.site, config, theme, self._sources, self._files)
            self._edition = Edition(material, self._moment())
        return self._edition

    def _moment(self) -> Moment:
        now = int(time.time()) if self.asked.now is None else self.asked.now
        return Moment(now, preview=self.asked.drafts, embargoed=self.asked.drafts)

    def _make(self, edition: Edition, path: str) -> Shown:
        answer = answer_to(edition, path)
        output = answer.output
        if answer.status == 404 and not self.is_whole:
            return Shown(replace(answer, status=503, output=None))
        if output is None or isinstance(output, Copy):
            return Shown(answer)
        try:
            data = self._bytes(edition, output)
        except TemplateBroken as error:
            return Shown(answer, None, (self._explained(error, output),))
        except Exception as error:  # whatever else it is: who writes must not lose the preview
            return Shown(answer, None, (_unforeseen(error, output),))
        return Shown(answer, data, (), self._name(answer, data))

    def _bytes(self, edition: Edition, output: Page | Text | Twin) -> bytes:
        try:
            return edition.bytes_of(output)
        except Damaged:
            # A build has stored something else meanwhile, or makes the state anew.
            self._read_anew(edition, output)
            return edition.bytes_of(output)

    def _read_anew(self, edition: Edition, output: Page | Text | Twin) -> None:
        """Read the files whose facts a page needs."""
        keys = tuple(output.keys()) if isinstance(output, Page) else ()
        for source in {key.partition(":")[2] for key in keys}:
            if source in self._sources.articles or source in self._sources.documents:
                extra = edition.theme.settings.card_extra
                self._sources.read(source, edition.config, extra, anew=True)

    def _name(self, answer: Answer, data: bytes) -> str:
        others = (file.digest for file in self._of_theme() if not file.name.endswith(".css"))
        return digest(b"\0".join([str(answer.status).encode(), data, *others])).hex()

    def _of_theme(self) -> Sequence[File]:
        return (*self._files.files.static, *self._files.files.theme)

    def _explained(self, error: TemplateBroken, output: Page | Text | Twin) -> Problem:
        assert self._settings
        file = self._settings[1].files.get(error.template, error.template)
        hint = f"met while making {output.path}"
        return Problem("template-failed", error.message, file, error.line, "", hint)


def _unforeseen(error: Exception, output: Output) -> Problem:
    traceback.print_exception(error)
    message = f"{type(error).__name__}: {error}"
    hint = "this is a mistake in sitegen: please report it, with the lines on the terminal"
    return Problem("internal", message, output.path, hint=hint)
