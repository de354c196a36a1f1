"""A part of a site at a moment: some of its outputs, worked out without the others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sitegen.config import Config
from sitegen.errors import Problem
from sitegen.index.archive import ArchiveAt
from sitegen.index.articles import Articles
from sitegen.index.store import Store
from sitegen.model import Moment
from sitegen.plan import Files, depends_on_others, output_at
from sitegen.render.policy import security_policy
from sitegen.render.theme import Theme
from sitegen.site import Site, facts_of, inputs_of, theme_files
from sitegen.site.content import Content, FileDigests
from sitegen.site.wishes import wishes_of


def part_at(
    folder: Path,
    config: Config,
    theme: Theme,
    store: Store,
    content: Content,
    moment: Moment,
    paths: Sequence[str],
) -> Site | None:
    """The outputs at `paths` of a site that is known to have no mistakes: none are looked for.

    None where one of them follows from all others.
    """
    articles = Articles(store)
    problems: list[Problem] = []
    themes_own = theme_files(theme, folder, FileDigests(store), problems)
    files = Files(content.static, themes_own, content.files)
    if any(depends_on_others(path, files) for path in paths):
        return None
    every = articles.articles() if paths else []
    archive = ArchiveAt(every, articles.documents(), config, moment)
    facts = facts_of(folder, archive, theme, files, articles, problems, few=True)
    asked = (archive, config, files, wishes_of(theme), security_policy(config))
    outputs = [output for path in paths if (output := output_at(path, *asked))]
    inputs = inputs_of(facts, theme, store)
    return Site(archive, facts, inputs, outputs, [], problems, [], {}, every, [])
