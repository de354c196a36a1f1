"""GitHub Pages: it is told its domain, and not to treat the site as Jekyll's."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.outputs import Text
from sitegen.plan.hosts.told import Told


def files(told: Told) -> Iterator[Text]:
    """`.nojekyll`, and `CNAME` for a domain of one's own; a file of static/ goes before."""
    wanted = {".nojekyll": ""}
    if told.config.host_settings.cname:
        wanted["CNAME"] = f"{told.config.host_settings.cname}\n"
    for path, text in wanted.items():
        if path not in told.paths:
            yield Text(path, text)
