"""Pictures in the gallery that nothing shows any more: noticed, and deleted."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from sitegen.index.store import Store
from sitegen.index.traces import Trace, Traces
from sitegen.kept import discard
from sitegen.plan.icons import NAMES
from sitegen.render.pictures import recipe
from sitegen.site.gallery import FOLDER, superfluous

_KEPT = frozenset({"icons", "pictures"})
"""The families of outputs that lie in it."""
_SPARE, _RECIPE = "spare pictures", "recipe"
"""What the state remembers: whether some may be spare, and how all of them were made."""
_SOME, _PERHAPS = "some", "if this build ends early"


def expect(
    families: Collection[str],
    orphans: Iterable[Trace],
    icons: Collection[str],
    traces: Traces,
    store: Store,
) -> None:
    """Remember, before a build makes or removes pictures, that some may be spare then.

    `families` are those of what it makes, `icons` the paths of the icons that are made of a
    picture. A build that is killed or fails leaves pictures of which nothing else knows.
    """
    making = _KEPT.intersection(families)
    # A file of static/ takes an icon's place, and so its path.
    others = (traces.last(name) for name in sorted(NAMES.difference(icons)))
    replaced = any(known and known[0].family == "icons" for known in others)
    gone = replaced or any(orphan.family in _KEPT for orphan in orphans)
    # An icon keeps its name when it is made from another picture.
    if gone or "icons" in making or store.meta(_SPARE) or store.meta(_RECIPE) != recipe().hex():
        store.remember(_SPARE, _SOME)
    elif making:
        store.remember(_SPARE, _PERHAPS)


def forget_spare(traces: Traces, store: Store, state: Path) -> None:
    """Delete the pictures of the gallery in `state` that no output is any more."""
    spare = store.meta(_SPARE)
    if spare == _SOME:
        discard(superfluous(state / FOLDER, traces.inputs_of(_KEPT)))
        store.remember(_RECIPE, recipe().hex())
    if spare:
        store.remember(_SPARE, "")
