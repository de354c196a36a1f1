"""What happens to the archive between two builds, and whether a tool then shows it."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from corpus import Archive, article_at, head_of

THEME = "paper"
"""A theme of the site's own, on sitegen's: what a step changes is a template of it."""
SETTLED = 2.5
"""Seconds after which sitegen trusts the time of a file's last change."""
AGO = 86_400
"""Seconds by which a fresh clone's files are older than the clock."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is measured, in which run, and the file of content/ that it is about."""

    run: int
    name: str
    edited: str


def prepare(site: Path) -> None:
    """Give a site the theme whose template is changed later."""
    settings = site / "sitegen.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[site]\n", f'[site]\ntheme = "{THEME}"\n', 1), "utf-8")
    (site / "themes" / THEME).mkdir(parents=True)
    theme = site / "themes" / THEME / "theme.toml"
    theme.write_text(f'name = "{THEME}"\nextends = "broadsheet"\n', encoding="utf-8")


def change(site: Path, archive: Archive, step: Step) -> None:
    """Do to the site what the step is called after; wait until its files are not young any more."""
    if step.name in CHANGES:
        CHANGES[step.name](site, archive, step)
        time.sleep(SETTLED)  # outside what is timed: younger files are read once more


def subject(archive: Archive, run: int, name: str) -> str:
    """The article that a step of a run is about: an old one, another each time, or the new one."""
    if name == ADDED:
        return _new(archive, run)[0]
    number = archive.articles // 10 + len(CHANGES) * run + list(CHANGES).index(name)
    return head_of(archive, number % archive.articles, Random()).path


def is_shown(output: Path, step: Step) -> bool:
    """Whether the page of the step's article says what it was given; else a tool failed."""
    folder = step.edited.removesuffix(".md").removesuffix("/index")
    page = output / folder / "index.html"
    words = _SHOWN.get(step.name, "").format(step.run)
    # Hugo begins the names of tags with a capital letter.
    return page.exists() and words.lower() in page.read_text(encoding="utf-8").lower()


def edit(content: Path, step: Step) -> None:
    """Append a sentence to the article of `step`."""
    with (content / step.edited).open("a", encoding="utf-8") as file:
        file.write(f"\n{_SENTENCE.format(step.run)}\n")


def _edit(site: Path, _: Archive, step: Step) -> None:
    edit(site / "content", step)


def _retitle(site: Path, _: Archive, step: Step) -> None:
    _replace(site / "content" / step.edited, r'title: "', f'title: "{_TITLE.format(step.run)} ')


def _tag(site: Path, _: Archive, step: Step) -> None:
    """Another tag, as rare as tags of one day are."""
    _replace(
        site / "content" / step.edited, r"tags:\n", f'tags:\n  - "{_NEW_TAG.format(step.run)}"\n'
    )


def _add(site: Path, archive: Archive, step: Step) -> None:
    path, text = _new(archive, step.run)
    file = site / "content" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _clone(site: Path, archive: Archive, step: Step) -> None:
    """As after a checkout: every source has a new time; what was built before is there."""
    now = time.time() - AGO
    for file in (site / "content").rglob("*.md"):
        os.utime(file, (now, now))
    _edit(site, archive, step)


def _template(site: Path, _: Archive, step: Step) -> None:
    templates = site / "themes" / THEME / "templates"
    templates.mkdir(exist_ok=True)
    foot = f"{{% block foot %}}{{{{ super() }}}}<!-- Changed in run {step.run}. -->{{% endblock %}}"
    text = f'{{% extends "broadsheet/article.html" %}}\n{foot}\n'
    (templates / "article.html").write_text(text, encoding="utf-8")


def _new(archive: Archive, run: int) -> tuple[str, str]:
    """An article that is newer than all others."""
    return article_at(archive, archive.articles + run)


def _replace(file: Path, pattern: str, by: str) -> None:
    text, times = re.subn(pattern, by, file.read_text(encoding="utf-8"), count=1)
    assert times == 1, f"{file} has no {pattern}"
    file.write_text(text, encoding="utf-8")


ADDED = "one article added"
CHANGES: Mapping[str, Callable[[Path, Archive, Step], None]] = {
    "one edit": _edit,
    "one title changed": _retitle,
    "one tag changed": _tag,
    ADDED: _add,
    "fresh clone, one edit": _clone,
    "one template changed": _template,
}
"""In the order in which they are measured, after cold and nothing changed."""
_SENTENCE = "This sentence was added in run number {} of the benchmark."
_TITLE = "Changed in run {}:"
_NEW_TAG = "benchmark {}"
_SHOWN = {
    "one edit": _SENTENCE,
    "fresh clone, one edit": _SENTENCE,
    "one title changed": _TITLE,
    "one tag changed": _NEW_TAG,
}
"""What the article's page says then."""
