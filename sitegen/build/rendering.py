"""Render stale outputs into the staging folder, in whichever processes there are."""

from __future__ import annotations

import marshal
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sitegen.build.comparing import Work
from sitegen.digest import digest
from sitegen.errors import Problem, SitegenError, counted
from sitegen.index.facts import FactTable
from sitegen.index.packing import unpacked
from sitegen.index.recent import Recent
from sitegen.model import Key, Progress, Show
from sitegen.outputs import Copy, Output, Page, Text, Twin, common_needs, original_of, page_of
from sitegen.plan.outdated import Stale, number_in
from sitegen.pool import Pool
from sitegen.render.broken import PictureBroken, PicturesBroken, TemplateBroken
from sitegen.render.codings import encoded
from sitegen.render.compiled import Texts
from sitegen.render.page import WHOLE, Facts, Renderer, renderer, texts_in, with_code
from sitegen.render.theme import Theme
from sitegen.site.gallery import pictures
from sitegen.spool import Spool
from sitegen.write.staging import Staged, stage, stage_copy, stage_kept

if TYPE_CHECKING:
    from sitegen.build.clock import Clock
    from sitegen.render.counted import Spent

BATCH = 96
"""Outputs that a worker renders at a time."""
FEW = 48
"""So few in all are rendered here: a new article has some 30, and workers would first have to be
started, and templates compiled for them."""
TEXTS = 48
"""Whole texts of articles, likewise: a feed of a month holds all of them, and they are long."""
THEME, FACTS_OF = "theme", "facts-"
"""Files of the staging folder: with the templates for all processes, with the facts of one task."""
LARGE = 1_000_000
"""Bytes of facts that a task has in a file: an archive of feeds has a month's texts."""
CARDS = 3_072
"""Cards that stay in memory, each of some 0.7 KB, and perhaps as many again: an article's is on the
pages of those behind it, which are made soon after."""
FACTS = 1024
"""Facts with which a worker's work is enough, however few outputs need them: they are in memory."""


_Wanted = tuple[Output, bytes, bytes]
"""An output, the digest of the bytes that it has now, if they are ours, and that of its inputs."""


class _Task(NamedTuple):
    theme: Texts | str
    """Its templates, or the file that has them for all processes."""
    outputs: Sequence[_Wanted]
    facts: Mapping[Key, bytes] | str
    """Likewise of the facts, where these are large: several tasks wait at a time. Texts of a state
    that this build has made are still packed, so that they are a third as large on their way."""
    folder: str
    gallery: str
    number: int
    counted: bool
    """Whether it is to be told how long each of them took."""

    def templates(self) -> Texts:
        """The theme's. Raises OSError."""
        return texts_in(self.theme) if isinstance(self.theme, str) else self.theme

    def values(self) -> Mapping[Key, bytes]:
        """The bytes of the facts. Raises OSError."""
        facts = self.facts
        if isinstance(facts, str):
            facts = marshal.loads(Path(facts).read_bytes())
        return {key: unpacked(value) for key, value in facts.items()}


class Failure(NamedTuple):
    """A page that could not be rendered."""

    path: str
    source: str
    template: str
    line: int
    message: str


class Unfit(NamedTuple):
    """A picture that turned out to be broken when it was decoded."""

    file: bytes
    """The digest of its file."""
    why: str


class Done(NamedTuple):
    """An output that is staged, and what its trace is to remember."""

    staged: Staged
    family: str
    source: str
    inputs: bytes
    needs: bytes
    reason: str


class _Made(NamedTuple):
    results: Sequence[Staged | Failure | Unfit]
    spent: Spent | None = None


def render_all(
    work: Work,
    facts: FactTable,
    theme: Theme,
    folders: tuple[Path, Path],
    workers: Pool,
    show: Show,
    clock: Clock | None,
    inputs_of: Callable[[Output], bytes],
) -> Spool[Done]:
    """Stage the bytes of every stale output, in their order; `folders`: staging and gallery.

    `inputs_of` gives the digest of an output's inputs. Raises SitegenError when templates fail,
    PicturesBroken when pictures do; nothing has left the staging folder then.
    """
    stale = work.stale
    # Not in the staging folder, which goes before it.
    ready: Spool[Done] = Spool(folder=folders[1].parent, weigh=_weight)
    failures: list[Failure] = []
    unfit: list[Unfit] = []
    templates = tuple(sorted(theme.templates.items()))
    few = work.expected <= FEW
    if few:
        stale.ahead(None)  # they are looked at, and then read once more
        few = len({_picture(item.output) for item in stale}) <= 2
    folder = str(folders[0])
    code = b"" if few else with_code(templates, work.kinds.templates)
    sent = templates if few else stage(folder, THEME, "", code, b"").file
    where = str(folders[0]), str(folders[1])
    under_way: deque[Sequence[Stale]] = deque()

    values = _Values(facts)
    most = BATCH if work.expected > workers.jobs * BATCH else FEW

    def tasks() -> Iterator[_Task]:
        for number, (batch, keys) in enumerate(_batches(stale, most)):
            found = _handed_over(values.of(keys), folder, number)
            wanted = [(item.output, item.before, item.inputs) for item in batch]
            under_way.append(batch)
            yield _Task(sent, wanted, found, *where, number, clock is not None)

    done = 0
    for made in workers.map(_render_batch, tasks(), alone=few):
        batch = under_way.popleft()
        if clock is not None and made.spent is not None:
            sizes = [one.size if isinstance(one, Staged) else 0 for one in made.results]
            clock.rendered([item.output for item in batch], sizes, made.spent)
        for item, result in zip(batch, made.results, strict=True):
            if isinstance(result, Failure):
                failures.append(result)
            elif isinstance(result, Unfit):
                unfit.append(result)
            else:
                ready.add(_done(item, result, inputs_of))
        done += len(made.results)
        show(Progress("rendering", done, work.expected))
    if failures:
        raise SitegenError(*_explain(failures, theme))
    if unfit:
        raise PicturesBroken(dict(unfit))
    return ready


def _weight(done: Done) -> int:
    return 1 + number_in(done.needs)


def _done(item: Stale, staged: Staged, inputs_of: Callable[[Output], bytes]) -> Done:
    made = item.output
    # A file may have changed since it was looked at.
    inputs = inputs_of(_as_read(made, staged.read)) if staged.read else item.inputs
    return Done(staged, made.family, made.source, inputs, item.needs, item.reason)


def _as_read(output: Output, read: bytes) -> Output:
    """What is made of a file, as if the file had been looked at when it was read."""
    if isinstance(output, Twin) and isinstance(output.of, Copy):
        return output._replace(of=output.of._replace(digest=read))
    return output._replace(digest=read) if isinstance(output, Copy) else output


def _handed_over(facts: dict[Key, bytes], folder: str, number: int) -> Mapping[Key, bytes] | str:
    """The facts of a task for whoever works on it; in a file where they are many bytes."""
    if sum(map(len, facts.values())) <= LARGE:
        return facts
    return stage(folder, f"{FACTS_OF}{number}", "", marshal.dumps(facts), b"").file


def _picture(output: Output) -> bytes:
    """What names the picture that an output is a form of; nothing where it is none."""
    return output.digest if isinstance(output, Copy) and output.form else b""


def _batches(stale: Iterable[Stale], most: int) -> Iterator[tuple[list[Stale], Collection[Key]]]:
    """The outputs in their order, `most` at a time: fewer where the facts of a batch are many.

    With each batch the facts that it is made from.
    """
    batch: list[Stale] = []
    common: dict[Key, None] = {}
    facts: dict[Key, None] = {}
    texts = 0
    for item in stale:
        page, picture = page_of(item.output), _picture(item.output)
        keys = dict.fromkeys(page.keys() if page else ())
        more = _texts(key for key in keys if key not in facts)
        full = len(batch) >= most or len(facts) >= FACTS or texts + more > TEXTS
        # A picture is decoded by one worker, once, and is enough for it; so is a page with twins.
        another = picture != (_picture(batch[-1].output) if batch else b"")
        together = picture or (batch and original_of(item.output) == original_of(batch[-1].output))
        if batch and (another or (full and not together)):
            yield batch, common | facts
            batch, common, facts, texts, more = [], {}, {}, 0, _texts(keys)
        batch.append(item)
        common |= dict.fromkeys(common_needs(page.lang) if page else ())
        facts |= keys
        texts += more
    if batch:
        yield batch, common | facts


def _texts(keys: Iterable[Key]) -> int:
    return len([key for key in keys if key.startswith(WHOLE)])


class _Values:
    """The bytes of facts, as they are asked for while one build renders."""

    def __init__(self, facts: FactTable) -> None:
        self._find = partial(facts.values, packed=True)
        self._cards: Recent[Key, bytes] = Recent(CARDS)

    def of(self, keys: Collection[Key]) -> dict[Key, bytes]:
        cards = [key for key in keys if key.startswith("summary:")]
        known = self._cards.all(cards, self._find)
        return {**known, **self._find(key for key in keys if key not in known)}


def _render_batch(task: _Task) -> _Made:
    """In a worker: bytes of each output, in a staged file unless they are what it has."""
    return _counted(task) if task.counted else _Made(list(_results(task, renderer)))


def _counted(task: _Task) -> _Made:
    """The same, and what it took; what templates took to compile is no single page's."""
    from sitegen.render.counted import counting

    renders = counting(task.templates())
    results, seconds = [], []
    began, compiling = time.perf_counter(), renders.compiling
    for result in _results(task, counting):
        now, compiled = time.perf_counter(), renders.compiling
        results.append(result)
        seconds.append(now - began - (compiled - compiling))
        began, compiling = now, compiled
    return _Made(results, renders.spent(tuple(seconds)))


def _results(
    task: _Task, renderer_of: Callable[[Texts], Renderer]
) -> Iterator[Staged | Failure | Unfit]:
    if _picture(task.outputs[0][0]):
        yield from _develop(task)
        return
    making = _Making(task, renderer_of(task.templates()))
    for number, (output, before, _) in enumerate(task.outputs):
        name = f"{task.number}-{number}"
        if isinstance(output, Copy):
            yield stage_copy(task.folder, name, output.path, output.file, before)
            continue
        made = original_of(output)
        try:
            data, read = making.bytes_of(output)
        except TemplateBroken as error:
            place = (error.template, error.line, error.message)
            yield Failure(made.path, made.source, *place)
        else:
            staged = stage(task.folder, name, output.path, data, before)
            yield staged._replace(read=read)


def _develop(task: _Task) -> Iterator[Staged | Unfit]:
    """The forms of one picture."""
    copies = [(output, inputs) for output, _, inputs in task.outputs if isinstance(output, Copy)]
    done = 0
    try:
        for picture in pictures(task.gallery, copies):
            output, before, _ = task.outputs[done]
            name = f"{task.number}-{done}"
            data, kept, read = picture
            staged = stage_kept(task.folder, name, output.path, data, kept, before)
            yield staged._replace(read=read)
            done += 1
    except PictureBroken as error:
        for copy, _ in copies[done:]:
            yield Unfit(copy.digest, str(error))


class _Making:
    """Makes the bytes of outputs, those of one with twins only once."""

    def __init__(self, task: _Task, renders: Renderer) -> None:
        self._render = renders.render
        self._facts = Facts(task.values())
        self._last: tuple[Output | None, bytes, bytes] = (None, b"", b"")

    def bytes_of(self, output: Output) -> tuple[bytes, bytes]:
        """Its bytes, and the digest of the file that they were made from, if they were.

        Raises TemplateBroken.
        """
        if isinstance(output, Twin):
            last, data, read = self._last
            if last != output.of:
                data, read = self.bytes_of(output.of)
            return encoded(data, output.coding), read
        data, read = self._made(output)
        self._last = (output, data, read)
        return data, read

    def _made(self, output: Page | Copy | Text) -> tuple[bytes, bytes]:
        if isinstance(output, Page):
            return self._render(output, self._facts), b""
        if isinstance(output, Text):
            return output.text.encode(), b""
        data = Path(output.file).read_bytes()
        return data, digest(data)


def _explain(failures: Iterable[Failure], theme: Theme) -> Iterator[Problem]:
    """One problem for each place in a template, with the first page that met it."""
    met: dict[tuple[str, int, str], list[Failure]] = {}
    for failure in failures:
        met.setdefault((failure.template, failure.line, failure.message), []).append(failure)
    for (template, line, message), pages in met.items():
        file = theme.files.get(template, template)
        first, others = pages[0], len({page.path for page in pages}) - 1
        page = f"{first.path} (from {first.source})" if first.source else first.path
        more = f" and {counted(others, 'other page')}" if others else ""
        hint = f"met while rendering {page}{more}"
        yield Problem("template-failed", message, file, line, "", hint)
