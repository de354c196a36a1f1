"""A small site to write, build, kill and look at; every build goes through the command line."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from sitegen.cli import main

Bytes = bytes  # the class below has a property of that name

NOW = "2026-11-22T12:00:00Z"

SETTINGS = """\
[site]
title = "The Test"
base_url = "https://test.example/"
language = "en"
timezone = "Europe/London"

[sections.politics]
title = "Politics"
"""


def article(
    title: str = "A title", date: str = "2026-11-01", body: str = "Text.", **more: Any
) -> str:
    """The text of an article's file; values are written as JSON, which YAML reads."""
    fields = {"title": title, "date": date, **more}
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()]
    return "\n".join(["---", *lines, "---", body, ""])


class SiteTest:
    """A site in a temporary folder."""

    def __init__(self, folder: Path, settings: str = SETTINGS) -> None:
        self.folder = folder
        self.now = NOW
        self.exit_code = 0
        self.report: dict[str, Any] = {}
        self.output = ""
        """What the last command printed, both streams."""
        self.clean_report: dict[str, Any] = {}
        """Of the last build from nothing, elsewhere."""
        folder.mkdir(parents=True, exist_ok=True)
        self.settings(settings)

    # What an author does.

    def settings(self, text: str) -> SiteTest:
        return self.file("sitegen.toml", text)

    def file(self, path: str, text: str | Bytes) -> SiteTest:
        """Write any file of the site."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, Bytes) else text.encode())
        return self

    def write(self, path: str, text: str | Bytes | None = None, **fields: Any) -> SiteTest:
        """Write a file of content/: `text`, or an article with these fields."""
        return self.file(f"content/{path}", article(**fields) if text is None else text)

    def remove(self, path: str) -> SiteTest:
        (self.folder / "content" / path).unlink()
        return self

    def rename(self, old: str, new: str) -> SiteTest:
        target = self.folder / "content" / new
        target.parent.mkdir(parents=True, exist_ok=True)
        (self.folder / "content" / old).rename(target)
        return self

    # Building.

    def build(self, *args: str, now: str | None = None) -> SiteTest:
        """`sitegen build`, in this process and with one worker unless `args` say otherwise."""
        jobs = [] if "--jobs" in args else ["--jobs", "1"]
        command = ["build", "-s", str(self.folder), "--now", now or self.now, *jobs, *args]
        return self.run(*command, "--format", "json", "--explain")

    def run(self, *args: str) -> SiteTest:
        """Any command. A traceback of ours fails the test."""
        result = CliRunner().invoke(main, [*args], catch_exceptions=False)
        self.exit_code = result.exit_code
        self.output = result.output
        self.report = json.loads(result.stdout) if result.stdout.startswith("{") else {}
        return self

    def ok(self) -> SiteTest:
        """The last build went well."""
        assert self.exit_code == 0, self.output
        return self

    def crash_after(self, steps: int, *args: str) -> bool:
        """A build in a process of its own that is killed (SIGKILL) at the step numbered `steps`.

        Steps are what changes the disk: transactions, moves, deletions. Returns whether it lived
        long enough to be killed.
        """
        child = os.fork()
        if child == 0:
            try:
                _kill_at(steps)
                self.build(*args)
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL

    # Looking at what came out.

    @property
    def public(self) -> Path:
        return self.folder / "public"

    @property
    def bytes(self) -> dict[str, Bytes]:
        """Path → bytes of every file in the output."""
        return tree(self.public)

    @property
    def reasons(self) -> dict[str, str]:
        """Path → why the last build made or deleted it."""
        reasons: dict[str, str] = self.report["reasons"]
        return reasons

    @property
    def rendered(self) -> set[str]:
        """Paths that the last build rendered."""
        return set(self.reasons) - set(self.report["removed"])

    @property
    def changed(self) -> set[str]:
        return set(self.report["changed"])

    @property
    def removed(self) -> set[str]:
        return set(self.report["removed"])

    @property
    def errors(self) -> list[dict[str, Any]]:
        errors: list[dict[str, Any]] = self.report["errors"]
        return errors

    @property
    def warnings(self) -> list[dict[str, Any]]:
        warnings: list[dict[str, Any]] = self.report["warnings"]
        return warnings

    def forms(self, name: str, files: Iterable[str] | None = None) -> set[str]:
        """Paths of what readers get of a picture of content/, by its file's name without suffix.

        In the output, or among the paths of `files`.
        """
        form = re.compile(rf"_pictures/[0-9a-f]{{2}}/{re.escape(name)}-\d+x\d+-[0-9a-f]{{10}}\.\w+")
        return {path for path in (self.bytes if files is None else files) if form.fullmatch(path)}

    def page(self, path: str) -> str:
        """The text of an output file."""
        return (self.public / path).read_text(encoding="utf-8")

    @property
    def clean_folder(self) -> Path:
        """Where a build from nothing has its output and its state."""
        return self.folder.parent / f"{self.folder.name}-clean"

    def clean_bytes(self, *args: str) -> dict[str, Bytes]:
        """What a build from nothing gives."""
        elsewhere = self.clean_folder
        shutil.rmtree(elsewhere, ignore_errors=True)
        output, state = elsewhere / "public", elsewhere / "state"
        command = ["build", "-s", str(self.folder), "--now", self.now, "--jobs", "1", *args]
        where = ["-o", str(output), "--state", str(state), "--format", "json"]
        result = CliRunner().invoke(main, [*command, *where], catch_exceptions=False)
        assert result.exit_code in (0, 4), result.output
        self.clean_report = json.loads(result.stdout)
        return tree(output)


def tree(folder: Path) -> dict[str, bytes]:
    """Path → bytes of every file below `folder`."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() or path.is_symlink()
    }


def _kill_at(steps: int) -> None:
    """From now on, die at the step numbered `steps`; each call is one step before, one after."""
    left = [steps]

    def step() -> None:
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            step()
            result = function(*args, **kwargs)
            step()
            return result

        return call

    from sitegen.index.articles import Articles
    from sitegen.index.traces import Traces
    from sitegen.write import Output

    for owner, name in (
        (Articles, "put"),
        (Articles, "remove"),
        (Traces, "forget"),
        (Traces, "record"),
        (Output, "write"),
        (Output, "delete"),
    ):
        setattr(owner, name, counted(getattr(owner, name)))
