"""The places of mistakes of which the index keeps none: addresses, templates, redirects."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from sitegen import urls
from sitegen.config import FILE, Config
from sitegen.errors import At, Mistake, Problem
from sitegen.validation import line_of

_KEY = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)')\s*=""")


def in_content(problem: Problem) -> Problem:
    """A problem of an article's file, its place told from the site's folder."""
    return replace(problem, source=f"content/{problem.source}") if problem.source else problem


def located(mistake: Mistake, folder: Path, config: Config) -> Problem:
    """The problem of a mistake in the site's `folder`, at the line that gives rise to it."""
    problem = _at_its_line(mistake, folder, config)
    return in_content(problem) if mistake.source else problem


def _at_its_line(mistake: Mistake, folder: Path, config: Config) -> Problem:
    problem = mistake.problem
    if problem.source == FILE and mistake.about:
        text = (folder / FILE).read_text(encoding="utf-8-sig")
        return replace(problem, line=_line_of_rule(text, mistake.about))
    if problem.line or problem.field not in ("aliases", "slug", "template"):
        return problem
    file = folder / "content" / problem.source
    if not file.is_file():  # its name is written in another form of Unicode on the disk
        return replace(problem, line=1)
    if problem.field == "aliases":
        at, field = _alias(file.read_bytes(), mistake, config)
        return replace(problem, line=at.line, column=at.column, field=field)
    return _named(problem, file.read_text(encoding="utf-8", errors="replace"))


def _named(problem: Problem, text: str) -> Problem:
    names = "url|slug|permalink" if problem.field == "slug" else "template"
    found = re.search(rf"(?mi)^({names})[ \t]*[:=]", text)
    if found is None:
        return replace(problem, line=1)
    field = "url" if found[1].lower() == "permalink" else found[1].lower()
    return replace(problem, line=text.count("\n", 0, found.start()) + 1, field=field)


def _alias(data: bytes, mistake: Mistake, config: Config) -> tuple[At, str]:
    """The place of an old address in the front matter that holds it, and the field's own name."""
    from sitegen.read.file import matter_of, named_article

    matter = matter_of(data, mistake.source, config)
    named = named_article(matter, config)
    written = named.written.get("aliases", "aliases")
    value = named.values.get("aliases")
    for number, one in enumerate(value if isinstance(value, list) else [value]):
        with suppress(ValueError):
            if urls.clean_url(str(one)) == mistake.about:
                listed = isinstance(value, list)
                return matter.at((written, number) if listed else (written,)), written
    return matter.at((written,)), written


def _line_of_rule(text: str, old: str) -> int:
    """The line of a redirect in the settings, where its address may be written in another form."""
    lines = text.split("\n")
    first = line_of(text, ("redirects",))
    for number, line in enumerate(lines[first:], first + 1):
        if key := _KEY.match(line):
            with suppress(ValueError):
                if urls.old_address(key[1] or key[2] or "") == old:
                    return number
    return first
