"""The site as it is at a moment: what is at each of its addresses, made when somebody asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sitegen.config import Config
from sitegen.errors import Problem
from sitegen.index.archive import ArchiveAt
from sitegen.index.facts import FactTable
from sitegen.model import Moment
from sitegen.outputs import Copy, Output, Page, Text, Twin, common_needs
from sitegen.plan import output_at, plan_outputs
from sitegen.plan.copies import of_content, used
from sitegen.plan.hosts import told_of
from sitegen.plan.hosts.told import Told
from sitegen.render.codings import encoded
from sitegen.render.page import Facts, renderer
from sitegen.render.policy import security_policy
from sitegen.render.theme import Theme
from sitegen.serve.files import SiteFiles
from sitegen.serve.sources import Sources
from sitegen.serving import PICTURES
from sitegen.site import facts_of
from sitegen.site.wishes import wishes_of

_MOST = 20_000
"""Paths of which is kept what is there."""


@dataclass(slots=True)
class Material:
    """What an edition is made of."""

    site: Path
    config: Config
    theme: Theme
    sources: Sources
    files: SiteFiles


class Edition:
    """Nothing in it changes but what is kept of the answers it has given."""

    def __init__(self, material: Material, moment: Moment) -> None:
        config, theme, sources = material.config, material.theme, material.sources
        in_order = sorted(
            sources.articles.values(),
            key=lambda article: (article.date, article.url, article.source),
        )
        documents = [sources.documents[source] for source in sorted(sources.documents)]
        self.config = config
        self.articles = in_order
        self.theme = theme
        self.moment = moment
        self.archive = ArchiveAt(in_order, documents, config, moment)
        self.problems: list[Problem] = []
        self._files = material.files.files
        self.facts: FactTable = facts_of(
            material.site, self.archive, theme, self._files, sources, self.problems
        )
        self._policy = security_policy(config)
        self._asked = (self.archive, config, self._files, wishes_of(theme), self._policy)
        self._planned: dict[str, Output | None] = {}
        """What was asked for, and the files that it shows: browsers ask for these next."""

    def output_at(self, path: str) -> Output | None:
        """What is at a path of the output; the same that a build would plan there."""
        if path not in self._planned:
            if len(self._planned) >= _MOST:
                self._planned.clear()
            self._planned[path] = self._planned_at(path)
        return self._planned[path]

    def _planned_at(self, path: str) -> Output | None:
        if "_every" in self.__dict__ or path.startswith(f"{PICTURES}/"):
            return self._every.get(path)
        return output_at(path, *self._asked)

    @cached_property
    def _every(self) -> Mapping[str, Output]:
        return {output.path: output for output in self.outputs}

    @cached_property
    def outputs(self) -> Sequence[Output]:
        """All outputs: that takes a second for 20,000 articles."""
        return list(plan_outputs(*self._asked))

    @cached_property
    def told(self) -> Told:
        """What a host is told; without the places of its files."""
        return told_of(self.archive, self.config, (), self._policy)

    def bytes_of(self, output: Page | Text | Twin) -> bytes:
        """What a build would write. Raises TemplateBroken, Damaged."""
        if isinstance(output, Twin):
            made = output.of
            data = Path(made.file).read_bytes() if isinstance(made, Copy) else self.bytes_of(made)
            return encoded(data, output.coding)
        if isinstance(output, Text):
            return output.text.encode()
        shown = used([output], self._files.content)
        for copy in of_content(shown, self.config, self._files.content):
            self._planned[copy.path] = copy
        facts = self.facts.values([*common_needs(output.lang), *output.keys()])
        templates = tuple(sorted(self.theme.templates.items()))
        return renderer(templates).render(output, Facts(facts))
