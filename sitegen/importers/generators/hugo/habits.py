"""What Hugo makes of a file by what stands in its front matter."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any

from sitegen.importers.generators.data import texts


def is_article(values: Mapping[str, Any], section: str, *, whole: bool) -> bool:
    """What has a date and lies in a section; the rest are pages such as /about/.

    What somebody has begun to write there gets its date only in the end. A folder that is not a
    `whole` site may be that of a section.
    """
    if str(values.get("type", "")).lower() == "page" or str(values.get("layout", "")) == "page":
        return False
    begun = str(values.get("draft")).lower() == "true"
    dated = begun or any(values.get(name) for name in ("date", "publishdate"))
    return dated and section not in ("page", "pages") and (section != "" or not whole)


def holds_back(values: Mapping[str, Any]) -> bool:
    """Whether Hugo makes no page of it at all."""
    build = values.get("build", values.get("_build"))
    never = isinstance(build, dict) and str(build.get("render")).lower() in (
        "never",
        "false",
        "link",
    )
    return never or str(values.get("headless")).lower() == "true"


def aliases_of(values: Mapping[str, Any], url: str) -> list[str]:
    """Whole addresses; Hugo takes one without a slash from beside the page."""
    above = posixpath.dirname(url.rstrip("/"))
    return [posixpath.join(above, alias) for alias in texts(values.get("aliases"))]
