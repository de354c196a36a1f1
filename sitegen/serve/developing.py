"""Pictures in the forms that browsers ask for, each made when it is asked for, and kept."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sitegen.digest import engine_digest
from sitegen.outputs import Copy
from sitegen.plan.outdated import Inputs
from sitegen.render.pictures import recipe
from sitegen.site.gallery import FOLDER, pictures


def developed(copy: Copy, state: Path) -> bytes:
    """The bytes of a picture in a form; a build that wants the same finds it made.

    Raises PictureBroken, and OSError where the picture cannot be read.
    """
    inputs = Inputs(_no_fact, _no_facts, {}, engine_digest(), recipe())
    return next(pictures(str(state / FOLDER), [(copy, inputs.of(copy))])).data


def _no_fact(key: str) -> bytes:
    raise KeyError(key)


def _no_facts(keys: Iterable[str]) -> None:
    assert not list(keys), "a picture depends on no fact"
