"""Jekyll's settings: `_config.yml`."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sitegen import instants
from sitegen.importers.generators.data import group, read_if_there, texts
from sitegen.importers.sources import unreadable
from sitegen.read.matter import MatterError

_EXCLUDED = (
    *("Gemfile*", "*.gemspec", "node_modules", "vendor", "package*.json", "Rakefile", "Makefile"),
    *("README*", "LICENSE*", "LICENCE*", "CHANGELOG*", "CONTRIBUTING*", "CODE_OF_CONDUCT*"),
    *("Dockerfile", "docker-compose*", "netlify.toml", "*.sh", "yarn.lock", "_config*"),
)


@dataclass(frozen=True, slots=True)
class JekyllSettings:
    values: Mapping[str, Any]
    collections: Mapping[str, Mapping[str, Any]]
    """Those of the site's own, with their settings."""
    zone: str

    def text(self, name: str) -> str:
        value = self.values.get(name, "")
        return str(value) if isinstance(value, str | int) else ""

    @property
    def base_url(self) -> str:
        return self.text("url").rstrip("/") + self.base_path

    @property
    def base_path(self) -> str:
        path = self.text("baseurl").strip("/")
        return f"/{path}" if path else ""

    def is_excluded(self, path: str) -> bool:
        if self.is_included(path):
            return False
        patterns = (*_EXCLUDED, *(name.strip("/") for name in texts(self.values.get("exclude"))))
        return any(
            fnmatch.fnmatch(path, pattern) or path.startswith(f"{pattern}/") for pattern in patterns
        )

    def is_included(self, path: str) -> bool:
        """Whether the settings ask for it, hidden or not: `include: [_pages, .well-known]`."""
        names = [name.strip("/") for name in texts(self.values.get("include"))]
        return any(path == name or path.startswith(f"{name}/") for name in names)

    def defaults(self, path: str, kind: str) -> dict[str, Any]:
        """What front matter has when it says nothing else; the longest path counts most."""
        found: list[tuple[int, int, Mapping[str, Any]]] = []
        listed = self.values.get("defaults")
        for item in listed if isinstance(listed, list) else ():
            scope = group(item, "scope") if isinstance(item, dict) else {}
            within = str(scope.get("path") or "").strip("/")
            fits = not within or path == within or path.startswith(f"{within}/")
            if (fits or fnmatch.fnmatch(path, within)) and scope.get("type") in (None, "", kind):
                found.append((len(within), bool(scope.get("type")), group(item, "values")))
        merged: dict[str, Any] = {}
        for _, _, values in sorted(found, key=lambda item: item[:2]):
            merged |= values
        return merged


def settings_of(root: Path) -> JekyllSettings:
    """Raises SitegenError for settings that cannot be read."""
    try:
        values = read_if_there(root, "_config")
    except MatterError as error:
        problem = error.problems[0]
        hint = "correct Jekyll's settings, or import from a copy without them"
        raise unreadable(root, f"_config: {problem.message}", hint, problem.line) from None
    declared = values.get("collections")
    if isinstance(declared, list):
        declared = {str(name): {} for name in declared}
    known = declared if isinstance(declared, dict) else {}
    collections = {str(name): group(known, name) for name in known}
    zone = str(values.get("timezone") or "")
    try:
        instants.zone(zone)
    except ValueError:
        zone = ""
    others = {n: said for n, said in collections.items() if n not in ("posts", "drafts")}
    return JekyllSettings(values, others, zone)
