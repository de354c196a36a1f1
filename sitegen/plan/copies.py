"""Copies: static files, the theme's assets, and the files of content/ that visible pages use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from urllib.parse import unquote

from sitegen import urls
from sitegen.config import Config
from sitegen.model import PICTURE, Archive, Document, ListingId, State
from sitegen.outputs import Copy, File
from sitegen.plan.icons import ICON, icons

ASSETS = "assets"


def copies(
    archive: Archive,
    config: Config,
    static: Sequence[File],
    theme: Iterable[File],
    content: Mapping[str, File],
) -> Iterator[Copy]:
    """Every file that is copied as it is."""
    for file in static:
        yield _copy(file, file.name, f"static/{file.name}")
    own = list(icons(config, static))
    yield from own
    taken = {urls.same_place(name) for name in (*(i.path for i in own), *(f.name for f in static))}
    for file in theme:
        path = _asset_path(file, config)
        if file.name != ICON or urls.same_place(path) not in taken:
            yield _copy(file, path, f"theme: {file.name}")
    for name in sorted(_used(archive, config) & content.keys()):
        yield _copy(content[name], name, name)


def _copy(file: File, path: str, source: str) -> Copy:
    return Copy(path, file.path, file.digest, source, length=file.length)


def asset_urls(config: Config, theme: Iterable[File]) -> dict[str, str]:
    """A theme's file, as templates name it → its address."""
    return {file.name: f"/{urls.encode(_asset_path(file, config))}" for file in theme}


def _asset_path(file: File, config: Config) -> str:
    """Stable by default: a new stylesheet then rewrites one file and not every page."""
    if file.name == ICON:
        return ICON
    path = PurePosixPath(ASSETS, file.name)
    if config.assets.fingerprint:
        path = path.with_name(f"{path.stem}.{file.digest.hex()[:10]}{path.suffix}")
    return path.as_posix()


def _used(archive: Archive, config: Config) -> set[str]:
    """The files of content/ that some visible page shows or links to."""
    refs: set[str] = set()
    for lang in config.all_languages:
        for article in archive.live(lang):
            refs.update(archive.refs_of(article))
    for document in archive.documents:
        if _is_shown(archive, config, document):
            refs.update(document.facts["refs"])
    return {file_of(ref) for ref in refs}


def _is_shown(archive: Archive, config: Config, document: Document) -> bool:
    """Whether readers meet what the document refers to."""
    if document.kind != "term":
        return document.kind == "page" and archive.state(document.source) is State.LIVE
    kind, slug = document.facts["kind"], document.facts["slug"]
    ids = (ListingId(lang, kind, slug) for lang in config.all_languages)
    return any(id in archive.listings() for id in ids)


def file_of(ref: str) -> str:
    """The file that a reference names, as `Copy.path` has it; empty: it names none."""
    kind, _, target = ref.removeprefix(PICTURE).partition(":")
    if kind == "url":
        return unquote(target).lstrip("/")
    return target if kind == "file" else ""
