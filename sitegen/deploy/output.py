"""The output as the last build left it, or why it must not be deployed."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sitegen.deploy.file import File, changed
from sitegen.deploy.order import turn_of
from sitegen.digest import digest_of_file
from sitegen.due import last_build
from sitegen.errors import Problem, SitegenError
from sitegen.folders import Folders
from sitegen.index.store import Damaged, Store, damage_raises
from sitegen.index.traces import Trace, Traces
from sitegen.serving import cache_rule, media_type

REDIRECTS = "redirects"
"""The family of the pages that lead on from an old address."""
_MOST = 10
"""Files that are named when many are not as they should be."""


@dataclass(frozen=True, slots=True)
class Built:
    """A finished build's output."""

    base_url: str
    files: dict[str, File]
    """By path; only what sitegen made."""


def built(folders: Folders) -> Built:
    """The output, whole and as it was recorded.

    As in a build, a file whose size and time are those that were recorded is not read. Raises
    SitegenError when there is no finished build, when the output is a preview's, or when files are
    missing or have other bytes.
    """
    last = last_build(folders.state, folders.output)
    if (last and last.preview) or last_build(folders.state / "preview", folders.output):
        message = "a preview shows what readers must not see: it is never deployed"
        hint = "deploy what sitegen build makes; to show one article to somebody, send its folder"
        raise SitegenError(Problem("deploy-preview", message, str(folders.output), hint=hint))
    traces = _traces(folders)
    unfinished = any(trace.inputs is None for trace in traces.values())
    if last is None or not last.base_url or unfinished or not traces:
        message = "no finished build of this folder is known, so that it may be half a site"
        hint = "build first, with the same --state: sitegen build"
        raise SitegenError(Problem("deploy-unfinished", message, str(folders.output), hint=hint))
    if wrong := [path for path, trace in traces.items() if not _is_ours(folders.output, trace)]:
        raise SitegenError(*(changed(path) for path in wrong[:_MOST]))
    files = _files(folders.output, traces, fingerprint=last.fingerprint)
    return Built(last.base_url, {file.path: file for file in files})


def _traces(folders: Folders) -> dict[str, Trace]:
    try:
        with damage_raises(folders.state), Store(folders.state) as store:
            return Traces(store, folders.root).all()
    except Damaged:
        return {}


def _is_ours(root: Path, trace: Trace) -> bool:
    place = root / trace.path
    try:
        info = place.lstat()
        if not stat.S_ISREG(info.st_mode) or info.st_size != trace.size:
            return False
        if info.st_mtime_ns == trace.mtime:
            return True
        with place.open("rb") as file:
            return digest_of_file(file) == trace.digest
    except OSError:
        return False


def _files(root: Path, traces: dict[str, Trace], *, fingerprint: bool) -> Iterator[File]:
    for path, trace in traces.items():
        kind, cache = media_type(path), cache_rule(path, fingerprint=fingerprint)
        turn = turn_of(path, trace.family, kind)
        leads_on = trace.family == REDIRECTS and path.endswith(".html")
        yield File(path, root / path, trace.digest, trace.size, kind, cache, turn, leads_on)
