"""A site at a moment: its archive, its facts, the outputs that it should have, what is wrong."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

from sitegen.config import Config
from sitegen.digest import engine_digest
from sitegen.errors import Mistake, Problem, SitegenError
from sitegen.index.answers import Answers
from sitegen.index.articles import Articles
from sitegen.index.facts import FactTable, Texts
from sitegen.index.findings import cautions
from sitegen.index.notes import heard, summarised
from sitegen.index.picks import Picks
from sitegen.index.places import Places
from sitegen.index.store import Store
from sitegen.model import (
    Article,
    Json,
    Key,
    Moment,
    Progress,
    Show,
    Told,
)
from sitegen.numbers import Numbers
from sitegen.outputs import File, Kinds, Output, weight
from sitegen.plan import Files, Wish, plan_outputs
from sitegen.plan.alone import alone
from sitegen.plan.budgets import in_numbers
from sitegen.plan.collisions import Collisions
from sitegen.plan.copies import asset_urls
from sitegen.plan.home import IN_SECTION, TOP
from sitegen.plan.icons import icon_urls
from sitegen.plan.moved import Moved
from sitegen.plan.outdated import Inputs
from sitegen.plan.redirects import redirects_of
from sitegen.read.files import read_data
from sitegen.read.scan import Found, scan
from sitegen.render.codings import lacking
from sitegen.render.pictures import recipe
from sitegen.render.policy import security_policy
from sitegen.render.site import shared_facts
from sitegen.render.theme import References, Theme, closures, references
from sitegen.site.content import Content
from sitegen.site.digests import FileDigests
from sitegen.site.icons import icon_mistakes
from sitegen.site.indexed import archive_of, indexed_in, noticed_in
from sitegen.site.located import in_content, located
from sitegen.site.pictures import places_told, sizes_elsewhere
from sitegen.site.promises import promises_missing
from sitegen.site.standards import unfound
from sitegen.site.templates import Templates
from sitegen.site.wishes import data_names, wishes_of
from sitegen.spool import Spool


@dataclass(slots=True)
class Site:
    """Everything that is known before anything is rendered."""

    archive: Answers
    facts: FactTable
    inputs: Inputs
    outputs: Collection[Output]
    errors: list[Problem]
    """Of single sources: leaving these out mends them."""
    whole: list[Problem]
    """Errors of the site as a whole."""
    cautions: list[Problem]
    """What is no mistake, but should be known; the notes of single files are in `told`."""
    told: Mapping[str, Told]
    """What reading its files had to say, by source."""
    articles: Sequence[Article]
    """Every readable article, whether anybody can see it or not; oldest first. Those of a large
    archive are decoded anew each time that they are looked through.
    """
    left_out: list[str]
    """The sources with errors."""
    kinds: Kinds = field(default_factory=Kinds)
    """Of the outputs, where all of the site is planned."""
    paths: Numbers = field(default_factory=Numbers)
    """Of the outputs' paths, likewise."""

    @property
    def warnings(self) -> list[Problem]:
        """What a build warns of: cautions, and each kind of note once."""
        return [*self.cautions, *map(in_content, summarised(self.told, self.archive.config))]


def site_at(
    folder: Path,
    config: Config,
    theme: Theme,
    store: Store,
    content: Content,
    moment: Moment,
    show: Show = lambda progress: None,
    *,
    keep_going: bool = False,
) -> Site:
    """Work out the site. Mistakes are in `errors`; with `keep_going` their sources are left out."""
    show(Progress("indexing"))
    known = indexed_in(Articles(store), moment)
    show(Progress("checking"))
    whole = [*content.problems, *lacking(config.build.precompress)]
    theme_has = theme_files(theme, folder, FileDigests(store), whole)
    files = Files(content.static, theme_has, content.files)
    wishes = wishes_of(theme)
    places = Places(folder / "content")
    noticed = noticed_in(known, content, config, theme, moment, places)
    known.articles.withhold(noticed.withdrawn)
    whole += noticed.problems
    new = noticed.mistakes
    errors = [in_content(error) for found in known.told.values() for error in found.errors]
    left_out = {source for source, found in known.told.items() if found.errors}
    show(Progress("planning"))
    while True:
        errors += [located(mistake, folder, config) for mistake in new]
        left_out.update(mistake.source for mistake in new)
        archive = archive_of(known, left_out if keep_going else (), config, moment)
        plan = _planned(archive, files, wishes, theme, store)
        new = [clash for clash in plan.clashes if clash.source and clash.source not in left_out]
        if not new:
            break
    whole += [located(clash, folder, config) for clash in plan.clashes if not clash.source]
    whole += icon_mistakes(config, files.static, folder)
    facts = facts_of(folder, archive, theme, files, known.articles, whole)
    show(Progress("checking"))
    of_texts = map(in_content, _cautions(archive, content, places, left_out))
    every_caution = (*of_texts, *content.remarks, *_cautions_of(plan, archive, files, folder))
    told = known.told
    audible = [caution for caution in every_caution if heard(caution, told, config)]
    show(Progress("settings and theme"))
    made_of = (facts, inputs_of(facts, theme, store), plan.outputs)
    left = sorted(left_out)
    every = known.every
    seen = plan.kinds, plan.paths.numbers
    return Site(archive, *made_of, errors, whole, audible, told, every, left, *seen)


class _Watcher(Protocol):
    """Somebody who looks at all outputs as they are planned."""

    def see(self, output: Output) -> None: ...


class _Paths:
    """The numbers of their paths."""

    def __init__(self) -> None:
        self.numbers = Numbers()

    def see(self, output: Output) -> None:
        self.numbers.add(output.path)


def _seen(outputs: Iterable[Output], *watchers: _Watcher) -> Iterator[Output]:
    for output in outputs:
        for watcher in watchers:
            watcher.see(output)
        yield output


class _Plan(NamedTuple):
    """All outputs, and what was noticed as they were planned."""

    outputs: Collection[Output]
    moved: Moved
    templates: Templates
    clashes: Sequence[Mistake]
    kinds: Kinds
    paths: _Paths


def _planned(
    archive: Answers, files: Files, wishes: Mapping[str, Wish], theme: Theme, store: Store
) -> _Plan:
    config, only = archive.config, archive.moment.only
    moved = Moved(redirects_of(archive, config), config.host_settings.target)
    collisions, templates, kinds, paths = Collisions(), Templates(theme), Kinds(), _Paths()
    planned = plan_outputs(archive, config, files, wishes, security_policy(config))
    made: Iterable[Output] = _seen(planned, moved)
    if only:
        made = alone(list(made), only, config, files)
    outputs = Spool(_seen(made, collisions, templates, kinds, paths), store.scratch, weight)
    clashes = [*collisions.mistakes(outputs), *moved.mistakes(), *templates.mistakes()]
    return _Plan(outputs, moved, templates, clashes, kinds, paths)


def _cautions_of(plan: _Plan, archive: Answers, files: Files, folder: Path) -> Iterator[Problem]:
    """What is no mistake of the site as a whole, but should be known."""
    config, moment = archive.config, archive.moment
    yield from plan.templates.far_reaching()
    yield from unfound(config, moment, folder)
    yield from (located(caution, folder, config) for caution in plan.moved.cautions())
    if not moment.preview:
        yield from in_numbers(plan.outputs, config, files.content)
    if not moment.only:
        yield from promises_missing(config, plan.outputs, folder)
    yield from places_told(plan.outputs, files)


def facts_of(
    folder: Path,
    archive: Answers,
    theme: Theme,
    files: Files,
    texts: Texts,
    problems: list[Problem],
) -> FactTable:
    """All facts of a site; what is wrong with its data files is added to `problems`."""
    config, moment = archive.config, archive.moment
    assets = asset_urls(config, files.theme)
    icons = icon_urls(config, files.static, assets, alone=bool(moment.only))
    shared = shared_facts(config, theme, assets, icons, moment)
    _lead_to_translations(shared, archive)
    asked = data_names(archive.documents, wishes_of(theme))
    shared |= _data(folder / "data", asked, problems)
    sizes = sizes_elsewhere(folder / "data", config, problems)
    found = files.content, files.static
    return FactTable(texts, archive, config, *found, shared, sizes)


def _cautions(
    archive: Answers, content: Content, places: Places, left_out: Collection[str]
) -> Iterator[Problem]:
    """Likewise of articles and their texts; places are relative to content/."""
    copied = {*content.files, *(file.name for file in content.static)}
    yield from cautions(archive, copied, left_out)
    yield from Picks(archive, places, content.sources, TOP + 1, IN_SECTION).cautions()


def _lead_to_translations(shared: Mapping[Key, Json], archive: Answers) -> None:
    """Let the policies of each language lead to pages in it, where there are any."""
    for lang in archive.config.all_languages:
        publisher = shared[f"site:{lang}"]["publisher"]
        policies = publisher["policies"].items()
        publisher["policies"] = {name: archive.in_language(url, lang) for name, url in policies}


def _data(folder: Path, names: Iterable[str], problems: list[Problem]) -> dict[Key, Json]:
    """The data files that are asked for; what is wrong with one is added to `problems`."""
    facts: dict[Key, Json] = {}
    for name in sorted(names):
        try:
            facts[f"data:{name}"] = read_data(folder, name)
        except SitegenError as error:
            problems += error.problems
    return facts


def inputs_of(facts: FactTable, theme: Theme, store: Store) -> Inputs:
    """What every output depends on."""
    found = closures(theme, references_in(theme, store))
    return Inputs(facts.digest, facts.expect, found, engine_digest(), recipe())


def references_in(theme: Theme, store: Store) -> References:
    """Which templates name which others: kept in the state, so that only new ones are parsed."""
    engine = engine_digest().hex()
    before = store.meta("references")
    known = json.loads(before) if before else {}
    found = references(theme, known if known.pop("engine", "") == engine else {})
    after = json.dumps({**found, "engine": engine})
    if after != before and not store.reading:
        store.remember("references", after)
    return found


def theme_files(
    theme: Theme, site: Path, digests: FileDigests, problems: list[Problem]
) -> list[File]:
    """The static files of a theme's chain; a child's replace its parent's."""
    found: dict[str, Found] = {}
    for folder in theme.folders:
        within = site if folder.is_relative_to(site) else folder.parent.parent
        scanned = scan(folder / "static", within, time.time_ns())
        problems += scanned.problems
        found |= {file.source: file for file in scanned.files}
    files = [found[name] for name in sorted(found)]
    return digests.files("theme", files)
