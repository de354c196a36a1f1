"""Render stale outputs into the staging folder, in whichever processes there are."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sitegen.errors import Problem, SitegenError, counted
from sitegen.index.facts import FactTable
from sitegen.model import Key, Output, Page, Progress, Text, Twin, common_needs
from sitegen.plan.outdated import Stale
from sitegen.pool import Pool
from sitegen.render.broken import TemplateBroken
from sitegen.render.codings import encoded
from sitegen.render.page import declared, renderer
from sitegen.render.theme import Theme
from sitegen.site.content import FEW, batched
from sitegen.write import Staged, stage

BATCH = 48
"""Outputs that a worker renders at a time."""


class _Task(NamedTuple):
    templates: tuple[tuple[str, str], ...]
    outputs: Sequence[tuple[Output, bytes]]
    """Each with the digest of the bytes that it has now, if they are ours."""
    facts: Mapping[Key, bytes]
    folder: str
    number: int


class Failure(NamedTuple):
    """A page that could not be rendered."""

    path: str
    source: str
    template: str
    line: int
    message: str


def render_all(
    stale: Sequence[Stale],
    before: Callable[[str], bytes],
    facts: FactTable,
    theme: Theme,
    staging: Path,
    workers: Pool,
    show: Callable[[Progress], None],
) -> list[Staged]:
    """Stage the bytes of every stale output, in their order.

    `before` gives the digest of the bytes that a path has now. Raises SitegenError when templates
    fail; nothing has left the staging folder then.
    """
    staged: list[Staged] = []
    failures: list[Failure] = []
    templates = tuple(sorted(theme.templates.items()))
    tasks = (
        _Task(templates, [(s.output, before(s.output.path)) for s in batch], found, str(staging), n)
        for n, batch in enumerate(batched(stale, BATCH))
        for found in [facts.values(_keys(batch))]
    )
    for results in workers.map(_render_batch, tasks, alone=len(stale) <= FEW):
        for result in results:
            if isinstance(result, Failure):
                failures.append(result)
            else:
                staged.append(result)
        show(Progress("rendering", len(staged) + len(failures), len(stale)))
    if failures:
        raise SitegenError(*_explain(failures, theme))
    return staged


def _keys(batch: Iterable[Stale]) -> Iterator[Key]:
    for item in batch:
        output = item.output.of if isinstance(item.output, Twin) else item.output
        if isinstance(output, Page):
            yield from common_needs(output.lang)
            yield from output.keys()


def _render_batch(task: _Task) -> list[Staged | Failure]:
    """In a worker: bytes of each output, in a staged file unless they are what it has."""
    making = _Making(task)
    results: list[Staged | Failure] = []
    for number, (output, before) in enumerate(task.outputs):
        try:
            data = making.bytes_of(output)
        except TemplateBroken as error:
            made = output.of if isinstance(output, Twin) else output
            place = (error.template, error.line, error.message)
            results.append(Failure(made.path, made.source, *place))
            continue
        results.append(stage(task.folder, f"{task.number}-{number}", output.path, data, before))
    return results


class _Making:
    """Makes the bytes of outputs, those of one with twins only once."""

    def __init__(self, task: _Task) -> None:
        self._render = renderer(task.templates).render
        self._facts = task.facts
        self._last: tuple[Output | None, bytes] = (None, b"")

    def bytes_of(self, output: Output) -> bytes:
        """Raises TemplateBroken."""
        if isinstance(output, Twin):
            last, data = self._last
            return encoded(data if last is output.of else self.bytes_of(output.of), output.coding)
        if isinstance(output, Page):
            data = self._render(output, declared(output, self._facts))
        elif isinstance(output, Text):
            data = output.text.encode()
        else:
            data = Path(output.file).read_bytes()
        self._last = (output, data)
        return data


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
