"""Notes of single files in words: one for each kind for a build, each by itself for a check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from sitegen.advice import WARNINGS
from sitegen.config import Config
from sitegen.errors import Problem, counted
from sitegen.model import Note, Told

_WORDS: Mapping[str, tuple[str, str]] = {
    "field-unknown": ("the unknown field “{kind}”", "map it in [front_matter.names], or remove it"),
    "field-doubled": ("the field {kind}", ""),
    "html-removed": ("HTML that was removed: {kind}", "say it in Markdown"),
    "media-elsewhere": (
        "pictures or sounds of {kind}, which readers' browsers do not load from there",
        'copy them into static/, or allow them: [csp] img-src = ["https://{kind}"]',
    ),
    "picture-text": (
        "the picture at the top is {kind}",
        "readers who cannot see it are read image.alt: say there what it shows; "
        "image.credit says whose it is",
    ),
    "picture-unmeasured": (
        "a picture of {kind} has no width and height, so that the text jumps when it appears",
        'copy it into content/, or write it as <img src="…" alt="…" width="…" height="…">',
    ),
    "anchor-missing": (
        "no heading of this page is called “#{kind}”",
        "write the heading's words in small letters with hyphens, such as #what-happened",
    ),
    "body-empty": ("there is no text", "write one, or make it a draft: status: draft"),
    "breaking-end": (
        "“breaking” {kind}",
        "write when it stops being news, such as 2026-11-22 18:00; or true: then it ends by itself",
    ),
    "correction-early": (
        "this correction is older than the article",
        "correct its date, or the article's",
    ),
    "heading-jump": ("the heading {kind}", "use ## for the parts of a story, ### within them"),
    "image-alt": (
        "a picture in the text is {kind}",
        "say between the square brackets what it shows: ![Waves over the pier](pier.jpg)",
    ),
    "key-point-long": (
        "this key point has {kind} characters: it is a paragraph",
        "say the one thing in a line, and leave the rest to the text",
    ),
    "label-repeated": (
        "“{kind}” stands in the text, and on the page above it",
        "remove it here; sitegen check --fix does",
    ),
    "summary-long": (
        "the summary has {kind} characters; cards and search pages show about 160",
        "say in two sentences what happened",
    ),
    "summary-missing": (
        "there is no summary; the first words of the text stand in for it",
        "add a line summary: with a sentence or two on what happened",
    ),
    "summary-title": (
        "the summary repeats the headline",
        "say something that the headline does not",
    ),
    "updated-early": ("“updated” is before “date”", "correct one of the two"),
    "shortcode": (
        "another system's shortcode {kind}, shown to readers as it stands",
        "replace it by Markdown",
    ),
}

CODES = frozenset(_WORDS)


def heard(problem: Problem, told: Mapping[str, Told], config: Config) -> bool:
    """Whether neither the site nor its file silences a finding (placed from the site's folder)."""
    known = told.get(problem.source.removeprefix("content/"), Told())
    return problem.code not in config.check.silence and problem.code not in known.silence


def each(told: Mapping[str, Told], config: Config) -> Iterator[Problem]:
    """Every note that is not silenced, at its place; its source is relative to content/."""
    for source, note in _heard(told, config):
        words, remedy = _WORDS[note.code]
        message = words.format(kind=note.kind)
        if note.times > 1:
            message += f" ({note.times:,} times, first here)"
        hint = note.hint or remedy.format(kind=note.kind)
        yield Problem(note.code, message, source, note.line, "", hint, note.column)


def summarised(told: Mapping[str, Told], config: Config) -> list[Problem]:
    """What a build warns of, as one warning for each kind, with its count and first place."""
    counts: Counter[tuple[str, str]] = Counter()
    files: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], tuple[str, Note]] = {}
    for source, note in _heard(told, config):
        if note.code in WARNINGS:
            key = note.code, note.kind
            counts[key] += note.times
            files[key] += 1
            first.setdefault(key, (source, note))
    problems = []
    for key, count in sorted(counts.items(), key=lambda item: (item[0][0], -item[1], item[0])):
        code, kind = key
        source, note = first[key]
        words, remedy = _WORDS[code]
        number = files[key]
        times = (
            f"{count:,} times in {counted(number, 'file')}"
            if count > number
            else counted(number, "file")
        )
        message = f"{words.format(kind=kind)} ({times}, first here)"
        hint = note.hint or remedy.format(kind=kind)
        problems.append(Problem(code, message, source, note.line, "", hint, note.column))
    return problems


def _heard(told: Mapping[str, Told], config: Config) -> Iterator[tuple[str, Note]]:
    for source, of_file in told.items():
        for note in of_file.notes:
            # What is not loaded is told, and then nothing else of it.
            told_of = {"media-elsewhere": False, "picture-unmeasured": True}.get(note.code)
            passed = told_of is not None and config.loads_from(note.kind) is not told_of
            silent = note.code in of_file.silence or note.code in config.check.silence
            if not passed and not silent:
                yield source, note
