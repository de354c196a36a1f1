"""A site at a moment: its archive, its facts, the outputs that it should have, what is wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sitegen.build.content import Content, FileDigests
from sitegen.config import Config
from sitegen.digest import engine_digest
from sitegen.errors import Problem
from sitegen.index.archive import ArchiveAt
from sitegen.index.articles import Articles
from sitegen.index.facts import FactTable
from sitegen.index.findings import cautions, mistakes, summarised
from sitegen.index.store import Store
from sitegen.model import File, Moment, Output, Page
from sitegen.plan import Files, Wish, plan_outputs
from sitegen.plan.collisions import collisions
from sitegen.plan.copies import asset_urls
from sitegen.plan.outdated import Inputs
from sitegen.read.files import read_data
from sitegen.read.scan import Found
from sitegen.render.site import shared_facts
from sitegen.render.theme import Theme, closures, references


@dataclass(slots=True)
class Site:
    """Everything that is known before anything is rendered."""

    archive: ArchiveAt
    facts: FactTable
    inputs: Inputs
    outputs: Sequence[Output]
    errors: list[Problem]
    """Of single sources: leaving these out mends them."""
    whole: list[Problem]
    """Errors of the site as a whole."""
    warnings: list[Problem]
    left_out: list[str]
    """The sources with errors."""


def site_at(
    folder: Path,
    config: Config,
    theme: Theme,
    store: Store,
    content: Content,
    moment: Moment,
    *,
    keep_going: bool = False,
) -> Site:
    """Work out the site. Mistakes are in `errors`; with `keep_going` their sources are left out."""
    articles = Articles(store)
    findings = list(articles.findings())
    errors = [_stored(stored) for _, found in findings for stored in found["errors"]]
    left_out = {source for source, found in findings if found["errors"]}
    every = list(articles.articles())
    documents = articles.documents()
    for mistake in mistakes(every, documents, content.sources, content.files, folder / "content"):
        errors.append(in_content(mistake.problem))
        left_out.add(mistake.source)
    if keep_going and left_out:
        every = [article for article in every if article.source not in left_out]
        documents = [document for document in documents if document.source not in left_out]
    archive = ArchiveAt(every, documents, config, moment)
    wishes = _wishes(theme)
    files = Files(content.static, tuple(_theme_files(theme, store)), content.files)
    shared = shared_facts(config, theme, asset_urls(config, files.theme), moment.preview)
    for name in sorted(_data_names(archive, wishes)):
        shared[f"data:{name}"] = read_data(folder / "data", name)
    facts = FactTable(articles, archive, config, content.files, shared)
    outputs = list(plan_outputs(archive, config, files, wishes))
    whole = [*content.problems, *collisions(outputs), *_templates_missing(outputs, theme)]
    warnings = [_stored(stored) for _, found in findings for stored in found["warnings"]]
    noticed = [*cautions(archive, content.files, left_out), *summarised(findings)]
    warnings += [*map(in_content, noticed), *content.remarks, *_far_reaching(theme)]
    inputs = Inputs(facts.digest, _closures(theme, store), engine_digest())
    return Site(archive, facts, inputs, outputs, errors, whole, warnings, sorted(left_out))


def in_content(problem: Problem) -> Problem:
    """A problem of an article's file, its place told from the site's folder."""
    return replace(problem, source=f"content/{problem.source}") if problem.source else problem


def _stored(problem: Mapping[str, Any]) -> Problem:
    return in_content(Problem(**problem))


def _closures(theme: Theme, store: Store) -> dict[str, bytes]:
    """The closures of the templates; which of them name which others is kept in the state."""
    key = f"references {engine_digest().hex()}"
    before = store.meta(key)
    known = json.loads(before) if before else {}
    found = references(theme, known)
    if found != known:
        store.remember(key, json.dumps(found))
    return closures(theme, found)


def _theme_files(theme: Theme, store: Store) -> list[File]:
    found = []
    for name, path in sorted(theme.static.items()):
        info = path.stat()
        stat = (info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino)
        found.append(Found(name, str(path), stat, settled=False))
    return list(FileDigests(store).files(f"theme:{theme.name}", found))


def _wishes(theme: Theme) -> dict[str, Wish]:
    """What the theme declares, by the template that it is for."""
    settings = theme.settings
    wanted = [(w.templates, "list", n) for n, w in settings.lists.items()]
    wanted += [(w.templates, "data", n) for n, w in settings.data.items()]
    wishes: dict[str, Wish] = {}
    for template in sorted({name for templates, _, _ in wanted for name in templates}):
        lists = {
            name: wish.model_dump(exclude={"templates"})
            for name, wish in settings.lists.items()
            if template in wish.templates
        }
        data = [name for name, wish in settings.data.items() if template in wish.templates]
        wishes[template] = Wish(lists, data)
    return wishes


def _data_names(archive: ArchiveAt, wishes: Mapping[str, Wish]) -> set[str]:
    names = {name for wish in wishes.values() for name in wish.data}
    pages = (document for document in archive.documents if document.kind == "page")
    return names | {name for page in pages for name in page.facts["data"]}


def _templates_missing(outputs: Sequence[Output], theme: Theme) -> list[Problem]:
    """Articles and pages that ask for a template that the theme has not."""
    return [
        Problem(
            "template-missing",
            f"the theme “{theme.name}” has no template “{output.template}”",
            output.source,
            0,
            "template",
            "leave the field out to use the usual one",
        )
        for output in outputs
        if isinstance(output, Page) and output.template not in theme.templates
    ]


def _far_reaching(theme: Theme) -> list[Problem]:
    """A list in the pages of articles makes every old page depend on new articles."""
    return [
        Problem(
            "list-everywhere",
            f"the theme's list “{name}” is on the pages of articles: "
            "every new article in it renders all of them again",
            "theme.toml",
            0,
            f"lists.{name}",
            "show it on home, or through the ticker's script",
        )
        for name, wish in sorted(theme.settings.lists.items())
        if "article.html" in wish.templates
    ]
