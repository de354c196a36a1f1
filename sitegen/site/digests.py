"""What is known of the files that are copied: digests, and what pictures are; kept by stat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from sitegen.digest import digest, digest_of, engine_digest
from sitegen.index.store import KnownFile, Store
from sitegen.model import Progress, Show
from sitegen.outputs import File, Image
from sitegen.pool import Pool
from sitegen.read.batches import FEW, batches_of
from sitegen.read.pictures import image_of
from sitegen.read.scan import Found

LIGHT = 20_000_000
"""Bytes of files that are digested where the build runs, if they are `FEW`."""


class _Unknown(NamedTuple):
    """What is to be found out of a file."""

    key: str
    """Its name in the state."""
    digest: bytes
    """Nothing if that is not known."""
    before: KnownFile | None
    """What is known of it if its digest is as it was."""


_Wanted = tuple[_Unknown, Found]


class FileDigests:
    """Digests of files that are copied, kept by their stat."""

    def __init__(
        self,
        store: Store,
        workers: Pool | None = None,
        settings: str = "",
        *,
        stores: bool = True,
    ) -> None:
        """`settings` are what it depends on which pictures are decoded at all.

        With `stores` what was found is stored.
        """
        self._store = store
        self._stores = stores
        self._now = f"{engine_digest().hex()} {digest(settings.encode()).hex()}"
        self._known = store.known_files()
        self._workers = workers or Pool(1)
        self.changed = False
        """Whether more is other than before than what the next four tell, stats aside."""
        self.added: set[str] = set()
        """The files of content/ that are new."""
        self.lost: dict[str, bytes] = {}
        """Those that are gone, and the digests that they had."""
        self.replaced: dict[str, bytes] = {}
        """Those with other bytes, of which there is as little to say as before; likewise."""
        self.static: dict[str, bytes] = {}
        """The files of static/ that are new, gone or replaced, and the digests that they had."""

    def files(
        self, group: str, found: Iterable[Found], show: Show = lambda progress: None
    ) -> list[File]:
        """Each file of a group with its digest; only those whose stat is new are opened.

        Raises OSError when one of them cannot be read.
        """
        named = {f"{group}/{file.source}": file for file in found}
        fresh = self._fresh(group, named, show)
        gone = [key for key in self._known if key.startswith(f"{group}/") and key not in named]
        self._compare(group, fresh, gone)
        if self._stores:
            if fresh or gone:
                self._store.put_files(fresh.items(), gone)
            if self._measured(group) != self._now:
                self._store.remember(f"measured {group}", self._now)
        known = self._known | fresh
        return [
            File(file.source, file.file, known[key].digest, known[key].image, file.size)
            for key, file in named.items()
        ]

    def _compare(self, group: str, fresh: Mapping[str, KnownFile], gone: Iterable[str]) -> None:
        """Note what is other than before of a group's files."""
        start = f"{group}/"
        new, lost, replaced = set(), {}, {}
        for key, now in fresh.items():
            before = self._known.get(key)
            if before is None:
                new.add(key.removeprefix(start))
            elif before.digest != now.digest and _are_alike(before.image, now.image):
                replaced[key.removeprefix(start)] = before.digest
            elif before[2:] != now[2:]:
                self.changed = True
        for key in gone:
            lost[key.removeprefix(start)] = self._known[key].digest
        if group == "content":
            self.added |= new
            self.lost |= lost
            self.replaced |= replaced
        if group != "static":
            return
        self.static |= {**dict.fromkeys(new, b""), **lost, **replaced}
        came_or_went = (*(fresh[start + name] for name in new), *map(self._known.__getitem__, gone))
        self.changed |= any(known.image and _is_told_of(known.image) for known in came_or_went)

    def _measured(self, group: str) -> str:
        """How the files of a group were last looked at: by which sitegen, for which settings."""
        return self._store.meta(f"measured {group}")

    def _fresh(self, group: str, named: Mapping[str, Found], show: Show) -> dict[str, KnownFile]:
        """What is known now of those files of which it was not known before."""
        before = self._measured(group)
        again = before.partition(" ")[0] != self._now.partition(" ")[0]
        wanted = list(self._wanted(named, again, before != self._now))
        looked = chain.from_iterable(self._looked(wanted, show))
        return {name: known for name, known in looked if known != self._known.get(name)}

    def _wanted(
        self, named: Mapping[str, Found], again: bool, otherwise: bool
    ) -> Iterator[_Wanted]:
        """The files to look at; `again` when another sitegen did it before.

        With settings that are `otherwise` what was broken may be shown as it is.
        """
        for key, file in named.items():
            known = self._known.get(key)
            if known is None or not known.settled or known.stat != file.stat:
                # What decoding the same bytes once showed is not forgotten: it would show it again.
                yield _Unknown(key, b"", None if again or otherwise else known), file
            elif again or (otherwise and known.image and known.image.trouble):
                yield _Unknown(key, known.digest, None), file

    def _looked(self, wanted: list[_Wanted], show: Show) -> Iterator[list[tuple[str, KnownFile]]]:
        done, total = 0, len(wanted)
        alone = total <= FEW and sum(file.size for _, file in wanted) < LIGHT
        for result in self._workers.map(_look_at, batches_of(wanted), alone=alone):
            done += len(result)
            if not alone:
                show(Progress("reading files", done, total))
            yield result


def _is_told_of(image: Image) -> bool:
    """Whether a build may have to say something of a picture."""
    return image.located or bool(image.trouble)


def _are_alike(before: Image | None, after: Image | None) -> bool:
    """Whether two pictures are shown in like ways, and nothing is to be said of either."""
    if before is None or after is None:
        return before is after
    if _is_told_of(before) or _is_told_of(after):
        return False
    kinds = ((image.format, image.moving, image.size is None) for image in (before, after))
    return next(kinds) == next(kinds)


def _look_at(files: list[_Wanted]) -> list[tuple[str, KnownFile]]:
    """In a worker: what is known of each file, by its name in the state."""
    return [(unknown.key, _known_now(unknown, file)) for unknown, file in files]


def _known_now(unknown: _Unknown, file: Found) -> KnownFile:
    found, before = unknown.digest or digest_of(file.file), unknown.before
    same = before is not None and before.digest == found
    image = before.image if before and same else image_of(file.file)
    return KnownFile(file.stat, file.settled, found, image)
