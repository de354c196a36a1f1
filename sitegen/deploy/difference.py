"""What differs between two deploys, by their manifests, and which addresses caches must forget."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from sitegen import urls
from sitegen.errors import Problem, SitegenError
from sitegen.model import Json
from sitegen.serving import for_hosts
from sitegen.site.manifest import Manifest, read_manifest


@dataclass(frozen=True, slots=True)
class Difference:
    """What one deploy has that another had not; paths relative to the output, in their order."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    """With other bytes, another media type or another cache rule."""
    removed: tuple[str, ...]
    purge: tuple[str, ...]
    """Whole addresses that a cache may hold an old answer of."""

    def as_json(self) -> Json:
        """A list for each of the names above."""
        return {name: list(paths) for name, paths in asdict(self).items()}


def difference(old: Path, new: Path) -> Difference:
    """What differs between the manifests in two files.

    Raises SitegenError when one of them is no manifest, or one without files.
    """
    before, after = _with_files(old), _with_files(new)
    changed = [
        path
        for path, file in before.files.items()
        if path in after.files and after.files[path] != file
    ]
    removed = sorted(before.files.keys() - after.files.keys())
    return Difference(
        tuple(sorted(after.files.keys() - before.files.keys())),
        tuple(sorted(changed)),
        tuple(removed),
        addresses(after.base_url, [*changed, *removed]),
    )


def _with_files(path: Path) -> Manifest:
    manifest = read_manifest(path)
    if manifest.version == 1:
        message = "this manifest is an earlier version's, which did not list files"
        hint = "build once more with --manifest, and compare with that one from now on"
        raise SitegenError(Problem("manifest", message, str(path), hint=hint))
    return manifest


def addresses(base_url: str, paths: Iterable[str]) -> tuple[str, ...]:
    """The whole addresses that readers ask for to get these files, each once, in their order.

    What changed and what is gone must be forgotten; of what is new a cache has no copy. Files for
    hosts have no address.
    """
    base = base_url.removesuffix("/")
    return tuple(sorted({base + urls.url_of(path) for path in paths if not for_hosts(path)}))
