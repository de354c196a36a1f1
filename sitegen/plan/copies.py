"""Copies: static files, the theme's assets, and the files of content/ that visible pages use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from urllib.parse import unquote

from sitegen import urls
from sitegen.config import Config
from sitegen.model import PICTURE, Key
from sitegen.outputs import Copy, File, Page, focus_in
from sitegen.plan.icons import ICON, icons
from sitegen.renditions import Rendition, crops, portraits, renditions

ASSETS = "assets"


def copies(
    wanted: Iterable[Key],
    config: Config,
    static: Sequence[File],
    theme: Iterable[File],
    content: Mapping[str, File],
) -> Iterator[Copy]:
    """Every file that is copied, as it is or in other forms; of content/ what pages have `used`."""
    yield from of_the_site(config, static, theme)
    yield from of_content(wanted, config, content)


def of_the_site(config: Config, static: Sequence[File], theme: Iterable[File]) -> Iterator[Copy]:
    """What every page may show: static files, icons, the theme's files."""
    for file in static:
        yield _copy(file, file.name, f"static/{file.name}")
    own = list(icons(config, static))
    yield from own
    taken = {urls.same_place(name) for name in (*(i.path for i in own), *(f.name for f in static))}
    for file in theme:
        path = _asset_path(file, config)
        if file.name != ICON or urls.same_place(path) not in taken:
            yield _copy(file, path, f"theme: {file.name}")


def of_content(
    wanted: Iterable[Key], config: Config, content: Mapping[str, File]
) -> Iterator[Copy]:
    """What pages show and link to, by the facts that they have `used` for that."""
    keys = sorted(set(wanted))
    yield from _as_they_are(keys, config, content)
    yield from _in_forms(keys, config, content)


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


def used(pages: Iterable[Page], content: Mapping[str, File]) -> set[Key]:
    """The facts by which pages show or link to files: what they declare is what is copied."""
    keys = (key for page in pages for name, need in page.needs if name == "_links" for key in need)
    return {key for key in keys if _named(key) in content}


def _named(key: Key) -> str:
    """The file that a fact is of; empty: of none."""
    kind, _, ref = key.partition(":")
    return file_of(ref) if kind == "link" else picture_of(key)


def _as_they_are(
    wanted: Iterable[Key], config: Config, content: Mapping[str, File]
) -> Iterator[Copy]:
    """What pages link to, and pictures of which nothing better is made."""
    names = set()
    for key in wanted:
        kind, _, ref = key.partition(":")
        name = file_of(ref) if kind in ("link", "picture") else ""
        if (file := content.get(name)) and (
            kind == "link" or renditions(file, config.images) is None
        ):
            names.add(name)
    for name in sorted(names):
        yield _copy(content[name], name, name)


def _in_forms(wanted: Iterable[Key], config: Config, content: Mapping[str, File]) -> Iterator[Copy]:
    """Pictures in all forms that pages offer, those of one picture together: it is opened once."""
    made: dict[str, tuple[bytes, Copy]] = {}
    for key in wanted:
        file = content.get(picture_of(key))
        for rendition in forms_of(key, file, config) if file else ():
            if file and rendition.path not in made:
                path, form = rendition
                copy = Copy(path, file.path, file.digest, file.name, "pictures", form)
                made[path] = (file.digest, copy)
    for _, copy in sorted(made.values(), key=lambda found: (found[0], found[1].path)):
        yield copy


def picture_of(key: Key) -> str:
    """The file whose picture a fact is of; empty: of none."""
    kind, _, rest = key.partition(":")
    if kind in ("hero", "square"):
        return file_of(rest.partition(":")[2])
    return file_of(rest) if kind == "picture" else ""


def forms_of(key: Key, file: File, config: Config) -> Iterable[Rendition]:
    """What a page that declares the fact `key` of a picture may show of it."""
    kind, _, rest = key.partition(":")
    if kind == "picture":
        found = renditions(file, config.images)
        return found.all if found else ()
    cut = crops if kind == "hero" else portraits
    return cut(file, config.images, focus_in(rest.partition(":")[0]))


def file_of(ref: str) -> str:
    """The file that a reference names, as `Copy.path` has it; empty: it names none."""
    kind, _, target = ref.removeprefix(PICTURE).partition(":")
    if kind == "url":
        return unquote(target).lstrip("/")
    return target if kind == "file" else ""
