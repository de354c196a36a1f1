"""What is to be imported: how it is told that it cannot be."""

from __future__ import annotations

from pathlib import Path

from sitegen.errors import Problem, SitegenError


def unreadable(source: Path, message: str, hint: str, line: int = 0) -> SitegenError:
    """The error of a source that is not of its format at all."""
    return SitegenError(Problem("import-source", message, source.name, line, hint=hint))
