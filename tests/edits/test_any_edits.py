"""Random histories of edits give what clean builds give; plans that forget something are caught."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

import pytest

from sitegen import spool, write
from sitegen.build import edits, pipeline
from sitegen.index import asked, changes, facts
from sitegen.index.asked import Asked
from sitegen.index.listed import Listings
from sitegen.model import Article
from sitegen.plan import listings, outdated, redirects, sealed
from sitegen.plan.periods import Period
from sitegen.site import digests, indexed
from sitegen.site.part import Part
from sitegen.site.plain import Plain
from sitegen.site.shown import Shown
from tests.edits.editing import Edits, FileEdits, MovingEdits, OddEdits

SEEDS = 32
"""Histories. Every wrong plan must be caught by one of them."""
ODD_SEEDS = 24
GROUPS = 8


@pytest.mark.parametrize("group", range(GROUPS))
@pytest.mark.parametrize(
    ("kind", "seeds", "least"),
    [
        (Edits, SEEDS, 6),
        (OddEdits, ODD_SEEDS, 3),
        (FileEdits, ODD_SEEDS, 6),
        (MovingEdits, ODD_SEEDS, 6),
    ],
)
def test_any_edits_give_the_bytes_and_the_words_of_a_clean_build(
    kind: type[Edits],
    seeds: int,
    least: int,
    group: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    planned = 0
    for seed in range(group, seeds, GROUPS):
        several_archives_a_month(monkeypatch, seed)
        history = kind(tmp_path / str(seed), seed)
        for differences in history.run(8):
            assert differences == [], (seed, history.log)
            planned += 1
    assert planned >= least, "hardly anything was planned alone"


def several_archives_a_month(patch: pytest.MonkeyPatch, seed: int) -> None:
    """In every other history a month of more than two articles has more than one archive.

    And needs are looked for as if there were many.
    """
    patch.setattr(sealed, "MOST", 250 if seed % 2 else 2)
    patch.setattr(edits, "_SOUGHT", 6 if seed % 2 else 0)


SMALL = (
    *((asked, name) for name in ("_RECENT", "_NAMES", "_RUNS")),
    *((facts, "_MOST"), (outdated, "_MOST"), (write, "_FOLDERS")),
    *((spool, "_TOGETHER"), (spool, "_AT_FIRST")),
)
"""What stays in memory, and how much of it."""


@pytest.mark.parametrize("group", range(4))
def test_a_large_archive_is_asked_of_the_state_and_says_the_same(
    group: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in range(group, 16, 4):
        several_archives_a_month(monkeypatch, seed)
        history = Edits(tmp_path / str(seed), seed, clashes=False)
        for _ in range(4):
            history.edit()
            with monkeypatch.context() as patch:
                patch.setattr(indexed, "MANY", 0)
                patch.setattr(indexed, "ArchiveAt", None)
                patch.setattr(pipeline, "_decide_for_edits", lambda *asked: None)
                for module, name in SMALL:
                    patch.setattr(module, name, 3)
                history.site.build("--max-removed", "0")
            history.site.ok()
            assert history.differences() == [], (seed, history.log)


def forget_who_leads_back(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Asked, "followers", lambda self, article: ())


def forget_neighbours(patch: pytest.MonkeyPatch) -> None:
    def alone(periods: Sequence[Period], names: Collection[str]) -> list[int]:
        return [place for place, period in enumerate(periods) if period.name in names]

    patch.setattr(listings, "around", alone)
    patch.setattr(sealed, "around", alone)


def forget_who_leaves_the_front(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(listings, "slice", lambda *ends: slice(0), raising=False)


def forget_thin_fronts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(listings, "turned", lambda archive, config, found: False)


def forget_the_lists_of_terms(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(listings, "_terms", lambda archive, article: ())


def take_the_listings_for_what_they_were(patch: pytest.MonkeyPatch) -> None:
    def removed(self: Listings, found: Iterable[tuple[int, Article]]) -> None:
        list(found)

    patch.setattr(Listings, "drop", removed)


def never_look_for_mistakes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Plain, "are_plain", lambda self, *args, **more: True)


def keep_the_notes_of_files(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Part, "notes", lambda self: None)


def forget_lists(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Part, "lists", lambda self: ())


def count_what_was_counted(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Shown, "counts_as_before", lambda self, edit: True)


def forget_what_is_chosen(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(changes, "_are_fronts", lambda *documents: True)
    patch.setattr(changes.Change, "chosen", False)


def forget_what_is_said_of_terms(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Part, "facts_of_terms", lambda self, changes: [])


def forget_who_shows_files(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Part, "facts_of_files", lambda self: [])


def take_all_files_for_alike(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(digests, "_are_alike", lambda before, after: True)


def take_static_files_for_links(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Shown, "_shows_static", lambda self, article: False)


def forget_who_has_addresses(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Plain, "_is_left", lambda self, *asked, linked: True)


def forget_old_addresses(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(redirects, "touched", lambda *asked: ())


def forget_who_links_to_moved_articles(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(edits, "facts_of", lambda archive, found: ())


Wrong = Callable[[pytest.MonkeyPatch], None]
WRONG: dict[Wrong, tuple[type[Edits], int]] = {
    forget_who_leads_back: (Edits, 4),
    forget_neighbours: (Edits, 6),
    forget_who_leaves_the_front: (Edits, 11),
    forget_thin_fronts: (Edits, 5),
    forget_the_lists_of_terms: (Edits, 0),
    take_the_listings_for_what_they_were: (Edits, 0),
    never_look_for_mistakes: (Edits, 2),
    keep_the_notes_of_files: (OddEdits, 24),
    forget_lists: (OddEdits, 10),
    count_what_was_counted: (OddEdits, 15),
    forget_what_is_chosen: (OddEdits, 1),
    forget_what_is_said_of_terms: (OddEdits, 0),
    forget_who_shows_files: (FileEdits, 6),
    take_all_files_for_alike: (FileEdits, 28),
    take_static_files_for_links: (FileEdits, 20),
    forget_who_has_addresses: (MovingEdits, 11),
    forget_old_addresses: (MovingEdits, 5),
    forget_who_links_to_moved_articles: (MovingEdits, 12),
}
"""With the history that caught each when this was written: it is tried first, then all others."""


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_plan_is_caught(
    wrong: Wrong, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong(monkeypatch)
    kind, first = WRONG[wrong]
    for seed in sorted(range(SEEDS), key=lambda seed: seed != first):
        several_archives_a_month(monkeypatch, seed)
        history = kind(tmp_path / str(seed), seed)
        if any(differences for differences in history.run(8)):
            return
    pytest.fail(f"{wrong.__name__} was not caught in {SEEDS} histories")
