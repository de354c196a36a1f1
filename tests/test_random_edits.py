"""Any history of edits and kills gives the bytes of a clean build; wrong rebuilders do not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import pytest

from sitegen import site as sites
from sitegen.build import edits, looking, pipeline, rendering, spare, unchanged
from sitegen.digest import digest
from sitegen.index.traces import Traces
from sitegen.outputs import Form, Output, Page
from sitegen.plan.outdated import Inputs
from sitegen.read import scan
from sitegen.render import pictures
from sitegen.render.codings import encoded
from sitegen.site import content, gallery
from sitegen.write.survey import Survey
from tests.histories import History, forgotten, spare_pictures

SEEDS = 60
"""Histories. Every wrong rebuilder must be caught by one of them."""
GROUPS = 12


_ENCODED = lru_cache(maxsize=8192)(encoded)


@pytest.fixture(autouse=True)
def same_bytes_are_compressed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Brotli took a quarter of a history's time, most of it for pages that it had seen before.

    Which bytes are compressed, and when, stays sitegen's to decide and this test's to find wrong.
    """
    monkeypatch.setattr(rendering, "encoded", _ENCODED)


@pytest.mark.parametrize("group", range(GROUPS))
def test_any_history_gives_the_bytes_of_a_clean_build(
    group: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if group % 2:  # stats of young files are trusted, too: else nothing is ever unchanged here
        monkeypatch.setattr(scan, "RACY", 0)
    if group % 3:  # what is stale is found while other outputs are made
        monkeypatch.setattr(pipeline, "AHEAD", 3)
    for seed in range(group, SEEDS, GROUPS):
        history = History(tmp_path / str(seed), seed)
        history.run()
        assert history.differences() == [], (seed, history.log)
        assert spare_pictures(history.site) == [], (seed, history.log)
        assert forgotten(history.site) == [], (seed, history.log)


class _OwnSourceOnly(Inputs):
    def of(self, output: Output) -> bytes:
        if not isinstance(output, Page):
            return super().of(output)
        body = f"body:{output.source}"
        own = self._fact(body) if body in set(output.keys()) else b""
        return digest(output.template.encode() + own)


def own_source_only(patch: pytest.MonkeyPatch) -> None:
    """What several generators do: a page is stale when its own file or template changed."""
    patch.setattr(sites, "Inputs", _OwnSourceOnly)


def record_after_write(patch: pytest.MonkeyPatch) -> None:
    """Nothing is forgotten before files change."""
    patch.setattr(Traces, "forget", lambda self, outputs: None)


def forget_by_dropping_rows(patch: pytest.MonkeyPatch) -> None:
    """Forgetting loses the proof that a file is ours."""

    def forget(self: Traces, outputs: Iterable[tuple[str, str, str]]) -> None:
        with self._store.transaction():
            rows = [(self._root, path) for path, _, _ in outputs]
            self._db.executemany("DELETE FROM traces WHERE root=? AND path=?", rows)

    patch.setattr(Traces, "forget", forget)


def never_look_at_the_output(patch: pytest.MonkeyPatch) -> None:
    """What was recorded is taken for what is there."""

    patch.setattr(looking, "survey", lambda root, recorded: Survey({}, (), ()))
    patch.setattr(edits, "glance", lambda root, recorded, foreign: Survey({}, (), ()))
    patch.setattr(unchanged, "bytes_as_recorded", lambda root, recorded: 1)


def miss_texts(patch: pytest.MonkeyPatch) -> None:
    """An edited text is taken for one that is as it was."""
    patch.setattr(content, "changes_by", lambda articles, rows: [])


def trust_the_gallery(patch: pytest.MonkeyPatch) -> None:
    """What is kept is taken for what was made."""

    def found(folder: str, key: bytes) -> tuple[str, bytes] | None:
        files = sorted(Path(folder, key.hex()[:2]).glob(f"{key.hex()[2:]}-*"))
        return (str(files[0]), files[0].read_bytes()) if files else None

    patch.setattr(gallery, "_found", found)


def decode_what_is_missing(patch: pytest.MonkeyPatch) -> None:
    """A form depends on which others are made with it."""

    def made(data: bytes, forms: Sequence[Form]) -> Iterator[bytes]:
        return pictures.made(data, [form._replace(quality=90 - len(forms)) for form in forms])

    patch.setattr(gallery, "made", made)


def keep_every_picture(patch: pytest.MonkeyPatch) -> None:
    """What was removed stays in the state."""
    patch.setattr(spare, "superfluous", lambda folder, wanted: ())


Wrong = Callable[[pytest.MonkeyPatch], None]
WRONG: dict[Wrong, int] = {
    own_source_only: 0,
    record_after_write: 3,
    forget_by_dropping_rows: 3,
    never_look_at_the_output: 0,
    miss_texts: 40,
    trust_the_gallery: 21,
    decode_what_is_missing: 4,
    keep_every_picture: 3,
}
"""With the history that caught each when this was written: it is tried first, then all others."""


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_rebuilder_is_caught(
    wrong: Wrong, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong(monkeypatch)
    for seed in dict.fromkeys((WRONG[wrong], *range(SEEDS))):
        history = History(tmp_path / str(seed), seed)
        with suppress(AssertionError):  # it may break so badly that a build fails
            history.run()
        if history.differences() or spare_pictures(history.site):
            return
    pytest.fail(f"{wrong.__name__} survived {SEEDS} histories")
