"""Whether there is room for outputs that come and go: others' places, hosts, what is promised."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial
from itertools import chain
from urllib.parse import unquote

from sitegen import serving, urls
from sitegen.config import Config
from sitegen.index.asked import Asked
from sitegen.index.traces import Traces
from sitegen.options import Options
from sitegen.outputs import Output
from sitegen.plan.budgets import budget_of, is_near
from sitegen.plan.collisions import are_apart, folders_of
from sitegen.plan.moved import address_of
from sitegen.plan.redirects import WITH_PAGES
from sitegen.site.part import Part
from sitegen.site.wishes import reach_far
from sitegen.write import is_free


def are_promised(paths: Iterable[str], config: Config) -> bool:
    """Whether the settings name a page or file that came or went."""
    publisher = config.publisher
    named = (*config.redirects.values(), publisher.logo, *publisher.policies.values())
    files = [urls.path_of(address) for address in map(address_of, named) if address]
    return not {urls.same_place(path) for path in paths}.isdisjoint(
        urls.same_place(place) for file in files for place in (file, f"{file}/index.html")
    )


def have_room(
    part: Part,
    came: Collection[str],
    gone: Collection[str],
    recorded: Traces,
    number: int,
    options: Options,
) -> bool:
    """Whether outputs that came take nobody's place, and nothing is to be said of any.

    `number` is how many were `recorded`.
    """
    archive, config = part.archive, part.archive.config
    terms = (document for document in archive.documents if document.kind == "term")
    lists = any(known[0].family == "listings" for path in gone if (known := recorded.last(path)))
    if lists and any(term.facts["refs"] for term in terms):
        return False  # a portrait may be shown nowhere any more
    if reach_far(part.wishes):
        return False
    if is_near(number + len(came), budget_of(config).files):
        return False
    told = config.host_settings.target != "plain"
    moved = {*came, *gone}
    left = (path for path in recorded.paths() if path not in gone)
    if told and not _like(left, moved, fingerprint=config.assets.fingerprint):
        return False
    left = (path for path in recorded.paths() if path not in gone)
    return are_apart(came, left) and all(is_free(options.output, path) for path in came)


def leads_from(archive: Asked, output: Output) -> bool:
    """Whether an old address is at the path of an output, is a folder of it or lies below it.

    An article that has its own address as an old one, or a page that leads on from there, may be.
    """
    path, config = output.path, archive.config
    near = archive.naming_any(*map(urls.url_of, (path, *folders_of(path))))
    if config.host_settings.target not in WITH_PAGES and not path.endswith("index.html"):
        # Where they are no pages, nothing is recorded that may lie below it.
        near += chain.from_iterable(archive.moved(lang) for lang in config.all_languages)
        near += (article for article, _ in archive.notices())
    every = ((article.source, url) for article in near for url in article.aliases)
    own = (output.source, urls.same_place(path))
    old = [url for name, url in every if (name, urls.same_place(urls.path_of(url))) != own]
    for document in archive.documents:
        old += document.facts["aliases"] if document.kind == "page" else []
    rules = config.redirects
    below = tuple(urls.same_place(unquote(url[1:-1])) for url in rules if url.endswith("*"))
    single = [urls.path_of(url) for url in (*old, *rules) if not url.endswith("*")]
    return not are_apart([path], single) or urls.same_place(path).startswith(below)


def _like(others: Iterable[str], paths: Collection[str], *, fingerprint: bool) -> bool:
    """Whether paths lie where others do, as far as hosts have rules for such places."""
    names = {path.rpartition("/")[2] for path in paths}
    folders = {path.rpartition("/")[0] for path in paths}
    near = (
        path
        for path in others
        for folder, _, name in [path.rpartition("/")]
        if name in names or folder in folders
    )
    places = partial(serving.places, fingerprint=fingerprint)
    return {*places(paths)} <= {*places(near)}
