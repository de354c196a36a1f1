"""An export and the site that it is imported into; every import goes through the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.site_test import SiteTest


class OldSite:
    """A source in a file, or a folder, and a site of its own."""

    def __init__(self, folder: Path, format: str, name: str) -> None:
        self.format = format
        self.source = folder / name
        self.folder = folder / "site"
        self.site = SiteTest(self.folder, "")
        (self.folder / "sitegen.toml").unlink()
        self.report: dict[str, Any] = {}

    def write(self, text: str | bytes) -> OldSite:
        """Write the source, when it is a file."""
        self.source.write_bytes(text if isinstance(text, bytes) else text.encode())
        return self

    def put(self, path: str, text: str | bytes) -> OldSite:
        """Write a file of the source, when it is a folder."""
        file = self.source / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return self

    def run(self, *args: str) -> OldSite:
        """Import. The numbers always add up."""
        self.site.run(
            "import", self.format, str(self.source), "-s", str(self.folder), "--format=json", *args
        )
        self.report = self.site.report
        if self.site.exit_code == 0:
            assert self.report["ok"], self.report["records"]
        return self

    def ok(self) -> OldSite:
        """The last import went well, and what it wrote builds."""
        self.site.ok()
        self.site.build().ok()
        return self

    def text(self, path: str) -> str:
        """A file below content/."""
        return (self.folder / "content" / path).read_text(encoding="utf-8")

    def body(self, path: str) -> str:
        return self.text(path).split("---\n", 2)[2].strip("\n")

    def matter(self, path: str) -> str:
        return self.text(path).split("---\n", 2)[1]

    @property
    def files(self) -> set[str]:
        content = self.folder / "content"
        return {p.relative_to(content).as_posix() for p in content.rglob("*") if p.is_file()}

    def lost(self, kind: str = "") -> list[dict[str, str]]:
        return [loss for loss in self.report["losses"] if kind in ("", loss["kind"])]

    def left(self, kind: str) -> list[dict[str, str]]:
        return [left for left in self.report["left_out"] if left["kind"] == kind]

    def unanswered(self, kind: str) -> list[dict[str, str]]:
        return [one for one in self.report["unanswered"] if one["kind"] == kind]

    @property
    def settings(self) -> str:
        return (self.folder / "sitegen.toml").read_text(encoding="utf-8")

    def became(self) -> dict[str, int]:
        """What became of files, as far as anything did."""
        return {what: number for what, number in self.report["files"].items() if number}

    @property
    def written_report(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "import-report.json").read_bytes())
        return found
