"""The files of an output that sitegen owns, each read once: as recorded, and how it is served."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from sitegen.digest import digest
from sitegen.errors import Problem, SitegenError
from sitegen.index.traces import Trace
from sitegen.serving import cache_rule, media_type
from sitegen.site.manifest import PublishedFile


def files_of(
    root: Path, traces: Mapping[str, Trace], fingerprint: bool
) -> dict[str, PublishedFile]:
    """Path → file for every trace of the output at `root`, in the order of their paths.

    All are read: a digest that was remembered says what was written, and a manifest what is there.
    Raises SitegenError when a file is not as it was recorded.
    """
    found: dict[str, PublishedFile] = {}
    for path in sorted(traces):
        data = (root / path).read_bytes()
        if digest(data) != traces[path].digest:
            message = "this file of the output changed while it was looked at"
            hint = "build once more, and let nothing else write there"
            raise SitegenError(Problem("output-changed", message, path, hint=hint))
        found[path] = PublishedFile(
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            type=media_type(path),
            cache=cache_rule(path, fingerprint=fingerprint),
        )
    return found
