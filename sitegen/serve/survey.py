"""The whole site looked through, in a process of its own: new files stored, mistakes found.

The preview itself reads what is saved and shows it; whether two articles have one address, or a
related one is missing, only shows when all is planned. That takes a second for 10,000 articles.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sitegen.config import load_config
from sitegen.desk.whole import Inquiry, Whole
from sitegen.errors import Problem
from sitegen.index.articles import Articles
from sitegen.index.store import Damaged, Store, damage_raises
from sitegen.instants import from_seconds
from sitegen.model import Progress
from sitegen.site.located import in_content


@dataclass(frozen=True, slots=True)
class Order:
    """Which site is to be looked through."""

    site: Path
    state: Path
    base_url: str | None
    jobs: int | None


@dataclass(frozen=True, slots=True)
class Stored:
    """The state has all files as they are."""

    changed: frozenset[str]
    """The files of content/ that were read anew, or are not there any more."""


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What is wrong with the site."""

    errors: tuple[Problem, ...]
    """But those of single files, which the preview finds itself."""
    warnings: tuple[Problem, ...]


def survey(order: Order, tell: Callable[[Progress | Stored], None]) -> Surveyed:
    """Read what changed, store it, look the whole through. Tells how far it is.

    It is for the moment of this machine's clock, so that the state stays as builds need it. Raises
    SitegenError where the settings or the theme cannot be read, or a build is at work for a minute.
    """
    before = _digests(order.state)

    def question(whole: Whole) -> Surveyed:
        tell(Stored(_different(before, _digests(order.state))))
        site = whole.seen()
        single = {in_content(error) for told in site.told.values() for error in told.errors}
        beyond = [error for error in (*site.errors, *site.whole) if error not in single]
        return Surveyed(tuple(beyond), tuple(site.warnings))

    config = load_config(order.site, order.base_url)
    now = from_seconds(int(time.time()))
    return Inquiry(order.site, config, order.state, now, tell, order.jobs).ask(question)


def _digests(state: Path) -> dict[str, bytes]:
    with suppress(Damaged), damage_raises(state), Store(state, reading=True) as store:
        return {source: known.digest for source, known in Articles(store).sources().items()}
    return {}


def _different(before: dict[str, bytes], after: dict[str, bytes]) -> frozenset[str]:
    names = before.keys() | after.keys()
    return frozenset(name for name in names if before.get(name) != after.get(name))
