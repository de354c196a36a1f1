"""Addresses of ours that the settings name and nothing answers: readers are sent there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sitegen import urls
from sitegen.config import FILE, Config
from sitegen.errors import Problem
from sitegen.outputs import Output
from sitegen.validation import line_of


def promises_missing(config: Config, outputs: Iterable[Output], folder: Path) -> Iterator[Problem]:
    """A policy or the emblem of `[publisher]` that is no page or file of the output."""
    publisher = config.publisher
    named: list[tuple[tuple[str, ...], str]] = [(("publisher", "logo"), publisher.logo)]
    named += [(("publisher", "policies", name), url) for name, url in publisher.policies.items()]
    ours = [(path, url) for path, url in named if url.startswith("/")]
    if not ours:
        return
    there = {urls.same_place(output.path) for output in outputs}
    text = (folder / FILE).read_text(encoding="utf-8-sig")
    for path, url in ours:
        address = url.partition("#")[0].partition("?")[0]
        file = urls.path_of(address)
        if not {urls.same_place(file), urls.same_place(f"{file}/index.html")} & there:
            hint = "write the page, put the file into static/, or correct the address"
            field, line = ".".join(path), line_of(text, path)
            message = f"there is no page or file at {address}"
            yield Problem("promise-missing", message, FILE, line, field, hint)
